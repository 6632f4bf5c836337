"""Polls: from draft to revealed and back, one vote a person, and no results before their moment."""

from collections import Counter
from random import Random

import pytest

from tests.session.scene import Scene, scene
from webinar_server.session.polls import drafting as polls
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.vote import Vote

STATES = {
    "draft": [],
    "open": ["open_poll"],
    "closed": ["open_poll", "close_poll"],
    "revealed": ["open_poll", "close_poll", "reveal_poll"],
}

STEPS = {
    "open_poll": {"draft": "open", "open": "open", "closed": "open", "revealed": "! poll.revealed"},
    "close_poll": {"draft": "! poll.draft", "open": "closed", "closed": "closed", "revealed": "closed"},
    "reveal_poll": {
        "draft": "! poll.draft",
        "open": "! poll.open",
        "closed": "revealed",
        "revealed": "revealed",
    },
    "discard_poll": {
        "draft": "gone",
        "open": "! poll.open",
        "closed": "! poll.closed",
        "revealed": "! poll.revealed",
    },
}


def poll(state: str = "open", **more: object) -> Scene:
    """A poll `p` with options 1, 2 and 3."""
    asked = {"question": "How do you charge?", "options": ["At home", "At work", "On the road"]}
    story = scene().given("host", "draft_poll", id="p", **(asked | more))
    for command in STATES[state]:
        story.given("host", command, poll="p")
    return story


def votes(story: Scene, who: str = "host") -> list[int | None]:
    return [option.get("votes") for option in story.sees(who, Poll, "p")["options"]]


def truth(story: Scene) -> list[int]:
    """What was chosen so far, told or not."""
    found = story.state.get(Poll, "p")
    assert found is not None
    return [option.votes for option in found.options]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("command", STEPS)
def test_every_step_from_every_state_is_as_drawn(command: str, state: str) -> None:
    story = poll(state).when("host", command, poll="p")
    after = STEPS[command][state]
    if after.startswith("!"):
        story.then_refused(after[2:])
    elif after == "gone":
        story.then_gone(Poll, "p")
    else:
        story.then(Poll, "p", state=after)


@pytest.mark.parametrize("command", STEPS)
def test_polls_are_run_by_hosts_and_must_be_there(command: str) -> None:
    poll().when("ada", command, poll="p").then_refused("command.not_allowed")
    poll().when("host", command, poll="none").then_refused("poll.unknown")


def test_preparing_answers_its_id_and_can_be_rewritten_while_a_draft() -> None:
    story = poll("draft", choose="many")
    assert story.result == {"id": "p"}
    again = {"question": "How?", "options": ["Slowly", "Fast"], "poll": "p"}
    story.given("host", "draft_poll", **again).then(Poll, "p", question="How?", choose="one", state="draft")
    assert story.state.count(Poll) == 1
    poll("closed").when("host", "draft_poll", **again).then_refused("poll.closed")
    poll("draft").when("ada", "draft_poll", question="?!", options=["a", "b"]).then_refused(
        "command.not_allowed"
    )


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["one"], "poll.options"),
        (["one", "two"], None),
        ([str(n) for n in range(20)], None),
        ([str(n) for n in range(21)], "poll.options"),
        (["Yes", "yes "], "poll.same_options"),
        (["Yes", ""], "poll.empty"),
        (["Yes", "x" * 100], None),
        (["Yes", "x" * 101], "poll.too_long"),
        (["Yes", "No\u202e"], "poll.bidi"),
    ],
)
def test_a_poll_has_2_to_20_different_options(options: list[str], code: str | None) -> None:
    story = scene().when("host", "draft_poll", question="Well?", options=options)
    story.then_refused(code) if code else story.then_done()


def test_a_session_holds_so_many_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polls, "POLLS_MAX", 1)
    story = poll("draft").when("host", "draft_poll", question="And?", options=["a", "b"])
    story.then_refused("poll.full").given("host", "discard_poll", poll="p")
    story.when("host", "draft_poll", question="And?", options=["a", "b"]).then_done()


# voting


def test_a_vote_counts_once_however_often_it_is_sent() -> None:
    story = poll().given_each(["ada", "ada", "bob"], "vote", poll="p", options=["1"])
    story.then(Poll, "p", voters=2)
    assert truth(story) == [2, 0, 0]


