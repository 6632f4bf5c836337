"""Records: the things of the state. Frozen, with an id; what may be seen of them is part of them.

A command never changes a record: it puts a new version in its place (`replace`). A record says itself
what each audience may see of it (`view`) and who, by person, sees more than their audience (`own`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from webinar_server.state.state import State

Audience: TypeAlias = Literal["host", "attendee", "stage"]
AUDIENCES: tuple[Audience, ...] = ("host", "attendee", "stage")

View: TypeAlias = dict[str, Any]
"""What somebody may see of a record: JSON-ready, field name → value, without the id."""

replace = msgspec.structs.replace


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One thing of the state. `KIND` names its kind on the wire; `GROUP` the field records are grouped by."""

    KIND: ClassVar[str] = ""
    GROUP: ClassVar[str | None] = None
    SEEN_BY: ClassVar[frozenset[Audience]] = frozenset(AUDIENCES)
    """Audiences that may ever see such a record; the others are not even told that one is gone."""

    id: str

    @property
    def group(self) -> str | None:
        return getattr(self, self.GROUP) if self.GROUP else None

    def view(self, audience: Audience) -> View | None:
        """What a whole audience may see; `None` if nothing. Reads nothing but the record."""
        raise NotImplementedError(type(self).__name__)

    def own(self, state: State) -> Mapping[str, View]:
        """Person id → what that attendee sees instead of the audience's view; only attendees differ."""
        return {}
