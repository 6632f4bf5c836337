"""Report: numbers that are right to the person, and tell of nobody more than they agreed to."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.session.scene import Scene, scene
from webinar_server.session.groups import FEWEST, grouped
from webinar_server.session.report import report_of
from webinar_server.session.stays import Hour, curve_of, joined, losses_of, minutes_in, stayed_of

MINUTE = 60_000


def told(story: Scene, named: bool = True) -> dict[str, Any]:
    return report_of(story.state, story.at, named)


def asked(**how: str) -> Scene:
    return scene().given("ada", "ask", id="q", text="How do they come?", **how)


# who was there


def test_what_overlaps_is_one_stay_and_counts_once() -> None:
    hour = Hour(0, 60 * MINUTE)
    spans = joined([(10 * MINUTE, 30 * MINUTE), (0, 20 * MINUTE), (20 * MINUTE, 25 * MINUTE)])
    assert spans == [(0, 30 * MINUTE)]
    assert minutes_in(spans, hour) == 30
    assert minutes_in([(-9 * MINUTE, 5 * MINUTE), (58 * MINUTE, 90 * MINUTE)], hour) == 7


@pytest.mark.parametrize("seed", range(20))
def test_the_curve_counts_as_who_counts_each_moment_by_itself(seed: int) -> None:
    luck = Random(seed)
    length = luck.choice((1, 7, 60, 300, 3_000))
    hour = Hour(0, length * MINUTE)
    stays = []
    for _ in range(luck.randint(1, 40)):
        begin = luck.randint(-20 * MINUTE, length * MINUTE)
        stays.append([(begin, luck.randint(begin, length * MINUTE + MINUTE))])
    curve = curve_of(stays, hour)
    points = [curve["from"] + index * curve["step"] for index in range(len(curve["there"]))]
    assert points[-1] <= hour.ends < points[-1] + curve["step"]
    counts = [sum(since <= at <= until for ((since, until),) in stays) for at in points]
    assert curve["there"] == counts
    assert (curve["most"], len(points) <= 260) == (max(counts), True)


def test_where_many_left_is_told_and_who_stayed_to_the_end_did_not_leave() -> None:
    hour = Hour(0, 60 * MINUTE)
    stays = [[(0, 21 * MINUTE + n)] for n in range(4)] + [[(0, 60 * MINUTE)] for _ in range(10)]
    stays += [[(0, 40 * MINUTE)], [(0, 10 * MINUTE), (15 * MINUTE, 59 * MINUTE)]]
    assert losses_of(stays, hour) == [{"from": 20 * MINUTE, "until": 25 * MINUTE, "left": 4}]
    assert stayed_of(stays, hour) == {"came": 16, "to_the_end": 11, "middle": 60}


def test_hosts_and_speakers_are_not_counted_and_who_is_here_stays_in_the_report_so_far() -> None:
    story = scene().given("host", "arrive").given("speaker", "arrive").given_each(["ada", "bob"], "arrive")
    story.later(30 * MINUTE).given("bob", "depart")
    there = told(story.later(10 * MINUTE))["attendance"]
    assert (there["came"], there["most"], there["to_the_end"]) == (2, 2, 1)


def test_of_a_session_to_which_nobody_came_there_is_a_report_too() -> None:
    report = told(scene(session=True))
    assert (report["attendance"]["came"], report["questions"]["asked"], report["polls"]) == (0, 0, [])


# who asked


@pytest.mark.parametrize(
    ("shown", "with_names", "without"),
    [
        ("named", {"name": "Ada", "organisation": "Tulip Chargers", "kind": "sme", "country": "NL"}, "kind"),
        ("organisation", {"organisation": "Tulip Chargers", "kind": "sme", "country": "NL"}, "kind"),
        ("anonymous", {}, ""),
    ],
)
def test_who_asked_is_told_as_they_chose(shown: str, with_names: dict[str, str], without: str) -> None:
    story = asked(shown=shown)
    assert told(story)["questions"]["waiting"][0]["asker"] == with_names
    only = {"kind": "sme", "country": "NL"} if without else {}
    assert told(story, named=False)["questions"]["waiting"][0]["asker"] == only


def test_who_does_not_wish_to_be_named_in_the_picture_is_nobody_and_among_the_greeted_a_number() -> None:
    card = {"name": "Ada", "organisation": "Tulip", "kind": "sme", "country": "NL"}
    story = scene().given("ada", "arrive", card=card, named=False, week={"sessions": 0})
    story.given("ada", "ask", id="q", text="How?").given("host", "greet", person="ada")
    assert told(story)["questions"]["waiting"][0]["asker"] == {}
    assert told(story)["greeted"]["by"] == [{"name": "Host", "names": [], "unnamed": 1}]
    assert told(story, named=False)["greeted"]["by"] == []


def test_questions_stand_by_what_became_of_them() -> None:
    story = asked().given("ada", "ask", id="r", text="When?").given("bob", "ask", id="s", text="Who?")
    story.given("cem", "ask", id="t", text="Why?").given("cem", "ask", id="u", text="Where?")
    story.given("host", "spotlight", question="q").given("host", "answer", question="q")
    story.given("host", "answer_in_writing", question="r", text="In May.")
    story.given("host", "dismiss", question="t").given("cem", "withdraw", question="u")
    questions = told(story)["questions"]
    assert [[one["id"] for one in questions[name]] for name in ("aloud", "written", "waiting")] == [
        ["q"],
        ["r"],
        ["s"],
    ]
    assert (questions["asked"], questions["dismissed"]) == (4, 1)
    assert questions["written"][0]["answer"] == {"text": "In May.", "name": "Host"}
    assert told(story, named=False)["questions"]["written"][0]["answer"]["name"] == ""


def test_what_was_never_let_through_is_not_sent_on() -> None:
    story = scene(premoderated=True).given("ada", "ask", id="q", text="Call 0900-1234!")
    assert [len(told(story, named)["questions"]["waiting"]) for named in (True, False)] == [1, 0]


# whose voices


def test_an_anonymous_question_moves_no_number_that_would_tell_whose_it_is() -> None:
    story = scene().given_each([f"p{n}" for n in range(6)], "arrive", kind="sme", country="NL", name="P")
    before = told(story)["voices"]
    story.given("p1", "ask", id="q", text="How?", shown="anonymous")
    story.given("p2", "ask", id="r", text="How?", shown="organisation")
    assert told(story)["voices"] == before
    story.given("p3", "ask", id="s", text="How?")
    assert told(story)["voices"]["kinds"]["groups"] == [{"name": "sme", "came": 6, "heard": 1}]


@pytest.mark.parametrize("seed", range(60))
def test_no_group_of_fewer_than_five_is_told_nor_can_be_taken_from_the_whole(seed: int) -> None:
    luck = Random(seed)
    sizes = {f"k{n}": luck.randint(0, 9) for n in range(luck.randint(0, 7))}
    found = grouped({name: {"came": size, "heard": 0} for name, size in sizes.items()}, "came")
    groups = {one["name"]: one["came"] for one in found["groups"]}
    assert all(groups[name] == sizes[name] >= FEWEST for name in groups)
    rest = sum(sizes.values()) - sum(groups.values())
    if groups:
        assert rest == 0 or rest >= FEWEST
    assert (found["others"] or {}).get("came", 0) == (rest if rest >= FEWEST else 0)


def test_who_was_erased_is_in_no_word_of_it_and_counts_on() -> None:
    story = asked().given("host", "greet", person="ada").given("host", "spotlight", question="q")
    came = told(story)["attendance"]["came"]
    story.given("server", "forget_people", people=("ada",))
    assert told(story)["attendance"]["came"] == came
    assert "Ada" not in str(told(story)) and "come?" not in str(told(story))
