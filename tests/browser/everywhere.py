"""Every page in every state that people see, of a session in which something of everything is going on.

All that people of it say is in Arabic letters, so that their words are known from ours wherever they stand.
`.venv/bin/python -m tests.browser.everywhere FOLDER [390x844 [nl [dark]]]` takes their pictures.
"""

from __future__ import annotations

import pathlib
import sys
import tempfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, Opener, Server, chromium, opening, running
from tests.browser.stage import FULL, Hall, Who

OMAR = Who("محمد علي", "فولتلاين BV 24", "sme", "NL")
SARA = Who("سارة محمود", "بلدية الميناء", "local", "US")
NOUR = Who("نور الدين", "جامعة دلفت", "knowledge", "EG")
ASKED = "من يدفع ثمن الكهرباء (shore power 50 Hz) في الموانئ الصغيرة؟"
NEXT = "كم من الوقت يستغرق التصريح، من أول مكالمة إلى أول سفينة؟"
LINED = ("هل هناك مشروع تجريبي؟", "من يملك الشبكة؟", "كم تكلفة الكيلوواط؟", "متى نبدأ؟")
OPEN = ("هل يمكن للآخرين أن يأتوا ليروا؟", "ما هو OCPP 2.1؟")
HELD = ("هل هذا إعلان؟", "سؤال ينتظر الموافقة")
SAID = ("صباح الخير من ميناء دلفت", "مرحبا (hello) بكم جميعا")
PITCH = "نبني شواحن للموانئ الصغيرة (50 kW)"
SAY_AS = "مو-حا-ماد علي"
POLL = "أين تشحن سيارتك؟ (kWh)"
HOST = "ليلى حسن"
SPEAKER = "هدى كريم"
MINE = "سؤالي أنا (mine)"
OPTIONS = ["في البيت", "في العمل", "في الطريق (fast)"]
TITLE = "موانئ ذكية"
WORDS = [
    text
    for who in (OMAR, SARA, NOUR)
    for text in (who.name, who.organisation, *(f"{who.name} {at}" for at in range(12)))
]
WORDS += [
    ASKED,
    NEXT,
    *LINED,
    *OPEN,
    *HELD,
    *SAID,
    PITCH,
    SAY_AS,
    POLL,
    f"{POLL} ٢",
    *OPTIONS,
    MINE,
    TITLE,
    HOST,
    SPEAKER,
]
"""Each piece of what people say, as it is shown."""


class Look(NamedTuple):
    """How somebody's browser is."""

    width: int = 1280
    height: int = 800
    lang: str = "en"
    dark: bool = False
    forced: bool = False

    @property
    def how(self) -> dict[str, Any]:
        return {
            "viewport": {"width": self.width, "height": self.height},
            "locale": {"en": "en-GB", "nl": "nl-NL"}[self.lang],
            "dark": self.dark,
        }


