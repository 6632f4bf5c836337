"""Asked on stage: who notices somebody asks for contact with one press, and takes it back with the same;
whoever asked is told after their moment, of all as one."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Opener
from tests.browser.people import ask, between_presses, press, say, tab
from tests.browser.test_axe import check
from tests.browser.week import Guest, Week, week

QUESTION = "What did the grid connection of your depot cost?"
ADA, BEN, CAS, DIA = "Ada Vries", "Ben Bos", "Cas Mol", "Dia Kok"
PEOPLE = (
    Guest(ADA, {"organisation": "Voltline", "kind": "sme", "country": "NL", "seeks": ["Depot charging"]}),
    Guest(BEN, {"organisation": "Depot Partners", "country": "US", "offers": ["Depot charging"]}),
    Guest(CAS, {"organisation": "Gemeente Waterdrecht", "country": "NL"}),
    Guest(DIA, {"organisation": "Pacific Mobility", "country": "US"}),
)


@pytest.fixture
def today(tmp_path: pathlib.Path) -> Iterator[Week]:
    with week(tmp_path / "data", PEOPLE) as found:
        yield found


def tap_of(page: Page) -> Locator:
    return page.locator(".spotlight .talk-tap button")


def live(today: Week, open_page: Opener, shown: str = "With my name") -> tuple[Page, Page]:
    """A host and Ada, whose question is live."""
    host = open_page(today.link("Hal Host", "host"))
    ada = open_page(today.link(ADA))
    ask(ada, QUESTION, shown)
    press(host, QUESTION, "spotlight")
    expect(ada.locator(".spotlight")).to_be_visible()
    return host, ada


def test_one_press_asks_and_the_same_takes_it_back(today: Week, open_page: Opener) -> None:
    host, ada = live(today, open_page)
    for page, words in (
        (open_page(today.link(BEN)), ("I'd like to talk to you", "Asked. Take it back", "Asked, until")),
        (
            open_page(today.link(CAS), viewport=PHONE, locale="nl-NL"),
            ("Ik wil je graag spreken", "Gevraagd. Neem terug", "Gevraagd, tot"),
        ),
    ):
        expect(tap_of(page)).to_contain_text(words[0])
        check(page, "who is live can be asked")
        tap_of(page).click()
        expect(tap_of(page)).to_contain_text(words[1])
        check(page, "who is live was asked")
        between_presses(page)
        tap_of(page).focus()
        page.keyboard.press("Enter")
        expect(tap_of(page)).to_contain_text(words[0])
        between_presses(page)
        page.keyboard.press("Enter")
        expect(tap_of(page)).to_contain_text(words[2])
        expect(tap_of(page)).to_be_focused()
        check(page, "it stands as asked")
    # nobody asks themselves, and the picture is the asker's own
    expect(ada.locator(".talk-tap")).to_have_count(0)
    host.locator(".now [data-act=answer]").click()
    ben = open_page(today.link(DIA))
    rail = ben.locator(".asked .talk-tap button")
    expect(rail).to_have_accessible_name(f"I'd like to talk to you: {ADA}")
    rail.click()
    expect(ben.locator(".asked .talk-tap")).to_have_attribute("data-what", "fresh")
    check(ben, "who has just asked was asked")


def test_whoever_asked_for_their_organisation_can_be_asked_and_who_did_anonymously_cannot(
    today: Week, open_page: Opener
) -> None:
    host, ada = live(today, open_page, "Organisation only")
    ben = open_page(today.link(BEN))
    expect(tap_of(ben)).to_be_visible()
    tap_of(ben).click()
    expect(ben.locator(".talk-tap")).to_have_attribute("data-what", "fresh")
    assert ADA not in ben.locator("body").inner_text()
    ask(ada, "And who may connect first?", "Anonymous")
    host.locator(".now [data-act=answer]").click()
    press(host, "And who may connect first?", "spotlight")
    expect(ben.locator(".spotlight")).to_contain_text("And who may connect first?")
    expect(tap_of(ben)).to_have_count(0)


def test_a_name_in_the_chat_and_among_the_people_asks_with_a_reason_that_is_ready(
    today: Week, open_page: Opener
) -> None:
    ada = open_page(today.link(ADA))
    ben = open_page(today.link(BEN))
    say(ben, "We build depots in Oakland.")
    tab(ada, "Chat")
    ada.locator(".messages [data-card]").first.click()
    talk = ada.locator("dialog .talk")
    expect(talk.locator("q")).to_contain_text("You offer Depot charging")
    check(ada, "a card from which somebody can be asked")
    talk.get_by_role("button", name="Another reason").click()
    asking = ada.locator("dialog#ask-contact")
    expect(asking).to_contain_text("About what you wrote in ‘Depots’")
    asking.get_by_role("textbox").fill("Do you work in Utrecht, too?")
    asking.get_by_role("button", name="Ask for contact").click()
    expect(asking).to_be_hidden()
    expect(talk).to_contain_text("Do you work in Utrecht, too?")
    expect(talk).to_have_attribute("data-what", "fresh")
    between_presses(ada)
    talk.get_by_role("button").click()
    expect(talk).to_have_attribute("data-what", "open")
    ada.keyboard.press("Escape")
    tab(ada, "People")
    ada.locator(".people [data-card]").filter(has_text=BEN).click()
    talk.get_by_role("button", name="I'd like to talk to you").click()
    expect(talk).to_have_attribute("data-what", "fresh")


def test_whoever_is_live_is_told_of_all_as_one_after_it_and_answers_in_the_hour(
    today: Week, open_page: Opener
) -> None:
    host, ada = live(today, open_page)
    ada.mouse.move(640, 880)
    others = {
        BEN: open_page(today.link(BEN)),
        CAS: open_page(today.link(CAS), viewport=PHONE, locale="nl-NL", dark=True),
        DIA: open_page(today.link(DIA)),
    }
    for page in others.values():
        tap_of(page).click()
        expect(page.locator(".talk-tap")).not_to_have_attribute("data-what", "open")
    expect(ada.locator(".arrived-card")).to_have_count(0)
    expect(ada.locator(".arrived-open")).to_have_count(0)
    host.locator(".now [data-act=answer]").click()
    card = ada.locator(".arrived-card")
    expect(card).to_contain_text("3 people want to talk to you about your question")
    assert ada.evaluate("!document.activeElement.closest('.arrived, .arrived-open')"), "it took no focus"
    check(ada, "told after the moment")
    card.get_by_role("button", name="Not now").click()
    expect(card).to_be_hidden()
    way = ada.get_by_role("button", name="3 people want to talk to you", exact=True)
    way.focus()
    ada.keyboard.press("Enter")
    rows = ada.locator("#requests .request")
    expect(rows).to_have_count(3)
    expect(rows.first.locator("q")).to_have_text(f"About your question: {QUESTION}")
    check(ada, "who wants to talk to me")
    for name in (BEN, CAS):
        rows.filter(has_text=name).locator("[data-act=accept]").click()
        expect(rows.filter(has_text=name)).to_contain_text("Accepted")
        between_presses(ada)
    rows.filter(has_text=DIA).locator("[data-act=decline]").click()
    between_presses(ada)
    rows.filter(has_text=DIA).locator("[data-act=decline-yes]").click()
    expect(rows.filter(has_text=DIA)).to_contain_text("They are not told")
    ada.keyboard.press("Escape")
    expect(ada.locator(".arrived-open")).to_have_count(0)
    for name, said in ((BEN, "You have each other’s contact"), (CAS, "Jullie hebben elkaars contact")):
        page = others[name]
        expect(page.locator(".asked .talk-tap")).to_have_attribute("data-what", "connected")
        expect(page.locator(".asked .talk-tap button")).to_have_attribute("title", f"{said}.")
    expect(others[DIA].locator(".asked .talk-tap")).to_have_attribute("data-what", re.compile("fresh|asked"))


def test_nobody_who_is_writing_is_spoken_over_on_a_phone_in_dutch(today: Week, open_page: Opener) -> None:
    host = open_page(today.link("Hal Host", "host"))
    cas = open_page(today.link(CAS), viewport=PHONE, locale="nl-NL")
    box = cas.locator("#say")
    box.fill("een halve gedach")
    ada = open_page(today.link(ADA))
    tab(ada, "People")
    ada.locator(".people [data-card]").filter(has_text=CAS).click()
    ada.locator(".talk [data-act=talk]").click()
    way = cas.locator(".arrived-open")
    expect(way).to_have_accessible_name("1 persoon wil je spreken")
    expect(cas.locator(".arrived-card")).to_have_count(0)
    expect(box).to_be_focused()
    box.fill("")
    card = cas.locator(".arrived-card")
    expect(card).to_contain_text("1 persoon wil je spreken")
    expect(box).to_be_focused()
    check(cas, "iemand wil je spreken")
    card.get_by_role("button", name="Bekijk wie").click()
    expect(cas.locator("#requests .request")).to_contain_text(ADA)
    check(cas, "wie je wil spreken")
    cas.locator("#requests [data-act=later]").click()
    expect(cas.locator("#requests .request")).to_contain_text("Uitgesteld")
    assert host.locator("body").inner_text().count("spreken") == 0


def test_a_host_asks_from_a_card_and_is_shown_nothing_of_what_others_ask(
    today: Week, open_page: Opener
) -> None:
    host, ada = live(today, open_page)
    ben = open_page(today.link(BEN))
    tap_of(ben).click()
    expect(ben.locator(".talk-tap")).to_have_attribute("data-what", "fresh")
    host.locator(".now-who [data-card]").click()
    talk = host.locator("dialog .talk")
    expect(talk.locator("q")).to_have_text(f"About your question: {QUESTION}")
    check(host, "a card from which a host asks")
    talk.get_by_role("button", name="I'd like to talk to you").click()
    expect(talk).to_contain_text("Asked. Take it back")
    expect(talk).to_contain_text("Asked, until")
    host.keyboard.press("Escape")
    host.locator(".now [data-act=answer]").click()
    expect(ada.locator(".arrived-card")).to_contain_text("2 people want to talk to you about your question")
    assert "want to talk" not in host.locator("body").inner_text()
