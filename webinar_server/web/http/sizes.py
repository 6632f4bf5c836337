"""Sizes of request heads: each line, all of them, and the one that is not all here.

The parser tells of a line once it has all of it. What is too large is refused before, and by what it is: who
sends much in a line of their own is told of that line, not of cookies.
"""

from __future__ import annotations

from webinar_server.errors import Refusal
from webinar_server.limits import (
    COOKIE_LINE_MAX,
    HEAD_MAX,
    HEADER_LINE_MAX,
    HEADER_LINES_MAX,
    HEADERS_MAX,
)

_SEPARATOR = len(b": ")
_NAME_SHOWN = 40
"""Bytes of a header's name that are told."""


class Heading:
    """How large a head has become: its lines that are here, and the one that is not yet."""

    __slots__ = ("_begin", "_cookies", "_lines", "_others", "_size")

    def __init__(self) -> None:
        self._begin, self._size = b"", 0
        self._lines = self._cookies = self._others = 0

    def line(self, name: bytes, value: bytes) -> None:
        """One more line. Raises Refusal `request.cookies` or `request.headers`."""
        size = len(name) + _SEPARATOR + len(value)
        self._lines += 1
        if name == b"cookie":
            self._cookies += size
        else:
            self._others += size
        _check_line(name, size)
        if self._lines > HEADER_LINES_MAX or self._others > HEADERS_MAX:
            raise headers_too_many()
        if self._cookies > COOKIE_LINE_MAX:
            raise cookies_too_large()

    def more(self, data: bytes) -> None:
        """More of a line that is not all here. Raises Refusal as its whole would."""
        last = data[data.rfind(b"\n") + 1 :]
        ends = len(last) < len(data)
        self._begin = last[:_NAME_SHOWN] if ends else (self._begin + data)[:_NAME_SHOWN]
        self._size = len(last) if ends else self._size + len(data)
        _check_line(self._begin.partition(b":")[0].lower(), self._size)


def _check_line(name: bytes, size: int) -> None:
    if name == b"cookie":
        if size > COOKIE_LINE_MAX:
            raise cookies_too_large()
    elif size > HEADER_LINE_MAX:
        raise line_too_long(name)


def check_head_size(size: int) -> None:
    """Raises Refusal where a head that is not all here is too large already; `size` in bytes."""
    if size > HEAD_MAX:
        raise headers_too_many()


def line_too_long(name: bytes) -> Refusal:
    called = name[:_NAME_SHOWN].decode("ascii", "replace")
    return Refusal(
        "request.headers",
        f"A header line has at most {HEADER_LINE_MAX // 1024} kB, and {called!r} is longer: whatever adds it,"
        " a program, an extension of your browser or a proxy between, has to send less or leave it out.",
    )


def headers_too_many() -> Refusal:
    return Refusal(
        "request.headers",
        f"A request has at most {HEADER_LINES_MAX} header lines, and {HEADERS_MAX // 1024} kB beside cookies:"
        " whatever adds so many, a program, an extension of your browser or a proxy, has to send fewer.",
    )


def cookies_too_large() -> Refusal:
    return Refusal(
        "request.cookies",
        f"Your browser sends more than {COOKIE_LINE_MAX // 1024} kB of cookies with each request: clear the"
        " cookies of this site and of others on its domain, or have it served on a domain of its own.",
    )
