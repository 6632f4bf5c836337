"""People who asked each other for contact before their pages are opened, and what is pressed on those."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.missions import SEEKERS, TOPIC, command
from webinar_server.live.room import Room
from webinar_server.live.saying import say_for
from webinar_server.mission.participants import Participant
from webinar_server.state import Identity

ADA, *ASKERS = SEEKERS
"""Nine ask the first."""

LEADS = ("Anke Bouwman", "Luis Ortega", "Maya Chen")
LONG = (
    "I would like to hear what you are working on, and whether our two pilots could be one: "
    "we have nine depots and a grid connection that is far too small for all of them."
)
REASONS = ("You offer Pilot fleet, which I am looking for.", "", LONG)


def id_of(room: Room, name: str) -> str:
    return next(one.id for one in room.state.all(Participant) if one.name == name)


async def did(room: Room, name: str, what: str, /, **args: Any) -> dict[str, Any]:
    """A command of somebody."""
    identity = Identity(id=id_of(room, name), name=name, role="participant", topic=TOPIC)
    return await say_for(room, identity, command(what, **args))


async def busy(room: Room) -> None:
    """Ada is asked by nine, by the list and in a session; has three leads, blocked one, and asked two."""
    ada = id_of(room, ADA)
    for at, name in enumerate(ASKERS):
        began = {"where": "directory"} if at < 4 else {"where": "chat", "session": "depots"}
        await did(room, name, "ask_contact", whom=ada, reason=REASONS[at % 3], **began)
    for name in LEADS:
        await did(room, name, "change_card", phone="+31 6 12345678")
        await did(room, name, "ask_contact", whom=ada, reason="Depot charging", where="directory")
        await did(room, ADA, "ask_contact", whom=id_of(room, name), where="directory")
    lead = f"{ada}/{id_of(room, LEADS[0])}"
    written = {"notes": "Wants an offer", "tags": ["depots", "pilot"], "next_step": "Send it"}
    await did(room, ADA, "change_lead", lead=lead, due="2026-01-02", **written)
    others = [one.name for one in room.state.all(Participant) if one.name not in (*SEEKERS, *LEADS)]
    listed = [name for name in others if name != "Ori Olsen"]
    await did(room, ADA, "block", person=id_of(room, listed[0]))
    for name in listed[1:3]:
        await did(room, ADA, "ask_contact", whom=id_of(room, name), where="directory", reason="Buses")


def request(page: Page, name: str) -> Any:
    """Somebody's line among those who ask, or are asked."""
    return page.locator(".request", has=page.get_by_role("button", name=name, exact=True))


def to_tab(page: Page, name: str) -> None:
    page.locator(f"[data-tab={name}]").click()


def to_part(page: Page, name: str) -> None:
    """Requests, leads, or whom one asked."""
    page.locator(f"[data-show={name}]").click()
    expect(page.locator(f"[data-show={name}]")).to_have_attribute("aria-current", "true")


def card_of(page: Page, name: str) -> Any:
    """Somebody's card, from the list of participants."""
    to_tab(page, "participants")
    expect(page.locator(".person-card").first).to_be_visible()
    # what is found takes the place of what was there: a press meanwhile may miss
    with page.expect_response(lambda told: "/participants?" in told.url and "q=" in told.url):
        page.locator("#directory-search").fill(name)
    link = page.locator(".person-card h3 a").first
    expect(link).to_have_text(name)
    expect(page.locator(".dir-cards.is-waiting")).to_have_count(0)
    link.click()
    card = page.locator("#card")
    expect(card.locator(".card-contact")).to_be_visible()
    return card


def ask(page: Page, name: str, reason: str) -> None:
    card_of(page, name).locator("[data-act=ask]").click()
    page.locator("#ask-reason").fill(reason)
    page.locator(".ask-form .is-primary").click()
    expect(page.locator("#card [data-standing=asked]")).to_be_visible()
    page.keyboard.press("Escape")
