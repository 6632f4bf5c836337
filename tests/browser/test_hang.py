"""While the log hangs the pages say so after some seconds, keep what was written, and send it once."""

from __future__ import annotations

import pathlib
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener, Server, running
from tests.browser.people import say, through_the_door
from tests.valkey import Valkey


@pytest.fixture
def valkey(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Valkey]:
    """The log of the server, which finds it in its environment."""
    valkey = Valkey(tmp_path / "valkey").start()
    monkeypatch.setenv("WEBINAR_REDIS", valkey.url)
    yield valkey
    valkey.kill()


@pytest.fixture
def server(valkey: Valkey, tmp_path: pathlib.Path) -> Iterator[Server]:
    with running(tmp_path / "data") as server:
        yield server


def test_while_the_log_hangs_people_are_told_and_their_words_come_once(
    valkey: Valkey, server: Server, open_page: Opener
) -> None:
    host = open_page(server.link("host", "Anna Bakker"))
    ana = open_page(server.link("attendee", "Ana de Vries"))
    through_the_door(ana)
    host.get_by_role("button", name="Open session").click()
    say(ana, "before")
    expect(host.get_by_text("before", exact=True)).to_be_visible()

    valkey.signal(signal.SIGSTOP)
    say(ana, "meanwhile")
    host.get_by_placeholder("Write to everybody").fill("from the host")
    host.keyboard.press("Enter")
    expect(ana.get_by_text("Still sending… your words are kept").first).to_be_visible()
    expect(host.get_by_text("still sending, nothing is lost")).to_be_visible()
    expect(ana.get_by_text("meanwhile", exact=True)).to_be_visible()
    assert ana.get_by_text("Reconnecting").count() == 0, "the server is there"

    valkey.signal(signal.SIGCONT)
    for page in (ana, host):
        for words in ("before", "meanwhile", "from the host"):
            expect(page.locator(".messages").get_by_text(words, exact=True)).to_have_count(1)
    expect(ana.locator(".link-bar")).to_have_count(0)
    # its word makes room while something is told
    expect(host.locator(".link-state.is-live")).to_have_count(1)


def test_it_is_said_in_dutch_too(valkey: Valkey, server: Server, open_page: Opener) -> None:
    ana = open_page(server.link("attendee", "Ana de Vries"), locale="nl-NL")
    through_the_door(ana, "Kom binnen")
    valkey.signal(signal.SIGSTOP)
    ana.locator("#say").fill("hallo")
    ana.keyboard.press("Enter")
    expect(ana.get_by_text("Nog aan het verzenden").first).to_be_visible()
    valkey.signal(signal.SIGCONT)
    expect(ana.locator(".link-bar")).to_have_count(0)
    expect(ana.locator(".messages").get_by_text("hallo", exact=True)).to_have_count(1)


def test_the_stage_says_since_when_its_picture_stands(
    valkey: Valkey, server: Server, open_page: Opener
) -> None:
    link = server.link("stage", "Stage")
    stage = open_page(link, expect_faults=True)
    over_video = open_page(link.replace("#", "?transparent=1#"), expect_faults=True)
    for page in (stage, over_video):
        expect(page).to_have_title("Smart ports")
        expect(page.locator("#sign, #dot").filter(visible=True)).to_have_count(0)

    valkey.signal(signal.SIGSTOP)
    expect(stage.locator("#sign")).to_contain_text("No news at the moment, as it stood at")
    expect(over_video.locator("#dot")).to_be_visible()
    expect(over_video.locator("#sign")).to_be_hidden()
    valkey.signal(signal.SIGCONT)
    for page in (stage, over_video):
        expect(page.locator("#sign, #dot").filter(visible=True)).to_have_count(0)

    server.stop(signal.SIGKILL)
    expect(stage.locator("#sign")).to_contain_text("Reconnecting… as it stood at")
    expect(stage.get_by_role("heading", name="Smart ports")).to_be_visible()
    server.start()
    expect(stage.locator("#sign")).to_be_hidden()


@pytest.mark.parametrize(
    ("role", "field"), [("attendee", "#say"), ("host", ".composer textarea")], ids=["attendee", "host"]
)
def test_a_field_grows_with_what_is_written_where_the_browser_does_not_do_so(
    server: Server, open_page: Opener, role: str, field: str
) -> None:
    page = open_page(
        server.link(role, "Ana de Vries"),
        before=lambda page: page.add_init_script("CSS.supports = () => false"),
    )
    if role == "attendee":
        through_the_door(page)
    box = page.locator(field)
    # as in WebKit
    box.evaluate("box => { box.style.fieldSizing = 'fixed'; }")
    box.fill("one")
    one = box.bounding_box()
    box.fill("one\ntwo\nthree\nfour")
    page.wait_for_function("box => box.clientHeight > 60", arg=box.element_handle())
    box.fill("\n".join("many lines"))
    page.wait_for_function("box => box.scrollHeight > box.clientHeight", arg=box.element_handle())
    grown = box.bounding_box()
    assert one is not None and grown is not None and one["height"] < 60 < grown["height"] < 140
    page.keyboard.press("Enter")
    page.wait_for_function("box => !box.value && box.clientHeight < 60", arg=box.element_handle())
