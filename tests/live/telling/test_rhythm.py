"""The rhythm of a room: when it tells, and when it commits, on a clock of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from tests.live.house import TOPIC, Watcher
from webinar_server.live.telling import fanout, rhythm
from webinar_server.live.telling.codec import JSON
from webinar_server.live.telling.fanout import FanOut
from webinar_server.live.telling.share import Share
from webinar_server.live.worker import Worker
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session import SESSION
from webinar_server.session.chat import Message
from webinar_server.settings import Settings
from webinar_server.state import START, Change, Entry, State, seal


class Clock:
    """Time that passes when told to; stands in for the loop, the monotonic clock and the processor's."""

    def __init__(self) -> None:
        self.now = 100.0
        self.due: list[tuple[float, Callable[[], None]]] = []

    def call_later(self, wait: float, call: Callable[..., None], *arguments: Any) -> Any:
        entry = (self.now + wait, partial(call, *arguments))
        self.due.append(entry)
        return SimpleNamespace(cancel=lambda: self.due.remove(entry) if entry in self.due else None)

    def call_soon(self, call: Callable[..., None], *arguments: Any) -> Any:
        return self.call_later(0.0, call, *arguments)

    def run(self) -> float:
        """Let the next thing happen; how long it took until then."""
        entry = min(self.due, key=lambda due: due[0])
        self.due.remove(entry)
        waited = max(0.0, entry[0] - self.now)
        self.now += waited
        entry[1]()
        return waited


class Tick:
    """A fan-out on that clock, its viewer costing as many seconds as the test says."""

    def __init__(self, clock: Clock, settings: Settings, share: Share | None = None) -> None:
        self.clock = clock
        self.cost = 0.0
        # what the transport does with it a turn later
        self.cost_after = 0.0
        self.told = 0
        self.state = State(SESSION.kinds)
        worker = Worker(SqliteLog("."), settings)
        worker.share = share or worker.share
        self.fanout = FanOut(TOPIC, self.state, worker)
        viewer = Watcher("ada", "attendee", JSON)
        viewer.write = self._write  # type: ignore[method-assign]
        self.fanout.attach(viewer, None)
        self.told = 0

    def news(self, count: int = 1) -> None:
        """Somebody says something."""
        for _ in range(count):
            seq = self.state.position.seq + 1
            message = Message(id=f"m{seq}", by="bob", name="Bob", role="attendee", text="hi", at=0)
            changes = (Change("message", message.id, message),)
            entry = Entry(seq=seq, at=0, by="bob", command="say", ref="", result={}, changes=changes)
            self.state.put(entry, seal(self.state.position if seq > 1 else START, entry).tag)
        self.fanout.notify()

    def flush(self) -> float:
        """The next flush, and the turn of the loop after it; how long it waited."""
        waited = self.clock.run()
        self.clock.now += self.cost_after
        assert self.clock.run() == 0.0
        return waited

    def _write(self, frame: bytes) -> None:
        self.told += 1
        self.clock.now += self.cost


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for name in ("cpu", "monotonic"):
        monkeypatch.setattr(rhythm, name, lambda: clock.now)
    monkeypatch.setattr(fanout, "cpu", lambda: clock.now)
    for module in (fanout, rhythm):
        monkeypatch.setattr(module, "asyncio", SimpleNamespace(get_running_loop=lambda: clock))
    return clock


SETTINGS = Settings(fan_out_share=0.05, pause_least=0.010, pause_most=0.250)


def test_after_quiet_it_is_told_at_once(clock: Clock) -> None:
    tick = Tick(clock, SETTINGS)
    for _ in range(3):
        clock.now += 10.0
        tick.news()
        assert tick.flush() == 0.0
    assert tick.told == 3


@pytest.mark.parametrize(
    ("cost", "pause"), [(0.0, 0.010), (0.0004, 0.010), (0.002, 0.040), (0.010, 0.200), (1.0, 0.250)]
)
def test_the_pause_is_a_multiple_of_the_cost_between_its_bounds(
    clock: Clock, cost: float, pause: float
) -> None:
    tick = Tick(clock, SETTINGS)
    tick.cost = cost
    tick.news()
    tick.flush()
    tick.news()
    assert tick.flush() == pytest.approx(pause)


def test_what_transports_write_after_the_turn_counts_too(clock: Clock) -> None:
    tick = Tick(clock, SETTINGS)
    tick.cost, tick.cost_after = 0.001, 0.003
    tick.news()
    tick.flush()
    tick.news()
    assert tick.flush() == pytest.approx(0.004 / 0.05 - 0.003)


