"""A session of a mission: whom to greet and why, cards that know the week, the way back and on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Opener, opening, until
from tests.browser.people import between_presses, close_session, let_go, tab
from tests.browser.test_axe import check
from tests.browser.test_hosts_hour import DESK, WHOLE
from tests.browser.week import TODAY, Did, Guest, Week, week

VOLTLINE = {"organisation": "Voltline B.V.", "kind": "sme", "country": "NL"}
PEOPLE = [
    Guest("Ana Vermeer", VOLTLINE | {"offers": ["Depot charging"], "place": "Utrecht"}, Did(greeted=True)),
    Guest("Ben Smit", VOLTLINE),
    Guest(
        "Cem Demir", {"organisation": "City of Oakland", "kind": "local", "country": "US"}, Did(asked=True)
    ),
    Guest("Dee Jones", {"organisation": "Delft University", "kind": "knowledge", "country": "NL"}),
    *(Guest(f"Guest {at}", {"organisation": f"Company {at}", "kind": "sme"}, Did()) for at in range(8)),
]


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    with week(tmp_path_factory.mktemp("week") / "data", PEOPLE) as made:
        yield made


@pytest.fixture(scope="module")
def there(browser: Browser, mission: Week) -> Iterator[dict[str, Page]]:
    """Everybody in the session, hosts and audience, by their names."""
    with opening(browser) as opened:
        pages = {guest.name: opened(mission.link(guest.name)) for guest in PEOPLE}
        for page in pages.values():
            expect(page.get_by_role("tab", name="Chat")).to_be_visible()
        pages["Hal Host"] = opened(mission.link("Hal Host", "host"), viewport=DESK)
        expect(pages["Hal Host"].locator(".arrival")).to_have_count(len(PEOPLE))
        yield pages


def names(host: Page) -> list[str]:
    return [name.strip() for name in host.locator(".arrival [data-card]").all_inner_texts()]


def why(host: Page, name: str) -> str:
    called = host.locator("[data-card]", has_text=name)
    return (
        host.locator(".arrival").filter(has=called).locator(".arrival-why").first.get_attribute("title") or ""
    )


def test_whom_to_greet_next_stands_first_and_each_row_says_why(mission: Week, there: dict[str, Page]) -> None:
    host = there["Hal Host"]
    let_go(host)
    order = names(host)
    assert set(order[:2]) == {"Ben Smit", "Dee Jones"}, "newcomers whom nobody greeted"
    assert order[-1] == "Ana Vermeer", "who was greeted this week comes last"
    assert why(host, "Ben Smit").startswith("Colleague of Ana, whom you greeted on ")
    assert why(host, "Dee Jones").startswith("First time this week")
    assert why(host, "Cem Demir").startswith("Not greeted yet · Second time this week · Asked on ")
    assert why(host, "Ana Vermeer").startswith("You greeted them on ")
    between_presses(host)
    before = mission.server.position(TODAY)
    host.keyboard.press("g")
    expect(host.locator(".arrival.is-greeted")).to_have_count(0)
    expect(host.locator(".toast", has_text=f"Greeted: {order[0]}")).to_be_visible()
    until(lambda: mission.server.position(TODAY) > before, "it is done, so that it can be undone")
    between_presses(host)
    host.keyboard.press("u")
    let_go(host)
    expect(host.locator(".arrival")).to_have_count(len(PEOPLE))


def test_the_order_can_be_another_and_rows_are_as_high_as_ever(there: dict[str, Page]) -> None:
    host = there["Hal Host"]
    let_go(host)
    heights = set(host.locator(".arrival").evaluate_all("rows => rows.map((row) => row.offsetHeight)"))
    assert heights == {46}
    assert host.evaluate(WHOLE, ".arrival") >= 8
    host.get_by_role("button", name="Whom to greet next").click()
    expect(host.get_by_role("button", name="Newest first")).to_be_visible()
    between_presses(host)
    host.get_by_role("button", name="Newest first").click()
    between_presses(host)
    let_go(host)
    assert names(host)[0] == PEOPLE[0].name, "in order of arrival"
    host.get_by_role("button", name="In order of arrival").click()
    expect(host.get_by_role("button", name="Whom to greet next")).to_be_visible()


def test_hosts_see_the_week_on_a_card_and_nobody_else_does(there: dict[str, Page]) -> None:
    host = there["Hal Host"]
    let_go(host)
    host.locator(".arrival [data-card]").filter(has_text="Cem Demir").click()
    card = host.get_by_role("dialog")
    expect(card.get_by_role("heading", name="This week")).to_be_visible()
    expect(card).to_contain_text("The grid")
    check(host, "a card with a week")
    host.keyboard.press("Escape")
    page = there["Ben Smit"]
    tab(page, "People")
    page.locator(".people [data-card]").filter(has_text="Ana Vermeer").click()
    card = page.get_by_role("dialog")
    expect(card.get_by_text("Depot charging")).to_be_visible()
    expect(card.get_by_text("Utrecht")).to_be_visible()
    assert card.get_by_role("heading", name="This week").count() == 0
    page.keyboard.press("Escape")


def test_organisers_see_the_week_in_numbers(mission: Week, open_page: Opener, there: dict[str, Page]) -> None:
    report = mission.link("Ori Olsen", "organise", "ev-2027").replace("#", "?tab=history#")
    page = open_page(report, expect_faults=True)
    sums = page.locator(".report-sums")
    expect(sums).to_contain_text("Were greeted")
    told = sums.locator("dd").all_inner_texts()
    # in fives: of twelve ten are told, and nothing of the one who was greeted
    assert [number.split()[0] for number in told[:4]] == ["12", "10", "too", "too"]
    row = page.get_by_role("row").filter(has_text="The grid")
    expect(row).to_contain_text("10 too few")
    check(page, "the week in numbers")
    assert not any(guest.name in page.locator("#place-history").inner_text() for guest in PEOPLE)


def test_at_the_end_stands_what_comes_next_and_the_way_back_to_the_week(
    mission: Week, open_page: Opener, there: dict[str, Page]
) -> None:
    # she is there already, so whoever opens her link on another device is asked
    page = open_page(mission.link("Ana Vermeer"), viewport=PHONE, locale="nl-NL", expect_faults=True)
    page.get_by_role("button", name="Ja, ik ben Ana Vermeer").click()
    back = page.get_by_role("link", name="Deze week")
    expect(back.first).to_have_attribute("href", re.compile(r"/mission/ev-2027\?as=\w+"))
    # who leaves a session does not leave the week
    page.get_by_role("button", name="Vertrekken").click()
    page.get_by_role("link", name="Terug naar deze week").click()
    expect(page).to_have_url(re.compile(r"/mission/ev-2027\?as=\w+"))
    page.go_back()
    host = there["Hal Host"]
    close_session(host)
    after = page.locator(".over-next")
    expect(after.get_by_role("link", name="Buses")).to_be_visible()
    expect(page.get_by_text("Was het je tijd waard?")).to_be_visible()
    check(page, "the end of an hour")
    until(lambda: there["Ben Smit"].locator(".over-next").count() == 1, "for everybody")
    expect(there["Ben Smit"].get_by_role("link", name="Buses")).to_be_visible()
