"""No record, however wrong, blanks a page; a part that cannot be drawn says so, and the rest goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from tests.browser.conftest import SESSION, Opener, Server, opening, running
from tests.browser.people import ask, card, say, tab, through_the_door
from webinar_server.web.http.modules import Modules
from webinar_server.web.http.static import folder

STATIC = folder()
SOURCES = {path.relative_to(STATIC).as_posix(): path.read_text() for path in STATIC.rglob("*.js")}
WRONG: list[Any] = [
    None,
    5,
    -1,
    2**63,
    -(2**63),
    8_640_000_000_000_001,
    "x",
    True,
    [],
    [None],
    {},
    {"toString": 1},
]
MISSING = object()
TIMES = ("starts_at", "ends_at", "opened_at", "closed_at")
FAILED = "This part cannot be shown. The rest goes on."


@dataclass
class Wire:
    """The socket of a page, between it and the server; `tell` says what the server never would."""

    sockets: list[WebSocketRoute] = field(default_factory=list)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent: list[dict[str, Any]] = field(default_factory=list)
    at: Any = None

    def __call__(self, page: Page) -> None:
        page.route_web_socket(re.compile("/live"), self._opened)

    def _opened(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        self.sockets.append(socket)

        def heard(text: str | bytes) -> None:
            self._note(json.loads(text))
            socket.send(text)

        def said(text: str | bytes) -> None:
            self.sent.append(json.loads(text))
            server.send(text)

        server.on_message(heard)
        socket.on_message(said)

    def _note(self, frame: dict[str, Any]) -> None:
        if frame["op"] != "state":
            return
        self.at = frame["at"]
        for kind, records in frame.get("put", {}).items():
            self.records.setdefault(kind, {}).update(records)

    def tell(self, kind: str, records: dict[str, Any]) -> None:
        frame = {"op": "state", "topic": f"session/{SESSION}", "at": self.at, "put": {kind: records}}
        self.sockets[-1].send(json.dumps(frame))


@dataclass
class Screens:
    """The three pages of one session, each with its wire."""

    server: Server
    open: Opener
    pages: dict[str, tuple[Page, Wire]]


def unshaped(page: Page) -> None:
    """Without what mends the fields of records: what is drawn has to look after itself."""
    replace(page, "app/shapes.js", "shaped", "function shaped(kind, fields) { return { ...fields } }")


def replace(page: Page, module: str, name: str, instead: str) -> None:
    """Put another function in the place of an exported one, wherever the page's script holds its module."""
    was = re.compile(rf"^export (function {name}\(|const {name} =)", re.MULTILINE)
    source, found = was.subn(lambda one: one[1].replace(name, f"{name}_was", 1), SOURCES[module])
    assert found == 1, f"{module} exports no {name}"
    noted = f"(globalThis.replaced ??= new Set()).add('{name}');"
    modules = Modules(SOURCES | {module: f"{source}\n{noted}\nexport {instead}\n"})

    def changed(route: Route) -> None:
        file = re.search(r"pages/([a-z]+)[^/]*\.js", route.request.url)
        assert file is not None
        served = modules.joined(f"pages/{file[1]}.js")
        route.fulfill(content_type="text/javascript", body=served[file[0]])

    page.route("**/pages/*.js", changed)


def replaced(page: Page, name: str) -> None:
    """Wait until the page runs the other function's module."""
    page.wait_for_function("name => globalThis.replaced?.has(name)", arg=name)


