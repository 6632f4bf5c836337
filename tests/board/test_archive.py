"""A board is exported, verified and restored like any topic, and is taken for nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.board import BOARD
from tests.board.notes import CreateBoard, Note
from webinar_server.errors import StorageError
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say
from webinar_server.log.archive.restore import restore
from webinar_server.log.archive.write import document, lines, take
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.settings import Settings
from webinar_server.state import Answer

TOPIC = BOARD.topic("b1")


@pytest.fixture
async def full(sqlite: SqliteLog) -> SqliteLog:
    """A log with a board of three notes, by the server itself."""
    hub = Hub(sqlite, Settings())
    await hub.begin(TOPIC, CreateBoard(board="b1", title="Ideas"))
    live = await hub.room(TOPIC)
    assert live is not None
    for text in ("a", "b", "c"):
        assert isinstance(await say(live, BOARD.parse("pin", {"text": text})), Answer)
    return sqlite


async def written(log: SqliteLog, folder: Path) -> Path:
    file = folder / "b1.jsonl"
    file.write_bytes(b"".join([piece async for piece in lines(await take(log, TOPIC, 1, "0"))]))
    return file


async def test_a_board_comes_back_byte_for_byte(full: SqliteLog, tmp_path: Path) -> None:
    file = await written(full, tmp_path)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    other = SqliteLog(folder)
    await other.open()
    done = await restore(other, file)
    assert done.topic == TOPIC and done.now == await full.head(TOPIC)
    assert await other.read(TOPIC, 0) == await full.read(TOPIC, 0)
    hub = Hub(other, Settings())
    live = await hub.room(TOPIC)
    assert live is not None
    assert [note.text for note in live.state.all(Note)] == ["a", "b", "c"]
    await other.close()


async def test_its_document_lists_records_of_its_kinds(full: SqliteLog) -> None:
    told = json.loads(b"".join([piece async for piece in document(await take(full, TOPIC, 1, "0"))]))
    assert set(told["records"]) == set(BOARD.kinds)
    assert [note["text"] for note in told["records"]["note"]] == ["a", "b", "c"]


@pytest.mark.parametrize("topic", ["board/b2", "session/b1", "shelf/b1", "board/"])
async def test_a_header_gives_its_history_to_no_other_topic(
    full: SqliteLog, tmp_path: Path, topic: str
) -> None:
    file = await written(full, tmp_path)
    file.write_bytes(file.read_bytes().replace(b'"board/b1"', json.dumps(topic).encode(), 1))
    with pytest.raises(StorageError, match="damaged at line"):
        await restore(full, file)


async def test_an_unknown_board_is_told_with_the_boards_there_are(full: SqliteLog) -> None:
    with pytest.raises(StorageError, match="there is no board 'b7'; there are: b1"):
        await take(full, BOARD.topic("b7"), 1, "0")
