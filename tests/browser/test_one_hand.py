"""One hand: five sizes and two weights on every page, one filled button where several stand together, orange
for what is live, no letter for a picture, and people's words running as they are written."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import everywhere
from tests.browser.conftest import opening, running
from tests.browser.everywhere import Everywhere, Look
from tests.test_pictures import GLYPH

SIZES = {13, 15, 17, 20, 28}
WEIGHTS = {"400", "600"}
PROBE = (pathlib.Path(__file__).parent / "hand.js").read_text()
LOOKS = {"desktop": Look(), "phone": Look(390, 844, "nl")}
Seen = dict[str, dict[str, Any]]


@pytest.fixture(scope="module", params=LOOKS)
def seen(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Seen]:
    """What each page shows, by its name."""
    look = LOOKS[request.param]
    with running(tmp_path_factory.mktemp("hand")) as server, opening(browser) as opened:
        pages = Everywhere(server, opened, look)
        with pages.hall:
            yield {name: page.evaluate(PROBE, everywhere.WORDS) for name, page in pages}


def told(seen: Seen, what: str) -> Iterator[tuple[str, Any]]:
    return ((name, one) for name, facts in seen.items() for one in facts[what])


def fault(name: str, one: dict[str, Any]) -> str:
    """For people to read, and short: each kind of place once."""
    set_in = f"{one['size']} px, {one['weight']}: " if "size" in one else ""
    return f"{set_in}{one['where']} ({name}: {one['text'][:40]})"


def once(faults: Iterator[tuple[str, Any]]) -> str:
    return "\n".join({one["where"]: fault(name, one) for name, one in faults}.values())


def test_words_are_set_in_five_sizes_and_two_weights(seen: Seen) -> None:
    words = [(name, one) for name, one in told(seen, "texts") if not one["stage"]]
    assert len(words) > 500
    others = ((name, one) for name, one in words if one["size"] not in SIZES or one["weight"] not in WEIGHTS)
    assert once(others) == ""


def test_one_button_is_filled_in_a_panel(seen: Seen) -> None:
    more = []
    for name, facts in seen.items():
        panels = [one["panel"] for one in facts["filled"]]
        more += [(name, facts["filled"]) for panel in set(panels) if panels.count(panel) > 1]
    assert sum(len(facts["filled"]) for facts in seen.values()) > 5, "there are filled ones"
    assert more == []


def test_orange_is_what_is_live(seen: Seen) -> None:
    assert once(told(seen, "orange")) == ""


def test_what_is_pressed_says_so_in_one_line(seen: Seen) -> None:
    assert once(told(seen, "wrapped")) == ""


def test_no_letter_stands_for_a_picture(seen: Seen) -> None:
    texts = [(name, one["text"]) for what in ("texts", "said") for name, one in told(seen, what)]
    assert [(name, text) for name, text in texts if GLYPH.search(text)] == []


def test_peoples_words_have_a_direction_of_their_own(seen: Seen) -> None:
    assert sum(len(facts["bare"]) for facts in seen.values()) > 200, "there are words of people"
    assert once(told(seen, "unkept")) == ""
