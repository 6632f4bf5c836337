"""Before anybody is known: every size, form and time has a bound and an answer, and others are served."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest

from tests.web.client import Client, until
from tests.web.raw import LIVE, Raw, opened, request, told
from tests.web.server import TOPIC, LiveServer
from webinar_server import limits
from webinar_server.clock import monotonic
from webinar_server.web.http.doorstep import Doorstep

CHUNKED = request("POST /api/enter HTTP/1.1", "Transfer-Encoding: chunked")


def line(name: str, size: int) -> str:
    """A header line of so many bytes."""
    return f"{name}: " + "a" * (size - len(name) - 2)


def lines(count: int) -> list[str]:
    """So many, together with Host and Connection."""
    return [f"X-{number}: y" for number in range(count - 2)]


# sizes


@pytest.mark.parametrize("more", [-1, 0, 1])
@pytest.mark.parametrize(
    ("status", "code", "asked"),
    [
        (414, "request.url", lambda more: request(f"GET /{'u' * (limits.URL_MAX - 1 + more)} HTTP/1.1")),
        (431, "request.headers", lambda more: request(LIVEZ, line("X", limits.HEADER_LINE_MAX + more))),
        (431, "request.cookies", lambda more: request(LIVEZ, line("Cookie", limits.COOKIE_LINE_MAX + more))),
        (431, "request.headers", lambda more: request(LIVEZ, *lines(limits.HEADER_LINES_MAX + more))),
        (413, "request.body", lambda more: posted(limits.BODY_MAX + more)),
        (413, "request.body", lambda more: chunked(limits.BODY_MAX + more)),
    ],
    ids=["url", "header line", "cookies", "header lines", "body", "chunks"],
)
async def test_so_much_and_not_a_byte_more(
    server: LiveServer, status: int, code: str, asked: Any, more: int
) -> None:
    answered, body = await told(server, asked(more))
    if more > 0:
        assert (answered, body["code"]) == (status, code) and body["text"]
    else:
        assert answered in (200, 400, 404) and body.get("code") != code


LIVEZ = "GET /livez HTTP/1.1"


def posted(size: int) -> bytes:
    return request("POST /api/enter HTTP/1.1", f"Content-Length: {size}") + b"x" * size


def chunked(size: int) -> bytes:
    return CHUNKED + b"%x\r\n%b\r\n0\r\n\r\n" % (size, b"x" * size)


ENDLESS = {
    "header line": (b"GET / HTTP/1.1\r\nHost: x\r\nX: ", b"a" * 65_536, 431),
    "header name": (b"GET / HTTP/1.1\r\nHost: x\r\n", b"a" * 65_536, 431),
    "cookies": (b"GET / HTTP/1.1\r\nHost: x\r\nCookie: ", b"a" * 65_536, 431),
    "header lines": (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X: y\r\n" * 10_000, 431),
    "url": (b"GET /", b"a" * 65_536, 414),
    "blank lines": (b"", b"\r\n" * 30_000, 431),
    "trailers": (CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n" * 10_000, 413),
    "chunk extension": (CHUNKED + b"1;", b"a" * 65_536, 413),
}


@pytest.mark.parametrize("kind", ENDLESS)
async def test_what_never_ends_is_answered_and_not_kept(server: LiveServer, kind: str) -> None:
    begin, more, status = ENDLESS[kind]
    neighbour = await server.joined("Bob")
    answered, body = await told(server, begin, *[more] * 8)
    assert answered == status and body["code"].startswith("request.")
    await neighbour.alive()


async def test_sixty_kilobytes_of_cookies_work_on_a_socket_too(server: LiveServer) -> None:
    cookies = f"webinar-x={server.token('Ada')}; other={'c' * 60_000}"
    ada = await server.client(headers={"Origin": server.url, "Cookie": cookies}).open()
    await ada.join(TOPIC)
    assert ada.hello["you"]["name"] == "Ada"
    await ada.close()


async def test_more_cookies_for_a_socket_get_an_answer_that_says_what_to_do(server: LiveServer) -> None:
    status, body = await told(
        server, request("GET /live HTTP/1.1", line("Cookie", 80_000)).replace(b"Connection: close", b"X: y")
    )
    assert (status, body["code"]) == (431, "request.cookies") and "clear the cookies" in body["text"]


# forms


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (400, request(host="")),
        (400, request(LIVEZ, "Host: y")),
        (400, request(host="Host: evil/example")),
        (200, request("GET /livez HTTP/1.0", host="")),
        (400, request("GET /livez HTTP/2.0")),
        (400, request("GET http://y/livez HTTP/1.1")),
        (200, request("GET http://x/livez HTTP/1.1")),
        (400, f"GET /live HTTP/1.0\r\nHost: x\r\n{LIVE}\r\n".encode()),
        (400, f"GET /live HTTP/1.1\r\nHost: x\r\n{LIVE}\r\nfirst words".encode()),
        (400, f"GET /live HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n{LIVE}\r\nabc".encode()),
        (400, request("POST /api/enter HTTP/1.1", "Content-Length: 1", "Transfer-Encoding: chunked")),
        (400, request("POST /api/enter HTTP/1.1", "Content-Length: 1", "Content-Length: 2")),
        (400, request("POST /api/enter HTTP/1.0", "Transfer-Encoding: chunked")),
        (400, b"CANARY\r\n\r\n"),
    ],
)
async def test_what_two_servers_might_read_in_two_ways_is_refused(
    server: LiveServer, status: int, asked: bytes
) -> None:
    assert (await told(server, asked))[0] == status


async def test_an_upgrade_behind_an_answer_that_is_due_is_none(server: LiveServer) -> None:
    raw = await opened(server.url)
    auth = f"Authorization: Bearer {server.token()}\r\n"
    raw.write(
        f"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\nGET /live HTTP/1.1\r\nHost: x\r\n{auth}{LIVE}\r\n".encode()
    )
    said = await raw.rest()
    assert said.startswith(b"HTTP/1.1 200") and b" 101 " not in said
    raw.abort()


async def test_a_trailer_is_no_header(server: LiveServer) -> None:
    cookie = b"Authorization: Bearer " + server.token().encode()
    status, _ = await told(
        server,
        request("GET /api/me HTTP/1.1", "Transfer-Encoding: chunked") + b"0\r\n" + cookie + b"\r\n\r\n",
    )
    assert status == 401


# times


@pytest.mark.parametrize(
    ("begin", "status"),
    [
        (b"", 0),
        (b"GET /", 408),
        (b"POST /api/enter HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n", 408),
    ],
)
async def test_who_sends_a_byte_now_and_then_has_no_more_time(
    server: LiveServer, monkeypatch: pytest.MonkeyPatch, begin: bytes, status: int
) -> None:
    for name in ("HEAD_WITHIN", "BODY_WITHIN"):
        monkeypatch.setattr(limits, name, 0.5)
    raw, neighbour = await opened(server.url), await server.joined("Bob")
    raw.write(begin)
    ended = asyncio.ensure_future(raw.rest())
    for _ in range(100):
        if ended.done():
            break
        await asyncio.sleep(0.1)
        if begin:
            raw.write(b"a")
    assert ended.done()
    said = await ended
    assert (int(said.split()[1]) if said else 0) == status
    await neighbour.alive()
    raw.abort()


# how many


async def crowd(server: LiveServer, count: int) -> list[Raw]:
    return [await opened(server.url) for _ in range(count)]


async def test_who_was_silent_longest_makes_room_and_others_come_in(
    server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    doorstep: Doorstep = server._server.config.http_protocol_class.args[1]  # type: ignore[attr-defined]
    doorstep._each = 20
    silent = await crowd(server, 40)
    await until(lambda: len(doorstep) <= 20, "room was made")
    assert await silent[0].rest() == b"" and not silent[-1].reader.at_eof()
    clients: list[Client] = await asyncio.gather(*(server.joined(f"Guest {n}") for n in range(10)))
    assert all(client.screen.of("session") for client in clients)
    for raw in silent:
        raw.abort()


async def test_much_that_is_not_all_here_is_kept_of_small_requests_only(
    server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webinar_server.web.http.doorstep.HELD_MAX", 50_000)
    half = b"POST /api/enter HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n"
    first = await opened(server.url)
    first.write(half + b"x" * 45_000)
    await asyncio.sleep(0.1)
    status, body = await told(server, half + b"x" * 30_000)
    assert (status, body["code"]) == (503, "server.full") and body["retry_after"] > 0
    small = await opened(server.url)
    small.write(b"GET /livez HTTP/1.1\r\nHost: x\r\n")
    await asyncio.sleep(0.1)
    small.write(b"Connection: close\r\n\r\n")
    assert (await small.rest()).startswith(b"HTTP/1.1 200")
    first.abort()
    small.abort()


async def test_who_was_refused_and_talks_on_is_let_in_a_little_at_a_time(server: LiveServer) -> None:
    raw = await opened(server.url)
    began = monotonic()
    begin, more, _ = ENDLESS["cookies"]
    raw.write(begin)
    with contextlib.suppress(ConnectionError):
        while True:
            raw.write(more)
            await raw.writer.drain()
    # a reader takes 256 kB at most, so four times, with a pause between
    assert monotonic() - began >= 2 * limits.LEFT_UNREAD_EACH
