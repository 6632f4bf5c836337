"""What the demo prints: links and what to do with them, then one line that says how it goes."""

from __future__ import annotations

import io
import shutil
import sys
from typing import TextIO
from urllib.parse import urlsplit

import segno

from webinar_server.demo.script import SESSION
from webinar_server.demo.seed import Tokens
from webinar_server.demo.week import ID, MISSION_TITLE, READER, SECOND

EVERY = 30
"""Seconds between two lines about how it goes where there is no terminal to rewrite one on."""


class Screen:
    """One output, with a line at its end that is rewritten on a terminal and repeated elsewhere."""

    def __init__(self, output: TextIO = sys.stdout) -> None:
        self._output = output
        self._rewrites = output.isatty()
        self._status = ""
        self._calls = 0

    def say(self, text: str = "") -> None:
        """A line that stays."""
        self._write(f"{self._erase()}{text}\n{self._status}")

    def status(self, elapsed: float, text: str) -> None:
        """How it goes; called once a second."""
        line = f"{int(elapsed) // 60:02d}:{int(elapsed) % 60:02d}  {text}"
        if self._rewrites:
            erase = self._erase()
            self._status = line[: shutil.get_terminal_size().columns - 1]
            self._write(erase + self._status)
        elif self._calls % EVERY == 0:
            self._write(line + "\n")
        self._calls += 1

    def end(self, text: str) -> None:
        """The last line."""
        erase, self._status = self._erase(), ""
        self._write(f"{erase}{text}\n")

    def _erase(self) -> str:
        return "\r\x1b[K" if self._rewrites else ""

    def _write(self, text: str) -> None:
        self._output.write(text)
        self._output.flush()


def welcome(base: str, tokens: Tokens, audience: int, minutes: float, server: int) -> str:
    """The links, what to do with each, and the participant's as a QR code where a phone can open it."""
    participant = f"{base}/mission/{ID}#{tokens.participant}"
    return f"""
{MISSION_TITLE}
Three days of programme; its session is on, and {audience} people arrive within a minute. Open side by side:

Organiser    {base}/organise/{ID}#{tokens.organiser}
             The week as who organises it sees it: programme, people, import, post, settings.

Participant  {participant}
             You are {READER}, who looks for depot charging. Find three partners under Participants; then
             enter what is on now, say hello, and ask something, with your name or as your organisation:
             {SECOND} puts you in the picture within two minutes. Who wants to talk to you, you are told
             after your moment: accept some, decline one; they write, and meet you when you propose it.

Host         {base}/host/{SESSION}#{tokens.host}
             1. Greet three people.  2. Put a question on deck, then in the spotlight, then answer it.
             3. Open a poll, close it, reveal it.  4. Approve or dismiss the held questions.

Stage        {base}/stage/{SESSION}#{tokens.stage}
             The picture for the video stream: full screen, or as a browser source in OBS.

{_for_a_phone(base, participant)}

Stop the server under them with `kill {server}`: it is started again, and nobody has to reload.
All ends by itself after {minutes:g} minutes, or with Ctrl-C.
"""


def _for_a_phone(base: str, link: str) -> str:
    if (urlsplit(base).hostname or "") in ("127.0.0.1", "localhost", "::1"):
        return 'On a phone  `make demo ARGS="--host 0.0.0.0"` prints a code to scan, for this network.'
    return f"{_qr(link)}\n          The participant's link, for a phone in this network."


def _qr(link: str) -> str:
    drawn = io.StringIO()
    segno.make(link, error="l", micro=False).terminal(drawn, compact=True, border=2)
    return drawn.getvalue().rstrip("\n")
