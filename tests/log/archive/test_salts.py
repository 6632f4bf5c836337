"""Salts of entries in archives: kept, so that the tags come out again; not in what is for people to read."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields

from tests.log import end, vouched
from tests.log.archive.test_archive import TOPIC, exported, keep, played
from webinar_server.errors import StorageError
from webinar_server.log import Log
from webinar_server.log.archive.read import opened
from webinar_server.log.archive.restore import restore
from webinar_server.log.archive.write import document
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session import SESSION
from webinar_server.state import START, Entry, Position, State, seal, unseal

VERSION_1 = Path(__file__).with_name("version_1.jsonl")
"""What a version without salts exported: a session that begins with a snapshot, and five entries."""


async def test_a_file_has_the_salts_and_is_refused_with_another(sqlite: SqliteLog, tmp_path: Path) -> None:
    world = played(1)
    await sqlite.append(TOPIC, START, world.log)
    file = await exported(sqlite, tmp_path / "s1.jsonl")
    whole = file.read_bytes().splitlines(keepends=True)
    salts = [base64.b64decode(json.loads(line)["salt"]) for line in whole[1:]]
    assert salts == [unseal(sealed, SESSION.kinds).salt for sealed in world.log]
    assert len(set(salts)) == len(salts) and {len(salt) for salt in salts} == {18}
    one, other = (base64.b64encode(salt) for salt in salts[:2])
    keep(file, b"".join([whole[0], whole[1].replace(one, other), *whole[2:]]))
    with pytest.raises(StorageError, match="damaged at line 2"), opened(file) as found:
        list(found)


async def test_a_document_has_no_salt(sqlite: SqliteLog, tmp_path: Path) -> None:
    world = played(2)
    await sqlite.append(TOPIC, START, world.log)
    text = (await exported(sqlite, tmp_path / "s1.json", document)).read_text()
    assert world.log[-1].tag in text and '"salt"' not in text
    for sealed in world.log:
        salt = unseal(sealed, SESSION.kinds).salt
        assert base64.b64encode(salt).decode() not in text and salt.hex() not in text


async def test_what_a_version_without_salts_exported_is_restored_and_goes_on(
    log: Log, tmp_path: Path
) -> None:
    head, snapshot, *lines = map(json.loads, VERSION_1.read_bytes().splitlines())
    assert not any("salt" in line for line in lines), "of before"
    assert (await restore(log, VERSION_1)).now == Position(*head["at"])
    entries = await log.read(TOPIC, snapshot["at"][0])
    assert [entry.tag for entry in entries] == [line["tag"] for line in lines]
    kept = await log.snapshot(TOPIC)
    assert kept is not None
    state = State.load(SESSION.kinds, kept.data)
    for sealed in entries:
        state.put(unseal(sealed, SESSION.kinds), sealed.tag)
    assert state.count(SESSION.kinds["question"]) == 3 and state.position == tuple(head["at"])
    again = (await exported(log, tmp_path / "again.jsonl")).read_bytes().splitlines()
    assert again[2:] == VERSION_1.read_bytes().splitlines()[2:], "byte for byte"
    line = json.loads(again[1])
    assert [line[name] for name in ("at", "digest", "data")] == [
        snapshot[name] for name in ("at", "digest", "data")
    ]
    _same_but_for_what_came_later(line["records"], snapshot["records"])
    await _goes_on_with_a_salt(log, state.position)


def _same_but_for_what_came_later(found: dict[str, Any], before: dict[str, Any]) -> None:
    later = {kind: found.pop(kind) for kind in found.keys() - before.keys()}
    assert not any(later.values()), "of kinds that came later: none"
    assert found.keys() == before.keys()
    for kind, records in before.items():
        defaults = {field.name: field.default for field in fields(SESSION.kinds[kind])}
        for one, record in zip(found[kind], records, strict=True):
            came = {name: one.pop(name) for name in one.keys() - record.keys()}
            assert one == record
            assert came == {name: defaults[name] for name in came}, "fields that came later: their defaults"


async def _goes_on_with_a_salt(log: Log, at: Position) -> None:
    rest = {"at": 1, "by": "x", "command": "none", "ref": "", "result": {}, "changes": ()}
    salted = seal(at, Entry(seq=at.seq + 1, salt=b"s" * 18, **rest))
    assert await vouched(log, TOPIC, at, [salted]) is None
    assert await log.read(TOPIC, at.seq) == [salted] and await log.head(TOPIC) == end(salted)
