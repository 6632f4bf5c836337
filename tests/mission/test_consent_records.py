"""Consent in what goes out by itself: every kind of record on the lines of a mission, of letter and of
calendar, against the five switches, for each who stands otherwise with her. What is not in a table fails."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from functools import cache
from itertools import product
from typing import get_args

import pytest

from tests.mission.abuse import sight_of
from tests.mission.meeting import BEFORE, TIMES, TUESDAY
from tests.mission.scene import Scene
from tests.mission.test_consent_outputs import FIRM, MAIL, NAME, text, week
from tests.post.test_letters import SENDER, WAYS
from webinar_server.calendar import calendar_of
from webinar_server.mission import MISSION
from webinar_server.mission.consent import FIELDS, NEEDS, SWITCHES, Output
from webinar_server.mission.leads import Lead
from webinar_server.mission.letters import Letter, LetterKind
from webinar_server.post.letter import written

VIEWERS = ("tim", "tom", "bob", "ori")
"""Whom she accepted, his colleague with whom he shares that, who asked her, and who organises."""

MARKS = {"name": NAME, "organisation": FIRM, "email": MAIL}
By = Mapping[str, tuple[Output, ...]]

RECORDS: Mapping[str, By] = {
    "lead": {"tim": ("contact", "details")},
    "asking": {"bob": ("asked",)},
    "conversation": {"tim": ("contact",)},
    "meeting": {"tim": ("contact",)},
}
"""By what outputs a record of a kind shows her, to whom; any other shows her to nobody."""

LETTERS: Mapping[LetterKind, tuple[Output, ...]] = {
    "digest": ("contact",),
    "follow_up": ("contact",),
    **dict.fromkeys(
        ("meeting_proposed", "meeting_fixed", "meeting_changed", "meeting_cancelled", "meeting_reminder"),
        ("contact",),
    ),
    "meeting_declined": ("contact",),
    **dict.fromkeys(
        ("invitation", "reminder", "link", "welcome", "applied", "admitted", "declined", "announcement"), ()
    ),
    **dict.fromkeys(("organiser", "leads"), ()),
}
"""By what output a letter to Tim shows her."""


def met(**switches: bool) -> Scene:
    """The same week; she wrote to Tim, and they meet, and he was reminded of her."""
    story = week(**switches)
    story.given("ada", "write", to="tim", text="Shall we?")
    story.at = BEFORE
    story.given("ada", "propose_meeting", id="m1", whom="tim", times=TIMES, minutes=20)
    story.given("tim", "accept_meeting", meeting="m1", starts_at=TUESDAY)
    (until,) = story.state.counts(Lead, "reminds")
    story.given("server", "remind_leads", until=int(until))
    return story


@cache
def weeks() -> list[tuple[dict[str, bool], Scene]]:
    every = (dict(zip(SWITCHES, ons, strict=True)) for ons in product((True, False), repeat=len(SWITCHES)))
    return [(switches, met(**switches)) for switches in every]


def marks_in(seen: str) -> set[str]:
    return {field for field, mark in MARKS.items() if mark in seen}


def allowed(outputs: tuple[Output, ...], switches: Mapping[str, bool]) -> set[str]:
    """What of her these show at most, as her switches stand."""
    shown = [FIELDS[output] for output in outputs if all(switches[switch] for switch in NEEDS[output])]
    return set(MARKS) & set().union(*shown)


@pytest.mark.parametrize("kind", MISSION.kinds)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_record_shows_her_to_whom_and_by_what_the_table_says(kind: str, viewer: str) -> None:
    for switches, story in weeks():
        seen = text([view for (of, _), view in sight_of(story, viewer).items() if of == kind])
        assert marks_in(seen) == allowed(RECORDS.get(kind, {}).get(viewer, ()), switches), switches


def test_each_kind_of_letter_is_in_the_table() -> None:
    assert set(LETTERS) == set(get_args(LetterKind))


@pytest.mark.parametrize("about", LETTERS)
def test_a_letter_shows_her_as_the_table_says(about: LetterKind) -> None:
    for switches, story in weeks():
        seen = words_of(story, about)
        may = allowed(LETTERS[about], switches)
        assert ("name" in may) == (NAME in seen) and marks_in(seen) <= may, switches


def words_of(story: Scene, about: LetterKind) -> str:
    """All that stands in a letter to Tim, with what is attached."""
    meeting = "m1" if about.startswith("meeting") else ""
    letter = Letter(id=f"{about}.tim", to="tim", about=about, meeting=meeting, mark="m", asked=0, due=0)
    return whole(written(story.state, letter, SENDER, WAYS, story.at))


def whole(message: EmailMessage) -> str:
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join(
        [str(message["Subject"]), *(part if isinstance(part, str) else part.decode() for part in parts)]
    )


@pytest.mark.parametrize(
    ("viewer", "outputs"), [("tim", ("contact",)), ("tom", ()), ("bob", ()), ("ori", ())]
)
def test_a_calendar_has_of_her_whom_one_meets_alone(viewer: str, outputs: tuple[Output, ...]) -> None:
    for switches, story in weeks():
        seen = calendar_of(story.state, viewer, WAYS.session, story.at).decode().replace("\r\n ", "")
        assert marks_in(seen) == allowed(outputs, switches), switches
