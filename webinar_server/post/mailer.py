"""Mailer: hands one letter after another to a mail server, and knows what came of each.

What matters is whether it was taken: refused for good (5xx to this receiver or letter), not now (4xx), or
nobody can know (the line broke, or the server fell silent, once the letter was on its way). Where it lies
with the server itself, and not with a letter, `Away` is raised: then no letter is at fault.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from email.message import EmailMessage
from email.policy import SMTP as WRITTEN
from types import TracebackType
from typing import Literal, NamedTuple, TypeAlias

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponseException

from webinar_server.mission.letters import SAID_MAX
from webinar_server.post.address import Server

Trouble: TypeAlias = Literal["away", "slow", "login", "tls", "sender"]
"""What is the matter with a mail server: it does not answer; too slowly; it refuses the login, the
encryption, or the sender."""

CLOSING = 421
"""The mail server ends the connection: nothing of it is about the letter."""


class Patience(NamedTuple):
    """Seconds: for the connection with its greetings, for each answer, and for that to a letter."""

    connect: float = 20.0
    answer: float = 30.0
    letter: float = 120.0


class Outcome(NamedTuple):
    """What came of a letter; `said` is the mail server's answer, without addresses."""

    what: Literal["sent", "refused", "later", "unsure"]
    said: str = ""


class Away(Exception):
    """The mail server cannot be used now, whatever the letter."""

    def __init__(self, trouble: Trouble, said: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.said = said


class Line:
    """A connection to the mail server, for `async with`. Raises Away where there is none."""

    def __init__(self, server: Server, name: str, patience: Patience, context: ssl.SSLContext | None) -> None:
        self._patience = patience
        self._smtp = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            # else it asks the resolver, which may take its time, and tells the name of this machine
            local_hostname=name,
            timeout=patience.answer,
            use_tls=server.way == "smtps",
            start_tls=server.way == "smtp+starttls",
            tls_context=context,
        )

    async def __aenter__(self) -> Line:
        try:
            async with asyncio.timeout(self._patience.connect):
                await self._smtp.connect()
        except Exception as error:
            self._smtp.close()
            raise _away(error) from None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._smtp.is_connected and error is None:
                async with asyncio.timeout(self._patience.answer):
                    await self._smtp.quit()
        except (SMTPException, OSError):
            # it had all it was to have
            pass
        finally:
            self._smtp.close()

    async def hand(self, letter: EmailMessage, sender: str, to: str) -> Outcome:
        """Give it one letter. Raises Away."""
        if not to.isascii():
            return Outcome("refused", "this address cannot be written for a mail server")
        data = letter.as_bytes(policy=WRITTEN.clone(cte_type="7bit"))
        try:
            await self._smtp.mail(sender)
        except SMTPResponseException as error:
            await self._again()
            raise Away("away" if error.code == CLOSING else "sender", said_by(error)) from None
        except (SMTPException, OSError) as error:
            raise _away(error) from None
        return await self._to(data, to)

    async def _to(self, data: bytes, to: str) -> Outcome:
        try:
            await self._smtp.rcpt(to)
        except SMTPResponseException as error:
            await self._again()
            return _refused(error)
        except (SMTPException, OSError) as error:
            raise _away(error) from None
        try:
            answer = await self._smtp.data(data, timeout=self._patience.letter)
        except SMTPResponseException as error:
            await self._again()
            return _refused(error)
        except (SMTPException, OSError):
            self._smtp.close()
            return Outcome("unsure")
        return Outcome("sent", _clean(str(answer.message)))

    @property
    def broke(self) -> bool:
        return not self._smtp.is_connected

    async def _again(self) -> None:
        """Ready for the next letter, or closed."""
        try:
            await self._smtp.rset()
        except (SMTPException, OSError):
            self._smtp.close()


def said_by(error: SMTPResponseException) -> str:
    return _clean(f"{error.code} {error.message}")


def _refused(error: SMTPResponseException) -> Outcome:
    return Outcome("refused" if error.code >= 500 else "later", said_by(error))


def _clean(said: str) -> str:
    """As it may be kept and shown: a line, without addresses, which are whoever's the letter is."""
    words = " ".join("…" if "@" in word else word for word in said.split())
    return re.sub(r"[^\x20-\x7e…]", "", words)[:SAID_MAX]


def _away(error: Exception) -> Away:
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return Away("login", said_by(error))
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return Away("tls")
    if isinstance(error, aiosmtplib.SMTPNotSupported) or "STARTTLS" in str(error):
        return Away("tls")
    slow = isinstance(error, TimeoutError | aiosmtplib.SMTPTimeoutError)
    return Away("slow" if slow else "away")
