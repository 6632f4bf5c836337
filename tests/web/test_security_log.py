"""What somebody tried who may not: counted by cause, told in a line a cause, of nobody by name."""

from __future__ import annotations

import asyncio
import json
import pathlib

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.ports import free_port
from tests.web.client import DEADLINE, Client
from tests.web.process import Serving, prints
from webinar_server.limits import BAD_TOKEN
from webinar_server.topics import TOPICS
from webinar_server.web.http.answers import status_of

TRIES = 12


async def knock(url: str) -> int:
    with pytest.raises(InvalidStatus) as refused:
        await Client(url, "canary").open()
    return refused.value.response.status_code


async def test_attempts_are_counted_and_told_by_cause_and_of_nobody(tmp_path: pathlib.Path) -> None:
    data, port = tmp_path / "data", free_port()
    prints("session", "add", "s1", "--title", "T", "--data", data)
    serving = Serving(data, "--metrics", str(port), WEBINAR_LOG="json", WEBINAR_LOG_LEVEL="info").start()
    options = ("--session", "s1", "--role", "attendee", "--name", "Canary", "--data", data)
    try:
        ada = await Client(serving.url, prints("token", *options)[0]).open()
        await ada.join("session/s1")
        for _ in range(TRIES):
            await ada.refused("open_session")
        async with httpx.AsyncClient(base_url=serving.url) as browser:
            for _ in range(TRIES):
                await browser.post("/api/enter", json={"token": "canary"})
                origin = {"Origin": "https://canary.example"}
                await browser.post("/api/enter", json={"token": "canary"}, headers=origin)
        # many at once: on a slow machine the limit forgets as fast as one after the other comes
        async with asyncio.timeout(DEADLINE):
            while 429 not in await asyncio.gather(*(knock(serving.url) for _ in range(2 * BAD_TOKEN.burst))):
                pass
        async with httpx.AsyncClient() as scraper:
            told = (await scraper.get(f"http://127.0.0.1:{port}/metrics")).text
        await ada.close()
        _, said = serving.stop()
    finally:
        serving.kill()
    for code, least in (("command.not_allowed", TRIES), ("origin.foreign", TRIES), ("token.wrong", TRIES)):
        (line,) = [line for line in told.splitlines() if f'denied_total{{code="{code}"}}' in line]
        assert float(line.split()[1]) >= least, line
    assert 'excess_total{limit="bad tokens"}' in told
    events = [json.loads(line)["event"] for line in said.splitlines() if line.startswith("{")]
    security = [event for event in events if event.startswith("security: ")]
    assert len(security) == len(set(security)), "one line a cause"
    for cause in ("command.not_allowed", "origin.foreign", "token.wrong", "bad tokens"):
        assert any(event.endswith(f", {cause}") for event in security), (cause, security)
    assert "anary" not in said


def test_whoever_may_not_be_in_a_topic_any_more_hears_so_as_one_who_may_not() -> None:
    codes = {code for topic in TOPICS.values() for code in topic.ends.codes}
    assert {"person.erased", "person.removed", "participant.left", "token.ended"} <= codes
    for code in codes:
        assert status_of(code) == (401 if code.startswith("token.") else 403), code
