"""My data to read: every section of the file is on the page, each says where it is changed, and it prints."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener, opening
from tests.browser.missions import Week, done_by, mission
from tests.browser.test_axe import check
from webinar_server.live.room import Room
from webinar_server.mission.participants import Participant

WORDS = {
    "en-GB": ("Read my data", "Print", "ask the organisers", "You change this yourself", "Back to Me"),
    "nl-NL": ("Lees mijn gegevens", "Afdrukken", "de organisatie", "Dit wijzig je zelf", "Terug naar Ik"),
}


async def lived(room: Room) -> None:
    """Ada was asked, wrote and was met."""
    by_name = {one.name: one.id for one in room.state.all(Participant)}
    ada, bea, cas = (by_name[name] for name in ("Ada Vries", "Bea Smit", "Cas Bos"))
    await done_by(room, ada, "c1", "ask_contact", where="directory", whom=bea, reason="Depots in Delft")
    await done_by(room, bea, "c2", "accept_contacts", requests=["c1"])
    await done_by(room, cas, "c3", "ask_contact", where="directory", whom=ada, reason="Your pitch")
    await done_by(room, ada, "m1", "write", to=bea, text="Shall we meet at the ferry?")
    await done_by(room, ada, "t1", "turn", switch="present", on=False)


@pytest.fixture
def week(tmp_path: pathlib.Path) -> Iterator[Week]:
    with mission(tmp_path / "data", people=5, also=lived) as week:
        yield week


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    with opening(browser) as opened:
        yield opened


def file_of(page: Page) -> Any:
    address = page.get_by_role("link", name="Download").get_attribute("href")
    return page.evaluate("(address) => fetch(address).then((answer) => answer.json())", address)


def words_of(told: Any) -> Iterator[str]:
    """What people wrote themselves, whatever it stands in."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield from [value] if name in ("text", "reason", "name", "title") and value else words_of(value)
    elif isinstance(told, list):
        for value in told:
            yield from words_of(value)


@pytest.mark.parametrize(
    ("locale", "viewport"), [("en-GB", DESKTOP), ("nl-NL", PHONE)], ids=["en-desktop", "nl-phone"]
)
def test_all_that_the_file_has_is_on_the_page_with_where_it_is_changed(
    week: Week, open_page: Opener, locale: str, viewport: dict[str, int]
) -> None:
    read, printed, asked, changed, back = WORDS[locale]
    page = open_page(week.link("Ada Vries"), locale=locale, viewport=viewport)
    # the page says in its address who one is, once it knows
    page.wait_for_url("**as=*")
    home = page.url
    page.get_by_role("link", name=re.compile("^Enter|^Naar binnen")).click()
    page.get_by_role("tab", name=re.compile("^People|^Mensen")).click()
    # the session knows that she came
    expect(page.locator(".people")).to_contain_text("Ada Vries")
    page.goto(f"{home}&tab=me")
    page.get_by_role("link", name=read).wait_for()
    told = file_of(page)
    assert {"person", "visit"} <= set(told["sessions"][0]["records"])
    assert {"participant", "consent", "lead", "request", "private_message"} <= set(told["records"])
    page.get_by_role("link", name=read).click()
    data = page.locator(".my-data")
    expect(data.get_by_role("button", name=printed)).to_be_visible()
    sections = data.locator("[data-kind]")
    wanted = [*told["records"], *(kind for one in told["sessions"] for kind in one["records"])]
    assert sorted(str(one.get_attribute("data-kind")) for one in sections.all()) == sorted(wanted)
    assert sections.first.get_attribute("data-kind") == "participant"
    for one in sections.all():
        kind = one.get_attribute("data-kind")
        assert any(way in one.inner_text() for way in (asked, changed)), kind
    for kind, records in told["records"].items():
        section = data.locator(f"[data-kind={kind}]").first
        assert section.locator("> dl").count() == len(records), kind
        shown = [dl.locator("> div").count() for dl in section.locator("> dl").all()]
        assert sorted(shown) == sorted(len(record) for record in records), kind
    text = data.inner_text()
    assert [said for said in words_of([told["records"], told["sessions"]]) if said not in text] == []
    assert "mine." not in text, "a word is missing"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check(page, "my data")
    page.emulate_media(media="print")
    expect(page.locator(".mission-top")).to_be_hidden()
    expect(data).to_be_visible()
    page.emulate_media(media="screen")
    data.get_by_role("link", name=back).click()
    expect(page.get_by_role("link", name=read)).to_be_visible()
