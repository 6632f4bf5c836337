"""What people of a mission feel: 300 who come in by their links within 10 s from one address, and how soon a
change is on every screen, at two workers. Used by `loadtests.missions`.
"""

from __future__ import annotations

import asyncio
import pathlib
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import httpx

from loadtests.bench.processes import Process, valkey
from loadtests.swarm import quantile
from tests.ports import free_port
from tests.web.client import Client
from webinar_server.clock import now_ms
from webinar_server.demo import mission, week
from webinar_server.demo.cast import cast
from webinar_server.demo.script import SESSION
from webinar_server.live.hub import Hub
from webinar_server.log.redis.engine import RedisLog
from webinar_server.mission.participants import Participant
from webinar_server.settings import Settings
from webinar_server.web.who.member_links import token_of
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.tokens import Signer

PEOPLE, WITHIN = 300, 10.0
WORKERS = 2
CHANGES = 20
NO_GUESTS = ("organiser", mission.HOST, mission.SECOND, mission.READER)
TOPIC = f"session/{SESSION}"

Row = tuple[str, str, str]


async def founded(data: pathlib.Path, redis: str) -> dict[str, str]:
    """The demo's mission on a log; everybody's token, and the organiser's as `organiser`."""
    hub = Hub(RedisLog(redis), Settings())
    await hub.open()
    try:
        made = await mission.found(hub, cast(2020, PEOPLE), now_ms())
        signer = Signer(*load_secrets(data))
        people = list(made.room.state.all(Participant))
        tokens = {one.id: token_of(signer, week.TOPIC, one) for one in people}
        return tokens | {"organiser": tokens[made.organiser]}
    finally:
        await hub.close()


@contextmanager
def served(data: pathlib.Path, redis: str) -> Iterator[str]:
    """Two workers with everything on, the pace too; the address."""
    port = free_port()
    where = ["--port", port, "--data", data, "--redis", redis, "--workers", WORKERS]
    server = Process([sys.executable, "-m", "webinar_server", "serve", *where])
    try:
        server.line()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.end()


async def measure(url: str, tokens: dict[str, str]) -> list[Row]:
    guests = [token for id, token in tokens.items() if id not in NO_GUESTS]
    began = time.monotonic()
    came = await asyncio.gather(*(_comes(url, token, at) for at, token in enumerate(guests[:PEOPLE])))
    waits = [waited for _, waited in came]
    took = time.monotonic() - began
    inside = [client for client, _ in came if client.closed is None and client.screen.of("session")]
    rows = [
        (
            f"{PEOPLE} first entries from one address in {WITHIN:.0f} s, all in",
            f"{len(inside)} in {took:.1f} s",
            "all",
        ),
        ("  each, from the link to the session on screen, p99", f"{quantile(waits, 0.99) * 1000:.0f} ms", ""),
    ]
    host = await _joined(url, tokens[mission.HOST])
    changed = await _felt(url, tokens, host, [client for client, _ in came])
    for who, felt in zip(("its host's screen", f"{PEOPLE} screens"), changed, strict=True):
        rows.append(
            (
                f"a changed card on {who}, at {WORKERS} workers, p50",
                f"{quantile(felt, 0.5) * 1000:.0f} ms",
                "1 s",
            )
        )
        rows.append(("  the longest", f"{max(felt) * 1000:.0f} ms", ""))
    host.abort()
    for client, _ in came:
        client.abort()
    return rows


async def _comes(url: str, token: str, number: int) -> tuple[Client, float]:
    """A first entry as a browser's: the page, who am I by my link, the socket with its cookie."""
    await asyncio.sleep(WITHIN * number / PEOPLE)
    began = time.monotonic()
    # certificates are not asked for, and to read them takes longer than to come in
    async with httpx.AsyncClient(
        base_url=url, headers={"Origin": url}, trust_env=False, verify=False, timeout=60
    ) as browser:
        page = await browser.get(f"/session/{SESSION}")
        assert page.status_code == 200
        entered = await browser.post("/api/enter", json={"token": token, "topic": TOPIC, "whose": "mine"})
        assert entered.status_code == 200, entered.text
        cookie = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)
    path = f"/live?as={entered.json()['as']}&topic={TOPIC}"
    client = Client(url, path=path, headers={"Cookie": cookie, "Origin": url})
    await (await client.open()).join(TOPIC)
    return client, time.monotonic() - began


async def _joined(url: str, token: str) -> Client:
    return await (await Client(url, token, path=f"/live?topic={TOPIC}").open()).join(TOPIC)


async def _felt(
    url: str, tokens: dict[str, str], host: Client, clients: list[Client]
) -> tuple[list[float], list[float]]:
    """Seconds until the host, and everybody else, see how somebody is called now."""
    organiser = await (await Client(url, tokens["organiser"]).open()).join(week.TOPIC)
    ids = [client.hello["you"]["id"] for client in clients[:CHANGES]]
    led, all_of_them = [], []
    for number, id in enumerate(ids):
        name, began = f"Renamed {number}", time.monotonic()
        await organiser.do("change_card", topic=week.TOPIC, participant=id, name=name)
        await host.until(partial(_shows, host, id, name), name)
        led.append(time.monotonic() - began)
        for client in clients:
            await client.until(partial(_shows, client, id, name), name)
        all_of_them.append(time.monotonic() - began)
    organiser.abort()
    return led, all_of_them


def _shows(client: Client, id: str, name: str) -> bool:
    return bool(client.screen.of("person").get(id, {}).get("name") == name)


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder)
        with valkey(data / "valkey", durable=True) as redis:
            tokens = asyncio.run(founded(data, redis.url))
            with served(data, redis.url) as url:
                return asyncio.run(measure(url, tokens))


if __name__ == "__main__":
    for row in rows():
        print(*row)
