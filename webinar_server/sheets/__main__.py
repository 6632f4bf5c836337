"""Reads one file from its input, and writes what it is (`aside.py`). An argument says what columns are."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import msgspec

from webinar_server.errors import Refusal
from webinar_server.sheets.aside import MEMORY_MAX, READ_WITHIN
from webinar_server.sheets.reading import Unread, read

BEHIND = 10
"""How much less often it is its turn, where there is one processor."""


def bounded() -> None:
    """No more memory or time than a file is worth, and after who serves people; where a system knows no such
    bounds, without."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        os.nice(BEHIND)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
        resource.setrlimit(resource.RLIMIT_CPU, (int(READ_WITHIN), int(READ_WITHIN)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    bounded()
    fields = sys.argv[1].split(",") if len(sys.argv) > 1 else None
    try:
        answer = read(sys.stdin.buffer.read(), fields)
    except Refusal as refusal:
        answer = Unread(code=refusal.code, text=refusal.text, reason=refusal.reason)  # type: ignore[assignment]
    except MemoryError:
        return
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    main()
