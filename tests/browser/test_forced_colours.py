"""Where the system decides about colours, bars are seen, and which tab and which step it is."""

from __future__ import annotations

import pathlib

from playwright.sync_api import Browser, Page

from tests.browser.conftest import opening, running
from tests.browser.everywhere import Everywhere, Look

CANVAS = """() => { const one = document.body.appendChild(document.createElement("i"));
  one.style.background = "Canvas";
  const seen = getComputedStyle(one).backgroundColor;
  one.remove();
  return seen; }"""
EDGES = """all => all.filter((one) => one.checkVisibility()).map((one) => {
  const style = getComputedStyle(one);
  return ["Top", "Right", "Bottom", "Left"].map((side) =>
    `${style[`border${side}Style`]} ${style[`border${side}Width`]} ${style[`border${side}Color`]}`).join();
})"""
GROUNDS = "all => all.map((one) => getComputedStyle(one).backgroundColor)"


def are_seen(page: Page, bars: str) -> bool:
    grounds = page.locator(bars).evaluate_all(GROUNDS)
    return bool(grounds) and page.evaluate(CANVAS) not in grounds


def is_another(page: Page, chosen: str, others: str) -> bool:
    ours, theirs = (page.locator(one).evaluate_all(EDGES) for one in (chosen, others))
    return bool(ours) and bool(theirs) and not set(ours) & set(theirs)


def test_bars_states_and_tabs_are_told_apart(browser: Browser, tmp_path: pathlib.Path) -> None:
    told: dict[str, bool] = {}
    with running(tmp_path) as server, opening(browser) as opened:
        pages = Everywhere(server, opened, Look(1024, 768, forced=True))
        with pages.hall:
            for name, page in pages:
                if name == "attendee-polls":
                    told["result"] = are_seen(page, ".poll-bar-fill")
                    told["tab"] = is_another(page, "[aria-selected=true]", "[role=tab][aria-selected=false]")
                if name == "host-polls":
                    told["makeup"] = are_seen(page, ".makeup-bar span")
                    told["counts"] = are_seen(page, ".count-bar span")
                    told["step"] = is_another(page, ".is-now > .step", "li:not(.is-now) > .step")
                    told["panel"] = is_another(page, ".tab[aria-current]", ".tab:not([aria-current])")
                    break
    assert told == dict.fromkeys(("result", "tab", "makeup", "counts", "step", "panel"), True)
