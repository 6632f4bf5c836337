"""Exports of other versions: what says less than this one knows is read, what says otherwise is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.log import end
from tests.log.archive.test_archive import TOPIC, exported, keep, played
from webinar_server.errors import StorageError
from webinar_server.log import Snapshot
from webinar_server.log.archive.read import opened
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.state import START


async def test_a_snapshot_of_a_version_that_knew_less_is_read_and_one_that_says_otherwise_is_not(
    sqlite: SqliteLog, tmp_path: Path
) -> None:
    file, world = tmp_path / "s1.jsonl", played(6)
    begin = Snapshot(end(world.log[-1]), world.state.dump())
    await sqlite.restore(TOPIC, START, [], begin)
    header, line = (await exported(sqlite, file)).read_bytes().splitlines()
    said = json.loads(line)

    def keep_records(records: dict[str, Any]) -> None:
        keep(file, header + b"\n" + json.dumps(said | {"records": records}).encode() + b"\n")

    people = said["records"]["person"]
    less = [{name: value for name, value in one.items() if name != "pitch"} for one in people]
    keep_records({"session": said["records"]["session"], "person": less})
    with opened(file) as found:
        assert found.snapshot == begin and list(found) == []
    for other in (
        {"person": people[1:]},
        {"person": [people[0] | {"name": "Somebody"}, *people[1:]]},
        {"person": [people[0] | {"more": 1}, *people[1:]]},
        {"ghost": []},
    ):
        keep_records(other)
        with pytest.raises(StorageError, match=r"line 2 .its fields"), opened(file):
            pass