def furnished(server: Server, opened: Opener, before: Callable[[Page], None]) -> Screens:
    """Something of everything: a live question, one on deck, a line, polls, messages, a greeting."""
    pages: dict[str, tuple[Page, Wire]] = {}
    for role, name in (("host", "Anna"), ("attendee", "Ana"), ("stage", "Hall")):
        wire = Wire()

        def first(page: Page, wire: Wire = wire) -> None:
            before(page)
            wire(page)

        pages[role] = (opened(server.link(role, name), before=first, expect_faults=True), wire)
    host, ana = pages["host"][0], pages["attendee"][0]
    through_the_door(ana)
    host.get_by_role("button", name="Open session").click()
    say(ana, "Good morning")
    for number in (1, 2, 3):
        ask(ana, f"Question {number}?")
    for number, act in ((1, "spotlight"), (2, "queue"), (3, "deck")):
        card(host, f"Question {number}?").locator(f"[data-act={act}]").click()
    host.get_by_role("button", name="New poll").click()
    expect(host.get_by_role("textbox", name="Question", exact=True)).to_be_focused()
    host.get_by_role("textbox", name="Question", exact=True).fill("Where do you charge?")
    host.get_by_role("textbox", name="Option 1").fill("At home")
    host.get_by_role("textbox", name="Option 2").fill("At work")
    host.get_by_role("button", name="Keep as draft").click()
    host.get_by_role("button", name="Open", exact=True).click()
    expect(pages["stage"][0].get_by_text("Question 1?").first).to_be_visible()
    expect(ana.get_by_text("Where do you charge?").locator("visible=true").first).to_be_visible()
    return Screens(server, opened, pages)


@pytest.fixture(scope="module", params=[lambda page: None, unshaped], ids=["shaped", "unshaped"])
def screens(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Screens]:
    with running(tmp_path_factory.mktemp("broken")) as server, opening(browser) as opened:
        yield furnished(server, opened, request.param)


def drawn(page: Page) -> None:
    """Everything that was due has been drawn."""
    page.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 10))))"
    )


def others_are_there(role: str, page: Page, kind: str, what: object) -> None:
    """What has nothing to do with the kind that is broken, and what mends it."""
    said = {"message": "Good morning", "poll": "Where do you charge?"}
    if role == "stage":
        assert page.locator(".failed").count() == 0, what
        assert page.locator(".screen-main > section").count() == 1, what
        return
    menu = "Settings and keys" if role == "attendee" else "Session settings"
    assert page.get_by_role("button", name=menu).is_visible(), what
    field = "#say" if role == "attendee" else ".composer textarea"
    assert page.locator(field).is_visible(), what
    for other in said.keys() - {kind}:
        assert page.get_by_text(said[other]).locator("visible=true").count() > 0, (other, what)


def wrongs(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any] | Any]]:
    for name in record:
        for wrong in (*WRONG, MISSING):
            changed = {**record, name: wrong}
            if wrong is MISSING:
                del changed[name]
            yield f"{name}={'missing' if wrong is MISSING else wrong}", changed
    yield from (("whole", wrong) for wrong in WRONG)


@pytest.mark.parametrize("role", ["host", "attendee", "stage"])
@pytest.mark.parametrize("kind", ["session", "stage", "person", "question", "poll", "message"])
def test_no_record_however_wrong_blanks_a_page(screens: Screens, role: str, kind: str) -> None:
    page, wire = screens.pages[role]
    if role == "attendee":
        tab(page, "Chat")
    known = dict(wire.records.get(kind, {}))
    if role == "stage" and kind in ("person", "message"):
        assert not known
        return
    assert known
    # the one that is live is drawn where nothing else would be
    shown = next((one for one in known if known[one].get("state") in ("live", "open")), next(iter(known)))
    for what, record in wrongs(known[shown]):
        wire.tell(kind, {shown: record})
        drawn(page)
        others_are_there(role, page, kind, (kind, what))
    if kind not in ("session", "stage"):
        many = {f"wrong-{at}": record for at, (_, record) in enumerate(wrongs(known[shown]))}
        wire.tell(kind, {**known, **many})
        drawn(page)
        others_are_there(role, page, kind, (kind, "many"))
        gone = {"op": "state", "topic": f"session/{SESSION}", "at": wire.at, "gone": {kind: list(many)}}
        wire.sockets[-1].send(json.dumps(gone))
    wire.tell(kind, known)
    drawn(page)
    expect(page.locator(".failed:visible")).to_have_count(0)


