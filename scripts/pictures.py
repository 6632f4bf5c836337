"""Takes the README's pictures from a running demo: `.venv/bin/python scripts/pictures.py [--to FOLDER]`.

Starts a demo, waits until the audience is there, lets a host act over the socket, and photographs the
screens in a real Chromium. Takes about two minutes, and needs Pillow to make the files small
(`.venv/bin/pip install pillow`), which nothing else here does. The door is that of a session of no mission,
which the demo has none of, so a server of its own shows it.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import orjson
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from websockets.sync.client import ClientConnection, connect

from webinar_server.clock import now_ms
from webinar_server.demo.script import POLLS

ROOT = pathlib.Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]
BIGGEST = 250_000
"""Bytes above which a picture is drawn with fewer colours."""

SESSION = "charging"
LINK = re.compile(r"(http://[^/]+)/(host|mission|stage)/([a-z0-9-]+)#(\S+)")


class Host:
    """The host's hand: sees the records, and acts by commands."""

    def __init__(self, socket: ClientConnection, topic: str) -> None:
        self._socket, self._topic, self._refs = socket, topic, 0
        self.records: dict[str, dict[str, dict[str, Any]]] = {}
        self._send({"op": "join", "topic": topic, "at": None})

    def do(self, command: str, **args: Any) -> None:
        self._refs += 1
        ref = f"pictures-{self._refs}"
        self._send({"op": "do", "topic": self._topic, "ref": ref, "command": command, "args": args})

    def look(self, seconds: float) -> None:
        """Take over what comes in for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            with contextlib.suppress(TimeoutError):
                frame = orjson.loads(self._socket.recv(timeout=left))
                if frame["op"] == "refused":
                    print(f"refused: {frame}", file=sys.stderr)
                for kind, records in frame.get("put", {}).items():
                    self.records.setdefault(kind, {}).update(records)

    def best(self, *states: str) -> str:
        """The question with most supporters, asked under a name."""
        questions = self.records["question"].items()
        named = [(id, q) for id, q in questions if q["state"] in states and q["shown"] == "named"]
        return max(named, key=lambda item: item[1]["supporters"])[0]

    def _send(self, frame: dict[str, Any]) -> None:
        self._socket.send(orjson.dumps(frame).decode())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=pathlib.Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--wait", type=float, default=100.0, help="seconds for the audience to arrive")
    parser.add_argument("--port", default="0")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    with demo(options.port) as links, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        base, session, token = links["host"]
        headers = {"Authorization": f"Bearer {token}"}
        url = base.replace("http:", "ws:") + f"/live?topic=session/{session}"
        with connect(url, additional_headers=headers, max_size=None, proxy=None) as socket:
            take(browser, Host(socket, f"session/{session}"), links, options.to, options.wait)
        take_door(browser, options.to)
        browser.close()


def take(browser: Browser, host: Host, links: Links, folder: pathlib.Path, wait: float) -> None:
    """The hour in a few pictures."""
    host.look(wait)
    attendee = open_page(browser, links["session"], "session", 1280, 800)
    phone = open_page(browser, links["session"], "session", 390, 844)
    for page in (attendee, phone):
        come_in(page)
    desk = open_page(browser, links["host"], "host", 1440, 900)
    stage = open_page(browser, links["stage"], "stage", 1920, 1080, 0.5)
    greet_some(host)
    poll = next(id for id, poll in host.records["poll"].items() if poll["question"] == POLLS[0].question)
    host.do("open_poll", poll=poll)
    host.do("deck", question=host.best("open"))
    for _ in range(2):
        host.look(1)
        host.do("queue", question=host.best("open"))
    host.look(12)
    shoot(phone, folder / "phone.png")
    host.do("spotlight", question=host.best("on_deck"))
    host.look(12)
    for name, page in (("host", desk), ("attendee", attendee), ("stage", stage)):
        shoot(page, folder / f"{name}.png")
    host.do("answer", question=host.best("live"))
    host.do("close_poll", poll=poll)
    host.do("reveal_poll", poll=poll)
    host.look(6)
    shoot(stage, folder / "stage-poll.png")


def take_door(browser: Browser, folder: pathlib.Path) -> None:
    """Of a session that begins in a while, as somebody finds it who was invited by name."""
    with tempfile.TemporaryDirectory() as data:
        command = [pathlib.Path(sys.executable).with_name("webinar-server")]
        at = ["--data", data]
        add = ["session", "add", SESSION, "--title", "Charging at scale", "--starts", at_hand()]
        subprocess.run([*command, *add, *at], check=True, capture_output=True)
        serve = [*command, "serve", "--port", "0", *at]
        server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None and "ready at" in server.stdout.readline()
            host = ["link", "--session", SESSION, "--role", "host", "--name", "Marieke Vos"]
            guest = ["link", "--session", SESSION, "--role", "attendee", "--name", "Ana de Vries"]
            guest += ["--organisation", "Voltline", "--kind", "sme", "--country", "NL"]
            links = [subprocess.check_output([*command, *who, *at], text=True) for who in (host, guest)]
            for link, shown in zip(links, ("#desk", ".door-go"), strict=True):
                page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
                page.goto(link.strip())
                page.wait_for_selector(shown)
            shoot(page, folder / "door.png")
        finally:
            server.terminate()
            server.wait(20)


def at_hand() -> str:
    """A quarter of an hour from now."""
    return datetime.datetime.fromtimestamp(now_ms() / 1000 + 15 * 60, datetime.UTC).isoformat("T", "minutes")


def greet_some(host: Host) -> None:
    people = [id for id, person in host.records["person"].items() if person["here"] and not person["greeted"]]
    for person in people[-6:]:
        host.do("greet", person=person, aloud=True)
        host.look(0.5)


Links = dict[str, tuple[str, str, str]]


@contextlib.contextmanager
def demo(port: str) -> Iterator[Links]:
    """A demo of ten minutes, ended when done."""
    command = [sys.executable, "-m", "webinar_server.demo", "--port", port, "--minutes", "10"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    try:
        links: Links = {}
        for line in process.stdout:
            if found := LINK.search(line):
                base, page, session, token = found.groups()
                links[page] = (base, session, token)
            if len(links) == 3:
                break
        # a participant comes into the session that the host leads
        base, session, _ = links["host"]
        links["session"] = base, session, links["mission"][2]
        yield links
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


def chromium() -> str:
    """As the tests find it."""
    given = os.environ.get("CHROMIUM")
    return given or subprocess.check_output([ROOT / "scripts" / "browser"], text=True).strip()


def open_page(
    browser: Browser, link: tuple[str, str, str], kind: str, width: int, height: int, scale: float = 1
) -> Page:
    base, session, token = link
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="en-GB",
        timezone_id="Europe/Amsterdam",
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.on("pageerror", lambda error: print(f"{kind}: {error}", file=sys.stderr))
    page.goto(f"{base}/{kind}/{session}#{token}")
    if kind == "host":
        come_in(page, "#board .card")
    return page


def come_in(page: Page, to: str = "#tab-chat") -> None:
    """Through the door, where there is one; by a link that we opened already, it is us again."""
    page.wait_for_selector(f"{to}, .door-go, #whose")
    if page.locator("#whose").count():
        page.click("#whose .is-primary")
        page.wait_for_selector(f"{to}, .door-go")
    if page.locator(".door-go").count():
        page.click(".door-go")
    page.wait_for_selector(to)


def shoot(page: Page, path: pathlib.Path) -> None:
    # what is told of a link that we opened several times ourselves: it was us
    for notice in page.locator(".notice").all():
        notice.get_by_role("button").first.click()
        notice.wait_for(state="detached")
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    if path.stat().st_size > BIGGEST:
        # the octree keeps small spots of colour, which an average over the page would lose
        few = (
            Image.open(path).convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        )
        few.save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
