"""RFC 6455 as a foreign judge asks it: UTF-8 (8.1), closing (7) and fragments (5.4), over real sockets.

The server here is the protocol class with a receiver that says back what it hears.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.fuzz.wires import BINARY, CLOSE, CONT, PING, PONG, TEXT, frame
from tests.web.client import DEADLINE
from tests.web.raw import LIVE, Raw, opened
from webinar_server import limits
from webinar_server.web.echo import serving
from webinar_server.web.socket.closing import sought

KEY = b"abcd"


@pytest.fixture
async def url() -> AsyncIterator[str]:
    async with serving("127.0.0.1", 0) as url:
        yield url


async def shaken(url: str) -> Raw:
    raw = await opened(url)
    raw.write(f"GET / HTTP/1.1\r\nHost: x\r\n{LIVE}\r\n".encode())
    async with asyncio.timeout(DEADLINE):
        assert b" 101 " in await raw.reader.readuntil(b"\r\n\r\n")
    return raw


def client(opcode: int, payload: bytes = b"", fin: bool = True) -> bytes:
    return frame(opcode, payload, KEY, fin)


def server(opcode: int, payload: bytes = b"") -> bytes:
    return frame(opcode, payload, None)


def code(said: bytes) -> int:
    """Of the close frame that comes last."""
    at = said.rindex(b"\x88")
    return int.from_bytes(said[at + 2 : at + 4], "big") if said[at + 1] else 0


def closing(number: int, reason: bytes = b"") -> bytes:
    return client(CLOSE, number.to_bytes(2, "big") + reason)


GREETING = "Hello-µ@ßöäüàá-UTF-8!! κόσμε 𐀀 \U0010ffff \ufeff\ufffe".encode()
BAD = {
    "last byte missing": GREETING + b"\xc3",
    "stray continuation": b"a\x80b",
    "impossible bytes": b"\xfe\xff",
    "overlong": b"\xc0\xaf",
    "overlong of three": b"\xe0\x80\xaf",
    "overlong of four": b"\xf0\x80\x80\xaf",
    "the longest overlong of two": b"\xc1\xbf",
    "the longest overlong of three": b"\xe0\x9f\xbf",
    "the longest overlong of four": b"\xf0\x8f\xbf\xbf",
    "a character broken off by the next": b"\xce\xba\xe1\xbd\xcf\x83",
    "last surrogate": b"\xed\xbf\xbf",
    "surrogate": b"\xed\xa0\x80",
    "pair of surrogates": b"\xed\xa0\x80\xed\xb0\x80",
    "beyond unicode": b"\xf4\x90\x80\x80",
    "five bytes": b"\xf8\x88\x80\x80\x80",
    "six bytes": b"\xfc\x84\x80\x80\x80\x80",
}
EDGES = "\x00\x7f\x80\u07ff\u0800\ud7ff\ue000\ufdd0\ufffd\ufffe\uffff\U00010000\U0001fffe\U0010ffff"
"""The first and last of each length, beside the surrogates, and no characters in Unicode: all is UTF-8."""


async def ended(url: str, *sent: bytes) -> bytes:
    """All that is said to these bytes, until the end."""
    raw = await shaken(url)
    for piece in sent:
        raw.write(piece)
    # who says no more need not be waited for
    raw.writer.write_eof()
    said = await raw.rest()
    raw.abort()
    return said


async def heard(url: str, *sent: bytes) -> bytes:
    """The same, where a close frame of ours makes the end."""
    return (await ended(url, *sent, closing(1000))).removesuffix(server(CLOSE, b"\x03\xe8"))


# text


@pytest.mark.parametrize("step", [1, 3, 1000])
async def test_good_text_comes_back_wherever_it_is_cut(url: str, step: int) -> None:
    parts = [GREETING[at : at + step] for at in range(0, len(GREETING), step)][: limits.FRAGMENTS_MAX - 1]
    parts.append(GREETING[sum(map(len, parts)) :])
    frames = [client(TEXT if not n else CONT, part, n == len(parts) - 1) for n, part in enumerate(parts)]
    assert await heard(url, *frames) == server(TEXT, GREETING)


@pytest.mark.parametrize("edge", EDGES, ids=ascii)
async def test_the_edges_of_utf8_are_good_whole_and_in_bytes(url: str, edge: str) -> None:
    data = edge.encode()
    parts = [client(CONT, data[at : at + 1], at == len(data) - 1) for at in range(len(data))]
    assert await heard(url, client(TEXT, data), client(TEXT, b"", False), *parts) == server(TEXT, data) * 2


@pytest.mark.parametrize("kind", BAD)
async def test_bad_text_ends_with_1007(url: str, kind: str) -> None:
    assert code(await ended(url, client(TEXT, BAD[kind]))) == 1007


@pytest.mark.parametrize("kind", BAD)
async def test_bad_text_in_fragments_ends_with_1007(url: str, kind: str) -> None:
    bad = BAD[kind]
    frames = [client(TEXT if not at else CONT, bad[at : at + 1], False) for at in range(len(bad))]
    assert code(await ended(url, *frames[: limits.FRAGMENTS_MAX - 1], client(CONT))) == 1007


async def test_bad_text_ends_as_soon_as_it_is_sure(url: str) -> None:
    """The last byte of the character, and the end of the message, never come."""
    assert code(await ended(url, client(TEXT, b"good ", False), client(CONT, b"\xf4\x90", False))) == 1007


async def test_bytes_need_not_be_text(url: str) -> None:
    bad = BAD["surrogate"]
    sent = [client(BINARY, bad), client(TEXT, b"a"), client(BINARY, bad, False), client(CONT, bad)]
    assert await heard(url, *sent) == server(BINARY, bad) + server(TEXT, b"a") + server(BINARY, bad * 2)


# closing


@pytest.mark.parametrize(
    "number", [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]
)
async def test_a_close_is_answered_with_its_own_code(url: str, number: int) -> None:
    assert await ended(url, closing(number, "good bye é".encode())) == server(
        CLOSE, number.to_bytes(2, "big") + "good bye é".encode()
    )


async def test_a_close_without_a_code_is_answered_without_one(url: str) -> None:
    assert await ended(url, client(CLOSE)) == server(CLOSE)


@pytest.mark.parametrize("number", [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535])
async def test_a_code_that_is_none_ends_with_1002(url: str, number: int) -> None:
    assert code(await ended(url, closing(number))) == 1002


@pytest.mark.parametrize("size", [1, 123])
async def test_a_reason_may_fill_its_frame_and_comes_back(url: str, size: int) -> None:
    assert await ended(url, closing(1000, b"r" * size)) == server(CLOSE, b"\x03\xe8" + b"r" * size)


async def test_what_was_said_before_a_close_is_heard_before_it(url: str) -> None:
    said = b"x" * 100_000
    assert await ended(url, client(TEXT, said), closing(1000)) == server(TEXT, said) + server(
        CLOSE, b"\x03\xe8"
    )


async def test_a_reason_that_is_no_text_ends_with_1007(url: str) -> None:
    assert code(await ended(url, closing(1000, b"\xed\xa0\x80"))) == 1007


async def test_a_close_of_one_byte_ends_with_1002(url: str) -> None:
    assert code(await ended(url, client(CLOSE, b"x"))) == 1002


@pytest.mark.parametrize("middle", [[], [client(CONT, b" message", False)], [client(PING, b"")]])
async def test_a_close_in_the_midst_of_a_message_is_answered(url: str, middle: list[bytes]) -> None:
    said = await ended(url, client(TEXT, b"half a", False), *middle, closing(1000))
    assert said.removeprefix(server(PONG)) == server(CLOSE, b"\x03\xe8")


async def test_nothing_behind_a_close_is_heard(url: str) -> None:
    sent = [closing(1000), client(TEXT, b"late"), client(PING, b"late"), closing(1001)]
    assert await ended(url, *sent) == server(CLOSE, b"\x03\xe8")


async def test_after_an_end_of_ours_nothing_is_heard_and_its_answer_closes(url: str) -> None:
    said = await ended(
        url, client(TEXT, b"\xff"), client(TEXT, b"late"), client(PING, b"late"), closing(1007)
    )
    assert said.startswith(b"\x88") and code(said) == 1007 and b"late" not in said


@pytest.mark.parametrize(("before", "found"), [(0, True), (9, True), (10, False), (10_000, False)])
def test_the_answer_to_an_end_is_looked_for_in_so_many_frames_and_no_more(before: int, found: bool) -> None:
    """The smallest of them cost as much as the largest, so bytes alone are no bound."""
    closed, _, passed = sought(client(PONG) * before + closing(1000), 0x88, 10)
    assert closed is found and passed == min(before, 10)


@pytest.mark.parametrize("size", [0, 9_900])
async def test_who_never_answers_an_end_is_cut_off(url: str, size: int) -> None:
    raw = await shaken(url)
    raw.write(client(TEXT, b"\xff"))
    flood = client(BINARY, b"x" * size) * (10_000 // (size + 8))
    async with asyncio.timeout(DEADLINE):
        while not raw.writer.transport.is_closing():
            raw.write(flood)
            await asyncio.sleep(0)
    raw.abort()


# fragments


async def test_a_ping_between_fragments_is_answered_between_them(url: str) -> None:
    sent = [client(TEXT, b"one ", False), client(PING, b"p"), client(CONT, b"", False), client(CONT, b"two")]
    assert await heard(url, *sent) == frame(10, b"p", None) + server(TEXT, b"one two")


@pytest.mark.parametrize(
    "sent",
    [
        [client(CONT, b"of nothing")],
        [client(TEXT, b"a", False), client(TEXT, b"b")],
        [client(TEXT, b"a", False), client(CONT, b"b"), client(CONT, b"c")],
        [client(PING, b"a", False)],
        [client(CLOSE, b"", False)],
        [client(PING, b"x" * 126)],
        [closing(1000, b"r" * 124)],
        [frame(TEXT, b"a", KEY, reserved=4)],
        [frame(3, b"a", KEY)],
        [frame(TEXT, b"a", None)],
    ],
)
async def test_broken_framing_ends_with_1002(url: str, sent: list[bytes]) -> None:
    assert code(await ended(url, *sent)) == 1002


@pytest.mark.parametrize("more", [-1, 0, 1])
async def test_a_message_has_so_many_fragments_and_not_one_more(url: str, more: int) -> None:
    count = limits.FRAGMENTS_MAX + more
    sent = [client(TEXT, b"a", False), *[client(CONT, b"a", False)] * (count - 2), client(CONT, b"a")]
    if more > 0:
        assert code(await ended(url, *sent)) == 4400
    else:
        assert await heard(url, *sent) == server(TEXT, b"a" * count)
