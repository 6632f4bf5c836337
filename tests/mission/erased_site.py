"""A site of one worker on SQLite, or of two on Valkey, where a cast lived, and what of it is left."""

from __future__ import annotations

import asyncio
import contextlib
import io
import pathlib
import re
import tempfile
import zipfile
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any, TypeVar

import httpx

from tests.memory import CANARY, has_canary
from tests.mission.canaries import ROOM, Cast, holding, in_the_mission, in_the_session, listed
from tests.mission.planning import planned
from tests.mission.test_live import TOPIC, organised
from tests.mission.test_who import SLOT, browser, link
from tests.valkey import DURABLE, Valkey
from tests.web.client import Client, until
from tests.web.server import UNPACED, LiveServer
from webinar_server.log.archive.write import lines, take
from webinar_server.mission import MISSION
from webinar_server.session import SESSION
from webinar_server.sheets.hour_words import SHEETS
from webinar_server.state import Erased, State
from webinar_server.web.schema import HTTP

T = TypeVar("T")

GO, STAY = ("Ada", "Hal"), ("Bob", "Bea", "Cem", "Dee", "Eve")


class Site:
    """One or two workers, with all of a cast in the mission and its session; Ada and Hal at the last."""

    def __init__(self, folder: pathlib.Path, servers: list[LiveServer], valkey: Valkey | None) -> None:
        self.folder = folder
        self.servers = servers
        self.valkey = valkey

    async def lived(self) -> None:
        """Ada and Hal did what leaves something, and others with them."""
        one, last = self.servers[0], self.servers[-1]
        organiser = await organised(one)
        self.ori_id = organiser.hello["you"]["id"]
        ids, lines, hours = {}, {}, {}
        for name in ("Ada", "Hal", *STAY):
            invitation = await organiser.do("invite", name=name, email=f"{name}@example.org")
            ids[name] = invitation["result"]["id"]
        await organiser.do("change_role", participant=ids["Hal"], role="organiser")
        for name, id in ids.items():
            role = "organiser" if name == "Hal" else "participant"
            server = last if name in GO else one
            lines[name] = await (await server.connected(name, role, id=id, topic=TOPIC)).join(TOPIC)
        await one.add_session("depots", mission="ev-2027")
        await planned(one, **SLOT, hosts=[ids["Hal"]], speakers=[ids["Ada"]])
        await one.add_session("gone", mission="ev-2027")
        await planned(one, **SLOT | {"session": "gone", "title": "Gone"}, speakers=[ids["Ada"]])
        await organiser.do("drop_slot", slot="gone")
        for name in ids:
            hours[name] = await come(last if name in GO else one, ids[name])
        # she leads it, too
        self.oris_hour = await come(one, self.ori_id)
        self.cast = Cast(ids, lines, hours)
        self.ada_id, self.hal_id = self.gone_ids = (ids["Ada"], ids["Hal"])
        self.bob_id, self.bea_id = ids["Bob"], ids["Bea"]
        await in_the_mission(self.cast)
        self.meeting = self.cast.meeting
        await in_the_session(self.cast)
        await listed(self.cast, one)
        await self.signed_out()
        bobs = hours["Bob"]
        await bobs.until(lambda: CANARY in str(bobs.screen.of("message")), "her words")
        # what pages fold and lay out of it
        await self.get(self.bob_id, f"/api/missions/ev-2027/participants?q={CANARY[:3]}")
        await self.get(self.ori_id, f"/api/missions/ev-2027/people?q={CANARY[:3]}")

    async def signed_out(self) -> None:
        """Ada left on a device of others."""
        server = self.servers[0]
        token = {"token": link(server, self.ada_id), "whose": "mine"}
        async with browser(server) as shared:
            key = (await shared.post("/api/enter", json=token)).json()["as"]
            assert (await shared.post("/api/leave", json={"as": key})).status_code == 200

    def held(self) -> dict[str, dict[str, str]]:
        """What of the two stands in records, by topic and kind, on any worker."""
        found: dict[str, dict[str, str]] = {MISSION.name: {}, SESSION.name: {}}
        for server in self.servers:
            for topic in (TOPIC, ROOM):
                state = server.hub.worker.rooms[topic].state
                found[topic.partition("/")[0]] |= holding(state, *self.gone_ids)
        return found

    async def get(self, person: str, path: str) -> httpx.Response:
        """Of the last worker, as somebody of the mission."""
        server = self.servers[-1]
        headers = {"Authorization": f"Bearer {link(server, person)}"}
        async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
            return await http.get(path)

    async def answers(self, person: str) -> list[tuple[str, httpx.Response]]:
        """What somebody is told by each call that tells something, whomever of a mission it is of."""
        calls = [call for method, call in HTTP if method == "get" and call not in ENDLESS]
        return [(call, await self.get(person, path)) for call in calls for path in self._paths(call)]

    def _paths(self, call: str) -> list[str]:
        mission = "mission" in call or "organise" in call
        each: dict[str, tuple[str, ...]] = {
            "id": ("ev-2027" if mission else "depots",),
            "person": (*self.gone_ids, self.bob_id),
            "key": ("voltline",),
            "meeting": (self.meeting,),
            "token": ("unknown",),
            "name": ("x.png",),
            "path": ("index.html",),
        }
        each["sheet"] = tuple(SHEETS["en"])
        paths = [call]
        for name in re.findall(r"{(\w+)}", call):
            paths = [path.replace(f"{{{name}}}", value) for path in paths for value in each.get(name, ("x",))]
        query = "?with=" + self.ada_id if call.endswith("/free") else ""
        return [path + query for path in paths]

    async def erase(self, whom: str, by: str) -> dict[str, Any]:
        server = self.servers[0]
        headers = {"Authorization": f"Bearer {link(server, by)}", "Origin": server.url}
        async with httpx.AsyncClient(
            base_url=server.url, headers=headers, trust_env=False, timeout=60
        ) as http:
            answer = await http.post("/api/missions/ev-2027/erase", json={"participant": whom})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def are_shown_out(self) -> None:
        for name in GO:
            for sockets in (self.cast.lines, self.cast.hours):
                code, reason = await sockets[name].ended()
                assert code == 4403 and "person.erased" in reason

    async def settled(self) -> None:
        """Each worker has heard that it is finished."""
        for server in self.servers:
            for topic in (TOPIC, ROOM):
                for person in self.gone_ids:
                    await until(partial(is_finished, server, topic, person), f"{topic} knows")

    def files(self) -> list[str]:
        """Those in which a canary stands: the database, what is written ahead of it, an AOF, a dump."""
        found = [path for path in self.folder.rglob("*") if path.is_file()]
        return [str(path) for path in found if has_canary(path.read_bytes())]

    def keys(self) -> list[str]:
        """What of Valkey holds one, as it gives each key away."""
        if self.valkey is None:
            return []
        with self.valkey.client() as client:
            return [str(key) for key in client.keys("*") if has_canary(client.dump(key) or b"")]

    async def logs(self) -> list[str]:
        """Topics whose snapshot, or what an export of them writes, holds one."""
        found, log = [], self.servers[-1].hub.worker.log
        for topic, kinds in ((TOPIC, MISSION.kinds), (ROOM, SESSION.kinds)):
            snapshot = await log.snapshot(topic)
            kept = State.load(kinds, snapshot.data).dump() if snapshot else b""
            written = b"".join([piece async for piece in lines(await take(log, topic, 0, "test"))])
            if has_canary(kept) or has_canary(written):
                found.append(topic)
        return found

    async def alone(self) -> None:
        """Nobody is connected any more, and nothing of a test's own holds on to what it was told."""
        for server in self.servers:
            for client in server._clients:
                await client.close()
            server._clients.clear()
        del self.cast, self.oris_hour

    async def finish(self) -> None:
        for server in self.servers:
            await server.finish()
        if self.valkey is not None:
            self.valkey.kill()


