"""Before anybody is known: every size, form and time has a bound and an answer, and others are served."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import pathlib
import socket
import time
from typing import Any

import pytest

from tests.web.client import DEADLINE, Client, until
from tests.web.process import Serving
from tests.web.raw import LIVE, Raw, opened, request, told
from tests.web.server import TOPIC, LiveServer
from webinar_server import limits
from webinar_server.clock import fresh_id, monotonic
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
    "a host": (b"GET / HTTP/1.1\r\nHost: ", b"a" * 65_536, 431),
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
    cookies = f"webinar-x={server.cookie('Ada')}; other={'c' * 60_000}"
    ada = await server.client(headers={"Origin": server.url, "Cookie": cookies}).open()
    await ada.join(TOPIC)
    assert ada.hello["you"]["name"] == "Ada"
    await ada.close()


async def test_more_cookies_for_a_socket_get_an_answer_that_says_what_to_do(server: LiveServer) -> None:
    status, body = await told(
        server, request("GET /live HTTP/1.1", line("Cookie", 80_000)).replace(b"Connection: close", b"X: y")
    )
    assert (status, body["code"]) == (431, "request.cookies") and "clear the cookies" in body["text"]


@pytest.mark.parametrize("pieces", [1, 50])
@pytest.mark.parametrize("name", ["X-Much", "Origin", "Host", "Authorization", "Xcookie"])
async def test_what_is_too_large_is_named_and_cookies_only_where_they_are_it(
    server: LiveServer, name: str, pieces: int
) -> None:
    asked = b"GET / HTTP/1.1\r\nCookie: other=x\r\n" + line(name, 200_000).encode() + b"\r\n\r\n"
    size = len(asked) // pieces
    status, body = await told(server, *(asked[at : at + size] for at in range(0, len(asked), size)))
    assert (status, body["code"]) == (431, "request.headers")
    assert name.lower() in body["text"] and "send less" in body["text"]
    assert "cookies" not in body["text"]
    cookies = b"GET / HTTP/1.1\r\nX: y\r\n" + line("Cookie", 200_000).encode() + b"\r\n\r\n"
    status, body = await told(server, cookies)
    assert (status, body["code"]) == (431, "request.cookies") and "clear the cookies" in body["text"]


async def test_many_large_lines_are_too_much_together(server: LiveServer) -> None:
    status, body = await told(server, request(LIVEZ, *[line("X", 8_000)] * 5))
    assert (status, body["code"]) == (431, "request.headers") and "has to send fewer" in body["text"]
    status, body = await told(server, request(LIVEZ, *[line("Cookie", 8_000)] * 9))
    assert (status, body["code"]) == (431, "request.cookies")
    assert (await told(server, request(LIVEZ, *[line("X", 8_000)] * 3, line("Cookie", 60_000))))[0] == 200


async def test_a_host_that_cannot_be_one_is_told_so(server: LiveServer) -> None:
    status, body = await told(server, request(LIVEZ, host="Host: " + "a" * 254))
    assert (status, body["code"]) == (400, "request.host") and "by its name" in body["text"]


@pytest.mark.parametrize("asked", ["/livez", "/api/me", "/session/s1", "/live"])
async def test_nobody_keeps_a_head_that_was_answered(server: LiveServer, asked: str) -> None:
    # words found by nothing else, in lines of ours, of others and of neither
    mark = fresh_id() * 100
    cookies = f"Cookie: other={mark}; webinar-x={mark}.{'s' * 43}"
    live = LIVE.rstrip() if asked == "/live" else "Accept: */*"
    head = f"GET {asked} HTTP/1.1\r\nHost: x\r\nX-Much: {mark}\r\n{cookies}\r\n{live}\r\n\r\n"
    raw = await opened(server.url)
    raw.write(head.encode())
    await raw.reader.readuntil(b"\r\n\r\n")
    gc.disable()
    try:
        await until(lambda: kept(mark) == [], "nothing is kept")
        raw.abort()
        await until(lambda: kept(mark) == [], "nor when it has gone")
    finally:
        gc.enable()


def kept(mark: str) -> list[bytes]:
    """Names of header lines that still have it, in whatever list of such."""
    lists = [one for one in gc.get_objects() if type(one) is list and one and type(one[0]) is tuple]
    lines = [line for one in lists for line in one if type(line) is tuple and len(line) == 2]
    return [name for name, value in lines if isinstance(value, bytes) and mark.encode() in value]


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
        (501, request("POST /api/enter HTTP/1.1", "Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n"),
        (501, request("POST /api/enter HTTP/1.1", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked")),
        (400, request("POST /api/enter HTTP/1.1", "Transfer-Encoding: Chunked") + b"0\r\n\r\n"),
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
    for _ in range(int(DEADLINE / 0.1)):
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
    doorstep: Doorstep = server._server.config.http_protocol_class.args[-1]  # type: ignore[attr-defined]
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


def test_who_asks_for_much_reads_nothing_and_goes_leaves_no_answer_behind(tmp_path: pathlib.Path) -> None:
    """A process of its own: it is uvloop that does not write to what is gone."""
    serving = Serving(tmp_path / "data").start()
    host, _, port = serving.url.removeprefix("http://").partition(":")
    for ask in ("/none", "/", "/host/s1"):
        those = []
        for _ in range(60):
            narrow = socket.socket()
            narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            narrow.connect((host, int(port)))
            narrow.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                narrow.send(f"GET {ask} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 200)
            those.append(narrow)
        time.sleep(1)
        for narrow in those:
            narrow.close()
    code, *said = serving.stop()
    assert code == 0 and "Exception in ASGI application" not in str(said)
