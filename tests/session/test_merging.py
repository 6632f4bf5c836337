"""Merging: questions that ask the same stand as one; no asker loses credit, no supporter counts twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.session.scene import Scene, scene
from webinar_server.errors import Refusal
from webinar_server.session.merged import Merged, Together, root_of
from webinar_server.session.questions import Question
from webinar_server.session.supports import Support
from webinar_server.session.taking_on import TakenOn


def two() -> Scene:
    """Bob's question and Ada's, which asks the same; Cem supports both, Dan Bob's alone."""
    story = scene().given("ada", "ask", id="a", text="Why?").given("bob", "ask", id="b", text="Why then?")
    story.given("cem", "support", question="a").given("cem", "support", question="b")
    return story.given("dan", "support", question="b")


def names(story: Scene, who: str, id: str = "a") -> list[str | None]:
    seen = story.sees(who, Together, id)
    return [] if seen is None else [asker.get("name") for asker in seen["askers"]]


def test_both_askers_are_named_and_each_supporter_counts_once() -> None:
    story = two().given("host", "merge", question="b", into="a")
    story.then(Question, "a", supporters=2).then(Question, "b", state="dismissed")
    assert names(story, "host") == names(story, "cem") == ["Bob"]
    assert story.sees("bob", Merged, "b") == {"into": "a"} and story.sees("cem", Merged, "b") is None


def test_it_is_taken_apart_as_it_was() -> None:
    story = two().given("host", "queue", question="b").given("cem", "ask", id="c", text="When?")
    before = {one.id: one for one in story.state.all(Question)}
    supports = {one.id for one in story.state.all(Support)}
    story.given("host", "merge", question="b", into="a").given("host", "take_apart", question="b")
    after = {one.id: one for one in story.state.all(Question)}
    assert {id: (one.state, one.supporters) for id, one in after.items()} == {
        id: (one.state, one.supporters) for id, one in before.items()
    }
    assert {one.id for one in story.state.all(Support)} == supports
    story.then_gone(Merged, "b").then_gone(Together, "a").then_stage(line="b")


def test_an_asker_who_had_supported_the_other_is_no_supporter_of_their_own() -> None:
    story = two().given("bob", "support", question="a").then(Question, "a", supporters=2)
    story.given("host", "merge", question="b", into="a").then(Question, "a", supporters=2)
    story.when("bob", "support", question="a").then_refused("question.yours")
    story.when("host", "take_apart", question="b").then(Question, "a", supporters=2)


@pytest.mark.parametrize(("shown", "seen"), [("organisation", None), ("anonymous", None)])
def test_each_is_shown_as_they_chose(shown: str, seen: str | None) -> None:
    story = scene().given("ada", "ask", id="a", text="Why?")
    story.given("bob", "ask", id="b", text="Why then?", shown=shown).given(
        "host", "merge", question="b", into="a"
    )
    for who in ("host", "attendee", "stage"):
        assert names(story, who) == [seen]
        assert "bob" not in repr(story.sees(who, Together, "a")).lower()


def test_who_takes_theirs_back_leaves_the_others_theirs() -> None:
    story = two().given("host", "merge", question="b", into="a").given("ada", "withdraw", question="a")
    story.then(Question, "b", state="open", supporters=2).then_gone(Merged, "b").then_gone(Together, "a")


def test_who_is_erased_leaves_the_others_theirs() -> None:
    story = two().given("host", "merge", question="b", into="a")
    story.given("organiser", "forget_people", people=["ada"]).then(Question, "b", state="open")
    story = two().given("host", "merge", question="b", into="a")
    story.given("organiser", "forget_people", people=["bob"]).then_gone(Together, "a").then_gone(Merged, "b")


def test_who_is_called_otherwise_is_credited_by_that_name() -> None:
    story = two().given("host", "merge", question="b", into="a")
    story.given("bob", "change_profile", name="Robert", organisation="", kind="", country="NL")
    assert names(story, "host") == ["Robert"]


def test_a_question_takes_along_those_under_it() -> None:
    story = two().given("eva", "ask", id="c", text="And why?")
    story.given("host", "merge", question="b", into="a").given("host", "merge", question="a", into="c")
    assert sorted(map(str, names(story, "host", "c"))) == ["Ada", "Bob"]
    story.then(Question, "c", supporters=2).given("host", "take_apart", question="a")
    assert names(story, "host", "c") == [] and names(story, "host", "a") == ["Bob"]


def test_taking_back_that_it_was_put_aside_takes_it_apart() -> None:
    two().given("host", "merge", question="b", into="a").given("host", "approve", question="b").then_gone(
        Merged, "b"
    )


def test_what_cannot_be_merged() -> None:
    story = two().given("host", "merge", question="b", into="a")
    story.when("host", "merge", question="a", into="a").then_refused("question.same")
    story.when("host", "merge", question="a", into="b").then_refused("question.dismissed")
    story.when("ada", "merge", question="a", into="b").then_refused("command.not_allowed")
    story.when("host", "take_apart", question="a").then_refused("merged.unknown")


WHO = ["ada", "bob", "cem", "dan", "eva"]
PAIRS = st.tuples(st.sampled_from(WHO), st.sampled_from(WHO), st.sampled_from("mmmswtt"))


@settings(max_examples=150, deadline=None)
@given(st.lists(PAIRS, max_size=14))
def test_whatever_is_merged_and_taken_apart_nobody_loses_credit_and_nobody_counts_twice(
    steps: list[tuple[str, str, str]],
) -> None:
    story = scene()
    for who in WHO:
        story.given(who, "ask", id=f"q-{who}", text="Why?")
    for one, other, what in steps:
        try:
            if what == "m":
                story.given("host", "merge", question=f"q-{one}", into=f"q-{other}")
            elif what == "s":
                story.given("host", "take_apart", question=f"q-{one}")
            elif what == "w":
                story.given(one, "withdraw", question=f"q-{one}")
            else:
                story.given(one, "support", question=f"q-{other}")
        except Refusal:
            pass
    for question in story.state.all(Question):
        root = root_of(story.state, question.id)
        if question.state == "withdrawn":
            continue
        together = story.state.get(Together, root)
        credited = {credit.asker.id for credit in together.credits} if together else set()
        assert question.by in credited | {story.the(Question, root).by}
        supporters = [one.by for one in story.state.all(Support) if one.question == question.id]
        assert question.supporters == len(supporters) == len(set(supporters))
        assert root != question.id or not credited & set(supporters)


def test_a_colleague_is_on_it_and_the_other_is_told() -> None:
    story = scene().with_role("hal", "host").given("ada", "ask", id="q", text="Why?")
    story.given("hal", "take_on", question="q").given("hal", "take_on", question="q")
    story.when("host", "take_on", question="q").then_refused("question.taken_on")
    assert story.sees("host", TakenOn, "q") == {"by": "hal", "name": "Hal", "at": story.the(TakenOn, "q").at}
    assert story.sees("ada", TakenOn, "q") is None
    story.given("host", "let_be", question="q").given("host", "take_on", question="q")
    story.given("organiser", "forget_people", people=["host"]).then_gone(TakenOn, "q")
    story.when("ada", "take_on", question="q").then_refused("command.not_allowed")
