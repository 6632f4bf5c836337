"""Compression of messages (RFC 7692): taken or left, one form for all, and nothing is inflated unbounded."""

from __future__ import annotations

import asyncio
import contextlib
import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.fuzz.wires import CLOSE, CONT, PING, TEXT, frame
from tests.session.client import payload
from tests.web.client import DEADLINE
from tests.web.conftest import Starter
from tests.web.raw import LIVE, Raw, opened
from tests.web.server import TOPIC, UNPACED, LiveServer
from webinar_server import limits
from webinar_server.settings import Settings
from webinar_server.web import echo
from webinar_server.web.socket import meter

KEY = b"abcd"
ASKS = "permessage-deflate; client_max_window_bits"
"""What Chromium and Firefox offer."""

TAKEN = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
COMPRESSED = 4
"""RSV1, as `frame` takes it."""

MOST = 66_560
"""Bytes of a message of a host, and some more for what is not its text."""


@pytest.fixture
async def url(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """An echo with the limits of what serves people."""
    monkeypatch.setattr(echo, "MESSAGE_MAX", MOST)
    async with echo.serving("127.0.0.1", 0) as url:
        yield url


def squeezed(data: bytes) -> bytes:
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)).removesuffix(b"\x00\x00\xff\xff")


def sent(data: bytes, opcode: int = TEXT, fin: bool = True, reserved: int = COMPRESSED) -> bytes:
    return frame(opcode, data, KEY, fin, reserved)


async def shaken(url: str, *offers: str) -> tuple[Raw, str]:
    """A connection, and what was answered to the offers."""
    raw = await opened(url)
    asked = "".join(f"Sec-WebSocket-Extensions: {offer}\r\n" for offer in offers)
    raw.write(f"GET / HTTP/1.1\r\nHost: x\r\n{LIVE}{asked}\r\n".encode())
    async with asyncio.timeout(DEADLINE):
        head = (await raw.reader.readuntil(b"\r\n\r\n")).decode()
    assert " 101 " in head
    answered = [line for line in head.split("\r\n") if line.lower().startswith("sec-websocket-extensions:")]
    return raw, answered[0].partition(": ")[2] if answered else ""


async def said(url: str, *frames: bytes, offer: str = ASKS) -> bytes:
    """All that is said to these frames, until the end."""
    raw, _ = await shaken(url, *([offer] if offer else []))
    raw.write(b"".join((*frames, frame(CLOSE, b"\x03\xe8", KEY))))
    raw.writer.write_eof()
    answer = await raw.rest()
    raw.abort()
    return answer


def code(answer: bytes) -> int:
    """Of the close frame that comes last."""
    at = answer.rindex(b"\x88")
    return int.from_bytes(answer[at + 2 : at + 4], "big")


async def heard(url: str, *frames: bytes, offer: str = ASKS) -> bytes:
    """The echo's messages, where the end was as asked."""
    answer = await said(url, *frames, offer=offer)
    assert code(answer) == 1000, answer[:80]
    return answer[: answer.rindex(b"\x88")]


# offers


@pytest.mark.parametrize(
    ("offers", "answer"),
    [
        (["permessage-deflate"], TAKEN),
        ([ASKS], TAKEN),
        (["permessage-deflate; server_no_context_takeover; client_no_context_takeover"], TAKEN),
        (["permessage-deflate; server_max_window_bits=15"], TAKEN + "; server_max_window_bits=15"),
        (["permessage-deflate; server_max_window_bits=12"], ""),
        (["permessage-deflate; server_max_window_bits=12, permessage-deflate"], TAKEN),
        (["permessage-deflate; server_max_window_bits=12", "permessage-deflate"], TAKEN),
        (["permessage-deflate, permessage-deflate"], TAKEN),
        (["permessage-deflate; server_max_window_bits"], ""),
        (["permessage-deflate; client_max_window_bits=99"], ""),
        (["permessage-deflate; nobody_knows"], ""),
        (["x-webkit-deflate-frame"], ""),
        ([], ""),
    ],
)
async def test_an_offer_is_taken_where_one_form_fits_all(url: str, offers: list[str], answer: str) -> None:
    raw, answered = await shaken(url, *offers)
    raw.abort()
    assert answered == answer


# reading


async def test_compressed_and_plain_messages_are_heard_in_their_order(url: str) -> None:
    words = [b"one " * 20, b"two", b"three " * 1_000, "vijf: één €".encode()]
    frames = [sent(squeezed(words[0])), sent(words[1], reserved=0), sent(squeezed(words[2]))]
    answer = await heard(url, *frames, sent(squeezed(words[3])))
    assert answer == b"".join(echo.head(0x81, len(word)) + word for word in words)


