"""A board on every engine and over real sockets: presence, views, owners, reactions, paces, roles."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.board import BOARD
from tests.board.members import MEMBERS_MAX, Come, LetGo, Member
from tests.board.notes import NOTES_EACH, CreateBoard
from tests.live.house import soon
from tests.log.conftest import ENGINES
from tests.web.client import Client, until
from tests.web.server import LiveServer
from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import Refusal
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.settings import Settings
from webinar_server.state import Actor, Answer, Command, State

TOPIC = BOARD.topic("b1")


def asked(room: Room, who: str, command: Command, role: str = "member") -> asyncio.Future[Outcome]:
    told: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    actor = Actor(id=who, name=who.capitalize(), role=role, at=now_ms(), fresh=fresh_id())
    room.submit(Request(actor, fresh_id(), command, told.set_result))
    return told


async def room_of(hub: Hub) -> Room:
    live = await hub.room(TOPIC)
    assert live is not None
    return live


@pytest.fixture(params=ENGINES)
async def hub(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> AsyncIterator[Hub]:
    """A hub on each engine, with a board."""
    hub = Hub(ENGINES[request.param](request, tmp_path), Settings(pace=False))
    await hub.open()
    assert isinstance(await hub.begin(TOPIC, CreateBoard(board="b1", title="Ideas")), Answer)
    yield hub
    await hub.close()


async def test_two_rooms_on_one_log_of_any_engine_come_to_the_same_board(hub: Hub) -> None:
    room, other = await room_of(hub), Room(TOPIC, hub.worker)
    await other.mirror.load()
    running = asyncio.ensure_future(other.run())
    pins = [
        asked(there, who, BOARD.parse("pin", {"text": f"{who} {number}"}))
        for number in range(NOTES_EACH + 1)
        for who in ("ada", "bob")
        for there in (room, other)
    ]
    outcomes = [await soon(pin) for pin in pins]
    done = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
    assert len(done) == 2 * NOTES_EACH, "decided on what all had committed"
    assert {outcome.code for outcome in outcomes if isinstance(outcome, Refusal)} == {"note.too_many"}
    await room.mirror.look()
    await other.mirror.look()
    assert list(room.state.records()) == list(other.state.records())
    assert room.state.position == other.state.position
    loaded = State.load(BOARD.kinds, room.state.dump())
    assert loaded.dump() == room.state.dump()
    other.close()
    await running


async def test_a_board_is_begun_once_and_only_such_topics_are_opened(hub: Hub) -> None:
    again = await hub.begin(TOPIC, CreateBoard(board="b1", title="Again"))
    assert isinstance(again, Refusal) and again.code == "board.exists"
    assert await hub.room("shelf/b1") is None
    assert await hub.room("board/") is None


async def test_who_was_with_a_worker_that_ended_is_let_go_as_many_at_once_as_the_topic_says(hub: Hub) -> None:
    room = await room_of(hub)
    for who in ("ada", "bob", "cem"):
        await soon(asked(room, who, Come(worker="gone")))
    assert [member.here for member in room.state.all(Member)] == [True, True, True]
    for _ in range(2):
        assert isinstance(await soon(asked(room, "server", LetGo(worker="gone"), "keeper")), Answer)
    assert [member.here for member in room.state.all(Member)] == [False, False, False]
    refused = await soon(asked(room, "server", LetGo(worker="gone"), "keeper"))
    assert isinstance(refused, Refusal) and refused.code == "member.gone"


# over sockets


@pytest.fixture
async def live(tmp_path: pathlib.Path) -> AsyncIterator[LiveServer]:
    server = await LiveServer(tmp_path, Settings(grace=0.3, snapshot_every=5)).start()
    assert isinstance(await server.hub.begin(TOPIC, CreateBoard(board="b1", title="Ideas")), Answer)
    yield server
    await server.finish()


async def at_the_board(live: LiveServer, name: str, role: str = "member", **fields: Any) -> Client:
    client = await live.connected(name, role, topic=TOPIC, **fields)
    return await client.join(TOPIC)


async def test_members_see_who_is_here_and_leaves(live: LiveServer) -> None:
    ada, wall = await at_the_board(live, "Ada"), await at_the_board(live, "Wall", "wall")
    bob = await at_the_board(live, "Bob", id="bob")
    await ada.until(lambda: ada.screen.of("member").get("bob", {}).get("here") is True)
    assert ada.screen.of("member")["bob"] == {"name": "Bob", "here": True}
    await bob.until(lambda: bob.screen.of("member").get("bob", {}).get("came") == 1)
    assert wall.screen.of("member") == {}, "a screen sees none, and is nobody"
    await bob.close()
    await ada.until(lambda: ada.screen.of("member")["bob"]["here"] is False)
    assert len(ada.screen.of("member")) == 2


async def test_a_note_is_its_owners_until_it_is_shown(live: LiveServer) -> None:
    ada, bob = await at_the_board(live, "Ada"), await at_the_board(live, "Bob")
    keeper, wall = await at_the_board(live, "Kim", "keeper"), await at_the_board(live, "Wall", "wall")
    note = (await ada.do("pin", text="Depots"))["result"]["id"]
    assert (await bob.refused("show", note=note))["code"] == "note.unknown"
    assert keeper.screen.of("note") == bob.screen.of("note") == wall.screen.of("note") == {}
    await ada.do("show", note=note)
    for other, fields in (
        (bob, {"text", "at", "by"}),
        (keeper, {"text", "at", "by"}),
        (wall, {"text", "at"}),
    ):
        await other.until(lambda other=other: note in other.screen.of("note"))  # type: ignore[misc]
        assert set(other.screen.of("note")[note]) == fields
    again = (await bob.do("pin", text="DEPOTS"))["result"]["id"]
    assert (await bob.refused("show", note=again))["code"] == "note.same"
    assert (await bob.refused("clear"))["code"] == "command.not_allowed"
    await keeper.do("clear")
    await ada.until(lambda: ada.screen.of("note") == {})
    await bob.do("show", note=again)


async def test_a_board_has_paces_and_reactions_of_its_own(live: LiveServer) -> None:
    ada, bob = await at_the_board(live, "Ada"), await at_the_board(live, "Bob")
    await ada.send(op="pulse", topic=TOPIC, reaction="clap")
    await ada.until(lambda: ada.errors == ["pulse.unknown"])
    await ada.send(op="pulse", topic=TOPIC, reaction="wave")
    await bob.until(lambda: bob.pulses["wave"] == 1)
    codes = {(await ada.ask("pin", text=str(number))).get("code") for number in range(15)}
    assert codes == {None, "note.too_many", "pace.pin"}


async def test_nobody_reaches_a_topic_of_another_kind(live: LiveServer) -> None:
    ada = await live.connected("Ada", "member", topic=TOPIC)
    await ada.send(op="join", topic="session/s1", at=None)
    await ada.until(lambda: ada.errors == ["topic.forbidden"])
    assert (await ada.ask("say", topic="session/s1", text="x"))["code"] == "topic.not_joined"


async def test_a_full_board_says_so_in_its_own_words(live: LiveServer) -> None:
    live_board = await live.hub.room(TOPIC)
    assert live_board is not None
    for number in range(MEMBERS_MAX):
        await soon(asked(live_board, f"m{number}", Come(worker="")))
    one = await live.connected("Late", "member", topic=TOPIC)
    await one.send(op="join", topic=TOPIC, at=None)
    await one.until(lambda: one.errors == ["board.full"])
    keeper = await at_the_board(live, "Kim", "keeper")
    assert len(keeper.screen.of("member")) >= MEMBERS_MAX


async def test_a_board_is_as_it_was_after_a_restart(live: LiveServer) -> None:
    ada = await at_the_board(live, "Ada", id="ada")
    for text in ("a", "b", "c"):
        await ada.do("pin", text=text)
    before = ada.screen.records["note"]
    await live.stop()
    await live.start()
    again = await at_the_board(live, "Ada", id="ada")
    await again.until(lambda: again.screen.of("note") == before, "one's own notes")
    live_board = await live.hub.room(TOPIC)
    assert live_board is not None
    await until(lambda: live_board.state.get(Member, "ada").here, "here again")  # type: ignore[union-attr]


async def test_who_joins_late_is_told_the_newest_notes_and_asks_for_older_ones(live: LiveServer) -> None:
    notes: list[str] = []
    for name in ("Ada", "Bob", "Cem"):
        one = await at_the_board(live, name, id=name)
        for number in range(2):
            notes.append((await one.do("pin", text=f"{name} {number}"))["result"]["id"])
            await one.do("show", note=notes[-1])
    own = (await one.do("pin", text="to myself"))["result"]["id"]
    for name, role, fields in (
        ("Dee", "member", {"text", "at", "by"}),
        ("Wall", "wall", {"text", "at"}),
        ("Bob", "member", {"text", "at", "by"}),
        ("Cem", "member", {"text", "at", "by", "shown"}),
    ):
        token = live.token(name, role, topic=TOPIC, id=name)
        late = await live.client(token).open()
        await late.join(TOPIC)
        expected = {*notes[-3:], *([own] if name == "Cem" else [])}
        await late.until(lambda late=late, own=expected: set(late.screen.of("note")) == own)  # type: ignore[misc]
        await late.until(lambda late=late: (late.screen.at or (0,))[0] > 0, "both halves")  # type: ignore[misc]
        assert ("shown" in late.screen.of("note")[notes[-3]]) == (name == "Bob"), (
            "one's own, at the very edge"
        )
        asked = {"before": late.screen.begins["note"][1], "count": "2"}
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=live.url, headers=headers, trust_env=False) as browser:
            first = (await browser.get("/api/boards/b1/notes", params=asked)).json()
            late.screen.turn_back(first, "note")
            rest = await browser.get(
                "/api/boards/b1/notes", params=asked | {"before": first["older"]["note"]}
            )
        late.screen.turn_back(rest.json(), "note")
        assert set(late.screen.of("note")) - {own} == set(notes) and not late.screen.begins
        assert set(late.screen.of("note")[notes[-1]]) == fields
        await late.close()
