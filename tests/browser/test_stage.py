"""The stage: a lower third that is one, nothing cut, margins kept, and no slip in an address blanks it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Server
from tests.browser.people import between_presses
from tests.browser.stage import FULL, SMALL, Hall, Who, look
from webinar_server.clock import now_ms

HUUB = Who("Huub ter Horst", "Vervoerregio Duinstreek", "local", "NL")
LONG_NAME = Who(
    "Maximiliaan Alexander van Oldenbarnevelt-Hoogstraten tot Wijchen",
    "Interprovinciaal Samenwerkingsverband voor Walstroom en Elektrisch Varen in de Noordelijke Delta",
    "local",
    "NL",
)
WORDS = (
    "Who pays for shore power at the smaller quays, the port or the ships that use it, and can a town of "
    "ours begin before the grid is ready for the last of them? "
)
MINUTE = 60_000
LOGO = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 3'><path fill='#fff' d='M0 0h9v3H0z'/></svg>"
BOX = (
    "one => { const { x, y, width, height } = one.getBoundingClientRect(); return { x, y, width, height }; }"
)
CUT = """root => [...root.querySelectorAll('.picture *, .screen-rail *')].filter((one) => {
  const { overflow, fontSize } = getComputedStyle(one);
  const room = one.clientHeight + 0.12 * parseFloat(fontSize);
  return overflow !== 'visible' && one.offsetParent && one.textContent.trim() &&
    (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > room);
}).map((one) => one.className + ': ' + one.textContent.trim().slice(0, 40))"""

PLACES = """(one, places) => {
  const text = [...one.childNodes].find((node) => node.nodeType === 3 && node.data.trim());
  return places.map((at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const { x, y, width } = range.getBoundingClientRect();
    return { x, y, width };
  });
}"""


@pytest.fixture
def hall(server: Server, open_page: Opener) -> Hall:
    with Hall(server, open_page) as hall:
        hall.host.do("open_session")
        yield hall


def text_of(length: int) -> str:
    return (WORDS * 4)[: length - 1] + "?"


def shown(page: Page, text: str) -> None:
    expect(page.locator(".question-text")).to_contain_text(text)
    page.wait_for_timeout(100)


def box(page: Page, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).evaluate(BOX)
    return found


def cut(page: Page) -> list[str]:
    found: list[str] = page.locator("#screen").evaluate(CUT)
    return found


def inside(page: Page, selector: str) -> bool:
    """Whether it keeps the margins."""
    size = page.viewport_size
    assert size is not None
    at = box(page, selector)
    side, edge = 0.05 * size["width"] - 0.5, 0.05 * size["height"] - 0.5
    right, bottom = size["width"] - at["x"] - at["width"], size["height"] - at["y"] - at["height"]
    return min(at["x"], right) >= side and min(at["y"], bottom) >= edge


@pytest.mark.parametrize("viewport", [FULL, SMALL], ids=["1080", "720"])
def test_a_lower_third_is_a_third_and_nothing_in_it_is_cut(hall: Hall, viewport: dict[str, int]) -> None:
    page = hall.screen("transparent=1", viewport)
    heights = {}
    for length in (60, 160, 400, 500):
        for who in (HUUB, LONG_NAME):
            text = text_of(length)
            id = hall.asks(who, text)
            shown(page, text)
            heights[length] = box(page, ".picture")["height"] / viewport["height"]
            look(page, f"over-{viewport['height']}-{length}-{len(who.name)}")
            assert inside(page, ".picture") and cut(page) == [], (length, who)
            assert heights[length] <= (0.33 if length <= 160 else 0.46), (length, who)
            letters = page.locator(".question-text").evaluate(
                "one => parseFloat(getComputedStyle(one).fontSize)"
            )
            assert letters / viewport["height"] >= 0.026, f"{letters} px of {viewport['height']}"
            hall.answered(id)
    assert heights[400] > 0.33


@pytest.mark.parametrize("place", ["bottom-left", "bottom-right", "top", "top-left", "top-right"])
def test_it_stands_where_the_address_says(hall: Hall, place: str) -> None:
    page = hall.screen(f"transparent=1&place={place}&size=large")
    hall.asks(HUUB, text_of(160))
    shown(page, text_of(160))
    look(page, f"place-{place}")
    at = box(page, ".picture")
    assert inside(page, ".picture") and cut(page) == [] and at["height"] <= 0.33 * 1080
    assert (at["y"] < 100) == place.startswith("top")
    if "-" in place:
        assert (at["x"] < 100) == place.endswith("left") and at["width"] < 1200


def test_a_slip_in_the_address_leaves_the_usual_picture(hall: Hall) -> None:
    hall.asks(HUUB, text_of(60))
    slips = (
        "place=middle&size=huge&card=reddish&accent=12345&join=perhaps&logo=javascript:1&zone=Mars&lang=xx"
    )
    pages = [hall.screen(f"transparent=1&{search}") for search in ("", slips)]
    for page in pages:
        shown(page, text_of(60))
    assert box(pages[0], ".picture") == box(pages[1], ".picture")
    colours = [
        page.locator(".picture").evaluate("one => getComputedStyle(one).backgroundColor") for page in pages
    ]
    assert colours[0] == colours[1]


def test_two_colours_of_ones_own_can_be_read(hall: Hall) -> None:
    hall.asks(HUUB, text_of(60))
    page = hall.screen("transparent=1&card=%23f4e9d0&accent=ffd400")
    shown(page, text_of(60))
    look(page, "colours")
    card, words, label = page.evaluate(
        """() => ['.picture', '.question-text', '.eyebrow-live'].map((one, at) =>
          getComputedStyle(document.querySelector(one))[at ? 'color' : 'backgroundColor'])"""
    )
    assert (card, words, label) == ("rgb(244, 233, 208)", "rgb(20, 24, 26)", "rgb(20, 24, 26)")


def test_obs_finds_it_transparent_and_its_own_style_changes_nothing(hall: Hall) -> None:
    """Debian builds OBS without a browser source; what that of others runs in a page is run here."""
    hall.asks(HUUB, text_of(60))
    page = hall.screen("transparent=1", expect_faults=True)
    shown(page, text_of(60))
    before = box(page, ".picture")
    page.evaluate(
        """() => { try {
          const obsCSS = document.createElement('style');
          obsCSS.innerHTML =
            'body { background-color: rgba(0, 0, 0, 0); margin: 0px auto; overflow: hidden; }';
          document.querySelector('head').appendChild(obsCSS);
        } catch { /* the page's policy lets nobody write into it */ } }"""
    )
    assert box(page, ".picture") == before
    for element in ("documentElement", "body"):
        assert page.evaluate(f"getComputedStyle(document.{element}).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("search", ["", "transparent=1", "lang=nl&theme=light"])
def test_names_of_those_just_asked_are_whole_or_not_there(hall: Hall, search: str) -> None:
    page = hall.screen(search)
    people = [
        LONG_NAME,
        Who("Farah Chehab", "Laadlinde", "sme", "NL"),
        Who("Robin Jansen", "Walkant", "other", "US"),
    ]
    more = [Who(f"Person number {n}", "An organisation of the usual length", "sme", "US") for n in range(4)]
    for who in (*more, *people, HUUB):
        hall.answered(hall.asks(who, text_of(60)))
    expect(page.locator(".recent").first).to_contain_text(HUUB.name)
    page.wait_for_timeout(100)
    look(page, f"asked-{search or 'full'}")
    names = page.locator(".recent:visible strong").all_inner_texts()
    assert (
        len(names) >= 2
        and names[0] == HUUB.name
        and set(names) <= {who.name for who in (*more, *people, HUUB)}
    )
    assert page.locator(".recent-tag").count() == 1
    assert cut(page) == [] and inside(page, ".screen-rail")


def test_a_question_from_right_to_left_is_read_in_its_order(hall: Hall) -> None:
    arabic = "هل يمكن استخدام الطاقة من الشاطئ (shore power, 50 Hz) في موانئنا الصغيرة؟"
    hall.asks(Who("محمد علي", "Voltline BV 24", "sme", "NL"), arabic)
    for search in ("", "transparent=1"):
        page = hall.screen(search)
        shown(page, arabic)
        look(page, f"arabic-{search or 'full'}")
        assert cut(page) == []
        for selector in (".question-text", ".asking"):
            assert page.locator(selector).evaluate("one => getComputedStyle(one).direction") == "rtl"
        organisation = page.locator(".asker-facts strong bdi")
        assert organisation.evaluate("one => getComputedStyle(one).direction") == "ltr"
        # the sentence begins at the right, and what follows in it, a bracket too, is left of it or below
        first, last = page.locator(".question-text").evaluate(PLACES, [0, arabic.index("(")])
        assert first["x"] > last["x"] or first["y"] < last["y"]
        right = box(page, ".question-text")
        assert first["x"] + first["width"] > right["x"] + right["width"] - 30


@pytest.mark.parametrize("search", ["", "transparent=1", "lang=nl"])
def test_a_poll_keeps_its_margins_and_the_winner_is_not_orange(hall: Hall, search: str) -> None:
    page = hall.screen(f"{search}&join=1")
    poll = hall.poll(
        "Where do your ships take their power today? / Waar laden uw schepen nu?",
        ["At the quay", "At sea", "Not yet"],
    )
    for n in range(6):
        hall.comes(Who(f"Voter {n}")).do("vote", poll=poll, options=[str(1 + n % 2)])
    expect(page.locator(".join-code")).to_be_visible()
    look(page, f"poll-open-{search or 'full'}")
    for picture in ("open", "result"):
        assert inside(page, ".picture") and inside(page, ".join") and cut(page) == [], picture
        if "transparent" in search:
            assert box(page, ".picture")["height"] <= 0.33 * 1080
        if picture == "open":
            hall.host.do("close_poll", poll=poll)
            hall.host.do("reveal_poll", poll=poll)
            expect(page.locator(".poll-bar").first).to_be_attached()
            page.wait_for_timeout(1200)
            look(page, f"poll-result-{search or 'full'}")
    orange, bar = page.evaluate(
        """() => { const screen = getComputedStyle(document.querySelector('#screen'));
          const bar = getComputedStyle(document.querySelector('.is-most > .poll-bar'));
          return [screen.getPropertyValue('--screen-live').trim(), bar.backgroundColor]; }"""
    )
    assert (orange, bar) == ("#ff9d5c", "rgb(31, 129, 122)")


def test_the_waiting_picture_says_zones_and_where_to_join_by_the_servers_clock(
    server: Server, open_page: Opener
) -> None:
    with Hall(server, open_page) as hall:
        hall.host.do("change_session", starts_at=now_ms() + 45 * MINUTE, join="https://mission.example/join")
        wrong = "const real = Date.now; Date.now = () => real() + 6 * 60_000"
        page = hall.screen(
            "zone=Europe/Amsterdam&lang=nl",
            before=lambda page: page.add_init_script(wrong),
            zone="America/New_York",
        )
        expect(page.locator(".holding-time")).to_contain_text("UTC)")
        assert any(zone in page.locator(".holding-time").inner_text() for zone in ("CET", "CEST"))
        minutes = int(page.locator(".holding-clock").inner_text().split(":")[0])
        assert 43 <= minutes <= 45
        expect(page.locator(".join-address")).to_have_text("mission.example/join")
        look(page, "waiting-nl")
        assert inside(page, ".picture") and inside(page, ".join") and cut(page) == []
        hall.host.do("change_session", join="")
        expect(page.locator(".join")).to_have_count(0)


def test_a_logo_is_shown_and_one_that_does_not_come_leaves_no_gap(hall: Hall) -> None:
    hall.host.do("change_session", logo="https://brand.example/logo.svg")
    hall.asks(HUUB, text_of(60))

    def answering(page: Page) -> None:
        page.route(
            "https://brand.example/logo.svg",
            lambda route: route.fulfill(body=LOGO, content_type="image/svg+xml"),
        )

    for search in ("", "transparent=1"):
        page = hall.screen(search, before=answering)
        shown(page, text_of(60))
        expect(page.locator(".logo")).to_be_visible()
        page.wait_for_function("document.querySelector('.logo').naturalWidth > 0")
        look(page, f"logo-{search or 'full'}")
        assert inside(page, ".logo") and inside(page, ".picture") and cut(page) == []
    page = hall.screen("transparent=1&logo=/not/there.svg", expect_faults=True)
    shown(page, text_of(60))
    expect(page.locator(".logo")).to_be_hidden()


def test_a_host_makes_a_link_for_obs_on_their_page_and_ends_it(server: Server, open_page: Opener) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    host.get_by_role("button", name="Session settings").click()
    dialog = host.get_by_role("dialog")
    dialog.get_by_label("Place").select_option("top-left")
    dialog.get_by_label("Size").select_option("small")
    dialog.get_by_label("Card", exact=True).fill("#102030")
    sample = dialog.locator(".stage-sample .picture")
    assert sample.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(16, 32, 48)"
    dialog.get_by_role("button", name="Make a link").click()
    field = dialog.get_by_label("The link for OBS")
    expect(field).to_have_value(
        re.compile(r"/stage/smart-ports\?transparent=1&place=top-left&size=small&card=102030&lang=en#")
    )
    look(host, "form")
    first = field.input_value()
    made = open_page(first, viewport=FULL, expect_faults=True)
    expect(made).to_have_title("Smart ports")
    expect(made.locator("#screen")).to_have_attribute("data-place", "top-left")
    between_presses(host)
    dialog.get_by_role("button", name="End earlier links").click()
    between_presses(host)
    dialog.get_by_role("button", name="End all earlier links, make a new one").click()
    expect(made.locator("#sign")).to_contain_text("has expired")
    # the old one ends before the new one is told
    expect(field).not_to_have_value(first)
    again = open_page(field.input_value(), viewport=FULL)
    expect(again).to_have_title("Smart ports")
