"""Cutting, on every engine: below any snapshot, at any time, and nothing that a record says is lost by it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.log import end, link, vouched
from tests.log.archive.test_archive import TOPIC, exported
from tests.session.histories import World, random_batches
from webinar_server.errors import StorageError
from webinar_server.live import room as rooms
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say
from webinar_server.log import Conflict, Log, Snapshot
from webinar_server.log.archive.restore import restore
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session import SESSION
from webinar_server.session.chat import Message, Say
from webinar_server.session.programme import CreateSession
from webinar_server.settings import Settings
from webinar_server.state import START, Answer, State, unseal


async def loaded(log: Log) -> State:
    """The state of a worker that starts now."""
    snapshot = await log.snapshot(TOPIC)
    state = State(SESSION.kinds) if snapshot is None else State.load(SESSION.kinds, snapshot.data)
    for sealed in await log.read(TOPIC, state.position.seq, 10_000):
        state.put(unseal(sealed, SESSION.kinds), sealed.tag)
    return state


async def test_a_log_is_cut_at_every_snapshot_and_restored_from_each(log: Log, tmp_path: Path) -> None:
    world, at = World(), START
    for number, batch in enumerate(random_batches(3, 60)):
        world.play(batch)
        assert await vouched(log, TOPIC, at, world.log[at.seq :]) is None
        at = end(world.log[-1])
        if number % 12:
            continue
        await log.save_snapshot(TOPIC, Snapshot(at, world.state.dump()))
        # to below the snapshot, or all of it
        await log.cut(TOPIC, at.seq - (3 if number % 24 else 0))
        assert await log.base(TOPIC) == end(world.log[at.seq - (4 if number % 24 else 1)])
        assert await log.topics() == [TOPIC] and await log.head(TOPIC) == at
        file = await exported(log, tmp_path / f"{number}.jsonl")
        (tmp_path / str(number)).mkdir()
        other = SqliteLog(tmp_path / str(number))
        await other.open()
        assert (await restore(other, file)).now == at
        for one in (log, other):
            assert (await loaded(one)).dump() == world.state.dump()
        await other.close()


async def test_what_was_cut_is_gone_and_the_rest_goes_on(log: Log) -> None:
    entries = link(START, *"abcdefghij")
    assert await vouched(log, TOPIC, START, entries) is None
    snapshot = Snapshot(end(entries[7]), b"eight")
    await log.save_snapshot(TOPIC, snapshot)
    for seq, base in ((0, 0), (-5, 0), (6, 6), (4, 6), (99, 8)):
        await log.cut(TOPIC, seq)
        assert (await log.base(TOPIC)).seq == base
    assert await log.snapshot(TOPIC) == snapshot
    assert await log.read(TOPIC, 8) == entries[8:]
    with pytest.raises(StorageError, match="begins after entry 8"):
        await log.read(TOPIC, 7)
    assert await log.append(TOPIC, end(entries[3]), link(end(entries[3]), "x")) == Conflict([], rewound=True)
    assert not await log.holds(TOPIC, end(entries[6])) and await log.holds(TOPIC, end(entries[7]))
    await log.save_snapshot(TOPIC, Snapshot(end(entries[9]), b"ten"))
    await log.cut(TOPIC, 10)
    assert await log.read(TOPIC, 10) == [] and await log.head(TOPIC) == end(entries[9])
    more = link(end(entries[9]), "k")
    assert await vouched(log, TOPIC, end(entries[9]), more) is None
    assert await log.read(TOPIC, 10) == more


async def test_nothing_is_cut_without_a_snapshot_of_this_history(log: Log) -> None:
    entries = link(START, *"abc")
    assert await vouched(log, TOPIC, START, entries) is None
    await log.cut(TOPIC, 3)
    await log.cut("session/none", 3)
    await log.save_snapshot(TOPIC, Snapshot(end(link(START, "other")[0]), b"of another history"))
    await log.cut(TOPIC, 3)
    assert await log.base(TOPIC) == START and await log.read(TOPIC, 0) == entries


async def test_a_snapshot_of_another_history_does_not_replace_the_one_it_begins_with(log: Log) -> None:
    entries = link(START, *"abc")
    assert await vouched(log, TOPIC, START, entries) is None
    begin = Snapshot(end(entries[1]), b"two")
    await log.save_snapshot(TOPIC, begin)
    await log.cut(TOPIC, 2)
    await log.save_snapshot(TOPIC, Snapshot(end(link(START, *"xyz")[2]), b"of another history"))
    assert await log.snapshot(TOPIC) == begin


async def test_a_room_that_cuts_all_it_may_is_opened_again_as_it_was(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "ENTRIES_KEPT", 0)
    await log.close()
    hub = Hub(log, Settings(pace=False, snapshot_every=7, idle=0.2))
    await hub.open()
    await hub.begin(TOPIC, CreateSession(session="s1", title="Charging"))
    for number in range(30):
        live = await hub.room(TOPIC)
        assert live is not None and isinstance(await say(live, Say(text=f"line {number}")), Answer)
        if number % 10 == 9:
            # nobody is in it, so it is closed meanwhile
            await asyncio.sleep(0.6)
    live = await hub.room(TOPIC)
    assert live is not None
    assert [message.text for message in live.state.order("message").back()][::-1] == [
        f"line {number}" for number in range(30)
    ]
    assert live.state.count(Message) == 30 and (await log.base(TOPIC)).seq > 20
    await hub.close()
