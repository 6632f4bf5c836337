"""What is told of a poll is a recount of what its voters said, by one who knows nothing of how it is counted;
whatever is voted, changed, taken back, closed and opened in which order, and two hosts at once."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.session.polling import FIVE, answered, asked, ended, seen
from tests.session.scene import Scene
from webinar_server.session.polls.ballots import MOVED
from webinar_server.session.polls.forms import FORMS
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.said import Said
from webinar_server.session.polls.vote import Vote

PEOPLE = [f"p{n}" for n in range(14)]
IDS = ("1", "2", "3")
Answer = Mapping[str, Any]

orders = st.lists(st.sampled_from(IDS), unique=True, max_size=3)
one = st.lists(st.sampled_from(IDS), max_size=1)
said = st.lists(st.sampled_from(("Sun", "sun", "SUN", "wind", "Wínd", "e-grid", "e grid")), max_size=3)
GIVEN: Mapping[str, st.SearchStrategy[Answer]] = {
    "choice": st.fixed_dictionaries({"options": one}),
    "quiz": st.fixed_dictionaries({"options": one}),
    "ranking": st.fixed_dictionaries({"options": orders}),
    "scale": st.one_of(st.just({}), st.fixed_dictionaries({"number": st.integers(1, 5)})),
    "number": st.one_of(
        st.just({}), st.fixed_dictionaries({"number": st.sampled_from([0, 1, 2.5, 70, 999])})
    ),
    "cloud": st.fixed_dictionaries({"texts": said}),
    "text": st.fixed_dictionaries({"texts": said.map(lambda texts: texts[:1])}),
}


def steps(form: str) -> st.SearchStrategy[list[tuple[str, Answer]]]:
    votes = st.tuples(st.sampled_from(PEOPLE), GIVEN[form])
    ends = st.sampled_from(("close_poll", "open_poll")).map(lambda name: (name, {}))
    return st.lists(st.one_of(*[votes] * 9, ends), min_size=8, max_size=70)


def key(text: str) -> str:
    return text.lower().replace("í", "i").replace("-", "").replace(" ", "")


def words(answers: list[Answer]) -> dict[str, int]:
    return dict(Counter(word for given in answers for word in {key(text) for text in given["texts"]}))


def check(story: Scene, form: str, answers: list[Answer]) -> None:
    """What a host is told of a poll in which all of these are told."""
    view = seen(story)
    assert view["counted"] == len(answers)
    if form in ("choice", "quiz"):
        count = Counter(option for given in answers for option in given["options"])
        assert [option["votes"] for option in view["options"]] == [count[id] for id in IDS]
    elif form == "ranking":
        for option in view["options"]:
            places = [
                given["options"].index(option["id"]) for given in answers if option["id"] in given["options"]
            ]
            assert option["votes"] == places.count(0)
            assert option["score"] == pytest.approx(sum(3 - at for at in places) / len(answers), abs=0.006)
    elif form in ("scale", "number"):
        numbers, tally = [float(given["number"]) for given in answers], view["tally"]
        assert tally["mean"] == pytest.approx(statistics.mean(numbers), abs=0.006)
        if form == "scale":
            assert tally["votes"] == [numbers.count(step) for step in range(1, 6)]
            assert tally["spread"] == pytest.approx(statistics.pstdev(numbers), abs=0.006)
        else:
            assert tally["median"] == pytest.approx(statistics.median(numbers))
            assert (tally["count"], tally["low"], tally["high"]) == (len(numbers), min(numbers), max(numbers))
            check_bins(tally["bins"], numbers)
    else:
        told = {key(one.text): one.votes for one in story.state.all(Said)}
        assert told == words(answers)
        if form == "cloud":
            assert {key(word["text"]): word["votes"] for word in view["tally"]["words"]} == told


def check_bins(bins: list[dict[str, Any]], numbers: list[float]) -> None:
    assert sum(column["votes"] for column in bins) == len(numbers)
    assert all(one["to"] == other["from"] for one, other in pairwise(bins))
    for column in bins[:-1]:
        inside = [number for number in numbers if column["from"] <= number < column["to"]]
        assert len(inside) == column["votes"]


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_closed_poll_tells_a_recount_of_what_each_said_last(form: str, data: st.DataObject) -> None:
    story, answers, sealed = asked(form), dict[str, Answer](), set[str]()
    for who, answer in data.draw(steps(form)):
        if who in PEOPLE:
            story.when(who, "vote", poll="p", **answer)
            assert (story.refusal is None) == (who not in sealed and seen(story)["state"] == "open")
            if story.refusal is None:
                answers[who] = answer
        else:
            story.when("host", who, poll="p")
            if who == "close_poll":
                sealed |= {one for one, last in answers.items() if any(map(_is_said, last.values()))}
    said = [last for last in answers.values() if any(map(_is_said, last.values()))]
    assert seen(story)["voters"] == len(said)
    assert story.state.count(Vote) == len(said), "one vote a person"
    if seen(story)["state"] == "open":
        ended(story)
    if seen(story).get("counted") == len(said):
        check(story, form, said)
    else:
        # what is told is missing the last few, who could be told from all others
        assert len(said) - seen(story).get("counted", 0) < MOVED or len(said) < MOVED


def _is_said(value: Any) -> bool:
    return value not in (None, [])


# two hosts

RUN = ("open_poll", "close_poll", "reveal_poll", "extend_poll", "draft_poll", "discard_poll", "copy_poll")
ARGS = {
    "extend_poll": {"seconds": 60},
    "draft_poll": {"question": "Or?", "options": ["a", "b"]},
}


@pytest.mark.parametrize(
    "before", [(), ("open_poll",), ("open_poll", "close_poll"), ("open_poll", "close_poll", "reveal_poll")]
)
@pytest.mark.parametrize(("one", "other"), list(product(RUN, RUN)))
def test_two_hosts_who_press_at_once_leave_a_poll_that_is_whole(
    before: tuple[str, ...], one: str, other: str
) -> None:
    story = asked("choice", "draft").with_role("second", "host")
    for command in before:
        story.given("host", command, poll="p")
        if command == "open_poll":
            answered(story, FIVE, options=["1"])
    for who, command in (("host", one), ("second", other)):
        story.when(who, command, poll="p", **ARGS.get(command, {}))
        assert story.refusal is None or story.refusal.code.startswith("poll.")
    poll = story.state.get(Poll, "p")
    if poll is None:
        assert "discard_poll" in (one, other) and not before
        return
    assert poll.sealed == (poll.state in ("closed", "revealed"))
    assert sum(option.votes for option in poll.options) == poll.voters == story.state.count(Vote)
