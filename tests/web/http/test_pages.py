"""Pages and static files: found, compressed, cached, and never without their headers."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
import socket
import time
from collections.abc import AsyncIterator

import brotli
import httpx
import pytest
from starlette.requests import Request

from tests.web.client import DEADLINE
from tests.web.raw import opened
from tests.web.server import LiveServer
from webinar_server.web.http.headers import HEADERS, ON_STAGE
from webinar_server.web.http.pages import asked_first
from webinar_server.web.http.static import Assets, folder


@pytest.fixture
async def browser(server: LiveServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        yield client


@pytest.fixture
def prefix() -> str:
    return Assets(folder()).prefix


async def raw(server: LiveServer, *requests: bytes) -> bytes:
    """What a connection is answered until it is closed by the server."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rsplit(":", 1)[1]))
    writer.write(b"".join(requests))
    async with asyncio.timeout(DEADLINE):
        answers = await reader.read()
    writer.close()
    return answers


async def test_files_and_pages_are_answered_one_after_another_on_one_connection(
    server: LiveServer, prefix: str
) -> None:
    raw = await opened(server.url)
    kinds = []
    for path in (f"{prefix}pages/attendee.js", "/session/s1", f"{prefix}pages/attendee.js", "/session/s1"):
        raw.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        head = await raw.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK\r\n") and b"connection: close" not in head
        assert len(re.findall(rb"\r\ndate: ", head)) == 1
        kinds += re.findall(rb"\r\ncontent-type: text/(\w+)", head)
        await raw.reader.readexactly(int(re.findall(rb"content-length: (\d+)", head)[0]))
    assert kinds == [b"javascript", b"html", b"javascript", b"html"]
    raw.abort()


@pytest.mark.parametrize("first", ["a file", "a page"])
async def test_what_is_asked_before_the_answer_is_there_is_refused_and_the_last(
    server: LiveServer, prefix: str, first: str
) -> None:
    path = f"{prefix}words/nl.json" if first == "a file" else "/session/s1"
    asked = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    raw = await opened(server.url)
    raw.write(asked * 600)
    said = await raw.rest()
    assert said.count(b"HTTP/1.1 200 OK") == 1 and said.startswith(b"HTTP/1.1 200 OK")
    assert said.count(b"HTTP/1.1") == 1 or b"request.pipelined" in said
    assert said.count(b"HTTP/1.1") <= 2 and b"connection: close" in said.lower()
    raw.abort()


async def test_a_thousand_requests_behind_one_another_take_up_little(server: LiveServer, prefix: str) -> None:
    asked = f"GET {prefix}words/nl.json HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    crowd = [await opened(server.url) for _ in range(20)]
    for raw in crowd:
        raw.writer.transport.pause_reading()  # type: ignore[attr-defined]
        raw.write(asked * 1_000)
    await asyncio.sleep(0.3)
    there = list(server._server.server_state.connections)
    assert sum(one.transport.get_write_buffer_size() for one in there) < 20 * 100_000
    assert (await httpx.AsyncClient(trust_env=False).get(f"{server.url}/livez")).status_code == 200
    for raw in crowd:
        raw.abort()


async def test_a_file_asked_for_with_a_body_or_an_old_protocol_is_answered_all_the_same(
    server: LiveServer, prefix: str
) -> None:
    line = f"GET {prefix}pages/attendee.js HTTP/1.".encode()
    body = line + b"1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
    assert (await raw(server, body)).startswith(b"HTTP/1.1 200 OK")
    assert b" 200 OK" in (await raw(server, line + b"0\r\nHost: x\r\n\r\n"))[:20]


def test_what_is_no_file_is_not_remembered() -> None:
    assets = Assets(folder())
    for number in range(50):
        assert assets.ready(assets.prefix.encode() + b"x" * 10_000 + b"%d" % number, b"br") is None
    assert assets.ready(f"{assets.prefix}pages/attendee.js".encode(), b"br," + b" " * 5_000 + b"gzip")
    assert len(assets._finished) == 1


def test_who_asks_first_does_not_wait_for_what_all_later_ones_get() -> None:
    assets = Assets(folder())
    asked = f"{assets.prefix}pages/attendee.js".encode()
    answers = [assets.ready(asked, b"br")]
    until = time.monotonic() + DEADLINE
    while (answers[-1] == answers[0]) and time.monotonic() < until:
        time.sleep(0.01)
        answers.append(assets.ready(asked, b"br"))
    first, last = (
        brotli.decompress((answer or b"").partition(b"\r\n\r\n")[2]) for answer in (answers[0], answers[-1])
    )
    assert first == last == assets.text("pages/attendee.js").encode()
    assert len(answers[-1] or b"") < len(answers[0] or b"") * 0.95


