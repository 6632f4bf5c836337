"""One hour as it should be, on real screens: a host, two attendees and the stage."""

from __future__ import annotations

import signal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Opener, Server
from tests.browser.people import (
    arrival,
    ask,
    between_presses,
    card,
    close_session,
    press,
    say,
    tab,
    through_the_door,
)

QUESTION = "Who pays for the grid connection of a small port?"


def test_a_question_goes_from_its_asker_to_the_stage_and_is_answered(
    server: Server, open_page: Opener
) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    ana = open_page(
        server.link("attendee", "Ana de Vries", organisation="Voltline", kind="sme", country="NL")
    )
    ben = open_page(
        server.link("attendee", "Ben Ruiz", organisation="City of Alder Bay", kind="local", country="US")
    )
    stage = open_page(server.link("stage", "Stage"))
    through_the_door(ana)
    through_the_door(ben)
    host.get_by_role("button", name="Open session").click()

    ask(ana, QUESTION)
    tab(ben, "Questions")
    ben.get_by_role("button", name="Support this question").click()
    expect(card(host, QUESTION)).to_contain_text("1 supporter")
    expect(card(host, QUESTION)).to_contain_text("Voltline")

    press(host, QUESTION, "queue")
    press(host, QUESTION, "deck")
    expect(ana.get_by_role("heading", name="You're next")).to_be_visible()
    expect(ben.get_by_text("You're next")).to_have_count(0)
    ana.get_by_role("textbox", name="What you do, in one line").fill("We build chargers for small ports")
    expect(ana.get_by_text("Saved", exact=True)).to_be_visible()

    press(host, QUESTION, "spotlight")
    for screen in (ana, ben, stage):
        expect(screen.get_by_text(QUESTION).first).to_be_visible()
    for screen in (ben, stage):
        expect(screen.get_by_text("Ana de Vries").first).to_be_visible()
        expect(screen.get_by_text("We build chargers for small ports").first).to_be_visible()

    host.keyboard.press("x")
    expect(stage.get_by_text(QUESTION)).to_have_count(0)
    expect(ana.get_by_text("Answered at")).to_be_visible()


@pytest.mark.parametrize(
    ("shown", "seen", "unseen"),
    [("Organisation only", "Voltline", "Ana de Vries"), ("Anonymous", "A participant", "Voltline")],
)
def test_an_asker_is_shown_as_they_chose_on_every_screen(
    server: Server, open_page: Opener, shown: str, seen: str, unseen: str
) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    ana = open_page(
        server.link("attendee", "Ana de Vries", organisation="Voltline", kind="sme", country="NL")
    )
    stage = open_page(server.link("stage", "Stage"))
    through_the_door(ana)

    ask(ana, QUESTION, shown)
    press(host, QUESTION, "spotlight")

    expect(stage.get_by_text(QUESTION).first).to_be_visible()
    expect(stage.get_by_text(seen).first).to_be_visible()
    for screen in (stage.locator("body"), host.get_by_role("region", name="Live now")):
        expect(screen).not_to_contain_text(unseen)


def test_the_host_greets_people_by_name_and_takes_a_mis_click_back(server: Server, open_page: Opener) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    sjoerd = open_page(
        server.link("attendee", "Sjoerd Hoekstra", organisation="Voltline", kind="sme", country="NL")
    )
    sjoerd.get_by_text("Country and pronunciation").click()
    sjoerd.get_by_role("textbox", name="How my name is said").fill("shoort HOOK-stra")
    through_the_door(sjoerd)

    expect(arrival(host, "Sjoerd Hoekstra")).to_contain_text("shoort HOOK-stra")
    expect(arrival(host, "Sjoerd Hoekstra")).to_contain_text("first time")
    arrival(host, "Sjoerd Hoekstra").get_by_role("button", name="Greet aloud").click()
    tab(sjoerd, "People")
    expect(sjoerd.locator(".greeted")).to_contain_text("Anna Bakker greeted you")

    host.keyboard.press("u")
    expect(sjoerd.locator(".greeted")).to_have_count(0)


def test_a_poll_runs_from_draft_to_reveal(server: Server, open_page: Opener) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    ana = open_page(server.link("attendee", "Ana de Vries"))
    stage = open_page(server.link("stage", "Stage"))
    through_the_door(ana)

    host.get_by_role("button", name="New poll").click()
    host.get_by_role("textbox", name="Question", exact=True).fill("Where do you charge?")
    host.get_by_role("textbox", name="Option 1").fill("At home")
    host.get_by_role("textbox", name="Option 2").fill("At work")
    host.get_by_role("button", name="Keep as draft").click()
    expect(ana.get_by_text("Where do you charge?")).to_have_count(0)

    host.get_by_role("button", name="Open", exact=True).click()
    ana.get_by_role("radio", name="At home").first.check()
    ana.get_by_role("button", name="Vote", exact=True).first.click()
    expect(host.locator(".poll").filter(has_text="Where do you charge?")).to_contain_text("1 voted")
    expect(host.get_by_text("Results appear once ten people have voted")).to_be_visible()
    expect(stage.get_by_text("1 voted")).to_be_visible()
    expect(stage.get_by_text("100")).to_have_count(0)

    host.get_by_role("button", name="Close", exact=True).click()
    host.get_by_role("button", name="Reveal", exact=True).click()
    expect(stage.get_by_text("Too few votes to show a result")).to_be_visible()
    expect(ana.get_by_text("That is too few to show a result").locator("visible=true")).to_be_visible()
    expect(host.get_by_text("Too few votes to show:")).to_be_visible()
    expect(host.locator(".toast").get_by_text("Shown, with too few votes for a result")).to_be_visible()
    expect(stage.get_by_text("100")).to_have_count(0)

    host.get_by_role("button", name="Close", exact=True).click()
    host.get_by_role("button", name="Open", exact=True).click()
    for name in ("Bo", "Cem", "Dee", "Eva"):
        guest = open_page(server.link("attendee", name))
        through_the_door(guest)
        guest.get_by_role("radio", name="At home").first.check()
        guest.get_by_role("button", name="Vote", exact=True).first.click()
    expect(stage.get_by_text("5 voted")).to_be_visible()
    host.get_by_role("button", name="Close", exact=True).click()
    host.get_by_role("button", name="Reveal", exact=True).click()
    expect(stage.get_by_text("100% (5 votes)").first).to_be_visible()
    expect(ana.get_by_text("100% (5 votes)").locator("visible=true")).to_be_visible()


