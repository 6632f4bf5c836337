"""What every engine of the log must do."""

import asyncio
import time

import pytest

from tests.log import bodies, end, link, vouched
from tests.web.client import DEADLINE
from webinar_server.errors import StorageError, Unanswered
from webinar_server.log import Conflict, Log, Snapshot
from webinar_server.state import START, Position

TOPIC = "session/s1"


async def filled(log: Log, *said: str, topic: str = TOPIC) -> Position:
    entries = link(START, *said)
    assert await log.append(topic, START, entries) is None
    return end(entries[-1])


async def answers(log: Log) -> None:
    """Wait until it can be checked: a server that has just begun may not have brought a probe back yet."""
    deadline = time.monotonic() + DEADLINE
    while True:
        try:
            return await log.check()
        except Unanswered:
            assert time.monotonic() < deadline, "it never answers"
        await asyncio.sleep(0.05)


async def test_an_empty_log_has_no_topics_and_stands_at_the_start(log: Log) -> None:
    assert await log.topics() == []
    assert await log.head(TOPIC) == START
    assert await log.read(TOPIC, 0) == []
    assert await log.snapshot(TOPIC) is None


async def test_what_is_appended_is_read_back_in_order(log: Log) -> None:
    entries = link(START, "a", "b", b"\x00\xff" * 500, "")
    assert await log.append(TOPIC, START, entries) is None
    assert await log.read(TOPIC, 0) == entries
    assert await log.head(TOPIC) == end(entries[-1])


async def test_a_log_says_what_time_it_is(log: Log) -> None:
    before, after = await log.now(), await log.now()
    # Unix ms
    assert 1_700_000_000_000 < before <= after < before + 60_000


async def test_appends_follow_one_another(log: Log) -> None:
    at = await filled(log, "a", "b")
    assert await log.append(TOPIC, at, link(at, "c")) is None
    assert bodies(await log.read(TOPIC, 0)) == ["a", "b", "c"]


async def test_an_append_on_an_old_parent_returns_exactly_what_came_between(log: Log) -> None:
    first = await filled(log, "a")
    assert await log.append(TOPIC, first, link(first, "b", "c")) is None

    conflict = await log.append(TOPIC, first, link(first, "late"))

    assert conflict is not None and not conflict.rewound
    assert conflict.missed == link(first, "b", "c")
    assert bodies(await log.read(TOPIC, 0)) == ["a", "b", "c"]


async def test_an_append_on_the_start_of_a_log_that_has_entries_returns_all_of_them(log: Log) -> None:
    await filled(log, "a", "b")
    conflict = await log.append(TOPIC, START, link(START, "first?"))
    assert conflict == Conflict(link(START, "a", "b"), rewound=False)


async def test_what_was_missed_can_be_followed_by_a_second_try(log: Log) -> None:
    await filled(log, "a")
    conflict = await log.append(TOPIC, START, link(START, "b"))
    assert conflict is not None
    at = end(conflict.missed[-1])
    assert await log.append(TOPIC, at, link(at, "b")) is None
    assert bodies(await log.read(TOPIC, 0)) == ["a", "b"]


@pytest.mark.parametrize(
    "parent",
    [Position(2, "0123456789abcdef"), Position(9, "0123456789abcdef"), Position(0, "0123456789abcdef")],
    ids=["another history", "beyond the head", "a start that is none"],
)
async def test_a_parent_that_is_not_in_the_history_is_told_as_rewound(log: Log, parent: Position) -> None:
    await filled(log, "a", "b")
    assert await log.append(TOPIC, parent, link(parent, "c")) == Conflict([], rewound=True)
    assert bodies(await log.read(TOPIC, 0)) == ["a", "b"]


async def test_a_parent_in_a_log_that_was_emptied_is_told_as_rewound(log: Log) -> None:
    parent = Position(3, "0123456789abcdef")
    assert await log.append(TOPIC, parent, link(parent, "d")) == Conflict([], rewound=True)
    assert await log.topics() == []


async def test_an_append_of_nothing_only_compares(log: Log) -> None:
    at = await filled(log, "a")
    assert await log.append(TOPIC, at, []) is None
    assert await log.append(TOPIC, START, []) == Conflict(link(START, "a"), rewound=False)


async def test_entries_that_do_not_follow_their_parent_are_not_taken(log: Log) -> None:
    wrong = link(Position(0, "f" * 16), "a")
    with pytest.raises(ValueError):
        await log.append(TOPIC, START, wrong)
    assert await log.topics() == []


