"""Two workers are asked at one moment for what cannot both be: it is decided once, and they say the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.mission.test_live import TOPIC, organised
from tests.mission.test_who import SLOT
from tests.mission.test_who_workers import workers
from tests.web.client import until
from tests.web.conftest import pytest_asyncio_loop_factories
from tests.web.server import LiveServer
from webinar_server.errors import Refusal
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.room import Room
from webinar_server.live.saying import said, server, to_nobody
from webinar_server.mission.admission import Admit, Apply, ChangeRole, Decline, Invite, LeaveMission
from webinar_server.mission.cards import ChangeCard
from webinar_server.mission.imports import BeginImport, Import, Line
from webinar_server.mission.letters import Letter
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.mission.programme import ChangeSlot, PlanSlot, Slot
from webinar_server.state import Command

__all__ = ["pytest_asyncio_loop_factories", "workers"]

ROUNDS = 12


class Two:
    """Both workers' rooms of the mission."""

    def __init__(self, rooms: list[Room]) -> None:
        self.rooms = rooms

    async def at_once(self, one: Command, two: Command, by: str = "") -> list[Outcome]:
        """What became of each, said at a worker of its own; the second by somebody, if not by the server."""
        first, second = self.rooms
        told = await asyncio.gather(_say(first, one), _say(second, two, by))
        await self.settled()
        return list(told)

    async def say(self, command: Command) -> str:
        outcome = await _say(self.rooms[0], command)
        assert not isinstance(outcome, Refusal), outcome
        await self.settled()
        return str(outcome.result.get("id", ""))

    async def settled(self) -> None:
        one, two = self.rooms
        await until(lambda: one.state.position == two.state.position, "both are as far")

    def get(self, id: str) -> Participant:
        one, two = (room.state.get(Participant, id) for room in self.rooms)
        assert one is not None and one == two
        return one

    def is_taken_in(self) -> bool:
        """No list is under way."""
        return not list(self.rooms[0].state.of(Import, "under_way", "yes"))

    def letters(self, id: str) -> set[str]:
        """To somebody, that are on their way."""
        return {one.about for one in self.rooms[0].state.of(Letter, "state", "queued") if one.to == id}


async def _say(room: Room, command: Command, by: str = "") -> Outcome:
    actor, me = server(room), room.state.get(Participant, by)
    if me is not None:
        actor = actor._replace(id=me.id, name=me.name, role=me.role)
    return (await said(room, [Request(actor, "", command, to_nobody)]))[0]


@pytest.fixture
async def two(workers: list[LiveServer]) -> AsyncIterator[Two]:
    await organised(workers[0])
    rooms = [await one.hub.room(TOPIC) for one in workers]
    yield Two([room for room in rooms if room is not None])


async def test_of_two_organisers_who_send_each_other_away_one_stays(two: Two) -> None:
    ori = next(one.id for one in two.rooms[0].state.of(Participant, "role", "organiser"))
    bob = await two.say(Invite(name="Bob", email="bob@example.org", role="organiser"))
    for number in range(ROUNDS):
        ways: tuple[Command, Command] = (
            (ChangeRole(participant=ori, role="participant"), ChangeRole(participant=bob, role="participant"))
            if number % 2
            else (Decline(participant=ori), LeaveMission())
        )
        told = await two.at_once(*ways, by="" if number % 2 else bob)
        codes = [one.code for one in told if isinstance(one, Refusal)]
        assert codes == ["participant.last_organiser"], told
        leading = [two.get(id) for id in (ori, bob) if two.get(id).role == "organiser"]
        assert len([one for one in leading if takes_part(one)]) == 1
        for id in (ori, bob):
            await two.say(Admit(participant=id))
            await two.say(ChangeRole(participant=id, role="organiser"))


async def test_of_two_who_join_with_one_address_one_has_it(two: Two) -> None:
    for number in range(ROUNDS):
        email = f"ada{number}@example.org"
        forms = (Apply(name=name, email=email, admitted=True) for name in ("Ada", "Eve"))
        told = [one.result["id"] for one in await two.at_once(*forms) if not isinstance(one, Refusal)]
        both = [two.get(id) for id in told]
        assert sorted((one.email, one.unproven) for one in both) == [("", email), (email, "")]
        owner = next(one for one in both if one.email)
        other = next(one for one in both if not one.email)
        assert (two.letters(owner.id), two.letters(other.id)) == ({"welcome", "link"}, set())


async def test_who_is_admitted_and_declined_at_once_hears_of_what_holds(two: Two) -> None:
    for number in range(ROUNDS):
        id = await two.say(Apply(name="Ada", email=f"ada{number}@example.org"))
        await two.at_once(Admit(participant=id), Decline(participant=id, reason="No room"))
        one = two.get(id)
        assert one.state in ("admitted", "declined")
        assert two.letters(id) - {"applied"} == {one.state}


async def test_a_slot_that_two_change_at_once_has_both_changes(two: Two) -> None:
    await two.say(PlanSlot(**SLOT))
    for number in range(1, ROUNDS):
        title, ends_at = f"Depots {number}", 1_000 * number
        told = await two.at_once(
            ChangeSlot(slot="depots", title=title), ChangeSlot(slot="depots", ends_at=ends_at)
        )
        assert not any(isinstance(one, Refusal) for one in told)
        slot = two.rooms[1].state.get(Slot, "depots")
        assert slot is not None and (slot.title, slot.ends_at, slot.sequence) == (title, ends_at, 2 * number)


async def test_what_somebody_says_of_themselves_holds_whatever_list_is_taken_in_meanwhile(two: Two) -> None:
    for number in range(ROUNDS):
        email = f"ada{number}@example.org"
        id = await two.say(Invite(name="Ada", email=email, organisation="Old"))
        listed = {"name": "Ada", "email": email, "organisation": "Of the list", "place": "Delft"}
        list_of_one = BeginImport(file="people.csv", keeps=True, lines=(Line(number=2, said=listed),))
        await two.at_once(list_of_one, ChangeCard(organisation="My own"), by=id)
        await until(two.is_taken_in, "taken in")
        await two.settled()
        assert (two.get(id).organisation, two.get(id).place) == ("My own", "Delft")
