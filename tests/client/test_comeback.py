"""Coming back: when and whether, as the pages do."""

from __future__ import annotations

import pathlib
import random
import re

import pytest

from webinar_server.client import comeback
from webinar_server.client.comeback import FOR_GOOD, Closed, Comeback, Turned

SCRIPTS = pathlib.Path(__file__).parents[2] / "static" / "app"


@pytest.mark.parametrize(("failures", "ceiling"), [(1, 1.0), (2, 2.0), (3, 4.0), (4, 4.0), (6_000, 4.0)])
def test_the_pause_is_chance_below_a_ceiling_that_doubles(failures: int, ceiling: float) -> None:
    chance = random.Random(3).random
    pauses = [comeback.pause(failures, None, chance) for _ in range(500)]
    assert min(pauses) >= comeback.FLOOR
    assert comeback.FLOOR + 0.9 * (ceiling - comeback.FLOOR) < max(pauses) <= ceiling


def test_what_the_server_asks_for_is_kept_a_little_spread() -> None:
    chance = random.Random(3).random
    assert all(2.0 <= comeback.pause(1, 2.0, chance) <= 2.5 for _ in range(100))
    assert min(comeback.pause(3, 0.1, chance) for _ in range(100)) >= comeback.FLOOR


def test_numbers_are_those_of_the_browser() -> None:
    scripts = (SCRIPTS / f"{name}.js" for name in ("connection", "comeback"))
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
    assert (Comeback(lambda: 0.0).after(Closed(code), 0.0) == FOR_GOOD) is is_final


@pytest.mark.parametrize(("status", "is_final"), [(401, True), (403, True), (429, False), (503, False)])
def test_some_answers_to_a_handshake_are_final(status: int, is_final: bool) -> None:
    assert (Comeback(lambda: 0.0).after(Turned(status), 0.0) == FOR_GOOD) is is_final


@pytest.mark.parametrize(
    ("reason", "seconds"),
    [('{"retry_after": 1.5}', 1.5), ('{"retry_after": -1}', 0.0), ("", None), ("[]", None)],
)
def test_a_close_may_say_when_to_come_back(reason: str, seconds: float | None) -> None:
    assert comeback.told(reason) == seconds


def test_what_is_asked_is_kept_whoever_asks() -> None:
    back = Comeback(lambda: 1.0)
    assert back.after(Closed(1012, '{"retry_after": 2}'), 0.0) == 2.5
    assert Comeback(lambda: 1.0).after(Turned(503, 8.0), 0.0) == 10.0
    assert back.after(OSError("no route"), 0.0) == 2.0


def test_a_connection_that_held_forgets_what_failed_before() -> None:
    back = Comeback(lambda: 1.0)
    pauses = [back.after(Closed(1006), 0.0) for _ in range(4)]
    assert pauses == [1.0, 2.0, 4.0, 4.0]
    back.here(10.0)
    assert back.after(Closed(1006), 12.0) == 4.0
    back.here(20.0)
    assert back.after(Closed(1006), 26.0) == 1.0
    assert back.after(Closed(1006), 100.0) == 2.0, "it was not here in between"


def test_who_goes_of_their_own_stays_away_as_long_as_they_want_and_failed_in_nothing() -> None:
    back = Comeback(lambda: 1.0)
    back.plan(7.0)
    assert back.after(Closed(4403), 0.0) == 7.0
    assert back.failures == 0
    assert back.after(Closed(1006), 0.0) == 1.0
