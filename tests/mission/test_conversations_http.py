"""Conversations on a running server: told to two lines, asked for by HTTP, and nothing to anybody else."""

from __future__ import annotations

from typing import Any

from tests.mission.test_contacts_http import PATH, connected
from tests.mission.test_directory_http import get
from tests.mission.test_live import TOPIC, invited, organiser
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]


async def page(server: LiveServer, token: str, whom: str, **asked: Any) -> Any:
    return await get(server, token, f"{PATH}/conversations/{whom}", **asked)


async def test_what_one_writes_is_told_to_the_other_and_asked_for(
    server: LiveServer, organiser: Client
) -> None:
    people = await connected(server, organiser)
    (ada, ada_line, ada_token), (bob, bob_line, bob_token) = people["Ada"], people["Bob"]
    written = [
        (await ada_line.do("write", to=bob, text=f"Text {number}"))["result"]["id"] for number in range(5)
    ]
    side = f"{bob}/{ada}"
    await bob_line.until(
        lambda: bob_line.screen.of("conversation").get(side, {}).get("unread") == 5, "five unread messages"
    )
    assert bob_line.screen.of("conversation")[side]["last"]["before"] == written[3]
    for token, whom in ((ada_token, bob), (bob_token, ada)):
        told = (await page(server, token, whom)).json()
        assert [one["text"] for one in told["messages"]] == [f"Text {number}" for number in range(5)]
        assert told["older"] is False
    before = (await page(server, bob_token, ada, before=written[3], count=2)).json()
    assert [one["id"] for one in before["messages"]] == written[1:3] and before["older"] is True
    assert (await page(server, bob_token, ada, before="none")).status_code == 404
    assert organiser.screen.of("conversation") == {} == organiser.screen.of("private_message")


async def test_of_what_is_not_theirs_there_is_nothing(server: LiveServer, organiser: Client) -> None:
    people = await connected(server, organiser)
    (ada, ada_line, ada_token), (bob, _, _) = people["Ada"], people["Bob"]
    await ada_line.do("write", to=bob, text="Between us")
    cem, cem_line = await invited(server, organiser, "Cem")
    await cem_line.join(TOPIC)
    tokens = {
        "cem": server.token("Cem", "participant", id=cem, topic=TOPIC),
        "ori": server.token("Ori", "organiser", id=organiser.hello["you"]["id"], topic=TOPIC),
    }
    for token in tokens.values():
        for whom in (ada, bob, f"{ada}/{bob}", "nobody"):
            answer = await page(server, token, whom)
            assert answer.status_code == 404 and "Between us" not in answer.text
    data = (await get(server, ada_token, f"{PATH}/mine.json")).json()["records"]
    assert [one["text"] for one in data["private_message"]] == ["Between us"]
    others = (await get(server, tokens["cem"], f"{PATH}/mine.json")).json()["records"]
    assert "private_message" not in others and "conversation" not in others


async def test_while_somebody_is_blocked_the_page_of_who_blocked_them_is_none(
    server: LiveServer, organiser: Client
) -> None:
    people = await connected(server, organiser)
    (ada, ada_line, ada_token), (bob, bob_line, bob_token) = people["Ada"], people["Bob"]
    await ada_line.do("write", to=bob, text="One")
    await bob_line.do("block", person=ada)
    await ada_line.do("write", to=bob, text="Two")
    assert (await page(server, bob_token, ada)).status_code == 404
    told = (await page(server, ada_token, bob)).json()["messages"]
    assert [one["text"] for one in told] == ["One", "Two"]
