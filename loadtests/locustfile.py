"""What `locust -f loadtests/locustfile.py` loads: the users of the plan, and what is written down at the end.

The plan comes from the runner (`python -m loadtests`), which starts locust; see plan.py.
"""

from __future__ import annotations

import gc
import time
from collections import Counter, defaultdict
from typing import Any

import gevent
import msgspec
from locust import events
from locust.runners import WorkerRunner

from loadtests import attackers, outcome, plan, tally
from loadtests.outcome import Outcome, Row, Trouble
from loadtests.people import Seat
from loadtests.scenes import SCENES
from loadtests.user import LiveUser
from loadtests.verdict import on_screens

LEAD = 0.5
"""Seconds from the first user to the beginning of the scene, so that all of them are there for it."""

TICK = 0.1
PATIENCE = 10.0
"""Seconds beyond the scene's own for what was said to be on every screen; how late it was is in `SEE say`."""

GARBAGE = 100_000, 50, 100
"""Garbage is looked for this seldom: 2,000 users are many objects, and each look through all of them took 50
to 90 ms in which locust heard nothing (measured with `five` and `full-house`)."""

PLAN = plan.read()

_began: list[float] = []


def began() -> float:
    """The beginning of the scene in this process, monotonic."""
    if not _began:
        _began.append(time.monotonic() + LEAD)
    return _began[0]


def users() -> dict[str, type[LiveUser]]:
    """A class of users for each cast of the scene, as many of it as have a seat."""
    seats: dict[str, list[Seat]] = defaultdict(list)
    for seat in PLAN.seats():
        seats[type(SCENES[PLAN.scene].casting(seat)).__name__].append(seat)
    return {name: _users(name, found) for name, found in seats.items()}


def _users(name: str, seats: list[Seat]) -> type[LiveUser]:
    free = iter(seats)
    members = {
        "abstract": False,
        "fixed_count": len(seats),
        "plan": PLAN,
        "moments": MOMENTS,
        "claim": staticmethod(lambda: plan.claim(PLAN, free)),
        "began": staticmethod(began),
    }
    return type(name, (LiveUser,), members)


def watch_own_delay(environment: Any) -> None:
    """How late this process is with what it wants to do: locust's own share in every time it measures."""
    while True:
        due = time.monotonic() + TICK
        gevent.sleep(TICK)
        environment.events.request.fire(
            request_type="LOCUST",
            name="own delay",
            response_time=max(0.0, time.monotonic() - due) * 1000,
            response_length=0,
            exception=None,
            context={},
        )


def end(environment: Any) -> None:
    """The scene is as long as it is meant to be, however long locust took to begin."""
    gevent.sleep(began() + PLAN.seconds - time.monotonic())
    patience = time.monotonic() + PATIENCE
    while environment.parsed_options.processes is None and time.monotonic() < patience and not _all_seen():
        gevent.sleep(TICK)
    environment.runner.quit()


def _all_seen() -> bool:
    return on_screens(tally.counts, len(PLAN.entrances)) in (None, 100)


@events.test_start.add_listener
def on_test_start(environment: Any, **_: Any) -> None:
    began()
    if _is_main(environment):
        attackers.begun(PLAN.folder).write_text(str(began()))
        gevent.spawn(end, environment)
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    if not _is_main(environment) or environment.parsed_options.processes is None:
        gevent.spawn(watch_own_delay, environment)


@events.user_error.add_listener
def on_user_error(user_instance: LiveUser, exception: Exception, tb: Any, **_: Any) -> None:
    """A mistake of ours fails the run; locust by itself would only write it down."""
    user_instance.failed(exception)


@events.report_to_master.add_listener
def on_report(client_id: str, data: dict[str, Any], **_: Any) -> None:
    data["tally"] = dict(tally.counts)
    tally.counts.clear()


@events.worker_report.add_listener
def on_worker_report(client_id: str, data: dict[str, Any], **_: Any) -> None:
    tally.counts.update(Counter(data.get("tally", {})))


@events.quitting.add_listener
def on_quitting(environment: Any, **_: Any) -> None:
    if _is_main(environment):
        outcome.path(PLAN.folder).write_bytes(msgspec.json.encode(_outcome(environment)))


def _outcome(environment: Any) -> Outcome:
    stats = environment.stats
    return Outcome(
        requests={f"{type} {name}": _row(entry) for (name, type), entry in stats.entries.items()},
        counts=dict(tally.counts),
        troubles=[
            Trouble(f"{e.method} {e.name}", str(e.error), e.occurrences) for e in stats.errors.values()
        ],
        sessions=len(PLAN.entrances),
        attendees=sum(len(entrance.attendees) for entrance in PLAN.entrances),
        people=sum(1 for _ in PLAN.seats()),
        began=began(),
        ended=time.monotonic(),
    )


def _row(entry: Any) -> Row:
    return Row(
        count=entry.num_requests,
        failures=entry.num_failures,
        p50=entry.get_response_time_percentile(0.5),
        p99=entry.get_response_time_percentile(0.99),
        most=entry.max_response_time,
    )


def _is_main(environment: Any) -> bool:
    return not isinstance(environment.runner, WorkerRunner)


MOMENTS = tally.Moments(PLAN.folder)
globals().update(users())
