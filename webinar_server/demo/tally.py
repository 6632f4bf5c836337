"""What the audience did so far: counted by its members, printed by the demo. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tally:
    """Numbers for one line on the terminal."""

    here: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    polls: int = 0
    questions: int = 0
    live: str = ""


def line(report: dict[str, Any]) -> str:
    """One line of a report: who is here, what they did, and what went wrong, if anything."""
    done = report["done"]
    parts = [
        f"{report['here']} here",
        f"{done.get('say', 0)} messages",
        _count(report["questions"], "question"),
    ]
    parts += [f"{_count(report['polls'], 'poll')}, {_count(done.get('vote', 0), 'vote')}"]
    parts += [f"live: {report['live'][:50]} …"] if report["live"] else []
    wrong = {**report["refused"], **report["errors"]}
    parts += [", ".join(f"{count} × {code}" for code, count in wrong.items())] if wrong else []
    return " · ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
