"""Planted: faults put into the product, each as somebody might make it, to see whether the oracle notices.

Each is a function that changes code through `monkeypatch`. What it leaves out is in its docstring.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.sim.log import SimLog
from tests.sim.store import Store, Topic
from webinar_server.clock import fresh_id
from webinar_server.errors import Refusal, StorageError, Unanswered
from webinar_server.live import committing, mirror, relay
from webinar_server.live.committing import Batch, Committing, Request
from webinar_server.live.mirror import Mirror
from webinar_server.live.presence import Presence
from webinar_server.live.relay import Relay
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.live.telling import views
from webinar_server.live.telling.fanout import FanOut
from webinar_server.live.telling.follower import Follower, Viewer
from webinar_server.live.worker import Worker
from webinar_server.log import Conflict
from webinar_server.session import attendance
from webinar_server.session.people import Person
from webinar_server.state import (
    Actor,
    Command,
    Draft,
    Entry,
    Errand,
    ErrandsDone,
    Position,
    Result,
    Sealed,
    State,
    Taken,
    Taking,
    chain,
    replace,
    run,
    take,
)
from webinar_server.web.socket import commands
from webinar_server.web.socket.commands import Commands

Patch = pytest.MonkeyPatch


def no_tag_check(patch: Patch) -> None:
    """Entries are applied if their numbers fit, whatever their tags."""
    patch.setattr(mirror, "broken_at", lambda at, news: None if not news or news[0].seq == at.seq + 1 else 1)


def await_before_attach(patch: Patch) -> None:
    """The state is taken, something is waited for, and only then does the viewer join the fan-out."""
    attach = FanOut.attach

    def torn(self: FanOut, viewer: Viewer, at: Position | None) -> None:
        attach(self, viewer, at)
        follower: Follower = self._followers.pop(viewer)

        def join() -> None:
            follower.seq = self.state.position.seq
            self._followers[viewer] = follower

        asyncio.get_running_loop().call_later(0.05, join)

    patch.setattr(FanOut, "attach", torn)


def no_look(patch: Patch) -> None:
    """Neither a lost connection nor a head that moved on makes a worker look."""
    patch.setattr(SimLog, "look_everywhere", lambda self: None)
    no_comparison(patch)


def no_comparison(patch: Patch) -> None:
    """Heads are not compared: the last message lost in silence is never missed."""

    async def never(self: Worker) -> None:
        await asyncio.sleep(1e6)

    patch.setattr(Worker, "_keep_comparing", never)


def no_gap_check(patch: Patch) -> None:
    """Of what is there to read only the newest is applied, as if it followed what is here."""

    async def read_on(self: Mirror) -> bool:
        entries = await self._log.read(self.topic, self.state.position.seq, 1_000)
        for sealed in entries[-1:]:
            self._put(mirror.unseal(sealed, self.state.kinds), sealed)
        self.fanout.notify()
        return bool(entries)

    patch.setattr(Mirror, "_read_on", read_on)


def no_memory_of_refs(patch: Patch) -> None:
    """A ref that comes again acts again."""
    patch.setattr(Batch, "_answered", lambda self, request: None)
    patch.setattr(Commands, "do", _without_known(Commands.do))


def _without_known(do: Callable[..., None]) -> Callable[..., None]:
    def forgetful(self: Commands, frame: Any) -> None:
        known, State.answered = State.answered, lambda self, by, ref: None  # type: ignore[method-assign]
        try:
            do(self, frame)
        finally:
            State.answered = known  # type: ignore[method-assign]

    return forgetful


def done_before_durable(patch: Patch) -> None:
    """Answers go out when the commands were decided, before the log has them."""
    commit = Room._commit

    async def hasty(self: Room, requests: list[Request]) -> None:
        self._answer(Batch(self.about, self.state, requests).outcomes)
        await commit(self, [request._replace(reply=lambda outcome: None) for request in requests])

    patch.setattr(Room, "_commit", hasty)


def silence_is_failure(patch: Patch) -> None:
    """An append that was not answered is told as refused."""

    async def once(self: Committing, ask: Callable[[], Awaitable[Any]]) -> Any:
        try:
            return await ask()
        except Unanswered as error:
            raise StorageError(str(error)) from error

    patch.setattr(Committing, "_insist", once)


def failure_after_silence(patch: Patch) -> None:
    """A try that was refused makes the silent one before it count as refused too."""

    async def insist(self: Committing, ask: Callable[[], Awaitable[Any]]) -> Any:
        while True:
            try:
                return await ask()
            except Unanswered:
                await asyncio.sleep(0.2)

    patch.setattr(Committing, "_insist", insist)


def presence_as_a_flag(patch: Patch) -> None:
    """Whoever leaves one worker has left, wherever else they are."""

    def without(person: Person, worker: str) -> Person:
        return replace(person, workers=(), here=False, hand=None)

    patch.setattr(attendance, "without", without)


def nobody_is_bereaved(patch: Patch) -> None:
    """People of a dead worker stay."""
    patch.setattr(Presence, "_ended", lambda self, worker: False)


def no_grace(patch: Patch) -> None:
    """Whoever loses their line has left at once."""

    def at_once(self: Presence, id: str, name: str, role: Any, extra: float = 0.0) -> None:
        self._leaving[id] = asyncio.get_running_loop().call_later(0.2, self._depart, id, name, role)

    patch.setattr(Presence, "_leave_later", at_once)


def no_write_back(patch: Patch) -> None:
    """What the log lost is given up, though it is here."""

    async def start_over(self: Mirror, head: Position) -> None:
        # a copy that goes on from what is read would stay
        self.forget()
        await self.load()

    patch.setattr(Mirror, "_write_back", start_over)


def append_without_comparing(patch: Patch) -> None:
    """Entries go behind whatever is there."""
    append = Store.append

    def blind(self: Store, name: str, parent: Position, entries: Any, vouched: bool) -> Conflict | None:
        topic = self.topics.get(name) or Topic(self.run)
        at, chained = topic.head, []
        for entry in entries:
            at = Position(at.seq + 1, chain(at.tag, entry.body))
            chained.append(Sealed(*at, entry.body))
        return append(self, name, topic.head, chained, vouched)

    patch.setattr(Store, "append", blind)


def no_doubt(patch: Patch) -> None:
    """A server that was replaced is appended to without asking who holds more."""
    append = SimLog.append

    async def sure(self: SimLog, topic: str, parent: Position, entries: Any, vouched: bool = False) -> Any:
        return await append(self, topic, parent, entries, vouched=True)

    patch.setattr(SimLog, "append", sure)


def a_sleeper_serves_on(patch: Patch) -> None:
    """A worker that was stopped for longer than its lease goes on as if nothing had been."""
    patch.setattr(Worker, "asleep", lambda self, now: False)


def slow_readers_are_forgotten(patch: Patch) -> None:
    """Whoever was skipped counts as told."""
    flush = FanOut._flush

    def forget(self: FanOut) -> None:
        for follower in self._followers.values():
            if follower.viewer._wire.outlet.backlog() > self._settings.high_water:
                follower.seq = self.state.position.seq
        flush(self)

    patch.setattr(FanOut, "_flush", forget)


def no_reach(patch: Patch) -> None:
    """Who saw more on another worker is told to forget it."""

    async def stay(self: Mirror, position: Position) -> None:
        pass

    patch.setattr(Mirror, "reach", stay)


def half_is_whole(patch: Patch) -> None:
    """The first half of a state brings a client to the position already."""
    begin = views.Bundle.__init__

    def whole(self: views.Bundle, lens: views.Lens, state: State, *seqs: int) -> None:
        begin(self, lens, state, *seqs)
        self._half = state.position

    patch.setattr(views.Bundle, "__init__", whole)


def roles_are_not_asked(patch: Patch) -> None:
    """Everybody may do what hosts may."""
    actor = commands._actor
    patch.setattr(commands, "_actor", lambda seat: actor(seat)._replace(role="host"))


def commands_out_of_order(patch: Patch) -> None:
    """What waits is taken from the wrong end."""
    work_off = Room._work_off

    async def backwards(self: Room, requests: list[Request]) -> None:
        await work_off(self, requests[::-1])

    patch.setattr(Room, "_work_off", backwards)


def who_holds_more_is_not_awaited(patch: Patch) -> None:
    """A summons is said, and its answer not waited for."""

    async def summon(self: SimLog, topic: str, workers: Any, seconds: float) -> None:
        pass

    patch.setattr(SimLog, "summon", summon)


def taken_is_not_compared(patch: Patch) -> None:
    """An errand is done whatever was taken before it, and has no ref that is remembered."""

    def blind(draft: Draft, actor: Actor, command: Command, taking: Taking) -> Result:
        here = draft.get(Taken, taking.after.id)
        return take(draft, actor, command, taking._replace(before=here))

    patch.setattr(committing, "take", blind)
    # a ref would be remembered for some minutes
    patch.setattr(Errand, "ref", lambda self, source: f"{source} {self.seq} {fresh_id()}")


def let_go_before_it_is_taken(patch: Patch) -> None:
    """Errands go once they are said, before it is known what came of it."""
    some = relay._some

    async def hasty(here: Room, there: Room, taken: Taken | None) -> bool:
        waiting = here.state.of(Errand, "to", there.topic)
        done = ErrandsDone(errands=tuple(errand.id for errand in waiting))
        telling = asyncio.ensure_future(some(here, there, taken))
        await say(here, done)
        return await telling

    patch.setattr(relay, "_some", hasty)


def nobody_else_tells(patch: Patch) -> None:
    """What a worker committed is told by it, or by nobody."""
    changed = Relay.changed

    def ours_only(self: Relay, topic: str, state: State, entry: Entry | None, ours: bool) -> None:
        if ours:
            changed(self, topic, state, entry, ours)

    patch.setattr(Relay, "changed", ours_only)


def a_refusal_is_not_taken(patch: Patch) -> None:
    """What a rule refuses of an errand refuses the errand."""

    def hard(draft: Draft, actor: Actor, command: Command, taking: Taking) -> Result:
        if draft.get(Taken, taking.after.id) != taking.before:
            raise Refusal("errand.taken", "Another worker was faster.")
        result = run(draft, actor, command)
        draft.put(taking.after)
        return result

    patch.setattr(committing, "take", hard)
