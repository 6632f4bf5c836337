"""Missions that one gets into in each way, on a server of its own that has a mail server."""

from __future__ import annotations

import asyncio
import pathlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import msgspec
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.browser.conftest import Server
from tests.mission.scene import CREATED
from tests.ports import free_port
from tests.web.client import DEADLINE
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission import MISSION
from webinar_server.mission.participants import Participant
from webinar_server.settings import Settings
from webinar_server.state import Answer
from webinar_server.web.who.member_links import path_of, token_of
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.stops import Stop, sign_stop
from webinar_server.web.who.tokens import Signer

WAYS = {"open": "", "code": "volt 2027", "approval": "", "invited": ""}
"""Missions by how one gets in, and the code of one."""


class Mailbox:
    """What a mail server was given, and whose letters it refuses."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses: set[str] = set()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        letter: Any = message_from_bytes(bytes(envelope.content or b""), policy=default)
        self.letters.append(letter)
        return "250 taken"

    def to(self, address: str, about: str = "") -> EmailMessage:
        """The newest letter to an address that says something, once it is there."""
        deadline = time.monotonic() + DEADLINE
        while not (
            found := [one for one in self.letters if address in str(one["To"]) and about in text_of(one)]
        ):
            assert time.monotonic() < deadline, f"no letter to {address}"
            time.sleep(0.05)
        return found[-1]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


class Door:
    """A server with those missions."""

    def __init__(self, server: Server, mailbox: Mailbox, links: dict[str, str]) -> None:
        self.server = server
        self.mailbox = mailbox
        self._links = links

    def organiser(self, way: str) -> str:
        """The link of its first organiser."""
        return f"http://127.0.0.1:{self.server.port}{self._links[way]}"

    def adas(self, way: str) -> str:
        """The link of Ada, who was invited."""
        return f"http://127.0.0.1:{self.server.port}{self._links[f'{way} ada']}"

    def stop(self, way: str) -> str:
        """What stands in her letters, by which there are no more."""
        return self._links[f"{way} stop"]

    def page(self, way: str, more: str = "/join") -> str:
        return f"http://127.0.0.1:{self.server.port}/mission/{way}{more}"


@contextmanager
def door(data: pathlib.Path, patch: pytest.MonkeyPatch, posts: bool = True) -> Iterator[Door]:
    data.mkdir(parents=True)
    mailbox = Mailbox()
    office = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    office.start()
    patch.setenv("WEBINAR_SMTP", f"smtp://127.0.0.1:{office.port}" if posts else "")
    patch.setenv("WEBINAR_SMTP_FROM", "post@live.example")
    with ThreadPoolExecutor(1) as thread:
        # Playwright's loop runs on this one
        links = thread.submit(asyncio.run, _filled(data)).result()
    server = Server(data)
    server.start()
    try:
        yield Door(server, mailbox, links)
    finally:
        server.stop()
        office.stop()


async def _filled(data: pathlib.Path) -> dict[str, str]:
    signer, links = Signer(*load_secrets(data)), {}
    hub = Hub(SqliteLog(data), Settings())
    await hub.open()
    try:
        for way, code in WAYS.items():
            topic = MISSION.topic(way)
            assert isinstance(
                await hub.begin(topic, _command("create_mission", **CREATED | {"mission": way})), Answer
            )
            room = await hub.room(topic)
            assert room is not None
            card = {"name": "Ada de Vries", "organisation": "Voltline B.V.", "email": "ada@example.org"}
            notices = {"en": "Kept for ninety days.", "nl": "Negentig dagen bewaard."}
            for said in (
                _command("change_mission", entry=way, code=code, notices=notices),
                _command("invite", **card),
            ):
                assert isinstance(await say(room, said), Answer)
            (ori,) = room.state.of(Participant, "role", "organiser")
            (ada,) = room.state.of(Participant, "mailbox", "ada@example.org")
            for who, one in ((way, ori), (f"{way} ada", ada)):
                links[who] = path_of(topic, one, token_of(signer, topic, one))
            links[f"{way} stop"] = sign_stop(signer, Stop(way, ada.id))
        return links
    finally:
        await hub.close()


def _command(command: str, **args: Any) -> Any:
    return msgspec.convert(args, MISSION.commands[command])
