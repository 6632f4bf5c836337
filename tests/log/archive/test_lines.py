"""Lines of an export: none is read whole that is larger than an honest one can be."""

from pathlib import Path

import pytest

from tests.log.archive.test_archive import exported, keep
from tests.session.histories import World
from webinar_server import limits
from webinar_server.errors import StorageError
from webinar_server.log import Log
from webinar_server.log.archive.read import opened
from webinar_server.state import START

TOPIC = "session/s1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
async def test_a_line_that_is_too_large_is_not_read_to_its_end(
    sqlite: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    world = World()
    await sqlite.append(TOPIC, START, world.log)
    whole = (await exported(sqlite, tmp_path / "s1.jsonl")).read_text()
    head, entry, *_ = whole.splitlines()
    monkeypatch.setattr(limits, "EXPORT_ENTRY_MAX", len(entry.encode()) + 1)
    with opened(keep(tmp_path / "good", f"{head}\n{entry}\n".encode(encoding))) as found:
        next(iter(found))
    large = f"{head}\n{entry} {'x' * 5_000_000}\n"
    file = keep(tmp_path / "large", large.encode(encoding))
    with pytest.raises(
        StorageError, match=rf"line 2 .the line has more than {len(entry.encode()) + 1} bytes"
    ):
        with opened(file) as found:
            next(iter(found))


@pytest.mark.parametrize("first", ["", "{", '{"format":"webinar-server export","version":2,"topic":"'])
def test_a_first_line_without_an_end_is_none_of_an_export(tmp_path: Path, first: str) -> None:
    file = keep(tmp_path / "endless", first.encode() + b"x" * limits.EXPORT_HEADER_MAX)
    with pytest.raises(StorageError, match="not an export in the format jsonl"), opened(file):
        pass
