"""A Redis that is away, is none, is read-only, full, locked, too new, or lies: said, survived, healed."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import msgpack
import pytest
from redis.client import PubSub

from tests.faults.line import TOPIC
from tests.faults.proxy import Proxy
from tests.faults.site import Worker
from tests.faults.swarm import eventually, token
from tests.faults.trial import Trial
from tests.ports import free_port
from tests.valkey import Valkey
from tests.web.client import Client
from tests.web.process import prints
from webinar_server.log.redis.engine import VERSION

CHANNEL = f"wb:0:{{{TOPIC}}}"
ALIVE_WITHIN = 15.0

Start = Callable[[str], Worker]


@pytest.fixture
def start(tmp_path: pathlib.Path) -> Iterator[Start]:
    """Starts workers on an address without waiting for them to be ready."""
    workers: list[Worker] = []

    def started(redis: str) -> Worker:
        workers.append(Worker(tmp_path, "--redis", redis, WEBINAR_PACE=None).launch())
        return workers[-1]

    yield started
    for worker in workers:
        worker.kill()


@pytest.fixture
def servers(tmp_path: pathlib.Path) -> Iterator[list[Valkey]]:
    """Five."""
    started = [Valkey(tmp_path / f"server{number}").start() for number in range(5)]
    yield started
    for server in started:
        server.kill()


@pytest.fixture
async def no_redis() -> AsyncIterator[int]:
    """The port of a server that speaks something else."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


async def says_why_and_comes_alive(
    worker: Worker, why: str, fix: Callable[[], Awaitable[None]], url: str
) -> None:
    """Not ready, one line that says why, and after the fix a session that works, without a restart."""
    await worker.until_ready(503)
    await eventually(lambda: why in worker.ready()[1], f"{why!r} as the reason", worker.ready, ALIVE_WITHIN)
    # long enough for it to try again, and to be tempted to say so
    await asyncio.sleep(1.5)
    said = [line for line in worker.said().splitlines() if why in line]
    assert len(said) == 1, worker.said()
    assert "Traceback" not in worker.said()
    await fix()
    await worker.until_ready(200, ALIVE_WITHIN)
    await asyncio.to_thread(prints, "session", "add", "s1", "--title", "Ports", "--redis", url)
    client = await Client(worker.url, token("ada", "attendee")).open()
    await client.join(TOPIC)
    await client.do("say", text="it works")
    assert client.screen.texts() == ["it works"]
    await client.close()
    assert worker.running and "Traceback" not in worker.said()


async def not_there_yet(start: Start, server: Valkey) -> None:
    server.kill()

    async def fix() -> None:
        await asyncio.to_thread(server.start)

    await says_why_and_comes_alive(start(server.url), "cannot be reached", fix, server.url)


async def no_redis_at_all(start: Start, server: Valkey, other: int) -> None:
    proxy = await Proxy(other).start()
    url = f"redis://127.0.0.1:{proxy.port}"

    async def fix() -> None:
        proxy.target = server.port
        proxy.cut()

    try:
        await says_why_and_comes_alive(start(url), "Redis", fix, url)
    finally:
        await proxy.stop()


async def full(start: Start, server: Valkey) -> None:
    with server.client() as client:
        client.config_set("maxmemory-policy", "noeviction")
        client.config_set("maxmemory", "1")

        async def fix() -> None:
            client.config_set("maxmemory", "0")

        await says_why_and_comes_alive(start(server.url), "full", fix, server.url)


async def locked(start: Start, server: Valkey) -> None:
    # this connection stays let in
    with server.client() as client:
        client.config_set("requirepass", "sesame")

        async def fix() -> None:
            client.config_set("requirepass", "")

        await says_why_and_comes_alive(start(server.url), "refuses this login", fix, server.url)


async def read_only(start: Start, server: Valkey) -> None:
    with server.client() as client:
        client.replicaof("127.0.0.1", str(free_port()))

        async def fix() -> None:
            client.replicaof("NO", "ONE")

        await says_why_and_comes_alive(start(server.url), "read-only replica", fix, server.url)


