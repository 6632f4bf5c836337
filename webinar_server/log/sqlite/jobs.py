"""Jobs: what is asked of the thread that has the file, and how its callers are answered on the loop."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any, NamedTuple


class Job(NamedTuple):
    """One call: what to run on the thread, and who waits for it."""

    run: Callable[[sqlite3.Connection], Any]
    writes: bool
    waiter: asyncio.Future[Any]


class Outcome(NamedTuple):
    """What a call is answered, by value or by exception."""

    waiter: asyncio.Future[Any]
    value: Any
    error: Exception | None


def run(db: sqlite3.Connection, job: Job) -> Outcome:
    """A job's outcome. Errors of the file itself are raised, as they concern its neighbours too."""
    try:
        return Outcome(job.waiter, job.run(db), None)
    except sqlite3.Error:
        raise
    except Exception as error:
        return Outcome(job.waiter, None, error)


def answer(outcomes: list[Outcome]) -> None:
    for waiter, value, error in outcomes:
        if waiter.done():
            continue  # its caller gave up; the job is done all the same
        if error is None:
            waiter.set_result(value)
        else:
            waiter.set_exception(error)
