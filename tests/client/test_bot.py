"""Bots on a real server: the printed examples, coming back, and an end that is told."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import uvloop

from tests.web.client import DEADLINE, Client
from tests.web.server import UNPACED, LiveServer
from webinar_server.client import Bot, Change, Closed, CommandRefused, NotIn, Turned
from webinar_server.client.copy import Record

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "bots.md"
PROFILE = {"name": "Scribe", "organisation": "Voltline", "kind": "sme", "country": "NL"}


def pytest_asyncio_loop_factories(config: Any, item: Any) -> Mapping[str, Any]:
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def server(tmp_path: pathlib.Path) -> AsyncIterator[LiveServer]:
    server = await LiveServer(tmp_path, UNPACED).start()
    yield server
    await server.finish()


def link(server: LiveServer, name: str = "Bot", **fields: Any) -> str:
    return f"{server.url}/session/s1#{server.token(name, **fields)}"


async def next_message(bot: Bot) -> Record:
    """The next that is said."""
    async with asyncio.timeout(DEADLINE):
        while True:
            change = await anext(bot)
            if change.kind == "message" and change.before is None and change.after is not None:
                return change.after


async def so_far(bot: Bot) -> list[Change]:
    """All that it was told and did not look at yet."""
    changes = []
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            async for change in bot:
                changes.append(change)
    return changes


# the page


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@contextlib.contextmanager
def running(example: str, *arguments: str) -> Any:
    process = subprocess.Popen([sys.executable, "-c", example, *arguments], stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        _, said = process.communicate(timeout=DEADLINE)
        assert "Traceback" not in said, said


def test_the_page_has_a_bot_of_ten_lines_and_one_that_comes_by_the_door() -> None:
    first, second = examples()
    assert len([line for line in first.splitlines() if line.strip()]) <= 10
    assert "profile" not in first and "profile" in second


async def pong(ada: Client) -> dict[str, Any]:
    """Say it until the bot is there; who answered. A bot answers once to each."""
    for _ in range(60):
        await ada.do("say", text="!ping")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await ada.until(lambda: "pong" in ada.screen.texts())
                break
    [answer, *_] = [m for m in ada.screen.of("message").values() if m["text"] == "pong"]
    return answer  # type: ignore[no-any-return]


async def test_the_printed_bot_answers_by_a_personal_link(server: LiveServer) -> None:
    ada = await server.joined("Ada")
    with running(examples()[0], link(server, "Ping")):
        assert (await pong(ada))["name"] == "Ping"


async def test_the_printed_bot_comes_by_a_link_that_others_have_too(server: LiveServer) -> None:
    shared = link(server, "Owner", id="owner")
    owner = await server.joined("Owner", id="owner")
    ada = await server.joined("Ada")
    with running(examples()[1], shared):
        await ada.until(lambda: any(p["name"] == "Scribe" for p in ada.screen.of("person").values()))
        said = await ada.do("say", text="Write this down.")
        assert said["op"] == "done"
        await ada.until(lambda: "Noted: Write this down." in ada.screen.texts())
    [note] = [m for m in ada.screen.of("message").values() if m["text"].startswith("Noted")]
    assert note["name"] == "Scribe" and note["by"] != "owner"
    assert owner.closed is None


# what a bot can rely on


async def test_a_bot_sees_what_is_there_and_hears_only_what_changes(server: LiveServer) -> None:
    ada = await server.joined("Ada")
    await ada.do("say", text="before")
    async with Bot(link(server)) as bot:
        assert bot.you["name"] == "Bot" and bot.you["role"] == "attendee"
        assert [message["text"] for message in bot.of("message").values()] == ["before"]
        await ada.do("say", text="after")
        assert (await next_message(bot))["text"] == "after"
        assert await bot.do("raise_hand") == {}
        await bot.pulse("clap")
        await ada.until(lambda: ada.pulses["clap"] == 1)


async def test_what_is_refused_says_why_and_what_was_done_says_its_id(server: LiveServer) -> None:
    async with Bot(link(server)) as bot:
        said = await bot.do("say", text="hello")
        assert bot.of("message")[said["id"]]["text"] == "hello", "the news come before the answer"
        with pytest.raises(CommandRefused) as error:
            await bot.do("say", text="")
        assert error.value.code.startswith("chat.") and error.value.told["text"]
        with pytest.raises(CommandRefused, match="unknown"):
            await bot.do("fly")


async def test_a_bot_that_looks_seldom_is_told_the_last_word_of_each_record(server: LiveServer) -> None:
    host = await server.joined("Host", "host")
    ada = await server.joined("Ada")
    async with Bot(link(server)) as bot:
        poll = (await host.do("draft_poll", question="Tea?", options=["Yes", "No"]))["result"]["id"]
        for step in ("open_poll", "close_poll", "reveal_poll"):
            await host.do(step, poll=poll)
        await ada.do("say", text="done")
        await bot.do("raise_hand")  # answered after all that came before
        told = [change for change in await so_far(bot) if change.kind == "poll"]
    assert [(change.before, change.after and change.after["state"]) for change in told] == [
        (None, "revealed")
    ]


async def test_a_bot_stays_through_a_restart_of_its_server_and_what_it_says_is_said_once(
    server: LiveServer,
) -> None:
    ada = await server.joined("Ada")
    async with Bot(link(server)) as bot:
        await server.stop()
        saying = asyncio.ensure_future(bot.do("say", text="still here"))
        await asyncio.sleep(0.2)
        assert not saying.done()
        await server.start()
        assert (await asyncio.wait_for(saying, DEADLINE))["id"] in bot.of("message")
        ada = await server.joined("Ada")
        assert ada.screen.texts().count("still here") == 1
        await ada.do("say", text="welcome back")
        while (await next_message(bot))["text"] != "welcome back":
            pass


async def test_who_is_removed_is_told_and_does_not_come_back(server: LiveServer) -> None:
    host = await server.joined("Host", "host")
    async with Bot(link(server)) as bot:
        await host.do("remove", person=bot.you["id"], reason="Loud.")
        with pytest.raises(Closed, match="4403"):
            async with asyncio.timeout(DEADLINE):
                while True:
                    await anext(bot)
        with pytest.raises(Closed, match="removed"):
            await bot.do("say", text="but")


async def test_what_waits_for_an_answer_is_told_of_the_end(server: LiveServer) -> None:
    async with Bot(link(server)) as bot:
        await server.stop()
        saying = asyncio.ensure_future(bot.do("say", text="never"))
        await asyncio.sleep(0)
        server.signer = type(server.signer)("another-secret-of-a-server-that-knows-nobody")
        await server.start()
        with pytest.raises(Turned, match="401"):
            await asyncio.wait_for(saying, DEADLINE)


async def test_a_wrong_token_and_a_shut_door_are_told_at_once(server: LiveServer) -> None:
    with pytest.raises(Turned, match="401"):
        async with Bot(f"{server.url}/session/s1#wrong"):
            raise AssertionError("it is not in")
    with pytest.raises(NotIn) as error:
        async with Bot(f"{server.url}/session/s1#wrong", PROFILE):
            raise AssertionError("it is not in")
    assert error.value.code.startswith("token.")


async def test_a_bot_that_is_given_up_leaves_nothing_behind(server: LiveServer) -> None:
    await server.stop()
    before = asyncio.all_tasks()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3), Bot(link(server)):
            raise AssertionError("nobody is there")
    assert asyncio.all_tasks() == before
    await server.start()


def test_what_came_and_went_unseen_is_not_told() -> None:
    bot = Bot("http://127.0.0.1/session/s#t")
    for before, after in ((None, {"n": 1}), ({"n": 1}, {"n": 2}), ({"n": 2}, None)):
        bot._note(Change("poll", "p", before, after))
    assert bot._changes == {}
