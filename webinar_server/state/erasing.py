"""Erasing: somebody's records go from a topic, as each of its nouns says of its own.

A noun that keeps records has an `erase(draft, person, stump)`, or says that it `NAMES_NOBODY`. What is
somebody's own it drops. Where others' records need something to point to, or a number would be another
without it, it leaves that without name or words, under the `stump`: an id that is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeVar

from webinar_server.errors import Refusal
from webinar_server.state.command import Actor, Command
from webinar_server.state.draft import Draft, Turn
from webinar_server.state.erased import Erased
from webinar_server.state.forgotten import Forgotten
from webinar_server.state.record import Record, Records, replace

R = TypeVar("R", bound=Record)

Thing = tuple[str, int]
"""What was forgotten, and when: it may be to be forgotten again by now."""


class LogCut(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the log held of these people from before they were erased is given up, but what is `left`; and so
    is what it held of `things` that were forgotten."""

    NAME: ClassVar[str] = "log_cut"
    INTERNAL: ClassVar[bool] = True

    people: tuple[str, ...]
    left: tuple[str, ...] = ()
    things: tuple[Thing, ...] = ()

    def run(self, draft: Draft, actor: Actor) -> None:
        pending = [one for id in self.people if (one := draft.get(Erased, id)) is not None and not one.done]
        gone = [it for id, at in self.things if (it := draft.get(Forgotten, id)) and it.at == at]
        if not pending and not gone:
            raise Refusal("errand.done", "Somebody else saw to it first.")
        for one in pending:
            draft.put(replace(one, done=True, left=self.left))
        for thing in gone:
            draft.drop(thing)


def erase_people(draft: Draft, actor: Actor, people: Iterable[str]) -> None:
    """Nothing of these people is here any more; said again, it is done again."""
    for number, person in enumerate(people):
        for noun in draft.kinds.erasers:
            noun(draft, person, f"{actor.fresh}.{number}")
        draft.put(Erased(id=person, at=actor.at))


def is_erased(records: Records, person: str) -> bool:
    return records.get(Erased, person) is not None


def erased() -> Refusal:
    return Refusal("person.erased", "All that was held of you here was erased.")


def erased_in(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Those whom a command erased."""
    return tuple(turn.after.id for turn in turns if isinstance(turn.after, Erased) and not turn.after.done)


def drop_all(draft: Draft, kind: type[R], indexes: Sequence[str], person: str) -> None:
    """Records of a kind that are found by somebody."""
    for index in indexes:
        for record in list(draft.of(kind, index, person)):
            draft.drop(record)


def drop_own(draft: Draft, kind: type[Record], person: str) -> None:
    """The one record of a kind that has somebody's id, if there is one."""
    record = draft.get(kind, person)
    if record is not None:
        draft.drop(record)
