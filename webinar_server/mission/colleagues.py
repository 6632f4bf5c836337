"""Colleagues: two of one organisation, however each writes it, and what one agreed to share with the other.

Whoever is of another organisation from then on shares nothing more, and coming back brings it not back.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.mission.participants import Participant, takes_part
from webinar_server.state import Audience, Command, Draft, Private, Record, Records, View, drop_all


class Sharing(Private, frozen=True, kw_only=True):
    """Of two, by their ids in order: who asked for it (Unix ms), until they withdrew; whether who is asked
    wants none of it; and since when they share, if they do. `names` are theirs as of then."""

    KIND: ClassVar[str] = "sharing"
    INDEXES: ClassVar[tuple[str, ...]] = ("people",)

    by: str
    to: str
    names: tuple[str, str]
    asked: int
    withdrawn: bool = False
    unwanted: bool = False
    agreed: int = 0

    @property
    def people(self) -> tuple[str, ...]:
        return (self.by, self.to)

    @property
    def owners(self) -> tuple[str, ...]:
        return self.people

    def own(self, person: str, audience: Audience) -> View | None:
        """To each what they know of it."""
        mine = person == self.by
        if self.withdrawn or (self.unwanted and not mine):
            return None
        whom, name = (self.to, self.names[1]) if mine else (self.by, self.names[0])
        return {"whom": whom, "name": name, "mine": mine, "asked": self.asked, "agreed": self.agreed}


def are_colleagues(records: Records, one: str, other: str) -> bool:
    """Whether two take part for one organisation, however each writes it."""
    first, second = records.get(Participant, one), records.get(Participant, other)
    if first is None or second is None or one == other:
        return False
    same = first.employer is not None and first.employer == second.employer
    return same and takes_part(first) and takes_part(second)


def sharing_id(one: str, other: str) -> str:
    return "/".join(sorted((one, other)))


def move(draft: Draft, before: Participant, after: Participant) -> None:
    """Whoever is of another organisation now shares nothing any more with those of the one before."""
    if before.employer != after.employer:
        for one in list(draft.of(Sharing, "people", after.id)):
            draft.drop(one)


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_all(draft, Sharing, ("people",), person)


RECORDS: list[type[Record]] = [Sharing]
EXAMPLES = [Sharing(id="ada/tim", by="ada", to="tim", names=("Ada", "Tim"), asked=0, agreed=1)]
COMMANDS: list[type[Command]] = []