@pytest.mark.parametrize("text", [b"", b"a", b"x" * MOST])
async def test_a_message_of_any_size_it_may_have_is_heard(url: str, text: bytes) -> None:
    assert await heard(url, sent(squeezed(text))) == echo.head(0x81, len(text)) + text


async def test_a_compressed_message_may_come_in_fragments_marked_on_the_first_alone(url: str) -> None:
    text = json.dumps(list(range(2_000))).encode()
    data = squeezed(text)
    parts = [data[:100], data[100:101], b"", data[101:]]
    frames = [
        sent(part, CONT if number else TEXT, number == 3, 0 if number else COMPRESSED)
        for number, part in enumerate(parts)
    ]
    frames.insert(2, frame(PING, b"still there?", KEY))
    answer = await heard(url, *frames, sent(squeezed(b"next")))
    assert answer.endswith(echo.head(0x81, len(text)) + text + b"\x81\x04next")


@pytest.mark.parametrize(
    "frames",
    [
        [sent(b"x", PING)],
        [sent(squeezed(b"ab")[:2], TEXT, False), sent(squeezed(b"ab")[2:], CONT, True, COMPRESSED)],
        [sent(b"ab", TEXT, False, 0), sent(squeezed(b"ab"), CONT, True, COMPRESSED)],
        [sent(squeezed(b"ab"), TEXT, True, COMPRESSED | 2)],
        [sent(squeezed(b"ab"), TEXT, False), sent(squeezed(b"ab"))],
        [sent(b"\xff\xff\xff no deflate")],
    ],
    ids=["ping", "continuation", "of a plain message", "and another bit", "within another", "no deflate"],
)
async def test_the_mark_where_it_means_nothing_ends_with_1002(url: str, frames: list[bytes]) -> None:
    assert code(await said(url, *frames)) == 1002


async def test_the_mark_without_an_agreement_ends_with_1002(url: str) -> None:
    for offer in ("", "permessage-deflate; server_max_window_bits=9"):
        assert code(await said(url, sent(squeezed(b"hello")), offer=offer)) == 1002


async def test_text_is_utf8_once_it_is_inflated(url: str) -> None:
    assert code(await said(url, sent(squeezed(b"\xc3\x28")))) == 1007
    half = squeezed(b"\xc3\x28 and more")
    assert code(await said(url, sent(half[:3], TEXT, False), sent(half[3:], CONT, True, 0))) == 1007


# bounds


BOMB = squeezed(b"a" * 64_000_000)
"""62 kB, as a frame may have."""


