"""What waits for organisers is seen wherever they are, and nothing half said is dropped in silence."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.organise import Organised, opened, organised, to

__all__ = ["organised"]

VIDEO = "https://youtu.be/dQw4w9WgXcQ"


def test_who_asks_to_take_part_is_counted_on_every_tab_and_in_the_title(
    organised: Organised, open_page: Opener
) -> None:
    page = opened(organised, open_page, "settings")
    tab = page.locator("[data-tab=people]")
    expect(tab.locator(".badge")).to_have_text("2")
    expect(tab).to_have_accessible_name("People , 2 people ask to take part")
    expect(page).to_have_title(re.compile(r"^\(2\) "))
    to(page, "people").locator("[data-act=admit]").first.click()
    expect(tab.locator(".badge")).to_have_text("1")
    page.locator("[data-act=admit]").first.click()
    expect(tab.locator(".badge")).to_have_count(0)
    expect(page).not_to_have_title(re.compile(r"^\("))


def test_a_name_that_is_typed_and_not_chosen_is_told_of_and_kept(
    organised: Organised, open_page: Opener
) -> None:
    organised.plan("Opening", "2027-03-12T17:00")
    page = opened(organised, open_page, "programme")
    page.locator(".slot-title", has_text="Opening").click()
    for field in ("hosts", "speakers"):
        words = page.locator(f"#slot-form [name={field}]")
        words.fill("Somebody Else")
        page.locator("#slot-form .is-primary").click()
        expect(page.locator("#slot-form .error")).to_contain_text("Somebody Else")
        expect(words).to_be_focused()
        expect(words).to_have_value("Somebody Else")
        words.fill("")
    page.locator("#slot-form .is-primary").click()
    expect(page.locator("#slot-form")).to_be_hidden()


def test_a_video_of_a_slot_is_checked_kept_and_its_hosts_have_a_badge(
    organised: Organised, open_page: Opener
) -> None:
    ori = organised.call("people?role=organiser")["people"][0]["id"]
    organised.plan("Opening", "2027-03-12T17:00", hosts=[ori])
    page = opened(organised, open_page, "programme")
    page.locator(".slot-title", has_text="Opening").click()
    video = page.locator("#slot-form [name=video]")
    video.fill("https://vimeo.com/123456")
    page.locator("#slot-form .is-primary").click()
    expect(page.locator("#slot-form .error")).to_contain_text("does not let its pages")
    video.fill(VIDEO)
    page.locator("#slot-form .is-primary").click()
    expect(page.locator("#slot-form")).to_be_hidden()
    page.locator(".slot-title", has_text="Opening").click()
    expect(video).to_have_value(VIDEO)
    page.keyboard.press("Escape")
    to(page, "people")
    expect(page.locator(".person", has_text="Ori").locator(".badge", has_text="Host")).to_be_visible()


def test_pasted_words_that_are_nobody_are_refused_with_their_line(
    organised: Organised, open_page: Opener
) -> None:
    page = opened(organised, open_page, "people")
    page.locator("[data-act=many]").click()
    pasted = page.locator("#place-people [name=people]")
    pasted.fill("hello")
    page.locator(".paste .is-primary").click()
    expect(page.locator(".left-out")).to_contain_text("Line 1: hello")
    expect(page.locator(".person")).to_have_count(3)
    pasted.fill("Name, E-mail\nAda, ada@example.org\nhello")
    page.locator(".paste .is-primary").click()
    expect(page.locator(".left-out")).to_contain_text("Line 3: hello")
    expect(pasted).to_have_value("hello")
    expect(page.locator(".person")).to_have_count(4)


def test_without_a_mail_server_a_letter_is_told_by_hand_and_put_aside(
    organised: Organised, open_page: Opener
) -> None:
    page = opened(organised, open_page, "post")
    letters = page.locator(".letter")
    expect(letters).to_have_count(2)
    expect(page.locator("#place-post .tally").first).to_have_text("2 letters are not sent")
    expect(letters.first.locator(".badge")).to_have_text("not sent")
    letters.first.locator("[data-act=decide]").click()
    page.locator(".person", has_text="Cem").locator("[data-act=admit]").click()
    expect(page.locator(".person")).to_have_count(1)
    to(page, "post")
    # what was said before the decision stands no more
    cem = page.locator(".letter", has_text="Cem")
    expect(cem).to_contain_text("Admission")
    cem.locator("[data-act=link]").click()
    expect(cem.locator("input")).to_have_value(re.compile(r"/mission/ev-2027#"))
    cem.locator("[data-act=told]").click()
    expect(cem).to_have_count(0)
    page.locator("[data-act=told_all]").click()
    page.locator("#post-ask .sure [type=submit]").click()
    expect(letters).to_have_count(0)


def test_no_field_of_an_organiser_takes_more_than_may_stand_there(
    organised: Organised, open_page: Opener
) -> None:
    organised.plan("Opening", "2027-03-12T17:00")
    page = opened(organised, open_page, "programme")

    def unlimited() -> list[str]:
        """Fields for words that have no end."""
        return page.evaluate(
            """() => [...document.querySelectorAll("input:not([readonly]), textarea:not([readonly])")]
              .filter((one) => ["text", "search", "url", "email", "tel", "textarea"].includes(one.type))
              .filter((one) => one.maxLength < 1).map((one) => one.name || one.id)"""
        )

    page.locator(".slot-title", has_text="Opening").click()
    expect(page.locator("#slot-form [name=title]")).to_be_visible()
    assert unlimited() == []
    page.keyboard.press("Escape")
    page.locator("#place-programme [data-act=plan]").click()
    expect(page.locator("#slot-form [name=session]")).to_be_attached()
    assert unlimited() == []
    page.keyboard.press("Escape")
    to(page, "people").locator("[data-act=many]").click()
    for tab in ("settings", "announcements", "guide"):
        to(page, tab)
        assert unlimited() == []


def test_the_guide_says_that_it_was_looked_at_once_it_was(organised: Organised, open_page: Opener) -> None:
    organised.plan("Opening", "2027-03-12T17:00")
    page = opened(organised, open_page, "guide")
    look = page.locator("[data-step=look]")
    expect(look).not_to_have_class(re.compile("is-done"))
    # hosts: a name that nobody was chosen by holds up
    page.locator("[data-step=hosts] .guide-head").click()
    page.locator("[data-step=hosts] [name=hosts]").fill("Ori")
    page.locator("[data-step=hosts] [role=option]", has_text="Ori Olsen").click()
    page.locator("[data-step=hosts] [name=hosts]").fill("Somebody Else")
    page.locator("[data-step=hosts] [data-act=next]").click()
    expect(page.locator("[data-step=hosts] .error")).to_contain_text("Somebody Else")
    look.locator(".guide-head").click()
    with page.context.expect_page() as theirs:
        look.locator("a").first.click()
    theirs.value.close()
    expect(look).to_have_class(re.compile("is-done"))
    page.reload()
    expect(page.locator("[data-step=look]")).to_have_class(re.compile("is-done"))
