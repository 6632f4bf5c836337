"""Seldom: repeated trouble is one line at once, and one line a minute with its count."""

from __future__ import annotations

import asyncio
import gc
import logging
import weakref
from itertools import count

import pytest

from webinar_server import seldom as module
from webinar_server.errors import StorageError
from webinar_server.seldom import Seldom

log = logging.getLogger("webinar_server.somewhere")
BRIEF = 0.3


def said(caplog: pytest.LogCaptureFixture) -> list[tuple[str, int]]:
    return [(record.getMessage(), record.count) for record in caplog.records]  # type: ignore[attr-defined]


async def test_a_storm_is_said_at_once_and_its_rest_after_a_while_though_it_is_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seldom = Seldom(log, each=BRIEF)
    for _ in range(1_000):
        seldom.warning("rubbish")
    assert said(caplog) == [("rubbish", 1)]
    await asyncio.sleep(2 * BRIEF)
    assert said(caplog) == [("rubbish", 1), ("rubbish", 999)]
    await asyncio.sleep(2 * BRIEF)
    assert len(caplog.records) == 2, "nothing more happened"


def test_without_a_loop_the_rest_is_said_with_the_next(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = count(0, 20)
    monkeypatch.setattr(module, "monotonic", now.__next__)
    seldom = Seldom(log)
    for _ in range(8):
        seldom.error("rubbish")
    assert said(caplog) == [("rubbish", 1), ("rubbish", 3), ("rubbish", 3)]


def test_another_event_or_another_reason_does_not_wait_for_the_first(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seldom = Seldom(log)
    for reason in ("the disk is full", "Redis is full", "the disk is full"):
        seldom.error("no log", StorageError(reason))
        seldom.error("no descriptors")
    assert said(caplog) == [("no log", 1), ("no descriptors", 1), ("no log", 1)]


def test_of_an_error_of_our_own_the_words_are_said_and_of_others_the_place(
    caplog: pytest.LogCaptureFixture,
) -> None:
    seldom = Seldom(log)
    seldom.error("no log", StorageError("the disk is full"), topic="session/s1")
    seldom.error("a fault", ValueError("x"))
    ours, other = caplog.records
    assert (ours.reason, ours.topic, ours.exc_info) == ("the disk is full", "session/s1", None)  # type: ignore[attr-defined]
    assert other.exc_info is not None and other.exc_info[0] is ValueError


def test_what_differs_each_time_makes_nothing_grow(caplog: pytest.LogCaptureFixture) -> None:
    seldom = Seldom(log)
    for number in range(10 * module.KINDS_MAX):
        seldom.error("no log", StorageError(f"reason {number}"))
    assert len(seldom._kinds) <= module.KINDS_MAX + 1
    assert len(caplog.records) <= module.KINDS_MAX + 1


def test_an_error_that_was_said_is_not_held_on_to() -> None:
    class Fault(Exception):
        pass

    seldom = Seldom(logging.getLogger("webinar_server.unheard"))
    seldom._logger.disabled = True
    fault = Fault()
    kept = weakref.ref(fault)
    seldom.error("a fault", fault)
    del fault
    gc.collect()
    assert kept() is None
