"""Mirrors: each way in which a worker notices that it and the log are not in step, tried alone."""

from __future__ import annotations

import asyncio
import pathlib

import pytest

from tests.live.house import TOPIC, submit
from tests.live.workers import UNCOMPARED, Worker, in_step, texts
from tests.log import end, link
from tests.valkey import Valkey
from tests.web.client import until
from webinar_server.errors import StorageError
from webinar_server.live.hub import say
from webinar_server.live.room import Room
from webinar_server.live.worker import Worker as Live
from webinar_server.log import Snapshot
from webinar_server.log.redis.engine import RedisLog
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.settings import Settings
from webinar_server.state import START, Position
from webinar_server.web.sessions import create_session

uncompared = pytest.mark.parametrize("pair", [UNCOMPARED], indirect=True)


@uncompared
async def test_what_one_commits_is_on_the_others_screens(pair: list[Worker]) -> None:
    one, two = pair
    watcher = two.watch()
    answer = await one.say("hello over there")
    await until(lambda: texts(watcher) == ["hello over there"], "told")
    assert two.at == (answer.seq, answer.tag) and watcher.screen.resets == 0


@uncompared
async def test_both_commit_at_once_and_hold_one_history(pair: list[Worker]) -> None:
    said = [worker.say(f"{n} {i}", ref=f"{n}-{i}") for n in range(40) for i, worker in enumerate(pair)]
    answers = await asyncio.gather(*said)
    await in_step(*pair)
    assert len({answer.seq for answer in answers}) == 80
    entries = await pair[0].log.read(TOPIC, 0, 1_000)
    assert entries == link(START, *(entry.body for entry in entries))


@uncompared
async def test_a_gap_in_the_numbers_is_noticed_by_the_next_news(pair: list[Worker]) -> None:
    one, two = pair
    watcher = two.watch()
    two.log.losing = 2
    for text in ("lost", "lost too", "heard"):
        await one.say(text)
    await until(lambda: texts(watcher) == ["lost", "lost too", "heard"], "caught up")
    assert watcher.screen.resets == 0


@uncompared
async def test_a_worker_that_hears_nothing_learns_what_it_missed_when_it_commits(pair: list[Worker]) -> None:
    one, two = pair
    two.log.deaf = True
    for n in range(3):
        await one.say(f"unheard {n}")
    await two.say("mine", who="bob")
    await in_step(*pair)
    assert [entry.seq for entry in await one.log.read(TOPIC, 0)] == list(range(1, two.at.seq + 1))


async def test_a_last_message_that_was_lost_is_noticed_by_comparing_heads(pair: list[Worker]) -> None:
    one, two = pair
    watcher = two.watch()
    two.log.deaf = two.log.blind = True
    await one.say("the last word")
    await until(lambda: texts(watcher) == ["the last word"], "compared")


async def test_a_topic_that_cannot_be_brought_in_step_does_not_keep_others_from_it(
    pair: list[Worker], valkey: Valkey
) -> None:
    one, two = pair
    await create_session(one.hub, CreateSession(session="s2", title="Dikes"))
    rooms = [(await worker.hub.room("session/s2")) for worker in pair]
    two.log.deaf = two.log.blind = True
    with valkey.client() as client:
        # a head that no entry leads to
        client.hset(f"wb:{{{TOPIC}}}:head", mapping={"seq": two.at.seq + 1, "tag": "nowhere"})
    await say(rooms[0], OpenSession())
    await until(lambda: rooms[1].state.position == rooms[0].state.position, "compared")
    with pytest.raises(StorageError):
        await two.room.mirror.look()


@uncompared
async def test_a_doubted_connection_has_the_worker_look(pair: list[Worker], valkey: Valkey) -> None:
    one, two = pair
    watcher = two.watch()
    two.log.deaf = True
    await one.say("missed")
    with valkey.client() as client:
        client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
    await until(lambda: texts(watcher) == ["missed"], "looked")


# rewound, emptied, replaced


async def test_a_log_that_was_emptied_is_written_back_whole(pair: list[Worker], valkey: Valkey) -> None:
    one, two = pair
    watcher = two.watch()
    for n in range(5):
        await one.say(f"number {n}", ref=f"r{n}")
    await in_step(*pair)
    before = await one.log.read(TOPIC, 0)
    with valkey.client() as client:
        client.flushall()
    await two.say("after", who="bob")
    await in_step(*pair)
    assert (await one.log.read(TOPIC, 0))[: len(before)] == before
    assert watcher.screen.resets == 0
    assert (await one.say("number 3", ref="r3")).seq < one.at.seq, "still known: answered, not said again"


async def test_a_log_nobody_writes_to_is_written_back_all_the_same(
    pair: list[Worker], valkey: Valkey
) -> None:
    before = pair[0].at
    with valkey.client() as client:
        client.flushall()
    async with asyncio.timeout(10):
        while await pair[0].log.head(TOPIC) != before:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def cut(valkey: Valkey, entries: int) -> None:
    """The log loses its end, as one does that was restarted from an older file."""
    stream, head = f"wb:{{{TOPIC}}}:stream", f"wb:{{{TOPIC}}}:head"
    with valkey.client() as client:
        kept = client.xrange(stream)[:-entries]
        client.delete(stream)
        for id, fields in kept:
            client.xadd(stream, fields, id)
        last, fields = kept[-1]
        client.hset(head, mapping={"seq": last.split(b"-")[0], "tag": fields[b"t"], "run": "another"})


