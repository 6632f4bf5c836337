"""Opening: the post of a worker as its settings say; and a look, for the doctor, at whether it goes out."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from webinar_server.live.hub import Hub
from webinar_server.mission import MISSION
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import Slot
from webinar_server.post.address import Server, sender_of, server_of
from webinar_server.post.letter import Ways
from webinar_server.post.mailer import Away, Line, Patience
from webinar_server.post.postman import Postman
from webinar_server.session import SESSION
from webinar_server.settings import Settings
from webinar_server.web.who.member_links import path_of, token_of
from webinar_server.web.who.stops import Stop, sign_stop
from webinar_server.web.who.tokens import Signer

DELIVERED_WITHIN = 2.0
"""Seconds for the letter that is on its way to the mail server when we end; a slower one may go twice."""


@asynccontextmanager
async def delivering(hub: Hub, signer: Signer, base: str) -> AsyncIterator[None]:
    """Letters go out meanwhile, where there is a mail server. Raises StorageError."""
    postman = open_post(hub, signer, base)
    if postman is None:
        yield
        return
    delivery = hub.worker.tasks.start("post", postman.run())
    try:
        yield
    finally:
        postman.stop()
        await asyncio.wait((delivery,), timeout=DELIVERED_WITHIN)


def reached(listener: socket.socket) -> str:
    """Where somebody on this machine reaches us."""
    host, port = listener.getsockname()[:2]
    host = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def open_post(hub: Hub, signer: Signer, base: str, patience: Patience | None = None) -> Postman | None:
    """The postman, where there is a mail server; `base` is where people reach us. Raises StorageError."""
    settings = hub.worker.settings
    if not settings.smtp:
        return None
    server, sender = server_of(settings.smtp), sender_of(settings.smtp_from)
    line = partial(Line, server, sender.domain, patience or Patience(), _context(server))
    return Postman(hub, line, sender, ways(signer, base))


def ways(signer: Signer, base: str) -> Ways:
    """Addresses of ours, for letters."""

    def link(mission: str, participant: Participant) -> str:
        topic = MISSION.topic(mission)
        return base + path_of(topic, participant, token_of(signer, topic, participant))

    def stop(mission: str, participant: Participant, about: str) -> str:
        token = sign_stop(signer, Stop(mission, participant.id, about))
        return f"{base}/{MISSION.name}/{mission}/letters/{token}"

    def session(slot: Slot) -> str:
        return f"{base}/{SESSION.name}/{slot.id}"

    return Ways(link, stop, session)


def look_at_mail(settings: Settings) -> str:
    """What keeps letters from going out; nothing if all is well. Raises StorageError for what cannot be an
    address."""
    server, sender = server_of(settings.smtp), sender_of(settings.smtp_from)
    try:
        patience = Patience(connect=5.0, answer=5.0)
        asyncio.run(_greet(Line(server, sender.domain, patience, _context(server))))
    except Away as away:
        return TROUBLES[away.trouble] + (f" ({away.said})" if away.said else "")
    return ""


TROUBLES = {
    "away": "it does not answer; see its host, its port and the firewall",
    "slow": "it does not answer in time; see its host, its port and the firewall",
    "login": "it refuses the login; see the user and the password in WEBINAR_SMTP",
    "tls": "there is no encryption with it; see its certificate, and whether it wants smtps:// or smtp+starttls://",
    "sender": "it refuses the sender; see WEBINAR_SMTP_FROM",
}


async def _greet(line: Line) -> None:
    async with line:
        pass


def _context(server: Server) -> ssl.SSLContext | None:
    return ssl.create_default_context() if server.way != "smtp" else None
