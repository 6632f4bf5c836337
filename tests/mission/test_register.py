"""The register: everybody of a mission, found by organisers as they stand, whatever they let others see."""

from __future__ import annotations

from tests.mission.scene import Scene, scene
from webinar_server.mission.register import ROWS, Asked, Register


def crowd() -> Scene:
    """Ori organises; Ada has been in, Bob is invited, Cem applied, Dee was declined, Eve left."""
    story = (
        scene("ada", "bob", "eve")
        .given("ada", "enter", worker="w1")
        .given("ada", "turn", switch="listed", on=False)
    )
    story.given("server", "apply", id="cem", name="Cem", organisation="Zoë’s Grid")
    story.given("server", "apply", id="dee", name="Dee").given(
        "ori", "decline", participant="dee", reason="Full."
    )
    return story.given("eve", "leave_mission")  # type: ignore[return-value]


def names(story: Scene, **asked: object) -> list[str]:
    return [one["name"] for one in Register(story.state).find(Asked(**asked)).people]  # type: ignore[arg-type]


def test_everybody_stands_in_it_by_name_with_all_that_organisers_see() -> None:
    story = crowd()
    assert names(story) == ["Ada", "Bob", "Cem", "Dee", "Eve", "Ori Olsen"]
    [ada] = Register(story.state).find(Asked(words="ada@example")).people
    assert (ada["email"], ada["state"], ada["role"], ada["here"]) == (
        "ada@example.org",
        "admitted",
        "participant",
        True,
    )
    [dee] = Register(story.state).find(Asked(state="declined")).people
    assert dee["reason"] == "Full."


def test_people_are_found_by_words_as_they_are_typed_and_by_ids() -> None:
    story = crowd()
    assert names(story, words="zoes gr") == ["Cem"] and names(story, words="zoes ada") == []
    assert names(story, ids=("eve", "ada", "nobody")) == ["Eve", "Ada"]


def test_filters_say_how_many_each_would_leave_beside_the_others() -> None:
    found = Register(crowd().state).find(Asked(state="invited"))
    assert [one["name"] for one in found.people] == ["Bob", "Ori Olsen"] and found.total == 2
    assert found.states == {"invited": 2, "applied": 1, "admitted": 1, "declined": 1, "left": 1}
    assert found.roles == {"organiser": 1, "participant": 1} and found.came == {"yes": 0, "no": 2}


def test_who_has_not_been_in_yet_is_asked_of_who_may_come() -> None:
    assert names(crowd(), came="no") == ["Bob", "Ori Olsen"] and names(crowd(), came="yes") == ["Ada"]


def test_a_page_holds_so_many_and_what_changes_is_seen_at_the_next_look() -> None:
    story = scene(*(f"p{number:03}" for number in range(ROWS + 5)))
    register = Register(story.state)
    assert len(register.find(Asked()).people) == ROWS
    assert len(register.find(Asked(page=1)).people) == 6
    story.given("ori", "change_card", participant="p000", name="Zora")
    assert register.find(Asked(page=1)).people[-1]["name"] == "Zora"
