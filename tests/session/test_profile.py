"""Profiles: one of each person, whichever cookie comes, changed seldom."""

from __future__ import annotations

from typing import Any

from tests.session.scene import PEOPLE, Scene, scene
from webinar_server.limits import RENAME_MS, RENAMES_MAX
from webinar_server.session.people import Person
from webinar_server.session.questions import Question


def named(name: str, **more: str) -> dict[str, Any]:
    return {**PEOPLE, "name": name, "say_as": "", **more}


def arrived() -> Scene:
    return scene().given("ada", "arrive", **PEOPLE)


def test_two_cookies_of_one_person_do_not_flip_how_they_are_known() -> None:
    story = arrived().given("ada", "arrive", organisation="Other", kind="knowledge", country="BE")
    story.then(Person, "ada", organisation=PEOPLE["organisation"], kind="sme", country="NL")


def test_who_changes_their_name_is_called_so_from_then_on() -> None:
    story = arrived().given("ada", "change_profile", **named("Ada Lovelace", organisation="Engines"))
    story.then(Person, "ada", name="Ada Lovelace", organisation="Engines")
    story.given("ada", "arrive", **PEOPLE).then(Person, "ada", name="Ada Lovelace", organisation="Engines")


def test_questions_asked_by_name_follow_wherever_they_stand_and_no_other_tells_whose_it_is() -> None:
    story = arrived().given("ada", "ask", id="q1", text="Who pays?", shown="named")
    story.given("ada", "ask", id="q2", text="Who else?", shown="organisation")
    story.given("ada", "ask", id="q3", text="Who was it?", shown="named").given(
        "host", "spotlight", question="q3"
    )
    before = story.the(Question, "q2")
    story.given("ada", "change_profile", **named("Ada Lovelace", organisation="Engines"))
    assert story.sees("host", Question, "q1")["asker"]["name"] == "Ada Lovelace"
    assert story.sees("bob", Question, "q1")["asker"]["organisation"] == "Engines"
    assert story.the(Question, "q2") == before
    assert story.sees("stage", Question, "q3")["asker"]["name"] == "Ada Lovelace", "also on air"
    story.given("ada", "show_as", question="q2", shown="named")
    assert story.sees("host", Question, "q2")["asker"]["name"] == "Ada Lovelace"


def test_after_the_end_nobody_of_the_audience_changes_how_they_are_known() -> None:
    story = arrived().given("host", "close_session")
    story.when("ada", "change_profile", **named("Ada L")).then_refused("session.closed")


def test_a_name_changes_once_a_minute() -> None:
    story = arrived().given("ada", "change_profile", **named("Ada L"))
    story.later(RENAME_MS - 2_000).when("ada", "change_profile", **named("Ada M")).then_refused("pace.rename")
    assert story.refusal is not None and story.refusal.retry_after == 1.0
    story.later(1_000).when("ada", "change_profile", **named("Ada M")).then(Person, "ada", name="Ada M")


def test_a_name_changes_five_times_a_session() -> None:
    story = arrived()
    for number in range(RENAMES_MAX):
        story.later(RENAME_MS).given("ada", "change_profile", **named(f"Ada {'I' * (number + 1)}"))
    story.later(60 * RENAME_MS).when("ada", "change_profile", **named("Ada")).then_refused("person.renamed")


def test_saying_the_same_again_is_no_change() -> None:
    story = arrived()
    for _ in range(2 * RENAMES_MAX):
        story.when("ada", "change_profile", **named("Ada")).then_done()
    story.then(Person, "ada", renamed=())


def test_nobody_becomes_a_host_by_changing_their_name() -> None:
    story = arrived().given("host", "arrive", **PEOPLE)
    story.when("ada", "change_profile", **named("H\u043est")).then_refused("person.like_host")


def test_a_host_who_is_called_otherwise_marks_the_guest_who_is_called_so() -> None:
    story = arrived().given("host", "arrive", **PEOPLE).given("host", "change_profile", **named("Ada"))
    story.then(Person, "ada", imitates=True).then(Person, "host", imitates=False)


def test_when_somebody_changed_their_name_is_told_to_nobody() -> None:
    story = arrived().given("ada", "change_profile", **named("Ada L"))
    assert all("renamed" not in (story.sees(who, Person, "ada") or {}) for who in ("host", "attendee", "ada"))


def test_who_never_came_has_nothing_to_change() -> None:
    scene().when("ghost", "change_profile", **named("Ghost")).then_refused("person.unknown")
