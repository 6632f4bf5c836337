"""Tasks end together, also those in which a cancellation was lost."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from webinar_server import tasks


async def test_a_task_in_which_a_cancellation_was_lost_ends_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "CANCELLED_WITHIN", 0.05)
    owner, lost = tasks.Tasks(), 0

    async def ask_again() -> None:
        nonlocal lost
        while True:
            with suppress(RuntimeError):
                try:
                    await asyncio.sleep(3600)
                except asyncio.CancelledError:
                    lost += 1
                    if lost == 1:
                        raise RuntimeError("closed while it was asked") from None
                    raise

    asking = owner.start("ask", ask_again())
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await owner.stop()
    assert asking.cancelled() and lost == 2
