"""What the demo prints: four links, a QR code where a phone can open it, and a line that is rewritten."""

import io
import re

import msgspec

from webinar_server.demo.screen import EVERY, Screen, welcome
from webinar_server.demo.seed import Tokens
from webinar_server.demo.tally import Tally, line

TOKENS = Tokens("ORGANISER", "PARTICIPANT", "HOST", "STAGE", [])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_welcome_has_each_link_once_and_says_how_it_ends() -> None:
    text = welcome("http://127.0.0.1:8000", TOKENS, 300, 120.0, 4711)
    assert re.findall(r"http\S+/(\w+)/\S+#(\w+)", text) == [
        ("organise", "ORGANISER"),
        ("mission", "PARTICIPANT"),
        ("host", "HOST"),
        ("stage", "STAGE"),
    ]
    assert "kill 4711" in text and "120 minutes" in text


def test_a_qr_code_is_for_who_can_open_it() -> None:
    here = welcome("http://127.0.0.1:8000", TOKENS, 300, 120.0, 4711)
    assert "▀" not in here and "--host 0.0.0.0" in here
    assert "▀" in welcome("http://192.168.1.7:8000", TOKENS, 300, 120.0, 4711)


def test_a_terminal_has_one_line_that_is_rewritten_below_what_stays() -> None:
    output = Terminal()
    screen = Screen(output)
    screen.status(1, "12 here")
    screen.status(2, "13 here")
    screen.say("The server is back")
    screen.end("Bye")
    left = [part.rpartition("\x1b[K")[2] for part in output.getvalue().split("\n")]
    assert left == ["The server is back", "Bye", ""]
    assert "00:02  13 here" in output.getvalue()


def test_elsewhere_there_is_a_line_now_and_then() -> None:
    output = io.StringIO()
    screen = Screen(output)
    for second in range(EVERY * 2 + 1):
        screen.status(second, "12 here")
    assert output.getvalue().splitlines() == ["00:00  12 here", "00:30  12 here", "01:00  12 here"]


def test_a_report_tells_what_happened_and_what_went_wrong() -> None:
    tally = Tally(here=212, polls=1, questions=1)
    tally.done.update(say=3, vote=2)
    assert line(msgspec.to_builtins(tally)) == "212 here · 3 messages · 1 question · 1 poll, 2 votes"
    tally.refused["question.closed"] += 1
    assert line(msgspec.to_builtins(tally)).endswith(" · 1 × question.closed")