async def test_every_answer_carries_the_headers_that_protect_a_page(
    server: LiveServer, browser: httpx.AsyncClient, prefix: str
) -> None:
    requests = [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/session/s1", 200),
        ("GET", "/host/s1", 200),
        ("GET", "/stage/s1?transparent=1", 200),
        ("GET", "/session/none", 404),
        ("GET", "/nowhere", 404),
        ("GET", "/live", 404),
        ("GET", "/api/me", 401),
        ("POST", "/api/enter", 400),
        ("GET", "/api/enter", 405),
        ("DELETE", "/session/s1", 405),
        ("GET", "/static/none", 404),
        ("GET", f"{prefix}pages/attendee.js", 200),
        ("POST", f"{prefix}pages/attendee.js", 405),
        ("GET", "/livez", 200),
        ("GET", "/readyz", 200),
    ]
    for method, path, status in requests:
        answer = await browser.request(method, path)
        assert answer.status_code == status, (method, path)
        # its logo may lie elsewhere
        wanted = dict(HEADERS) | ({HEADERS[0][0]: ON_STAGE.encode()} if "/stage/" in path else {})
        for name, value in wanted.items():
            assert answer.headers.get_list(name.decode()) == [value.decode()], (method, path, name)
        assert len(answer.headers.get_list("cache-control")) == 1
        assert "server" not in answer.headers and "x-powered-by" not in answer.headers
        if "/static/" not in path or status != 200:
            assert answer.headers["cache-control"] in ("no-store", "no-cache"), path


async def test_a_page_holds_no_placeholder_and_names_only_files_that_exist(
    browser: httpx.AsyncClient, prefix: str
) -> None:
    for path in ("/", "/session/s1", "/host/s1", "/stage/s1", "/speaker/s1", "/nowhere"):
        text = (await browser.get(path)).text
        assert "{{" not in text
        named = re.findall(r'(?:href|src)="(/static/[^"]+)"', text)
        assert named and all(name.startswith(prefix) for name in named)
        for name in named:
            assert (await browser.get(name)).status_code == 200, name
        assert not re.search(r'(?:href|src)="(?:https?:)?//', text), "nothing from third parties"
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", text), "no inline script"
        assert " style=" not in text and not re.search(r"\son\w+=", text)


def asked(url: str) -> list[str]:
    """What a mission's page at that address is asked for first."""
    path, _, query = url.partition("?")
    scope = {"type": "http", "query_string": query.encode(), "headers": [], "path_params": {"id": path}}
    return asked_first(Request(scope), "mission")


def test_a_missions_page_has_the_browser_ask_first_for_what_its_script_will() -> None:
    me = "/api/me?as=0a1b2c3d4e&topic=mission%2Fm1"
    assert asked("m1?as=0a1b2c3d4e") == [me]
    assert asked("m1?as=0a1b2c3d4e&tab=participants") == [me, "/api/missions/m1/participants?as=0a1b2c3d4e"]
    assert asked("m1?as=0a1b2c3d4e&tab=participants&q=depot") == [me], "as it is looked for says the script"
    assert asked("m1") == asked('m1?as="><b>') == asked("m 1?as=0a1b2c3d4e") == []


async def test_an_unknown_session_is_404_with_a_way_back(browser: httpx.AsyncClient) -> None:
    for page in ("session", "host", "stage"):
        for id in ("none", "S1", "s1%20", "%00", "%ff", "..%2fs1", "'--", "<b>", "x" * 2000, "s1/more"):
            answer = await browser.get(f"/{page}/{id}")
            assert answer.status_code == 404, (page, id)
            assert answer.headers["content-type"].startswith("text/html")
            assert "session.unknown" in answer.text or "page.unknown" in answer.text
            assert 'href="/"' in answer.text or "pages/error.js" in answer.text
            assert "<b>" not in answer.text


