"""A real server, a real Chromium, and people at their screens.

The server is a process of its own that a test can take away and bring back. Chromium is Debian's or the
machine's own; without one the suite fails and says so, for screens nobody opened are not tested.
"""

from __future__ import annotations

import os
import pathlib
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.nursery import Born, born
from tests.ports import free_port
from tests.web.client import DEADLINE
from webinar_server.cli import cli

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SESSION = "smart-ports"
PATIENCE_MS = DEADLINE * 1000
"""How long whatever comes on a screen is waited for: a machine that others share may take most of it."""

expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str:
    """The path of a Chromium. Fails, rather than skips, where there is none."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    for name in names:
        if name and (path := shutil.which(name)):
            return path
    pytest.fail("no Chromium here: `make browser` installs it, or set CHROMIUM to one", pytrace=False)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


class Server:
    """`webinar-server serve` on one port and one data folder, as often as it is started."""

    def __init__(self, data: pathlib.Path) -> None:
        self.data = data
        self.port = free_port()
        self._process: Born | None = None

    def start(self) -> None:
        where = ("--data", str(self.data), "--port", str(self.port))
        self._process = born("serve", *where, env=dict(os.environ))
        assert "ready at" in self._process.stdout.readline()

    def next_line(self) -> str:
        """What it prints next."""
        assert self._process is not None
        return self._process.stdout.readline().strip()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(DEADLINE)
            self._process = None

    def run(self, *arguments: str) -> str:
        """What a command at the terminal prints. In this process, for one of its own takes as long as a page;
        on a thread, for Playwright's loop runs on ours."""
        command = [*arguments, "--data", str(self.data)]
        with ThreadPoolExecutor(1) as thread:
            ended = thread.submit(CliRunner().invoke, cli, command, catch_exceptions=False).result()
        assert ended.exit_code == 0, ended.output
        return ended.stdout.strip()

    def link(self, role: str, name: str, session: str = SESSION, **more: str) -> str:
        options = [word for key, value in more.items() for word in (f"--{key}", value)]
        return self.run("link", "--session", session, "--role", role, "--name", name, *options)

    def position(self, session: str = SESSION) -> int:
        """How many entries the session's log has, read from the file itself."""
        with closing(sqlite3.connect(f"file:{self.data / 'log.db'}?mode=ro", uri=True)) as db:
            found = db.execute("SELECT max(seq) FROM entry WHERE topic = ?", (f"session/{session}",))
            return int(found.fetchone()[0])


@contextmanager
def running(data: pathlib.Path) -> Iterator[Server]:
    """A running server with one session that waits for its host."""
    server = Server(data)
    server.run("session", "add", SESSION, "--title", "Smart ports")
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def server(tmp_path: pathlib.Path) -> Iterator[Server]:
    with running(tmp_path / "data") as server:
        yield server


Opener = Callable[..., Page]


@contextmanager
def opening(browser: Browser) -> Iterator[Opener]:
    """Opens a link as somebody with a browser of their own; at the end nothing may have gone wrong in it."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(
        link: str,
        *,
        viewport: dict[str, int] = DESKTOP,
        locale: str = "en-GB",
        dark: bool = False,
        zone: str | None = None,
        before: Callable[[Page], None] = lambda page: None,
        expect_faults: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            locale=locale,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            timezone_id=zone,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        if not expect_faults:
            page.on(
                "console",
                lambda said: (
                    faults.append(said.text) if said.type == "error" and is_fault(said.text) else None
                ),
            )
        before(page)
        page.goto(link)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    with opening(browser) as opened:
        yield opened


AWAY = (
    "ERR_CONNECTION_REFUSED",
    "ERR_CONNECTION_RESET",
    "ERR_EMPTY_RESPONSE",
    "WebSocket connection to",
    "status of 503",
    "can’t establish a connection",  # Firefox
    "was interrupted while the page was loading",
)
"""What browsers say of a server that is away on purpose, or asks to come again since the machine is slow."""


def is_fault(text: str) -> bool:
    """Whether what the console says in red is one."""
    return not any(said in text for said in AWAY)


def until(holds: Callable[[], bool], what: str, seconds: float = DEADLINE) -> None:
    """Wait for a condition that no locator can express."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"still not: {what}"
        time.sleep(0.05)
