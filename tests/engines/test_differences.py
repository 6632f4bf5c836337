"""What engines do each in its own way, and pages alike in all: fields that grow, lists that stay, rows."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.browser.crowd import crowd
from tests.engines.conftest import DESKTOP, PHONE, Hall
from tests.engines.screen import Screen
from webinar_server.client import Bot

MESSAGES, MORE = 500, 60
AT_ONCE = 20
UP_PX = 1200
GUESTS = 20
CHATS = {"host": ".messages[data-part=scroller]", "ana": "#place-chat .scroller"}
COMPOSERS = {"host": ".chat .composer textarea", "ana": "#say"}

SIDEWAYS = """() => [...document.querySelectorAll("*")]
  .filter((one) => one.scrollWidth > one.clientWidth && /auto|scroll/.test(getComputedStyle(one).overflowX))
  .map((one) => `${one.tagName} ${one.className}: ${one.scrollWidth} of ${one.clientWidth}`)"""

IN_VIEW = """(scroller) => {
  const { top, bottom } = document.querySelector(scroller).getBoundingClientRect();
  const lines = [...document.querySelectorAll(`${scroller} .message-text`)];
  const line = lines.find((one) => one.getBoundingClientRect().top > (top + bottom) / 2);
  return [line.textContent, line.getBoundingClientRect().top];
}"""
PLACE = """(scroller, text) => {
  const lines = [...document.querySelectorAll(`${scroller} .message-text`)];
  const line = lines.find((one) => one.textContent === text);
  return line.getBoundingClientRect().top;
}"""

COLOURS = """async (png, place) => {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { x, y, width, height } = document.querySelector(place).getBoundingClientRect();
  if (!width) return 0;
  return new Set(new Uint32Array(canvas.getImageData(x, y, width, height).data.buffer)).size;
}"""


class People(NamedTuple):
    talker: str
    """The link of somebody who talks much."""
    screens: dict[str, Screen]


@pytest.fixture(scope="module")
def people(hall: Hall) -> Iterator[People]:
    with crowd(hall.server, GUESTS, questions=3):
        talker = hall.server.link("host", "Anna Bakker")
        asyncio.run(talk(talker, range(MESSAGES)))
        yield People(talker, {"host": hall.comes("host", "Hank Miller"), "ana": hall.enters("Ana de Vries")})


async def talk(link: str, numbers: range) -> None:
    async with Bot(link) as bot:
        for at in range(numbers.start, numbers.stop, AT_ONCE):
            said = range(at, min(at + AT_ONCE, numbers.stop))
            await asyncio.gather(*(bot.do("say", text=line(number)) for number in said))


def line(number: int) -> str:
    return f"line {number}, of some words " * (1 + number % 3)


each_page = pytest.mark.parametrize("who", CHATS)


@each_page
def test_the_line_that_is_read_stays_while_others_talk(people: People, who: str) -> None:
    screen, scroller = people.screens[who], CHATS[who]
    screen.sees(f"line {MESSAGES - 1},", f"{scroller} .message-text")
    screen.look("(at, up) => document.querySelector(at).scrollBy(0, -up)", scroller, UP_PX)
    before = at_rest(screen, scroller)
    last = MESSAGES + MORE * (1 + list(CHATS).index(who))
    asyncio.run(talk(people.talker, range(last - MORE, last)))
    screen.sees(f"{MORE} new")
    text, top = before
    screen.until(lambda: abs(screen.look(PLACE, scroller, text) - top) <= 1, "it stands where it stood")
    screen.press(f"{MORE} new")
    screen.until(lambda: at_end(screen, scroller), "the newest")


def at_rest(screen: Screen, scroller: str) -> Any:
    """What is read, and where, once that is the same for some looks: older lines may come."""
    seen: list[Any] = []

    def rests() -> bool:
        seen.append(screen.look(IN_VIEW, scroller))
        return len(seen) > 5 and all(one == seen[-1] for one in seen[-5:])

    screen.until(rests, "the list holds still")
    return seen[-1]


def at_end(screen: Screen, scroller: str) -> bool:
    far: float = screen.look(
        """(at) => {
          const list = document.querySelector(at);
          return list.scrollHeight - list.scrollTop - list.clientHeight;
        }""",
        scroller,
    )
    return far <= 1


@each_page
def test_a_composer_grows_with_its_words_and_is_small_again_once_they_are_sent(
    people: People, who: str
) -> None:
    screen, field = people.screens[who], COMPOSERS[who]
    empty = height(screen, field)
    screen.press("", field)
    screen.keys("one", pause=30)
    for line in ("two", "three", "four"):
        screen.new_line()
        screen.keys(line, pause=30)
    screen.until(lambda: height(screen, field) > empty + 40, "a higher field")
    screen.keys("\n")
    screen.until(lambda: abs(height(screen, field) - empty) <= 1, "a low field")


def height(screen: Screen, field: str) -> float:
    high: float = screen.look("(field) => document.querySelector(field).offsetHeight", field)
    return high


@each_page
def test_the_enter_that_ends_a_composition_sends_nothing(people: People, who: str) -> None:
    screen, field = people.screens[who], COMPOSERS[who]
    screen.press("", field)
    screen.keys("ni")
    left = screen.look(
        """(at) => {
          const field = document.querySelector(at);
          const press = (how) => new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...how });
          field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
          field.dispatchEvent(press({ keyCode: 229 }));
          field.dispatchEvent(press({ isComposing: true }));
          return field.value;
        }""",
        field,
    )
    assert left == "ni"
    screen.keys("\n")
    screen.until(lambda: screen.look("(at) => document.querySelector(at).value", field) == "", "it is sent")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_is_scrolled_sideways_and_rows_are_painted_whole(
    people: People, size: tuple[int, int]
) -> None:
    for screen in people.screens.values():
        screen.window.size(*size)
        screen.until(lambda screen=screen: screen.look(SIDEWAYS) == [], "nothing scrolls sideways")  # type: ignore[misc]
    host = people.screens["host"]
    host.until(lambda: colours(host, ".arrival [data-act=greet]") > 9, "a button to greet that is painted")


def colours(screen: Screen, place: str) -> int:
    """How many a picture of the window has where this stands."""
    picture = base64.b64encode(screen.window.picture()).decode()
    found: int = screen.look(COLOURS, picture, place)
    return found
