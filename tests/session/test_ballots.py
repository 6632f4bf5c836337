"""What hosts are told of a poll never comes down to one person's choice, whatever is voted in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.session.scene import Scene, scene
from webinar_server.session.polls.ballots import MOVED
from webinar_server.session.polls.poll import Option, Poll

PEOPLE = [f"p{n}" for n in range(16)]
OPTIONS = ("1", "2", "3")
Step = tuple[str, tuple[str, ...]]
Told = tuple[int, tuple[int, ...]] | None
Ballots = Mapping[str, tuple[str, ...]]

choices = st.sets(st.sampled_from(OPTIONS)).map(lambda chosen: tuple(sorted(chosen)))
votes = st.tuples(st.sampled_from(PEOPLE), choices)
ends = st.sampled_from(("close_poll", "open_poll", "reveal_poll")).map(lambda name: (name, ()))
few = st.lists(st.one_of(votes, votes, votes, ends), max_size=30)
many = st.lists(st.one_of(*[votes] * 8, ends), min_size=30, max_size=120)
everybody = [(person, ("1",)) for person in PEOPLE]
CLOSE, OPEN, REVEAL = ("close_poll", ()), ("open_poll", ()), ("reveal_poll", ())


def opened() -> Scene:
    asked = {"question": "How?", "options": ["a", "b", "c"], "choose": "many"}
    return scene().given("host", "draft_poll", id="p", **asked).given("host", "open_poll", poll="p")


def told(story: Scene) -> Told:
    """What a host sees of it: of how many people, and how often each option was chosen."""
    seen = story.sees("host", Poll, "p")
    if "counted" not in seen:
        assert all("votes" not in option for option in seen["options"])
        return None
    return seen["counted"], tuple(option["votes"] for option in seen["options"])


def count(ballots: Ballots) -> Told:
    chosen = Counter(option for options in ballots.values() for option in options)
    return sum(map(bool, ballots.values())), tuple(chosen[option] for option in OPTIONS)


def differing(one: Ballots, other: Ballots) -> int:
    return sum(one.get(person, ()) != other.get(person, ()) for person in PEOPLE)


class Watch:
    """A host who remembers every count, and an oracle who knows all ballots there ever were."""

    def __init__(self) -> None:
        self.story = opened()
        self.ballots: list[dict[str, tuple[str, ...]]] = [{}]
        self.told: Told = None
        # the moments at which the count told last may have been taken
        self.taken = [0]

    def play(self, step: Step) -> None:
        who, chosen = step
        if who in PEOPLE:
            self.story.when(who, "vote", poll="p", options=list(chosen))
            if self.story.refusal is None:
                self.ballots.append(self.ballots[-1] | {who: chosen})
        else:
            self.story.when("host", who, poll="p")
        self.look()

    def look(self) -> None:
        now = told(self.story)
        if now == self.told:
            return
        assert now is not None, "what was told stays told"
        moments = [at for at, ballots in enumerate(self.ballots) if count(ballots) == now]
        assert moments, "no count is made up"
        # the first count is one after nothing at all
        before = [self.ballots[at] for at in self.taken]
        moments = [at for at in moments if any(differing(one, self.ballots[at]) >= MOVED for one in before)]
        assert moments, "between two counts the ballots of several people differ"
        self.told, self.taken = now, moments


@given(st.one_of(few, many))
@example([*everybody[:10], CLOSE, OPEN, everybody[10], CLOSE])
@example([*everybody[:11], CLOSE])
@example([everybody[0], CLOSE, REVEAL])
@example([*everybody, *[(person, ("2",)) for person in PEOPLE], CLOSE])
@example([*everybody[:12], *[(person, ()) for person in PEOPLE[5:12]], everybody[5], CLOSE])
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_between_any_two_counts_a_host_is_told_several_people_changed(steps: list[Step]) -> None:
    watch = Watch()
    for step in steps:
        watch.play(step)


def played(*steps: Step) -> Scene:
    watch = Watch()
    for step in steps:
        watch.play(step)
    return watch.story


def test_while_it_runs_hosts_see_how_many_voted_and_choices_in_steps_of_five() -> None:
    watch, seen = Watch(), []
    for step in everybody:
        watch.play(step)
        seen.append(told(watch.story))
    assert watch.story.sees("host", Poll, "p")["voters"] == len(PEOPLE)
    assert [one[0] if one else 0 for one in seen] == [0] * 9 + [5] * 5 + [10] * 2


def test_a_closing_tells_all_that_was_voted() -> None:
    for voters in (5, 9, 10, 11, 14, 15, 16):
        assert told(played(*everybody[:voters], CLOSE)) == (voters, (voters, 0, 0))


def test_of_too_few_neither_a_closing_nor_revealing_tells_anybody_what_they_chose() -> None:
    for voters in range(MOVED):
        story = played(*everybody[:voters], CLOSE, REVEAL)
        for who in ("host", "p0", "bob", "stage"):
            seen = story.sees(who, Poll, "p")
            assert (seen["state"], seen["voters"]) == ("revealed", voters)
            assert "counted" not in seen and not any("votes" in option for option in seen["options"])


def test_too_few_are_told_once_they_are_enough() -> None:
    assert told(played(*everybody[:4], CLOSE, OPEN, everybody[4], CLOSE)) == (5, (5, 0, 0))
    taken_back = (PEOPLE[0], ())
    assert told(played(*everybody[:5], taken_back, CLOSE)) is None


def test_ballots_of_hosts_make_no_few_enough() -> None:
    story = played(*everybody[:4])
    for number in range(6):
        story.with_role(f"host {number}", "host").given(f"host {number}", "vote", poll="p", options=["2"])
    assert told(story.given("host", "close_poll", poll="p")) is None


def test_a_poll_from_before_there_were_steps_is_told_if_it_is_of_several() -> None:
    for voters in (1, MOVED - 1, MOVED):
        options = (Option(id="1", text="a", votes=voters), Option(id="2", text="b"))
        for state in ("closed", "revealed"):
            poll = Poll(id="p", question="How?", options=options, state=state, voters=voters)
            assert ("counted" in (poll.view("host") or {})) is (voters == MOVED)


def test_one_who_votes_after_a_closing_is_not_told_alone() -> None:
    late = ("p15", ("3",))
    story = played(*everybody[:10], CLOSE, OPEN, late, CLOSE)
    assert told(story) == (10, (10, 0, 0)) and story.sees("host", Poll, "p")["voters"] == 11
    story.given("host", "reveal_poll", poll="p")
    assert story.sees("ada", Poll, "p")["counted"] == 10, "what everybody sees is the same"
    five = [(person, ("3",)) for person in PEOPLE[10:15]]
    assert told(played(*everybody[:10], CLOSE, OPEN, late, *five, CLOSE)) == (16, (10, 0, 6))


def test_hosts_do_not_hide_others_behind_ballots_of_their_own() -> None:
    story = played(*everybody[:10], CLOSE, OPEN, ("p15", ("3",)))
    for number in range(6):
        story.with_role(f"host {number}", "host").given(f"host {number}", "vote", poll="p", options=["2"])
    assert told(story.given("host", "close_poll", poll="p")) == (10, (10, 0, 0))
