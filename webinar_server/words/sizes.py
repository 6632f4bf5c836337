"""How much an argument may hold, said beside it: the printed schema and the pages take it from there.

Nothing is refused by it; `clean` and the rules refuse what is more, in words that help.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

TIME_MAX = 4_102_444_800_000
Time = Annotated[int, Meta(ge=0, le=TIME_MAX)]
"""Unix ms before the year 2100: what every browser's calendar can show."""


def up_to(most: int) -> Meta:
    """At most so many characters."""
    return Meta(extra_json_schema={"maxLength": most})


def at_most(most: int) -> Meta:
    """A number from nothing to that."""
    return Meta(extra_json_schema={"minimum": 0, "maximum": most})


def so_many(least: int, most: int) -> Meta:
    """So many of a list."""
    return Meta(extra_json_schema={"minItems": least, "maxItems": most})
