"""Replay proves the machine: live = from the log = from a snapshot and the rest = what a client merged."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.session.client import Client, truth, window
from tests.session.histories import CAST, Step, World, batches, chained, random_batches
from webinar_server.live.telling import blocks, deflate
from webinar_server.live.telling import views as views_of_rooms
from webinar_server.live.telling.codec import JSON, MSGPACK
from webinar_server.live.telling.views import Lens
from webinar_server.session import SESSION, chat
from webinar_server.session.roles import AUDIENCES, audience_of
from webinar_server.state import State, Window, answers, state

ROOT = Path(__file__).parents[2]
Batches = list[list[Step]]

thorough = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True, scope="module")
def small_memory() -> Iterator[None]:
    """Limits so low that every history meets them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chat, "MESSAGES_KEPT", 12)
        patch.setitem(SESSION.kinds.windows, "message", Window("at", newest=2, missed=4))
        patch.setattr(state, "TOMBSTONES_KEPT", 3)
        patch.setattr(state, "TAGS_KEPT", 25)
        patch.setattr(answers, "ANSWERS_KEPT", 5)
        patch.setattr(blocks, "FULL", 400)
        patch.setattr(deflate, "SMALLEST", 0)
        patch.setattr(views_of_rooms, "MUCH", 900)
        yield


@given(batches, st.integers(0, 200))
@thorough
def test_live_is_the_log_replayed_is_a_snapshot_and_the_rest(history: Batches, place: int) -> None:
    world, snapshot = World(), State(SESSION.kinds).dump()
    for number, batch in enumerate(history):
        world.play(batch)
        if number == place % len(history):
            snapshot = world.state.dump()
    live = world.state.dump()
    assert world.replayed().dump() == live
    assert world.replayed(State.load(SESSION.kinds, snapshot)).dump() == live
    assert State.load(SESSION.kinds, live).dump() == live
    assert world.state.position == chained(world.log)


def everybody() -> list[Client]:
    """People with their own views, hosts, a screen, native clients; audiences share a lens as in a room, and
    some take compressed frames."""
    lenses = {audience: Lens("session/s1", audience, JSON) for audience in AUDIENCES}
    people = [Client(lenses[audience_of(role)], f"id-{who}") for who, role in CAST.items()]
    compressed = [Client(each.lens, each.person, deflates=True) for each in people]
    native = Lens("session/s1", "attendee", MSGPACK)
    natives = [Client(native, "id-Ada"), Client(native, "id-Bob", deflates=True)]
    others = [Client(lenses["stage"], "screen"), Client(lenses["attendee"], "somebody new", deflates=True)]
    return [*people, *compressed, *natives, *others]


def live(clients: list[Client], world: World, dice) -> None:
    """Some hear, some come back, some scroll up; what they asked for comes when it comes."""
    for lens in {client.lens for client in clients}:
        lens.calm.settle(world.state, due=dice.random() < 0.3)
    for client in clients:
        luck = dice.random()
        if luck < 0.4:
            client.follow(world.state)
        elif luck < 0.6:
            client.attach(world.state)
        elif luck < 0.8:
            client.ask(world.state)
        if dice.random() < 0.3:
            client.answered()


def check(one: Client, world: World) -> None:
    """Somebody who is up to date sees what is there, from the oldest on that they hold."""
    right = truth(world.state, one.lens.audience, one.person)
    assert one.copy == window(right, one.begins)
    assert one.at == world.state.position


def check_ends(clients: list[Client], world: World, dice) -> None:
    """The same truth live, at a join and on return: of what each holds, and once they paged to the end."""
    for client in clients:
        client.lens.calm.settle(world.state, due=True)
        client.follow(world.state) if dice.random() < 0.5 else client.attach(world.state)
        if dice.random() < 0.5:
            client.answered()
        fresh = Client(client.lens, client.person)
        fresh.attach(world.state)
        for one in (fresh, client):
            check(one, world)
            one.page_to_the_end(world.state)
            assert one.copy == truth(world.state, one.lens.audience, one.person)


@given(batches, st.randoms(use_true_random=False))
@thorough
def test_a_client_that_missed_any_part_ends_where_a_fresh_one_begins(history: Batches, dice) -> None:
    world, clients = World(), everybody()
    for batch in history:
        world.play(batch)
        live(clients, world, dice)
    check_ends(clients, world, dice)


@pytest.mark.parametrize("seed", range(6))
def test_so_it_does_after_a_long_history_much_of_which_is_talk(seed: int) -> None:
    dice = Random(seed)
    world, clients = World(), everybody()
    for batch in random_batches(seed, 150, talk=0.7):
        world.play(batch)
        live(clients, world, dice)
        for client in clients:
            if client.at == world.state.position and client.page is None:
                check(client, world)
    assert sum(client.cuts for client in clients) > 30, "many joined, or missed more than is told at once"
    check_ends(clients, world, dice)


@given(batches)
@thorough
def test_a_record_that_did_not_change_looks_the_same_to_everybody(history: Batches) -> None:
    """What lets a client be told of changed records only: no view depends on another record's change."""
    world = World()
    for batch in history:
        before, seq = views(world.state), world.state.position.seq
        world.play(batch)
        changed = {(change.kind, change.id) for change in world.state.since(seq)}
        after = views(world.state)
        assert {key: view for key, view in before.items() if key[2:] not in changed} == {
            key: view for key, view in after.items() if key[2:] not in changed
        }


def views(state: State) -> dict[tuple[str, ...], object]:
    who = [(audience_of(role), f"id-{name}") for name, role in CAST.items()] + [("stage", "screen")]
    return {
        (audience, person, *key): view
        for audience, person in who
        for key, view in truth(state, audience, person).items()
    }


@given(batches, batches)
@thorough
def test_two_histories_share_a_tag_only_where_they_are_the_same(one: Batches, other: Batches) -> None:
    logs = []
    for history in (one, other):
        world = World()
        for batch in history:
            world.play(batch)
        logs.append(world.log)
    same = True
    for left, right in zip(*logs, strict=False):
        same = same and left.body == right.body
        assert (left.tag == right.tag) == same


def fingerprint() -> str:
    """What a long history comes to: decided, sealed, applied, dumped."""
    world = World()
    for batch in random_batches(7, 150):
        world.play(batch)
    return f"{chained(world.log).tag} {hashlib.sha256(world.state.dump()).hexdigest()}"


def test_nothing_depends_on_the_hash_seed_the_time_zone_or_the_language() -> None:
    code = "from tests.session.test_replay import fingerprint; print(fingerprint())"
    worlds = [
        ("0", "UTC", "C"),
        ("1", "Asia/Tokyo", "tr_TR.UTF-8"),
        ("4242", "America/Los_Angeles", "nl_NL.UTF-8"),
    ]
    found = set()
    for seed, zone, language in worlds:
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
        )
        found.add(run.stdout)
    assert len(found) == 1
