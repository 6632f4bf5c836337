"""Files that are not as they should be: one line that says what to do, and the data left as it was."""

import os
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.log import link
from webinar_server.errors import StorageError
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.log.sqlite.file import VERSION
from webinar_server.state import START

NOBODY = 65534
TOPIC = "session/s1"
ENTRIES = link(START, *(f"entry {n} " + "x" * 200 for n in range(200)))


async def written(folder: Path) -> Path:
    """A file with two hundred entries, closed."""
    log = SqliteLog(folder)
    await log.open()
    await log.append(TOPIC, START, ENTRIES)
    await log.close()
    return folder / "log.db"


async def refused(folder: Path) -> str:
    """What somebody is told who opens this folder: one line, nothing changed."""
    before = contents(folder)
    log = SqliteLog(folder)
    with pytest.raises(StorageError) as error:
        await log.open()
    assert contents(folder) == before, "data untouched"
    assert "\n" not in str(error.value)
    return str(error.value)


def contents(folder: Path) -> dict[str, bytes]:
    """What is in the files that count; SQLite may leave an empty -wal and its shared memory."""
    files = {path.name: path.read_bytes() for path in folder.glob("log.db*") if path.is_file()}
    return {name: data for name, data in files.items() if data and not name.endswith("-shm")}


def patch(path: Path, place: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(data)


async def test_a_file_of_a_newer_version_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = await written(tmp_path)
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 9")
    db.close()
    told = await refused(tmp_path)
    assert "file version 9" in told and f"reads {VERSION}" in told and "update webinar-server" in told


async def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.db").write_text("Dear diary,\n" * 1_000)
    told = await refused(tmp_path)
    assert "log.db is not a database" in told and "backup" in told


async def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "log.db")
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()
    assert "another program" in await refused(tmp_path)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
async def test_a_file_that_was_cut_is_refused(tmp_path: Path, kept: float) -> None:
    path = await written(tmp_path)
    os.truncate(path, int(path.stat().st_size * kept))
    told = await refused(tmp_path)
    assert "damaged" in told and "restore it from a backup" in told


async def test_garbage_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = await written(tmp_path)
    patch(path, 8 * 4096, random.Random(1).randbytes(4096))
    assert "damaged" in await refused(tmp_path)


async def test_one_changed_letter_in_the_last_entries_is_refused(tmp_path: Path) -> None:
    path = await written(tmp_path)
    patch(path, path.read_bytes().index(b"entry 195 "), b"ENTRY")
    told = await refused(tmp_path)
    assert f"the log of {TOPIC} is damaged at entry 196" in told


async def test_one_changed_letter_in_an_old_entry_is_told_to_whoever_reads_it(tmp_path: Path) -> None:
    path = await written(tmp_path)
    patch(path, path.read_bytes().index(b"entry 50 "), b"ENTRY")
    log = SqliteLog(tmp_path)
    await log.open()
    assert await log.read(TOPIC, 60) == ENTRIES[60:], "the rest can be read"
    with pytest.raises(StorageError, match=f"the log of {TOPIC} is damaged at entry 51"):
        await log.read(TOPIC, 0)
    await log.close()


@pytest.mark.parametrize("seed", range(30))
async def test_whatever_byte_breaks_nobody_reads_what_was_not_written(tmp_path: Path, seed: int) -> None:
    path, dice = await written(tmp_path), random.Random(seed)
    for _ in range(dice.choice([1, 3, 30])):
        patch(path, dice.randrange(path.stat().st_size), dice.randbytes(1))
    log = SqliteLog(tmp_path)
    try:
        await log.open()
        entries = await log.read(TOPIC, 0)
        # a topic's name may be what broke: then its entries are missing, not wrong
        assert entries == ENTRIES[: len(entries)]
    except StorageError:
        pass
    finally:
        await log.close()


async def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    told = await refused(tmp_path / "absent")
    assert f"there is no folder {tmp_path / 'absent'}; create it" in told


async def test_a_folder_under_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "create it, or choose another with --data" in await refused(tmp_path / "file" / "data")


async def test_a_folder_that_takes_no_files_is_refused() -> None:
    log = SqliteLog("/proc")  # not even root may write there
    with pytest.raises(StorageError, match=r"cannot write in the data folder /proc .*choose another"):
        await log.open()


async def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.db").mkdir()
    assert "log.db is not a file; move it away" in await refused(tmp_path)


async def test_a_file_that_may_only_be_read_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("open_to_all")
    path = await written(folder)
    path.chmod(0o444)
    # up to the folder for temporary files, which is everybody's
    for parent in (folder, *folder.parents[: folder.parents.index(Path(tempfile.gettempdir()))]):
        parent.chmod(0o777)
    with unprivileged(folder):
        told = await refused(folder)
    assert f"{path} cannot be written" in told


@contextmanager
def unprivileged(folder: Path) -> Iterator[None]:
    """Root may write everything; for this long we are nobody."""
    if os.geteuid() != 0:
        yield
        return
    (folder / "lock").chmod(0o666)
    try:
        os.seteuid(NOBODY)
    except OSError as error:  # a sandbox with one user only
        pytest.skip(f"cannot be nobody here: {error}")
    try:
        yield
    finally:
        os.seteuid(0)
