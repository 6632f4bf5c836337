"""News between workers, on a real Valkey: heard, doubted, and a hint to look where nobody can read them."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import AsyncIterator, Callable, Mapping

import msgpack
import pytest

from tests.log import end, link
from tests.log.conftest import emptied
from tests.valkey import Valkey
from tests.web.client import DEADLINE
from webinar_server.errors import Unanswered
from webinar_server.log.redis.channels import NOWHERE
from webinar_server.log.redis.engine import RedisLog
from webinar_server.seldom import seldom
from webinar_server.state import START, Position

TOPIC = "session/s1"


class Ear:
    """A listener that writes down what it was told."""

    def __init__(self) -> None:
        self.heard: list[Position] = []
        self.reactions: list[Mapping[str, int]] = []
        self.looks = 0

    def moved(self, head: Position) -> None:
        self.heard.append(head)

    def reacted(self, reactions: Mapping[str, int]) -> None:
        self.reactions.append(reactions)

    async def look(self) -> None:
        self.looks += 1


async def until(holds: Callable[[], bool], what: str) -> None:
    async with asyncio.timeout(DEADLINE):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    assert holds(), what


@pytest.fixture(params=["server", "cluster"])
async def logs(request: pytest.FixtureRequest) -> AsyncIterator[tuple[RedisLog, RedisLog]]:
    """Two workers' logs on one server, or on one cluster."""
    one = emptied(request, request.param)
    two = RedisLog(request.getfixturevalue(request.param).url)
    await one.open()
    await two.open()
    yield one, two
    await one.close()
    await two.close()


async def ready(log: RedisLog) -> None:
    async with asyncio.timeout(DEADLINE):
        while True:
            try:
                return await log.check()
            except Unanswered:
                await asyncio.sleep(0.01)


def kill_subscribers(request: pytest.FixtureRequest, fixture: str) -> None:
    servers = request.getfixturevalue(fixture)
    for server in getattr(servers, "nodes", [servers]):
        with server.client() as client:
            client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")


async def test_what_one_worker_appends_the_other_hears_in_order(logs: tuple[RedisLog, RedisLog]) -> None:
    one, two = logs
    mine, theirs = Ear(), Ear()
    await one.listen(TOPIC, mine)
    await two.listen(TOPIC, theirs)
    entries = link(START, "a", b"\x00\xff" * 200, "c")
    await one.append(TOPIC, START, entries)
    at = end(entries[-1])
    await one.append(TOPIC, at, link(at, "d"))
    await until(lambda: len(theirs.heard) == 2, "heard")
    assert theirs.heard == [at, end(link(at, "d")[0])]
    assert mine.heard == [] and theirs.looks == 0, "nobody hears of themselves, nobody had to look"


async def test_who_listens_no_longer_hears_nothing(logs: tuple[RedisLog, RedisLog]) -> None:
    one, two = logs
    ear, other = Ear(), Ear()
    await two.listen(TOPIC, ear)
    await two.listen("session/s2", other)
    await two.unlisten(TOPIC)
    await one.append(TOPIC, START, link(START, "a"))
    await one.append("session/s2", START, link(START, "b"))
    await until(lambda: bool(other.heard), "the other topic")
    assert ear.heard == []


async def test_what_is_written_back_is_heard_too(logs: tuple[RedisLog, RedisLog]) -> None:
    one, two = logs
    ear = Ear()
    await two.listen(TOPIC, ear)
    assert await one.restore(TOPIC, START, link(START, "a", "b"))
    await until(lambda: bool(ear.heard), "heard")
    assert ear.heard == [await one.head(TOPIC)]


async def test_reactions_are_counted_for_the_others(logs: tuple[RedisLog, RedisLog]) -> None:
    one, two = logs
    mine, theirs = Ear(), Ear()
    await one.listen(TOPIC, mine)
    await two.listen(TOPIC, theirs)
    await one.react(TOPIC, {"clap": 3, "heart": 1})
    await until(lambda: bool(theirs.reactions), "heard")
    assert theirs.reactions == [{"clap": 3, "heart": 1}] and mine.reactions == []


