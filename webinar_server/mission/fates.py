"""Fates: what a line of a list does to whom it is of: it adds them, changes or leaves them, or is refused.

A preview and the import itself ask here, each of what there is then.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from webinar_server.mission.participants import Participant
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


class Known:
    """Who there is in a mission, by their address, or by name and organisation."""

    def __init__(self, records: Records) -> None:
        self._by_mailbox: dict[str, Participant] = {}
        self._by_name: dict[tuple[str, str], list[Participant]] = {}
        for one in records.all(Participant):
            self.add(one)

    def add(self, one: Participant) -> None:
        if one.mailbox:
            self._by_mailbox[one.mailbox] = one
        self._by_name.setdefault((one.name.casefold(), one.organisation.casefold()), []).append(one)

    def of(self, said: Said) -> list[Participant]:
        """Whom a line is of: nobody, one, or several among whom it does not tell."""
        mailbox = str(said.get("email", "")).casefold()
        if mailbox in self._by_mailbox:
            return [self._by_mailbox[mailbox]]
        called = str(said["name"]).casefold(), str(said.get("organisation", "")).casefold()
        # who has another address is somebody else
        return [one for one in self._by_name.get(called, ()) if not (mailbox and one.mailbox)]


def fate_of(known: Known, said: Said, keeps: bool) -> Fate:
    """What a line will do. What it leaves empty stays as it is."""
    found = known.of(said)
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