def test_a_message_can_be_hidden_and_brought_back(server: Server, open_page: Opener) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    ana = open_page(server.link("attendee", "Ana de Vries"))
    ben = open_page(server.link("attendee", "Ben Ruiz"), viewport=PHONE)
    through_the_door(ana)
    through_the_door(ben)

    say(ana, "<script>alert(1)</script> javascript:alert(2)")
    expect(ben.get_by_text("<script>alert(1)</script> javascript:alert(2)")).to_be_visible()
    host.get_by_role("button", name="Hide").click()
    expect(ben.get_by_text("alert(1)")).to_have_count(0)
    expect(ana.get_by_text("Hidden by a host")).to_be_visible()
    host.get_by_role("button", name="Undo").first.click()
    expect(ben.get_by_text("alert(1)")).to_be_visible()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_nobody_reloads_and_nothing_is_missing_when_the_server_was_away(
    server: Server, open_page: Opener, how: signal.Signals
) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    ana = open_page(server.link("attendee", "Ana de Vries"))
    stage = open_page(server.link("stage", "Stage"))
    through_the_door(ana)
    say(ana, "said before")
    ask(ana, QUESTION)
    press(host, QUESTION, "spotlight")
    expect(stage.get_by_text(QUESTION).first).to_be_visible()

    server.stop(how)
    expect(ana.get_by_text("your messages are kept")).to_be_visible()
    tab(ana, "Chat")
    say(ana, "written while the server was away")
    expect(stage.get_by_text(QUESTION).first).to_be_visible()
    server.start()

    expect(host.get_by_text("written while the server was away")).to_be_visible()
    expect(ana.get_by_text("your messages are kept")).to_have_count(0)
    assert ana.get_by_text("written while the server was away").count() == 1
    assert host.get_by_text("said before").count() == 1
    host.keyboard.press("x")
    expect(stage.get_by_text(QUESTION)).to_have_count(0)


def test_two_hosts_who_press_at_once_bring_one_question_on_stage(server: Server, open_page: Opener) -> None:
    anna = open_page(server.link("host", "Anna Bakker"))
    hank = open_page(server.link("host", "Hank Miller"))
    ana = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(ana)
    ask(ana, "The first question?")
    ask(ana, "The second question?")
    expect(card(hank, "The second question?")).to_be_visible()

    # in the same instant: who has seen another live swaps
    instant = anna.evaluate("Date.now() + 1500")
    for host, text in ((anna, "The first question?"), (hank, "The second question?")):
        button = card(host, text).locator("[data-act=spotlight]")
        button.evaluate("(button, at) => void setTimeout(() => button.click(), at - Date.now())", instant)

    won, lost = "The first question?", "The second question?"
    now = anna.get_by_role("region", name="Live now")
    expect(anna.locator(".now-live.is-live")).to_contain_text("question?")
    if lost in now.inner_text():
        won, lost = lost, won
    for host in (anna, hank):
        expect(host.get_by_role("region", name="Live now")).to_contain_text(won)
        expect(card(host, lost).locator("[data-act=spotlight]")).to_be_visible()


def test_the_waiting_page_counts_down_and_becomes_live_by_itself(server: Server, open_page: Opener) -> None:
    server.run("session", "add", "later", "--title", "Later", "--starts", "2099-01-01T17:00+01:00")
    host = open_page(server.link("host", "Anna Bakker", session="later"))
    ana = open_page(server.link("attendee", "Ana de Vries", session="later"), viewport=PHONE)
    through_the_door(ana)
    expect(ana.get_by_text("We are about to begin")).to_be_visible()
    expect(ana.locator("#place-picture")).to_contain_text("days")
    say(ana, "early, and glad to be here")
    expect(host.get_by_text("early, and glad to be here")).to_be_visible()

    host.get_by_role("button", name="Open session").click()
    expect(ana.get_by_text("Live now")).to_be_visible()
    host.get_by_role("button", name="Undo").first.click()
    expect(ana.get_by_text("We are about to begin")).to_be_visible()
    host.get_by_role("button", name="Open session").click()
    between_presses(host)
    close_session(host)
    expect(ana.get_by_text("This session has ended", exact=True)).to_be_visible()
