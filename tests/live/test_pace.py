"""Pace: bursts, then a steady rate; whoever waits as long as they were told gets through."""

from __future__ import annotations

import random

import pytest

from tests.web.server import TOPIC
from webinar_server.errors import Refusal
from webinar_server.limits import ANY, COMMANDS, HOST, PULSE
from webinar_server.live.pace import Pace
from webinar_server.session import SESSION
from webinar_server.settings import Settings


def tries(pace: Pace, now: float, command: str = "say", role: str = "attendee") -> float | None:
    """Try once; `None` if it went through, else what `retry_after` said."""
    try:
        pace.check_command(SESSION, "ada", role, command, now)  # type: ignore[arg-type]
        return None
    except Refusal as refusal:
        assert refusal.code == f"pace.{command}" and refusal.retry_after is not None
        return refusal.retry_after


@pytest.mark.parametrize("command", [*COMMANDS])
def test_a_burst_passes_and_the_next_is_told_when(command: str) -> None:
    pace, rate = Pace(True), COMMANDS[command]
    assert [tries(pace, 10.0, command) for _ in range(rate.burst)] == [None] * rate.burst
    wait = tries(pace, 10.0, command)
    assert wait is not None and rate.each <= wait <= rate.each + 0.1
    assert tries(pace, 10.0 + wait, command) is None


@pytest.mark.parametrize("seed", range(30))
def test_waiting_as_told_always_succeeds_whatever_was_tried_before(seed: int) -> None:
    pace, dice, now = Pace(True), random.Random(seed), 100.0
    for _ in range(200):
        command = dice.choice([*COMMANDS, "withdraw", "show_as"])
        now += dice.choice([0.0, 0.0, 0.0, 0.01, 0.3, 3.0])
        wait = tries(pace, now, command)
        if wait is not None and dice.random() < 0.2:
            now += wait
            assert tries(pace, now, command) is None


def test_steady_use_below_the_rate_is_never_refused() -> None:
    pace = Pace(True)
    assert all(tries(pace, 10.0 + 2.0 * number) is None for number in range(500))


def test_whatever_one_does_is_bounded_too() -> None:
    pace = Pace(True)
    passed = sum(tries(pace, 10.0, "withdraw") is None for _ in range(100))
    assert passed == ANY.burst


def test_hosts_may_do_more_and_are_bounded_too() -> None:
    pace = Pace(True)
    passed = sum(tries(pace, 10.0, role="host") is None for _ in range(500))
    assert passed == HOST.burst > ANY.burst > COMMANDS["say"].burst


def test_one_persons_haste_is_nobody_elses() -> None:
    pace = Pace(True)
    while tries(pace, 10.0) is None:
        pass
    pace.check_command(SESSION, "bob", "attendee", "say", 10.0)


def test_refused_tries_cost_nothing() -> None:
    pace = Pace(True)
    waits = [tries(pace, 10.0) for _ in range(500)]
    assert waits[-1] == waits[5]
    assert tries(pace, 10.0 + (waits[-1] or 0)) is None


def test_buckets_of_who_left_are_forgotten() -> None:
    pace = Pace(True)
    for number in range(1_000):
        pace.wait(f"p{number}", "say", COMMANDS["say"], 10.0)
    pace.wait("last", "say", COMMANDS["say"], 1_000.0)
    assert len(pace._empty_at) == 1


def test_without_pace_everything_passes() -> None:
    pace = Pace(False)
    assert all(tries(pace, 10.0) is None for _ in range(1_000))


# over a socket


async def test_a_hasty_sender_is_told_and_a_host_beside_is_not(start) -> None:
    server = await start(Settings())
    ada, host = await server.joined("Ada"), await server.joined("Grace", "host")
    answers = [await ada.ask("say", text=f"{number}") for number in range(8)]
    refusals = [answer for answer in answers if answer["op"] == "refused"]
    assert answers[4]["op"] == "done" and refusals
    assert all(r["code"] == "pace.say" and r["retry_after"] > 0 for r in refusals)
    for number in range(40):
        await host.do("say", text=f"{number}")
    assert len(ada.errors) == 0


async def test_a_repeated_ref_is_answered_and_not_paced(start) -> None:
    server = await start(Settings())
    ada = await server.joined("Ada")
    answers = [await ada.do("say", "once", text="hello") for _ in range(30)]
    assert all(answer == answers[0] for answer in answers)


async def test_five_tabs_share_one_persons_pace(start) -> None:
    server = await start(Settings())
    me = server.identity().id
    tabs = [await server.joined("Ada", id=me) for _ in range(5)]
    answers = [await tab.ask("say", text=f"{number}") for number in range(2) for tab in tabs]
    assert [answer["op"] for answer in answers].count("done") <= COMMANDS["say"].burst + 1


async def test_reactions_beyond_the_pace_are_dropped_silently(start) -> None:
    server = await start(Settings())
    ada, bob = await server.joined("Ada"), await server.joined("Bob")
    for _ in range(60):
        await ada.send(op="pulse", topic=TOPIC, reaction="clap")
    await ada.alive()
    await bob.until(lambda: bob.pulses["clap"] >= PULSE.burst)
    assert bob.pulses["clap"] < 60 and not ada.errors
