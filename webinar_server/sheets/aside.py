"""Aside: a file is read in a process of its own, so that no other work waits for it, and nothing in it can
take more than that process may have.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

import msgspec

from webinar_server.errors import Refusal
from webinar_server.sheets.reading import Sheet, Unread

READ_WITHIN = 20.0
"""Seconds for one file; 6,000 lines take one."""

MEMORY_MAX = 768 * 1024 * 1024
"""Bytes of address space of that process."""

AT_ONCE = 2
"""Files that a worker has read at the same time."""

BUSY_FOR = 3.0

Answer = Sheet | Unread

_ANSWER = msgspec.json.Decoder(Answer)


class Aside:
    """Reads files for one worker."""

    def __init__(self) -> None:
        self._reading = 0

    async def read(self, data: bytes, fields: Sequence[str] | None) -> Sheet:
        """As `reading.read`. Raises Refusal `import.…`, among them `import.busy` and `import.unreadable`."""
        if self._reading >= AT_ONCE:
            raise Refusal("import.busy", "Other files are being read; please try again.", BUSY_FOR)
        self._reading += 1
        try:
            answer = await _read(data, fields)
        finally:
            self._reading -= 1
        if isinstance(answer, Unread):
            code = answer.code
            raise Refusal(code, answer.text, reason=answer.reason)
        return answer


async def _read(data: bytes, fields: Sequence[str] | None) -> Sheet | Unread:
    arguments = [] if fields is None else [",".join(fields)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "webinar_server.sheets", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(READ_WITHIN):
            told, _ = await process.communicate(data)
        return _ANSWER.decode(told)
    except (TimeoutError, msgspec.DecodeError):
        text = "This file takes more than may be taken to read it: copy the list into a new one."
        raise Refusal("import.unreadable", text) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
