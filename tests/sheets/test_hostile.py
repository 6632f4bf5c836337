"""Hostile files: what is no workbook, or becomes more than it says, ends in a refusal; and nobody waits."""

from __future__ import annotations

import asyncio
import io
import struct
import zipfile

import openpyxl
import pytest

from tests.mission.files import ADA, TITLES, as_csv, as_xlsx
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.sheets import aside
from webinar_server.sheets.aside import AT_ONCE, Aside
from webinar_server.sheets.reading import read
from webinar_server.sheets.workbook import PARTS_MAX, UNPACKED_MAX


def code(data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read(data, None)
    return caught.value.code


async def aside_code(data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        await Aside().read(data, None)
    return caught.value.code


def with_part(name: str, content: bytes, workbook: bytes | None = None) -> bytes:
    """A workbook with one part more."""
    written = io.BytesIO(workbook or as_xlsx([TITLES, ADA]))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return written.getvalue()


def lying(data: bytes, size: int, said: int) -> bytes:
    """The same where each place that told a size tells another."""
    return data.replace(struct.pack("<L", size), struct.pack("<L", said))


BOMB = UNPACKED_MAX + 1_234


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_becomes() -> None:
    data = with_part("xl/bomb.xml", b" " * BOMB)
    assert len(data) < 200_000 and code(data) == "import.too_large"
    disguised = lying(data, BOMB, 1_000)
    assert disguised != data and code(disguised) == "import.too_large"


def test_parts_that_become_too_much_together_are_refused() -> None:
    data = as_xlsx([TITLES, ADA])
    for number in range(5):
        data = with_part(f"xl/{number}.xml", b" " * (UNPACKED_MAX // 5), data)
    assert code(data) == "import.too_large"


def test_very_many_parts_are_refused() -> None:
    written = io.BytesIO(as_xlsx([TITLES, ADA]))
    with zipfile.ZipFile(written, "a") as archive:
        for number in range(PARTS_MAX):
            archive.writestr(f"xl/{number}.xml", b"")
    assert code(written.getvalue()) == "import.too_large"


def test_what_is_no_workbook_is_refused() -> None:
    whole = as_xlsx([TITLES, ADA])
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    for data in (
        b"PK\x03\x04 and no more",
        empty.getvalue(),
        whole[: len(whole) // 2],
        whole[:-30],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ):
        assert code(data) == "import.no_xlsx"


@pytest.mark.parametrize("at", range(0, 5_000, 250))
def test_a_workbook_with_a_damaged_byte_is_read_or_refused(at: int) -> None:
    data = bytearray(as_xlsx([TITLES, ADA]))
    data[at % len(data)] ^= 0xFF
    try:
        read(bytes(data), None)
    except Refusal as refusal:
        assert refusal.code.startswith("import.")


async def test_a_cell_in_the_last_corner_takes_no_more_than_its_process_may_have() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["XFD1048576"] = "Name", "Ada", "x"
    written = io.BytesIO()
    book.save(written)
    assert await aside_code(written.getvalue()) in ("import.unreadable", "import.no_xlsx", "import.empty")


async def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "READ_WITHIN", 0.01)
    assert await aside_code(as_csv([TITLES, ADA])) == "import.unreadable"


async def test_so_many_are_read_at_once_and_the_next_can_come_again() -> None:
    reader, data = Aside(), as_csv([TITLES, ADA])
    told = await asyncio.gather(
        *(reader.read(data, None) for _ in range(AT_ONCE + 2)), return_exceptions=True
    )
    refused = [one for one in told if isinstance(one, Refusal)]
    assert [one.code for one in refused] == ["import.busy"] * 2 and refused[0].retry_after
    assert (await reader.read(data, None)).lines


async def test_others_have_their_turn_while_a_large_file_is_read() -> None:
    data = as_csv([TITLES, *([f"P {n}", "", f"p{n}@example.org", "NL", "a;b", "c"] for n in range(6_000))])
    reading = asyncio.ensure_future(Aside().read(data, None))
    turns, begun = 0, monotonic()
    while not reading.done():
        await asyncio.sleep(0.001)
        turns += 1
    took = monotonic() - begun
    assert len((await reading).lines) == 6_000
    # a loop that waited for it would have had a handful
    assert turns > 20, f"{turns} turns in {took:.1f} s"
