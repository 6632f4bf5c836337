"""Rooms: commands come in, whole batches go to the log, and nothing is said before it is durable."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

import pytest

from tests.live.house import TOPIC, House, soon, submit
from webinar_server.errors import Refusal, StorageError
from webinar_server.live.room import Room
from webinar_server.log import Snapshot
from webinar_server.session import SESSION
from webinar_server.session.chat import Message
from webinar_server.session.programme import CreateSession
from webinar_server.state import START, Actor, Answer, Command, Draft, Entry, Position, seal, unseal
from webinar_server.web.sessions import create_session


async def test_commands_that_wait_together_are_committed_in_one_append(house: House) -> None:
    told = [house.send("ada", "say", text=f"number {number}") for number in range(200)]
    await asyncio.gather(*told)
    assert house.log.appends == [200]


async def test_commands_that_arrive_during_an_append_share_the_next_one(house: House) -> None:
    later: list[asyncio.Future[Any]] = []

    async def meanwhile() -> None:
        later.extend(house.send("bob", "say", text=f"later {number}") for number in range(50))

    house.log.before_append = meanwhile
    await house.do("ada", "say", text="first")
    await asyncio.gather(*later)
    assert house.log.appends == [1, 50]


async def test_order_is_kept_across_batches(house: House) -> None:
    texts = [f"number {number}" for number in range(1_200)]
    await asyncio.gather(*(house.send("ada", "say", text=text) for text in texts))
    said = [
        change.record.text
        for sealed in await house.entries()
        for change in unseal(sealed, SESSION.kinds).changes
        if isinstance(change.record, Message)
    ]
    assert said == texts
    assert len(house.log.appends) == 5 and max(house.log.appends) == house.settings.batch_max


async def test_nobody_is_answered_or_told_before_the_log_has_it(house: House) -> None:
    watcher, seen = house.watch(), []

    async def look() -> None:
        seen.append((told.done(), watcher.screen.texts(), house.room.state.count(Message)))

    house.log.before_append = look
    told = house.send("ada", "say", text="hello")
    answer = await soon(told)
    assert seen == [(False, [], 0)]
    assert isinstance(answer, Answer) and (await house.log.head(TOPIC)) == (answer.seq, answer.tag)


async def test_another_writer_in_between_is_merged_and_the_rules_run_again(house: House) -> None:
    await house.arrive("ada")
    poll = await house.create("host", "draft_poll", question="Which?", options=["a", "b"])
    await house.do("host", "open_poll", poll=poll)
    watcher = house.watch("host", "host")

    async def elsewhere_it_is_closed() -> None:
        other = Room(TOPIC, house.hub.worker)
        await other.mirror.load()
        running = asyncio.ensure_future(other.run())
        answer = await soon(submit(other, "cohost", SESSION.parse("close_poll", {"poll": poll})))
        assert isinstance(answer, Answer)
        other.close()
        await running

    house.log.before_append = elsewhere_it_is_closed
    vote = house.send("ada", "vote", poll=poll, options=["1"])
    chat = house.send("ada", "say", text="still said")
    refused, said = await asyncio.gather(vote, chat)
    assert isinstance(refused, Refusal) and refused.code == "poll.closed"
    assert isinstance(said, Answer)
    await house.told(watcher)
    assert watcher.screen.of("poll")[poll]["state"] == "closed"
    assert watcher.screen.of("poll")[poll]["voters"] == 0 and watcher.screen.texts() == ["still said"]


async def test_a_log_that_holds_another_history_is_taken_as_it_is_and_everybody_forgets(house: House) -> None:
    await house.do("ada", "say", text="never happened")
    watcher = house.watch()

    async def swap() -> None:
        head = await house.log.head(TOPIC)
        first = (await house.entries())[0]
        entry = Entry(seq=2, at=1, by="x", command="none", ref="", result={}, changes=())
        other = seal(Position(first.seq, first.tag), entry)

        def rewrite(db: Any) -> None:
            db.execute("DELETE FROM entry WHERE topic = ? AND seq > 1", (TOPIC,))
            db.execute("DELETE FROM snapshot")
            db.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (TOPIC, *other))

        assert head.seq > 2
        await house.log._write(rewrite)

    house.log.before_append = swap
    await house.do("ada", "say", text="after the swap")
    await house.told(watcher)
    assert watcher.screen.resets == 1
    assert watcher.screen.texts() == ["after the swap"]
    assert watcher.screen.records == house.watch().screen.records


# exactly once


async def test_a_ref_sent_twice_in_one_batch_acts_once_and_answers_alike(house: House) -> None:
    one, two = house.send("ada", "say", "r1", text="hello"), house.send("ada", "say", "r1", text="hello")
    assert await soon(one) == await soon(two)
    assert house.room.state.count(Message) == 1


async def test_a_ref_sent_again_while_the_first_is_on_its_way_acts_once(house: House) -> None:
    again: list[asyncio.Future[Any]] = []

    async def resend() -> None:
        again.append(house.send("ada", "say", "r1", text="hello"))

    house.log.before_append = resend
    first = await house.do("ada", "say", "r1", text="hello")
    assert await soon(again[0]) == first and house.room.state.count(Message) == 1


async def test_a_ref_sent_again_later_or_after_a_restart_answers_as_before(house: House) -> None:
    first = await house.do("ada", "say", "r1", text="hello")
    assert await house.do("ada", "say", "r1", text="hello") == first
    await house.restart()
    assert await house.do("ada", "say", "r1", text="hello") == first
    assert house.room.state.count(Message) == 1


async def test_a_ref_is_its_senders_own(house: House) -> None:
    await house.do("ada", "say", "r1", text="from ada")
    await house.do("bob", "say", "r1", text="from bob")
    assert house.room.state.count(Message) == 2


async def test_a_refused_ref_may_be_tried_again(house: House) -> None:
    assert await house.refused("ada", "say", "r1", text="") == "chat.empty"
    await house.do("ada", "say", "r1", text="now well")


# refusals and faults


async def test_a_refusal_leaves_no_trace(house: House) -> None:
    before, state = await house.entries(), house.room.state.dump()
    for who, command, args in (
        ("ada", "say", {"text": ""}),
        ("ada", "greet", {"person": "ada"}),
        ("ada", "ask", {"text": "I never arrived"}),
        ("host", "open_poll", {"poll": "none"}),
        ("stage", "say", {"text": "a screen does not talk"}),
    ):
        assert await house.refused(who, command, **args)
    assert await house.entries() == before and house.room.state.dump() == state


async def test_a_refusal_inside_a_batch_leaves_its_neighbours_alone(house: House) -> None:
    told = [house.send("ada", "say", text="x" if number % 2 else "") for number in range(20)]
    outcomes = await asyncio.gather(*told)
    assert [isinstance(outcome, Answer) for outcome in outcomes] == [False, True] * 10
    assert house.log.appends == [10] and house.room.state.count(Message) == 10


class Stumble(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule with a fault in it, after it has put something."""

    NAME: ClassVar[str] = "stumble"

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.put(Message(id="ghost", by=actor.id, name="", role=actor.role, text="ghost", at=0))
        raise ZeroDivisionError