@pytest.mark.parametrize(
    "frames",
    [
        [sent(BOMB)],
        [sent(squeezed(b"a" * (MOST + 1)))],
        [sent(BOMB[:1_000], TEXT, False)],
        [sent(squeezed(b"a" * MOST), TEXT, False), sent(squeezed(b"a"), CONT, True, 0)],
    ],
    ids=["whole", "a byte too much", "a fragment", "the second fragment"],
)
async def test_what_would_be_too_large_is_inflated_to_the_bound_and_ends_with_1009(
    url: str, frames: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 0

    class Watched:
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def decompress(self, data: bytes, *bound: int) -> bytes:
            nonlocal most
            text: bytes = self._stream.decompress(data, *bound)
            most = max(most, len(text))
            return text

        def __getattr__(self, name: str) -> Any:
            return getattr(self._stream, name)

    made = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", lambda wbits: Watched(made(wbits)))
    assert len(BOMB) < MOST
    assert code(await said(url, *frames)) == 1009
    assert 0 < most <= MOST + 1


@pytest.mark.parametrize("parts", [1, 2])
async def test_what_inflates_counts_for_the_pace_of_a_socket(
    start: Starter, parts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frames of 80 bytes are 64 kB each; a megabyte is let through at once here, and no more."""
    monkeypatch.setattr(meter, "BYTES_AHEAD", meter.BYTES_AHEAD / 4)
    server = await start(Settings())
    whole = '{"op":"ping"' + " " * 64_000 + "}"
    client = await server.connected("host", "host", compression="deflate")
    neighbour = await server.joined("bob")
    burst = limits.BYTES.burst // 4 // len(whole)
    # the library ends fragments with an empty one
    count = limits.FRAMES.burst // (parts + 1) - 5
    assert 3 * burst < count, "it is not the frames that are too many"
    with contextlib.suppress(ConnectionClosed):
        for _ in range(count):
            await client.socket.send(whole if parts == 1 else [whole[:100], whole[100:]])
    assert (await client.ended())[0] == 4429
    assert burst / 2 < client.count("pong") < count
    await neighbour.alive()


# telling


async def told(server: LiveServer, who: str, offer: str) -> Raw:
    """Somebody who has joined, with nothing between them and the bytes."""
    raw = await opened(server.url)
    asked = f"Sec-WebSocket-Extensions: {offer}\r\n" if offer else ""
    token = f"Authorization: Bearer {server.token(who)}\r\n"
    raw.write(f"GET /live HTTP/1.1\r\nHost: x\r\n{LIVE}{asked}{token}\r\n".encode())
    async with asyncio.timeout(DEADLINE):
        await raw.reader.readuntil(b"\r\n\r\n")
    raw.write(frame(TEXT, json.dumps({"op": "join", "topic": TOPIC, "at": None}).encode(), KEY))
    return raw


async def next_with(raw: Raw, word: bytes) -> bytes:
    """The next frame that says a word."""
    async with asyncio.timeout(DEADLINE):
        while True:
            head = await raw.reader.readexactly(2)
            more = await raw.reader.readexactly({126: 2, 127: 8}.get(head[1], 0))
            size = int.from_bytes(more, "big") if more else head[1]
            whole = head + more + await raw.reader.readexactly(size)
            if word in payload(whole):
                return whole


async def test_one_room_is_told_in_both_forms_and_each_in_the_same_bytes(server: LiveServer) -> None:
    host = await server.joined("host", "host")
    for number in range(40):
        await host.do("say", text=f"message number {number} of forty")
    takers = [await told(server, f"p{number}", ASKS) for number in range(3)]
    others = [await told(server, f"q{number}", "") for number in range(3)]
    joined = [await next_with(one, b"number 39") for one in (*takers, *others)]
    assert [each[0] for each in joined] == [0xC1] * 3 + [0x81] * 3
    assert len(joined[0]) < 0.35 * len(joined[3])
    await host.until(lambda: len(host.screen.of("person")) == 7, "their arrivals are told")
    await host.do("say", text="now to all")
    for one in (*takers, *others):
        await next_with(one, b"now to all")
    await asyncio.gather(*(host.do("say", text=f"and at once {number}") for number in range(20)))
    news = [await next_with(one, b"at once 0") for one in (*takers, *others)]
    assert {each[0] for each in news[:3]} == {0xC1} and {each[0] for each in news[3:]} == {0x81}
    assert len(set(news)) == 2, "the same bytes for all who take them so"
    assert json.loads(payload(news[0])) == json.loads(payload(news[3]))
    for one in (*takers, *others):
        one.abort()


async def test_one_own_words_are_never_compressed_with_those_of_others(server: LiveServer) -> None:
    """Whoever sees lengths on the way, and may say something, could find out the one by the other."""
    host, ada = await server.joined("host", "host"), await told(server, "ada", ASKS)
    doing = json.dumps(
        {"op": "do", "topic": TOPIC, "ref": "1", "command": "introduce", "args": {"say_as": "AY-da"}}
    )
    ada.write(frame(TEXT, doing.encode(), KEY))
    own = await next_with(ada, b"AY-da")
    assert own[0] == 0x81 and len(own) > 300
    ada.abort()
    await host.alive()


async def test_a_library_that_offers_it_lives_a_whole_session(server: LiveServer) -> None:
    ada = await server.joined("ada", compression="deflate")
    bob = await server.joined("bob", codec="msgpack", compression="deflate")
    cleo = await server.joined("cleo")
    assert len(ada.socket.protocol.extensions) == len(bob.socket.protocol.extensions) == 1
    for number in range(30):
        await ada.do("say", text=f"{number}: a line that comes often, a line that comes often")
    wanted = len(cleo.screen.texts())
    for one in (ada, bob, cleo):
        await one.until(lambda one=one: len(one.screen.texts()) == wanted == 30, "all said")
    await ada.until(lambda: ada.screen.at == cleo.screen.at, "one position")
    assert ada.screen.texts() == bob.screen.texts() == cleo.screen.texts()
    back = await server.joined("dora", compression="deflate")
    assert back.screen.texts() == cleo.screen.texts()
    assert UNPACED.frame_max < MOST
