"""Workers: who is here is known though one ends without a word; one that was stopped starts anew."""

from __future__ import annotations

import asyncio
import pathlib
from contextlib import suppress
from dataclasses import replace

import pytest

from tests.live.house import TOPIC, Watcher, submit
from tests.live.test_mirror import cut
from tests.live.workers import QUICK, UNCOMPARED, Worker, in_step
from tests.valkey import Valkey
from tests.web.client import until
from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import Refusal, StorageError
from webinar_server.limits import COMMANDS
from webinar_server.live.hub import say
from webinar_server.session import SESSION
from webinar_server.session.attendance import BEREAVED_MAX, Arrive, Bereave
from webinar_server.session.people import Person
from webinar_server.settings import Settings
from webinar_server.state import Identity


def ada() -> Identity:
    return Identity(id="ada", name="Ada", role="attendee", topic="session/s1", expires=now_ms() + 3_600_000)


def person(worker: Worker) -> Person:
    found = worker.room.state.get(Person, "ada")
    assert found is not None
    return found


def never_gone(watcher: Watcher) -> bool:
    told = [frame["put"].get("person", {}).get("ada") for frame in watcher.screen.frames]
    return all(seen["here"] for seen in told if seen is not None)


@pytest.mark.parametrize("pair", [replace(QUICK, pace=True)], indirect=True, ids=["paced"])
async def test_what_is_done_at_one_worker_counts_at_the_other_and_never_more_than_full(
    pair: list[Worker],
) -> None:
    one, two = pair
    await one.presence.came(ada())
    say, now = COMMANDS["say"], monotonic
    for number in range(3 * say.burst):
        await one.say(f"line {number}")
    await in_step(one, two)
    with pytest.raises(Refusal, match=r"pace\.say") as refused:
        two.hub.worker.pace.check_command(SESSION, "ada", "attendee", "say", now())
    assert refused.value.retry_after is not None and refused.value.retry_after <= say.each + 0.1
    two.hub.worker.pace.check_command(SESSION, "bob", "attendee", "say", now())
    # a worker's own were counted where they came in, which is before the room
    one.hub.worker.pace.check_command(SESSION, "ada", "attendee", "say", now())


async def test_somebody_with_two_workers_is_one_person(pair: list[Worker]) -> None:
    one, two = pair
    await one.presence.came(ada())
    await in_step(*pair)
    since = person(two).since
    await two.presence.came(ada())
    await in_step(*pair)
    assert person(one).workers == tuple(sorted((one.hub.worker.name, two.hub.worker.name)))
    assert person(one).since == since and two.room.state.count(Person) == 1


async def test_going_from_one_worker_to_the_other_shows_nothing(pair: list[Worker]) -> None:
    one, two = pair
    await one.presence.came(ada())
    await in_step(*pair)
    watcher = two.watch("bob")
    one.presence.went(ada())
    await two.presence.came(ada())
    await until(lambda: person(two).workers == (two.hub.worker.name,), "the first let go")
    seen = [
        frame["put"]["person"]["ada"]["here"] for frame in watcher.screen.frames if "person" in frame["put"]
    ]
    assert person(two).here and all(seen)


async def test_who_leaves_both_is_gone(pair: list[Worker]) -> None:
    one, two = pair
    for worker in pair:
        await worker.presence.came(ada())
    await in_step(*pair)
    for worker in pair:
        worker.presence.went(ada())
    await until(lambda: not person(one).here and not person(two).here, "gone")
    assert person(one).workers == ()


async def test_people_of_a_worker_that_ended_without_a_word_are_let_go(pair: list[Worker]) -> None:
    one, two = pair
    await one.presence.came(ada())
    await in_step(*pair)
    await one.die()
    began = monotonic()
    await until(lambda: not person(two).here, "let go by who is left")
    # a lease, a look, and the grace; each third of a lease somebody looks
    assert monotonic() - began > QUICK.grace
    pair.remove(one)


async def test_who_comes_back_within_the_grace_is_never_shown_as_gone(pair: list[Worker]) -> None:
    one, two = pair
    await one.presence.came(ada())
    await in_step(*pair)
    watcher = two.watch("bob")
    await one.die()
    await two.presence.came(ada())
    await until(lambda: person(two).workers == (two.hub.worker.name,), "the dead worker let go")
    assert all(
        frame["put"].get("person", {}).get("ada", {"here": True})["here"] for frame in watcher.screen.frames
    )
    pair.remove(one)


async def test_a_worker_taken_for_dead_says_again_who_is_with_it(pair: list[Worker]) -> None:
    one, two = pair
    await one.presence.came(ada())
    await in_step(*pair)
    await say(two.room, Bereave(worker=one.hub.worker.name))
    await until(lambda: person(one).here and person(one).workers == (one.hub.worker.name,), "said again")


