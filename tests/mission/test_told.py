"""What sessions tell reaches their mission once, from any worker, whatever ends meanwhile."""

from __future__ import annotations

import asyncio
import pathlib

import msgspec
import pytest

from tests.board.conftest import server
from tests.board.pair import QUICK, opened, room
from tests.board.test_relay import killed, redis
from tests.mission.scene import CREATED
from tests.web.client import DEADLINE, until
from webinar_server.clock import fresh_id, now_ms
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.hub import Hub
from webinar_server.log.redis.engine import RedisLog
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission import MISSION
from webinar_server.mission.admission import Invite
from webinar_server.mission.contacts import Asking
from webinar_server.mission.contacts import Request as RequestOf
from webinar_server.mission.history import History, Part, week_of
from webinar_server.mission.mission import CreateMission
from webinar_server.mission.programme import HOUR_MS, PlanSlot, Slot
from webinar_server.mission.report import Feedback
from webinar_server.session import SESSION
from webinar_server.session.attendance import Arrive
from webinar_server.session.programme import CreateSession
from webinar_server.state import Actor, Answer, Command, Errand, Role, sees

__all__ = ["redis", "server"]

WEEK = MISSION.topic("ev-2027")
HOUR = SESSION.topic("depots")
PEOPLE = ["ada", "bob", "cem", "dee", "eva"]


async def said(hub: Hub, topic: str, who: str, role: Role, command: Command) -> Answer:
    there = await room(hub, topic)
    # who came to another worker is known here by now
    await there.mirror.look()
    told: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    actor = Actor(who, who.capitalize(), role, now_ms(), fresh_id())
    there.submit(Request(actor, fresh_id(), command, told.set_result))
    async with asyncio.timeout(DEADLINE):
        outcome = await told
    assert isinstance(outcome, Answer), outcome
    return outcome


async def do(hub: Hub, who: str, role: Role, command: str, **args: object) -> Answer:
    return await said(hub, HOUR, who, role, SESSION.parse(command, args))


async def begun(hub: Hub) -> list[str]:
    """A mission with a session that is open; the ids of its participants."""
    assert isinstance(await hub.begin(WEEK, msgspec.convert(CREATED, CreateMission)), Answer)
    hour = CreateSession(session="depots", title="Depots", mission="ev-2027")
    assert isinstance(await hub.begin(HOUR, hour), Answer)
    await do(hub, "hal", "host", "open_session")
    invited = [await said(hub, WEEK, "ori", "organiser", Invite(name=name.capitalize())) for name in PEOPLE]
    return [answer.result["id"] for answer in invited]


async def came(hub: Hub, who: str, worker: str = "w") -> None:
    known = (await room(hub, WEEK)).state
    arrive = Arrive(name=who, worker=worker, week=week_of(known, who, besides="depots"))
    await said(hub, HOUR, who, "attendee", arrive)


async def part(hub: Hub, who: str) -> Part | None:
    there = await room(hub, WEEK)
    await there.mirror.look()
    history = there.state.get(History, who)
    return history.parts[-1] if history else None


async def all_told(hub: Hub) -> None:
    await (await room(hub, HOUR)).mirror.look()
    async with asyncio.timeout(2 * DEADLINE):
        while (await room(hub, HOUR)).state.count(Errand):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_what_happens_at_several_workers_is_told_once(redis: str) -> None:
    one, other = [await opened(RedisLog(redis)) for _ in range(2)]
    ada, bob, *rest = await begun(one)
    await came(one, ada)
    await came(other, bob)
    asked = await do(other, ada, "attendee", "ask", text="Why?")
    await do(one, "hal", "host", "greet", person=ada, aloud=True)
    await do(other, "hal", "host", "spotlight", question=asked.result["id"])
    for who in (ada, bob, *rest):
        await came(one, who)
        await do(other, who, "attendee", "give_feedback", worth="yes")
    await all_told(one)
    told = await part(other, ada)
    assert told is not None and told.asked and told.spoke and told.greeted
    assert (told.greeted.name, told.greeted.aloud) == ("Hal", True)
    assert await part(one, bob) == Part(session="depots", came=(await part(other, bob)).came)  # type: ignore[union-attr]
    there = await room(other, WEEK)
    feedback = there.state.get(Feedback, "depots")
    assert feedback is not None and feedback.people == 5 and feedback.answers["worth"]["yes"] == 5
    assert there.state.count(History) == 5
    for hub in (one, other):
        await hub.close()


