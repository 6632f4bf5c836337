"""A poll that is closed: what its log held of who voted what is in no file any more; and it closes by
itself."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest

from tests.web.client import until
from tests.web.conftest import pytest_asyncio_loop_factories
from webinar_server.live.committing import Request
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import said, to_nobody
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session import SESSION
from webinar_server.session.polls import drafting
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.vote import Vote
from webinar_server.session.programme import CreateSession
from webinar_server.settings import Settings
from webinar_server.state import Actor, Answer, Forgotten, Role

__all__ = ["pytest_asyncio_loop_factories"]

TOPIC = "session/s1"
PEOPLE = {"name": "N", "organisation": "O", "kind": "sme", "country": "NL"}


async def opened(folder: pathlib.Path) -> tuple[Hub, Room]:
    hub = Hub(SqliteLog(folder), Settings(pace=False))
    await hub.open()
    assert isinstance(await hub.begin(TOPIC, CreateSession(session="s1", title="Depots")), Answer)
    room = await hub.room(TOPIC)
    assert room is not None
    return hub, room


async def do(
    room: Room, who: str, name: str, args: dict[str, Any], role: Role = "attendee"
) -> dict[str, Any]:
    command = SESSION.parse(name, args)
    actor = Actor(who, who, role, 5, f"{name}-{who}-{room.state.position.seq}")
    (outcome,) = await said(room, [Request(actor, "", command, to_nobody)])
    assert isinstance(outcome, Answer), outcome
    return outcome.result


async def drafted(room: Room, **args: Any) -> str:
    id = (await do(room, "hal", "draft_poll", {"question": "Well?", **args}, "host"))["id"]
    return str(id)


def state_of(room: Room, poll: str) -> str:
    found = room.state.get(Poll, poll)
    return found.state if found else ""


def holding(folder: pathlib.Path, words: bytes) -> list[str]:
    return [path.name for path in folder.iterdir() if words in path.read_bytes()]


async def test_of_a_closed_poll_no_file_tells_what_somebody_voted(tmp_path: pathlib.Path) -> None:
    hub, room = await opened(tmp_path)
    await do(room, "hal", "open_session", {}, "host")
    poll = await drafted(room, form="text")
    await do(room, "hal", "open_poll", {"poll": poll}, "host")
    for who in ("ada", "bob", "cem", "dee", "eva"):
        await do(room, who, "vote", {"poll": poll, "texts": ["Kanarie"]})
        await do(room, who, "vote", {"poll": poll, "texts": ["Mus"]})
    assert holding(tmp_path, b"Kanarie")
    await do(room, "hal", "close_poll", {"poll": poll}, "host")
    closed = room.state.position.seq
    await until(lambda: not room.state.count(Forgotten), "the log was cut")
    assert (await hub.worker.log.base(TOPIC)).seq >= closed
    assert all(vote.sealed for vote in room.state.all(Vote))
    assert holding(tmp_path, b"Mus"), "what was said stays"
    await hub.close()
    assert not holding(tmp_path, b"Kanarie")


async def test_a_poll_whose_time_is_over_is_closed_by_the_server(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "SECONDS_MIN", 0)
    hub, room = await opened(tmp_path)
    poll = await drafted(room, options=["a", "b"])
    await do(room, "hal", "open_poll", {"poll": poll, "seconds": 1}, "host")
    await until(lambda: state_of(room, poll) == "closed", "it is closed")
    await hub.close()


async def test_a_poll_whose_time_is_over_meanwhile_is_closed_by_whoever_starts(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "SECONDS_MIN", 1)
    hub, room = await opened(tmp_path)
    hub.chores.alarms.stop()
    await do(room, "hal", "open_session", {}, "host")
    poll = await drafted(room, options=["At home", "At work"])
    await do(room, "hal", "open_poll", {"poll": poll, "seconds": 1}, "host")
    await hub.close()
    assert state_of(room, poll) == "open"
    again = Hub(SqliteLog(tmp_path), Settings(pace=False))
    await again.open()
    await until(lambda: TOPIC in again.worker.rooms, "it holds a poll, so something may be due")
    await until(lambda: state_of(again.worker.rooms[TOPIC], poll) == "closed", "its time is over")
    await again.close()