async def test_nobody_is_let_go_while_redis_is_away(tmp_path: pathlib.Path) -> None:
    valkey = Valkey(tmp_path / "own").start()
    one, two = [await Worker(valkey.url).open() for _ in range(2)]
    await until(lambda: bool(two.hub.worker.others), "both live")
    await one.presence.came(ada())
    await in_step(one, two)
    before = one.at
    valkey.kill()
    await asyncio.sleep(QUICK.lease + QUICK.grace + 1.0)
    valkey.start()
    await asyncio.sleep(QUICK.grace)
    assert person(one).here and one.at == before
    for worker in (one, two):
        await worker.close()
    valkey.stop()


async def test_reactions_are_counted_on_both(pair: list[Worker]) -> None:
    one, two = pair
    here, there = one.watch(), two.watch("bob")
    for _ in range(3):
        one.room.react("clap")
    await until(lambda: here.pulses == [{"clap": 3}] and there.pulses == [{"clap": 3}], "counted")


# stopped


async def test_a_worker_that_was_stopped_sends_everybody_away_and_reads_anew(pair: list[Worker]) -> None:
    one, two = pair
    watcher = one.watch()
    room = one.room
    assert not one.hub.worker.asleep(monotonic())
    one.hub.worker.awake_at -= QUICK.lease + 1
    assert one.hub.worker.asleep(monotonic()), "from the first moment"
    await two.say("while it was stopped", who="bob")
    await until(lambda: watcher.sent_away, "sent away")
    await until(lambda: not one.hub.worker.asleep(monotonic()), "awake")
    live = await one.hub.room(TOPIC)
    assert live is not None and live is not room
    await in_step(*pair)


async def test_a_short_stop_changes_nothing(pair: list[Worker]) -> None:
    one, _ = pair
    room, watcher = one.room, one.watch()
    one.hub.worker.awake_at -= QUICK.lease / 2
    await asyncio.sleep(0.6)
    assert one.room is room and not watcher.sent_away


# unknown topics


@pytest.mark.parametrize("pair", [UNCOMPARED], indirect=True)
async def test_a_topic_the_log_lost_is_brought_by_who_has_it(pair: list[Worker], valkey: Valkey) -> None:
    one, _ = pair
    await one.say("kept here")
    third = Worker(valkey.url, UNCOMPARED)
    await third.hub.open()
    await until(lambda: len(third.hub.worker.others) == 2, "all known")
    with valkey.client() as client:
        client.flushall()
    assert await third.hub.room(TOPIC) is not None
    assert third.at == one.at
    await third.close()


async def test_a_topic_nobody_has_is_unknown(pair: list[Worker]) -> None:
    assert await pair[0].hub.room("session/none") is None


@pytest.mark.parametrize("pair", [UNCOMPARED], indirect=True)
async def test_clients_who_saw_what_the_log_lost_are_not_made_to_forget(
    pair: list[Worker], valkey: Valkey
) -> None:
    """A worker that was not there before the loss asks those who were, once for all who come."""
    one, _ = pair
    for n in range(4):
        await one.say(f"number {n}")
    await in_step(*pair)
    seen = one.at
    cut(valkey, 3)
    third = Worker(valkey.url, UNCOMPARED)
    await third.hub.open()
    await until(lambda: len(third.hub.worker.others) == 2, "all known")
    assert await third.hub.room(TOPIC) is not None and third.at.seq == seen.seq - 3
    await asyncio.gather(*(third.room.mirror.reach(seen) for _ in range(20)))
    assert third.at == seen and third.room.state.knows(seen)
    await third.close()


async def test_a_large_audience_whose_worker_ended_is_let_go_at_once(valkey: Valkey) -> None:
    with valkey.client() as client:
        client.flushall()
    one = await Worker(valkey.url, Settings(pace=False, grace=0.1, lease=1.2, compare_every=3600.0)).open()
    for n in range(2 * BEREAVED_MAX + 1):
        arrive = Arrive(organisation="", kind="other", country="", worker="gone")
        await submit(one.room, f"p{n}", arrive)
    one.hub.worker._met.add("gone")
    one.presence.check()
    await asyncio.sleep(0.2)
    one.presence.check()
    await until(lambda: not any(each.here for each in one.room.state.all(Person)), "all let go")
    await one.close()


@pytest.mark.parametrize("pair", [UNCOMPARED], indirect=True)
async def test_a_room_asked_for_while_a_worker_wakes_hears_the_others_afterwards(
    pair: list[Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    unlisten = one.log.unlisten

    async def slowly(topic: str) -> None:
        await asyncio.sleep(0.2)
        await unlisten(topic)

    monkeypatch.setattr(one.log, "unlisten", slowly)
    one.hub.worker.awake_at = monotonic() - 2 * UNCOMPARED.lease
    waking = asyncio.ensure_future(one.hub.worker._start_anew())
    await asyncio.sleep(0)
    with suppress(StorageError):
        await one.hub.room(TOPIC)
    await waking
    one.hub.worker.awake_at = monotonic()
    await one.hub.room(TOPIC)
    watcher = one.watch()
    await two.say("good morning", who="bob")
    await until(lambda: watcher.screen.texts() == ["good morning"], "heard")
