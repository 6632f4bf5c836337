"""Timing out: hosts ask somebody to be quiet for some minutes (`timeouts.py`), and take it back."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from webinar_server.errors import Refusal
from webinar_server.session.people import Person
from webinar_server.session.roles import HOSTS
from webinar_server.session.timeouts import Timeout
from webinar_server.state import Actor, Alarm, Command, Draft, Role, State, replace
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean_or_empty

REASON_MAX = 200
MINUTES_MAX = 60

Minutes = Annotated[int, msgspec.Meta(ge=1, le=MINUTES_MAX)]


class TimeOut(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Quiet from now on; said again, it is for so long from now, and for that reason."""

    NAME: ClassVar[str] = "time_out"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    person: str
    minutes: Minutes
    reason: Annotated[str, up_to(REASON_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        person = draft.need(Person, self.person)
        if person.role in HOSTS:
            raise Refusal(
                "person.leads", "Only an organiser decides about a host, and the terminal about both."
            )
        reason = clean_or_empty(self.reason, "person", REASON_MAX, field="reason")
        until = actor.at + self.minutes * 60_000
        draft.put(
            Timeout(id=person.id, by=actor.id, name=actor.name, at=actor.at, until=until, reason=reason)
        )
        if person.hand is not None:
            draft.put(replace(person, hand=None))


class EndTimeout(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Before its time."""

    NAME: ClassVar[str] = "end_timeout"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    person: str

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.drop(draft.need(Timeout, self.person))


class EndTimeouts(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Those whose minutes are over."""

    NAME: ClassVar[str] = "end_timeouts"
    INTERNAL: ClassVar[bool] = True

    def run(self, draft: Draft, actor: Actor) -> None:
        over = [one for one in draft.all(Timeout) if one.until <= actor.at]
        if not over:
            raise Refusal("timeout.gone", "Somebody else saw to it first.")
        for one in over:
            draft.drop(one)


def due(state: State) -> Alarm | None:
    """When the next one is over."""
    times = [one.until for one in state.all(Timeout)]
    return Alarm(min(times), EndTimeouts()) if times else None


COMMANDS: list[type[Command]] = [TimeOut, EndTimeout, EndTimeouts]
