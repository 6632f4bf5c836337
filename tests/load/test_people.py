"""Seats, manners and pages: what a simulated person shares with a real one and a browser."""

from __future__ import annotations

import pathlib

import pytest

from loadtests import plan
from loadtests.people import Seat, assets, expected
from loadtests.plan import Entrance, Plan

ROOT = pathlib.Path(__file__).parents[2]


def two_sessions(folder: pathlib.Path) -> Plan:
    entrances = [Entrance("a", ["t1", "t2"], ["h1"]), Entrance("b", ["t3"])]
    times = {"seconds": 10.0, "full": 20.0, "arrival": 5.0}
    where = {"scene": "keynote", "url": "http://127.0.0.1:1", "folder": str(folder)}
    return Plan(**where, **times, seed=1, sample=1, entrances=entrances)


# seats


def test_every_token_is_one_seat(tmp_path: pathlib.Path) -> None:
    work = two_sessions(tmp_path)
    seats = list(work.seats())
    assert [work.token(seat) for seat in seats] == ["h1", "t1", "t2", "t3"]
    assert [work.session(seat) for seat in seats] == ["a", "a", "a", "b"]
    assert [seat.people for seat in seats] == [2, 2, 2, 1]


def test_processes_of_a_run_never_take_one_seat_twice(tmp_path: pathlib.Path) -> None:
    work = two_sessions(tmp_path)
    one, other = iter(list(work.seats())), iter(list(work.seats()))
    taken: list[Seat] = [plan.claim(work, one), plan.claim(work, other), plan.claim(work, other)]
    taken.append(plan.claim(work, one))
    assert sorted(taken) == sorted(work.seats())
    with pytest.raises(StopIteration):
        plan.claim(work, one)


def test_a_plan_is_read_as_it_was_written(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = two_sessions(tmp_path)
    monkeypatch.setenv(plan.ENVIRONMENT, str(plan.write(work)))
    assert plan.read() == work


# manners


@pytest.mark.parametrize(
    ("command", "code", "is_expected"),
    [
        ("vote", "poll.closed", True),
        ("vote", "poll.no_such_option", False),
        ("support", "question.not_open", True),
        ("say", "pace.say", True),
        ("say", "chat.too_long", False),
        ("spotlight", "stage.taken", True),
        ("say", "log.unavailable", False),
    ],
)
def test_only_races_and_pace_are_part_of_an_ordinary_hour(command: str, code: str, is_expected: bool) -> None:
    assert expected(command, code) is is_expected


# the page


def test_the_attendees_page_names_its_assets_once_and_in_order() -> None:
    page = (ROOT / "static/pages/attendee.html").read_text(encoding="utf-8")
    found = assets(page)
    assert len(found) == len(set(found)) >= 5
    assert any(asset.endswith(".css") for asset in found)
    assert any(asset.endswith(".js") for asset in found)


def test_what_a_browser_loads_later_is_no_asset() -> None:
    page = '<link rel="icon" href="i.svg"><link rel="stylesheet" href="a.css"><script src="a.js"></script>'
    assert assets(page + '<link rel="modulepreload" href="a.js">') == ["a.css", "a.js"]
