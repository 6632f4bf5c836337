"""Our own server under measurement: everything is on, only the pace per person and address is off."""

from __future__ import annotations

import pathlib
import sys
from typing import NamedTuple

from loadtests.bench.processes import Process
from loadtests.viewer import Speech, ours
from webinar_server.serve.sessions import create_session, tokens
from webinar_server.session.programme import CreateSession


class Audience(NamedTuple):
    """The people of one session, and how they talk to it."""

    session: str
    speech: Speech
    tokens: list[str]


def gather(folder: pathlib.Path, people: int, each: int, redis: str | None = None) -> list[Audience]:
    """Sessions for so many people, at most `each` in one, on a log nobody holds yet."""
    audiences = []
    for number in range(-(-people // each)):
        session = f"bench-{number}"
        create_session(CreateSession(session=session, title="Bench"), folder, redis)
        here = min(each, people - number * each)
        audiences.append(Audience(session, ours(f"session/{session}"), invited(folder, session, here)))
    return audiences


def invited(folder: pathlib.Path, session: str, count: int) -> list[str]:
    """Tokens of that many attendees."""
    made = tokens(session=session, role="attendee", name="Viewer", organisation="Voltline", kind="sme",
                  country="NL", count=count, days=1, data=folder)  # fmt: skip
    return [token for _, token in made]


def serve(folder: pathlib.Path, redis: str | None = None, *options: object) -> tuple[Process, int]:
    """A server that is ready, and its port."""
    where = ["--redis", redis] if redis else []
    server = Process(
        [sys.executable, "-m", "webinar_server", "serve", "--port", 0, "--data", folder, *where, *options],
        {"WEBINAR_PACE": "off"},
    )
    return server, int(server.line().rsplit(":", 1)[1])