async def test_a_hundred_racing_appenders_form_one_chain(log: Log) -> None:
    async def append(word: str) -> int:
        at, tries = START, 1
        while (conflict := await log.append(TOPIC, at, link(at, word, f"{word}!"))) is not None:
            assert conflict.missed and not conflict.rewound
            at, tries = end(conflict.missed[-1]), tries + 1
        return tries

    tries = await asyncio.gather(*(append(f"w{n}") for n in range(100)))

    entries = await log.read(TOPIC, 0, 1_000)
    assert entries == link(START, *bodies(entries)), "the tags chain"
    said = bodies(entries)
    assert sorted(said[::2]) == sorted(f"w{n}" for n in range(100)), "each exactly once"
    assert said[1::2] == [f"{word}!" for word in said[::2]], "pairs stay together"
    assert max(tries) > 1, "they did race"


async def test_racing_topics_do_not_meet(log: Log) -> None:
    topics = [f"session/{n}" for n in range(20)]
    await asyncio.gather(*(filled(log, "a", topic, topic=topic) for topic in topics))
    for topic in topics:
        assert bodies(await log.read(topic, 0)) == ["a", topic]


async def test_reading_goes_on_page_by_page(log: Log) -> None:
    said = [str(n) for n in range(25)]
    await filled(log, *said)
    pages, after = [], 0
    while page := await log.read(TOPIC, after, limit=10):
        pages.append(bodies(page))
        after = page[-1].seq
    assert pages == [said[:10], said[10:20], said[20:]]


async def test_a_page_is_500_entries_if_not_said_otherwise(log: Log) -> None:
    await filled(log, *map(str, range(501)))
    assert len(await log.read(TOPIC, 0)) == 500
    assert bodies(await log.read(TOPIC, 500)) == ["500"]


async def test_there_is_nothing_after_the_head(log: Log) -> None:
    await filled(log, "a")
    assert await log.read(TOPIC, 1) == []
    assert await log.read(TOPIC, 99) == []


async def test_topics_are_those_that_have_an_entry_sorted(log: Log) -> None:
    for topic in ("session/b", "mission/m", "session/a", "session/é'\"%"):
        await filled(log, "x", topic=topic)
    await log.append("session/none", START, [])
    await log.save_snapshot("session/snap", Snapshot(START, b""))
    assert await log.topics() == ["mission/m", "session/a", "session/b", "session/é'\"%"]


async def test_the_newest_snapshot_is_kept(log: Log) -> None:
    newer, older = Snapshot(Position(7, "7" * 16), b"seven\x00"), Snapshot(Position(5, "5" * 16), b"five")
    await log.save_snapshot(TOPIC, older)
    assert await log.snapshot(TOPIC) == older
    await log.save_snapshot(TOPIC, newer)
    await log.save_snapshot(TOPIC, older)
    assert await log.snapshot(TOPIC) == newer
    assert await log.snapshot("session/other") is None


async def test_the_first_writer_of_a_key_wins(log: Log) -> None:
    values = await asyncio.gather(*(log.remember("secret", f"v{n}") for n in range(10)))
    assert len(set(values)) == 1
    assert await log.remember("secret", "later") == values[0]
    assert await log.remember("other", "ü") == "ü"


async def test_giving_up_on_an_append_does_not_take_it_back(log: Log) -> None:
    task = asyncio.ensure_future(log.append(TOPIC, START, link(START, "a")))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(DEADLINE):
        while await log.head(TOPIC) == START:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    assert bodies(await log.read(TOPIC, 0)) == ["a"]


async def test_closing_makes_what_was_accepted_durable_first(log: Log) -> None:
    accepted = [asyncio.ensure_future(log.append(f"session/{n}", START, link(START, "a"))) for n in range(50)]
    await asyncio.sleep(0)
    await log.close()
    assert await asyncio.gather(*accepted) == [None] * 50
    await log.open()
    assert len(await log.topics()) == 50


async def test_what_was_closed_says_so_and_can_be_opened_again(log: Log) -> None:
    at = await filled(log, "a")
    await log.remember("k", "v")
    await log.save_snapshot(TOPIC, Snapshot(at, b"data"))
    await log.close()
    await log.close()
    with pytest.raises(StorageError, match="closed"):
        await log.head(TOPIC)
    await log.open()
    assert (await log.head(TOPIC), await log.remember("k", "w")) == (at, "v")
    assert await log.snapshot(TOPIC) == Snapshot(at, b"data")


