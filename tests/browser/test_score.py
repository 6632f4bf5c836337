"""The score of the week on screens: who is shown it, what each number says, and nothing to find for axe."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.missions import SEEKERS, Week, done_by, for_a_module
from tests.browser.test_axe import check
from webinar_server.live.room import Room
from webinar_server.mission.participants import Participant

ORGANISER = "Ori Olsen"


async def happened(room: Room) -> None:
    """Six of them found each other in the directory, four by a chat; six wrote or were live."""
    ids = {one.name: one.id for one in room.state.all(Participant)}
    await done_by(room, ids[ORGANISER], "", "change_mission", score="all")
    for at in range(0, 10, 2):
        by, whom = (ids[name] for name in SEEKERS[at : at + 2])
        where = "directory" if at < 6 else "chat"
        await done_by(room, by, f"c{at}", "ask_contact", whom=whom, where=where)
        await done_by(room, whom, "", "accept_contacts", requests=[f"c{at}"])
    for name in SEEKERS[:6]:
        part: dict[str, Any] = {"session": "depots", "participant": ids[name], "came": 1}
        await done_by(room, ids[ORGANISER], "", "note_part", **part, spoke=2)


week = for_a_module(also=happened)


def looked_at(page: Page) -> None:
    """Numbers of five and more, and of each what it says."""
    score = page.locator(".score")
    expect(score.locator(".score-sums")).to_contain_text("3")
    expect(score.locator(".score-began li")).to_have_count(1)
    # four people met by a chat
    expect(score.locator(".score-began")).not_to_contain_text("Chat")
    check(page, "score")
    score.locator(".score-name").first.press("Enter")
    expect(score.locator("dt[data-score=contacts]")).to_be_focused()
    check(page, "score, explained")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_all_are_shown_the_score_and_what_it_says(week: Week, open_page: Opener, viewport: Any) -> None:
    page = open_page(week.link(SEEKERS[0] if viewport == PHONE else SEEKERS[1]), viewport=viewport)
    looked_at(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_organisers_see_the_same_and_decide_who_does(week: Week, open_page: Opener) -> None:
    page = open_page(week.link(ORGANISER, "tab=history"), viewport=DESKTOP)
    page.locator("[data-tab=history]").click()
    looked_at(page)
    page.locator("[data-tab=settings]").click()
    settings = page.locator("form[data-settings=score]")
    settings.locator("[value=organisers]").check()
    settings.locator("[data-act=save]").click()
    expect(settings.locator(".is-primary")).to_have_count(0)
    other = open_page(week.link(SEEKERS[2]), viewport=PHONE)
    expect(other.locator(".now-card")).to_be_visible()
    expect(other.locator(".score")).to_have_count(0)
