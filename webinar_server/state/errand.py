"""Errands: what a topic tells others, as commands for them. Each stands in a record until it was done there.

    a command ──▶ its entry: what it changed, and the errands that follow from it
                                            │ live/relay.py, as often as it takes
             what the errand asks for, and `Taken`: up to where such were done ◀── the other topic's entry

An errand is decided on, and so is its being done, by the entry of a log: what stands in one log is told, and
what the other says it has taken is not done again. Neither log need be asked what it held before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, NamedTuple, TypeAlias

import msgspec

from webinar_server.errors import Refusal
from webinar_server.limits import ERRANDS_MAX
from webinar_server.state.command import Actor, Command, Result, run
from webinar_server.state.draft import Draft, Turn
from webinar_server.state.record import Records, Unseen
from webinar_server.state.state import State

FULL_AFTER = 5.0

Tells: TypeAlias = Callable[[Records, Sequence[Turn]], Iterable[tuple[str, Command]]]
"""What a topic's records, as they are after a command that changed these, mean for others: for each a command
that the server says there."""


class Errand(Unseen, frozen=True, kw_only=True):
    """A command for the topic `to`, by the entry `seq` of this one's log, at that time (Unix ms). It may have
    several, by `number`."""

    KIND: ClassVar[str] = "errand"
    INDEXES: ClassVar[tuple[str, ...]] = ("to",)

    to: str
    command: str
    args: dict[str, Any]
    seq: int
    number: int
    at: int

    def ref(self, source: str) -> str:
        """Under which it is done: it says whose, and which entry's."""
        return f"{source} {self.seq} {self.id}"


class Taken(Unseen, frozen=True, kw_only=True):
    """How far the errands of a topic, whose name is the id, were done here: up to that number of that entry
    of its log; `at` is the latest time of any (Unix ms)."""

    KIND: ClassVar[str] = "taken"

    seq: int
    tag: str
    number: int
    at: int


class Taking(NamedTuple):
    """An errand on its way: what was taken before it, and what is with it."""

    before: Taken | None
    after: Taken


class ErrandsDone(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """They were taken by whom they were for."""

    NAME: ClassVar[str] = "errands_done"
    INTERNAL: ClassVar[bool] = True

    errands: tuple[str, ...]

    def run(self, draft: Draft, actor: Actor) -> None:
        there = [errand for id in self.errands if (errand := draft.get(Errand, id)) is not None]
        if not there:
            raise Refusal("errand.done", "Somebody else saw to it first.")
        for errand in there:
            draft.drop(errand)


def note(draft: Draft, tells: Tells, seq: int, actor: Actor) -> None:
    """Put the errands that follow from what a command has changed, which will be the entry `seq`.

    Raises Refusal where too many wait already: none is ever given up.
    """
    for number, (to, command) in enumerate(tells(draft, draft.turns())):
        if draft.count(Errand) >= ERRANDS_MAX:
            text = "Too much waits to be told elsewhere; please try again later."
            raise Refusal("errand.full", text, FULL_AFTER)
        errand = Errand(
            id=f"{actor.fresh}.{number}",
            to=to,
            command=command.NAME,
            args=msgspec.to_builtins(command),
            seq=seq,
            number=number,
            at=actor.at,
        )
        draft.put(errand)


def take(draft: Draft, actor: Actor, command: Command, taking: Taking) -> Result:
    """Do an errand here, once, and note that it is done, too, where a rule refuses it.

    Raises Refusal `errand.taken` where they are done up to somewhere else: another worker was faster.
    """
    if draft.get(Taken, taking.after.id) != taking.before:
        raise Refusal("errand.taken", "Another worker was faster.")
    try:
        result = run(draft, actor, command)
    except Refusal as refusal:
        draft.forget()
        result = {"refused": refusal.code}
    draft.put(taking.after)
    return result


def takings(state: State, source: str, errands: Iterable[Errand], taken: Taken | None) -> list[Taking]:
    """Errands of a topic, whose state this is, one after another as they will be taken."""
    found = []
    for errand in errands:
        at = errand.at if taken is None else max(errand.at, taken.at)
        tag = state.tag(errand.seq) or ""
        after = Taken(id=source, seq=errand.seq, tag=tag, number=errand.number, at=at)
        found.append(Taking(taken, after))
        taken = after
    return found


def undone(state: State, errands: Iterable[Errand], taken: Taken | None) -> list[Errand]:
    """Those of a topic's errands that are to be done still where so much was taken.

    Where that is of a history which the topic's log has lost, only the clock can tell: what came later is.
    """
    if taken is None:
        return list(errands)
    same = not taken.tag or state.tag(taken.seq) in (taken.tag, None)
    if same and taken.seq <= state.position.seq:
        return [errand for errand in errands if (errand.seq, errand.number) > (taken.seq, taken.number)]
    return [errand for errand in errands if errand.at > taken.at]
