"""Erasing: people of whom a session's mission tells that they were erased leave it; numbers stay."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.planned import mission_of
from webinar_server.state import Actor, Command, Draft, Errand, Record, erase_people, replace


class ForgetPeople(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mission tells that they were erased; or, without one, the server that an older copy has them."""

    NAME: ClassVar[str] = "forget_people"
    INTERNAL: ClassVar[bool] = True

    mission: str = ""
    people: tuple[str, ...]

    def run(self, draft: Draft, actor: Actor) -> None:
        if self.mission not in ("", mission_of(draft)):
            raise Refusal("session.elsewhere", "This session is not of that mission.")
        erase_people(draft, actor, self.people)


def erase(draft: Draft, person: str, stump: str) -> None:
    """What the mission is still to be told names them not as who greeted."""
    for errand in list(draft.all(Errand)):
        greeted = errand.args.get("greeted")
        if greeted and greeted["by"] == person:
            nobody = greeted | {"by": "", "name": ""}
            draft.put(replace(errand, args=errand.args | {"greeted": nobody}))


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [ForgetPeople]
