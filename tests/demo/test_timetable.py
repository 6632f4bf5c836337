"""The planned hour: repeatable, in order, lively at first and calm later; nobody acts before arriving."""

from collections import Counter

import pytest

from webinar_server.demo.act import ARRIVE, DROP, LEAVE, PULSE
from webinar_server.demo.cast import cast
from webinar_server.demo.timetable import Timetable
from webinar_server.session import SESSION

HOUR = 3600.0
GUESTS = cast(2020, 300)
ACTS = Timetable(GUESTS, 2020, HOUR).acts()


def rate(command: str, start: float, end: float) -> float:
    return sum(act.command == command and start <= act.at < end for act in ACTS) / (end - start)


def test_the_same_seed_plans_the_same_hour() -> None:
    assert Timetable(GUESTS, 2020, HOUR).acts() == ACTS
    assert Timetable(GUESTS, 7, HOUR).acts() != ACTS


def test_acts_are_in_order_and_within_the_hour() -> None:
    assert [act.at for act in ACTS] == sorted(act.at for act in ACTS)
    assert all(0 <= act.at < HOUR for act in ACTS)


def test_everybody_arrives_once_and_nearly_all_within_a_minute() -> None:
    arrivals = {act.guest: act.at for act in ACTS if act.command == ARRIVE}
    assert len(arrivals) == 300 == sum(act.command == ARRIVE for act in ACTS)
    assert sum(at <= 60 for at in arrivals.values()) >= 280


@pytest.mark.parametrize("size", [1, 12, 300])
def test_nobody_acts_before_arriving(size: int) -> None:
    here: set[int] = set()
    for act in Timetable(cast(2020, size), 2020, HOUR).acts():
        assert act.command == ARRIVE or act.guest in here, act
        here.add(act.guest)


def test_talk_is_lively_at_first_and_calm_later() -> None:
    assert 0.7 <= rate("say", 30, 120) <= 2.0
    assert 0.05 <= rate("say", 1200, HOUR) <= 0.3


def test_about_thirty_questions_are_asked_each_once() -> None:
    texts = Counter(act.args["text"] for act in ACTS if act.command == "ask")
    assert 25 <= len(texts) <= 40
    assert set(texts.values()) == {1}


def test_questions_are_shown_in_all_three_ways() -> None:
    assert {act.args["shown"] for act in ACTS if act.command == "ask"} == {
        "named",
        "organisation",
        "anonymous",
    }


def test_some_drop_out_for_a_moment_and_some_for_longer_than_the_grace() -> None:
    away = [act.args["seconds"] for act in ACTS if act.command == DROP]
    assert min(away) < 8 and max(away) > 30


def test_every_act_is_one_the_session_knows() -> None:
    for act in ACTS:
        if act.command == PULSE:
            SESSION.check_reaction(act.args["reaction"])
        elif act.command not in (ARRIVE, DROP, LEAVE):
            SESSION.parse(act.command, act.args)
