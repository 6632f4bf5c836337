"""`export` and `restore` as people run them: beside a server people talk on, into a log that has nothing."""

from __future__ import annotations

import asyncio
import json
import pathlib
import subprocess
from collections.abc import Iterator
from contextlib import closing
from time import sleep

import pytest

from tests.session.histories import World
from tests.valkey import Valkey
from tests.web.client import DEADLINE, Client
from tests.web.process import COMMAND, Serving, fails, prints, run
from webinar_server import limits
from webinar_server.cli import archive
from webinar_server.cli import output as output_of
from webinar_server.errors import StorageError
from webinar_server.log import private
from webinar_server.log.archive import restore as restoring
from webinar_server.log.archive.write import VERSION
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.log.sqlite.file import read_only
from webinar_server.log.sqlite.rows import head
from webinar_server.state import START, Entry, Position, Sealed, seal

TOPIC = "session/s1"


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "data"


@pytest.fixture
def serving(data: pathlib.Path) -> Iterator[Serving]:
    serving = Serving(data, WEBINAR_PACE="off").start()
    prints("session", "add", "s1", "--title", "Smart ports", "--data", data)
    yield serving
    serving.kill()


async def host(serving: Serving) -> Client:
    options = ("--session", "s1", "--role", "host", "--name", "Grace", "--data", serving.data)
    client = await Client(serving.url, prints("token", *options)[0]).open()
    await client.join(TOPIC)
    return client


async def test_a_session_is_exported_while_people_talk_and_restored_elsewhere(
    serving: Serving, tmp_path: pathlib.Path
) -> None:
    grace = await host(serving)
    done = 0
    talking = asyncio.Event()

    async def talk() -> None:
        nonlocal done
        while not talking.is_set():
            await grace.do("say", text=f"line {done}")
            done += 1

    speaking = asyncio.ensure_future(talk())
    files = [tmp_path / f"{n}.jsonl" for n in range(4)]
    for file in files:
        at_least = done
        said = await asyncio.to_thread(prints, "export", "s1", "--output", file, "--data", serving.data)
        assert said[0].startswith(f"session s1 is in {file}, up to entry ")
        assert len(told(file)) >= at_least, "what was answered before is in it"
    talking.set()
    await speaking
    await grace.close()
    # a file of a moment is completed by one of a later moment
    elsewhere = tmp_path / "elsewhere"
    for file in files:
        said = prints("restore", file, "--data", elsewhere)
    assert "session s1 is completed: " in said[0]
    assert prints("restore", files[1], "--data", elsewhere)[0].startswith("session s1 is there already, and ")
    again = tmp_path / "again.jsonl"
    prints("export", "s1", "--output", again, "--data", elsewhere)
    assert again.read_bytes().split(b"\n")[1:] == files[-1].read_bytes().split(b"\n")[1:]
    code, said_there = serving.stop()
    assert code == 0 and said_there.startswith("WEBINAR_PACE=off") and said_there.count("\n") == 1


def told(file: pathlib.Path) -> list[str]:
    """The lines of the chat in a file."""
    said = [json.loads(line) for line in file.read_text().splitlines()[1:]]
    return [line["changes"][0][2]["text"] for line in said if line["command"] == "say"]


async def test_what_was_restored_is_served(serving: Serving, tmp_path: pathlib.Path) -> None:
    grace = await host(serving)
    await grace.do("say", text="héllo")
    screen = grace.screen.records
    file = tmp_path / "s1.jsonl"
    prints("export", "s1", "--output", file, "--data", serving.data)
    serving.kill()
    prints("restore", file, "--data", tmp_path / "new")
    second = Serving(tmp_path / "new").start()
    try:
        mine = await host(second)
        assert mine.screen.texts() == ["héllo"]
        assert mine.screen.of("session") == screen["session"]
        await mine.do("say", text="on it goes")
    finally:
        second.kill()