async def test_the_language_is_asked_for_or_the_browsers(browser: httpx.AsyncClient) -> None:
    for path, accept, expected in (
        ("/", "", "en"),
        ("/", "nl-NL,en;q=0.5", "nl"),
        ("/", "fr,de;q=0.8", "en"),
        ("/?lang=nl", "en", "nl"),
        ('/?lang="><script>', "en", "en"),
        ("/", '"><script>,nl', "nl"),
    ):
        answer = await browser.get(path, headers={"Accept-Language": accept})
        assert f'lang="{expected}"' in answer.text and '"><script>' not in answer.text
        assert "Accept-Language" in answer.headers["vary"]


async def test_a_strange_host_header_is_no_fault(server: LiveServer) -> None:
    port = int(server.url.rpartition(":")[2])
    for host in ("[", "[::1", "a b", "é", "", "x" * 3000, "evil.example\t", "@", "127.0.0.1:99999", "::"):
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.setblocking(False)
            request = f"GET /session/none HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            answer = await exchange(raw, request.encode())
        assert answer.split(b" ")[1] in (b"404", b"400"), (host, answer[:80])


async def exchange(raw: socket.socket, request: bytes) -> bytes:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(raw, request)
    answer = b""
    async with asyncio.timeout(DEADLINE):
        while data := await loop.sock_recv(raw, 65_536):
            answer += data
    return answer


# static files


async def test_a_file_is_compressed_as_the_browser_can_take_it(
    browser: httpx.AsyncClient, prefix: str
) -> None:
    whole = (await browser.get(f"{prefix}pages/attendee.js", headers={"Accept-Encoding": ""})).content
    assert b"import" in whole
    for accept, encoding in (
        ("br, gzip, deflate, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=0.5, br;q=1.0", "br"),
        ("BR", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0,gzip; q=0", ""),
        ("identity", ""),
        ("", ""),
        ("brr, xgzip", ""),
    ):
        async with browser.stream(
            "GET", f"{prefix}pages/attendee.js", headers={"Accept-Encoding": accept}
        ) as answer:
            raw = b"".join([chunk async for chunk in answer.aiter_raw()])
        assert answer.headers.get("content-encoding", "") == encoding, accept
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
        assert unpack(raw) == whole
        assert int(answer.headers["content-length"]) == len(raw)
        assert answer.headers["vary"] == "accept-encoding"
        assert answer.headers["content-type"].startswith("text/javascript")


async def test_a_file_is_cached_for_ever_under_its_hash(browser: httpx.AsyncClient, prefix: str) -> None:
    answer = await browser.get(f"{prefix}pages/attendee.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    stale = prefix.replace(prefix.split("/")[2], hashlib.sha256(b"old").hexdigest()[:12])
    for path in (
        f"{stale}pages/attendee.js",
        "/static/pages/attendee.js",
        f"{prefix}js",
        prefix,
        "/static/",
    ):
        answer = await browser.get(path)
        assert answer.status_code == 404 and "immutable" not in answer.headers["cache-control"], path


async def test_head_says_the_same_without_the_body(browser: httpx.AsyncClient, prefix: str) -> None:
    head = await browser.head(f"{prefix}pages/attendee.js")
    get = await browser.get(f"{prefix}pages/attendee.js")
    assert head.content == b""
    ours = ("content-type", "content-length", "content-encoding", "cache-control", "vary")
    assert [head.headers.get(name) for name in ours] == [get.headers.get(name) for name in ours]


async def test_nothing_outside_the_folder_is_served(server: LiveServer, prefix: str) -> None:
    port = int(server.url.rpartition(":")[2])
    for path in (
        f"{prefix}../../pyproject.toml",
        f"{prefix}..%2f..%2fpyproject.toml",
        f"{prefix}%2e%2e/%2e%2e/pyproject.toml",
        f"{prefix}/etc/passwd",
        f"{prefix}//etc/passwd",
        f"{prefix}pages/../../log.db",
        f"{prefix}..\\..\\pyproject.toml",
        f"{prefix}pages/attendee.js%00.css",
        "/static/../secret",
        "/../../etc/passwd",
    ):
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.setblocking(False)
            request = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            answer = await exchange(raw, request.encode())
        assert answer.split(b" ")[1] in (b"404", b"400"), path
        assert b"root:" not in answer and b"build-system" not in answer


async def test_nobody_is_sent_to_the_host_somebody_names(server: LiveServer) -> None:
    async with httpx.AsyncClient(base_url=server.url) as client:
        for path in ("/session/s1/", "/host/s1/", "/stage/s1/", "/speaker/s1/", "/livez/", "/static"):
            answer = await client.get(path, headers={"Host": "evil.example"})
            assert answer.status_code == 404 and "location" not in answer.headers, path