class Everywhere:
    """The pages of one session, opened as they are wanted."""

    def __init__(self, server: Server, open_page: Opener, look: Look) -> None:
        self._server, self._open, self._look = server, open_page, look
        self.hall = Hall(server, open_page)
        self._ids: dict[str, str] = {}

    def __iter__(self) -> Iterator[tuple[str, Page]]:
        yield from self._before()
        self.host = self._page("host", HOST)
        yield "host-waiting", self.host
        yield from self._fill()
        yield from self._attendee()
        yield from self._host()
        yield from self._stage()
        yield from self._speaker()
        yield from self._asker()
        yield from self._end()

    def _page(self, role: str, name: str, **more: str) -> Page:
        return self._opened(self._server.link(role, name, **more))

    def _opened(self, link: str, **how: Any) -> Page:
        page = self._open(link, **self._look.how | how)
        if self._look.forced:
            page.emulate_media(forced_colors="active")
        return page

    def _before(self) -> Iterator[tuple[str, Page]]:
        base = f"http://127.0.0.1:{self._server.port}"
        for name, path in (("index", "/"), ("error", "/nowhere"), ("no-link", "/session/smart-ports")):
            page = self._opened(base + path, expect_faults=True)
            page.locator("h1").wait_for()
            yield name, page
        more = {"organisation": NOUR.organisation, "kind": "sme", "country": "NL"}
        link = self._server.link("attendee", NOUR.name, **more)
        self.ana = self._opened(link)
        self.ana.locator(".door-go").wait_for()
        yield "door", self.ana
        self.ana.locator(".door-go").click()
        self.ana.locator("#tab-chat").wait_for()
        yield "waiting", self.ana
        other = self._opened(link, expect_faults=True)
        other.locator("#whose").wait_for()
        yield "whose", other

    def _fill(self) -> Iterator[tuple[str, Page]]:
        hall = self.hall
        hall.host.do("open_session")
        hall.host.do("change_session", title=TITLE)
        yield "host-nobody", self.host
        self._omar, sara = hall.comes(OMAR), hall.comes(SARA)
        link = "https://voltline.example/nl"
        self._omar.do("introduce", say_as=SAY_AS, pitch=PITCH, link=link)
        self._omar.do("raise_hand")
        for who, text in ((self._omar, ASKED), (sara, NEXT)):
            self._ids[text] = who.do("ask", text=text, shown="named")["id"]
        for text in (*LINED, *OPEN):
            asker = hall.comes(Who(f"{SARA.name} {len(self._ids)}", SARA.organisation, "local", "US"))
            self._ids[text] = asker.do("ask", text=text, shown="named")["id"]
        hall.host.do("change_session", premoderated=True)
        for text in HELD:
            sara.do("ask", text=text, shown="named")
        for text in SAID:
            self._omar.do("say", text=text)
        for text in LINED:
            hall.host.do("queue", question=self._ids[text])
        hall.host.do("spotlight", question=self._ids[ASKED])
        hall.host.do("deck", question=self._ids[NEXT])
        hall.host.do("draft_poll", question=LINED[0], options=OPTIONS, choose="one")
        self._poll = hall.poll(POLL, OPTIONS)
        self._vote(6)
        hall.host.do("close_poll", poll=self._poll)
        hall.host.do("reveal_poll", poll=self._poll)
        self._open_poll = hall.poll(f"{POLL} ٢", OPTIONS)

    def _vote(self, many: int) -> None:
        for at in range(many):
            voter = self.hall.comes(Who(f"{NOUR.name} {at}", NOUR.organisation, "knowledge", "EG"))
            voter.do("vote", poll=self._poll, options=["1" if at < 4 else "2"])

    def _attendee(self) -> Iterator[tuple[str, Page]]:
        page = self.ana
        expect(page.locator(".spotlight").first).to_be_visible()
        for name in ("chat", "questions", "polls", "people"):
            page.locator(f"#tab-{name}").click()
            page.wait_for_timeout(200)
            yield f"attendee-{name}", page
        page.locator(".people [data-card]").last.click()
        page.locator("dialog[open]").wait_for()
        yield "attendee-card", page
        page.keyboard.press("Escape")
        page.locator("#tab-questions").click()
        page.locator("#ask-open").click()
        yield "attendee-ask", page
        page.keyboard.press("Escape")
        page.locator("#place-menu .icon-button").last.click()
        page.locator("dialog[open]").wait_for()
        yield "attendee-settings", page
        page.keyboard.press("Escape")

    def _host(self) -> Iterator[tuple[str, Page]]:
        page = self.host
        expect(page.locator(".now-live")).to_contain_text("shore power")
        page.wait_for_timeout(400)
        yield "host", page
        for name in ("desk", "board", "polls", "chat"):
            if _has_tabs(page):
                page.locator("#tabs .tab").nth(("desk", "board", "polls", "chat").index(name)).click()
                yield f"host-{name}", page
        for at in range(page.locator(".top-acts .icon-button:not([data-drawer])").count()):
            button = page.locator(".top-acts .icon-button:not([data-drawer])").nth(at)
            if button.get_attribute("lang") or at == 1 or not button.is_visible():
                continue
            button.click()
            page.locator("dialog[open]").wait_for()
            yield f"host-dialog-{at}", page
            page.keyboard.press("Escape")
        yield "host-greeted", self._greeted(page)

    def _greeted(self, page: Page) -> Page:
        """As it is after some acts: toasts, rows that keep their place."""
        if _has_tabs(page):
            page.locator("#tabs .tab").first.click()
        button = page.locator(".arrival [data-act=greet]").first
        button.hover()
        button.click()
        page.wait_for_timeout(300)
        return page

    def _stage(self) -> Iterator[tuple[str, Page]]:
        search = f"lang={self._look.lang}"
        stage = self.stage = self.hall.screen(search, FULL, dark=self._look.dark)
        yield "stage-question", stage
        over = self.hall.screen(f"{search}&transparent=1", FULL)
        yield "stage-over", over
        self.hall.host.do("answer", question=self._ids[ASKED])
        stage.locator(".picture.is-poll").wait_for()
        yield "stage-poll", stage
        self.hall.host.do("close_poll", poll=self._open_poll)
        yield "stage-closed", stage

    def _speaker(self) -> Iterator[tuple[str, Page]]:
        """The run of show: at its hosts, at who speaks, at who watches, on the stage."""
        host = self.hall.host
        for kind, minutes in (("talk", 5), ("spotlight", 10), ("borrel", 15)):
            host.do("add_segment", kind=kind, minutes=minutes, title=NEXT, who=NOUR.name, notes=SAID[0])
        speaker = self._opened(self._server.link("speaker", SPEAKER).replace("/session/", "/speaker/"))
        speaker.locator(".speaker-times").wait_for()
        yield "speaker-before", speaker
        host.do("start_run")
        host.do("say_cue", ready="two_minutes", text=SAID[0])
        speaker.locator(".speaker-cue p").wait_for()
        yield "speaker", speaker
        yield "attendee-run", self.ana
        page = self.host
        page.locator("[data-drawer=run]").click()
        page.locator("#run .run-next").wait_for()
        yield "host-run", page
        page.locator("[data-act=close-drawer]").click()
        host.do("end_run", leaving=self._segment(page))

    def _segment(self, page: Page) -> str:
        """The one that is on."""
        return page.locator("#run .run-line.is-on").get_attribute("data-segment") or ""

    def _asker(self) -> Iterator[tuple[str, Page]]:
        page = self.ana
        id = self._own()
        self.hall.host.do("queue", question=id)
        page.wait_for_timeout(300)
        yield "asker-in-line", page
        self.hall.host.do("deck", question=id)
        page.locator(".next-card").wait_for()
        yield "asker-next", page
        self.hall.host.do("spotlight", question=id)
        page.locator(".spotlight:not(.is-preview)").first.wait_for()
        yield "asker-live", page

    def _own(self) -> str:
        self.hall.host.do("change_session", premoderated=False)
        page = self.ana
        page.locator("#tab-questions").click()
        page.locator("#ask-open").click()
        page.locator("#ask-text").fill(MINE)
        page.locator(".ask-form .is-primary").click()
        card = self.host.locator(".board .card").filter(has_text=MINE)
        card.wait_for(state="attached")
        return card.get_attribute("data-question") or ""

    def _end(self) -> Iterator[tuple[str, Page]]:
        self.hall.host.do("close_session")
        self.ana.wait_for_timeout(300)
        self.ana.locator(".feedback").wait_for()
        yield "attendee-closed", self.ana
        yield "host-closed", self.host
        yield "stage-closed-session", self.stage


def _has_tabs(page: Page) -> bool:
    """Whether there is no room for all panels at once."""
    box = page.locator("#tabs").bounding_box()
    return box is not None and box["width"] > 20


def main(folder: str, size: str = "1280x800", *more: str) -> None:
    width, height = map(int, size.split("x"))
    look = Look(width, height, "nl" if "nl" in more else "en", "dark" in more, "forced" in more)
    with (
        tempfile.TemporaryDirectory() as data,
        running(pathlib.Path(data)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with opening(browser) as opened:
            everywhere = Everywhere(server, opened, look)
            with everywhere.hall:
                for name, page in everywhere:
                    page.screenshot(path=f"{folder}/{'-'.join((name, size, *more))}.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
