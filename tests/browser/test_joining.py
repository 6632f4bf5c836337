"""A newcomer gets in: on a phone and a desk, in both languages, by keyboard alone; or gets a link back."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.joining import Door, text_of
from tests.browser.joining import door as opened_door
from tests.browser.people import between_presses
from tests.browser.test_axe import check


@pytest.fixture
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with (
        pytest.MonkeyPatch.context() as patch,
        opened_door(tmp_path_factory.mktemp("door") / "data", patch) as opened,
    ):
        yield opened


def test_by_keyboard_alone_in_dutch_on_a_phone_and_the_link_comes_by_e_mail(
    door: Door, open_page: Opener
) -> None:
    page = open_page(door.page("open"), viewport=PHONE, locale="nl-NL")
    expect(page.locator("h1")).to_have_text("Electric mobility")
    page.locator("#join-name").focus()
    page.keyboard.type("Bo Boom")
    page.keyboard.press("Tab")
    page.keyboard.type("Tulpen")
    page.keyboard.press("Tab")
    # asked, and nobody's word but one's own
    expect(page.locator("#join-kind")).to_have_value("")
    page.keyboard.press("Tab")
    page.keyboard.type("bo@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/mission/open\?as="))
    expect(page.locator("#problem")).to_have_count(0)
    text = text_of(door.mailbox.to("bo@example.org"))
    assert "Je doet mee aan Electric mobility, als Bo Boom, Tulpen: 1 t/m 5 maart 2027" in text
    link = re.search(r"http\S+#\S+", text)
    assert link is not None
    # it leads there, on a device of theirs that does not know them yet
    other = open_page(link[0], locale="nl-NL", expect_faults=True)
    expect(other.get_by_text("Bo Boom").first).to_be_visible()


def test_what_is_refused_is_said_at_its_field_with_words_to_take(door: Door, open_page: Opener) -> None:
    page = open_page(door.page("open"), viewport=PHONE, expect_faults=True)
    page.locator("#join-name").fill("Bo ✅")
    page.locator(".door-go").click()
    expect(page.locator("#join-name")).to_be_focused()
    expect(page.locator("#join-name-note")).to_have_class("error")
    page.locator(".suggested").click()
    expect(page.locator("#join-name")).to_have_value("Bo")
    page.locator("#join-email").fill("bo@nowhere")
    page.locator(".door-go").click()
    expect(page.locator("#join-email")).to_be_focused()
    check(page, "refused")


def test_an_organisation_that_may_be_meant_is_offered_and_nothing_moves(
    door: Door, open_page: Opener
) -> None:
    page = open_page(door.page("open"))
    page.locator("#join-organisation").fill("Voltlin")
    place = page.locator("#join-email").bounding_box()
    page.locator("#join-organisation").press("Tab")
    offer = page.locator(".join-alike button")
    expect(offer).to_have_text("Voltline B.V.")
    assert page.locator("#join-email").bounding_box() == place
    expect(page.locator("#join-organisation")).to_have_value("Voltlin")
    offer.click()
    expect(page.locator("#join-organisation")).to_have_value("Voltline B.V.")
    expect(offer).to_have_count(0)


def test_words_outlive_a_reload_and_another_language(door: Door, open_page: Opener) -> None:
    page = open_page(door.page("open"))
    page.locator("#join-name").fill("Bo Boom")
    page.locator("#join-kind").select_option("knowledge")
    page.reload()
    expect(page.locator("#join-name")).to_have_value("Bo Boom")
    expect(page.locator("#join-kind")).to_have_value("knowledge")
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator(".door-go")).to_have_text("Meedoen")
    expect(page.locator("#join-name")).to_have_value("Bo Boom")


def test_with_a_code_it_takes_the_code(door: Door, open_page: Opener) -> None:
    page = open_page(door.page("code"), expect_faults=True)
    page.locator("#join-name").fill("Cem Cetin")
    page.locator("#join-code").fill("volt2028")
    page.locator(".door-go").click()
    expect(page.locator("#join-code")).to_be_focused()
    page.locator("#join-code").fill("VOLT 2027")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/mission/code\?as="))


@pytest.mark.parametrize("email", ["dee@example.org", "ada@example.org"])
def test_with_approval_one_is_told_what_comes_next_whoever_has_that_address(
    door: Door, open_page: Opener, email: str
) -> None:
    page = open_page(door.page("approval"), viewport=PHONE, expect_faults=True)
    page.locator("#join-name").fill("Dee Dee")
    page.locator(".door-go").click()
    expect(page.locator("#join-email")).to_be_focused()
    page.locator("#join-email").fill(email)
    page.locator(".door-go").click()
    told = page.get_by_role("heading", name="Your application is with the organisers")
    expect(told).to_be_focused()
    page.reload()
    expect(told).to_be_visible()
    letter = door.mailbox.to(email)
    assert ("#" in text_of(letter)) == (email == "ada@example.org")


@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
def test_a_lost_link_is_asked_for_and_answered_alike(door: Door, open_page: Opener, email: str) -> None:
    page = open_page(door.page("invited"), viewport=PHONE)
    expect(page.get_by_role("heading", name="This mission is by invitation")).to_be_visible()
    page.get_by_role("button", name="Send me my link").click()
    page.locator("#lost-email").fill(email)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_focused()
    if email == "ada@example.org":
        door.mailbox.to(email, about="/mission/invited#")


def test_a_link_after_its_end_says_how_to_get_another(door: Door, open_page: Opener) -> None:
    page = open_page(door.page("open", "#no.such-token"), expect_faults=True)
    page.locator("#problem a[href$='/join#lost']").click()
    expect(page.locator("#lost-email")).to_be_visible()


def test_a_link_pasted_where_it_is_asked_for_lets_in(door: Door, open_page: Opener) -> None:
    page = open_page(door.page("open", ""), expect_faults=True)
    expect(page.locator("#problem")).to_be_visible()
    link = door.adas("open")
    page.evaluate("link => void (location.href = link)", link)
    expect(page.locator("#problem")).to_have_count(0)
    expect(page.locator("[aria-current=page]").first).to_be_visible()


@pytest.mark.parametrize("locale", ["en-GB", "nl-NL"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_there_is_nothing_for_axe_to_find(
    door: Door, open_page: Opener, locale: str, viewport: dict[str, int]
) -> None:
    see: Callable[[str], Page] = lambda where: open_page(where, viewport=viewport, locale=locale)  # noqa: E731
    for way in ("open", "code", "approval", "invited"):
        page = see(door.page(way))
        expect(page.locator("h2")).to_be_visible()
        check(page, way)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
    check(see(door.page("open", "/join#lost")), "lost")
    check(see(door.page("open", "/letters/x")), "stop")


def test_who_wants_no_more_letters_says_so_by_a_letter_and_takes_it_back_on_their_page(
    door: Door, open_page: Opener
) -> None:
    page = open_page(door.page("open", f"/letters/{door.stop('open')}"))
    page.get_by_role("button", name="No more letters").press("Enter")
    expect(page.get_by_role("heading", name="You get no more such letters")).to_be_visible()
    mine = open_page(door.adas("open").replace("#", "?tab=me#"))
    switch = mine.get_by_role("switch", name="Reminders and news by e-mail")
    expect(switch).not_to_be_checked()
    switch.press("Space")
    expect(switch).to_be_checked()
    waiting = mine.get_by_role("switch", name="Messages that wait for you")
    expect(waiting).to_be_checked()
    between_presses(mine)
    waiting.press("Space")
    expect(waiting).not_to_be_checked()
    mine.reload()
    expect(waiting).not_to_be_checked()
    expect(mine.get_by_role("switch", name="Meetings that somebody proposes")).to_be_checked()
    expect(switch).to_be_checked()
    check(mine, "letters that are wanted")
    if folder := os.environ.get("PICTURES"):
        mine.get_by_role("switch", name="Meetings that somebody proposes").scroll_into_view_if_needed()
        mine.screenshot(path=f"{folder}/letters.png")
