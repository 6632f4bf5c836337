"""Closing handshakes (RFC 6455, 5.5.1 and 7): what a close frame says, and where one is."""

from __future__ import annotations

import json

from websockets.exceptions import ProtocolError
from websockets.frames import Close

from webinar_server.web.socket.measure import measure

PROTOCOL_ERROR, NOT_UTF8, TOO_LARGE, RESTARTING, OVERLOADED = 1002, 1007, 1009, 1012, 1013
MALFORMED, ENDED, REMOVED, TOO_MANY = 4400, 4401, 4403, 4429
TOO_MUCH = '{"retry_after": 5}'

GOODBYE = 2.0
"""Seconds a client has to answer when the server stops."""


def fault(payload: bytes) -> int:
    """The code for who closes with a code or reason that is none; 0 where all is well."""
    try:
        Close.parse(payload)
    except ProtocolError:
        return PROTOCOL_ERROR
    except UnicodeDecodeError:
        return NOT_UTF8
    return 0


def sought(data: bytes, first: int, most: int) -> tuple[bool, bytes, int]:
    """Whether a frame that begins so is among the first `most` whole ones; what is behind those that were
    passed over, and how many they were."""
    at = passed = 0
    while at < len(data) and passed < most:
        _, end = measure(data, at)
        if end > len(data):
            break
        if data[at] == first:
            return True, b"", passed
        at, passed = end, passed + 1
    return False, data[at:], passed


def come_back(retry_after: float) -> str:
    """What a close frame says to who may come back."""
    return json.dumps({"retry_after": retry_after})


def final(code: str) -> tuple[int, str]:
    """What it says to who may not, and the code to close with."""
    return ENDED if code.startswith("token.") else REMOVED, json.dumps({"code": code})
