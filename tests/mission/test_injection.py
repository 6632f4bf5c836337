"""What people write is text wherever it comes out: in tables, address books and calendars it makes no
formula, line or property of its own, and no link of theirs is anything but an address of the web."""

from __future__ import annotations

import csv
import io
from typing import Any

import icalendar
import openpyxl
import pytest
import vobject

from tests.mission.meeting import TUESDAY, fixed
from tests.session.scene import Scene
from webinar_server.calendar import meeting_calendar
from webinar_server.mission.leads import Lead, leads_of
from webinar_server.mission.meetings import Meeting
from webinar_server.mission.programme import HOUR_MS
from webinar_server.sheets.leads import rows_of
from webinar_server.sheets.written import as_csv, as_xlsx
from webinar_server.vcard import vcards

HOSTILE = (
    '=HYPERLINK("https://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Eve",
    "\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Eve",
    "a\u2028ATTENDEE:mailto:eve@evil.example",
    "\x00\x0b\x0c\x85X-EVIL:1",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u202eevil\u2066\u2069",
    ';;;,,,\\n\\;\\,"',
    "'" * 40,
)
LATER = [TUESDAY + HOUR_MS, TUESDAY + 2 * HOUR_MS]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
PROPERTIES = {
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "UID",
    "REV",
    "FN",
    "N",
    "ORG",
    "TITLE",
    "EMAIL",
    "TEL",
    "URL",
}
PROPERTIES |= {"ADR", "NOTE", "CATEGORIES", "SOURCE", "KIND"}


def hostile(text: str) -> Scene:
    """Ada met Bob, and whatever one of them may write says that, where it is not refused."""
    story = fixed()
    for field, said in (("notes", text), ("tags", [text[:40]]), ("next_step", text)):
        story.when("ada", "change_lead", lead="ada/bob", **{field: said})
    proposed = {"whom": "bob", "times": LATER, "minutes": 20}
    story.when("ada", "propose_meeting", id="m2", note=text, **proposed)
    if story.refusal is not None:
        return story
    return story.given("bob", "accept_meeting", meeting="m2", starts_at=LATER[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_table_works_anything_out(text: str) -> None:
    state = hostile(text).state
    rows = rows_of(state, "ada", "en")
    data = as_csv(rows, ",").decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(data)))
    assert len(read) == len(rows) and {len(row) for row in read} == {len(rows[0])}
    assert not [cell for row in read for cell in row if cell.startswith(FORMULA)]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(rows, text))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {
        "s",
        "inlineStr",
    }


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_of_an_address_book_is_theirs(text: str, version: Any) -> None:
    state = hostile(text).state
    data = vcards(leads_of(state, "ada"), "ev-2027", version).decode()
    assert unfolded(data).count("BEGIN:VCARD") == unfolded(data).count("END:VCARD") == 1
    names = {line.split(":")[0].split(";")[0].split(".")[-1] for line in unfolded(data)}
    assert names <= PROPERTIES, names
    [card] = list(vobject.readComponents(data))
    assert card.fn.value == "Bob"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_of_a_calendar_is_theirs(text: str) -> None:
    story = hostile(text)
    meeting = story.state.get(Meeting, "m2") or story.the(Meeting, "m1")
    data = meeting_calendar(story.state, meeting, "bob", TUESDAY, None).decode()
    assert (unfolded(data).count("BEGIN:VEVENT"), unfolded(data).count("END:VEVENT")) == (1, 1)
    assert not [line for line in unfolded(data) if line.startswith(("X-EVIL", "SUMMARY:Eve"))]
    [event] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert "Eve" not in str(event["SUMMARY"])
    assert not [one for one in listed(event.get("ATTENDEE")) if "evil" in one]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_sign_steers_what_stands_around_it(text: str) -> None:
    lead = hostile(text).the(Lead, "ada/bob")
    said = "".join((lead.notes, *lead.tags, lead.next_step))
    assert not set(said) & set("\x00\x0b\x0c\x85\u2028\u2029\r\u202e\u2066"), ascii(said)


@pytest.mark.parametrize(
    "place",
    [
        *("javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example"),
        *(
            "https://you@evil.example",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://0x7f.1/",
            "ftp://x.example",
        ),
        *(
            "https://localhost/",
            "https://intern.lan/",
            "https://xn--80ak6aa92e.com/",
            "https://x.example/\r\nX: 1",
        ),
        *("https://x.example/ y", "HTTPS:\\\\evil.example", "x" * 3_000),
    ],
)
def test_where_two_meet_is_a_site_of_the_web(place: str) -> None:
    story = fixed().when("bob", "change_meeting", meeting="m1", place=place)
    assert story.refusal is not None, story.the(Meeting, "m1").place
    assert story.refusal.code.startswith(("meeting.", "command.invalid")), story.refusal


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("change_lead", {"lead": "ada/bob", "notes": "x" * 1_001}),
        ("change_lead", {"lead": "ada/bob", "tags": ["x" * 41]}),
        ("change_lead", {"lead": "ada/bob", "tags": [str(n) for n in range(11)]}),
        ("change_lead", {"lead": "ada/bob", "next_step": "x" * 161}),
        ("change_lead", {"lead": "ada/bob", "due": "2027-13-45"}),
        ("write", {"to": "bob", "text": "x" * 1_001}),
        ("propose_meeting", {"whom": "bob", "times": LATER, "minutes": 20, "note": "x" * 201}),
        ("ask_contact", {"whom": "ori", "where": "directory", "reason": "x" * 201}),
        ("keep_diary", {"zone": "../../etc/passwd"}),
        ("keep_diary", {"zone": "A" * 100}),
    ],
)
def test_more_than_fits_is_refused_and_leaves_no_trace(command: str, args: dict[str, Any]) -> None:
    story = fixed().when("ada", command, **args)
    assert story.refusal is not None


def unfolded(data: str) -> list[str]:
    return [line for line in data.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n") if line]


def listed(value: Any) -> list[str]:
    return [] if value is None else [str(one) for one in (value if isinstance(value, list) else [value])]
