"""Archives: everything of a session in a file, the file its own check, and back into a log of any engine."""

from __future__ import annotations

import json
import random
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.log import end, link, vouched
from tests.session.histories import World, random_batches
from webinar_server.errors import StorageError
from webinar_server.log import Log, Snapshot
from webinar_server.log.archive import restore as restoring
from webinar_server.log.archive import write as archive
from webinar_server.log.archive.read import opened
from webinar_server.log.archive.restore import Restored, restore
from webinar_server.log.archive.write import document, lines, take
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.state import START, Position, Sealed, State, unseal

TOPIC = "session/s1"


def played(seed: int, count: int = 40) -> World:
    """A session in which much happened."""
    world = World()
    for batch in random_batches(seed, count):
        world.play(batch)
    return world


def keep(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


async def exported(log: Log, path: Path, form: Callable[..., AsyncIterator[bytes]] = lines) -> Path:
    taken = await take(log, TOPIC, 1_700_000_000_000, "0.1.0")
    return keep(path, b"".join([piece async for piece in form(taken)]))


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    """A second log, empty."""
    (tmp_path / "other").mkdir()
    log = SqliteLog(tmp_path / "other")
    await log.open()
    yield log
    await log.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "s1.jsonl"


async def everything(log: Log) -> tuple[Any, ...]:
    base = await log.base(TOPIC)
    return base, await log.snapshot(TOPIC), await log.read(TOPIC, base.seq, 100_000), await log.head(TOPIC)


# the format


async def test_a_file_begins_with_what_it_is_and_then_has_a_readable_line_for_each_entry(
    sqlite: SqliteLog, file: Path
) -> None:
    world = World()
    await sqlite.append(TOPIC, START, world.log)
    said = [json.loads(line) for line in (await exported(sqlite, file)).read_text().splitlines()]
    last = world.log[-1]
    assert said[0] == {
        "format": "webinar-server export",
        "version": 2,
        "topic": TOPIC,
        "at": [last.seq, last.tag],
        "base": [0, ""],
        "exported_at": 1_700_000_000_000,
        "by": "0.1.0",
    }
    assert [line["command"] for line in said[1:4]] == ["create_session", "open_session", "arrive"]
    first = said[1]
    assert (first["seq"], first["tag"], first["by"], first["ref"]) == (1, world.log[0].tag, "id-Ori", "ref-1")
    kind, id, record = first["changes"][0]
    assert (kind, id, record["title"]) == ("session", "s1", "Charging")
    assert not any("body" in line for line in said), "their fields give the bytes back"


@pytest.mark.parametrize("seed", range(5))
async def test_a_file_gives_back_every_byte(sqlite: SqliteLog, file: Path, seed: int) -> None:
    world = played(seed, 120)
    await sqlite.append(TOPIC, START, world.log)
    with opened(await exported(sqlite, file)) as found:
        assert list(found) == world.log


def written_by_somebody_else(entry: Sealed, parent: Position) -> Sealed:
    """The same entry from a program that spends more bytes on its number."""
    fields = msgspec.msgpack.decode(entry.body, type=list[msgspec.Raw])
    longer = b"\x98\xd3" + entry.seq.to_bytes(8, "big") + b"".join(bytes(field) for field in fields[1:])
    return link(parent, longer)[0]


async def test_where_the_fields_do_not_give_the_bytes_back_they_are_carried_too(
    sqlite: SqliteLog, other: SqliteLog, file: Path
) -> None:
    world = World()
    odd = written_by_somebody_else(world.log[0], START)
    await sqlite.append(TOPIC, START, [odd])
    whole = (await exported(sqlite, file)).read_bytes()
    _, line = whole.splitlines()
    assert "body" in json.loads(line)
    await restore(other, file)
    assert await other.read(TOPIC, 0) == [odd]
    # the fields beside the bytes are not overlooked
    keep(file, whole.replace(b"Charging", b"Swimming"))
    with pytest.raises(StorageError, match=r"line 2 .its fields"):
        await restore(other, file)


async def test_a_document_holds_the_records_as_they_stand_and_what_led_there(
    sqlite: SqliteLog, tmp_path: Path
) -> None:
    world = played(3)
    await sqlite.append(TOPIC, START, world.log)
    said = json.loads((await exported(sqlite, tmp_path / "s1.json", document)).read_text())
    assert said["at"] == [world.log[-1].seq, world.log[-1].tag]
    assert [entry["seq"] for entry in said["entries"]] == [entry.seq for entry in world.log]
    for kind, records in said["records"].items():
        assert [record["id"] for record in records] == [r.id for r in world.state.records() if kind == r.KIND]
    assert {"hidden", "hidden_by", "text"} <= said["records"]["message"][0].keys(), (
        "hosts' view, and all fields"
    )
    hidden = [question for question in said["records"]["question"] if question["shown"] == "anonymous"]
    assert hidden and all(question["asker"]["name"] for question in hidden), "everything"


async def test_what_is_said_while_it_is_exported_is_not_part_of_it(sqlite: SqliteLog, file: Path) -> None:
    world = played(4, 400)
    early, late = world.log[:-20], world.log[-20:]
    assert len(early) > archive.PAGE
    await sqlite.append(TOPIC, START, early)
    taken = await take(sqlite, TOPIC, 0, "")
    await sqlite.append(TOPIC, end(early[-1]), late)
    keep(file, b"".join([piece async for piece in lines(taken)]))
    with opened(file) as found:
        assert list(found) == early


async def test_who_asks_for_a_session_that_is_none_is_told_which_there_are(sqlite: SqliteLog) -> None:
    with pytest.raises(StorageError, match="no session 's1'; there is none at all"):
        await take(sqlite, TOPIC, 0, "")
    for n in range(22):
        await sqlite.append(f"session/a{n:02}", START, World().log[:1])
    with pytest.raises(StorageError, match=r"there are: a00, a01.*a19 and 2 more$"):
        await take(sqlite, TOPIC, 0, "")


# from engine to engine


@pytest.mark.parametrize("piece", [10_000, 7])
async def test_from_sqlite_to_any_engine_and_back_nothing_changes(
    log: Log, tmp_path: Path, other: SqliteLog, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(restoring, "PIECE", piece)
    world = played(5)
    (tmp_path / "first").mkdir()
    first = SqliteLog(tmp_path / "first")
    await first.open()
    await first.append(TOPIC, START, world.log)
    there = await exported(first, tmp_path / "there.jsonl")
    before = await everything(first)
    await first.close()

    done = await restore(log, there)
    assert done == Restored(TOPIC, START, end(world.log[-1]), end(world.log[-1]))
    assert await log.topics() == [TOPIC]
    back = await exported(log, tmp_path / "back.jsonl")
    await restore(other, back)

    assert there.read_bytes() == back.read_bytes()
    assert await everything(other) == before
    assert (await other.head(TOPIC)).tag == world.state.position.tag


async def trimmed(log: Log, world: World, base: int, newer: int) -> None:
    """A log that begins with a snapshot, and has a newer one."""
    early, late = State(world.state.kinds), world.log[base:]
    await log.restore(TOPIC, START, late, snapshot_of(world, base, early))
    await log.save_snapshot(TOPIC, snapshot_of(world, newer, early))


def snapshot_of(world: World, seq: int, state: State) -> Snapshot:
    for sealed in world.log[state.position.seq : seq]:
        state.put(unseal(sealed, state.kinds), sealed.tag)
    return Snapshot(state.position, state.dump())


@pytest.mark.parametrize(("base", "newer"), [(20, 20), (20, 45), (20, -1), (-1, -1)])
async def test_a_history_that_begins_with_a_snapshot_goes_from_engine_to_engine(
    log: Log, other: SqliteLog, tmp_path: Path, base: int, newer: int
) -> None:
    world = played(6)
    base, newer = base % (len(world.log) + 1), newer % (len(world.log) + 1)
    await trimmed(other, world, base, newer)
    there = await exported(other, tmp_path / "there.jsonl")
    await restore(log, there)
    begin, snapshot, entries, at = await everything(log)
    assert snapshot is not None and snapshot.position == begin == (newer, world.log[newer - 1].tag)
    assert (entries, at) == (world.log[newer:], end(world.log[-1]))
    assert world.replayed(State.load(world.state.kinds, snapshot.data)).dump() == world.state.dump()
    assert await vouched(log, TOPIC, at, link(at, "goes on")) is None
    assert await log.holds(TOPIC, begin)


# what is there already


async def test_a_session_that_is_there_already_is_left_alone(log: Log, file: Path) -> None:
    world = played(7)
    await log.append(TOPIC, START, world.log)
    at = end(world.log[-1])
    assert await restore(log, await exported(log, file)) == Restored(TOPIC, at, at, at)
    await log.append(TOPIC, at, link(at, "x", "y"))
    done = await restore(log, file)
    assert done.now == done.before and done.now.seq == at.seq + 2, "and it is further"


@pytest.mark.parametrize("there", [1, 30])
async def test_a_history_the_file_goes_on_from_is_completed(
    log: Log, other: SqliteLog, file: Path, there: int
) -> None:
    world = played(8)
    await log.append(TOPIC, START, world.log[:there])
    await other.append(TOPIC, START, world.log)
    done = await restore(log, await exported(other, file))
    assert (done.before, done.now) == (end(world.log[there - 1]), end(world.log[-1]))
    assert await log.read(TOPIC, 0, 10_000) == world.log


async def test_a_trimmed_history_the_file_goes_on_from_is_completed(
    log: Log, other: SqliteLog, file: Path
) -> None:
    world = played(8)
    await trimmed(other, world, 10, 25)
    await log.append(TOPIC, START, world.log[:18])
    await restore(log, await exported(other, file))
    assert await log.read(TOPIC, 0, 10_000) == world.log, "what is stored is not replaced by the snapshot"


async def test_another_history_is_refused_and_left_as_it_was(log: Log, other: SqliteLog, file: Path) -> None:
    await log.append(TOPIC, START, played(9).log)
    before = await everything(log)
    await other.append(TOPIC, START, played(10).log)
    with pytest.raises(StorageError, match=r"is there already.*not that of.*nothing was changed"):
        await restore(log, await exported(other, file))
    assert await everything(log) == before


# files that are not as they should be


async def refused(log: Log, file: Path) -> str:
    with pytest.raises(StorageError) as error:
        await restore(log, file)
    assert await log.topics() == [], "nothing written"
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.fixture(params=["from the start", "from a snapshot"])
async def good(request: pytest.FixtureRequest, sqlite: SqliteLog, file: Path) -> bytes:
    """A file that is right."""
    world = played(11, 12)
    if request.param == "from the start":
        await sqlite.append(TOPIC, START, world.log)
    else:
        await trimmed(sqlite, world, 9, 13)
    return (await exported(sqlite, file)).read_bytes()


async def test_a_byte_that_changed_is_told_with_its_line(good: bytes, file: Path, other: SqliteLog) -> None:
    dice, first = random.Random(1), good.index(b"\n") + 1
    for _ in range(300):
        place = dice.randrange(first, len(good) - 1)
        changed = bytearray(good)
        changed[place] ^= 1 << dice.randrange(8)
        keep(file, changed)
        line = good.count(b"\n", 0, place) + 1
        assert f"damaged at line {line} " in await refused(other, file), place
    keep(file, good)
    await restore(other, file)


async def test_a_file_that_was_cut_is_refused_wherever(good: bytes, file: Path, other: SqliteLog) -> None:
    for place in [*range(0, len(good) - 1, len(good) // 150), good.rindex(b"\n", 0, -1) + 1]:
        keep(file, good[:place])
        assert "damaged at line" in (said := await refused(other, file)) or "not an export" in said


async def test_lines_that_are_missing_doubled_or_exchanged_are_found(
    good: bytes, file: Path, other: SqliteLog
) -> None:
    whole = good.splitlines(keepends=True)
    for place in range(2, len(whole) - 1):
        one, next = whole[place], whole[place + 1]
        for changed in ([], [one, one, next], [next, one], [one, b"\n", next], [one, b"{}\n", next]):
            keep(file, b"".join([*whole[:place], *changed, *whole[place + 2 :]]))
            assert "damaged at line" in await refused(other, file)
    keep(file, good + whole[-1])
    assert f"damaged at line {len(whole) + 1}" in await refused(other, file)


async def test_a_first_line_that_says_otherwise_is_found(good: bytes, file: Path, other: SqliteLog) -> None:
    head, _, rest = good.partition(b"\n")
    for wrong, told in (
        ({"version": 3}, r"export version 3, this program reads 2"),
        ({"topic": "session/s2"}, r"damaged at line \d+ .this is of session/s1"),
        ({"topic": "mission/s1"}, r"damaged at line \d+ .*cannot be read"),
        ({"topic": "shelf/s1"}, r"damaged at line 1"),
        ({"format": "webinar-server document"}, r"not an export in the format jsonl"),
        ({"at": [99999, "f" * 16]}, r"damaged at line"),
        ({"base": [3, "f" * 16]}, r"damaged at line"),
        ({"more": 1}, r"damaged at line 1"),
    ):
        keep(file, json.dumps(json.loads(head) | wrong).encode() + b"\n" + rest)
        said = await refused(other, file)
        assert re.search(told, said), (wrong, said)


async def test_what_is_no_export_is_refused(sqlite: SqliteLog, other: SqliteLog, file: Path) -> None:
    await sqlite.append(TOPIC, START, World().log)
    await exported(sqlite, file, document)
    assert "not an export in the format jsonl" in await refused(other, file)
    for wrong in (b"", b"\n", b"hello\n", b"{}\n", b"[]", b"\xff" * 99, b"[" * 99_999):
        keep(file, wrong)
        assert "not an export in the format jsonl" in await refused(other, file)
    assert "cannot be read" in await refused(other, file.parent / "absent")
    assert "cannot be read" in await refused(other, file.parent)


ENCODINGS = [
    ("utf-8-sig", ""),
    ("utf-16-le", "\ufeff"),
    ("utf-16-be", "\ufeff"),
    ("utf-16-le", ""),
    ("utf-16-be", ""),
]


@pytest.mark.parametrize(("encoding", "mark"), ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_a_file_that_was_redirected_on_windows_is_taken(
    good: bytes, file: Path, other: SqliteLog, encoding: str, mark: str, end: str
) -> None:
    keep(file, (mark + good.decode().replace("\n", end)).encode(encoding))
    assert (await restore(other, file)).now != START


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
async def test_where_the_redirection_changed_letters_it_is_told_what_to_do(
    sqlite: SqliteLog, file: Path, other: SqliteLog, encoding: str
) -> None:
    await sqlite.append(TOPIC, START, World().log)
    text = (await exported(sqlite, file)).read_text()
    mangled = text.replace('"title":"', '"title":"é', 1).encode().decode("cp437")
    said = await refused(other, keep(file, mangled.encode(encoding)))
    assert "damaged at line 2" in said and "PowerShell" in said and "--output" in said


async def test_a_redirected_file_that_was_cut_is_refused_wherever(
    good: bytes, file: Path, other: SqliteLog
) -> None:
    whole = good.decode().encode("utf-16")
    for size in (0, 1, 2, 3, 41, len(whole) // 2, len(whole) // 2 + 1, len(whole) - 3):
        said = await refused(other, keep(file, whole[:size]))
        assert "damaged at line" in said or "not an export" in said


async def test_bytes_that_are_no_entry_of_a_session_are_refused(
    sqlite: SqliteLog, other: SqliteLog, file: Path
) -> None:
    world = World()
    fields = msgspec.msgpack.decode(world.log[0].body)
    fields[6] = [["handout", "h", {"id": "h"}]]
    await sqlite.append(TOPIC, START, link(START, msgspec.msgpack.encode(fields)))
    said = await refused(other, await exported(sqlite, file))
    assert "line 2" in said and "handout" in said and "webinar-server 0.1.0 exported it" in said
