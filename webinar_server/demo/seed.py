"""The data folder of a demo before its server starts: a mission with its people, its session, polls.

Everything goes through the rules and the log, as if said by people, so it is as real as what follows.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import NamedTuple

from webinar_server.clock import fresh_id, now_ms
from webinar_server.demo import mission, week
from webinar_server.demo.cast import Guest, cast
from webinar_server.demo.script import HELD, POLLS, TOPIC
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.committing import Request
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import said, to_nobody
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission.participants import Participant
from webinar_server.session.asking import Ask
from webinar_server.session.attendance import Depart, arrival
from webinar_server.session.polls.drafting import DraftPoll
from webinar_server.session.programme import ChangeSession, OpenSession
from webinar_server.settings import Settings
from webinar_server.state import Actor, Command, Identity
from webinar_server.web.entrance import known_now
from webinar_server.web.who.member_links import token_of
from webinar_server.web.who.secret import load_secrets
from webinar_server.web.who.tokens import DAY_MS, Signer

PEOPLE = 300
"""People of the mission, however few of them come to the session."""

Said = tuple[Identity, Command]


class Tokens(NamedTuple):
    """Who may come in: the reader as organiser, participant and host, a screen, every guest, and who leads
    beside the reader."""

    organiser: str
    participant: str
    host: str
    stage: str
    guests: list[str]
    second: str = ""


async def seed(data: pathlib.Path, guests: list[Guest], number: int) -> Tokens:
    """Fill a fresh data folder, with the others of that cast beside the guests. Raises StorageError where it
    cannot be used."""
    now = now_ms()
    hub = Hub(SqliteLog(data), Settings())
    await hub.open()
    try:
        others = cast(number, max(len(guests), PEOPLE))[len(guests) :]
        founded = await mission.found(hub, [*guests, *others], now)
        room = await hub.room(TOPIC)
        assert room is not None

        def seated(id: str) -> Identity:
            home = Identity(id=id, name="", role="", topic=week.TOPIC, home=week.TOPIC)
            identity = known_now(hub, home, TOPIC)
            assert identity is not None
            return identity

        early = [guest for guest in guests if guest.seen_before and not guest.speaker]
        await _say(room, _preparations(seated(mission.HOST), [seated(guest.id) for guest in early]))
        return _tokens(Signer(*load_secrets(data)), founded, guests, now)
    finally:
        await hub.close()


def _preparations(host: Identity, early: list[Identity]) -> Iterator[Said]:
    """Polls as drafts; a few questions handed in at registration, still held; then the doors open."""
    for poll in reversed(POLLS):  # a host sees the newest on top
        options = list(poll.options)
        yield host, DraftPoll(question=poll.question, options=options, choose="many" if poll.many else "one")
    yield host, ChangeSession(premoderated=True)
    for asker, text in zip(early, HELD, strict=False):
        yield asker, arrival(asker, worker="", first=False)
        yield asker, Ask(text=text)
        yield asker, Depart()
    yield host, ChangeSession(premoderated=False)
    yield host, OpenSession()


async def _say(room: Room, preparations: Iterator[Said]) -> None:
    requests = [
        Request(Actor(who.id, who.name, who.role, now_ms(), fresh_id()), "", command, to_nobody)
        for who, command in preparations
    ]
    for outcome in await said(room, requests):
        if isinstance(outcome, Refusal):
            raise StorageError(f"the demo's session was refused: {outcome}")


def _tokens(signer: Signer, founded: mission.Founded, guests: list[Guest], now: int) -> Tokens:
    def of(id: str) -> str:
        participant = founded.room.state.get(Participant, id)
        assert participant is not None
        return token_of(signer, week.TOPIC, participant)

    stage = Identity(
        id="demo-stage",
        name="Stage",
        role="stage",
        topic=TOPIC,
        entered=True,
        issued=now,
        expires=now + DAY_MS,
    )
    return Tokens(
        organiser=of(founded.organiser),
        participant=of(mission.READER),
        host=of(mission.HOST),
        stage=signer.sign(stage),
        guests=[of(guest.id) for guest in guests],
        second=of(mission.SECOND),
    )