def test_a_vote_can_be_changed_until_the_poll_is_closed() -> None:
    story = poll().given("ada", "vote", poll="p", options=["1"]).given("ada", "vote", poll="p", options=["3"])
    assert truth(story) == [0, 0, 1]
    story.given("host", "close_poll", poll="p")
    story.when("ada", "vote", poll="p", options=["2"]).then_refused("poll.closed")
    story.given("host", "open_poll", poll="p").when("ada", "vote", poll="p", options=["2"])
    story.then_refused("poll.voted")
    story.when("bob", "vote", poll="p", options=["2"]).then_done()
    assert truth(story) == [0, 1, 1]


def test_an_empty_choice_takes_the_vote_back() -> None:
    story = poll().given("ada", "vote", poll="p", options=["1"]).given("ada", "vote", poll="p", options=[])
    story.then(Poll, "p", voters=0).then_gone(Vote, "p/ada")
    story.given("bob", "vote", poll="p", options=[]).then(Poll, "p", voters=0)


@pytest.mark.parametrize(
    ("choose", "options", "code"),
    [
        ("one", ["1", "2"], "poll.one_option"),
        ("many", ["1", "2"], None),
        ("many", ["1", "1"], "poll.no_such_option"),
        ("one", ["9"], "poll.no_such_option"),
        ("many", ["1", "At home"], "poll.no_such_option"),
    ],
)
def test_a_choice_is_among_the_options(choose: str, options: list[str], code: str | None) -> None:
    story = poll(choose=choose).when("ada", "vote", poll="p", options=options)
    story.then_refused(code) if code else story.then(Poll, "p", voters=1)


@pytest.mark.parametrize("state", ["draft", "closed", "revealed"])
def test_votes_are_for_open_polls(state: str) -> None:
    # a draft is not there for whoever cannot see it
    code = "unknown" if state == "draft" else state
    poll(state).when("ada", "vote", poll="p", options=["1"]).then_refused(f"poll.{code}")


def test_after_the_end_attendees_vote_no_more() -> None:
    story = poll().given("host", "close_session")
    story.when("ada", "vote", poll="p", options=["1"]).then_refused("session.closed")


@pytest.mark.parametrize("seed", range(10))
def test_the_tally_is_a_recount_of_who_chose_what(seed: int) -> None:
    dice, story = Random(seed), poll(choose="many")
    chosen: dict[str, list[str]] = {}
    for _ in range(60):
        who = dice.choice(["ada", "bob", "cem", "dee", "eva"])
        chosen[who] = dice.sample(["1", "2", "3"], dice.randrange(4))
        story.given(who, "vote", poll="p", options=chosen[who])
    count = Counter(option for options in chosen.values() for option in options)
    assert truth(story) == [count[id] for id in "123"]
    story.then(Poll, "p", voters=sum(map(bool, chosen.values())))


# who sees what


@pytest.mark.parametrize("state", STATES)
def test_attendees_see_a_poll_once_open_and_results_once_revealed(state: str) -> None:
    story = poll("draft")
    if state != "draft":
        story = poll("open").given_each(["ada", "bob", "cem", "dee", "eva"], "vote", poll="p", options=["2"])
    for command in STATES[state][1:]:
        story.given("host", command, poll="p")
    assert votes(story, "host") == ([0, 5, 0] if state in ("closed", "revealed") else [None, None, None])
    for who in ("ada", "bob", "attendee", "stage", "speaker"):
        if state == "draft":
            assert story.sees(who, Poll, "p") is None
        else:
            assert votes(story, who) == ([0, 5, 0] if state == "revealed" else [None, None, None])


def test_results_revealed_by_mistake_are_hidden_again() -> None:
    story = poll("revealed").given("host", "close_poll", poll="p")
    assert votes(story, "bob") == [None, None, None]


def test_voters_see_their_own_choice_and_nobody_elses() -> None:
    story = poll().given("ada", "vote", poll="p", options=["2"])
    assert story.sees("ada", Vote, "p/ada") == {"poll": "p", "options": ["2"]}
    for who in ("bob", "host", "attendee", "stage"):
        assert story.sees(who, Vote, "p/ada") is None, "hosts included"
