"""A question that waits is in line, then next, then live: one word each, on every page, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static"
WORDS = {"en": ("in line", "next", "live"), "nl": ("in de rij", "volgende", "live")}
STATES = ("queued", "on_deck", "live")
OTHERS = {
    "en": r"queue|on.deck|spotlight|on stage|next up|(told|knows) to be|the line\b|coming up|on air",
    "nl": r"in beeld|schijnwerper|aan de beurt|straks|wachtrij|staat op het podium|in de lijn",
}
"""What these states have been called, too, or might."""
SAID_OF = {
    "queued": "host.group.queued host.became.queued question.badge.queued question.status.queued"
    " host.did.queue",
    "on_deck": "host.group.on_deck host.became.on_deck question.status.on_deck host.now.next_up host.did.deck"
    " host.act.deck next.title next.announce",
    "live": "host.now host.now.live host.became.live question.badge.live question.status.live"
    " host.did.spotlight host.act.spotlight host.act.bring_on host.act.again"
    " spotlight.title spotlight.yours spotlight.announce"
    " next.live_now",
}


def catalog(language: str) -> dict[str, str]:
    files = (path for path in STATIC.rglob(f"{language}.json") if "vendor" not in path.parts)
    return {key: text for path in files for key, text in json.loads(path.read_text()).items()}


@pytest.mark.parametrize("language", WORDS)
def test_each_state_is_called_by_its_word(language: str) -> None:
    said = catalog(language)
    for state, word in zip(STATES, WORDS[language], strict=True):
        other = {key: said[key] for key in SAID_OF[state].split() if word not in said[key].lower()}
        assert other == {}, f"{state} is “{word}”"


@pytest.mark.parametrize("language", OTHERS)
def test_no_state_has_another_word(language: str) -> None:
    found = {key: text for key, text in catalog(language).items() if re.search(OTHERS[language], text, re.I)}
    assert found == {}