async def test_a_log_that_is_open_can_be_checked_and_one_that_is_closed_says_why_not(log: Log) -> None:
    await answers(log)
    await log.close()
    with pytest.raises(StorageError, match="closed"):
        await log.check()


# positions


async def test_heads_of_many_topics_are_told_in_one_go(log: Log) -> None:
    one, other = await filled(log, "a", "b", topic="session/a"), await filled(log, "c", topic="session/b")
    asked = ["session/b", "session/none", "session/a"]
    assert await log.heads(asked) == {"session/a": one, "session/b": other, "session/none": START}
    assert await log.heads([]) == {}


async def test_a_history_holds_each_of_its_positions_and_no_other(log: Log) -> None:
    entries = link(START, "a", "b", "c")
    assert await log.append(TOPIC, START, entries) is None
    for at in (START, *map(end, entries)):
        assert await log.holds(TOPIC, at)
    for at in (Position(2, entries[2].tag), Position(4, entries[2].tag), Position(0, "f" * 16)):
        assert not await log.holds(TOPIC, at)
    assert await log.holds("session/none", START)
    assert not await log.holds("session/none", end(entries[0]))


async def test_a_history_that_was_never_trimmed_begins_at_the_start(log: Log) -> None:
    assert await log.base(TOPIC) == START
    await log.save_snapshot(TOPIC, Snapshot(await filled(log, "a", "b"), b"data"))
    assert await log.base(TOPIC) == START


# writing back


async def test_what_the_log_lost_is_written_back(log: Log) -> None:
    at = await filled(log, "a")
    lost = link(at, "b", b"\x00\xff", "c")
    assert await log.restore(TOPIC, at, lost)
    assert await log.read(TOPIC, 0) == [*link(START, "a"), *lost]
    assert await log.head(TOPIC) == end(lost[-1])
    assert await vouched(log, TOPIC, end(lost[-1]), link(end(lost[-1]), "d")) is None


async def test_a_log_that_lost_everything_is_written_back(log: Log) -> None:
    entries = link(START, "a", "b")
    assert await log.restore(TOPIC, START, entries)
    assert (await log.topics(), await log.read(TOPIC, 0)) == ([TOPIC], entries)


async def test_nothing_is_written_back_where_the_head_moved(log: Log) -> None:
    at = await filled(log, "a")
    assert await log.append(TOPIC, at, link(at, "b")) is None
    base = Snapshot(Position(7, "7" * 16), b"seven")
    assert not await log.restore(TOPIC, at, link(at, "c", "d"))
    assert not await log.restore(TOPIC, START, link(START, "c"))
    assert not await log.restore(TOPIC, at, link(base.position, "c"), base)
    assert bodies(await log.read(TOPIC, 0)) == ["a", "b"]
    assert (await log.base(TOPIC), await log.snapshot(TOPIC)) == (START, None)


async def test_of_many_who_write_back_at_once_one_does(log: Log) -> None:
    at = await filled(log, "a")
    done = await asyncio.gather(*(log.restore(TOPIC, at, link(at, f"w{n}", "end")) for n in range(20)))
    assert done.count(True) == 1
    assert bodies(await log.read(TOPIC, 0)) == ["a", f"w{done.index(True)}", "end"]


async def test_what_does_not_follow_is_not_written_back(log: Log) -> None:
    at, base = await filled(log, "a"), Snapshot(Position(7, "7" * 16), b"seven")
    with pytest.raises(ValueError):
        await log.restore(TOPIC, at, link(START, "b"))
    with pytest.raises(ValueError):
        await log.restore(TOPIC, at, link(at, "b"), base)
    assert bodies(await log.read(TOPIC, 0)) == ["a"]


# a history that begins with a snapshot

BASE = Snapshot(Position(100, "0123456789abcdef"), b"a hundred\x00\xff")


async def begun(log: Log, *said: str) -> Position:
    """A log in which the first hundred entries are a snapshot."""
    entries = link(BASE.position, *said)
    assert await log.restore(TOPIC, START, entries, BASE)
    return end(entries[-1]) if entries else BASE.position


