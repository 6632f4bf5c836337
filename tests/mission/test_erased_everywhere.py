"""Canaries: of who was erased in a running mission no string is found anywhere afterwards: not in the files
of the log, not in what anybody is told or exports, nor among the records and views of any worker."""

from __future__ import annotations

import asyncio
import pathlib
import tempfile
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import httpx
import pytest

from tests.memory import CANARY, canaries
from tests.mission.planning import planned
from tests.mission.test_live import TOPIC, invited, organised
from tests.mission.test_who import SLOT, link
from tests.valkey import DURABLE, Valkey
from tests.web.client import Client, until
from tests.web.conftest import pytest_asyncio_loop_factories
from tests.web.server import UNPACED, LiveServer
from webinar_server.log.archive.write import lines, take
from webinar_server.state import Erased

__all__ = ["pytest_asyncio_loop_factories"]

SESSION = "session/depots"


class Site:
    """One or two workers, with Ada in the mission and in its session at the last."""

    def __init__(self, folder: pathlib.Path, servers: list[LiveServer], valkey: Valkey | None) -> None:
        self.folder = folder
        self.servers = servers
        self.valkey = valkey

    async def lived(self) -> None:
        """Ada did what leaves something: of the mission, of others in it, of its session."""
        one, last = self.servers[0], self.servers[-1]
        self.organiser = await organised(one)
        self.ada_id, _ = await invited(one, self.organiser, "Ada")
        self.bob_id, self.bob = await invited(one, self.organiser, "Bob")
        await self.bob.join(TOPIC)
        await one.add_session("depots", mission="ev-2027")
        await planned(one, **SLOT)
        self.ada = await last.connected("Ada", "participant", id=self.ada_id, topic=TOPIC)
        await self.ada.join(TOPIC)
        card = {"name": f"Ada {CANARY}", "organisation": f"{CANARY} works", "pitch": f"we {CANARY}"}
        await self.ada.do("change_card", **card, email=f"{CANARY}@example.org")
        asked = await self.ada.do("ask_contact", where="directory", whom=self.bob_id, reason=f"{CANARY}!")
        await self.bob.until(lambda: bool(self.bob.screen.of("request")), "the request")
        await self.bob.do("accept_contacts", requests=[asked["result"]["id"]])
        await self.bob.until(lambda: CANARY in str(self.bob.screen.of("lead")), "the lead")
        await self.ada.until(lambda: bool(self.ada.screen.of("lead")), "the lead on her side")
        await self.ada.do("write", to=self.bob_id, text=f"between us: {CANARY}")
        await self.bob.do("change_lead", lead=f"{self.bob_id}/{self.ada_id}", notes=f"told me {CANARY}")
        self.hour = await come(last, self.ada_id)
        for number in range(30):
            await self.hour.do("say", topic=SESSION, text=f"{CANARY} {number}")
        await self.hour.do("ask", topic=SESSION, text=f"why {CANARY}?")
        self.bobs_hour = await come(one, self.bob_id)
        await self.bobs_hour.until(lambda: CANARY in str(self.bobs_hour.screen.of("message")), "her words")
        # what pages fold and lay out of it
        await self.get(self.bob_id, f"participants?q={CANARY[:3]}")
        await self.get(self.organiser.hello["you"]["id"], f"people?q={CANARY[:3]}")

    async def get(self, person: str, path: str) -> httpx.Response:
        server = self.servers[0]
        headers = {"Authorization": f"Bearer {link(server, person)}"}
        async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
            return await http.get(f"/api/missions/ev-2027/{path}")

    async def erase(self, by: str) -> dict[str, Any]:
        server = self.servers[0]
        headers = {"Authorization": f"Bearer {link(server, by)}", "Origin": server.url}
        async with httpx.AsyncClient(
            base_url=server.url, headers=headers, trust_env=False, timeout=60
        ) as http:
            answer = await http.post("/api/missions/ev-2027/erase", json={"participant": self.ada_id})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def settled(self) -> None:
        """Each worker has heard that it is finished."""
        for server in self.servers:
            for topic in (TOPIC, SESSION):
                await until(partial(is_finished, server, topic, self.ada_id), f"{topic} knows")

    def files(self) -> list[str]:
        """Those in which a canary stands."""
        found = [path for path in self.folder.rglob("*") if path.is_file()]
        return [str(path) for path in found if CANARY.encode() in path.read_bytes()]

    async def alone(self) -> None:
        """Nobody is connected any more, and nothing of a test's own holds on to what it was told."""
        for server in self.servers:
            for client in server._clients:
                await client.close()
            server._clients.clear()
        del self.ada, self.bob, self.hour, self.bobs_hour, self.organiser

    async def finish(self) -> None:
        for server in self.servers:
            await server.finish()
        if self.valkey is not None:
            self.valkey.kill()


def is_finished(server: LiveServer, topic: str, person: str) -> bool:
    room = server.hub.worker.rooms.get(topic)
    erased = room.state.get(Erased, person) if room else None
    return erased is not None and erased.done


async def come(server: LiveServer, id: str) -> Client:
    client = server.client(link(server, id), path=f"/live?topic={SESSION}")
    server._clients.append(client)
    await client.open()
    client.topic = SESSION
    await client.send(op="join", topic=SESSION, at=None)
    await client.until(lambda: bool(client.screen.frames), "the session")
    return client


@pytest.fixture(params=["sqlite", "two workers"])
async def site(request: pytest.FixtureRequest) -> AsyncIterator[Site]:
    # not in the folder of the test: its name is long, and so would the socket's be
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        valkey = None
        if request.param == "two workers":
            # as it is written, a canary is found in the files
            valkey = Valkey(folder / "valkey", *DURABLE, "--rdbcompression", "no").start()
        names = ["one", "two"] if valkey else ["one"]
        servers = [
            await LiveServer(folder / name, UNPACED, redis=valkey.url if valkey else None).start()
            for name in names
        ]
        site = Site(folder, servers, valkey)
        await site.lived()
        yield site
        await site.finish()


async def test_nothing_of_her_is_found_anywhere(site: Site) -> None:
    assert site.files() and canaries()
    told = await site.erase(site.ada_id)
    assert told["finished"] and set(told["left"]) == {"backups", "exports", "downloads", "letters"}
    code, reason = await site.ada.ended()
    assert code == 4403 and "person.erased" in reason
    assert (await site.hour.ended())[0] == 4403
    await site.settled()
    assert site.files() == []
    # those who look at it as they are, and who comes new
    await site.bobs_hour.until(lambda: CANARY not in str(site.bobs_hour.screen.of("message")), "gone for Bob")
    await site.bob.until(lambda: not site.bob.screen.of("lead"), "no lead of hers")
    new = await come(site.servers[-1], site.bob_id)
    assert CANARY not in str(new.screen.frames)
    for path in (f"participants?q={CANARY[:3]}", "leads.json", "mine.json"):
        answer = await site.get(site.bob_id, path)
        assert answer.status_code == 200 and CANARY not in answer.text
    log = site.servers[0].hub.worker.log
    for topic in (TOPIC, SESSION):
        written = [piece async for piece in lines(await take(log, topic, 0, "test"))]
        assert CANARY.encode() not in b"".join(written)
    del new, answer, written, told
    await site.alone()
    for _ in range(40):
        if not (found := canaries()):
            break
        await asyncio.sleep(0.1)
    assert found == []
