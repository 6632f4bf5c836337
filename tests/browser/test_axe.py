"""Nothing for axe to find: every page in every state, in both languages and both themes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Opener, Server, until
from tests.browser.people import between_presses, let_go
from tests.faults.barrier import Barrier

SETTLED = """() => document.getAnimations().every(({ playState, effect }) =>
  playState !== "running" || effect.getTiming().iterations > 1)"""


COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that another theme could break; all others look at what is the same in both."""


def check(page: Page, state: str) -> None:
    """In light and dark."""
    clean(page, state)
    other = "light" if _theme(page) == "dark" else "dark"
    page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
    clean(page, state, COLOURS)
    page.emulate_media(color_scheme="light")


def clean(page: Page, state: str, rules: list[str] | None = None) -> None:
    """In the theme it is in."""
    assert violations(page, rules) == [], f"{state}, {_theme(page)}"


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds; by these rules, or those with these tags, if any are named."""
    # words that are still fading in have too little contrast
    page.wait_for_function(SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
    found = page.evaluate("options => axe.run(options).then((told) => told.violations)", options)
    return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found for node in v["nodes"]]


def _theme(page: Page) -> str:
    return "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"


@pytest.fixture(params=["en-GB", "nl-NL"], ids=["en-light", "nl-dark"])
def opened(request: pytest.FixtureRequest, open_page: Opener) -> Callable[..., Page]:
    """In each language and theme, for no word has a colour of its own."""
    dark = request.param == "nl-NL"
    return partial(open_page, locale=request.param, dark=dark, expect_faults=True)


def entered(page: Page) -> Page:
    page.locator(".door-go").click()
    expect(page.locator("#tab-chat")).to_be_visible()
    expect(page.locator("#place-menu .icon-button").last).to_be_visible()
    return page


def asked(page: Page, text: str) -> None:
    page.locator("#tab-questions").click()
    page.locator("#ask-open").click()
    page.locator("#ask-text").fill(text)
    page.locator(".ask-form .button.is-primary").click()
    expect(page.locator("li.question", has_text=text)).to_be_visible()


def began(host: Page) -> None:
    host.locator(".door").click()
    expect(host.locator(".badge.is-open")).to_be_visible()


def drafted(host: Page) -> None:
    host.locator("#polls [data-act=new_poll]").click()
    host.locator("[data-field=question]").fill("Where do you charge?")
    host.locator("[data-field='0']").fill("At home")
    host.locator("[data-field='1']").fill("At work")
    host.locator(".editor .is-primary").click()
    expect(host.locator(".editor")).to_have_count(0)
    between_presses(host)


def act(host: Page, words: str, name: str) -> None:
    host.locator("#board .card", has_text=words).locator(f"[data-act={name}]").click(delay=120)
    let_go(host)


def test_the_door_and_whose_a_link_is(server: Server, opened: Callable[..., Page]) -> None:
    link = server.link("attendee", "Ana de Vries")
    page = opened(link)
    expect(page.locator(".door-go")).to_be_visible()
    clean(page, "door")
    page.locator(".door [name=name]").fill("Ana \u202eseirV")
    page.locator(".door-go").click()
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    clean(page, "refused door")
    page.locator(".suggested").click()
    entered(page)
    other = opened(link)
    expect(other.locator("#whose")).to_be_visible()
    clean(other, "whose link")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_room(server: Server, opened: Callable[..., Page], size: dict[str, int]) -> None:
    host = opened(server.link("host", "Anna Bakker"))
    page = entered(opened(server.link("attendee", "Ana de Vries"), viewport=size))
    for name in ("chat", "questions", "polls", "people"):
        page.locator(f"#tab-{name}").click()
        clean(page, f"empty {name}")
    began(host)
    page.locator("#tab-chat").click()
    page.locator("#say").fill("Hello, see https://example.org/charging")
    page.locator("#say").press("Enter")
    clean(page, "chat")
    page.locator("#tab-questions").click()
    page.locator("#ask-open").click()
    clean(page, "ask")
    page.locator("#ask-text").press("Escape")
    asked(page, "Who pays for the grid?")
    clean(page, "questions")
    page.locator("#place-menu .icon-button").last.click()
    clean(page, "settings")
    page.locator(".device-leave .button").click()
    clean(page, "leaving")
    page.keyboard.press("Escape")
    host.locator(".arrival [data-act=greet]").click()
    page.wait_for_timeout(500)
    clean(page, "greeted")
    let_go(host)
    act(host, "grid", "deck")
    expect(page.locator(".next-card")).to_be_visible()
    clean(page, "next")
    act(host, "grid", "spotlight")
    expect(page.locator(".spotlight").first).to_be_visible()
    clean(page, "live")


def test_polls_in_each_state(server: Server, opened: Callable[..., Page]) -> None:
    host = opened(server.link("host", "Anna Bakker"))
    page = entered(opened(server.link("attendee", "Ana de Vries")))
    stage = opened(server.link("stage", "Screen"))
    began(host)
    drafted(host)
    host.locator("[data-act=open_poll]").click()
    expect(page.locator(".poll-above")).to_be_visible()
    clean(page, "poll open")
    clean(stage, "stage, poll open")
    page.locator("#tab-polls").click()
    page.locator("#place-polls .choice").first.click()
    page.locator("#place-polls .poll-foot .button").click()
    clean(page, "voted")
    for step, state in ((1, "closed"), (2, "revealed")):
        let_go(host)
        host.locator(".poll .step").nth(step).click()
        expect(page.locator(f"#place-polls .poll.is-{state}")).to_be_visible()
        clean(page, f"poll {state}")
        clean(host, f"host, poll {state}")
        clean(stage, f"stage, poll {state}")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_hosts_page_with_everything(
    server: Server, opened: Callable[..., Page], size: dict[str, int]
) -> None:
    host = opened(server.link("host", "Anna Bakker"))
    expect(host.locator("h1").first).to_be_visible()
    clean(host, "empty")
    page = entered(opened(server.link("attendee", "Ana de Vries")))
    began(host)
    for text in ("Who pays for the grid?", "How long does a permit take?", "Is there a pilot?"):
        asked(page, text)
    act(host, "grid", "spotlight")
    act(host, "permit", "queue")
    page.locator("#place-acts button").last.click()
    host.set_viewport_size(size)  # type: ignore[arg-type]
    tabs = host.locator(".tab")
    narrow = size is PHONE

    def show(place: int) -> None:
        if narrow:
            tabs.nth(place).click()

    show(1)
    host.locator("#board .card", has_text="pilot").locator("[data-act=more]").click()
    clean(host, "everything")
    show(2)
    host.locator("#polls [data-act=new_poll]").click()
    host.locator(".editor .is-primary").click()
    expect(host.locator("#editor-wrong")).to_be_visible()
    clean(host, "poll form refused")
    for place, opener in enumerate([".top-acts [data-part=menu] button"] * 2):
        host.locator(opener).nth(place).click()
        expect(host.locator("dialog[open]")).to_be_visible()
        clean(host, f"dialog {place}")
        host.keyboard.press("Escape")
    # where there is no keyboard there is no button for its keys
    if not narrow:
        host.locator(".top-acts [data-part=menu] button").last.click()
        clean(host, "keys")
        host.keyboard.press("Escape")
    host.locator(".door").click()
    clean(host, "ending")
    host.keyboard.press("Escape")
    show(0)
    host.locator("[data-act=ends]").click()
    clean(host, "ends")
    host.locator("[data-act=remove]").click()
    expect(page.locator("#problem")).to_be_visible()
    clean(page, "removed")
    host.locator(".removed button").click()
    clean(host, "who was removed")


def test_the_stage_and_the_end(server: Server, opened: Callable[..., Page]) -> None:
    host = opened(server.link("host", "Anna Bakker"))
    page = entered(opened(server.link("attendee", "Ana de Vries")))
    link = server.link("stage", "Screen")
    screens = [opened(link), opened(link.replace("#", "?over=1&join=1#"))]
    for screen in screens:
        clean(screen, "waiting")
    began(host)
    asked(page, "Who pays for the grid?")
    act(host, "grid", "spotlight")
    for screen in screens:
        expect(screen.get_by_text("Who pays for the grid?")).to_be_visible()
        clean(screen, "question")
    act_answer = host.locator(".now [data-act=answer]")
    act_answer.click()
    between_presses(host)
    host.locator(".door").click()
    between_presses(host)
    host.locator("dialog[open] .is-danger").click()
    until(lambda: page.locator("#say").count() == 0, "it has ended")
    clean(page, "ended")
    clean(host, "host, ended")
    for screen in screens:
        clean(screen, "stage, ended")
    page.locator("#place-menu .icon-button").last.click()
    page.locator(".device-leave .button").click()
    between_presses(page)
    page.locator(".device-leave .is-danger").click()
    expect(page.locator("#problem")).to_be_visible()
    clean(page, "left")


@pytest.mark.parametrize("role", ["attendee", "host", "stage"])
def test_where_the_network_blocks(server: Server, opened: Callable[..., Page], role: str) -> None:
    barrier = Barrier(server.port, "refuses", False).start()
    try:
        page = opened(server.link(role, "Ana de Vries").replace(f":{server.port}/", f":{barrier.port}/"))
        if role == "attendee":
            page.locator(".door-go").click()
        if role != "stage":
            expect(page.locator("h1").first).to_be_visible()
        clean(page, "at first")
        page.wait_for_function("() => /HTTP/.test(document.body.innerText)")
        clean(page, "blocked")
    finally:
        barrier.stop()


def test_what_is_on_its_way(server: Server, opened: Callable[..., Page]) -> None:
    """On a train it may be so for minutes: it is read, too."""
    host = opened(server.link("host", "Anna Bakker"))
    page = entered(opened(server.link("attendee", "Ana de Vries")))
    began(host)
    page.context.set_offline(True)
    page.locator("#tab-chat").click()
    page.locator("#say").fill("Hello, see https://example.org/charging")
    page.locator("#say").press("Enter")
    expect(page.locator(".message.is-sending")).to_be_visible()
    clean(page, "chat on its way")
    page.locator("#tab-questions").click()
    page.locator("#ask-open").click()
    page.locator("#ask-text").fill("Who pays for the grid?")
    page.locator(".ask-form .button.is-primary").click()
    expect(page.locator(".question.is-sending")).to_be_visible()
    clean(page, "question on its way")
