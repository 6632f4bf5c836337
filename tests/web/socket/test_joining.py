"""What one person may have others do by coming back: joins, what these send, and what the log is asked."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from tests.web.server import TOPIC, LiveServer
from webinar_server import metrics
from webinar_server.clock import monotonic
from webinar_server.limits import JOIN_BYTES, JOINS, JOINS_AHEAD, Rate
from webinar_server.live.pace import Pace
from webinar_server.settings import Settings


def exceeded(limit: str) -> float:
    return float(metrics.EXCESS.labels(limit)._value.get())


def forgiven(rate: Rate, began: float) -> int:
    """How many may be let through beyond the burst by now, on however slow a machine."""
    return math.ceil((monotonic() - began) / rate.each)


async def errors_of_joins(server: LiveServer, at: Any, joins: int, each: int = 4) -> list[str]:
    """As one person, over as many connections as it takes."""
    errors: list[str] = []
    while joins > 0:
        client = await server.connected("Mallory", id="mallory")
        for _ in range(min(each, joins)):
            await client.send(op="join", topic=TOPIC, at=at)
        await client.alive()
        errors += client.errors
        await client.close()
        joins -= each
    return errors


async def test_coming_back_is_counted_by_person_over_all_their_connections(start: Callable[..., Any]) -> None:
    server = await start(Settings())
    before = exceeded("joins")
    at = [server.state().position.seq, server.state().position.tag]
    began = monotonic()
    errors = await errors_of_joins(server, at, JOINS.burst + 12)
    assert 12 - forgiven(JOINS, began) <= len(errors) <= 12 and set(errors) <= {"pace.join"}
    assert exceeded("joins") - before == len(errors)
    # others come in as always, and what was refused ended nothing
    await server.joined("Ada")


async def test_positions_from_the_future_are_looked_for_a_few_times(start: Callable[..., Any]) -> None:
    server = await start(Settings())
    began, before = monotonic(), exceeded("joins ahead")
    errors = await errors_of_joins(server, [2**53 - 1, "x"], JOINS_AHEAD.burst + 5)
    refused = errors.count("pace.join")
    assert 5 - forgiven(JOINS_AHEAD, began) <= refused <= 5
    assert exceeded("joins ahead") - before == refused


async def test_who_was_sent_much_waits_before_they_are_sent_more(start: Callable[..., Any]) -> None:
    server = await start(Settings())
    ada = await server.joined("Ada")
    id, now = ada.hello["you"]["id"], monotonic()
    assert server.hub.worker.pace.wait(id, "bytes of joins", Rate(JOIN_BYTES.each, 100), now), (
        "its join was counted"
    )
    server.hub.worker.pace.spend(id, "bytes of joins", JOIN_BYTES, 2 * JOIN_BYTES.burst, now)
    await ada.send(op="join", topic=TOPIC, at=None)
    await ada.until(lambda: ada.errors == ["pace.join"], "refused")
    assert (await ada.do("say", text="still here"))["op"] == "done"


def test_what_was_spent_is_paid_back_in_time() -> None:
    pace = Pace(enabled=True)
    for _ in range(3):
        pace.spend("ada", "bytes", JOIN_BYTES, JOIN_BYTES.burst, 0.0)
    wait = pace.wait("ada", "bytes", JOIN_BYTES, 0.0)
    assert 60 < wait < 70, "twice the burst at 256 kB a second"
    assert pace.wait("bea", "bytes", JOIN_BYTES, 0.0) == 0
    assert pace.wait("ada", "bytes", JOIN_BYTES, wait + 0.1) == 0


def test_without_pace_nothing_is_counted() -> None:
    pace = Pace(enabled=False)
    pace.spend("ada", "bytes", JOIN_BYTES, 10 * JOIN_BYTES.burst, 0.0)
    assert pace.wait("ada", "bytes", JOIN_BYTES, 0.0) == 0
