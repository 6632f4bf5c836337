"""Rubbish to the port, by the hundred, from nobody: counted, and told in a line a kind, without any trace."""

from __future__ import annotations

import asyncio
import json
import pathlib
import re
import urllib.request

import pytest

from tests.ports import free_port
from tests.web.client import DEADLINE
from tests.web.process import Serving
from webinar_server.clock import monotonic

EACH = 60
HEAD = b"Host: x\r\n"
POST = b"POST /api/enter HTTP/1.1\r\n" + HEAD
UPGRADE = b"Connection: Upgrade\r\n"
KINDS = {
    "a body that is dropped": POST + b"Content-Length: 500\r\n\r\nhalf of",
    "a chunked body that is dropped": POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
    "a head that is dropped": b"GET / HTTP/1.1\r\nHost",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n",
    "no Host": b"GET / HTTP/1.1\r\n\r\n",
    "an upgrade to another thing": b"GET / HTTP/1.1\r\n" + HEAD + UPGRADE + b"Upgrade: h2c\r\n\r\n",
    "a handshake without a key": b"GET /live HTTP/1.1\r\n" + HEAD + UPGRADE + b"Upgrade: websocket\r\n\r\n",
    "a handshake elsewhere": b"GET /x HTTP/1.1\r\n"
    + HEAD
    + UPGRADE
    + b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
    + b"A" * 22
    + b"==\r\n\r\n",
    "a body that is no JSON": POST + b"Content-Length: 3\r\n\r\n{{{",
    "a link that is none": POST + b'Content-Length: 13\r\n\r\n{"token":"x"}',
}


async def send(port: int, data: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    await asyncio.sleep(0)
    if data.endswith((b"\r\n\r\n", b"{{{", b"}")):
        async with asyncio.timeout(DEADLINE):
            await reader.read(100)
    writer.transport.abort()


def counted(port: int, name: str) -> float:
    told = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=DEADLINE).read().decode()
    return sum(float(value) for value in re.findall(rf"^{name}(?:{{.*}})? (\S+)$", told, re.M))


async def until(port: int, name: str, least: float) -> None:
    began = monotonic()
    while (found := await asyncio.to_thread(counted, port, name)) < least:
        assert monotonic() - began < DEADLINE, (name, found)
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("kind", [*KINDS])
async def test_rubbish_is_a_line_and_a_count(tmp_path: pathlib.Path, kind: str) -> None:
    metrics = free_port()
    serving = Serving(tmp_path / "data", "--metrics", str(metrics), WEBINAR_PACE="off").start()
    port = int(serving.url.rpartition(":")[2])
    try:
        for _ in range(EACH):
            await send(port, KINDS[kind])
        if "dropped" in kind:
            await until(metrics, "webinar_requests_dropped_total", EACH)
        elif kind.startswith("no "):
            await until(metrics, "webinar_requests_refused_total", EACH)
        _, said = await asyncio.to_thread(serving.stop)
    finally:
        serving.kill()
    events = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert len(events) <= 2, said[:2000]
    assert not any("trace" in event for event in events), said[:2000]
