"""Servers that begin in a tenth of the time: each is a process of its own, forked from one that has read what
all of them read first, which is nine tenths of beginning. How a server begins is told by tests/serve.

This process, which has threads and browsers, is nothing to fork from; so the nursery is one beside it:

    python -m tests.nursery FD      # of its end of a socket, over which it is told what to begin
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from functools import cache
from typing import Any

from tests.valkey import dies_with_us

REQUEST_MAX = 1 << 20


class Born:
    """A process of the nursery's, as `subprocess.Popen` shows one."""

    def __init__(self, pid: int, stdout: int, ended: int) -> None:
        self.pid = pid
        self.stdout = os.fdopen(stdout, encoding="utf-8", errors="replace")
        self._ended = os.fdopen(ended, "rb")
        self._code: int | None = None

    def poll(self) -> int | None:
        """Its exit code once it has ended; a signal's is negative."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        if self._code is None:
            if not select.select([self._ended], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("webinar-server", timeout or 0)
            self._code = int(self._ended.read() or b"-9")
            self._ended.close()
            self.stdout.close()
        return self._code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def born(*arguments: str, env: dict[str, str], stderr: int = 2) -> Born:
    """`webinar-server` with these arguments; its standard error goes to a descriptor of ours."""
    out, its_out = os.pipe()
    ended, its_end = os.pipe()
    nursery = _nursery()
    request = json.dumps({"arguments": arguments, "env": env}).encode()
    nursery.sendall(len(request).to_bytes(4, "big"))
    socket.send_fds(nursery, [request[:1]], [its_out, stderr, its_end])
    nursery.sendall(request[1:])
    for given in (its_out, its_end):
        os.close(given)
    return Born(int.from_bytes(_all(nursery, 4), "big"), out, ended)


@cache
def _nursery() -> socket.socket:
    ours, its = socket.socketpair()
    subprocess.Popen(
        [sys.executable, "-m", "tests.nursery", str(its.fileno())],
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
    )
    its.close()
    return ours


def _all(come: socket.socket, length: int) -> bytes:
    return come.recv(length, socket.MSG_WAITALL)


class Nursery:
    """The other end: forks, and tells how each has ended."""

    def __init__(self, asked: socket.socket) -> None:
        self._asked = asked
        self._ends: dict[int, int] = {}
        self._dies_with_us = dies_with_us()
        self._woken, self._wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def run(self) -> dict[str, Any] | None:
        """Until nobody asks any more; in each child what it is to do, at once."""
        signal.set_wakeup_fd(self._wake)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        while True:
            woken, _, _ = select.select([self._asked, self._woken], [], [])
            if self._woken in woken:
                os.read(self._woken, 1024)
                self._reap()
            if self._asked in woken:
                length = int.from_bytes(_all(self._asked, 4), "big")
                if not length:
                    return None
                if request := self._fork(length):
                    return request

    def _fork(self, length: int) -> dict[str, Any] | None:
        first, given, _, _ = socket.recv_fds(self._asked, 1, 3)
        request = first + (_all(self._asked, length - 1) if length > 1 else b"")
        out, err, end = given
        if pid := os.fork():
            self._ends[pid] = end
            os.close(out)
            os.close(err)
            self._asked.sendall(pid.to_bytes(4, "big"))
            return None
        self._leave(out, err, end)
        told: dict[str, Any] = json.loads(request)
        return told

    def _leave(self, out: int, err: int, end: int) -> None:
        """In a child: nothing of the nursery's stays."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(out, 1)
        os.dup2(err, 2)
        self._asked.close()
        for one in {out, err, end, self._woken, self._wake, *self._ends.values()} - {1, 2}:
            os.close(one)
        if self._dies_with_us is not None:
            self._dies_with_us()

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                end = self._ends.pop(pid)
                with suppress(BrokenPipeError):
                    os.write(end, b"%d" % os.waitstatus_to_exitcode(status))
                os.close(end)


def main(descriptor: int) -> None:
    from webinar_server import cli
    from webinar_server.live import hub  # noqa: F401
    from webinar_server.log.redis import engine as redis  # noqa: F401
    from webinar_server.log.sqlite import engine as sqlite  # noqa: F401
    from webinar_server.serve import process, sessions  # noqa: F401
    from webinar_server.web.http.static import Assets, folder

    Assets(folder())
    gc.collect()
    gc.freeze()
    request = Nursery(socket.socket(fileno=descriptor)).run()
    if request is not None:
        os.environ.clear()
        os.environ.update(request["env"])
        sys.argv = ["webinar-server", *request["arguments"]]
        cli.main()


if __name__ == "__main__":
    main(int(sys.argv[1]))
