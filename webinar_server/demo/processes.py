"""The demo's two processes, and an end of each that leaves nothing behind.

Both are started in sessions of their own, so that Ctrl-C reaches the demo alone and it can end them in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable

import msgspec

from webinar_server.demo.orders import Orders
from webinar_server.errors import StorageError

READY_WITHIN = 30.0
END_WITHIN = 8.0
PAUSE = 1.5
"""Seconds before a server that stopped is started again: long enough to see the pages notice."""


class Server:
    """The server, started again when it stops, as a service manager would."""

    def __init__(self, data: pathlib.Path, host: str, port: int, say: Callable[[str], None]) -> None:
        where = ("--data", str(data), "--host", host, "--port", str(port))
        self._arguments = ("-m", "webinar_server", "serve", *where)
        self._say = say
        self._process: Process | None = None

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    async def start(self) -> None:
        """Ready to be connected to. Raises StorageError with the server's own words where it is not."""
        self._process = await _start(*self._arguments, stdout=PIPE, stderr=PIPE)
        assert self._process.stdout is not None and self._process.stderr is not None
        ready = b""
        with contextlib.suppress(TimeoutError):
            ready = await asyncio.wait_for(self._process.stdout.readline(), READY_WITHIN)
        if not ready:
            await end(self._process)
            last = (await self._process.stderr.read()).decode(errors="replace").strip().rsplit("\n", 1)[-1]
            raise StorageError(last.removeprefix("webinar-server: ") or "the server did not start in time")

    async def keep(self) -> None:
        """Print what it warns of; when it stops, start it again. Until cancelled."""
        while True:
            if self._process is not None:
                self._say(f"The server stopped ({await self._ended(self._process)}); starting it again.")
            await asyncio.sleep(PAUSE)
            try:
                await self.start()
                self._say(f"The server is back; to stop it once more: kill {self.pid}")
            except StorageError as error:
                self._process = None
                self._say(f"It did not start: {error}")

    async def end(self) -> None:
        if self._process is not None:
            await end(self._process)

    async def _ended(self, process: Process) -> str:
        assert process.stderr is not None
        async for line in process.stderr:
            self._say(f"server: {line.decode(errors='replace').rstrip()}")
        code = await process.wait()
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"


async def start_audience(orders: Orders) -> Process:
    """The audience on its way. It goes home when its standard input is closed."""
    process = await _start("-m", "webinar_server.demo.audience", stdin=PIPE, stdout=PIPE)
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(orders) + b"\n")
    await process.stdin.drain()
    return process


async def end(process: Process) -> None:
    """Politely, then firmly."""
    if process.stdin is not None:
        process.stdin.close()
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            # not `process.terminate`, which may take the exit code away from asyncio (Python 3.11)
            os.kill(process.pid, signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), END_WITHIN)
    except TimeoutError:
        process.kill()
        await process.wait()


async def _start(
    *arguments: str, stdin: int | None = None, stdout: int, stderr: int | None = None
) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-P", *arguments, stdin=stdin, stdout=stdout, stderr=stderr, start_new_session=True
    )
