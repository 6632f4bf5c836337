"""Messages from a seed: bytes without sense, good ones spoilt, and well-formed ones that ask for the odd."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any, NamedTuple

import msgpack

from webinar_server.session import SESSION
from webinar_server.session.reactions import REACTIONS
from webinar_server.state import Role


class Message(NamedTuple):
    """What a client sends as one message."""

    data: bytes
    text: bool


COMMANDS = [name for name, command in SESSION.commands.items() if not command.INTERNAL]
INTERNAL = [name for name, command in SESSION.commands.items() if command.INTERNAL]
FIELDS = {name: command.__struct_fields__ for name, command in SESSION.commands.items()}

WORDS = [
    "",
    " ",
    "a",
    "named",
    "anonymous",
    "one",
    "many",
    "none",
    "now",
    "r",
    "x" * 501,
    "\x00",
    "\u202e",
    "é",
]
WORDS += [
    "\U0001f600" * 200,
    "a\u0301" * 90,
    "\u200d",
    "\ufeff",
    "<script>",
    "{{7*7}}",
    "=1+1",
    "../..",
    "%s%n",
]
WORDS += ["\r\nX: y", "\x1b[31m", "https://a.example", "javascript:1", "wb:{x}:head", "' OR 1=1 --", "\ud800"]
NUMBERS: list[Any] = [
    0,
    1,
    -1,
    7,
    2**31,
    2**53,
    2**53 + 1,
    2**63,
    2**64 - 1,
    -(2**63),
    10**30,
    0.5,
    -0.0,
    1e308,
]
ODD: list[Any] = [None, True, False, [], {}, [[]], [None], {"": ""}, {"id": "x"}, float("nan"), float("inf")]
EXTENSIONS: list[Any] = [
    msgpack.ExtType(5, b"x"),
    msgpack.Timestamp(1, 2),
    b"",
    b"bytes\xff",
    {1: 2},
    {b"op": 1},
]

DEEP = [
    "[" * 900 + "]" * 900,
    "[" * 5_000,
    '{"a":' * 1_500 + "1" + "}" * 1_500,
    "9" * 5_000,
    "-" * 50,
    '"' * 51,
]
DEEP += [
    '{"op":"ping","op":"join"}',
    '{"op":"ping","op":"ping"}',
    '{"op":"pi\\u006eg"}',
    "NaN",
    "1e9999",
    "\ufeff{}",
]
DEEP_RAW = [
    b"\x91" * 5_000,
    b"\x81\xa1a" * 3_000,
    b"\xdf\xff\xff\xff\xff",
    b"\xdd\xff\xff\xff\xff",
    b"\xc1",
    b"",
]
DEEP_RAW += [
    b"\xdb\xff\xff\xff\xff",
    b"\xc9\x7f\xff\xff\xff\x05",
    b"\x82\xa2op\xa4ping\xa2op\xa4join",
    b"\x81\xc0\xc0",
]
BAD_UTF8 = [b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xc0\xaf", b"\xf4\x90\x80\x80"]


class Frames:
    """An endless supply for one topic; `ids` are those of records that exist, if the caller knows any."""

    def __init__(self, seed: int, topic: str, binary: bool, role: Role = "host") -> None:
        self.dice = Random(seed)
        self._mine = [name for name in COMMANDS if role in SESSION.may(name)] or COMMANDS
        self.ids: Sequence[str] = ["none"]
        self._topic = topic
        self._binary = binary
        self._refs = 0
        self._before = b'{"op":"ping"}'

    def message(self) -> Message:
        dice = self.dice
        luck = dice.random()
        if luck < 0.001:
            # rarely: until they join again everything is answered with `topic.not_joined`
            data = self.encoded({"op": "leave", "topic": self._topic})
        elif luck < 0.28:
            data = self._spoilt(self.encoded(self._frame()))
        elif luck < 0.90:
            data = self.encoded(self._frame())
        elif luck < 0.95:
            data = dice.randbytes(dice.randrange(64))
        else:
            data = self._extreme()
        swapped = dice.random() < 0.02
        return Message(data, self._binary == swapped)

    def encoded(self, frame: Any) -> bytes:
        if self._binary:
            try:
                return bytes(msgpack.packb(frame, unicode_errors="surrogatepass"))
            except (OverflowError, ValueError):
                return b"\xcf" + b"\xff" * 8
        try:
            return json.dumps(frame, ensure_ascii=self.dice.random() < 0.5).encode(errors="surrogatepass")
        except TypeError:
            return b'{"op":"do"'

    def good(self) -> Any:
        """A frame as an ordinary client sends it."""
        return self.dice.choice(_GOOD)(self)

    # grammar

    def _frame(self) -> Any:
        frame = self.good()
        luck = self.dice.random()
        if luck < 0.45:
            return frame
        for _ in range(self.dice.randrange(1, 3)):
            self._twist(frame)
        return frame if luck < 0.97 else self._value()

    def _twist(self, frame: dict[Any, Any]) -> None:
        """Put something in a place where it does not belong."""
        dice = self.dice
        inside = frame.get("args")
        where = inside if isinstance(inside, dict) and inside and dice.random() < 0.6 else frame
        field = dice.choice([*where, "more"])
        if dice.random() < 0.15:
            where.pop(field, None)
        else:
            where[field] = self._value()

    def _value(self) -> Any:
        dice = self.dice
        match dice.randrange(8):
            case 0 | 1:
                return dice.choice(WORDS)
            case 2:
                return dice.choice(NUMBERS)
            case 3:
                # a copy, for a twist may put more into it
                return deepcopy(dice.choice(ODD))
            case 4:
                return dice.choice(self.ids)
            case 5 if self._binary:
                return deepcopy(dice.choice(EXTENSIONS))
            case 6:
                return [self._value() for _ in range(dice.randrange(4))]
            case _:
                return {dice.choice(WORDS): self._value() for _ in range(dice.randrange(3))}

    def do(self, command: str, args: dict[str, Any]) -> dict[str, Any]:
        self._refs += self.dice.random() < 0.95
        ref = f"f{self._refs}"
        return {"op": "do", "topic": self._topic, "ref": ref, "command": command, "args": args}

    def _command(self) -> dict[str, Any]:
        dice = self.dice
        luck = dice.random()
        command = dice.choice(self._mine if luck < 0.9 else COMMANDS if luck < 0.98 else INTERNAL)
        return self.do(command, {field: self._fitting(field) for field in FIELDS[command]})

    def _fitting(self, field: str) -> Any:
        """A value that a field of this name might well have."""
        dice = self.dice
        match field:
            case "text" | "title" | "reason" | "pitch" | "say_as":
                return f"word {dice.randrange(99)}"
            case "options":
                return dice.choice([["yes", "no"], ["1"], ["1", "2"], ["2"]])
            case "shown":
                return dice.choice(["named", "organisation", "anonymous"])
            case "choose":
                return dice.choice(["one", "many"])
            case "aloud" | "premoderated":
                return dice.random() < 0.5
            case "starts_at" | "ends_at":
                return dice.choice([None, 1_700_000_000_000, 1_700_003_600_000])
            case "link" | "video" | "logo" | "join":
                return dice.choice(["", "https://a.example/x.mp4"])
            case "video_kind":
                return dice.choice(["none", "mp4", "frame"])
            case "before":
                return dice.choice([None, *self.ids[:3]])
            case _:
                return dice.choice(self.ids)

    # spoiling

    def _spoilt(self, data: bytes) -> bytes:
        dice, spoilt = self.dice, bytearray(data)
        for _ in range(dice.randrange(1, 4)):
            place = dice.randrange(len(spoilt) + 1)
            match dice.randrange(6):
                case 0 if place < len(spoilt):
                    spoilt[place] ^= 1 << dice.randrange(8)
                case 1:
                    del spoilt[place:]
                case 2:
                    spoilt[place:place] = spoilt[place : place + dice.randrange(1, 30)]
                case 3:
                    spoilt[place:] = self._before[dice.randrange(len(self._before) + 1) :]
                case 4:
                    spoilt[place:place] = dice.choice(BAD_UTF8)
                case _:
                    del spoilt[place : place + dice.randrange(1, 9)]
        self._before = data
        return bytes(spoilt)

    def _extreme(self) -> bytes:
        dice = self.dice
        raw = dice.choice(DEEP_RAW) if self._binary else dice.choice(DEEP).encode()
        match dice.randrange(4):
            case 0:
                return raw
            case 1:
                return self.encoded(self.do("say", {"text": "x" * dice.choice([16_000, 17_000, 70_000])}))
            case 2:
                return self.encoded(self.do("draft_poll", {"options": ["x"] * dice.choice([33, 257, 9_000])}))
            case _:
                whole = self.encoded(self.do("say", {"text": "MARK"}))
                mark = b"\xa4MARK" if self._binary else b'"MARK"'
                return whole.replace(mark, raw)


_GOOD: list[Callable[[Frames], Any]] = [
    *[Frames._command] * 14,
    lambda frames: {"op": "ping"},
    lambda frames: {"op": "pulse", "topic": frames._topic, "reaction": frames.dice.choice(REACTIONS)},
    lambda frames: {
        "op": "join",
        "topic": frames._topic,
        "at": frames.dice.choice([None, [0, ""], [3, "f" * 16]]),
    },
    lambda frames: {"op": "join", "topic": frames._topic},
]
