"""The post on the organisers' page: what goes out, what does not and why; and links by hand without it."""

from __future__ import annotations

import json
import pathlib

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener
from tests.browser.joining import door, text_of
from tests.browser.test_axe import check


def post(link: str, open_page: Opener, **how: object) -> Page:
    path, _, token = link.partition("#")
    page = open_page(f"{path}?tab=post#{token}", **how)  # type: ignore[arg-type]
    expect(page.locator("#place-post h2")).to_be_visible()
    return page


def test_letters_go_out_and_one_that_is_refused_says_why_and_goes_again(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, open_page: Opener
) -> None:
    with door(tmp_path / "data", monkeypatch) as opened:
        page = post(opened.organiser("invited"), open_page)
        opened.mailbox.refuses.add("ada@example.org")
        page.locator("[data-act=invite]").click()
        dialog = page.locator("dialog[open]")
        # how many it will be is said before
        expect(dialog.get_by_role("heading")).to_contain_text("Send 1 invitation?")
        dialog.get_by_role("button", name="Send").click()
        letter = page.locator(".letter")
        expect(letter).to_contain_text("550 5.1.1 no such user here")
        expect(letter.locator(".badge")).to_have_text("failed")
        page.locator("#toasts button").first.click()
        expect(page.locator("#toasts li")).to_have_count(0)
        check(page, "a letter failed")
        # whose address is wrong is corrected where that is seen
        letter.get_by_role("button", name="Correct").click()
        page.locator("#card-form [name=email]").fill("ada.devries@example.org")
        # countries and languages go by their names
        page.locator("#card-form [name=country]").select_option(label="Belgium")
        page.locator("#card-form [name=languages]").fill("Engels, Dutch")
        page.locator("#card-form .is-primary").click()
        expect(letter).to_contain_text("ada.devries@example.org")
        letter.get_by_role("button", name="Correct").click()
        expect(page.locator("#card-form [name=languages]")).to_have_value("English, Dutch")
        expect(page.locator("#card-form [name=country]")).to_have_value("BE")
        page.locator("#card-form").get_by_role("button", name="Cancel").click()
        letter.get_by_role("button", name="Send again to Ada de Vries").press("Enter")
        expect(letter.locator(".badge")).to_have_text("sent")
        assert "You are invited" in text_of(opened.mailbox.to("ada.devries@example.org"))
        expect(page.locator("#place-post .tally").first).to_have_text("1 sent · 0 waiting · 0 failed")


def test_the_letter_to_a_host_who_is_invited_as_they_are_named_waits_for_the_session(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, open_page: Opener
) -> None:
    sent: list[str] = []

    def listens(page: Page) -> None:
        page.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame))))

    with door(tmp_path / "data", monkeypatch) as opened:
        path, _, token = opened.organiser("invited").partition("#")
        page = open_page(f"{path}?tab=programme#{token}", before=listens)
        page.locator("#place-programme .is-primary").first.click()
        page.locator("#slot-form [name=title]").fill("Depots at night")
        page.locator("#slot-form [name=hosts]").fill("Zoë van den Berg")
        page.locator("#slot-form .picker-found [role=option]").last.click()
        page.locator("#invite [name=email]").fill("zoe@example.org")
        page.keyboard.press("Enter")
        expect(page.locator("#slot-form .chip")).to_contain_text("Zoë van den Berg")
        page.locator("#slot-form .is-primary").click()
        expect(page.locator(".slot-people")).to_contain_text("Zoë van den Berg")
    asked = [json.loads(frame) for frame in sent if "send_letters" in frame]
    assert [one["args"]["naming"] for one in asked] == [True]


@pytest.mark.parametrize(("viewport", "locale"), [(DESKTOP, "en-GB"), (PHONE, "nl-NL")], ids=["en", "nl"])
def test_without_a_mail_server_links_are_given_by_hand(
    tmp_path: pathlib.Path,
    monkeypatch: pytest.MonkeyPatch,
    open_page: Opener,
    viewport: dict[str, int],
    locale: str,
) -> None:
    with door(tmp_path / "data", monkeypatch, posts=False) as opened:
        page = post(opened.organiser("open"), open_page, viewport=viewport, locale=locale)
        note = page.locator(".letter-note")
        expect(note).to_be_visible()
        expect(page.locator("[data-act=invite]")).to_have_count(0)
        # nor does anything speak of a button that is not there
        expect(page.locator("#place-post .empty")).to_have_count(0)
        with page.expect_download() as download:
            note.get_by_role("link").click()
        lines = pathlib.Path(download.value.path()).read_text("utf-8-sig").splitlines()
        assert any("ada@example.org" in line and "/mission/open#" in line for line in lines)
        check(page, "no mail server")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_an_announcement_goes_by_e_mail_where_an_organiser_says_so(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, open_page: Opener
) -> None:
    with door(tmp_path / "data", monkeypatch) as opened:
        path, _, token = opened.organiser("open").partition("#")
        page = open_page(f"{path}?tab=announcements#{token}")
        page.locator("#place-announcements textarea").fill("Lunch at noon.")
        page.locator("#place-announcements .is-primary").press("Enter")
        page.locator("[data-act=mail]").click()
        page.locator("dialog[open]").get_by_role("button", name="Send").click()
        letter = opened.mailbox.to("ada@example.org")
        assert "Lunch at noon." in text_of(letter) and letter["List-Unsubscribe"]
        page.reload()
        # known only after the list is drawn
        expect(page.locator("[data-act=mail]")).to_be_visible()
