"""Outcomes: each form of poll comes to lines that a report and a table can tell, of too few to nothing."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.session.scene import scene
from webinar_server.documents.report import report_page
from webinar_server.session.outcomes import lines_of, middle_of
from webinar_server.session.polls.forms import FORMS
from webinar_server.session.polls.poll import Poll
from webinar_server.session.report import report_of
from webinar_server.sheets.hour import lines_of as sheet_of

CHOICES = {"options": ["a", "b"]}
FORM: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "choice": (CHOICES, {"options": ["1"]}),
    "quiz": (CHOICES | {"right": [1]}, {"options": ["1"]}),
    "ranking": (CHOICES, {"options": ["2", "1"]}),
    "scale": ({}, {"number": 4}),
    "number": ({}, {"number": 12}),
    "cloud": ({}, {"texts": ["sun"]}),
    "text": ({}, {"texts": ["more sun"]}),
}


def test_every_form_is_tried() -> None:
    assert set(FORM) == set(FORMS)


def asked(form: str, people: int) -> tuple[Any, Poll]:
    how, answer = FORM[form]
    # what is written is there for all to see at once
    how = how | ({"moderated": False} if form in ("cloud", "text") else {})
    story = scene().given("host", "draft_poll", id="p", question="How?", form=form, **how)
    story.given("host", "open_poll", poll="p")
    for n in range(people):
        story.given(f"p{n}", "vote", poll="p", **answer)
    story.given("host", "close_poll", poll="p")
    return story, story.the(Poll, "p")


@pytest.mark.parametrize("form", FORM)
def test_what_ten_people_said_is_told_in_numbers_the_report_and_the_table(form: str) -> None:
    story, poll = asked(form, 10)
    lines = lines_of(story.state, poll)
    assert max(line["votes"] for line in lines) == 10
    assert middle_of(poll) == {"scale": {"mean": 4.0}, "number": {"median": 12.0}}.get(form, {})
    told = report_of(story.state, story.at)
    assert told["polls"][0]["lines"] == lines
    page = report_page(told, "en", ZoneInfo("UTC"))
    assert page.count('class="bars"') >= 2 * len(lines)
    table = sheet_of(story.state, "polls", story.at)
    assert [(line["option"], line["votes"]) for line in table] == [
        (line["text"], line["votes"]) for line in lines
    ]


@pytest.mark.parametrize("form", FORM)
def test_of_two_people_nothing_is_told(form: str) -> None:
    story, poll = asked(form, 2)
    assert lines_of(story.state, poll) == [] and middle_of(poll) == {}
    assert {line["votes"] for line in sheet_of(story.state, "polls", story.at)} == {None}
    assert report_of(story.state, story.at)["polls"][0]["lines"] == []
