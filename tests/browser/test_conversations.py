"""Messages on screens: two write to each other on a desktop and a phone, in both languages."""

from __future__ import annotations

import os
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.missions import SEEKERS, Week, done_by, mission
from tests.browser.test_axe import check
from webinar_server.live.room import Room
from webinar_server.mission.participants import Participant

ORGANISER = "Ori Olsen"
ADA, BEA, CAS, DIA = SEEKERS[:4]
MANY = 70
"""More than come at once."""


async def connected(room: Room) -> None:
    """Ada has Bea, Cas and Dia; Bea wrote her one message, Cas very many."""
    ids = {one.name: one.id for one in room.state.all(Participant)}
    for number, name in enumerate((BEA, CAS, DIA)):
        await done_by(room, ids[name], f"c{number}", "ask_contact", whom=ids[ADA], where="directory")
        await done_by(room, ids[ADA], "", "accept_contacts", requests=[f"c{number}"])
    for number in range(MANY):
        await done_by(room, ids[CAS], f"n{number:03}", "write", to=ids[ADA], text=f"Number {number}")
    await done_by(room, ids[ADA], "", "read_conversation", whom=ids[CAS], until=2_000_000_000_000)
    await done_by(room, ids[BEA], "b1", "write", to=ids[ADA], text="Shall we meet in Utrecht?")


@pytest.fixture
def week(tmp_path: pathlib.Path) -> Iterator[Week]:
    with mission(tmp_path / "data", people=2, also=connected) as week:
        yield week


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


def row(page: Page, name: str) -> Any:
    return page.locator(".talk-row").filter(has=page.get_by_role("link", name=name, exact=True))


def opened(page: Page, name: str) -> None:
    row(page, name).get_by_role("link").click()
    expect(page.locator(".talk-with h2")).to_have_text(name)


def write(page: Page, text: str) -> None:
    page.locator("#write-text").fill(text)
    page.locator("#write-text").press("Enter")
    expect(page.locator(".talk-rows .talk-text", has_text=text)).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_two_write_to_each_other(week: Week, open_page: Opener, lang: str) -> None:
    ada = open_page(week.link(ADA, f"tab=week&lang={lang}"), viewport=DESKTOP)
    tab = ada.locator(".mission-tab[data-tab=messages]")
    expect(tab.locator(".count")).to_contain_text("1")
    tab.click()
    expect(row(ada, BEA).locator(".count")).to_contain_text("1")
    picture(ada, f"list-{lang}")
    check(ada, "the list of conversations")
    opened(ada, BEA)
    expect(ada.locator(".talk-rows .talk-text")).to_have_text(["Shall we meet in Utrecht?"])
    expect(ada.locator(".talk-unread")).to_be_visible()
    expect(tab.locator(".count")).to_have_count(0)
    check(ada, "a conversation")
    bea = open_page(week.link(BEA, f"tab=messages&lang={lang}"), viewport=DESKTOP)
    opened(bea, ADA)
    write(ada, "Gladly. Monday at ten?")
    expect(bea.locator(".talk-rows .talk-text")).to_have_text(
        ["Shall we meet in Utrecht?", "Gladly. Monday at ten?"]
    )
    write(bea, "Monday at ten it is.")
    expect(ada.locator(".talk-rows .talk-text").last).to_have_text("Monday at ten it is.")
    expect(tab.locator(".count")).to_have_count(0)
    picture(ada, f"conversation-{lang}")
    # what is begun survives a reload, and the address holds the conversation
    ada.locator("#write-text").fill("One more thing")
    ada.reload()
    expect(ada.locator("#write-text")).to_have_value("One more thing")
    expect(ada.locator(".talk-rows .talk-text")).to_have_count(3)