def test_an_export_goes_to_standard_output_or_to_a_file_for_its_owner_alone(
    serving: Serving, tmp_path: pathlib.Path
) -> None:
    (header, created) = map(json.loads, prints("export", "s1", "--data", serving.data))
    assert (header["topic"], created["command"]) == (TOPIC, "create_session")
    file = tmp_path / "s1.json"
    prints("export", "s1", "--format", "json", "--output", file, "--data", serving.data)
    assert json.loads(file.read_text())["records"]["session"][0]["title"] == "Smart ports"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["s1.json"]


def test_an_export_takes_no_place_of_another_file_unless_it_is_asked_to(
    serving: Serving, tmp_path: pathlib.Path
) -> None:
    file, victim, link = tmp_path / "s1.jsonl", tmp_path / "victim", tmp_path / "link.jsonl"
    export = ("export", "s1", "--data", serving.data, "--output")
    victim.write_text("mine")
    link.symlink_to(victim)
    dangling = tmp_path / "dangling.jsonl"
    dangling.symlink_to(tmp_path / "nowhere")
    (tmp_path / "s1.jsonl.part").symlink_to(victim)
    prints(*export, file)
    first = file.read_bytes()
    for there in (file, link, dangling):
        assert f"{there} is there already; choose another --output" in fails(*export, there)
    assert file.read_bytes() == first and not (tmp_path / "nowhere").exists()
    prints(*export, link, "--overwrite")
    assert not link.is_symlink() and link.stat().st_mode & 0o777 == 0o600
    assert victim.read_text() == "mine"
    names = {"data", "s1.jsonl", "victim", "link.jsonl", "dangling.jsonl", "s1.jsonl.part"}
    assert {path.name for path in tmp_path.iterdir()} == names


def test_an_export_takes_the_place_of_an_earlier_one_of_any_version_and_form_alone(
    serving: Serving, tmp_path: pathlib.Path
) -> None:
    file = tmp_path / "s1"
    export = ("export", "s1", "--data", serving.data, "--overwrite", "--output", file)
    for form in ("json", "jsonl"):
        prints(*export, "--format", form)
    file.write_text('{"format":"webinar-server export","version":9,"what":"ever"}\n')
    prints(*export)
    for there in (b"mine", b"", b'{"format":"webinar-server exp', b"SQLite format 3\0"):
        file.write_bytes(there)
        assert f"{file} is there already and is no earlier one of its kind; choose another" in fails(*export)
        assert file.read_bytes() == there
    assert {path.name for path in tmp_path.iterdir()} == {"data", "s1"}