async def test_a_slot_says_within_reach_of_any_worker_that_its_session_was_closed_early(redis: str) -> None:
    one, other = [await opened(RedisLog(redis)) for _ in range(2)]
    await begun(one)
    slot = PlanSlot(session="depots", title="Depots", starts_at=now_ms(), ends_at=now_ms() + HOUR_MS)
    await said(one, WEEK, "ori", "organiser", slot)
    await do(other, "hal", "host", "close_session")
    await all_told(other)
    there = await room(one, WEEK)
    await there.mirror.look()
    known = there.state.get(Slot, "depots")
    assert known is not None and known.doors == "closed"
    for hub in (one, other):
        await hub.close()


async def test_taps_wait_at_every_worker_until_the_moment_is_over_and_name_nobody(redis: str) -> None:
    one, other = [await opened(RedisLog(redis)) for _ in range(2)]
    ada, bob, *_ = await begun(one)
    await came(one, ada)
    asked = await do(other, ada, "attendee", "ask", text="Why?", shown="organisation")
    question = asked.result["id"]
    await do(other, "hal", "host", "spotlight", question=question)
    await all_told(other)
    there = await room(one, WEEK)
    await there.mirror.look()
    tap = {"where": "spotlight", "session": "depots", "question": question}
    answer = await said(one, WEEK, bob, "participant", MISSION.parse("ask_contact", tap))
    request, asking = (there.state.get(kind, answer.result["id"]) for kind in (RequestOf, Asking))
    assert request is not None and sees(request, "participant", ada) is None
    seen = sees(asking, "participant", bob)
    assert seen is not None and ada not in str(seen) and seen["name"] == ""
    await do(other, "hal", "host", "answer", question=question)
    await all_told(other)
    await there.mirror.look()
    told = sees(there.state.get(RequestOf, answer.result["id"]), "participant", ada)
    assert told is not None and told["name"] == "Bob" and told["began"]["question"] == question
    for hub in (one, other):
        await hub.close()


async def test_what_a_worker_that_was_killed_had_heard_another_tells(
    redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = [await opened(RedisLog(redis), QUICK) for _ in range(2)]
    ada, *_ = await begun(one)
    monkeypatch.setattr(one.chores.relay, "_begin", lambda line: None)
    await came(one, ada)
    await do(one, "hal", "host", "greet", person=ada)
    assert (await part(one, ada)) is None
    killed(one)
    await until(lambda: WEEK in other.worker.rooms, "told by who saw it end")
    await all_told(other)
    told = await part(other, ada)
    assert told is not None and told.greeted is not None
    await other.close()
    await one.worker.log.close()


async def test_who_starts_opens_of_the_sessions_that_were_closed_those_with_something_to_tell(
    tmp_path: pathlib.Path,
) -> None:
    one = await opened(SqliteLog(tmp_path))
    ada, *_ = await begun(one)
    quiet = SESSION.topic("a-quiet-one")
    await one.begin(quiet, CreateSession(session="a-quiet-one", title="Grids", mission="ev-2027"))
    assert await one.room(quiet) is not None
    one.chores.relay.stop()
    await came(one, ada)
    assert (await room(one, HOUR)).state.count(Errand)
    await one.close()
    again = await opened(SqliteLog(tmp_path))
    await until(lambda: HOUR in again.worker.rooms, "what it left is in its snapshot")
    assert sorted(await again.worker.log.topics()) == [WEEK, quiet, HOUR], "looked at in this order"
    assert quiet not in again.worker.rooms
    await all_told(again)
    assert (await part(again, ada)) is not None
    await again.close()


async def test_the_next_session_is_told_what_came_before(redis: str) -> None:
    hub = await opened(RedisLog(redis))
    ada, *_ = await begun(hub)
    await came(hub, ada)
    await do(hub, "hal", "host", "greet", person=ada)
    await all_told(hub)
    week = week_of((await room(hub, WEEK)).state, ada, besides="grid")
    assert week["sessions"] == 1 and week["greeted"]["name"] == "Hal"
    await hub.close()
