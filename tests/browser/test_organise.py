"""The organisers' page: a week planned, people looked after, by whoever never saw a terminal."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Opener, until
from tests.browser.organise import Organised, opened, organised, to

__all__ = ["organised"]

LANGUAGES = pytest.mark.parametrize("locale", ["en-GB", "nl-NL"], ids=["en", "nl"])


def row(page: Page, title: str) -> Locator:
    return page.locator(".plan-slot", has=page.locator(".slot-title", has_text=title))


def hours(page: Page, title: str) -> list[str]:
    return row(page, title).locator(".there-time").all_inner_texts()


def day_of(page: Page, title: str) -> str:
    """The day a session stands under."""
    rows = page.evaluate(
        "() => [...document.querySelectorAll('.plan > li')].map((one) => one.dataset.day ?? one.innerText)"
    )
    at = next(number for number, text in enumerate(rows) if title in text)
    return str(next(text for text in reversed(rows[:at]) if re.fullmatch(r"\d{4}-\d\d-\d\d", text)))


def person(page: Page, name: str) -> Locator:
    return page.locator(".person", has_text=name)


def more(of: Locator, act: str) -> None:
    """What can be done with a row besides."""
    if not of.locator(f"[data-act={act}]").count():
        of.locator("[data-act=more]").click()
    of.locator(f"[data-act={act}]").click()


def invited(page: Page, name: str, email: str) -> None:
    page.locator("#invite [name=name]").fill(name)
    page.locator("#invite [name=email]").fill(email)
    page.locator("#invite .is-primary").click()
    expect(page.locator("#invite")).to_be_hidden()


# the programme


def test_what_is_on_goes_later_and_to_another_day_past_the_turn_of_the_clocks(
    organised: Organised, open_page: Opener
) -> None:
    organised.plan("Opening", "2027-03-12T17:00")
    page = opened(organised, open_page, "programme")
    expect(page.locator(".note")).to_contain_text("14 March")
    assert hours(page, "Opening") == ["17:00–18:00", "08:00–09:00"]
    row(page, "Opening").locator("[data-act=later]").click()
    until(lambda: hours(page, "Opening") == ["17:15–18:15", "08:15–09:15"], "a quarter later")
    page.keyboard.press("u")
    until(lambda: hours(page, "Opening") == ["17:00–18:00", "08:00–09:00"], "taken back by its key")
    row(page, "Opening").locator("[data-act=later]").click()
    until(lambda: hours(page, "Opening") == ["17:15–18:15", "08:15–09:15"], "a quarter later")
    more(row(page, "Opening"), "day_later")
    until(lambda: day_of(page, "Opening") == "2027-03-13", "on Saturday")
    row(page, "Opening").locator("[data-act=to_day]").select_option("2027-03-15")
    # America has turned its clocks, Europe has not
    until(lambda: hours(page, "Opening") == ["17:15–18:15", "09:15–10:15"], "the same hour here")
    until(lambda: day_of(page, "Opening") == "2027-03-15", "under that day")
    page.locator(".toast button", has_text="Undo").last.click()
    until(lambda: day_of(page, "Opening") == "2027-03-13", "taken back")


def test_a_session_is_dragged_along_its_day_and_to_another(organised: Organised, open_page: Opener) -> None:
    organised.plan("Opening", "2027-03-12T17:00")
    page = opened(organised, open_page, "programme")
    block, strip = page.locator("[data-block=opening]"), page.locator("[data-strip='2027-03-15']")
    box, there = block.bounding_box(), strip.bounding_box()
    assert box is not None and there is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5 + there["width"] / 24, there["y"] + 5, steps=6)
    expect(page.locator(".drag-hint")).to_contain_text("10:00–11:00")
    page.mouse.up()
    until(lambda: hours(page, "Opening") == ["18:00–19:00", "10:00–11:00"], "an hour later, on Monday")
    until(lambda: day_of(page, "Opening") == "2027-03-15", "under that day")
    # let be half-way
    box = block.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 5, steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".drag-hint")).to_have_count(0)
    assert hours(page, "Opening") == ["18:00–19:00", "10:00–11:00"]


def test_a_session_is_copied_taken_out_and_planned_again(organised: Organised, open_page: Opener) -> None:
    organised.plan("Opening", "2027-03-12T17:00")
    page = opened(organised, open_page, "programme")
    more(row(page, "Opening"), "copy")
    until(lambda: hours(page, "Opening")[2:] == ["18:00–19:00", "09:00–10:00"], "once more, after it")
    more(row(page, "Opening").last, "drop")
    page.locator("#slot-ask .is-danger").click()
    expect(row(page, "Opening")).to_have_count(1)
    page.locator(".toast", has_text="out of").locator("button", has_text="Undo").click()
    expect(row(page, "Opening")).to_have_count(2)


def test_a_half_written_session_survives_a_reload_and_is_planned_once(
    organised: Organised, open_page: Opener
) -> None:
    organised.plan("Opening", "2027-03-12T17:00")
    page = opened(organised, open_page, "programme")
    page.locator("#place-programme [data-act=plan]").click()
    # after what is on that day already, at an hour that is good everywhere
    expect(page.locator("#slot-form [name=from]")).to_have_value("18:00")
    page.locator("#slot-form [name=title]").fill("Opening")
    page.reload()
    page.locator("#place-programme [data-act=plan]").click()
    expect(page.locator("#slot-form [name=title]")).to_have_value("Opening")
    page.locator("#slot-form .is-primary").dblclick()
    expect(page.locator("#slot-form")).to_be_hidden()
    until(lambda: row(page, "Opening").count() == 2, "both")
    assert {slot for slot in ("opening", "opening-2")} == set(
        page.locator("[data-block]").evaluate_all("(all) => all.map((one) => one.dataset.block)")
    )


def test_what_cannot_be_planned_says_so_at_its_field(organised: Organised, open_page: Opener) -> None:
    page = opened(organised, open_page, "programme")
    page.locator("#place-programme [data-act=plan]").click()
    page.locator("#slot-form .is-primary").click()
    expect(page.locator("#slot-form [name=title]")).to_be_focused()
    expect(page.locator("#slot-form .error")).to_be_visible()


def test_hosts_are_chosen_by_a_few_letters_and_invited_on_the_spot(
    organised: Organised, open_page: Opener
) -> None:
    organised.plan("Opening", "2027-03-12T17:00")
    page = opened(organised, open_page, "programme")
    row(page, "Opening").locator(".slot-title").click()
    field = page.locator("#slot-form [name=hosts]")
    field.fill("Zoë van den Berg")
    page.locator(".picker-found [role=option]").last.click()
    page.locator("#invite [name=email]").fill("zoe@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("#slot-form .chip")).to_have_text(re.compile("Zoë van den Berg"))
    page.locator("#slot-form .is-primary").click()
    expect(row(page, "Opening").locator(".slot-people")).to_contain_text("Zoë van den Berg")
    row(page, "Opening").locator(".slot-title").click()
    page.locator("#slot-form [name=speakers]").fill("zoe be")
    expect(page.locator(".picker-found [role=option]")).to_have_count(2)
    page.keyboard.press("Enter")
    page.locator("#slot-form .is-primary").click()
    expect(row(page, "Opening").locator(".slot-people > span")).to_have_count(2)


# two at once


def test_what_another_organiser_does_moves_nothing_under_the_pointer_and_takes_nothing_from_who_writes(
    organised: Organised, open_page: Opener
) -> None:
    for title, when in (("Opening", "2027-03-12T17:00"), ("Depots", "2027-03-12T18:00")):
        organised.plan(title, when)
    page = opened(organised, open_page, "programme")
    row(page, "Depots").hover()
    before = row(page, "Depots").bounding_box()
    organised.plan("Early", "2027-03-12T16:00")
    expect(page.locator(".tab-head .fresh")).to_be_visible()
    assert row(page, "Depots").bounding_box() == before
    page.mouse.move(2, 2)
    expect(row(page, "Early")).to_be_visible()
    # both change the same session, each another part of it
    row(page, "Depots").locator(".slot-title").click()
    page.locator("#slot-form [name=title]").fill("Depots at night")
    other = opened(organised, open_page, "programme")
    row(other, "Depots").locator("[data-act=later]").click()
    until(lambda: hours(other, "Depots")[0] == "18:15–19:15", "moved by the other")
    expect(page.locator("#slot-form [name=title]")).to_have_value("Depots at night")
    page.locator("#slot-form .is-primary").click()
    until(lambda: hours(other, "Depots at night")[:1] == ["18:15–19:15"], "both are kept")


# people


def test_who_asked_is_approved_or_declined_with_a_reason(organised: Organised, open_page: Opener) -> None:
    page = opened(organised, open_page, "people")
    page.locator("[data-filter='state applied']").click()
    expect(page.locator(".person")).to_have_count(2)
    person(page, "Cem").locator("[data-act=admit]").dblclick()
    expect(page.locator(".person")).to_have_count(1)
    person(page, "Dee").locator("[data-act=decline]").click()
    # no letter is promised where none can go out
    expect(page.locator("#person-ask")).to_contain_text("please tell them yourself")
    page.locator("#person-ask textarea").fill("Next year, please.")
    page.locator("#person-ask .is-danger").click()
    page.locator("[data-filter='state applied']").click()
    expect(person(page, "Cem").locator(".badge").first).to_have_text("Takes part")
    expect(person(page, "Dee")).to_contain_text("Next year, please.")
    page.locator(".toast", has_text="Dee").locator("button", has_text="Undo").click()
    expect(person(page, "Dee").locator("[data-act=admit]")).to_be_visible()


def test_a_second_organiser_is_made_and_the_last_one_stays(organised: Organised, open_page: Opener) -> None:
    page = opened(organised, open_page, "people")
    page.locator("[data-act=invite]").click()
    invited(page, "Ada", "ada@example.org")
    more(person(page, "Ori"), "unmake_organiser")
    page.locator("#person-ask .sure [type=submit]").click()
    expect(page.locator(".toast.is-refused")).to_contain_text("only organiser")
    more(person(page, "Ada"), "make_organiser")
    page.locator("#person-ask").get_by_role("button", name="Make organiser").click()
    expect(person(page, "Ada").locator(".badge").nth(1)).to_have_text("Organiser")


def test_people_are_pasted_corrected_and_found(organised: Organised, open_page: Opener) -> None:
    page = opened(organised, open_page, "people")
    page.locator("[data-act=many]").click()
    pasted = "Ada Bos, ada@example.org, Voltline\nBob <bob@example.org>\nAda again, ADA@example.org"
    page.locator("#place-people [name=people]").fill(pasted)
    page.reload()
    page.locator("[data-act=many]").click()
    expect(page.locator("#place-people [name=people]")).to_have_value(pasted)
    page.locator(".paste .is-primary").click()
    expect(page.locator(".left-out")).to_contain_text("Ada again")
    expect(page.locator("#place-people [name=people]")).to_have_value("Ada again, ADA@example.org")
    expect(page.locator(".person")).to_have_count(5)
    more(person(page, "Bob"), "correct")
    page.locator("#card-form [name=organisation]").fill("Port of Oakland")
    page.locator("#card-form [name=offers]").fill("Depots, Shore power")
    page.locator("#card-form .is-primary").click()
    expect(page.locator("#card-form")).to_be_hidden()
    page.locator("#place-people [type=search]").fill("oakl")
    expect(page.locator(".person")).to_have_count(1)
    page.locator("[data-filter='came no']").click()
    expect(person(page, "Bob")).to_be_visible()
    page.locator("#place-people [type=search]").fill("nobody at all")
    expect(page.locator("#place-people .empty button")).to_be_visible()


def test_a_link_is_shown_and_ended(organised: Organised, open_page: Opener) -> None:
    page = opened(organised, open_page, "people")
    page.locator("[data-act=invite]").click()
    invited(page, "Ada", "ada@example.org")
    more(person(page, "Ada"), "link")
    link = person(page, "Ada").locator(".renewed input")
    expect(link).to_have_value(re.compile(r"/mission/ev-2027#"))
    first = link.input_value()
    person(page, "Ada").locator("[data-act=end_links]").click()
    page.locator("#person-ask .is-danger").click()
    until(lambda: link.input_value() != first, "a new one")


# announcements, settings


def test_announcements_are_for_all_or_organisers_and_are_withdrawn(
    organised: Organised, open_page: Opener
) -> None:
    page = opened(organised, open_page, "announcements")
    page.locator("#place-announcements textarea").fill("Drinks\nat five")
    page.reload()
    expect(page.locator("#place-announcements textarea")).to_have_value("Drinks\nat five")
    page.locator("[value=organisers]").check()
    page.locator("#place-announcements .is-primary").dblclick()
    expect(page.locator(".told-row")).to_have_count(1)
    expect(page.locator(".told-row")).to_contain_text("Organisers alone")
    page.locator("[data-act=withdraw]").click()
    page.locator("#announcement-ask .is-danger").click()
    expect(page.locator(".told-row")).to_have_count(0)


def test_settings_are_saved_by_part_taken_back_and_kept_over_a_reload(
    organised: Organised, open_page: Opener
) -> None:
    page = opened(organised, open_page, "settings")
    page.locator("[name=kept_days]").fill("30")
    page.locator("[name=notices_nl]").fill("Een maand bewaard.")
    page.locator("[name=entry][value=code]").check()
    code = page.locator("[name=code]").input_value()
    assert re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}", code)
    page.reload()
    expect(page.locator("[name=kept_days]")).to_have_value("30")
    expect(page.locator("[name=notices_nl]")).to_have_value("Een maand bewaard.")
    for part in ("keeping", "notices", "entry"):
        page.locator(f"[data-settings={part}] [data-act=save]").click()
        expect(page.locator(f"[data-settings={part}] .is-primary")).to_have_count(0)
    page.reload()
    expect(page.locator("[name=code]")).to_have_value(code)
    page.locator("[name=kept_days]").fill("4000")
    page.locator("[data-settings=keeping] [data-act=save]").click()
    expect(page.locator("[data-settings=keeping] .error")).to_be_visible()


def test_a_colour_is_worn_so_that_it_can_be_read_and_a_picture_is_made_to_fit(
    organised: Organised, open_page: Opener
) -> None:
    page = opened(organised, open_page, "settings")
    page.locator("[name=accent]").evaluate(
        "(one) => { one.value = '#ffff00'; one.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    page.locator("[name=brand]").fill("Ministry of Ports")
    page.locator("[data-settings=look] [data-act=save]").click()
    expect(page.locator(".brand-text")).to_have_text("Ministry of Ports")
    ratio = page.evaluate(CONTRAST)
    assert ratio >= 4.5
    picture = page.evaluate_handle(PICTURE, 2000).as_element()
    assert picture is None
    page.locator("[name=picture]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": bytes(page.evaluate(PICTURE, 2000))}
    )
    expect(page.locator(".brand .brand-picture")).to_be_visible()
    assert page.locator(".brand .brand-picture").evaluate("(one) => one.naturalWidth") <= 480


CONTRAST = """() => {
  const parts = (text) => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = (colour) => colour.map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const words = light(parts(getComputedStyle(document.querySelector(".brand-text")).color));
  const ground = light(parts(getComputedStyle(document.documentElement).backgroundColor));
  return (Math.max(words, ground) + 0.05) / (Math.min(words, ground) + 0.05); }"""

PICTURE = """async (side) => {
  const canvas = new OffscreenCanvas(side, side / 4);
  const drawn = canvas.getContext("2d");
  for (let at = 0; at < 400; at++) {
    drawn.fillStyle = `hsl(${at * 37} 80% 50%)`;
    drawn.fillRect((at * 71) % side, (at * 31) % (side / 4), 90, 40);
  }
  const blob = await canvas.convertToBlob({ type: "image/png" });
  return [...new Uint8Array(await blob.arrayBuffer())]; }"""


def test_the_next_mission_is_begun_as_a_copy(organised: Organised, open_page: Opener) -> None:
    organised.plan("Opening", "2027-03-12T17:00")
    page = opened(organised, open_page, "settings")
    page.locator("[name=copy_title]").fill("Electric mobility 2028")
    page.locator("[name=copy_title]").press("Tab")
    page.locator("[data-settings=copy] button").click()
    link = page.locator("[data-settings=copy] .renewed input")
    expect(link).to_have_value(re.compile(r"/organise/electric-mobility-2028#"))
    again = open_page(link.input_value())
    to(again, "programme")
    expect(row(again, "Opening")).to_have_count(1)
    until(lambda: day_of(again, "Opening") == "2028-03-10", "under that day")


@LANGUAGES
def test_nothing_is_wider_than_a_phone_and_no_word_is_missing(
    organised: Organised, open_page: Opener, locale: str
) -> None:
    organised.plan("Opening", "2027-03-12T17:00")
    page = opened(organised, open_page, "programme", viewport=PHONE, locale=locale)
    for tab in ("guide", "programme", "people", "announcements", "settings"):
        to(page, tab)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], tab
        assert re.findall(r"\b[a-z_]+\.[a-z_]+\.[a-z_.]+\b", page.locator("body").inner_text()) == [], tab


@LANGUAGES
def test_the_tab_that_a_link_leads_to_is_in_sight_on_a_phone(
    organised: Organised, open_page: Opener, locale: str
) -> None:
    page = opened(organised, open_page, "settings", viewport=PHONE, locale=locale)
    page.reload()
    expect(page.locator("#place-settings form").first).to_be_visible()
    expect(page.locator("#tabs [aria-current=page]")).to_be_in_viewport(ratio=0.9)


def test_who_comes_in_meanwhile_moves_nobody_and_takes_nothing_from_who_writes(
    organised: Organised, open_page: Opener
) -> None:
    page, other = (opened(organised, open_page, "people") for _ in range(2))
    person(page, "Dee").hover()
    before = person(page, "Dee").bounding_box()
    other.locator("[data-act=invite]").click()
    invited(other, "Aart Aas", "aart@example.org")
    expect(page.locator(".tab-head .fresh")).to_be_visible()
    assert person(page, "Dee").bounding_box() == before
    page.locator(".tab-head .fresh").click()
    expect(person(page, "Aart")).to_be_visible()
    to(page, "settings")
    page.locator("[name=brand]").fill("Ministry of Ports")
    to(other, "settings")
    other.locator("[name=kept_days]").fill("30")
    other.locator("[data-settings=keeping] [data-act=save]").click()
    expect(page.locator("[name=kept_days]")).to_have_value("30")
    expect(page.locator("[name=brand]")).to_have_value("Ministry of Ports")
