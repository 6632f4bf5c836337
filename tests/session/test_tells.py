"""Tells: what a session says of its people to its mission; of guests and of what is hidden, nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.session.scene import PEOPLE, Scene, parse
from webinar_server.mission import MISSION
from webinar_server.session.people import Person
from webinar_server.session.tells import KIND, NoteDoors, NoteFeedback, NoteMoment, NotePart, NoteVideo, tells
from webinar_server.state import Actor, Command, Draft, run
from webinar_server.topics import TOPICS


class Telling(Scene):
    """A session that remembers what it told, each as it would be said."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, Command]] = []

    def _do(self, who: str, command: str, id: str | None, args: dict[str, Any]) -> Any:
        self._arrive_first(who, command)
        draft = Draft(self.state)
        seq = self.state.position.seq + 1
        actor = Actor(who, who.capitalize(), self._role(who), self.at + 1_000, id or f"id{seq}")
        run(draft, actor, parse(command, args))
        self.told += tells(draft, draft.turns())
        return super()._do(who, command, id, args)

    def parts(self) -> list[NotePart]:
        return [told for _, told in self.told if isinstance(told, NotePart)]

    def last(self) -> NotePart:
        return self.parts()[-1]


def hour(mission: str = "ev-2027") -> Telling:
    """An open session of a mission, with ada, who takes part in that."""
    story = Telling()
    story.given("organiser", "create_session", session="s1", title="Depots", mission=mission)
    story.given("organiser", "open_session")
    story.told.clear()
    return story.given("ada", "arrive", **PEOPLE, week={"sessions": 1})  # type: ignore[return-value]


def test_that_somebody_came_is_told_once_with_when() -> None:
    story = hour()
    ((to, part),) = story.told
    assert to == "mission/ev-2027" and part == NotePart(session="s1", participant="ada", came=story.at)
    story.given("ada", "depart").later(600_000).given("ada", "arrive", **PEOPLE, week={"sessions": 2})
    assert len(story.told) == 1


def test_who_is_new_to_the_sessions_of_a_week_is_here_for_the_first_time() -> None:
    story = hour().given("bob", "arrive", **PEOPLE, week={"sessions": 0}, first_time=False)
    story.then(Person, "bob", first_time=True).then(Person, "ada", first_time=False)


def moments(story: Telling) -> list[tuple[str, str, bool]]:
    """Whose question was told to be live or not, as whom."""
    told = [told for _, told in story.told if isinstance(told, NoteMoment)]
    return [(each.participant, each.shown, each.live) for each in told]


def asked(shown: str, **person: Any) -> Telling:
    story = hour()
    if person:
        story.given("bob", "arrive", **PEOPLE | person, card={"name": "Bob"})
    who = "bob" if person else "ada"
    story.given(who, "ask", id="q", text="Depots?", shown=shown)
    story.told.clear()
    return story


@pytest.mark.parametrize("shown", ["named", "organisation"])
def test_who_is_live_is_told_and_that_they_are_not_any_more(shown: str) -> None:
    for end in ("answer", "clear_stage", "close_session"):
        story = asked(shown).given("host", "spotlight", question="q")
        assert moments(story) == [("ada", shown, True)]
        story.given("host", end, **({"question": "q"} if end == "answer" else {}))
        assert moments(story)[1:] == [("ada", shown, False)], end


def test_of_who_is_replaced_it_is_told_before_the_next_is() -> None:
    story = asked("named").given("ada", "ask", id="q2", text="And grids?", shown="organisation")
    story.given("host", "spotlight", question="q").given("host", "spotlight", question="q2", instead_of="q")
    assert moments(story) == [
        ("ada", "named", True),
        ("ada", "named", False),
        ("ada", "organisation", True),
    ]


@pytest.mark.parametrize(
    ("shown", "person"),
    [
        ("anonymous", {}),
        ("named", {"week": {"sessions": 1}, "named": False}),
        ("organisation", {"week": {"sessions": 1}, "named": False}),
        ("named", {"week": None}),
    ],
)
def test_of_who_is_anonymous_did_not_agree_or_is_a_guest_no_moment_is_told(
    shown: str, person: dict[str, Any]
) -> None:
    story = asked(shown, **person).given("host", "spotlight", question="q")
    story.given("host", "clear_stage").given("host", "close_session")
    assert moments(story) == []


def test_who_takes_their_consent_back_while_they_are_live_is_live_for_nobody_any_more() -> None:
    story = asked("named", week={"sessions": 1}).given("host", "spotlight", question="q")
    again = PEOPLE | {"week": {"sessions": 1}, "card": {"name": "Bob"}, "named": False}
    story.given("bob", "arrive", **again)
    assert moments(story) == [("bob", "named", True), ("bob", "named", False)]
    story.given("host", "clear_stage")
    assert len(moments(story)) == 2


