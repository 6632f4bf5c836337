"""The data folder of a demo before its server starts: the session, prepared polls, who was here before.

Everything goes through the rules and the log, as if said by people, so it is as real as what follows.
"""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import Iterator
from typing import NamedTuple

from webinar_server.clock import fresh_id, now_ms
from webinar_server.demo.cast import Guest
from webinar_server.demo.script import EARLIER_SESSION, HELD, POLLS, SESSION, TITLE, TOPIC
from webinar_server.errors import Refusal
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session.attendance import Depart, arrival
from webinar_server.session.polls import DraftPoll
from webinar_server.session.programme import ChangeSession, CreateSession, OpenSession
from webinar_server.session.questions import Ask
from webinar_server.settings import Settings
from webinar_server.state import Actor, Command, Identity, Role
from webinar_server.web.sessions import create_session
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.tokens import DAY_MS, Signer

HOUR_MS = 60 * 60 * 1000

Said = tuple[Identity, Command]


class Tokens(NamedTuple):
    """Who may come in: the reader three times, and every guest of the cast."""

    host: str
    attendee: str
    stage: str
    guests: list[str]


async def seed(data: pathlib.Path, guests: list[Guest]) -> Tokens:
    """Fill a fresh data folder. Raises StorageError where it cannot be used."""
    now = now_ms()
    host = _identity("demo-host", "Marieke Vos", "host", now)
    hub = Hub(SqliteLog(data), Settings())
    await hub.open()
    try:
        created = CreateSession(session=SESSION, title=TITLE, starts_at=now, ends_at=now + HOUR_MS)
        await create_session(hub, created)
        room = await hub.room(TOPIC)
        assert room is not None
        for identity, command in _preparations(host, guests, now):
            await _say(room, identity, command)
        for guest in guests:
            if guest.seen_before:
                await hub.worker.log.remember(f"first:{guest.id}", EARLIER_SESSION)
    finally:
        await hub.close()
    return _tokens(Signer(*load_secrets(data)), host, guests, now)


def _preparations(host: Identity, guests: list[Guest], now: int) -> Iterator[Said]:
    """Polls as drafts; a few questions handed in at registration, still held; then the doors open."""
    for poll in reversed(POLLS):  # a host sees the newest on top
        options = list(poll.options)
        yield host, DraftPoll(question=poll.question, options=options, choose="many" if poll.many else "one")
    yield host, ChangeSession(premoderated=True)
    early = [guest for guest in guests if guest.seen_before and not guest.speaker]
    for guest, text in zip(early, HELD, strict=False):
        yield from _handed_in(_guest_identity(guest, now), text)
    yield host, ChangeSession(premoderated=False)
    yield host, OpenSession()


def _handed_in(asker: Identity, text: str) -> Iterator[Said]:
    yield asker, arrival(asker, worker="", first=False)
    yield asker, Ask(text=text)
    yield asker, Depart()


async def _say(room: Room, identity: Identity, command: Command) -> None:
    told: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    actor = Actor(id=identity.id, name=identity.name, role=identity.role, at=now_ms(), fresh=fresh_id())
    room.submit(Request(actor, "", command, told.set_result))
    outcome = await told
    if isinstance(outcome, Refusal):
        raise outcome


def _tokens(signer: Signer, host: Identity, guests: list[Guest], now: int) -> Tokens:
    return Tokens(
        host=signer.sign(host),
        attendee=signer.sign(_identity("demo-you", "Robin Jansen", "attendee", now)),
        stage=signer.sign(_identity("demo-stage", "Stage", "stage", now)),
        guests=[signer.sign(_guest_identity(guest, now)) for guest in guests],
    )


def _guest_identity(guest: Guest, now: int) -> Identity:
    return Identity(
        id=guest.id,
        name=guest.name,
        role="speaker" if guest.speaker else "attendee",
        topic=TOPIC,
        organisation=guest.organisation.name,
        kind=guest.organisation.kind,
        country=guest.organisation.country,
        say_as=guest.say_as if guest.registered_hint else "",
        entered=True,
        issued=now,
        expires=now + DAY_MS,
    )


def _identity(id: str, name: str, role: Role, now: int) -> Identity:
    """The reader's own: the host is known, the attendee goes through the door first."""
    return Identity(
        id=id,
        name=name,
        role=role,
        topic=TOPIC,
        organisation="Stichting Overzee" if role == "host" else "",
        kind="",
        country="NL",
        entered=role != "attendee",
        issued=now,
        expires=now + DAY_MS,
    )
