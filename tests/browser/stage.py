"""A hall before its stage: people who ask and a host, by their sockets, and the screen in a real browser."""

from __future__ import annotations

import os
import time
from types import TracebackType
from typing import Any, NamedTuple

import orjson
from playwright.sync_api import Page
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.browser.conftest import SESSION, Opener, Server
from tests.web.client import AGAIN_AFTER, DEADLINE
from webinar_server.clock import fresh_id, now_ms
from webinar_server.session import SESSION as SESSIONS
from webinar_server.state import Identity
from webinar_server.web.who.tokens import DAY_MS, Signer

FULL = {"width": 1920, "height": 1080}
SMALL = {"width": 1280, "height": 720}
PHOTO = """document.documentElement.style.background =
  "radial-gradient(22% 38% at 50% 36%, #e0b090 0 60%, transparent 62%), " +
  "radial-gradient(46% 60% at 50% 100%, #31465e 0 70%, transparent 72%), " +
  "repeating-linear-gradient(90deg, #ffffff1c 0 3px, transparent 3px 80px), " +
  "linear-gradient(115deg, #f2e4cf, #9fb3a4 45%, #46586b 80%, #d8a35c)" """


class Who(NamedTuple):
    """Somebody who comes in."""

    name: str
    organisation: str = ""
    kind: str = "other"
    country: str = ""


class Socket:
    """Somebody's hand: acts, and waits until it is done."""

    def __init__(self, server: Server, who: Who, role: str) -> None:
        now = now_ms()
        topic = SESSIONS.topic(SESSION)
        identity = Identity(
            id=fresh_id(), role=role, topic=topic, issued=now, expires=now + DAY_MS, **who._asdict()
        )
        token = Signer((server.data / "secret").read_text().strip()).sign(identity)
        headers = {"Authorization": f"Bearer {token}"}
        url = f"ws://127.0.0.1:{server.port}/live"
        self._socket = _opened(url, headers)
        self._topic, self._refs = topic, 0
        self._send(op="join", topic=topic, at=None)

    def do(self, command: str, **args: Any) -> Any:
        self._refs += 1
        ref = f"{self._refs}"
        self._send(op="do", topic=self._topic, ref=ref, command=command, args=args)
        while True:
            frame = orjson.loads(self._socket.recv(timeout=DEADLINE))
            if frame.get("ref") == ref:
                assert frame["op"] == "done", frame
                return frame["result"]

    def close(self) -> None:
        self._socket.close()

    def _send(self, **frame: Any) -> None:
        self._socket.send(orjson.dumps(frame).decode())


def _opened(url: str, headers: dict[str, str]) -> ClientConnection:
    """Come in, as a browser does: again where the door is too busy for now."""
    for _ in range(int(DEADLINE / AGAIN_AFTER)):
        try:
            return connect(
                url,
                additional_headers=headers,
                max_size=None,
                proxy=None,
                ping_interval=None,
                close_timeout=0.1,
            )
        except InvalidStatus as refused:
            if b"server.busy" not in (refused.response.body or b""):
                raise
        time.sleep(AGAIN_AFTER)
    raise AssertionError("the door never opened")


class Hall:
    """A session that is open, with a host who shows what a test wants to see."""

    def __init__(self, server: Server, open_page: Opener) -> None:
        self._server, self._open_page = server, open_page
        self._sockets: list[Socket] = []
        self.host = self.comes(Who("Anna Bakker"), "host")

    def __enter__(self) -> Hall:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: Any, trace: TracebackType | None) -> None:
        for socket in self._sockets:
            socket.close()

    def comes(self, who: Who, role: str = "attendee") -> Socket:
        socket = Socket(self._server, who, role)
        self._sockets.append(socket)
        return socket

    def asks(self, who: Who, text: str) -> str:
        """Somebody asks, and is live; the question's id."""
        id: str = self.comes(who).do("ask", text=text, shown="named")["id"]
        self.host.do("spotlight", question=id)
        return id

    def answered(self, id: str) -> None:
        self.host.do("answer", question=id)

    def poll(self, question: str, options: list[str]) -> str:
        id: str = self.host.do("draft_poll", question=question, options=options, choose="one")["id"]
        self.host.do("open_poll", poll=id)
        return id

    def screen(self, search: str = "", viewport: dict[str, int] = FULL, **how: Any) -> Page:
        link = self._server.link("stage", "Stage")
        page = self._open_page(link.replace("#", f"?{search}#"), viewport=viewport, **how)
        page.locator("#screen.screen").wait_for()
        return page


def look(page: Page, name: str) -> None:
    """A picture to look at, over something like a photograph, where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        page.evaluate(PHOTO)
        page.wait_for_timeout(300)
        page.screenshot(path=f"{folder}/{name}.png")
