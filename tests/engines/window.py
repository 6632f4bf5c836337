"""A window of some engine: what drives it differs, what can be done with it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

Opens = Callable[[int, int], "Window"]
"""A window of so many pixels, with cookies of its own."""


class Window(Protocol):
    def size(self, width: int, height: int) -> None: ...

    def go(self, url: str) -> None:
        """Opens the address, and returns once it is loaded."""

    def run(self, function: str, *arguments: Any) -> Any:
        """What the JavaScript function returns for these; both are as in JSON."""

    def act(self, *sources: dict[str, Any]) -> None:
        """Keys and pointers, as in the actions of W3C's WebDriver."""

    def picture(self) -> bytes:
        """PNG of what is in view."""

    def faults(self) -> list[str]:
        """What the console has said of errors, all of it."""
