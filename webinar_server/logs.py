"""Logs: what an operator reads on standard error, as JSON lines, or as plain words on a terminal.

`WEBINAR_LOG=json` or `plain` chooses; without it a terminal gets words and everything else JSON. From
warnings upwards, with `WEBINAR_LOG_LEVEL=info` also what mends itself. One line is one event, and tells
nothing about people: no names, texts, tokens, cookies, query strings or addresses.

- Of an exception its type and places are kept. Its words may quote what somebody wrote, so they are kept only
  where they are our own (StorageError).
- Other libraries' lines lose what they were filled in with, since that is addresses, paths and arguments.
- Beside its words an event carries only the fields listed in `FIELDS`.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Hashable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from webinar_server.clock import monotonic
from webinar_server.errors import StorageError

OURS = "webinar_server"
FIELDS = ("topic", "code", "reason", "count", "seconds", "url")
WORKER = "WEBINAR_WORKER_NUMBER"
"""In the environment of each of several workers: 0, 1, …"""

_CREDENTIALS = re.compile(r"//[^/@\s]*@")
_FILLED_IN = re.compile(r"%[-#0-9.]*[a-zA-Z]|\{[^}]*\}")
_QUOTED = re.compile(r"[(<'\"\n].*", re.DOTALL)


def setup(stream: TextIO | None = None) -> None:
    """Send everything that is logged in this process to standard error, in one shape."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Plain() if _plain(stream) else Json())
    handler.addFilter(Rarely())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    info = os.environ.get("WEBINAR_LOG_LEVEL", "").lower() == "info"
    logging.getLogger(OURS).setLevel(logging.INFO if info else logging.WARNING)
    sys.excepthook = _crashed
    threading.excepthook = lambda told: _crashed(
        told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback
    )
    sys.unraisablehook = _unraised


def told(record: logging.LogRecord) -> dict[str, Any]:
    """An event's fields, with nothing in them that belongs to somebody."""
    at = datetime.fromtimestamp(record.created, UTC)
    fields: dict[str, Any] = {
        "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "event": _event(record),
    }
    if worker := os.environ.get(WORKER):
        fields["worker"] = worker
    fields |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
    if record.exc_info and record.exc_info[1] is not None:
        fields |= _failure(record.exc_info[1])
    return {name: redacted(value) if isinstance(value, str) else value for name, value in fields.items()}


def redacted(text: str) -> str:
    """A text in which no address of a server carries its password."""
    return _CREDENTIALS.sub("//…@", text)


class Turns:
    """How often each of some events happened since it was said last, and whether it is to be said again."""

    def __init__(self, each: float) -> None:
        self._each = each
        self._again_at: dict[Hashable, float] = {}
        self._count: Counter[Hashable] = Counter()

    def due(self, event: Hashable) -> int:
        """Once more; 0 if it is not to be said now, else the count."""
        self._count[event] += 1
        now = monotonic()
        if now < self._again_at.get(event, now):
            return 0
        self._again_at[event] = now + self._each
        return self._count.pop(event)


class Seldom:
    """Says what may happen by the thousand: at once, then at most once in `each` seconds.

    `count` beside the words is how often it happened since they were said last. Events are told apart by
    their words, so those are few and ours; what differs each time goes into `fields`.
    """

    def __init__(self, logger: logging.Logger, each: float = 60.0) -> None:
        self._logger = logger
        self._turns = Turns(each)

    def warning(self, event: str, error: BaseException | None = None, **fields: object) -> None:
        self._say(logging.WARNING, event, error, fields)

    def error(self, event: str, error: BaseException | None = None, **fields: object) -> None:
        self._say(logging.ERROR, event, error, fields)

    def _say(self, level: int, event: str, error: BaseException | None, fields: dict[str, object]) -> None:
        if count := self._turns.due(event):
            self._logger.log(level, event, exc_info=error, extra=fields | {"count": count})


class Rarely(logging.Filter):
    """The same for what other libraries say: whoever reaches the port could have them say it without end.

    Faults are told apart by their place, too, so that a second one is not lost behind the first.
    """

    def __init__(self, each: float = 60.0) -> None:
        super().__init__()
        self._turns = Turns(each)

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] == OURS:
            return True
        error = record.exc_info[1] if record.exc_info else None
        place = _failure(error)["trace"][-1:] if error is not None else []
        count = self._turns.due((_event(record), type(error), *place))
        if count > 1:
            record.count = count
        return count > 0


class Json(logging.Formatter):
    """One JSON object a line; everything outside ASCII is escaped, control characters with it."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(told(record), default=str)


class Plain(logging.Formatter):
    """Words for people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        fields = told(record)
        time, level, event = fields.pop("time"), fields.pop("level"), fields.pop("event")
        trace = fields.pop("trace", ())
        words = [time[11:19], level, event, *(f"{name}={value}" for name, value in fields.items())]
        return "\n    ".join(map(_visible, (" ".join(words), *trace)))


def _event(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] == OURS:
        return record.getMessage()
    # asyncio fills in what it says before it logs, with the arguments of what failed
    said = _QUOTED.sub("", str(record.msg)) if record.name == "asyncio" else str(record.msg)
    return f"{record.name}: {_FILLED_IN.sub('…', said).strip()}"


def _failure(error: BaseException) -> dict[str, Any]:
    """What failed and where, from the outermost call to the innermost."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    failure: dict[str, Any] = {"error": type(error).__name__, "trace": places}
    if isinstance(error, StorageError):
        failure["reason"] = str(error)
    cause = error.__cause__ or error.__context__
    if cause is not None:
        failure["cause"] = type(cause).__name__
    return failure


def _short(path: str) -> str:
    """A file's last two names: enough to find it, and nothing about the machine."""
    return "/".join(path.replace("\\", "/").split("/")[-2:])


def _visible(text: str) -> str:
    return "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in text)


def _plain(stream: TextIO) -> bool:
    return os.environ.get("WEBINAR_LOG", "plain" if stream.isatty() else "json").lower() == "plain"


def _unraised(told: Any) -> None:
    """What fails where nobody can be told, like while an object is thrown away."""
    failed = (told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback)
    logging.getLogger(OURS).error("something failed aside", exc_info=failed)


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(OURS).critical("this process failed", exc_info=(kind, error, trace))
