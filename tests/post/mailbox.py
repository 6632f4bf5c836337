"""A real mail server on loopback (aiosmtpd), that can be as bad as they are."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port


class Office:
    """What it took, and how it behaves: `answers` to a receiver's address or, at "", to a letter; what it
    does `after` it has a letter; `slow` seconds before it says so."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.to: list[str] = []
        self.answers: dict[str, str] = {}
        self.sender_answer = ""
        self.drops_after = 0
        self.drops_before = 0
        self.slow = 0.0
        self.port = free_port()
        self._lines: list[SMTP] = []
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def open(self) -> Office:
        self._server = await asyncio.get_running_loop().create_server(self._line, "127.0.0.1", self.port)
        return self

    async def close(self) -> None:
        """No more, and whoever is connected is cut off."""
        if self._server is not None:
            self._server.close()
            for line in self._lines:
                if line.transport is not None:
                    line.transport.abort()
            self._server = None

    def sent_to(self, address: str) -> list[EmailMessage]:
        return [letter for letter, to in zip(self.letters, self.to, strict=True) if to == address]

    def _line(self) -> SMTP:
        line = SMTP(self, hostname="localhost", enable_SMTPUTF8=False, loop=asyncio.get_running_loop())
        self._lines.append(line)
        return line

    # aiosmtpd's hooks

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.sender_answer or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        if self.drops_before:
            self.drops_before -= 1
            _cut(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "" in self.answers:
            return self.answers[""]
        assert isinstance(envelope.content, bytes)
        letter: Any = message_from_bytes(envelope.content, policy=default)
        self.letters.append(letter)
        self.to.append(envelope.rcpt_tos[0])
        await asyncio.sleep(self.slow)
        if self.drops_after:
            # it has the letter, and nobody is told
            self.drops_after -= 1
            _cut(server)
        return "250 taken"


def _cut(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.abort()
