"""Fates: what a line of a list does to whom it is of: it adds them, changes or leaves them, or is refused.

A preview and the import itself ask here, each of what there is then.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from webinar_server.mission.participants import Participant, called
from webinar_server.state import Records, replace

Said = dict[str, str | tuple[str, ...]]
"""Fields of a card, cleaned as `cards.CLEAN` does."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What a line of a file says of somebody."""

    number: int
    said: Said


class Fate(NamedTuple):
    """What becomes of a line: whom it is of, as they would be, if they are known; the fields that change, and
    those that `keeps` left as they said them; why it is refused."""

    what: Literal["new", "changed", "equal", "refused"]
    participant: Participant | None = None
    fields: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    code: str = ""


def _known(records: Records, said: Said) -> list[Participant]:
    """Whom a line is of: nobody, one, or several among whom it does not tell."""
    mailbox = str(said.get("email", "")).casefold()
    if mailbox and (same := list(records.of(Participant, "mailbox", mailbox))):
        return same[:1]
    key = called(str(said["name"]), str(said.get("organisation", "")))
    # who has another address is somebody else
    return [one for one in records.of(Participant, "called", key) if not (mailbox and one.mailbox)]


def fate_of(records: Records, said: Said, keeps: bool) -> Fate:
    """What a line will do. What it leaves empty stays as it is."""
    found = _known(records, said)
    if not found:
        return Fate("new", fields=tuple(said))
    if len(found) > 1:
        return Fate("refused", code="import.several")
    one = found[0]
    if one.state in ("declined", "left"):
        return Fate("refused", one, code=f"import.{one.state}")
    otherwise = tuple(field for field, value in said.items() if getattr(one, field) != value)
    kept = tuple(field for field in otherwise if keeps and field in one.own_words)
    fields = tuple(field for field in otherwise if field not in kept)
    changed = replace(one, **{field: said[field] for field in fields}) if fields else one
    return Fate("changed" if fields else "equal", changed, fields, kept)