@contextlib.asynccontextmanager
async def lived_site(shared: bool) -> AsyncIterator[Site]:
    """One where they have lived: of two workers if shared."""
    # not in the folder of the test: its name is long, and so would the socket's be
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        valkey = None
        if shared:
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


def is_finished(server: LiveServer, topic: str, person: str) -> bool:
    room = server.hub.worker.rooms.get(topic)
    erased = room.state.get(Erased, person) if room else None
    return erased is not None and erased.done


async def come(server: LiveServer, id: str) -> Client:
    client = server.client(link(server, id), path=f"/live?topic={ROOM}")
    server._clients.append(client)
    await client.open()
    client.topic = ROOM
    await client.send(op="join", topic=ROOM, at=None)
    await client.until(lambda: bool(client.screen.frames), "the session")
    return client


ENDLESS = ("/api/trickle",)
"""No answer of anybody's words, that takes its time."""


async def at_last(look: Callable[[], T], wanted: T) -> T:
    """What one sees, once it is what is wanted, or after a long while."""
    for _ in range(100):
        if (seen := look()) == wanted:
            break
        await asyncio.sleep(0.1)
    return seen


async def calls_that_tell(site: Site) -> set[str]:
    """Calls in whose answer to somebody who stays a canary stands."""
    found = set()
    for person in (site.bob_id, site.bea_id, site.ori_id):
        for call, answer in await site.answers(person):
            assert answer.status_code < 500, (call, answer.text)
            found |= {call} if has_canary(plain(answer.content)) else set()
    return found


def plain(content: bytes) -> bytes:
    """As it can be read; of a workbook what is packed in it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(map(packed.read, packed.namelist()))
