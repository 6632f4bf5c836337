"""What simulated people share with real ones: a seat, what they run into, what their browser loads. Pure."""

from __future__ import annotations

import random
import re
from typing import Literal, NamedTuple


class Seat(NamedTuple):
    """One person's place. Times of a scene are for its `full` length; `scaled` fits them to this run.

    `arrival` is the scene's time (seconds) in which everybody comes; `people` are a session's attendees.
    """

    session: int
    number: int
    role: Literal["attendee", "host"]
    people: int
    seed: int
    seconds: float
    full: float
    arrival: float

    def scaled(self, seconds: float) -> float:
        """A moment or a length of the scene's full form, in seconds of this run."""
        return seconds * self.seconds / self.full

    @property
    def arrives(self) -> float:
        """Seconds after the beginning; hosts are there first, the others spread evenly."""
        spread = self.scaled(self.arrival) * self.number / max(1, self.people)
        return 0.0 if self.role == "host" else spread

    def rng(self, what: str = "") -> random.Random:
        return random.Random(f"{self.seed}/{self.session}/{self.role}/{self.number}/{what}")


_RACES = {
    "vote": ("poll.closed", "poll.revealed"),
    "support": ("question.not_open", "question.yours"),
    "unsupport": ("question.not_open", "question.yours"),
    "withdraw": ("question.",),
    "show_as": ("question.",),
    "deck": ("question.",),
    "queue": ("question.",),
    "spotlight": ("question.", "stage.taken"),
    "answer": ("question.",),
    "approve": ("question.",),
}
"""What people run into who act on a screen that is a moment old, by the beginning of the code."""


def expected(command: str, code: str) -> bool:
    """Whether somebody who acts in good faith may be told this."""
    return code.startswith(("session.closed", "pace.", *_RACES.get(command, ())))


_LINKED = re.compile(r'<(?:link|script)[^>]*?(?:src|href)="([^"]+)"[^>]*>')
_LATER = ('rel="prefetch"', 'rel="icon"', 'rel="manifest"')


def assets(page: str) -> list[str]:
    """Styles, scripts and preloaded modules, in order and each once."""
    found = (match for match in _LINKED.finditer(page) if not any(rel in match[0] for rel in _LATER))
    return list(dict.fromkeys(match[1] for match in found))
