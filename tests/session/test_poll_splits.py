"""Splits: what came of a poll by group, and never of so few that it is somebody's answer, by no way of
reckoning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.session.polling import asked, ended
from tests.session.scene import Scene
from webinar_server.session.people import Person
from webinar_server.session.polls.ballots import MOVED
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.splits import Split
from webinar_server.session.polls.vote import Vote
from webinar_server.state import View

BY = ("kind", "country", "first_time")
Guest = tuple[str, str, bool, str]
"""Of what kind, from where, for the first time, and what they choose."""


def polled(guests: list[Guest], hosts: int = 0, form: str = "choice", **more: Any) -> Scene:
    """A closed poll in which these voted."""
    story = asked(form, **more)
    for number in range(hosts):
        card = {"organisation": "House", "kind": "local", "country": "NL"}
        story.with_role(f"h{number}", "host").given(f"h{number}", "arrive", **card)
        story.given(f"h{number}", "vote", poll="p", options=["3"])
    for number, (kind, country, first, option) in enumerate(guests):
        card = {"organisation": "A", "kind": kind, "country": country, "first_time": first}
        story.given(f"g{number}", "arrive", **card)
        answer = {"number": float(option)} if form in ("scale", "number") else {"options": [option]}
        story.given(f"g{number}", "vote", poll="p", **answer)
    return ended(story)


def split(story: Scene, by: str, **more: Any) -> View | None:
    story.when("host", "split_poll", poll="p", by=by, **more)
    return None if story.refusal else story.sees("host", Split, f"p/{by}")


def groups(view: View | None) -> dict[str, tuple[int, list[int]]]:
    return {group["group"]: (group["people"], group["votes"]) for group in (view or {})["groups"]}


SME, GOV, LAB = ("sme", "NL", False), ("federal", "US", True), ("knowledge", "NL", False)


def test_a_poll_is_told_by_kind_of_organisation_and_who_is_in_none_as_the_rest() -> None:
    guests = [(*SME, "1")] * 6 + [(*GOV, "2")] * 7 + [("", "NL", False, "3")] * 5
    told = split(polled(guests), "kind")
    assert groups(told) == {"federal": (7, [0, 7, 0]), "sme": (6, [6, 0, 0])}
    assert (told or {})["rest"] == {"group": "", "people": 5, "votes": [0, 0, 5]}


def test_a_group_of_fewer_than_five_is_left_out_and_so_is_one_that_would_tell_of_it() -> None:
    guests = [(*SME, "1")] * 6 + [(*LAB, "1")] * 5 + [(*GOV, "2")] * 4
    told = split(polled(guests), "kind")
    assert groups(told) == {"sme": (6, [6, 0, 0])}
    assert (told or {})["rest"]["people"] == 9, "four alone would be what is left of the whole"


def test_two_splits_together_tell_of_no_few_either() -> None:
    guests = [(*SME, "1")] * 10 + [("federal", "US", False, "2")] * 5 + [("federal", "NL", False, "3")]
    story = polled(guests)
    assert set(groups(split(story, "kind"))) == {"federal", "sme"}
    story.when("host", "split_poll", poll="p", by="country").then_refused("poll.few")


def test_the_split_that_hosts_ask_for_while_it_is_open_goes_before_others() -> None:
    guests = [(*SME, "1")] * 10 + [("federal", "US", False, "2")] * 5 + [("federal", "NL", False, "3")]
    story = asked("choice").given("host", "split_poll", poll="p", by="country")
    for number, (kind, country, first, option) in enumerate(guests):
        card = {"organisation": "A", "kind": kind, "country": country, "first_time": first}
        story.given(f"g{number}", "arrive", **card).given(f"g{number}", "vote", poll="p", options=[option])
    ended(story)
    assert set(groups(split(story, "country"))) == {"NL", "US"}
    story.when("host", "split_poll", poll="p", by="kind").then_refused("poll.few")


def test_all_see_a_split_once_it_is_staged_and_the_results_are_told() -> None:
    story = polled([(*SME, "1")] * 5 + [(*GOV, "2")] * 5)
    for who in ("ada", "stage", "host"):
        assert story.sees(who, Split, "p/kind") is None, "nobody asked"
    split(story, "kind", staged=True)
    assert story.sees("host", Split, "p/kind") and not story.sees("stage", Split, "p/kind")
    ended(story, "reveal_poll")
    assert story.sees("stage", Split, "p/kind") and story.sees("ada", Split, "p/kind")
    ended(story, "close_poll")
    assert not story.sees("stage", Split, "p/kind")
    split(ended(story, "reveal_poll"), "kind")
    assert not story.sees("stage", Split, "p/kind"), "hosts took it off"
    story.when("ada", "split_poll", poll="p", by="kind").then_refused("command.not_allowed")


def test_once_told_a_split_stays_though_the_poll_is_opened_again() -> None:
    for more in ({}, {"names": "hosts"}):
        story = polled([(*SME, "1")] * 5 + [(*GOV, "2")] * 5, **more)
        before = split(story, "kind")
        story.given("host", "open_poll", poll="p")
        for number in range(5):
            story.given(f"late{number}", "arrive", organisation="A", kind="sme", country="NL")
            story.given(f"late{number}", "vote", poll="p", options=["3"])
        assert split(ended(story), "kind") == before


def test_numbers_and_scales_are_split_by_their_mean_and_words_are_not() -> None:
    guests = [(*SME, "2")] * 5 + [(*GOV, "4")] * 5
    told = split(polled(guests, form="number"), "kind")
    assert [(one["group"], one["mean"]) for one in (told or {})["groups"]] == [("federal", 4.0), ("sme", 2.0)]
    told = split(polled(guests, form="scale"), "kind")
    means = [(one["mean"], one["votes"]) for one in (told or {})["groups"]]
    assert means == [(4.0, [0, 0, 0, 5, 0]), (2.0, [0, 5, 0, 0, 0])]
    asked("text").when("host", "split_poll", poll="p", by="kind").then_refused("poll.form")


def test_ballots_of_hosts_are_in_no_group() -> None:
    told = split(polled([(*SME, "1")] * 5 + [(*GOV, "2")] * 6, hosts=3), "kind")
    assert groups(told) == {"federal": (6, [0, 6, 0])}
    assert (told or {})["rest"] == {"group": "", "people": 8, "votes": [5, 0, 3]}


# whatever is told, no reckoning comes down to a few

guest = st.tuples(
    st.sampled_from(("sme", "federal", "knowledge", "")),
    st.sampled_from(("NL", "US", "DE")),
    st.booleans(),
    st.sampled_from(("1", "2", "3")),
)
crowds = st.lists(st.tuples(guest, st.integers(1, 9)), min_size=1, max_size=7).map(
    lambda many: [one for one, times in many for _ in range(times)]
)


def facts(story: Scene) -> list[tuple[set[str], Counter[str]]]:
    """What everybody may come to know: of which people together, what they chose. Told anew from the
    records, by one who knows who was in which group."""
    poll = story.the(Poll, "p")
    voters = {vote.by for vote in story.state.all(Vote)}
    told = [(voters, Counter({option.id: option.votes for option in poll.options}))]
    for record in list(story.state.all(Split)):
        story.given("host", "split_poll", poll="p", by=record.by)
    for record in list(story.state.all(Split)):
        view = story.sees("host", Split, record.id)
        assert view is not None
        left = set(voters)
        for group in view["groups"]:
            people = {who for who in voters if of(story, who, record.by) == group["group"]}
            assert group["people"] == len(people)
            told.append((people, Counter(dict(zip("123", group["votes"], strict=True)))))
            left -= people
        if view["rest"]:
            told.append((left, Counter(dict(zip("123", view["rest"]["votes"], strict=True)))))
        assert bool(view["rest"]) == bool(left)
    return told


def of(story: Scene, who: str, by: str) -> str:
    person = story.the(Person, who)
    if person.role == "host":
        return ""
    return ("no", "yes")[person.first_time] if by == "first_time" else str(getattr(person, by))


def reckoned(sets: list[set[str]], few: frozenset[str]) -> bool:
    """Whether some sum and difference of the sets is these people and nobody else: by elimination."""
    everybody = sorted(set().union(*sets))
    rows = [[Fraction(who in one) for who in everybody] for one in sets]
    aim = [Fraction(who in few) for who in everybody]
    for column in range(len(everybody)):
        pivot = next((row for row in rows if row[column] and not any(row[:column])), None)
        if pivot is None:
            continue
        for row in [*rows, aim]:
            if row is not pivot and row[column]:
                times = row[column] / pivot[column]
                row[:] = [one - times * other for one, other in zip(row, pivot, strict=True)]
    return not any(aim)


def few(story: Scene, sets: list[set[str]]) -> Iterator[frozenset[str]]:
    """Sets of fewer people than may be told of, of who can be told apart at all: those who stand in the same
    of the sets are told of together."""
    alike: dict[tuple[bool, ...], set[str]] = {}
    for who in sorted(sets[0]):
        alike.setdefault(tuple(who in one for one in sets), set()).add(who)
    cells = [frozenset(cell) for cell in alike.values()]
    for many in (1, 2, 3):
        for some in combinations(cells, many):
            together = frozenset().union(*some)
            hidden = [who for who in together if story.the(Person, who).role != "host"]
            if len(hidden) < MOVED:
                yield together


@given(crowds, st.integers(0, 2))
@example([(*SME, "1")] * 10 + [("federal", "US", False, "2")] * 5 + [("federal", "NL", False, "3")], 0)
@example([(*SME, "1")] * 6 + [(*GOV, "2")] * 5 + [(*LAB, "3")] * 4, 1)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_nobodys_answer_can_be_reckoned_from_all_that_is_told(guests: list[Guest], hosts: int) -> None:
    story = polled(guests, hosts)
    told = facts(story)
    sets = [people for people, _ in told]
    if len(sets) > 1:
        assert not [some for some in few(story, sets) if reckoned(sets, some)]
    chosen = {f"g{number}": option for number, (*_, option) in enumerate(guests)}
    chosen |= {f"h{number}": "3" for number in range(hosts)}
    for people, votes in told:
        assert +votes == Counter(chosen[who] for who in people), "and all that is told is true"


def test_the_oracle_finds_what_two_splits_would_tell() -> None:
    everybody = {f"p{n}" for n in range(12)}
    kind, country = {f"p{n}" for n in range(6)}, {f"p{n}" for n in range(5)}
    sets = [everybody, kind, everybody - kind, country, everybody - country]
    assert reckoned(sets, frozenset({"p5"})), "six of a kind, of whom five are from there"
    assert not reckoned(sets, frozenset({"p0"}))


@pytest.mark.parametrize("people", range(1, MOVED))
def test_of_too_few_there_is_no_split(people: int) -> None:
    story = polled([(*SME, "1")] * people)
    story.when("host", "split_poll", poll="p", by="kind").then_refused("poll.few")
