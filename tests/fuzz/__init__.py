"""Fuzz: frames and bytes nobody would send, from a seed, by the hundred thousand.

`FUZZ=long` runs the long form (a million in process, a hundred thousand over sockets), `FUZZ_SEED=n` other
frames than the ones each `make test` tries. A failure names the seed and has the bytes in hex.
"""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

from webinar_server.settings import Settings

LONG = os.environ.get("FUZZ") == "long"
SEED = int(os.environ.get("FUZZ_SEED", "1"))

OPEN = Settings(
    pace=False, handshakes=1e6, handshakes_burst=1_000_000, joins=1e6, joins_burst=1_000_000, late=60
)
"""Doors that let everybody in at once: what is tried here comes after them."""


class Faults(logging.Handler):
    """Whatever may not happen: errors that were logged, and what an event loop could give to nobody."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def __enter__(self) -> Faults:
        logging.getLogger().addHandler(self)
        # by the thousand here, and pytest keeps them all
        logging.disable(logging.WARNING)
        asyncio.get_running_loop().set_exception_handler(self._unhandled)
        return self

    def __exit__(self, *_: Any) -> None:
        logging.disable(logging.NOTSET)
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        trace = f" {record.exc_info[1]!r}" if record.exc_info else ""
        self.seen.append(record.getMessage() + trace)

    def _unhandled(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self.seen.append(f"{context.get('message')} {context.get('exception')!r}")