@uncompared
async def test_the_lost_end_is_written_back_by_who_holds_most(pair: list[Worker], valkey: Valkey) -> None:
    one, two = pair
    two.log.deaf = True
    for n in range(6):
        await one.say(f"number {n}")
    held = one.at
    assert two.at.seq == held.seq - 6
    # exactly what the second worker holds is left: it cannot know that more was acknowledged
    cut(valkey, 6)
    await two.say("after the loss", who="bob")
    assert two.room.state.tag(held.seq) == held.tag, "the first was asked, and wrote back what it held"
    await one.room.mirror.look()
    await in_step(*pair)


async def test_another_history_that_is_stored_wins_and_viewers_forget(valkey: Valkey) -> None:
    with valkey.client() as client:
        client.flushall()
    one = await Worker(valkey.url, UNCOMPARED).open()
    watcher = one.watch()
    await one.say("never happened")
    *kept, last = await one.log.read(TOPIC, 0)
    with valkey.client() as client:
        client.flushall()
    stranger = RedisLog(valkey.url)
    await stranger.open()
    one.log.deaf = True
    # as if another worker had gone on from before this one's last words
    assert await stranger.restore(TOPIC, START, kept)
    other = link(end(kept[-1]), last.body.replace(b"never happened", b"truly happened"))
    assert await stranger.append(TOPIC, end(kept[-1]), other, vouched=True) is None
    await one.room.mirror.look()
    assert watcher.screen.resets == 1 and texts(watcher) == ["truly happened"]
    await stranger.close()
    await one.close()


class Emptying(RedisLog):
    """Its Redis is emptied in the midst of a load."""

    async def base(self, topic: str) -> Position:
        found = await super().base(topic)
        await self._open.ask("FLUSHALL")
        return found


async def test_a_log_that_is_emptied_while_it_is_read_keeps_nobody_waiting(valkey: Valkey) -> None:
    with valkey.client() as client:
        client.flushall()
    one = await Worker(valkey.url, UNCOMPARED).open()
    await one.log.save_snapshot(TOPIC, Snapshot(one.at, one.room.state.dump()))
    await one.die()
    log = Emptying(valkey.url)
    await log.open()
    room = Room(TOPIC, Live(log, UNCOMPARED))
    with pytest.raises(StorageError, match="changed while it was read"):
        async with asyncio.timeout(5):
            await room.mirror.load()
    await log.close()


# away


async def test_commands_wait_while_redis_is_away_and_happen_once(tmp_path: pathlib.Path) -> None:
    valkey = Valkey(tmp_path / "valkey").start()
    one, two = [await Worker(valkey.url).open() for _ in range(2)]
    watcher = two.watch()
    await one.ready()
    valkey.kill()
    waiting = [asyncio.ensure_future(one.say(f"held {n}", ref=f"h{n}")) for n in range(5)]
    await asyncio.sleep(0.5)
    assert not any(told.done() for told in waiting)
    valkey.start()
    answers = await asyncio.gather(*waiting)
    await in_step(one, two)
    await until(lambda: len(texts(watcher)) == 5, "told")
    assert len({answer.seq for answer in answers}) == 5 and watcher.screen.resets == 0
    for worker in (one, two):
        await worker.close()
    valkey.stop()


async def test_after_a_while_new_commands_are_told_to_come_back(tmp_path: pathlib.Path) -> None:
    valkey = Valkey(tmp_path / "valkey").start()
    one = await Worker(valkey.url, Settings(pace=False, hold=0.3)).open()
    await one.ready()
    valkey.kill()
    held = asyncio.ensure_future(one.say("held", ref="h"))
    await asyncio.sleep(1.0)
    refused = await submit(one.room, "bob", one.room.about.parse("say", {"text": "late"}), "late")
    assert getattr(refused, "code", None) == "log.unavailable" and refused.retry_after
    # the first copy may still be done: its sender, back on another line, must not be told that it failed
    again = submit(one.room, "ada", one.room.about.parse("say", {"text": "held"}), "h")
    await asyncio.sleep(0.1)
    assert not again.done()
    valkey.start()
    assert await held == await again
    await one.say("again", who="bob", ref="late")
    entries = await one.log.read(TOPIC, 0)
    assert sum(b"late" in entry.body for entry in entries) == 1
    await one.close()
    valkey.stop()


# versions


@uncompared
async def test_what_a_newer_worker_wrote_is_not_guessed_at(pair: list[Worker]) -> None:
    one, two = pair
    watcher = two.watch()
    at = one.at
    [known] = await one.log.read(TOPIC, at.seq - 1)
    newer = link(at, known.body.replace(b"session", b"sessiom"))
    stranger = RedisLog(one.url)
    await stranger.open()
    assert await stranger.append(TOPIC, at, newer) is None
    await until(lambda: watcher.sent_away, "sent to a worker that can read it")
    assert two.at == at
    with pytest.raises(StorageError, match="cannot be read"):
        await two.hub.room(TOPIC)
    await stranger.close()
