"""Bytes for a WebSocket from a seed: good frames, frames against RFC 6455, frames spoilt, in odd slices."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.fuzz.frames import Frames

TEXT, BINARY, CONT, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10
CODES = [0, 999, 1000, 1001, 1004, 1005, 1006, 1007, 1011, 1015, 2999, 3000, 4400, 4999, 5000, 65_535]


def frame(
    opcode: int, payload: bytes, key: bytes | None = b"\0\0\0\0", fin: bool = True, reserved: int = 0
) -> bytes:
    """One frame as a client sends it; without `key` it is not masked, as only servers may."""
    size = len(payload)
    masked = 0 if key is None else 0x80
    head = bytes((fin << 7 | reserved << 4 | opcode,))
    if size < 126:
        head += bytes((masked | size,))
    elif size < 65_536:
        head += bytes((masked | 126,)) + size.to_bytes(2, "big")
    else:
        head += bytes((masked | 127,)) + size.to_bytes(8, "big")
    return head + (b"" if key is None else key) + _masked(payload, key)


def _masked(payload: bytes, key: bytes | None) -> bytes:
    if not key or not any(key):
        return payload
    size = len(payload)
    stream = int.from_bytes((key * (size // 4 + 1))[:size], "big")
    return (int.from_bytes(payload, "big") ^ stream).to_bytes(size, "big")


class Wires:
    """What somebody puts on the wire, one burst after another."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self._dice: Random = frames.dice

    def burst(self) -> bytes:
        dice = self._dice
        luck = dice.random()
        if luck < 0.6:
            return self._message()
        if luck < 0.72:
            return self._in_fragments()
        if luck < 0.80:
            return frame(dice.choice((PING, PONG)), dice.randbytes(dice.randrange(126)), self._key())
        if luck < 0.90:
            return self.spoilt(self._message())
        return self._forbidden()

    def slices(self, data: bytes) -> Iterator[bytes]:
        """The same bytes as a network might bring them."""
        dice, place = self._dice, 0
        size = dice.choice((1, 2, 7, 1_000, 1_000_000))
        if len(data) > 3_000:
            size = max(size, 1_000)
        while place < len(data):
            step = dice.randrange(1, size + 1)
            yield data[place : place + step]
            place += step

    def _key(self) -> bytes:
        return self._dice.choice((b"\0\0\0\0", self._dice.randbytes(4)))

    def _message(self) -> bytes:
        message = self._frames.message()
        return frame(TEXT if message.text else BINARY, message.data, self._key())

    def _in_fragments(self) -> bytes:
        dice, message = self._dice, self._frames.message()
        parts = [message.data[n : n + 200] for n in range(0, min(len(message.data), 2_000), 200)] or [b""]
        parts[dice.randrange(len(parts))] = b""
        pieces = [frame(TEXT if message.text else BINARY, parts[0], fin=len(parts) == 1)]
        for number, part in enumerate(parts[1:], 2):
            if dice.random() < 0.2:
                pieces.append(frame(PING, b"between"))
            pieces.append(frame(CONT, part, self._key(), fin=number == len(parts)))
        if dice.random() < 0.1:
            # one that never ends
            pieces += [frame(CONT, b"", fin=False)] * dice.randrange(100)
        return b"".join(pieces)

    def spoilt(self, data: bytes) -> bytes:
        dice, spoilt = self._dice, bytearray(data)
        for _ in range(dice.randrange(1, 3)):
            # mostly where the framing is
            place = min(dice.randrange(14 if dice.random() < 0.7 else len(spoilt)), len(spoilt) - 1)
            match dice.randrange(3):
                case 0:
                    spoilt[place] ^= 1 << dice.randrange(8)
                case 1 if len(spoilt) > 1:
                    del spoilt[place]
                case _:
                    spoilt[place:place] = dice.randbytes(dice.randrange(1, 9))
        return bytes(spoilt)

    def _forbidden(self) -> bytes:
        dice, key = self._dice, self._key()
        code = dice.choice(CODES).to_bytes(2, "big")
        return dice.choice(
            [
                lambda: frame(TEXT, b"{}", key, reserved=dice.randrange(1, 8)),
                lambda: frame(dice.choice((3, 4, 5, 6, 7, 11, 12, 13, 14, 15)), b"x", key),
                lambda: frame(TEXT, b'{"op":"ping"}', None),
                lambda: frame(dice.choice((PING, PONG, CLOSE)), b"x" * 126, key),
                lambda: frame(dice.choice((PING, PONG, CLOSE)), b"", key, fin=False),
                lambda: frame(CONT, b"of nothing", key),
                lambda: frame(TEXT, b"a", key, fin=False) + frame(BINARY, b"b", key),
                lambda: b"\x81\xff" + dice.randbytes(8) + key,
                lambda: b"\x81\xfe\x00\x05" + key + b"hello",
                lambda: frame(CLOSE, b"x", key),
                lambda: frame(CLOSE, code + dice.choice((b"", b"bye", b"\xff\xfe")), key),
                lambda: frame(TEXT, b"x" * dice.choice((65_536, 66_559, 66_561, 90_000)), key),
                lambda: frame(PING, b"x", key) * dice.randrange(1, 40),
                lambda: dice.randbytes(dice.randrange(1, 60)),
            ]
        )()
