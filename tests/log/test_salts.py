"""Salts, on every engine: whoever is told the tags of a log can find out nothing by trying entries."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec

from tests.session.scene import parse
from tests.web.client import DEADLINE
from webinar_server.live.committing import Batch, Outcome, Request
from webinar_server.live.room import Room
from webinar_server.live.worker import Worker
from webinar_server.log import Log
from webinar_server.session import SESSION
from webinar_server.settings import Settings
from webinar_server.state import START, Actor, Answer, Position, Role, Sealed, State, chain, unseal

AT = 1_790_000_000_000


def request(who: str, role: Role, command: str, reply: Any = None, **args: Any) -> Request:
    """The same of everything each time, down to the ref and the millisecond."""
    actor = Actor(id=who, name=who.capitalize(), role=role, at=AT, fresh=f"{command}-1")
    return Request(actor, f"{who}-{command}", parse(command, args), reply or (lambda outcome: None))


async def do(room: Room, who: str, role: Role, command: str, **args: Any) -> None:
    told: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    room.submit(request(who, role, command, told.set_result, **args))
    async with asyncio.timeout(DEADLINE):
        outcome = await told
    assert isinstance(outcome, Answer), outcome


async def voted(log: Log, topic: str) -> list[Sealed]:
    """A session in which Bob votes, as a room writes it; the last entry is his vote."""
    room = Room(topic, Worker(log, Settings(pace=False)))
    await room.mirror.load()
    running = asyncio.ensure_future(room.run())
    await do(room, "ori", "organiser", "create_session", session="s1", title="Ports")
    await do(room, "ori", "organiser", "open_session")
    await do(room, "bob", "attendee", "arrive", organisation="Tulip", kind="sme", country="NL")
    await do(room, "hal", "host", "draft_poll", question="Sure?", options=["yes", "no"], choose="one")
    await do(room, "hal", "host", "open_poll", poll="draft_poll-1")
    await do(room, "bob", "attendee", "vote", poll="draft_poll-1", options=["2"])
    room.close()
    await running
    return await log.read(topic, 0)


async def test_the_same_commands_have_other_tags_each_time(log: Log) -> None:
    one, other = await voted(log, "session/s1"), await voted(log, "session/s2")
    assert len(one) == len(other) == 6
    assert not {entry.tag for entry in one} & {entry.tag for entry in other}
    salts = [unseal(entry, SESSION.kinds).salt for entry in one + other]
    assert len(set(salts)) == 12 and {len(salt) for salt in salts} == {18}
    without = [msgspec.msgpack.decode(entry.body)[:7] for entry in one + other]
    assert without[:6] == without[6:], "in all else they are the same"


async def test_nobody_can_try_what_somebody_voted(log: Log) -> None:
    """By what viewers are told: the tag before it and the tag after it."""
    *_, before, vote = await voted(log, "session/s1")
    *known, salt = msgspec.msgpack.decode(vote.body, type=list[msgspec.Raw])
    assert b"vote" in bytes(known[3]) and b"bob-vote" in bytes(known[4])
    guess = msgspec.msgpack.encode(known)
    assert vote.tag != chain(before.tag, guess), "it was this until entries had a salt"
    assert vote.tag == chain(before.tag, msgspec.msgpack.encode([*known, salt])), "and nothing else is amiss"


def test_what_is_decided_again_in_the_same_place_is_the_same_entry() -> None:
    """So that a room knows its own append again that was not answered."""
    state = State(SESSION.kinds)
    asked = request("ori", "organiser", "create_session", session="s1", title="Ports")
    one, again = (Batch(SESSION, state, [asked._replace(salt=b"s" * 18)]) for _ in range(2))
    assert one.parent == START and again.stands_in(one.sealed)
    assert Position(*one.sealed[0][:2]) == Position(*again.sealed[0][:2])
