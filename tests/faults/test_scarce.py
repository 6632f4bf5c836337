"""What runs short: a full disk under SQLite, file descriptors. It is said once, and nothing is lost."""

from __future__ import annotations

import asyncio
import json
import pathlib
import re
import resource
from contextlib import suppress

import httpx
import pytest
from websockets.exceptions import WebSocketException

from tests.faults.guest import Guest
from tests.faults.site import Worker
from tests.faults.swarm import eventually
from tests.faults.swarm import token as token_of
from tests.faults.test_kill import TOPIC, all_alike, all_answered_again, check_promises, token
from tests.ports import free_port
from tests.web.client import Client
from tests.web.process import prints

GUESTS = 12
FULL_S = 4.0
FILES = 64


@pytest.fixture
def worker(tmp_path: pathlib.Path):  # type: ignore[no-untyped-def]
    """A server on SQLite, not started yet."""
    data = tmp_path / "data"
    prints("session", "add", "s1", "--title", "Ports", "--data", data)
    worker = Worker(tmp_path, "--data", str(data), "--metrics", str(free_port()), WEBINAR_LOG="json")
    yield worker
    worker.kill()


def said(worker: Worker, event: str) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in worker.said().splitlines() if line.startswith("{")]
    return [line for line in lines if event in str(line["event"])]


def counts(worker: Worker) -> str:
    """Its metrics."""
    port = worker._options[-1]
    return httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text


def limit_files(worker: Worker, size: int) -> None:
    """How large its files may become, as a disk that is full; it may be lifted again."""
    resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def test_a_disk_that_is_full_under_load_costs_nothing_and_is_said_once(
    worker: Worker, tmp_path: pathlib.Path
) -> None:
    worker.start()
    guests = [Guest(number, worker.url, token(number), TOPIC) for number in range(GUESTS)]
    talking = [asyncio.ensure_future(guest.live()) for guest in guests]
    await all_answered_again(guests)
    limit_files(worker, 4096)
    await eventually(lambda: bool(said(worker, "could not be stored")), "said")
    refused = sum(len(guest.promised) for guest in guests)
    await asyncio.sleep(FULL_S)
    assert sum(len(guest.promised) for guest in guests) == refused, "nothing was promised meanwhile"
    limit_files(worker, resource.RLIM_INFINITY)
    await all_answered_again(guests)
    for guest in guests:
        guest.stopping = True
    await asyncio.gather(*talking)
    await all_alike(guests, worker.url)
    [line] = said(worker, "could not be stored")
    assert "disk" in str(line["reason"]) and line["count"] == 1
    assert "Traceback" not in worker.said()
    assert worker.stop() == 0
    assert await check_promises(guests, tmp_path / "data") > GUESTS


async def test_too_few_file_descriptors_are_said_and_counted_and_those_inside_talk_on(worker: Worker) -> None:
    worker.files = FILES
    worker.start()
    inside, turned_away = [], 0
    for number in range(2 * FILES):
        client = Client(worker.url, token_of(f"guest{number}", "attendee"))
        try:
            await client.open()
            await client.join(TOPIC)
            inside.append(client)
        except (OSError, EOFError, TimeoutError, WebSocketException, AssertionError):
            # the last is websockets' word for a server that closes while it is being asked
            turned_away += 1
    assert FILES / 4 < len(inside) < FILES and turned_away >= FILES, (len(inside), turned_away)
    await inside[0].do("say", text="we are many")
    await inside[-1].until(lambda: "we are many" in inside[-1].screen.texts())
    [line] = said(worker, "file descriptors")
    assert line["level"] == "warning"
    for client in inside[:10]:
        await client.close()
    # room again: for a look at what was counted, too
    counted = await asyncio.to_thread(counts, worker)
    found = re.search(r'webinar_excess_total\{limit="file descriptors"\} (\S+)', counted)
    assert found is not None and float(found[1]) >= FILES / 2
    again = await Client(worker.url, token_of("late", "attendee")).open()
    await again.join(TOPIC)
    assert "we are many" in again.screen.texts()
    with suppress(OSError):
        for client in [*inside[10:], again]:
            await client.close()