def test_a_session_whose_time_cannot_be_shown_is_mended_by_its_host(screens: Screens) -> None:
    page, wire = screens.pages["host"]
    right = wire.records["session"][SESSION]
    for wrong in (2**63, -(2**63), 8_640_000_000_000_001):
        wire.tell("session", {SESSION: {**right, "state": "waiting", **dict.fromkeys(TIMES, wrong)}})
        drawn(page)
        expect(page.get_by_role("heading", name="Smart ports")).to_be_visible()
    page.get_by_role("button", name="Session settings").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Starts").fill("2027-01-01T12:00")
    before = len(wire.sent)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    asked = [frame["args"] for frame in wire.sent[before:] if frame["op"] == "do"]
    assert [list(args) for args in asked] == [["starts_at"]]


BREAKS = [
    ("host", "session/people/makeup_bar.js", "drawMakeup", "#desk"),
    ("host", "session/people/arrivals.js", "nextToGreet", None),
    ("host", "session/polls/order.js", "inOrder", "#polls"),
    ("host", "session/people/hands.js", "drawHands", "#desk"),
    ("host", "session/questions/groups.js", "groups", "#board"),
    ("attendee", "session/people/order.js", "orderedPeople", "#place-people"),
    ("attendee", "session/questions/order.js", "ownQuestions", "#place-questions"),
    ("attendee", "session/programme/video.js", "sourceOf", "#place-picture"),
    ("attendee", "session/reactions/attendee.js", "create", "#place-acts"),
    ("stage", "session/stage/question.js", "drawQuestion", None),
    ("stage", "session/stage/scene.js", "sceneOf", None),
]
"""Page, module, the function of it that fails, and the part that says so; none where nobody need know."""


@pytest.mark.parametrize(("role", "module", "name", "says"), BREAKS)
def test_a_part_that_cannot_be_drawn_says_so_and_the_rest_goes_on(
    screens: Screens, role: str, module: str, name: str, says: str | None
) -> None:
    heard: list[str] = []

    def broken(page: Page) -> None:
        page.on("console", lambda message: heard.append(message.text))
        replace(page, module, name, sabotaged(name))

    page = screens.open(screens.server.link(role, f"Another {role}"), before=broken, expect_faults=True)
    if role == "attendee":
        through_the_door(page)
    replaced(page, name)
    if role == "attendee":
        tab(page, "People" if says == "#place-people" else "Questions")
    if says is None:
        page.wait_for_timeout(300)
        expect(page.locator(".failed:visible")).to_have_count(0)
    else:
        expect(page.locator(f"{says} .failed:visible").first).to_contain_text(FAILED)
        expect(page.locator(".failed:visible")).to_have_count(1)
        page.locator(f"{says} .failed:visible").get_by_role("button", name="Try again").click()
        expect(page.locator(f"{says} .failed:visible")).to_have_count(1)
    if role == "host":
        expect(page.get_by_role("heading", name="Live now")).to_be_visible()
        expect(page.get_by_text("Good morning")).to_be_visible()
    assert not [line for line in heard if "a secret of somebody" in line]
    assert len([line for line in heard if "could not be drawn" in line]) <= 3


def sabotaged(name: str) -> str:
    """A function that throws; what it throws holds somebody's words."""
    return f"function {name}() {{ throw new TypeError('a secret of somebody') }}"


def test_the_last_good_picture_stays_on_air(screens: Screens) -> None:
    def broken(page: Page) -> None:
        replace(page, "session/polls/stage.js", "drawPoll", sabotaged("drawPoll"))

    server = screens.server
    host = screens.open(server.link("host", "Hank Miller"), expect_faults=True)
    page = screens.open(server.link("stage", "Second stage"), before=broken, expect_faults=True)
    replaced(page, "drawPoll")
    expect(page.get_by_text("Question 1?")).to_be_visible()
    host.get_by_role("button", name="Clear stage").click()
    expect(host.get_by_role("region", name="Live now")).to_contain_text("Where do you charge?")
    page.wait_for_timeout(300)
    expect(page.get_by_text("Question 1?")).to_be_visible()
    expect(page.locator(".failed")).to_have_count(0)