async def test_a_confirmation_after_the_first_has_the_listener_look(
    logs: tuple[RedisLog, RedisLog], request: pytest.FixtureRequest
) -> None:
    """Whatever was published while the connection was gone is lost, and nothing says so."""
    ear = Ear()
    await logs[1].listen(TOPIC, ear)
    assert ear.looks == 0
    kill_subscribers(request, request.node.callspec.params["logs"])
    await until(lambda: ear.looks > 0, "it looked")
    await ready(logs[1])
    await logs[0].append(TOPIC, START, link(START, "a"))
    await until(lambda: bool(ear.heard), "and hears again")


async def test_a_library_that_subscribes_anew_in_silence_is_noticed(logs: tuple[RedisLog, RedisLog]) -> None:
    ear = Ear()
    await logs[1].listen(TOPIC, ear)
    for running in logs[1]._channels._subscriptions.values():
        # redis-py connects again at the next read, and subscribes to all it knows, by itself
        assert running.subscription._pubsub is not None
        await running.subscription._pubsub.connection.disconnect(nowait=True)
    await until(lambda: ear.looks > 0, "it looked")


async def test_who_is_summoned_looks_and_says_so(logs: tuple[RedisLog, RedisLog]) -> None:
    one, two = logs
    await one.renew("one", 6)
    await two.renew("two", 6)
    ear = Ear()
    await two.listen(TOPIC, ear)
    async with asyncio.timeout(DEADLINE):
        await one.summon(TOPIC, {"one", "two"}, 2 * DEADLINE)
    assert ear.looks == 1


async def test_nobody_waits_longer_than_they_said_for_who_does_not_answer(
    logs: tuple[RedisLog, RedisLog],
) -> None:
    await logs[0].renew("one", 6)
    began = asyncio.get_running_loop().time()
    async with asyncio.timeout(DEADLINE):
        await logs[0].summon(TOPIC, {"gone"}, 0.3)
    assert asyncio.get_running_loop().time() - began > 0.25


# not to be read


@pytest.mark.parametrize(
    "said",
    [b"", b"x" * 100, b"0123456789abcdef" + msgpack.packb(["entries", "a worker of before", 0, "", []]),
     msgpack.packb(["moved", "somebody", [1]]), msgpack.packb(["reacted", "somebody", {"clap": "many"}]),
     msgpack.packb(["reacted", "somebody", {"clap": -5}]),
     msgpack.packb(["reacted", "somebody", {"clap": 1 << 62}])],
    ids=["nothing", "anything", "of an older version", "too short", "of another type", "fewer", "too many"],
)  # fmt: skip
async def test_what_cannot_be_read_may_mean_that_there_is_something(
    logs: tuple[RedisLog, RedisLog], said: bytes
) -> None:
    one, two = logs
    ear = Ear()
    await two.listen(TOPIC, ear)
    await one._open.commands.execute_command(one._servers.publish, one._channels.channel(TOPIC), said)
    await one.append(TOPIC, START, link(START, "after"))
    await until(lambda: len(ear.heard) == 2, "both heard")
    assert ear.heard == [NOWHERE, await one.head(TOPIC)] and ear.looks == 0 and not ear.reactions


async def test_a_redis_that_is_away_is_told_once_each_time(
    tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture
) -> None:
    valkey = Valkey(tmp_path).start()
    log = RedisLog(valkey.url)
    await log.open()
    caplog.set_level("INFO", "webinar_server")
    for times in (1, 2):
        # ready may be said by what was heard before the outage
        await until(lambda: log._channels.silence() < 0.5, "a probe came back since it is there")
        valkey.kill()
        lost = lambda times=times: caplog.text.count("the connection for news is lost") >= times  # noqa: E731
        await until(lost, "it is told")
        await asyncio.sleep(1)  # time for many attempts
        assert caplog.text.count("the connection for news is lost") == times
        valkey.start()
        # as if a minute had passed
        seldom.forget()
    await log.close()
    valkey.kill()


async def test_what_cannot_be_told_to_others_is_in_the_log_all_the_same(
    request: pytest.FixtureRequest, server: Valkey
) -> None:
    emptied(request, "server")
    with server.client() as client:
        client.acl_setuser(
            "mute", True, passwords=["+pw"], keys=["*"], channels=["*"], commands=["+@all", "-publish"]
        )
    log = RedisLog(server.url.replace("redis://", "redis://mute:pw@"))
    await log.open()
    entries = link(START, "a", "b")
    assert await log.append(TOPIC, START, entries, vouched=True) is None
    assert await log.restore("session/other", START, entries)
    assert await log.head(TOPIC) == await log.head("session/other") == end(entries[-1])
    await log.close()
