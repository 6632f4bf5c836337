"""Shapes: more than a thousand frames nobody should send, the same ones each time."""

from __future__ import annotations

import json
import random
from typing import Any

import msgpack

from tests.web.server import TOPIC

SAY: dict[str, Any] = {"op": "do", "topic": TOPIC, "ref": "r", "command": "say", "args": {"text": "hi"}}
JOIN: dict[str, Any] = {"op": "join", "topic": TOPIC, "at": [1, "x"]}
PULSE: dict[str, Any] = {"op": "pulse", "topic": TOPIC, "reaction": "clap"}
WRONG: list[Any] = [None, True, False, 0, -1, 2**53, 2**63, 2**64 - 1, -(2**63), 1.5, 1e300]
WRONG += ["", "x" * 700, "\x00", "\u202e", [], {}, ["x"], {"x": 1}, [[[[]]]]]
BAD_AT: list[Any] = [[], [1], ["x", 1], [-1, "x"], [1.5, "x"], [1, "x", 2], [2**60, "x"], [1, "x" * 99]]
BAD_ARGS: list[Any] = [{}, {"text": "x", "more": 1}, {"Text": "x"}, {"text": {"text": "x"}}]


def odd_frames() -> list[Any]:
    """Well-formed messages that say nothing we understand."""
    frames: list[Any] = [*WRONG, {"op": "nothing"}, {"op": "hello"}, {"op": "done"}, {"OP": "ping"}]
    frames += [{"op": wrong} for wrong in WRONG]
    for good in (SAY, JOIN, PULSE):
        for field in good:
            if field not in ("at", "args"):
                frames.append({key: value for key, value in good.items() if key != field})
            frames += [{**good, field: wrong} for wrong in WRONG if (field, wrong) != ("at", None)]
        frames.append(good | {"more": 1})
    frames += [{"op": "ping", "topic": TOPIC}, {"op": "leave"}, {"op": "leave", "topic": TOPIC, "at": None}]
    frames += [JOIN | {"at": at} for at in BAD_AT]
    frames += [SAY | {"args": {"text": wrong}} for wrong in WRONG]
    return frames + [SAY | {"args": args} for args in BAD_ARGS]


def raw_json(dice: random.Random) -> list[str | bytes]:
    """What is not JSON, or JSON only just."""
    good = json.dumps(SAY)
    nested = '{"op":"do","topic":"session/s1","ref":"r","command":"say","args":{"text":%s}}'
    values = ["NaN", "Infinity", "1e999", "9" * 400, '"\\ud800"', "[" * 900 + "]" * 900, "[" * 5000]
    texts = ["", " ", "{", "}", "[]]", "nul", '"', "\ufeff{}", "NaN", "Infinity", "-", "0x1", "{'op':'ping'}"]
    texts += [good[:cut] for cut in range(0, len(good), 7)] + [good + good]
    texts += [nested % value for value in values]
    texts += ['{"op":"ping","op":"nothing"}', '{"op":"ping"}x', '{"op":"ping",}', "[" * 8000, '{"a":' * 3000]
    for _ in range(250):
        texts.append("".join(dice.choice('{}[]",:opdin\\u0019 \n') for _ in range(dice.randrange(80))))
    return [*texts, *(mutated(good.encode(), dice) for _ in range(250))]


def raw_msgpack(dice: random.Random) -> list[str | bytes]:
    """What is not msgpack, or more of it than we take."""
    good = msgpack.packb(SAY)
    odd = [msgpack.ExtType(5, b"x"), msgpack.Timestamp(1, 2), b"bytes", float("nan"), float("inf")]
    frames = [msgpack.packb(SAY | {"args": {"text": value}}) for value in odd]
    frames += [msgpack.packb(value) for value in odd]
    frames += [msgpack.packb({key: 1}) for key in (1, b"", b"op", True, None, 1.5)]
    frames += [b"", b"\xc1", b"\x81", b"\xdf\xff\xff\xff\xff", b"\xdd\xff\xff\xff\xff"]
    frames += [b"\xdb\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\xc9\xff\xff\xff\xff\x01"]
    frames += [b"\x91" * 5000, b"\x81\xa1a" * 3000, good + good]
    frames += [b"\x82\xa2op\xa4ping\xa2op\xa4nope", b"\x81\xa2op\xa4\xff\xfe\xfd\xfc"]
    frames += [good[:cut] for cut in range(0, len(good), 5)]
    frames += [msgpack.packb(SAY | {"args": {str(n): n for n in range(40)}}), msgpack.packb([0] * 300)]
    frames += [dice.randbytes(dice.randrange(60)) for _ in range(250)]
    return [*frames, *(mutated(good, dice) for _ in range(250))]


def mutated(good: bytes, dice: random.Random) -> bytes:
    """A good frame with a few bytes changed, dropped or doubled."""
    data = bytearray(good)
    for _ in range(dice.randrange(1, 4)):
        place = dice.randrange(len(data))
        match dice.randrange(3):
            case 0:
                data[place] = dice.randrange(256)
            case 1:
                del data[place]
            case _:
                data[place:place] = data[place : place + 5]
    return bytes(data)
