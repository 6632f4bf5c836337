"""What ends a request or a sharing meets what agrees to it, in one moment at two workers: one of the two
orders it was, the same at both workers and on both sides, and nobody has what the other did not give."""

from __future__ import annotations

import asyncio
from itertools import count

import pytest

from tests.mission.test_conversations_workers import say
from tests.mission.test_races_workers import ROUNDS, Two, two
from tests.mission.test_who_workers import workers
from tests.web.conftest import pytest_asyncio_loop_factories
from webinar_server.errors import Refusal
from webinar_server.live.committing import Outcome
from webinar_server.mission import MISSION
from webinar_server.mission.admission import Invite
from webinar_server.mission.contacts import Asking, Request
from webinar_server.mission.leads import Lead
from webinar_server.mission.sharing import shared_with, sharing_id
from webinar_server.state import Command

__all__ = ["pytest_asyncio_loop_factories", "two", "workers"]

NUMBERS = count()


async def people(two: Two) -> tuple[str, str]:
    """Two of one organisation who do not know each other."""
    firm, number = f"Tulip {next(NUMBERS)}", next(NUMBERS)
    ids = [
        await two.say(Invite(name=name, email=f"{name}{number}@example.org", organisation=firm))
        for name in ("Ada", "Bob")
    ]
    return ids[0], ids[1]


async def done(two: Two, by: str, command: Command, fresh: str = "") -> None:
    outcome = await say(two.rooms[0], by, command, fresh)
    assert not isinstance(outcome, Refusal), outcome
    await two.settled()


async def at_once(two: Two, one: tuple[str, Command], other: tuple[str, Command]) -> list[Outcome]:
    told = await asyncio.gather(say(two.rooms[0], *one), say(two.rooms[1], *other))
    await two.settled()
    return list(told)


def parsed(command: str, **args: object) -> Command:
    return MISSION.parse(command, args)


def codes(told: list[Outcome]) -> list[str | None]:
    return [one.code if isinstance(one, Refusal) else None for one in told]


def leads(two: Two, one: str, other: str) -> int:
    """How many of the two have the other, which both workers say alike."""
    seen = []
    for room in two.rooms:
        sides = [room.state.get(Lead, f"{of}/{whom}") for of, whom in ((one, other), (other, one))]
        seen.append(sum(side is not None and not side.hidden for side in sides))
    assert seen[0] == seen[1]
    return seen[0]


@pytest.mark.parametrize("ends", ["who asked", "who is asked"])
async def test_a_sharing_that_is_agreed_to_and_ended_at_once_is_none(two: Two, ends: str) -> None:
    for number in range(ROUNDS):
        ada, bob = await people(two)
        id = sharing_id(ada, bob)
        await done(two, ada, parsed("ask_sharing", whom=bob))
        agree, end = (bob, parsed("agree_sharing", sharing=id)), parsed("end_sharing", sharing=id)
        other = (ada if ends == "who asked" else bob, end)
        told = await at_once(two, *((agree, other) if number % 2 else (other, agree)))
        assert set(codes(told)) <= {None, "sharing.unknown"}
        assert None in codes(told), told
        for room in two.rooms:
            # who wanted none of it and then agreed, agreed last
            last_agreed = ends == "who is asked" and bool(shared_with(room.state, bob))
            assert bool(shared_with(room.state, ada)) == bool(shared_with(room.state, bob)) == last_agreed
        if ends == "who asked":
            await done(two, bob, parsed("ask_sharing", whom=ada))  # as if nothing had been


@pytest.mark.parametrize("command", ["withdraw_contact", "decline_contacts", "put_off_contacts", "block"])
async def test_a_request_that_is_accepted_and_ended_at_once_is_one_of_the_two(two: Two, command: str) -> None:
    for number in range(ROUNDS):
        ada, bob = await people(two)
        id = f"{command}-{number}"
        await done(two, ada, parsed("ask_contact", whom=bob, where="directory"), id)
        accept = (bob, parsed("accept_contacts", requests=[id]))
        other = {
            "withdraw_contact": (ada, parsed("withdraw_contact", asking=id)),
            "block": (bob, parsed("block", person=ada)),
        }.get(command) or (bob, parsed(command, requests=[id]))
        told = await at_once(two, *((accept, other) if number % 2 else (other, accept)))
        accepted, ended = codes(told) if number % 2 else reversed(codes(told))
        have = leads(two, ada, bob)
        if command == "block":
            assert have <= 1, "Bob, who blocked her, does not see her"
        else:
            assert have == (2 if accepted is None else 0), (accepted, ended)
        for room in two.rooms:
            is_open = room.state.get(Request, id)
            assert not (accepted is None and is_open), "what was accepted waits no more"
            asking = room.state.get(Asking, id)
            assert not (accepted is None and asking and asking.own(ada, "participant") and have == 2)


async def test_who_ask_each_other_at_once_at_two_workers_are_connected_once(two: Two) -> None:
    for _ in range(ROUNDS):
        ada, bob = await people(two)
        told = await at_once(
            two,
            (ada, parsed("ask_contact", whom=bob, where="directory")),
            (bob, parsed("ask_contact", whom=ada, where="directory")),
        )
        assert codes(told) == [None, None] and leads(two, ada, bob) == 2
        for room in two.rooms:
            assert not [one for one in room.state.all(Request) if {one.by, one.to} == {ada, bob}]


async def test_of_two_times_of_one_request_accepted_at_two_workers_one_makes_the_leads(two: Two) -> None:
    for number in range(ROUNDS):
        ada, bob = await people(two)
        id = f"twice-{number}"
        await done(two, ada, parsed("ask_contact", whom=bob, where="directory"), id)
        accept = (bob, parsed("accept_contacts", requests=[id]))
        told = await at_once(two, accept, accept)
        assert None in codes(told) and leads(two, ada, bob) == 2
        for room in two.rooms:
            lead = room.state.get(Lead, f"{ada}/{bob}")
            assert lead is not None and len(lead.began) == 1
