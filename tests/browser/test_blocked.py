"""Where a ministry's proxy lets no WebSocket through, every page says so within 20 s, and goes on by HTTP."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Server, until
from tests.browser.people import ask, press, say, through_the_door
from tests.faults.barrier import Barrier, Manner
from tests.web.client import DEADLINE

BLOCKED = "Live connections are blocked on this network; going on by HTTP"
MANNERS: list[Manner] = ["drops", "refuses", "resets", "waits", "silent", "renames"]


@pytest.fixture
def barriers(server: Server) -> Iterator[list[Barrier]]:
    made: list[Barrier] = []
    yield made
    for barrier in made:
        barrier.stop()


def behind(server: Server, barriers: list[Barrier], manner: Manner, kept: bool = False) -> Barrier:
    barriers.append(Barrier(server.port, manner, kept).start())
    return barriers[-1]


def through(barrier: Barrier, server: Server, role: str, name: str) -> str:
    return server.link(role, name).replace(f":{server.port}/", f":{barrier.port}/")


def reads(page: Page, text: str) -> None:
    expect(page.locator(".messages").get_by_text(text, exact=True)).to_be_visible()


@pytest.mark.parametrize("manner", MANNERS)
def test_each_page_says_that_live_connections_are_blocked_and_goes_on(
    server: Server, open_page: Opener, barriers: list[Barrier], manner: Manner
) -> None:
    barrier = behind(server, barriers, manner)

    def opened(role: str, name: str) -> Page:
        page = open_page(through(barrier, server, role, name), expect_faults=True)
        if role == "attendee":
            through_the_door(page)
        deadline = time.monotonic() + DEADLINE
        while page.get_by_text(BLOCKED).count() == 0:
            assert time.monotonic() < deadline, (role, page.locator("body").inner_text())
            # nothing untrue before the first state: it was never connected, and nobody knows when it begins
            said = page.locator("body").inner_text()
            assert BLOCKED in said or not re.search("econnecting|about to begin|expired|Nobody", said), said
            page.wait_for_timeout(200)
        return page

    host = opened("host", "Anna Bakker")
    stage = opened("stage", "Stage")
    ana = opened("attendee", "Ana de Vries")
    # and on it goes, both ways, beside somebody whose network lets sockets through
    host.get_by_role("button", name="Open session").click()
    free = open_page(server.link("attendee", "Ben Free"))
    through_the_door(free)
    for text, sender, reader in (("by post", ana, free), ("by socket", free, ana)):
        say(sender, text)
        reads(reader, text)
        expect(host.get_by_text(text, exact=True)).to_be_visible()
    ask(ana, "Who may charge there?")
    press(host, "Who may charge there?", "spotlight")
    expect(stage.get_by_text("Who may charge there?")).to_be_visible()
    assert ana.locator(".messages").get_by_text("by post", exact=True).count() == 1
    until(lambda: barrier.asked["GET /live/stream"] >= 3, "three streams")


def test_where_answers_are_kept_back_it_goes_on_by_short_ones(
    server: Server, open_page: Opener, barriers: list[Barrier]
) -> None:
    barrier = behind(server, barriers, "refuses", kept=True)
    ana = open_page(through(barrier, server, "attendee", "Ana de Vries"), expect_faults=True)
    through_the_door(ana)
    expect(ana.get_by_text(BLOCKED).first).to_be_visible()
    free = open_page(server.link("attendee", "Ben Free"))
    through_the_door(free)
    for n in range(3):
        say(free, f"hello {n}")
        reads(ana, f"hello {n}")
        say(ana, f"back {n}")
        reads(free, f"back {n}")
    assert ana.get_by_text("econnecting").count() == 0


def test_who_is_removed_is_told_so_by_the_stream(
    server: Server, open_page: Opener, barriers: list[Barrier]
) -> None:
    barrier = behind(server, barriers, "refuses")
    ana = open_page(through(barrier, server, "attendee", "Ana de Vries"), expect_faults=True)
    through_the_door(ana)
    expect(ana.get_by_text(BLOCKED).first).to_be_visible()
    host = server.link("host", "Anna Bakker")
    page = open_page(host)
    page.locator(".arrival").filter(has_text="Ana de Vries").first.wait_for()
    server.run("token", "--renew", "Ana de Vries", "--session", "smart-ports")
    expect(ana.get_by_text("link").first).to_be_visible()


def test_a_server_that_restarts_is_no_network_that_blocks(server: Server, open_page: Opener) -> None:
    ana = open_page(server.link("attendee", "Ana de Vries"), expect_faults=True)
    through_the_door(ana)
    say(ana, "before")
    server.stop()
    time.sleep(5)
    server.start()
    say(ana, "after")
    reads(ana, "after")
    expect(ana.locator(".message.is-pending, .is-sending")).to_have_count(0)
    assert ana.get_by_text(BLOCKED).count() == 0


def test_it_is_said_in_dutch_too(server: Server, open_page: Opener, barriers: list[Barrier]) -> None:
    barrier = behind(server, barriers, "refuses")
    link = through(barrier, server, "attendee", "Ana de Vries")
    ana = open_page(link, locale="nl-NL", expect_faults=True)
    through_the_door(ana, "Kom binnen")
    expect(ana.get_by_text("Live verbindingen zijn op dit netwerk geblokkeerd").first).to_be_visible()
