"""Salts of entries never leave the server: not by a socket of any audience, nor by an HTTP answer."""

from __future__ import annotations

import itertools
from typing import Any

import httpx

from tests.session.test_salts import spellings
from tests.web.client import Client
from tests.web.server import LiveServer
from webinar_server.session import SESSION
from webinar_server.state import unseal

PROFILE = {"name": "Eve", "organisation": "Tulip", "kind": "sme", "country": "NL", "say_as": ""}
VIEWERS = [*itertools.product(("attendee", "speaker", "host", "organiser", "stage"), ("json", "msgpack"))]


def overheard(client: Client, heard: list[bytes]) -> None:
    """All that comes to a client from now on, as it comes."""
    hear = client._hear

    def both(data: str | bytes) -> None:
        heard.append(data.encode() if isinstance(data, str) else data)
        hear(data)

    client._hear = both  # type: ignore[method-assign]


async def evening(host: Client, ada: Client) -> None:
    """Something of everything, open and hidden."""
    await ada.do("say", text="hello")
    await host.do("change_session", premoderated=True)
    held = (await ada.do("ask", text="Held?", shown="anonymous"))["result"]["id"]
    await host.do("approve", question=held)
    await host.do("spotlight", question=held)
    # of an anonymous one the log is cut as it is closed, and here all of it is looked at
    sure = {"question": "Sure?", "options": ["yes", "no"], "names": "hosts"}
    poll = (await host.do("draft_poll", **sure))["result"]
    await host.do("open_poll", poll=poll["id"])
    await ada.do("vote", ref="voted", poll=poll["id"], options=["1"])
    await ada.do("vote", ref="voted", poll=poll["id"], options=["1"])
    await ada.refused("vote", poll="none", options=["1"])
    await ada.refused("open_poll", poll=poll["id"])
    await host.do("close_poll", poll=poll["id"])
    await host.do("reveal_poll", poll=poll["id"])
    await host.do("answer", question=held)


async def answers(server: LiveServer) -> list[bytes]:
    """Of everything that is asked by HTTP."""
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as browser:
        link = {"token": server.token("Eve", id="eve"), "profile": PROFILE}
        entered = await browser.post("/api/enter", json=link)
        key = entered.json()["as"]
        host = {"Authorization": f"Bearer {server.token('Hal', 'host')}"}
        more = [
            await browser.get("/api/me", params={"as": key}),
            await browser.get("/api/address"),
            await browser.post("/api/enter", json=link),
            await browser.post("/api/enter", json={"token": "none"}),
            await browser.post("/api/leave", json={"as": key}),
            *[await browser.get(path) for path in ("/livez", "/readyz", "/session/s1", "/host/s1", "/none")],
            await browser.post("/api/links", json={"person": "zoe"}, headers=host),
        ]
    assert entered.status_code == 200 and more[0].status_code == 200 and more[-1].status_code == 201
    return [part for answer in (entered, *more) for part in (answer.content, repr(answer.headers).encode())]


async def test_no_salt_is_in_anything_that_anybody_is_told(server: LiveServer) -> None:
    heard: list[bytes] = []
    viewers: list[Client] = []
    for number, (role, codec) in enumerate(VIEWERS):
        viewer: Any = await server.connected(f"Viewer {number}", role, codec)
        overheard(viewer, heard)
        viewers.append(await viewer.join("session/s1"))
    await evening(viewers[4], viewers[0])
    overheard(await server.joined("Zoe", id="zoe"), heard)
    heard += await answers(server)
    late = await server.connected("Late")
    overheard(late, heard)
    await late.join("session/s1")
    await viewers[0].join("session/s1", [1, "of another history"])
    for viewer in viewers:
        await viewer.alive()
    log = await server.hub.worker.log.read("session/s1", 0, 10_000)
    told = b"\n".join(heard)
    assert sum(sealed.tag.encode() in told for sealed in log) > 10, "they were told the tags"
    salts = [unseal(sealed, SESSION.kinds).salt for sealed in log]
    assert len(set(salts)) == len(log) > 20 and all(salts)
    assert [salt for salt in salts if any(spelling in told for spelling in spellings(salt))] == []
