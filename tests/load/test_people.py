"""Seats, manners and coming back: what a simulated person shares with a real one and a browser."""

from __future__ import annotations

import pathlib
import random
import re

import pytest

from loadtests import comeback, plan
from loadtests.manners import expected
from loadtests.page import assets
from loadtests.plan import Entrance, Plan
from loadtests.seat import Seat

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


# coming back, as the pages do


@pytest.mark.parametrize(("failures", "ceiling"), [(1, 1.0), (2, 2.0), (3, 4.0), (4, 4.0), (60, 4.0)])
def test_the_pause_is_chance_below_a_ceiling_that_doubles(failures: int, ceiling: float) -> None:
    rng = random.Random(3)
    pauses = [comeback.pause(failures, None, rng) for _ in range(500)]
    assert min(pauses) >= comeback.FLOOR
    assert comeback.FLOOR + 0.9 * (ceiling - comeback.FLOOR) < max(pauses) <= ceiling


def test_what_the_server_asks_for_is_kept_a_little_spread() -> None:
    rng = random.Random(3)
    assert all(2.0 <= comeback.pause(1, 2.0, rng) <= 2.5 for _ in range(100))
    assert min(comeback.pause(3, 0.1, rng) for _ in range(100)) >= comeback.FLOOR


def test_numbers_are_those_of_the_browser() -> None:
    scripts = (ROOT / f"static/js/{name}.js" for name in ("connection", "comeback"))
    script = "".join(each.read_text(encoding="utf-8") for each in scripts)
    numbers = {
        name: int(value.replace("_", "")) for name, value in re.findall(r"const (\w+) = ([\d_]+);", script)
    }
    assert numbers["FLOOR_MS"] == comeback.FLOOR * 1000
    assert numbers["CEILING_MS"] == comeback.CEILING * 1000
    assert numbers["SETTLED_MS"] == comeback.SETTLED * 1000


@pytest.mark.parametrize(
    ("code", "is_final"),
    [(1006, False), (1012, False), (1013, False), (4400, True), (4403, True), (4408, False), (4429, False)],
)
def test_some_closes_are_final(code: int, is_final: bool) -> None:
    assert comeback.final(code) is is_final


@pytest.mark.parametrize(
    ("reason", "seconds"),
    [('{"retry_after": 1.5}', 1.5), ('{"retry_after": -1}', 0.0), ("", None), ("[]", None)],
)
def test_a_close_may_say_when_to_come_back(reason: str, seconds: float | None) -> None:
    assert comeback.told(reason) == seconds


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
    page = (ROOT / "static/attendee.html").read_text(encoding="utf-8")
    found = assets(page)
    assert len(found) == len(set(found)) >= 5
    assert any(asset.endswith(".css") for asset in found)
    assert any(asset.endswith(".js") for asset in found)


def test_what_a_browser_loads_later_is_no_asset() -> None:
    page = '<link rel="icon" href="i.svg"><link rel="stylesheet" href="a.css"><script src="a.js"></script>'
    assert assets(page + '<link rel="modulepreload" href="a.js">') == ["a.css", "a.js"]
