"""Polls as a file: what is taken along comes in again, and a line that is wrong is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webinar_server.errors import Refusal
from webinar_server.session.polls.drafting import DraftPoll, drafted
from webinar_server.session.polls.poll import Limits, Poll, Scale
from webinar_server.sheets.polls import FILE_MAX, as_asked, read, rows_of, written
from webinar_server.sheets.written import as_csv

words = st.text(st.sampled_from("abcé =+-@'|;,\"\t"), min_size=1, max_size=12).filter(
    lambda text: text.strip() and not text.strip().startswith("'")
)
options = st.lists(words, min_size=2, max_size=5, unique_by=lambda text: " ".join(text.split()).casefold())
limits = st.sampled_from([Limits(), Limits(unit="kW", low=0.5), Limits(low=-3.0, high=1e9)])
scales = st.sampled_from([Scale(), Scale(from_=0, to=10, low="=No", high="Yes")])


@st.composite
def asked(draw: st.DrawFn) -> DraftPoll:
    form = draw(st.sampled_from(["choice", "quiz", "ranking", "scale", "number", "cloud", "text"]))
    more: dict[str, Any] = {}
    if form in ("choice", "quiz", "ranking"):
        more["options"] = draw(options)
    if form == "quiz":
        more |= {"right": [2], "points": draw(st.booleans())}
    if form == "scale":
        more["scale"] = draw(scales)
    if form == "number":
        more["number"] = draw(limits)
    if form in ("cloud", "text"):
        more["moderated"] = draw(st.booleans())
    return DraftPoll(
        question=draw(words),
        form=form,
        choose=draw(st.sampled_from(["one", "many"])),
        results=draw(st.sampled_from(["always", "voted", "closed", "revealed", "never"])),
        names=draw(st.sampled_from(["anonymous", "hosts"])),
        seconds=draw(st.none() | st.integers(5, 3600)),
        **more,
    )


def made(drafts: list[DraftPoll]) -> list[Poll]:
    return [drafted(draft, "p", 0) for draft in drafts]


@given(st.lists(asked(), min_size=1, max_size=4))
@settings(deadline=None)
def test_what_is_taken_along_comes_in_again(drafts: list[DraftPoll]) -> None:
    polls = made(drafts)
    for data in (written(polls), as_csv(rows_of(polls), ";"), as_csv(rows_of(polls), ",")):
        found = read(data)
        assert found.wrong == ()
        assert made(list(found.polls)) == polls


def test_a_table_by_hand_needs_little() -> None:
    found = read(b"Question;Options\nHow?; By train | By car\n\nAnd you?;A|B\n")
    assert [poll.options for poll in found.polls] == [["By train", "By car"], ["A", "B"]]
    scale = read(b"question,form,from,to,low\nSo?,scale,0,10,Never\n").polls[0].scale
    assert scale == Scale(from_=0, to=10, low="Never")


TABLES = {
    "question;options\nHow?;A|B\nWhy?;A\n": (3, "poll.options", ""),
    "question;options\nHow?;A|a\n": (2, "poll.same_options", ""),
    'question;options\n"Two\nlines?";A|B\n;A|B\n': (4, "polls.malformed", ""),
    "question;form\nHow?;essay\n": (2, "polls.malformed", ""),
    "question;form;from\nHow?;scale;low\n": (2, "polls.malformed", "from"),
    "question;form;options;right\nHow?;quiz;A|B;3\n": (2, "poll.right", "right"),
    "question;form;moderated\nHow?;cloud;perhaps\n": (2, "polls.malformed", "moderated"),
    "question;options;seconds\nHow?;A|B;soon\n": (2, "polls.malformed", "seconds"),
    "title;options\nHow?;A|B\n": (1, "polls.malformed", ""),
    "question;question\nHow?;So?\n": (1, "polls.malformed", ""),
    "question;options\nHow?;A|B;C\n": (2, "polls.malformed", ""),
    'question;options\nHow?;"A|B\n': (2, "polls.malformed", ""),
    '{"polls": [\n  {"question": "How?", "options": ["A", "B"]},\n  {"question": "Why?"}\n]}': (
        3,
        "poll.options",
        "",
    ),
    '{"polls": [\n  {"question": "How?", "options": "AB"}]}': (2, "polls.malformed", ""),
    '{"polls": [\n  7]}': (2, "polls.malformed", ""),
    '{"polls": [\n\n  {"question": "How?", "form": "text", "poll": "p1"}]}': (3, "polls.malformed", ""),
    '{"polls": [\n  {"question": "How?", "form": "number", "number": {"low": NaN}}]}': (
        2,
        "poll.limits",
        "number",
    ),
    '{"polls": [\n{]}': (2, "polls.malformed", ""),
    '{"pols": []}': (1, "polls.malformed", ""),
    '{"polls": 7}': (1, "polls.malformed", ""),
}


@pytest.mark.parametrize(("text", "wrong"), TABLES.items())
def test_a_wrong_line_is_named_and_nothing_is_taken(text: str, wrong: tuple[int, str, str]) -> None:
    found = read(text.encode())
    assert found.polls == ()
    one = found.wrong[0]
    assert (one.line, one.code, one.field) == wrong
    assert one.text and "How?" not in one.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"question;options\n", "polls.none"),
        (b"", "polls.none"),
        (b'{"polls": []}', "polls.none"),
        (b"question;form\n" + b"So?;text\n" * 101, "polls.many"),
        (b"x" * (FILE_MAX + 1), "polls.large"),
        (b"abcdefghijklmn\x00", "import.encoding"),
    ],
)
def test_a_file_that_is_none_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(data)
    assert refused.value.code == code


def test_json_that_is_nested_too_deep_is_refused_as_any() -> None:
    assert read(b"[" * 200_000).wrong[0].code == "polls.malformed"


def test_nothing_that_came_of_a_poll_is_in_a_file() -> None:
    poll = Poll(id="p", question="How?", form="text", state="revealed", voters=7)
    assert json.loads(written([poll]))["polls"] == [as_asked(poll)]
    assert as_asked(poll).keys() <= {"question", "form", "choose", "results", "names", "moderated"}