async def test_a_fault_in_a_rule_is_its_senders_refusal_and_the_room_goes_on(house: House) -> None:
    told = submit(house.room, "ada", Stumble())
    beside = house.send("bob", "say", text="beside it")
    refusal = await soon(told)
    assert isinstance(refusal, Refusal) and refusal.code == "command.failed"
    assert isinstance(await soon(beside), Answer)
    await house.do("bob", "say", text="after it")
    assert house.watch().screen.texts() == ["beside it", "after it"]


async def test_a_log_that_fails_is_told_and_the_same_ref_succeeds_later(house: House) -> None:
    async def fail() -> None:
        raise StorageError("the disk is full; make room")

    house.log.before_append = fail
    outcome = await soon(house.send("ada", "say", "r1", text="hello"))
    assert isinstance(outcome, Refusal) and outcome.code == "log.unavailable" and outcome.retry_after
    assert house.room.state.count(Message) == 0
    await house.do("ada", "say", "r1", text="hello")
    assert house.watch().screen.texts() == ["hello"]


async def test_an_inbox_that_is_full_says_when_to_come_back(house: House) -> None:
    told = [house.send("ada", "say", text="x") for _ in range(house.settings.inbox_max + 5)]
    outcomes = [future.result() for future in told if future.done()]
    assert len(outcomes) == 5
    assert all(isinstance(o, Refusal) and o.code == "room.busy" and o.retry_after for o in outcomes)
    answers = await asyncio.gather(*told)
    assert sum(isinstance(answer, Answer) for answer in answers) == house.settings.inbox_max


# closing and opening


async def test_what_was_accepted_before_closing_is_durable_and_answered(house: House) -> None:
    told = [house.send("ada", "say", text=f"{number}") for number in range(30)]
    await house.close()
    assert all(isinstance(future.result(), Answer) for future in told)
    await house.open()
    assert len(house.watch().screen.texts()) == 30


async def test_a_room_opened_from_a_snapshot_equals_the_one_that_wrote_it(house: House) -> None:
    await house.arrive("ada", "bob")
    for number in range(40):
        await house.do("ada", "say", f"r{number}", text=f"{number}")
    before = house.room.state.dump()
    position = house.room.state.position
    await house.restart()
    snapshot = await house.log.snapshot(TOPIC)
    assert snapshot is not None and snapshot.position == position
    assert house.room.state.dump() == before
    await house.do("bob", "say", text="on")


async def test_a_topic_nobody_created_has_no_room(house: House) -> None:
    for topic in ("session/none", "mission/s1", "", "session/", "session/s1'--", "session/%"):
        assert await house.hub.room(topic) is None
        assert await house.log.head(topic) == START


async def test_all_who_ask_at_once_get_the_same_room(house: House) -> None:
    await house.restart()
    rooms = await asyncio.gather(*(house.hub.room(TOPIC) for _ in range(50)))
    assert len({id(live) for live in rooms}) == 1


async def test_a_damaged_session_is_told_and_the_others_work(house: House) -> None:
    await create_session(house.hub, CreateSession(session="s2", title="Other"))
    await house.log._write(lambda db: db.execute("UPDATE entry SET body = 'x' WHERE topic = 'session/s2'"))
    await house.log._write(lambda db: db.execute("DELETE FROM snapshot"))
    with pytest.raises(StorageError, match="damaged"):
        await house.hub.room("session/s2")
    await house.do("ada", "say", text="unharmed")


async def test_a_snapshot_of_a_history_the_log_does_not_hold_is_passed_over(house: House) -> None:
    await house.arrive("ada")
    await house.do("ada", "say", "r1", text="kept")
    ahead = Snapshot(Position(99, "0123456789abcdef"), house.room.state.dump())
    await house.log.save_snapshot(TOPIC, ahead)
    before = house.room.state.dump()
    await house.room.mirror.load()
    assert house.room.state.dump() == before
    assert (await house.do("ada", "say", "r2", text="goes on")).seq == len(await house.entries())