async def test_a_snapshot_may_take_the_place_of_older_entries(log: Log) -> None:
    at = await begun(log, "a", "b")
    assert (await log.base(TOPIC), await log.snapshot(TOPIC)) == (BASE.position, BASE)
    assert (await log.topics(), await log.head(TOPIC)) == ([TOPIC], at)
    assert await log.heads([TOPIC]) == {TOPIC: at}
    assert await log.read(TOPIC, 100) == link(BASE.position, "a", "b")
    assert bodies(await log.read(TOPIC, 101, 1)) == ["b"]
    assert await log.read(TOPIC, 102) == []


async def test_a_snapshot_alone_is_a_topic_that_stands_where_it_was_taken(log: Log) -> None:
    assert await begun(log) == await log.head(TOPIC) == BASE.position
    assert (await log.topics(), await log.read(TOPIC, 100)) == ([TOPIC], [])
    assert await vouched(log, TOPIC, BASE.position, link(BASE.position, "a")) is None
    assert bodies(await log.read(TOPIC, 100)) == ["a"]


async def test_what_a_snapshot_took_the_place_of_cannot_be_read(log: Log) -> None:
    await begun(log, "a")
    for after in (0, 1, 99):
        with pytest.raises(StorageError, match="begins after entry 100"):
            await log.read(TOPIC, after)


async def test_such_a_history_holds_what_came_after_the_snapshot_only(log: Log) -> None:
    at = await begun(log, "a", "b")
    assert await log.holds(TOPIC, BASE.position) and await log.holds(TOPIC, at)
    for other in (START, Position(99, "9" * 16), Position(100, "f" * 16), Position(102, "f" * 16)):
        assert not await log.holds(TOPIC, other)


async def test_such_a_history_is_appended_to_and_conflicts_like_any_other(log: Log) -> None:
    at = await begun(log, "a")
    assert await vouched(log, TOPIC, at, link(at, "b")) is None
    missed = await log.append(TOPIC, BASE.position, link(BASE.position, "late"))
    assert missed == Conflict([*link(BASE.position, "a"), *link(at, "b")], rewound=False)
    for parent in (START, Position(99, "9" * 16)):
        assert await log.append(TOPIC, parent, link(parent, "lost")) == Conflict([], rewound=True)
    assert bodies(await log.read(TOPIC, 100)) == ["a", "b"]


async def test_a_snapshot_takes_the_place_of_another_history(log: Log) -> None:
    at = await filled(log, "x", "y")
    await log.save_snapshot(TOPIC, Snapshot(Position(500, "5" * 16), b"of the other history"))
    entries = link(BASE.position, "a")
    assert await log.restore(TOPIC, at, entries, BASE)
    assert await log.read(TOPIC, 100) == entries
    assert (await log.base(TOPIC), await log.snapshot(TOPIC)) == (BASE.position, BASE)
    assert not await log.holds(TOPIC, at)
    await filled(log, "z", topic="session/other")
    assert bodies(await log.read("session/other", 0)) == ["z"], "other topics are left alone"


async def test_newer_snapshots_are_saved_and_older_ones_not_in_such_a_history_too(log: Log) -> None:
    at = await begun(log, "a", "b")
    await log.save_snapshot(TOPIC, Snapshot(Position(99, "9" * 16), b"older"))
    assert await log.snapshot(TOPIC) == BASE
    await log.save_snapshot(TOPIC, Snapshot(at, b"newer"))
    assert await log.snapshot(TOPIC) == Snapshot(at, b"newer")
    # an engine may give up entries for the newer snapshot, but never the newest ones it does not cover
    assert (await log.base(TOPIC)).seq in range(100, 103)


async def test_such_a_history_is_there_when_the_log_is_opened_again(log: Log) -> None:
    at = await begun(log, "a", "b")
    await log.close()
    await log.open()
    there = (await log.base(TOPIC), await log.snapshot(TOPIC), await log.head(TOPIC))
    assert there == (BASE.position, BASE, at)
    assert bodies(await log.read(TOPIC, 100)) == ["a", "b"]


# workers


async def test_a_worker_lives_until_it_says_otherwise_or_its_time_is_over(log: Log) -> None:
    assert await log.renew("a", 30) == {"a"}
    assert await log.renew("b", 30) == ({"a", "b"} if log.shared else {"b"})
    await log.release("a")
    assert await log.renew("b", 0.05) == {"b"}
    await asyncio.sleep(0.2)
    assert await log.renew("c", 30) == {"c"}
    await log.release("nobody")


async def test_nobody_is_waited_for_where_nobody_is_summoned(log: Log) -> None:
    async with asyncio.timeout(DEADLINE):
        await log.summon(TOPIC, [], 60)
