"""The gate of the sockets: who is refused is told so by a request's head, and nothing was made for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.raw import LIVE, opened
from tests.web.server import LiveServer
from webinar_server.web.socket.protocol import LiveProtocol

PUBLIC = "https://live.example.org"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Connections that became a socket's, if only to be refused."""
    connections: list[Any] = []
    begin = LiveProtocol.connection_made

    def seen(self: LiveProtocol, transport: Any) -> None:
        connections.append(transport)
        begin(self, transport)

    monkeypatch.setattr(LiveProtocol, "connection_made", seen)
    return connections


async def answer(server: LiveServer, path: str, *lines: str) -> tuple[bytes, bytes]:
    """The head of the answer to a handshake, and its body."""
    raw = await opened(server.url)
    told = "".join(f"{line}\r\n" for line in ("Host: live.example.org", *lines))
    raw.write(f"GET {path} HTTP/1.1\r\n{told}{LIVE}\r\n".encode())
    head, _, body = (await raw.rest()).partition(b"\r\n\r\n")
    raw.abort()
    return head.lower(), body


@pytest.mark.parametrize(
    ("path", "line", "status", "code"),
    [
        ("/live", "X: y", b"401", b"token.missing"),
        ("/live?as=nobody", "X: y", b"401", b"token.missing"),
        ("/live", "Authorization: Bearer of nobody", b"401", b"token.wrong"),
        ("/live", "Origin: https://evil.example", b"403", b"origin.foreign"),
        ("/liv%65", "Origin: https://evil.example", b"403", b"origin.foreign"),
        ("/other", "X: y", b"404", b"page.missing"),
        ("/live/", "X: y", b"404", b"page.missing"),
    ],
)
async def test_who_is_refused_has_cost_a_head(
    start: Callable[..., Any], made: list[Any], path: str, line: str, status: bytes, code: bytes
) -> None:
    head, body = await answer(await start(public_url=PUBLIC), path, line)
    assert head.split()[1] == status and code in body
    assert not made


async def test_the_refusal_says_of_a_page_what_all_answers_say(start: Callable[..., Any]) -> None:
    head, body = await answer(await start(public_url=PUBLIC), "/live", "X: y")
    for line in (b"strict-transport-security: ", b"content-security-policy: ", b"cache-control: no-store"):
        assert head.count(line) == 1
    assert b"content-length: %d" % len(body) in head and b"connection: close" in head
