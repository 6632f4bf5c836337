"""Tapped while live: forty ask for contact, and who is in the picture is told after it, of all at once."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.mission.test_live import TOPIC, invited, organiser
from tests.mission.test_two_topics import SESSION, both, of
from tests.mission.test_who import planned
from tests.web.client import Client, until
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.mission.contacts import Request
from webinar_server.mission.moments import is_live

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]

TAPS = 40


def told(client: Client) -> list[dict[str, Any]]:
    """What frames of the mission said of requests, a frame each."""
    return [frame["put"]["request"] for frame in of(client, TOPIC) if "request" in frame["put"]]


async def test_forty_taps_are_one_list_and_nothing_of_them_before_the_moment_is_over(
    server: LiveServer, organiser: Client
) -> None:
    ids = [(await invited(server, organiser, f"Person{number}"))[0] for number in range(TAPS + 1)]
    await planned(server, organiser)
    host = await both(server, organiser.hello["you"]["id"])
    await host.do("open_session", topic=SESSION)
    ada, *others = [await both(server, id) for id in ids]
    question = (await ada.do("ask", topic=SESSION, text="Who pays?", shown="organisation"))["result"]["id"]
    await host.do("spotlight", topic=SESSION, question=question, instead_of=None)
    mission = server.hub.worker.rooms[TOPIC]
    await until(lambda: is_live(mission.state, ids[0]), "the mission knows")
    tap = {"where": "spotlight", "session": "depots", "question": question}
    answers = [
        other.do("ask_contact", topic=TOPIC, reason=f"Reason {number}", **tap)
        for number, other in enumerate(others)
    ]
    await asyncio.gather(*answers)
    # whatever was to be told has been: this comes behind it, and on the same line
    await organiser.do("announce", topic=TOPIC, text="Lunch at twelve")
    await ada.until(lambda: bool(ada.screen.of("announcement")), "what the mission tells")
    assert mission.state.count(Request) == TAPS and told(ada) == []
    assert not any("Reason" in str(frame) for frame in ada.screen.frames)

    await host.do("answer", topic=SESSION, question=question)
    await ada.until(lambda: bool(ada.screen.of("request")), "the list")
    [list_] = told(ada)
    assert {request["reason"] for request in list_.values()} == {f"Reason {number}" for number in range(TAPS)}
    assert {request["began"]["question"] for request in list_.values()} == {question}
    assert not any("Reason" in str(frame) for frame in (*host.screen.frames, *organiser.screen.frames)), (
        "nobody else is told, hosts neither"
    )
