"""With several workers a post meets any of them, and a stream the next: nothing is lost or done twice."""

from __future__ import annotations

import pathlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.valkey import Valkey
from tests.web.listener import Listener
from tests.web.server import UNPACED, LiveServer


@pytest.fixture
async def workers(tmp_path: pathlib.Path) -> AsyncIterator[list[LiveServer]]:
    valkey = Valkey(tmp_path / "valkey").start()
    servers = [
        await LiveServer(tmp_path / name, UNPACED, redis=valkey.url).start() for name in ("one", "two")
    ]
    yield servers
    for server in servers:
        await server.finish()
    valkey.kill()


def arrived(frame: dict[str, Any]) -> bool:
    return frame["op"] == "state" and "ada" in frame["put"].get("person", {})


async def test_a_post_that_meets_another_worker_is_told_by_the_stream(workers: list[LiveServer]) -> None:
    one, two = workers
    who = f"Authorization: Bearer {one.token(id='ada')}"
    ada, elsewhere = await Listener(one.url, who).joined(), Listener(two.url, who)
    if not arrived(ada.seen[-1]):
        await ada.until(arrived)
    elsewhere.at = ada.seen[-1]["at"][0]
    done = await elsewhere.say("by the other")
    assert done["op"] == "done"
    news = await ada.until(lambda frame: frame["op"] == "state" and frame["put"].get("message"))
    assert news["at"] == done["at"]
    # once, whichever worker is asked again
    frame = ada.do("say", text="once")
    first, again = (await elsewhere.post(frame))[1][0], (await ada.post(frame))[1][0]
    assert (first["op"], first["result"]) == (again["op"], again["result"]) == ("done", again["result"])
    # the next stream goes on at the other worker from where this one was
    ada.abort()
    elsewhere = await elsewhere.joined(news["at"])
    texts = [one["text"] for one in elsewhere.seen[-1]["put"]["message"].values()]
    assert texts == ["once"] and not elsewhere.seen[-1].get("reset")
    elsewhere.abort()


async def test_who_is_removed_at_one_worker_says_nothing_at_any(workers: list[LiveServer]) -> None:
    one, two = workers
    who = f"Authorization: Bearer {one.token(id='ada')}"
    ada = await Listener(one.url, who).joined()
    host = await two.joined("Host", "host")
    await host.until(lambda: "ada" in host.screen.of("person"), "her arrival at the other worker")
    await host.do("remove", person="ada", reason="rude")
    assert (await ada.until(lambda frame: frame["op"] == "close"))["code"] == 4403
    for server in workers:
        status, refusal = await Listener(server.url, who).post(ada.do("say", text="no"))
        assert (status, refusal["code"]) == (403, "person.removed")