def test_an_export_is_never_called_like_a_file_of_a_data_folder(
    serving: Serving, tmp_path: pathlib.Path
) -> None:
    before = {path.name: path.stat().st_ino for path in serving.data.iterdir()}
    export = ("export", "s1", "--data", serving.data, "--output")
    for name in (*private.OURS, "LOG.DB", "../data/secret-old"):
        for folder in (serving.data, tmp_path):
            for overwrite in ((), ("--overwrite",)):
                assert "is called like a file of a data folder" in fails(*export, folder / name, *overwrite)
    assert {path.name: path.stat().st_ino for path in serving.data.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_name_that_is_taken_while_it_is_exported_is_not_taken_from_others(
    tmp_path: pathlib.Path, overwrite: bool
) -> None:
    part, output = tmp_path / "part", tmp_path / "output"
    part.write_text("whole")
    output.write_text("another's")
    if overwrite:
        output_of._place(part, output, overwrite)
    else:
        with pytest.raises(FileExistsError):
            output_of._place(part, output, overwrite)
    assert output.read_text() == ("whole" if overwrite else "another's")


def test_a_session_goes_through_a_pipe(serving: Serving, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "s1.jsonl"
    prints("export", "s1", "--output", file, "--data", serving.data)
    for source in ("-", "/dev/stdin"):
        ended = run("restore", source, "--data", tmp_path / source[-5:], stdin=file.read_bytes())
        assert ended.stdout == "session s1 is restored, up to entry 1\n", ended.stderr
    ended = run("restore", "-", "--data", tmp_path / "other", stdin=file.read_bytes()[:-40])
    assert ended.returncode == 1 and "standard input is damaged at line 2" in ended.stderr


def test_what_comes_through_a_pipe_without_an_end_is_told_so(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "RESTORED_MAX", 5 << 20)
    with subprocess.Popen(["yes", "{}"], stdout=subprocess.PIPE) as endless:
        assert endless.stdout is not None
        file = pathlib.Path(f"/dev/fd/{endless.stdout.fileno()}")
        with pytest.raises(StorageError, match=rf"{file} is larger than 5242880 bytes.*nothing was changed"):
            with archive._readable_twice(file):
                pass
        endless.kill()


def test_what_has_no_first_line_is_no_export(tmp_path: pathlib.Path) -> None:
    sparse = tmp_path / "sparse"
    with sparse.open("wb") as file:
        file.truncate(1 << 40)
    for source in ("/dev/zero", sparse):
        ended = run("restore", source, "--data", tmp_path / "data")
        assert ended.returncode == 1 and "is not an export in the format jsonl" in ended.stderr


def test_an_export_that_cannot_be_is_one_line_and_leaves_no_file(
    serving: Serving, tmp_path: pathlib.Path
) -> None:
    file = tmp_path / "s.jsonl"
    assert "there is no session 's2'; there are: s1" in fails(
        "export", "s2", "--output", file, "--data", serving.data
    )
    assert "--data" in fails("export", "s1", "--output", file, "--data", tmp_path / "absent")
    for nowhere in (tmp_path / "no" / "where", serving.data / "lock" / "inside"):
        assert "--output" in fails("export", "s1", "--output", nowhere, "--data", serving.data)
    assert "Redis cannot be reached" in fails("export", "s1", "--redis", "redis://127.0.0.1:1")
    assert run("export", "s1", "--format", "csv").returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_folder_a_server_holds_is_not_restored_into(serving: Serving, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "s1.jsonl"
    prints("export", "s1", "--output", file, "--data", serving.data)
    said = fails("restore", file, "--data", serving.data)
    assert f"in use by process {serving.pid} at {serving.url}; stop that one first" in said


def test_a_damaged_file_is_one_line_and_restores_nothing(serving: Serving, tmp_path: pathlib.Path) -> None:
    file, new = tmp_path / "s1.jsonl", tmp_path / "new"
    prints("export", "s1", "--output", file, "--data", serving.data)
    whole = file.read_text()
    file.write_text(whole.replace("Smart ports", "Dumb ports"))
    assert f"{file} is damaged at line 2 (" in fails("restore", file, "--data", new)
    assert "none at all" in fails("export", "s1", "--data", new)
    assert "cannot be read" in fails("restore", tmp_path / "absent", "--data", new)
    file.write_text(whole.replace(f'"version":{VERSION}', '"version":7', 1))
    assert f"export version 7, this program reads {VERSION}" in fails("restore", file, "--data", new)


def test_a_session_goes_from_sqlite_to_redis_and_back(data: pathlib.Path, tmp_path: pathlib.Path) -> None:
    entries = long_session(restoring.PIECE + 100)
    fill(data, entries)
    valkey = Valkey(tmp_path / "valkey").start()
    try:
        one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
        prints("export", "s1", "--output", one, "--data", data)
        redis = ("--redis", valkey.url)
        assert "there is none at all" in fails("export", "s1", *redis)
        said = prints("restore", one, *redis, "--data", tmp_path / "secrets")
        assert said == [f"session s1 is restored, up to entry {len(entries)}"]
        assert prints("restore", one, *redis) == ["session s1 is there already"]
        prints("export", "s1", *redis, "--output", two)
    finally:
        valkey.stop()
    prints("restore", two, "--data", tmp_path / "back")
    assert two.read_bytes().splitlines()[1:] == one.read_bytes().splitlines()[1:]
    back = prints("export", "s1", "--data", tmp_path / "back")
    assert back[1:] == one.read_text().splitlines()[1:] and len(back) == len(entries) + 1


async def test_servers_on_a_redis_go_on_while_a_session_is_restored_into_it_and_exported(
    data: pathlib.Path, serving: Serving, tmp_path: pathlib.Path
) -> None:
    file, again = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    prints("export", "s1", "--output", file, "--data", data)
    valkey = Valkey(tmp_path / "valkey").start()
    redis = ("--redis", valkey.url)
    second = Serving(tmp_path / "second", *redis, WEBINAR_PACE="off").start()
    try:
        prints("restore", file, *redis, "--data", tmp_path / "second")
        grace = await host(second)
        await grace.do("say", text="on it goes")
        prints("export", "s1", *redis, "--output", again)
        assert again.read_bytes().splitlines()[1:2] == file.read_bytes().splitlines()[1:2]
        assert told(again) == ["on it goes"]
        await grace.close()
    finally:
        second.kill()
        valkey.stop()


def test_who_has_read_enough_stops_an_export_without_a_word(data: pathlib.Path) -> None:
    fill(data, long_session(3_000))
    shell = subprocess.Popen(
        [*COMMAND, "export", "s1", "--data", str(data)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert shell.stdout is not None
    assert shell.stdout.readline().startswith(b'{"format"')
    shell.stdout.close()
    assert shell.stderr is not None and shell.stderr.read() == b""
    assert shell.wait(DEADLINE) == 1


def long_session(size: int) -> list[Sealed]:
    entries = World().log
    while len(entries) < size:
        at = Position(entries[-1].seq, entries[-1].tag)
        note = {"command": "say", "ref": f"r{at.seq}", "result": {"id": "x" * 200}, "changes": ()}
        entries.append(seal(at, Entry(seq=at.seq + 1, at=at.seq, by="id-Ada", **note)))
    return entries


def fill(data: pathlib.Path, entries: list[Sealed]) -> None:
    data.mkdir()
    asyncio.run(_append(data, entries))


async def _append(data: pathlib.Path, entries: list[Sealed]) -> None:
    log = SqliteLog(data)
    await log.open()
    await log.append(TOPIC, START, entries)
    await log.close()


def test_a_restore_that_is_killed_between_its_pieces_is_completed_by_a_second(
    data: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    entries = long_session(restoring.PIECE * 4 + 5)
    fill(data, entries)
    file, new = tmp_path / "s1.jsonl", tmp_path / "new"
    prints("export", "s1", "--output", file, "--data", data)
    for attempt in range(5):
        new = tmp_path / f"new{attempt}"
        left = killed_on_its_way(file, new)
        if left < len(entries):
            break
    assert 0 < left < len(entries) and left % restoring.PIECE == 0, "whole pieces only"
    assert f"{len(entries) - left} entries more" in prints("restore", file, "--data", new)[0]
    prints("export", "s1", "--output", tmp_path / "again", "--data", new)
    again, first = ((tmp_path / name).read_bytes().splitlines() for name in ("again", "s1.jsonl"))
    assert again[1:] == first[1:] and len(first) == len(entries) + 1


def killed_on_its_way(file: pathlib.Path, folder: pathlib.Path) -> int:
    """Kill a restore as soon as it has written something; how many entries there are."""
    restore = subprocess.Popen(
        [*COMMAND, "restore", str(file), "--data", str(folder)], stdout=subprocess.PIPE
    )
    while stands(folder) == 0 and restore.poll() is None:
        sleep(0.002)
    restore.kill()
    restore.communicate()
    return stands(folder)


def stands(folder: pathlib.Path) -> int:
    """How many entries a folder has, whoever writes to it."""
    path = folder / "log.db"
    if not path.is_file() or not path.stat().st_size:
        return 0
    with closing(read_only(path)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        return head(db, TOPIC).seq if version else 0
