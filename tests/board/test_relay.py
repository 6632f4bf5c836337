"""Relay, with boards that copy each other's notes: each once, in order, whoever says it and whatever ends."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import AsyncIterator
from time import monotonic

import pytest

from tests.board import BOARD
from tests.board.copies import Copy, CopyNote
from tests.board.notes import Show
from tests.board.pair import HERE, QUICK, THERE, asked, begun, copied, entries, opened, room, show, waiting
from tests.log.conftest import ENGINES
from tests.valkey import Valkey
from tests.web.client import DEADLINE, until
from webinar_server.errors import Refusal, StorageError
from webinar_server.live import relay
from webinar_server.live.hub import Hub
from webinar_server.live.relay import Relay
from webinar_server.log import Snapshot
from webinar_server.log.archive.restore import restore
from webinar_server.log.archive.write import lines, take
from webinar_server.log.redis.engine import RedisLog
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.settings import Settings
from webinar_server.state import Answer, Draft

TEXTS = [f"idea {number}" for number in range(30)]


@pytest.fixture(params=ENGINES)
async def hub(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> AsyncIterator[Hub]:
    hub = await opened(ENGINES[request.param](request, tmp_path))
    yield hub
    await hub.close()


@pytest.fixture
def redis(server: Valkey) -> str:
    with server.client() as client:
        client.flushall()
    return server.url


def killed(hub: Hub) -> None:
    """As if: it does nothing any more, and gives nothing back."""
    hub.chores.stop()
    for task in hub.worker.tasks._running:
        task.cancel()


async def test_what_one_board_shows_another_has_once_and_in_order(hub: Hub) -> None:
    await begun(hub)
    notes = [note for text in TEXTS[:3] for note in await show(hub, text)]
    notes += await show(hub, *TEXTS[3:])
    await copied(hub, notes)
    shown = await entries(hub.worker.log, HERE, Show.NAME)
    taken = await entries(hub.worker.log, THERE)
    told = [change.id for entry in shown for change in entry.changes if change.kind == "note"]
    assert [entry.changes[0].id for entry in taken] == told
    assert all(entry.by == "server" for entry in taken), "no person did it"
    positions = [f"{HERE} {entry.seq} " for entry in shown]
    assert all(entry.ref.startswith(at) for entry, at in zip(taken, positions, strict=True))


async def test_more_than_are_said_at_once_are_said_all_the_same(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "AT_ONCE", 4)
    await begun(hub)
    await copied(hub, await show(hub, *TEXTS))


async def test_what_the_other_refuses_is_done_and_leaves_no_trace_but_that(hub: Hub) -> None:
    await begun(hub, "b1", "b2", "b3")
    # another board was faster, so it is here already
    third = await room(hub, BOARD.topic("b2"))
    assert isinstance(
        await asked(third, "x", CopyNote(board=BOARD.topic("b3"), note="n", text=TEXTS[0])), Answer
    )
    await show(hub, TEXTS[0])
    (note,) = await show(hub, TEXTS[1])
    await until(lambda: third.state.get(Copy, note) is not None, "told")
    assert third.state.count(Copy) == 2
    results = [entry.result for entry in await entries(hub.worker.log, THERE) if entry.by == "server"]
    assert results == [{"refused": "copy.same"}, {}]
    async with asyncio.timeout(DEADLINE):
        while await waiting(hub):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_a_worker_that_ends_after_its_commit_leaves_the_rest_to_who_starts(
    request: pytest.FixtureRequest, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Relay, "_begin", lambda self, line: None)
        hub = await begun(await opened(SqliteLog(tmp_path)))
        notes = await show(hub, *TEXTS)
        assert (await room(hub, HERE)).state.count(relay.Errand) == len(TEXTS)
        await hub.close()
    again = await opened(SqliteLog(tmp_path))
    # nobody is there, and nobody asks
    await until(lambda: THERE in again.worker.rooms, "opened by nobody but the relay")
    await copied(again, notes)
    await again.close()


async def test_what_was_taken_and_not_known_to_be_is_not_done_again(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(relay, "ErrandsDone", _lost)
        hub = await begun(await opened(SqliteLog(tmp_path)))
        notes = await show(hub, *TEXTS)
        there = await room(hub, THERE)
        await until(lambda: there.state.count(Copy) == len(TEXTS), "taken")
        await hub.close()
    again = await opened(SqliteLog(tmp_path))
    await copied(again, notes)
    assert len(await entries(again.worker.log, THERE)) == len(TEXTS)
    await again.close()


def _lost(errands: tuple[str, ...]) -> None:
    raise StorageError("ended before it was said")


async def test_exactly_once_does_not_hang_on_answers_being_kept(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webinar_server.state.answers.ANSWERS_KEPT", 1)
    await test_what_was_taken_and_not_known_to_be_is_not_done_again(tmp_path, monkeypatch)


async def test_several_workers_relay_at_once_and_it_is_done_once(
    redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "AGAIN_AFTER", 0.01)
    monkeypatch.setattr(relay, "RIVALS_AFTER", 0.01)
    monkeypatch.setattr(relay, "AT_ONCE", 3)
    workers = [await opened(RedisLog(redis)) for _ in range(3)]
    await begun(workers[0])
    told = await asyncio.gather(
        *(show(worker, *(f"{text} {number}" for text in TEXTS)) for number, worker in enumerate(workers))
    )
    for worker in workers:
        await copied(worker, [note for notes in told for note in notes])
    assert len(await entries(workers[0].worker.log, THERE)) == 3 * len(TEXTS)
    for worker in workers:
        await worker.close()


async def one_that_tells_nothing(redis: str, monkeypatch: pytest.MonkeyPatch) -> list[Hub]:
    """It, where all begins, and another."""
    one, other = [await opened(RedisLog(redis), QUICK) for _ in range(2)]
    await begun(one)
    monkeypatch.setattr(one.chores.relay, "_begin", lambda line: None)
    return [one, other]


async def test_another_worker_tells_what_one_that_was_killed_had_committed(
    redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await one_that_tells_nothing(redis, monkeypatch)
    notes = await show(one, *TEXTS)
    killed(one)
    assert not other.worker.rooms
    await until(lambda: THERE in other.worker.rooms, "told by who saw it end")
    await copied(other, notes)
    await other.close()
    await one.worker.log.close()


async def test_a_worker_that_slept_while_another_ended_sees_to_it_when_it_wakes(
    redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await one_that_tells_nothing(redis, monkeypatch)
    notes = await show(one, *TEXTS[:3])
    (lease,) = [task for task in other.worker.tasks._running if task.get_name() == "lease"]
    lease.cancel()
    killed(one)
    await asyncio.sleep(2 * QUICK.lease)
    assert not other.worker.rooms
    await other.worker._start_anew()
    await until(lambda: THERE in other.worker.rooms, "told")
    await copied(other, notes)
    await other.close()
    await one.worker.log.close()


async def test_who_asks_of_a_room_that_is_given_up_hears_of_it_and_asks_again(
    redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = await begun(await opened(RedisLog(redis)))
    there = await room(hub, THERE)
    append, held = hub.worker.log.append, asyncio.Event()

    async def never(topic: str, *args: object) -> object:
        if topic == THERE and not held.is_set():
            held.set()
            await asyncio.Event().wait()
        return await append(topic, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(hub.worker.log, "append", never)
    notes = await show(hub, *TEXTS[:3])
    await held.wait()
    await hub.worker._start_anew()
    assert there.ended.done()
    await copied(hub, notes)
    await hub.close()


async def test_a_topic_that_nobody_needs_closes_and_is_opened_to_be_told(tmp_path: pathlib.Path) -> None:
    hub = await begun(await opened(SqliteLog(tmp_path), Settings(pace=False, idle=0.4)))
    await room(hub, THERE)
    await until(lambda: not hub.worker.rooms, "closed")
    notes = await show(hub, *TEXTS[:3])
    await copied(hub, notes)
    await hub.close()


async def test_what_nobody_is_there_to_hear_waits_until_somebody_is(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "NOBODY_AFTER", 0.1)
    await begun(hub, "b1")
    notes = await show(hub, *TEXTS[:3])
    assert (await room(hub, HERE)).state.count(relay.Errand) == 3
    await begun(hub, "b2")
    await copied(hub, notes)


async def test_a_log_that_is_away_keeps_it_waiting_without_a_busy_loop(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "AGAIN_AFTER", 0.2)
    hub = await begun(await opened(SqliteLog(tmp_path)))
    tries = 0
    opens = hub.chores.relay._open

    async def away(topic: str) -> object:
        nonlocal tries
        if topic == THERE:
            tries += 1
            raise StorageError("the log of it is away")
        return await opens(topic)

    monkeypatch.setattr(hub.chores.relay, "_open", away)
    notes = await show(hub, *TEXTS[:5])
    began = monotonic()
    await until(lambda: tries >= 3, "it tries again")
    assert monotonic() - began >= 0.2, "and rests between"
    monkeypatch.setattr(hub.chores.relay, "_open", opens)
    await copied(hub, notes)
    await hub.close()


async def test_a_fault_of_a_rule_keeps_it_waiting_until_it_is_mended(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "AGAIN_AFTER", 0.1)
    hub = await begun(await opened(SqliteLog(tmp_path)))
    right = CopyNote.run

    def wrong(self: CopyNote, draft: Draft, actor: object) -> None:
        if self.text == TEXTS[1]:
            raise RuntimeError("a fault of ours")
        right(self, draft, actor)  # type: ignore[arg-type]

    monkeypatch.setattr(CopyNote, "run", wrong)
    notes = [note for text in TEXTS[:3] for note in await show(hub, text)]
    there = await room(hub, THERE)
    await until(lambda: there.state.count(Copy) == 1, "the first is there")
    await asyncio.sleep(0.5)
    assert [copy.id for copy in there.state.all(Copy)] == notes[:1], "and what follows waits behind it"
    monkeypatch.setattr(CopyNote, "run", right)
    await copied(hub, notes)
    await hub.close()


async def test_too_much_that_waits_is_refused_where_it_would_be_told(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webinar_server.state.errand.ERRANDS_MAX", 2)
    monkeypatch.setattr(relay, "NOBODY_AFTER", 0.1)
    hub = await begun(await opened(SqliteLog(tmp_path)), "b1")
    notes = await show(hub, *TEXTS[:2])
    here = await room(hub, HERE)
    pinned = await asked(here, "x", BOARD.parse("pin", {"text": "more"}))
    assert isinstance(pinned, Answer)
    command = BOARD.parse("show", {"note": pinned.result["id"]})
    refused = await asked(here, "x", command)
    assert isinstance(refused, Refusal) and refused.code == "errand.full" and refused.retry_after
    await begun(hub, "b2")
    await copied(hub, notes)
    assert isinstance(await asked(here, "x", command), Answer)
    await copied(hub, [*notes, pinned.result["id"]])
    await hub.close()


async def test_a_restored_topic_tells_nothing_anew_but_what_waited(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = await begun(await opened(SqliteLog(tmp_path)))
    await copied(hub, await show(hub, *TEXTS[:3]))
    with monkeypatch.context() as patch:
        patch.setattr(Relay, "_begin", lambda self, line: None)
        waits = await show(hub, TEXTS[3])
        file, elsewhere = tmp_path / "b1.jsonl", tmp_path / "elsewhere"
        file.write_bytes(b"".join([piece async for piece in lines(await take(hub.worker.log, HERE, 1, "0"))]))
        await hub.close()
    elsewhere.mkdir()
    log = SqliteLog(elsewhere)
    await log.open()
    await restore(log, file)
    await log.close()
    again = await begun(await opened(SqliteLog(elsewhere)), "b2")
    async with asyncio.timeout(2 * DEADLINE):
        while await waiting(again):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert [copy.id for copy in (await room(again, THERE)).state.all(Copy)] == waits
    await again.close()


async def test_a_log_may_be_cut_below_what_was_not_told_yet(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Relay, "_begin", lambda self, line: None)
        hub = await begun(await opened(SqliteLog(tmp_path)))
        notes = await show(hub, *TEXTS[:5])
        state = (await room(hub, HERE)).state
        await hub.close()
    log = SqliteLog(tmp_path)
    await log.open()
    assert await log.restore(HERE, state.position, [], Snapshot(state.position, state.dump()))
    assert await log.base(HERE) == state.position, "no entry is left"
    await log.close()
    again = await opened(SqliteLog(tmp_path))
    await copied(again, notes)
    await again.close()
