"""What every engine of the log must do."""

import asyncio

import pytest

from tests.log import bodies, end, link
from webinar_server.errors import StorageError
from webinar_server.log import Conflict, Log, Snapshot
from webinar_server.state import START, Position

TOPIC = "session/s1"


async def filled(log: Log, *said: str, topic: str = TOPIC) -> Position:
    entries = link(START, *said)
    assert await log.append(topic, START, entries) is None
    return end(entries[-1])


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
    async with asyncio.timeout(5):
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
