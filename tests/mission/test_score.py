"""The score of the week: what is told of five people or more, and nothing by which to tell of fewer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.mission.meeting import fixed
from tests.mission.scene import Scene, scene
from tests.mission.test_history import BY_HAL, told, week
from webinar_server.mission import MISSION
from webinar_server.mission.score import WHERES, is_shown_to, score_of
from webinar_server.mission.tallies import (
    FEWEST,
    FIRST,
    MEETINGS,
    MESSAGES,
    OTHERS,
    Shares,
    Tally,
    contacts_by,
    count,
    count_greeting,
    erase,
)
from webinar_server.state import Draft, State

NOTHING: dict[str, Any] = {
    **dict.fromkeys(("contacts", "meetings", "messages", "voices", "first", "greeted")),
    "began": dict.fromkeys(WHERES),
}
NAMES = [f"p{number}" for number in range(12)]


def connected(story: Scene, *pairs: str, where: str = "directory") -> Scene:
    for number, pair in enumerate(pairs):
        by, whom = pair.split("-")
        id = f"c{len(list(story.state.records()))}.{number}"
        story.given(by, "ask_contact", id=id, whom=whom, where=where)
        story.given(whom, "accept_contacts", requests=[id])
    return story


def test_a_week_in_which_nothing_happened_has_no_numbers() -> None:
    assert score_of(scene().state) == NOTHING


def test_contacts_are_told_once_five_people_made_them_by_where_they_began() -> None:
    story = connected(scene("ada", "bob", "cem", "dee", "eve", "fay"), "ada-bob", "cem-dee")
    assert score_of(story.state) == NOTHING
    connected(story, "ada-eve")
    assert score_of(story.state)["contacts"] == score_of(story.state)["began"]["directory"] == 3


def test_of_what_began_elsewhere_by_fewer_nothing_is_told_nor_can_be_subtracted() -> None:
    story = connected(scene("ada", "bob", "cem", "dee", "eve", "fay"), "ada-bob", "cem-dee", "eve-fay")
    connected(story, "ada-cem", where="chat")
    score = score_of(story.state)
    assert (score["contacts"], score["began"]["directory"], score["began"]["chat"]) == (3, 3, None)


def test_a_contact_is_counted_once_and_stays_whatever_becomes_of_it() -> None:
    story = connected(scene("ada", "bob", "cem", "dee", "eve", "fay"), "ada-bob", "cem-dee", "eve-fay")
    before = score_of(story.state)
    story.given("ada", "drop_lead", lead="ada/bob").given("cem", "block", person="dee")
    connected(story, "ada-bob")
    assert score_of(story.state) == before and story.the(Tally, contacts_by("directory")).waiting == 0


def test_what_is_not_accepted_is_counted_nowhere() -> None:
    story = scene("ada", "bob").given("ada", "ask_contact", id="c1", whom="bob", where="directory")
    story.given("bob", "decline_contacts", requests=["c1"])
    assert not list(story.state.all(Tally))


def test_messages_are_counted_by_who_writes_also_to_whom_does_not_hear_of_it() -> None:
    story = connected(scene("ada", "bob", "cem", "dee", "eve"), "ada-bob", "cem-dee", "ada-eve")
    story.given("bob", "block", person="ada")
    for who, whom in (("ada", "bob"), ("cem", "dee"), ("dee", "cem"), ("eve", "ada"), ("ada", "eve")):
        story.given(who, "write", to=whom, text="Hello")
    assert score_of(story.state)["messages"] is None  # by four
    story.given("bob", "unblock", person="ada").given("bob", "write", to="ada", text="Hello")
    assert score_of(story.state)["messages"] == 6


def test_a_meeting_is_counted_once_by_both_when_it_is_first_agreed() -> None:
    story = fixed()
    assert story.the(Tally, MEETINGS).people == ("ada", "bob")
    story.given("ada", "change_meeting", meeting="m1", place="https://meet.example/other")
    story.given("ada", "cancel_meeting", meeting="m1")
    assert story.the(Tally, MEETINGS).waiting == 1 and score_of(story.state)["meetings"] is None


def test_who_was_live_is_a_voice_once_and_first_by_the_first_session_they_came_to() -> None:
    people = {name: "" for name in NAMES}
    story = week(**people)
    for name in NAMES[:5]:
        told(story, name, "mon", 10, asked=11, spoke=12)
        told(story, name, "tue", 100, spoke=120)
    assert [score_of(story.state)[name] for name in ("voices", "first")] == [5, 5]
    for name in NAMES[5:9]:
        told(told(story, name, "mon", 10), name, "tue", 100, spoke=120)
    assert [score_of(story.state)[name] for name in ("voices", "first")] == [5, 5]
    told(told(story, NAMES[9], "mon", 10), NAMES[9], "tue", 100, spoke=120)
    assert [score_of(story.state)[name] for name in ("voices", "first")] == [10, 5]


def test_the_share_who_were_greeted_is_told_in_tens_and_never_so_that_a_few_are_left() -> None:
    story = week(**{name: "" for name in NAMES})
    for name in NAMES[:5]:
        told(story, name, "mon", 10, greeted=BY_HAL)
    assert score_of(story.state)["greeted"] is None  # all of them, and that would tell of each
    for name in NAMES[5:10]:
        told(story, name, "mon", 10)
    assert score_of(story.state)["greeted"] == 50
    for name in NAMES[5:10]:
        told(story, name, "mon", 10, greeted=BY_HAL)
    assert score_of(story.state)["greeted"] is None


def test_of_many_nearly_all_may_be_greeted() -> None:
    draft = Draft(State(MISSION.kinds))
    for number in range(30):
        count_greeting(draft, f"p{number}", came=True, greeted=number < 28)
    shares = draft.get(Shares, "greeted")
    assert shares is not None and (shares.came, shares.greeted, shares.told) == (30, 28, 100)


def test_organisers_decide_who_is_shown_it() -> None:
    story = scene("ada")
    seen = [is_shown_to(story.state, role) for role in ("organiser", "participant")]
    assert seen == [True, False]
    for score, expected in (("all", [True, True]), ("nobody", [False, False])):
        story.given("ori", "change_mission", score=score)
        assert [is_shown_to(story.state, role) for role in ("organiser", "participant")] == expected
    story.when("ada", "change_mission", score="all").then_refused("command.not_allowed")


def test_who_is_forgotten_stands_in_no_tally_and_what_they_did_waits_for_five_others() -> None:
    draft = Draft(State(MISSION.kinds))
    for who in NAMES[:4]:
        count(draft, MESSAGES, who)
    count_greeting(draft, NAMES[0], came=True, greeted=True)
    erase(draft, NAMES[0], "nobody")
    assert not list(draft.of(Tally, "people", NAMES[0])) and not list(draft.of(Shares, "people", NAMES[0]))
    count(draft, MESSAGES, NAMES[4])
    tally = draft.get(Tally, MESSAGES)
    assert tally is not None and (tally.told, tally.waiting) == (0, 5)
    count(draft, MESSAGES, NAMES[5])
    tally = draft.get(Tally, MESSAGES)
    assert tally is not None and (tally.told, tally.waiting, tally.people) == (6, 0, ())


CELLS = (*map(contacts_by, WHERES), MEETINGS, MESSAGES, FIRST, OTHERS)
Happening = tuple[str, Sequence[str]]
HAPPENINGS: Any = some.lists(
    some.tuples(
        some.sampled_from(CELLS), some.lists(some.sampled_from(NAMES), min_size=1, max_size=2, unique=True)
    ),
    max_size=120,
)


def numbers_of(draft: Draft) -> dict[str, int]:
    """All that is shown, flat; nothing is no number."""
    score = score_of(draft)
    began = {f"began/{where}": n for where, n in score.pop("began").items()}
    return {name: n or 0 for name, n in (score | began).items()}


def sources(number: str) -> set[str]:
    """The tallies that a number that is shown adds up."""
    if number.startswith("began/"):
        return {contacts_by(number.removeprefix("began/"))}
    adds = {"contacts": {*map(contacts_by, WHERES)}, "voices": {FIRST, OTHERS}, "first": {FIRST}}
    return adds.get(number, {number})


@given(HAPPENINGS)
def test_between_any_two_moments_every_number_and_every_difference_is_of_five_people_or_none(
    happenings: list[Happening],
) -> None:
    """For who looks at all times and all views: each step of each tally is of as many, and what is shown is
    sums of tallies that have no happening in common, so every difference of two is of whole steps."""
    draft = Draft(State(MISSION.kinds))
    since: dict[str, list[Sequence[str]]] = {cell: [] for cell in CELLS}
    before = numbers_of(draft)
    for cell, people in happenings:
        count(draft, cell, *people)
        since[cell].append(people)
        now = numbers_of(draft)
        moved = {name for name in now if now[name] != before[name]}
        if moved:
            # all that moved at once is this step, and tells of nothing but it
            group = {one for each in since[cell] for one in each}
            assert len(group) >= FEWEST
            assert {now[name] - before[name] for name in moved} == {len(since[cell])}
            assert moved == {name for name in now if cell in sources(name)}
            since[cell] = []
        before = now


@given(HAPPENINGS)
def test_nothing_that_is_shown_depends_on_a_group_that_is_hidden(happenings: list[Happening]) -> None:
    """As if those that wait had never happened: so no sum, difference or comparison of what is shown, nor any
    other reckoning, says even whether there is such a group."""
    draft, without = Draft(State(MISSION.kinds)), Draft(State(MISSION.kinds))
    for cell, people in happenings:
        count(draft, cell, *people)
    waiting = {one.id: one.waiting for one in draft.all(Tally)}
    for at, (cell, people) in enumerate(happenings):
        left = sum(other == cell for other, _ in happenings[at:])
        if left > waiting[cell]:
            count(without, cell, *people)
    assert numbers_of(without) == numbers_of(draft)


@given(some.lists(some.tuples(some.integers(0, 39), some.booleans()), max_size=150))
def test_of_those_greeted_no_share_is_told_of_fewer_than_five_or_all_but_so_few(
    told_of: list[tuple[int, bool]],
) -> None:
    draft = Draft(State(MISSION.kinds))
    came: set[int] = set()
    greeted: set[int] = set()
    moved: set[int] = set()
    before = None
    for who, is_greeted in told_of:
        new = (who not in came, is_greeted and who not in greeted)
        if not any(new):
            continue
        came.add(who)
        if is_greeted:
            greeted.add(who)
        moved.add(who)
        count_greeting(draft, f"p{who}", *new)
        share = score_of(draft)["greeted"]
        if share != before:
            assert len(moved) >= FEWEST
        if len(moved) >= FEWEST:
            few = len(came) - len(greeted) < FEWEST
            assert share is None or share == 100 or not (few or len(greeted) < FEWEST)
            moved = set()
        before = share


@pytest.mark.parametrize("came", [25, 30, 60])
def test_a_share_that_hides_who_is_left_is_the_same_however_many_are(came: int) -> None:
    told = set()
    for left in range(FEWEST):
        draft = Draft(State(MISSION.kinds))
        for number in range(came):
            count_greeting(draft, f"p{number}", came=True, greeted=number >= left)
        told.add(score_of(draft)["greeted"])
    assert told == {100}