def test_a_greeting_is_told_with_by_whom_and_taken_back() -> None:
    story = hour()
    came = story.at
    story.given("host", "greet", person="ada")
    assert story.last().greeted == {"by": "host", "name": "Host", "at": story.at, "aloud": False}
    assert story.last().came == came
    story.given("host", "greet", person="ada", aloud=True)
    assert story.last().greeted is not None and story.last().greeted["aloud"]
    story.given("host", "ungreet", person="ada")
    assert story.last().greeted is None
    told = len(story.told)
    story.given("ada", "raise_hand").given("ada", "introduce", pitch="I charge.")
    assert len(story.told) == told


def test_who_asks_by_name_asked_and_spoke_once_they_were_in_the_picture() -> None:
    story = hour().given("ada", "ask", id="q", text="Why?")
    asked = story.at
    assert (story.last().asked, story.last().spoke) == (asked, None)
    told = len(story.told)
    story.given("ada", "ask", id="q2", text="And when?")
    assert len(story.told) == told, "asked since then already"
    story.given("host", "spotlight", question="q")
    assert (story.last().asked, story.last().spoke) == (asked, story.at)
    spoke = story.at
    story.given("host", "answer", question="q")
    assert story.last().spoke == spoke
    story.given("host", "spotlight", question="q").given("host", "clear_stage")
    assert story.last().spoke is None, "it was cleared away"


def test_what_is_taken_back_was_not_asked() -> None:
    story = hour().given("ada", "ask", id="q", text="Why?").given("ada", "withdraw", question="q")
    assert story.last().asked is None


@pytest.mark.parametrize("shown", ["anonymous", "organisation"])
def test_what_is_not_asked_by_name_is_told_of_nobody(shown: str) -> None:
    story = hour()
    story.given("ada", "ask", id="q", text="Why?", shown=shown).given("host", "spotlight", question="q")
    assert len(story.parts()) == 1
    story.given("ada", "ask", id="q2", text="And who?").given("ada", "show_as", question="q2", shown=shown)
    assert story.last().asked is None


def test_of_guests_and_of_those_who_lead_nothing_is_told() -> None:
    story = hour()
    story.given("bob", "arrive", **PEOPLE).given("bob", "ask", id="q", text="Why?")
    story.given("host", "arrive", **PEOPLE, week={"sessions": 0}).given("host", "greet", person="bob")
    story.given("host", "spotlight", question="q")
    assert len(story.told) == 1


def test_a_session_of_no_mission_tells_nothing() -> None:
    story = hour(mission="").given("ada", "ask", id="q", text="Why?").given("host", "greet", person="ada")
    story.given_each(["ada", "bob", "cem", "dee", "eva"], "give_feedback", worth="yes")
    story.given("organiser", "close_session")
    assert story.told == []


def test_feedback_is_told_as_totals_each_time_that_hosts_are_told_them() -> None:
    story = hour()
    story.given_each(["ada", "bob", "cem", "dee"], "give_feedback", worth="yes", line="Mine.")
    assert [told for _, told in story.told if isinstance(told, NoteFeedback)] == []
    story.given_each(["eva", "fay"], "give_feedback", worth="no", line="Mine.")
    (told,) = [told for _, told in story.told if isinstance(told, NoteFeedback)]
    assert told.people == 5 and told.answers["worth"] == {"yes": 4, "partly": 0, "no": 1}


def test_that_doors_open_and_close_is_told_once_each() -> None:
    story = hour()
    for command in ("close_session", "close_session", "open_session", "wait_session", "open_session"):
        story.given("organiser", command)
    story.given("organiser", "change_session", premoderated=True)
    told = [told.doors for _, told in story.told if isinstance(told, NoteDoors)]
    assert told == ["closed", "open", "waiting", "open"]
    assert all(told.session == "s1" for _, told in story.told if isinstance(told, NoteDoors))


def test_a_video_that_hosts_choose_is_told_once() -> None:
    story = hour()
    for video in ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ", ""):
        story.given("host", "change_session", video=video, video_kind="youtube" if video else "none")
    told = [told.video for _, told in story.told if isinstance(told, NoteVideo)]
    assert told == ["https://youtu.be/dQw4w9WgXcQ", ""]


@pytest.mark.parametrize("command", [NotePart, NoteFeedback, NoteDoors, NoteVideo])
def test_a_mission_takes_what_is_told_as_it_is_told(command: type[Command]) -> None:
    taken = MISSION.commands[command.NAME]
    assert KIND in TOPICS and taken.INTERNAL and taken.__struct_fields__ == command.__struct_fields__
