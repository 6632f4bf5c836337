"""Liveness: a dead link is noticed in time, whatever was heard before, and a live one is left alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from webinar_server.settings import Settings
from webinar_server.web.socket import liveness as module
from webinar_server.web.socket.liveness import Liveness

STEP = 3.0
SETTINGS = Settings()


class Wire:
    """The other side answers pings until it is gone."""

    def __init__(self) -> None:
        self.heard = False
        self.there = True
        self.ended: list[int] = []
        self.pings = self.beats = 0
        self.transport = SimpleNamespace(abort=lambda: None)
        self.outlet = SimpleNamespace(
            wrote=False, written=0, backlog=lambda: 0, ping=self.ping, write=self.write
        )

    def ping(self, frame: bytes) -> None:
        self.pings += 1
        self.beats += bool(frame)
        self.heard = self.heard or self.there

    def write(self, frame: bytes) -> None:
        self.beats += 1

    def end(self, code: int, reason: str) -> None:
        self.ended.append(code)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    monkeypatch.setattr(module, "monotonic", lambda: 0.0)
    return Wire()


def run(wire: Wire, until: float, spoke_at: float = -1.0, gone_at: float = 1e9) -> float:
    """Look as a sweep does; when it was ended, or how far it came."""
    life, now = Liveness(wire, SETTINGS, lambda: b"beat"), 0.0  # type: ignore[arg-type]
    while now < until and not wire.ended:
        now += STEP
        wire.there = now < gone_at
        wire.heard = wire.heard or now - STEP < spoke_at <= now
        if not life.calm(now):
            life.check(now)
    return now


def test_who_answers_is_left_alone_and_hears_a_beat_in_time(wire: Wire) -> None:
    assert run(wire, 600.0) == 600.0 and not wire.ended
    assert 600 / (SETTINGS.beat + STEP) <= wire.beats <= 600 / SETTINGS.beat
    assert wire.pings <= wire.beats + 1


@pytest.mark.parametrize("spoke_at", [-1.0, 1.0, 9.0, 15.0, 16.0, 31.0, 44.0])
@pytest.mark.parametrize("gone_at", [46.0, 50.0, 59.0])
def test_a_dead_link_is_noticed_whatever_was_heard_before(
    wire: Wire, spoke_at: float, gone_at: float
) -> None:
    ended = run(wire, 200.0, spoke_at, gone_at)
    assert wire.ended == [module.SILENT]
    assert ended - gone_at <= SETTINGS.beat + SETTINGS.pong_within + 3 * STEP


def test_who_reads_nothing_is_ended_as_too_slow(wire: Wire) -> None:
    wire.outlet.backlog, wire.outlet.written = lambda: 1_000, 1_000
    life: Any = Liveness(wire, SETTINGS, lambda: b"beat")  # type: ignore[arg-type]
    life.check(SETTINGS.stalled_after - 1)
    assert not wire.ended
    life.check(SETTINGS.stalled_after + 1)
    assert wire.ended == [module.TOO_SLOW]
