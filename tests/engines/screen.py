"""Somebody at a window, who reads and presses what stands there; whoever finds nothing says what they saw."""

from __future__ import annotations

import pathlib
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import is_fault
from tests.engines.window import Window
from tests.web.client import DEADLINE

EYES = pathlib.Path(__file__).with_name("eyes.js").read_text()
ENTER, SHIFT = "\ue007", "\ue008"
PRESS_MS = 100
"""As long as a finger stays down: a button that moves away meanwhile is one that does not work."""


class Screen:
    def __init__(self, who: str, window: Window, folder: pathlib.Path) -> None:
        self.who = who
        self.window = window
        self._folder = folder

    def look(self, function: str, *arguments: Any) -> Any:
        """What a function finds out about the page, with the eyes of `eyes.js`."""
        return self.window.run(
            f"async (...all) => {{ {EYES}\nreturn await ({function})(...all); }}", *arguments
        )

    def press(self, name: str, kind: str = "button", within: str = "body", having: str = "") -> None:
        wanted = {"kind": kind, "name": name, "within": within, "having": having}
        point: list[int] = []

        def can_be_pressed() -> bool:
            at = self.look(
                "async (wanted) => { const it = find(wanted); return it ? pointAt(it) : null; }", wanted
            )
            point[:] = at or []
            return bool(at)

        self.until(can_be_pressed, f"{kind} “{name}” to press in {within} {having}")
        self._point(*point)

    def write(self, label: str, text: str, within: str = "body") -> None:
        """Types into the field, after what stands there; a new line is Enter."""
        self.press(label, "field", within)
        self.keys(text)

    def keys(self, text: str, *, pause: int = 10) -> None:
        presses: list[dict[str, Any]] = []
        for key in text:
            key = ENTER if key == "\n" else key
            presses += [{"type": "keyDown", "value": key}, {"type": "pause", "duration": pause}]
            presses += [{"type": "keyUp", "value": key}]
        self.window.act({"type": "key", "id": "keyboard", "actions": presses})

    def new_line(self) -> None:
        down = [{"type": "keyDown", "value": key} for key in (SHIFT, ENTER)]
        up = [{"type": "keyUp", "value": key} for key in (ENTER, SHIFT)]
        self.window.act({"type": "key", "id": "keyboard", "actions": down + up})

    def sees(self, text: str, within: str = "body", seconds: float = DEADLINE) -> None:
        self.until(lambda: self._shows(text, within), f"“{text}” in {within}", seconds)

    def misses(self, text: str, within: str = "body", seconds: float = DEADLINE) -> None:
        """Comes to see it no more."""
        self.until(lambda: not self._shows(text, within), f"“{text}” gone from {within}", seconds)

    def count(self, text: str, within: str) -> int:
        """How many of these are seen with the text in them."""
        found: int = self.look(
            "(text, within) => [...document.querySelectorAll(within)]"
            ".filter((one) => seen(one) && plain(one.innerText).includes(text)).length",
            text,
            within,
        )
        return found

    def until(self, holds: Callable[[], bool], what: str, seconds: float = DEADLINE) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                pytest.fail(f"{self.who} has waited {seconds} s for {what}. {self._told()}")
            time.sleep(0.05)

    def faults(self) -> list[str]:
        return [said for said in self.window.faults() if is_fault(said)]

    def _shows(self, text: str, within: str) -> bool:
        return self.count(text, within) > 0

    def _point(self, x: int, y: int) -> None:
        self.window.act(
            {
                "type": "pointer",
                "id": "mouse",
                "actions": [
                    {"type": "pointerMove", "x": x, "y": y},
                    {"type": "pointerDown", "button": 0},
                    {"type": "pause", "duration": PRESS_MS},
                    {"type": "pointerUp", "button": 0},
                ],
            }
        )

    def _told(self) -> str:
        picture = self._folder / f"{self.who}.png"
        picture.write_bytes(self.window.picture())
        page = self.window.run("() => [location.href.split('#')[0], document.body.innerText]")
        return "\n".join([f"Picture: {picture}", *page, "Console:", *self.window.faults()])
