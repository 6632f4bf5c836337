"""A real server, and people before real Firefox and real WebKit. Without them the suite fails and says so."""

from __future__ import annotations

import os
import pathlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

import pytest

from tests.browser.conftest import Server, running
from tests.engines.firefox import firefox
from tests.engines.screen import Screen
from tests.engines.webkit import webkit
from tests.engines.window import Opens

DESKTOP = (1280, 800)
PHONE = (390, 844)
PROGRAMS = {"firefox": ("FIREFOX", "firefox-esr", "firefox"), "webkit": ("WEBKIT", "WebKitWebDriver")}
ENGINES: dict[str, Callable[[str, pathlib.Path], AbstractContextManager[Opens]]] = {
    "firefox": firefox,
    "webkit": webkit,
}


def program(engine: str) -> str:
    """Its path. Fails, rather than skips, where there is none."""
    variable, *names = PROGRAMS[engine]
    for name in (os.environ.get(variable, ""), *names):
        if name and (path := shutil.which(name)):
            return path
    pytest.fail(f"no {engine} here: `make browser` installs it, or set {variable} to one", pytrace=False)


@dataclass
class Hall:
    """An open session, and those who are in it, all with the same engine."""

    server: Server
    opens: Opens
    folder: pathlib.Path
    screens: list[Screen] = field(default_factory=list)

    def comes(self, role: str, name: str, size: tuple[int, int] = DESKTOP, **card: str) -> Screen:
        """Somebody opens their link."""
        screen = Screen(name, self.opens(*size), self.folder)
        self.screens.append(screen)
        screen.window.go(self.server.link(role, name, **card))
        return screen

    def enters(self, name: str, size: tuple[int, int] = DESKTOP, **card: str) -> Screen:
        """Somebody comes in by the door."""
        screen = self.comes("attendee", name, size, **card)
        screen.press("Come in")
        screen.press("Chat", "tab")
        return screen


@contextmanager
def hall_with(engine: str, folder: pathlib.Path) -> Iterator[Hall]:
    (folder / engine).mkdir()
    with (
        pytest.MonkeyPatch.context() as patch,
        ENGINES[engine](program(engine), folder / engine) as opens,
    ):
        # one says in a second what a hall says in a minute
        patch.setenv("WEBINAR_PACE", "off")
        with running(folder / "data") as server:
            hall = Hall(server, opens, folder)
            yield hall
            assert {screen.who: faults for screen in hall.screens if (faults := screen.faults())} == {}


@pytest.fixture(scope="module", params=ENGINES)
def hall(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall_with(request.param, tmp_path_factory.mktemp(request.param)) as hall:
        yield hall
