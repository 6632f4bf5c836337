"""Two write to each other at two workers in one moment: nothing is lost, and both sides say the same."""

from __future__ import annotations

import asyncio

from tests.mission.test_races_workers import Two, two
from tests.mission.test_who_workers import workers
from tests.web.conftest import pytest_asyncio_loop_factories
from webinar_server.errors import Refusal
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.room import Room
from webinar_server.live.saying import said, server, to_nobody
from webinar_server.mission.admission import Invite
from webinar_server.mission.answering import AcceptContacts, BlockPerson, UnblockPerson
from webinar_server.mission.asking import AskContact
from webinar_server.mission.conversations import Conversation, messages_of
from webinar_server.mission.participants import Participant
from webinar_server.mission.writing import ReadConversation, Write
from webinar_server.state import Command

__all__ = ["pytest_asyncio_loop_factories", "two", "workers"]

ROUNDS = 12


async def say(room: Room, by: str, command: Command, fresh: str = "") -> Outcome:
    me = room.state.get(Participant, by)
    assert me is not None
    actor = server(room)._replace(id=by, name=me.name, role=me.role)
    if fresh:
        actor = actor._replace(fresh=fresh)
    return (await said(room, [Request(actor, "", command, to_nobody)]))[0]


async def connected(two: Two) -> tuple[str, str]:
    ada, bob = [await two.say(Invite(name=name, email=f"{name}@example.org")) for name in ("Ada", "Bob")]
    room = two.rooms[0]
    assert not isinstance(await say(room, ada, AskContact(whom=bob, where="directory"), "c1"), Refusal)
    assert not isinstance(await say(room, bob, AcceptContacts(requests=("c1",))), Refusal)
    await two.settled()
    return ada, bob


def agree(two: Two, ada: str, bob: str) -> list[str]:
    """What stands between the two, the same at both workers and on both sides."""
    told = [
        [one.text for one in messages_of(room.state, *pair)]
        for room in two.rooms
        for pair in ((ada, bob), (bob, ada))
    ]
    assert all(each == told[0] for each in told)
    for room in two.rooms:
        for of, whom in ((ada, bob), (bob, ada)):
            side = room.state.get(Conversation, f"{of}/{whom}")
            assert side is not None and side.last is not None and side.last.text == told[0][-1]
    return told[0]


async def test_what_both_write_at_once_is_there_in_one_order(two: Two) -> None:
    ada, bob = await connected(two)
    one, other = two.rooms
    for number in range(ROUNDS):
        await asyncio.gather(
            say(one, ada, Write(to=bob, text=f"Ada {number}")),
            say(other, bob, Write(to=ada, text=f"Bob {number}")),
        )
    await two.settled()
    assert len(agree(two, ada, bob)) == 2 * ROUNDS


async def test_what_comes_while_it_is_read_is_not_taken_for_read(two: Two) -> None:
    ada, bob = await connected(two)
    one, other = two.rooms
    for number in range(ROUNDS):
        await say(one, ada, Write(to=bob, text=f"Text {number}"))
        await two.settled()
        newest = messages_of(other.state, bob, ada)[-1].at
        await asyncio.gather(
            say(one, ada, Write(to=bob, text=f"Late {number}")),
            say(other, bob, ReadConversation(whom=ada, until=newest)),
        )
        await two.settled()
        side = other.state.get(Conversation, f"{bob}/{ada}")
        assert side is not None and side.unread == 1
        await say(other, bob, ReadConversation(whom=ada, until=side.last.at if side.last else 0))
        await two.settled()


async def test_a_block_at_the_same_moment_leaves_who_wrote_with_the_same(two: Two) -> None:
    ada, bob = await connected(two)
    one, other = two.rooms
    for number in range(ROUNDS):
        told = await asyncio.gather(
            say(one, ada, Write(to=bob, text=f"Text {number}")), say(other, bob, BlockPerson(person=ada))
        )
        await two.settled()
        assert not any(isinstance(each, Refusal) for each in told), told
        seen = [message.text for message in messages_of(one.state, ada, bob)]
        assert seen == [f"Text {each}" for each in range(number + 1)]
        await say(other, bob, UnblockPerson(person=ada))
        await two.settled()
