"""Coming in as a browser does: the page, all it links to, the door, and the socket with its state.

One kept-alive connection carries page, files and door, one request at a time; a browser would have six, and
so be done a little earlier, for a little more of the server's time.
"""

from __future__ import annotations

import asyncio
import json
import re
import time

from loadtests.bench.measure import Row, Site
from loadtests.bench.ours import Audience
from loadtests.swarm import Swarm, quantile

LINKS = re.compile(rb'(?:src|href)="(/static/[^"]+)"')
LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
COOKIE = re.compile(rb"(?i)\r\nset-cookie: *([^;\r]+)")
PROFILE = {"name": "Ada Visser", "organisation": "Voltline", "kind": "sme", "country": "NL"}


class Http(asyncio.Protocol):
    """One kept-alive connection; one request at a time, whose answer has a length."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self._data = bytearray()
        self._answer: asyncio.Future[tuple[bytes, bytes]] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport

    async def get(self, path: str) -> bytes:
        return (await self._ask(f"GET {path}", b""))[1]

    async def post(self, path: str, body: object) -> bytes:
        """The head of its answer, which may have a cookie."""
        return (await self._ask(f"POST {path}", json.dumps(body).encode()))[0]

    async def _ask(self, what: str, body: bytes) -> tuple[bytes, bytes]:
        self._answer = asyncio.get_running_loop().create_future()
        head = (
            f"{what} HTTP/1.1\r\nHost: {self.origin[7:]}\r\nOrigin: {self.origin}\r\nAccept-Encoding: br\r\n"
        )
        length = f"Content-Length: {len(body)}\r\n\r\n" if body else "\r\n"
        self.transport.write(head.encode() + length.encode() + body)
        answer = await self._answer
        if not answer[0].startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{what}: {answer[0][:60]!r} {answer[1][:200]!r}")
        return answer

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, found, body = self._data.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if (
            found
            and self._answer is not None
            and not self._answer.done()
            and len(body) >= (int(length[1]) if length else 0)
        ):
            self._data.clear()
            self._answer.set_result((bytes(head), bytes(body)))

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("closed before it answered"))


async def join(swarm: Swarm, port: int, audience: Audience, token: str) -> float:
    """One person comes in; seconds from asking for the page to a usable one."""
    began = time.monotonic()
    loop = asyncio.get_running_loop()
    _, http = await loop.create_connection(lambda: Http(port), "127.0.0.1", port)
    page = await http.get(f"/session/{audience.session}")
    for link in dict.fromkeys(LINKS.findall(page)):
        await http.get(link.decode())
    entered = await http.post("/api/enter", {"token": token, "profile": PROFILE, "whose": "mine"})
    cookie = COOKIE.search(entered)
    assert cookie is not None, entered
    await swarm.bring(audience.speech, f"Origin: {http.origin}\r\nCookie: {cookie[1].decode()}\r\n")
    http.transport.close()
    return time.monotonic() - began


async def joined(site: Site, swarm: Swarm, audience: Audience, seconds: float) -> Row:
    """All come in, begun evenly over so many seconds."""

    async def one(number: int, token: str) -> float:
        await asyncio.sleep(seconds * number / len(audience.tokens))
        return await join(swarm, site.port, audience, token)

    before = site.used()
    waits = await asyncio.gather(*(one(number, token) for number, token in enumerate(audience.tokens)))
    used = site.used().since(before)
    each = 1e3 / len(waits)
    return {
        "usable_p50_ms": quantile(waits, 0.5) * 1e3,
        "usable_p99_ms": quantile(waits, 0.99) * 1e3,
        "join_ms": used.server * each,
        "redis_join_ms": used.redis * each,
        "audience": used.audience / used.at,
    }