async def test_a_redis_of_no_use_is_explained_and_used_once_it_is_mended(
    start: Start, servers: list[Valkey], no_redis: int
) -> None:
    """Five at once, each with a server of its own: most of it is waiting."""
    first, second, third, fourth, fifth = servers
    async with asyncio.TaskGroup() as cases:
        cases.create_task(not_there_yet(start, first))
        cases.create_task(no_redis_at_all(start, second, no_redis))
        cases.create_task(full(start, third))
        cases.create_task(locked(start, fourth))
        cases.create_task(read_only(start, fifth))


async def test_a_redis_a_newer_version_wrote_is_refused_and_left_alone(start: Start, valkey: Valkey) -> None:
    with valkey.client() as client:
        client.set("wb:version", 99)
        worker = start(valkey.url)
        await eventually(lambda: not worker.running, "refused", worker.said)
        [line] = worker.said().splitlines()
        assert line.startswith("webinar-server: ")
        assert "version 99" in line and f"reads {VERSION}" in line
        assert client.keys() == [b"wb:version"] and client.get("wb:version") == b"99"


async def test_a_redis_that_turns_out_to_be_too_new_is_not_used(start: Start, valkey: Valkey) -> None:
    proxy = await Proxy(free_port()).start()
    worker = start(f"redis://127.0.0.1:{proxy.port}")
    await worker.until_ready(503)
    try:
        with valkey.client() as client:
            client.set("wb:version", 99)
            proxy.target = valkey.port
            await eventually(lambda: "version 99" in worker.ready()[1], "noticed", worker.ready)
            await asyncio.sleep(1.0)
            assert client.keys() == [b"wb:version"]
        assert worker.running
        assert "Traceback" not in worker.said() and "never retrieved" not in worker.said()
    finally:
        await proxy.stop()


async def test_a_redis_that_fills_up_under_load_loses_nothing(trial: Trial) -> None:
    await trial.begin()
    await trial.load()
    with trial.site.valkey.client() as client:
        client.config_set("maxmemory", "1")
        await asyncio.sleep(3.0)
        statuses = [worker.ready()[0] for worker in trial.site.workers]
        client.config_set("maxmemory", "0")
    await trial.load()
    for worker in trial.site.workers:
        await worker.until_ready(200, ALIVE_WITHIN)
    row = await trial.end("Redis full for 3 s", repetitions=1)
    print(f"ready meanwhile: {statuses}")
    for worker in trial.site.workers:
        refused = [line for line in worker.said().splitlines() if "could not be stored" in line]
        assert len(refused) <= 1, "said once, however often it was tried"
    assert trial.gaps() == [] and row.resets == 0


async def test_forged_and_replayed_messages_change_nothing(trial: Trial) -> None:
    await trial.begin()
    with trial.site.valkey.client() as client:
        hearing = client.pubsub()
        hearing.subscribe(CHANNEL)
        assert hearing.get_message(timeout=5)["type"] == "subscribe"
        await trial.load()
        genuine = await asyncio.to_thread(overheard, hearing)
        assert genuine
        for message in [*forgeries(), *genuine[:20], *genuine[-1:] * 20]:
            assert client.publish(CHANNEL, message) >= 2, "both workers heard it"
            await asyncio.sleep(0.02)
        for message in forgeries():
            client.publish("wb:0:{workers}", message)
    await trial.load()
    row = await trial.end("forged and replayed messages", repetitions=1)
    assert trial.gaps() == [] and row.resets == 0


def overheard(hearing: PubSub) -> list[bytes]:
    heard = []
    while message := hearing.get_message(timeout=0.2):
        heard.append(message["data"])
        if len(heard) >= 60:
            break
    return heard


def forgeries() -> list[bytes]:
    """Junk, and what a worker may say: places that were never there, and a summons for each."""
    far, near = (10**6, "0123456789abcdef"), (1, "")
    said = [
        ["moved", "x", far],
        ["moved", "x", near],
        ["summons", "x", TOPIC, "n"],
        ["looked", "x", "n", "w"],
    ]
    return [b"", b"forged", bytes(range(256)), *map(msgpack.packb, said)]