def test_on_a_phone_it_is_one_at_a_time_and_back_leads_to_the_list(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=messages&lang=nl"), viewport=PHONE)
    expect(row(ada, BEA)).to_be_visible()
    picture(ada, "phone-list")
    check(ada, "the list on a phone")
    opened(ada, BEA)
    expect(row(ada, BEA)).to_be_hidden()
    expect(ada.locator("#write-text")).to_be_in_viewport()
    picture(ada, "phone-conversation")
    check(ada, "a conversation on a phone")
    assert ada.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ada.go_back()
    expect(row(ada, BEA)).to_be_visible()
    opened(ada, CAS)
    write(ada, "What is long is cut off, and when it was written stands beside it all the same")
    ada.locator(".talk-back").click()
    expect(row(ada, CAS).locator("time")).to_be_in_viewport(ratio=1)
    expect(row(ada, BEA)).to_be_in_viewport(ratio=1)


def test_older_messages_are_asked_for(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=messages"), viewport=DESKTOP)
    opened(ada, CAS)
    expect(ada.locator(".talk-rows .talk-text").last).to_have_text(f"Number {MANY - 1}")
    expect(ada.locator(".talk-rows .talk-text").last).to_be_in_viewport()
    expect(ada.get_by_text("Number 0", exact=True)).to_have_count(0)
    ada.locator(".talk-more button").click()
    expect(ada.locator(".talk-rows .talk-text").first).to_have_text("Number 0")
    expect(ada.locator(".talk-rows .talk-text")).to_have_count(MANY)
    expect(ada.locator(".talk-more")).to_have_count(0)


def test_what_is_not_sent_is_told_and_not_lost(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=messages"), viewport=DESKTOP)
    bea = open_page(week.link(BEA, "tab=me"), viewport=DESKTOP)
    opened(ada, BEA)
    bea.on("dialog", lambda dialog: dialog.accept())
    ada.locator("#write-text").fill("a\u202eb")
    ada.locator("#write-text").press("Enter")
    failed = ada.locator(".talk-unsent .is-failed")
    expect(failed.get_by_role("alert")).not_to_be_empty()
    expect(row(ada, BEA).locator(".talk-failed")).to_be_visible()
    check(ada, "a message that was not sent")
    picture(ada, "failed")
    ada.reload()
    expect(failed).to_have_count(1)
    failed.locator("button", has_text=re.compile("Change it")).click()
    expect(failed).to_have_count(0)
    expect(ada.locator("#write-text")).not_to_have_value("")


FAST = """() => {
  const box = document.querySelector("#write-text");
  window.seen = [];
  const composer = document.querySelector(".talk-composer");
  const look = () => window.seen.push(composer.textContent);
  new MutationObserver(look).observe(composer, { childList: true, subtree: true, characterData: true });
  for (let number = 0; number < 15; number++) {
    box.value = `Quick ${number}`;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.form.requestSubmit();
  }
}"""
"""More at once than anybody may write: no typing is as fast on a slow machine. What stands in the composer
meanwhile is noted, since seconds are over before a slow machine looks."""


def test_what_is_written_too_fast_stays_and_the_composer_counts_down(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=messages"), viewport=DESKTOP)
    opened(ada, BEA)
    box, send = ada.locator("#write-text"), ada.locator(".talk-composer button")
    ada.evaluate(FAST)
    ada.wait_for_function(
        "() => seen.some((words) => /\\d+ s/.test(words) && words.includes('A little slower'))"
    )
    box.fill("And one more thing")
    check(ada, "who writes too fast")
    picture(ada, "too-fast")
    # what was refused is there with its words, to be sent again
    expect(ada.locator(".talk-unsent .is-failed").filter(has_text="Quick 14")).to_be_visible()
    expect(send).not_to_have_text(re.compile(r"\d+ s"))
    expect(box).to_have_value("And one more thing")
    box.press("Enter")
    expect(ada.locator(".talk-rows .talk-text", has_text="And one more thing")).to_be_visible()
    expect(box).to_have_value("")


def test_a_message_is_shown_to_the_organisers_who_remove_it(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=messages"), viewport=DESKTOP)
    opened(ada, BEA)
    ada.locator(".talk-line").hover()
    ada.locator(".talk-report").press("Enter")
    dialog = ada.locator("#report-message")
    expect(dialog.locator(".report-words")).to_have_text("Shall we meet in Utrecht?")
    check(ada, "to report a message")
    picture(ada, "report")
    dialog.locator("textarea").fill("I do not want this")
    dialog.locator("[data-act=report-yes]").click()
    expect(dialog).to_be_hidden()
    expect(ada.locator(".talk-report")).to_have_count(0)
    ori = open_page(week.link(ORGANISER, "tab=programme"), viewport=DESKTOP)
    tab = ori.locator(".organise-tabs [data-tab=reported]")
    expect(tab.locator(".badge")).to_have_text("1")
    tab.click()
    shown = ori.locator(".reported-row")
    expect(shown.locator(".reported-words")).to_have_text("Shall we meet in Utrecht?")
    expect(shown).to_contain_text("I do not want this")
    check(ori, "a reported message")
    picture(ori, "reported")
    shown.locator("[data-act=remove]").click()
    ori.locator("#reported-ask .is-danger").click()
    expect(shown).to_have_count(0)
    expect(tab.locator(".badge")).to_have_count(0)
    expect(ada.locator(".talk-rows .talk-text")).to_have_count(0)
    expect(ada.locator(".talk-rows .talk-bubble")).to_have_count(1)


def test_who_is_blocked_is_gone_and_learns_nothing(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA, "tab=messages"), viewport=DESKTOP)
    bea = open_page(week.link(BEA, "tab=messages"), viewport=DESKTOP)
    opened(bea, ADA)
    opened(ada, BEA)
    ada.locator(".talk-head [data-act=block]").click()
    ada.locator("[data-act=block-yes]").click()
    expect(row(ada, BEA)).to_have_count(0)
    expect(ada.locator(".talk-rows .talk-text")).to_have_count(0)
    expect(ada.locator("#write-text")).to_have_count(0)
    write(bea, "Are you there?")
    expect(row(ada, CAS)).to_be_visible()
    expect(ada.locator(".mission-tab[data-tab=messages] .count")).to_have_count(0)


def test_in_the_hour_a_quiet_mark_says_how_many_wait(week: Week, open_page: Opener) -> None:
    ada = open_page(week.link(ADA).replace("/mission/ev-2027", "/session/depots"), viewport=DESKTOP)
    mark = ada.locator("[data-act=messages]")
    expect(mark).to_have_accessible_name("1 new private message")
    check(ada, "an hour in which a message waits")
    picture(ada, "session")
    with ada.context.expect_page() as popup:
        mark.click()
    there = popup.value
    expect(row(there, BEA)).to_be_visible()
    row(there, BEA).get_by_role("link").click()
    expect(there.locator(".talk-rows .talk-text")).to_have_count(1)
    there.close()
    expect(mark).to_have_count(0)
