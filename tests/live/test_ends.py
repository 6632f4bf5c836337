"""Ends: whoever may not be here any more is out on every worker, and nothing of theirs comes after it."""

from __future__ import annotations

import asyncio
import json
import pathlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.live.house import soon
from tests.live.workers import UNCOMPARED, LossyLog, Worker, in_step
from tests.valkey import Valkey
from tests.web.client import Client, until
from tests.web.server import TOPIC, LiveServer
from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import Refusal
from webinar_server.live.committing import Outcome, Request
from webinar_server.session.attendance import Arrive
from webinar_server.session.ends import Readmit, Remove
from webinar_server.session.people import Person
from webinar_server.state import Actor, Command, Permit, Role


@pytest.fixture
async def two(
    valkey: Valkey, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[list[LiveServer]]:
    """Two workers in one session, each at an address of its own, with logs that can be made deaf."""
    monkeypatch.setattr("tests.web.server.RedisLog", LossyLog)
    with valkey.client() as client:
        client.flushall()
    servers = [await LiveServer(tmp_path, redis=valkey.url).start() for _ in range(2)]
    yield servers
    for server in servers:
        await server.finish()


async def everywhere(two: list[LiveServer], **fields: Any) -> list[Client]:
    """One person by two sockets at each worker, and one that has joined nothing."""
    fields = {"id": "ada", "issued": now_ms() - 5_000} | fields
    joined = [await server.joined("Ada", **fields) for server in two for _ in range(2)]
    await until(lambda: all(server.state().get(Person, "ada") for server in two), "known to both")
    return [*joined, await two[1].connected("Ada", **fields)]


async def turned_away(
    server: LiveServer, token: str | None = None, **handshake: Any
) -> tuple[int, dict[str, Any]]:
    with pytest.raises(InvalidStatus) as refused:
        await server.client(token, **handshake).open()
    return refused.value.response.status_code, json.loads(refused.value.response.body or b"")


async def test_who_is_removed_is_out_on_all_workers_and_kept_out(two: list[LiveServer]) -> None:
    ben, host = await two[1].joined("Ben"), await two[0].joined("Host", "host")
    adas = await everywhere(two)
    await host.do("remove", person="ada", reason="Advertisements.")
    for ada in adas:
        assert await ada.ended() == (4403, '{"code": "person.removed"}')
    for server in two:
        status, why = await turned_away(server, server.token("Ada", id="ada"))
        assert (status, why["code"], why["reason"]) == (403, "person.removed", "Advertisements.")
    await ben.until(lambda: ben.screen.of("person").get("ada", {}).get("here") is False, "shown as gone")
    await ben.alive()
    assert "standing" not in ben.screen.records
    await host.do("readmit", person="ada")
    again = await two[0].joined("Ada", id="ada")
    await again.do("say", text="Thank you")


async def test_a_renewed_link_ends_all_that_came_of_the_old_one_everywhere(two: list[LiveServer]) -> None:
    host = await two[0].joined("Host", "host")
    adas = await everywhere(two)
    old = two[0].token("Ada", id="ada", issued=now_ms() - 1)
    await host.do("renew_link", person="ada")
    for ada in adas:
        assert await ada.ended() == (4401, '{"code": "token.renewed"}')
    assert (await turned_away(two[1], old))[1]["code"] == "token.renewed"
    await (await two[1].joined("Ada", id="ada", issued=now_ms() + 1)).alive()


async def test_a_device_that_is_ended_is_out_everywhere_and_the_other_stays(two: list[LiveServer]) -> None:
    phones = await everywhere(two, device="phone", browser="Firefox", system="Android")
    desk = await two[0].joined("Ada", id="ada", device="desk")
    await desk.until(lambda: len(mine(desk)) == 2, "both listed")
    await desk.do("end_device", device="phone")
    for phone in phones:
        assert await phone.ended() == (4401, '{"code": "token.ended"}')
    phone = two[1].page(two[1].token(id="ada", device="phone"))
    assert (await turned_away(two[1], **phone))[1]["code"] == "token.ended"
    await desk.until(lambda: [device["id"] for device in mine(desk)] == ["desk"], "one left")
    await desk.alive()


def mine(client: Client) -> list[dict[str, Any]]:
    return [device for one in client.screen.of("devices").values() for device in one["devices"]]


async def test_devices_are_told_to_their_owner_alone(two: list[LiveServer]) -> None:
    ben, host = await two[0].joined("Ben"), await two[1].joined("Host", "host")
    ada = await two[0].joined("Ada", id="ada", device="phone", browser="Firefox", system="Android")
    await ada.until(lambda: len(mine(ada)) == 1, "listed")
    await ada.do("say", text="Good morning")
    for other in (ben, host):
        await other.until(lambda other=other: bool(other.screen.of("message")), "told of what came after")
        assert "ada" not in other.screen.of("devices")


# commands that are on their way


def asked(
    worker: Worker, command: Command, permit: Permit | None, who: str = "ada"
) -> asyncio.Future[Outcome]:
    told: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    role: Role = "host" if who == "host" else "attendee"
    actor = Actor(id=who, name=who.capitalize(), role=role, at=now_ms(), fresh=fresh_id())
    worker.room.submit(Request(actor, fresh_id(), command, told.set_result, permit))
    return told


async def code_of(told: asyncio.Future[Outcome]) -> str:
    outcome = await soon(told)
    return outcome.code if isinstance(outcome, Refusal) else "done"


@pytest.mark.parametrize("pair", [UNCOMPARED], indirect=True)
async def test_a_worker_that_has_not_heard_of_it_commits_nothing_of_who_is_removed(
    pair: list[Worker],
) -> None:
    one, other = pair
    say = one.room.about.parse("say", {"text": "More advertisements"})
    permit = Permit(now_ms(), "")
    assert await code_of(asked(one, one.room.about.parse("say", {"text": "Hello"}), permit)) == "done"
    await arrive(one, "ada")
    await in_step(*pair)
    other.log.deaf = True
    assert await code_of(asked(one, Remove(person="ada"), None, "host")) == "done"
    assert other.at != one.at
    assert await code_of(asked(other, say, permit)) == "person.removed"
    other.log.deaf = False
    assert await code_of(asked(one, Readmit(person="ada"), None, "host")) == "done"
    await in_step(*pair)
    assert await code_of(asked(other, say, permit)) == "done"


async def test_what_waits_behind_a_removal_is_refused_by_it_and_told_so(
    two: list[LiveServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = two[0]
    host, ada = await server.joined("Host", "host"), await server.joined("Ada", id="ada")
    await until(lambda: server.state().get(Person, "ada") is not None, "known")
    append, free, waits = server.hub.worker.log.append, asyncio.Event(), asyncio.Event()

    async def slow(*given: Any) -> Any:
        waits.set()
        await free.wait()
        return await append(*given)

    monkeypatch.setattr(server.hub.worker.log, "append", slow)
    first = asyncio.ensure_future(host.do("say", text="Under way"))
    await waits.wait()
    removed = asyncio.ensure_future(host.do("remove", person="ada"))
    await host.alive()
    said = asyncio.ensure_future(ada.refused("say", text="Advertisement"))
    await ada.alive()
    free.set()
    assert (await said)["code"] == "person.removed"
    assert (await ada.ended())[0] == 4403
    await asyncio.gather(first, removed)
    assert "Advertisement" not in host.screen.texts()


async def arrive(worker: Worker, who: str) -> None:
    assert (
        await code_of(asked(worker, Arrive(organisation="", kind="sme", country="NL"), None, who)) == "done"
    )


async def test_who_was_ended_while_a_worker_heard_nothing_is_out_once_it_looks(two: list[LiveServer]) -> None:
    deaf = two[0].hub.worker.log
    assert isinstance(deaf, LossyLog)
    phone = await two[0].joined("Ada", id="ada", device="phone")
    desk = await two[1].joined("Ada", id="ada", device="desk")
    deaf.deaf = deaf.blind = True
    await desk.do("end_device", device="phone")
    await phone.alive()
    live = await two[0].hub.room(TOPIC)
    assert live is not None
    await live.mirror.load()
    assert await phone.ended() == (4401, '{"code": "token.ended"}')