def test_news_during_the_pause_are_told_together(clock: Clock) -> None:
    tick = Tick(clock, SETTINGS)
    tick.news()
    tick.flush()
    for _ in range(50):
        tick.news()
        clock.now += 0.0001
    assert len(clock.due) == 1
    tick.flush()
    assert tick.told == 2 and not clock.due


def test_much_news_does_not_wait_for_the_end_of_the_pause(clock: Clock) -> None:
    tick = Tick(clock, SETTINGS)
    tick.news()
    tick.flush()
    tick.news(SETTINGS.flush_most - 1)
    assert len(clock.due) == 1 and clock.due[0][0] > clock.now
    tick.news()
    assert len(clock.due) == 1 and tick.flush() == 0.0


def test_no_message_leaves_the_state_before_it_was_told() -> None:
    settings = Settings()
    assert settings.flush_most - 1 + settings.batch_max <= Message.WINDOW.missed


def test_answers_are_given_after_the_news_they_announce(clock: Clock) -> None:
    tick, answered = Tick(clock, SETTINGS), []
    for _ in range(3):
        tick.news()
        tick.fanout.notify(lambda: answered.append(tick.told))
    assert answered == []
    clock.run()
    assert answered == [1, 1, 1]


def test_commands_are_committed_in_time_for_the_flush(clock: Clock) -> None:
    tick = Tick(clock, SETTINGS)
    rhythm = tick.fanout.rhythm
    assert rhythm.until_commit() < 0, "at once, after quiet"
    tick.cost = 0.005
    tick.news()
    tick.flush()
    assert rhythm.until_commit() == pytest.approx(rhythm.until_flush()) == pytest.approx(0.1)
    rhythm.appended(0.020)
    assert rhythm.until_commit() == pytest.approx(0.080), "as much earlier as an append takes"
    rhythm.appended(0.001)
    assert rhythm.until_commit() < 0.090, "and remembers that it may take longer"
    rhythm.appended(3.0)
    assert rhythm.until_commit() == pytest.approx(0.050), "but never so early that nothing gathers"


# several busy rooms on one worker


def told_in(clock: Clock, costs: list[float], settings: Settings, seconds: float = 60.0) -> list[int]:
    """How often each of several rooms, in which all the time something is said, told its viewer."""
    share = Share(settings)
    ticks = [Tick(clock, settings, share) for _ in costs]
    for tick, cost in zip(ticks, costs, strict=True):
        tick.cost = cost
    end = clock.now + seconds
    while clock.now < end:
        for tick in ticks:
            if tick.fanout._timer is None:
                tick.news()
        clock.run()
    return [tick.told for tick in ticks]


def part(costs: list[float], told: list[int], seconds: float = 60.0) -> float:
    return sum(cost * count for cost, count in zip(costs, told, strict=True)) / seconds


PATIENT = Settings(fan_out_share=0.10, pause_least=0.058, pause_most=10.0)


@pytest.mark.parametrize("rooms", [1, 3, 10, 30])
def test_busy_rooms_share_what_one_may_use(clock: Clock, rooms: int) -> None:
    costs = [0.010] * rooms
    told = told_in(clock, costs, PATIENT)
    assert part(costs, told) == pytest.approx(0.10, rel=0.15)
    assert max(told) - min(told) <= 0.1 * max(told)


def test_a_cheap_room_is_not_slowed_by_a_costly_one(clock: Clock) -> None:
    costs = [0.0005, 0.030, 0.030]
    cheap, *costly = told_in(clock, costs, PATIENT)
    assert cheap == pytest.approx(60 / (0.058 + 0.0005), rel=0.15)
    assert part(costs, [cheap, *costly]) == pytest.approx(0.10, rel=0.15)


def test_a_room_that_fell_quiet_leaves_its_part_to_the_others(clock: Clock) -> None:
    share = Share(PATIENT)
    assert share.pause("a", 0.010, 0.0) == pytest.approx(0.1)
    assert share.pause("b", 0.010, 0.0) == pytest.approx(0.2)
    assert share.pause("b", 0.010, 0.3) == pytest.approx(0.1), "a has told nobody for two of its pauses"


def test_pauses_stay_short_until_telling_is_half_of_what_a_worker_does(clock: Clock) -> None:
    few, many = [0.004] * 10, [0.004] * 100
    assert part(few, told_in(clock, few, Settings())) == pytest.approx(10 * 0.004 / 0.154, rel=0.15)
    assert part(many, told_in(clock, many, Settings())) == pytest.approx(0.5, rel=0.1)
