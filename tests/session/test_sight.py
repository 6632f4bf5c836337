"""The same truth live, at a join and on return: when somebody connected tells them nothing more.

A witness hears of every entry by itself, as somebody does whose line never broke. Whoever returns from any
moment, to any worker, is told exactly what the witness was told since, and a refusal says of what one cannot
see what it says of what is not there.
"""

from __future__ import annotations

import re
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings

from tests.session.client import payload
from tests.session.histories import CAST, Step, World, batches, random_batches
from webinar_server.errors import Refusal
from webinar_server.live.telling.codec import JSON
from webinar_server.live.telling.views import Lens
from webinar_server.session import SESSION
from webinar_server.session.roles import audience_of
from webinar_server.state import Actor, Audience, Draft, State, run, sees

thorough = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
Batches = list[list[Step]]
Key = tuple[str, str]
News = dict[Key, Any]
"""What somebody was told of each record last; `None` that it is gone."""

LOOKERS: list[tuple[Audience, str]] = [
    *((audience_of(role), f"id-{name}") for name, role in CAST.items()),
    ("attendee", "id-nobody"),
    ("stage", "screen"),
]


def news(frames: tuple[bytes, ...]) -> News:
    told: News = {}
    for frame in filter(None, frames):
        message = orjson.loads(payload(frame))
        told |= {(kind, id): view for kind, views in message["put"].items() for id, view in views.items()}
        told |= {(kind, id): None for kind, ids in message["gone"].items() for id in ids}
    return told


class Witness:
    """Somebody who is told after every entry."""

    def __init__(self, audience: Audience, person: str) -> None:
        self.lens, self.person = Lens("session/s1", audience, JSON), person
        # by the seq after which it was told
        self.told: dict[int, News] = {}

    def hear(self, state: State) -> None:
        seq = state.position.seq
        self.told[seq - 1] = news((self.lens.bundle(state, seq - 1).frame(self.person),))

    def since(self, seq: int) -> News:
        """All that it was told after a seq."""
        heard: News = {}
        for at, told in self.told.items():
            if at >= seq:
                heard |= told
        return heard


def lived(history: Batches) -> tuple[World, list[Witness]]:
    """A history whose every entry was told, and who heard it."""
    world, witnesses = World(), [Witness(*looker) for looker in LOOKERS]
    begun = world.state.position.seq
    for step in (step for batch in history for step in batch):
        before = world.state.position.seq
        world.play([step])
        if world.state.position.seq > before:
            for witness in witnesses:
                witness.hear(world.state)
    for witness in witnesses:
        assert set(witness.told) == set(range(begun, world.state.position.seq))
    return world, witnesses


def returning(state: State, seq: int, witness: Witness) -> News:
    """What somebody is told who comes to a worker that never saw them."""
    lens = Lens("session/s1", witness.lens.audience, JSON)
    return news(lens.bundle(state, seq).whole(witness.person, reset=False))


@given(batches)
@thorough
def test_who_returns_is_told_what_was_told_meanwhile_and_nothing_else(history: Batches) -> None:
    world, witnesses = lived(history)
    for witness in witnesses:
        for seq in witness.told:
            assert returning(world.state, seq, witness) == witness.since(seq), (witness.person, seq)


@pytest.mark.parametrize("seed", range(4))
def test_it_is_so_on_every_worker_whatever_it_read(seed: int) -> None:
    """By replay of the log, and from a snapshot taken anywhere before."""
    world, witnesses = lived(random_batches(seed, 60))
    last = world.state.position.seq
    snapshots = {last // 3, last // 2, last - 1, last}
    states = [world.replayed(), *(world.replayed(_snapshot(world, seq)) for seq in snapshots)]
    for witness in witnesses:
        for seq in list(witness.told)[::7]:
            right = witness.since(seq)
            assert [returning(state, seq, witness) for state in states] == [right] * len(states)


def _snapshot(world: World, seq: int) -> State:
    state = State(SESSION.kinds)
    whole, world.log = world.log, world.log[:seq]
    try:
        state = world.replayed(state)
    finally:
        world.log = whole
    return State.load(SESSION.kinds, state.dump())


@given(batches)
@thorough
def test_a_newcomer_is_told_what_is_to_be_seen_and_of_nothing_that_is_gone(history: Batches) -> None:
    world, witnesses = lived(history)
    for witness in witnesses:
        told = returning(world.state, 0, witness)
        audience, person = witness.lens.audience, witness.person
        seen = {(r.KIND, r.id): sees(r, audience, person) for r in world.state.records()}
        assert told == {k: orjson.loads(orjson.dumps(v)) for k, v in seen.items() if v is not None}


@given(batches)
@thorough
def test_of_what_one_cannot_see_a_refusal_says_what_it_says_of_what_is_not_there(history: Batches) -> None:
    world, _ = lived(history)
    for audience, person in LOOKERS[:4]:
        seen = {record.id for record in world.state.records() if sees(record, audience, person) is not None}
        for record in world.state.records():
            # what is kept of a person has the id of their card
            if record.id not in seen:
                for name in (name for name, command in SESSION.commands.items() if not command.INTERNAL):
                    there, nowhere = (
                        _refused(world.state, person, name, record.KIND, id)
                        for id in (record.id, "no-such-id")
                    )
                    assert there == nowhere, (name, record)


FILL: dict[str, Any] = {"options": ["1"], "text": "Why?", "shown": "named", "reason": "", "title": "t"}


def _refused(state: State, person: str, name: str, kind: str, id: str) -> str:
    """What somebody is told who gives this id in every place a command has for one."""
    command = SESSION.commands[name]
    args = {field: id if field == kind else FILL.get(field, id) for field in command.__struct_fields__}
    role = CAST.get(person.removeprefix("id-"), "attendee")
    try:
        run(Draft(state), Actor(person, "Somebody", role, 10**9, "fresh"), SESSION.parse(name, args))
    except Refusal as refusal:
        return re.sub(rf"\b{re.escape(id)}\b", "ID", str(refusal))
    return "done"
