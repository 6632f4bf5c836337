"""A lively hour in little: memory and descriptors are bounded by who is there, not by how long it lasts."""

from __future__ import annotations

import asyncio
import pathlib

from tests.faults.soak import LOOKS, Soak
from tests.faults.trial import LONG

SECONDS = 120.0 if LONG else 12.0
PEOPLE = 300 if LONG else 80
GROWN_KB = 3.0 if LONG else 8.0
"""For each entry: until limits are met a message, its tag and the answer to its ref are kept, some 2 kB."""

SLACK_MB = 3.0
"""By which a process may grow for no reason of ours."""


async def test_a_lively_hour_ends_as_it_began(tmp_path: pathlib.Path) -> None:
    soak = await asyncio.to_thread(Soak, tmp_path, PEOPLE, 60.0, 4.0)
    try:
        await soak.run(SECONDS)
        inside, after = soak.looks[1 : LOOKS + 2], soak.looks[-1]
        middle, last = inside[len(inside) // 2], inside[-1]
        done = last.entries - middle.entries
        assert done > 20 * SECONDS, "it was lively"
        assert (last.memory - middle.memory - SLACK_MB) * 1024 < GROWN_KB * done, soak.looks
        assert max(look.files for look in inside) - min(look.files for look in inside) <= 6, soak.looks
        assert after.files <= soak.looks[0].files + 2
        assert soak.counted("webinar_rooms_idle_closed_total") == 1
        said = [line for line in soak.worker.said().splitlines() if "WEBINAR_PACE" not in line]
        assert said == []
        assert await asyncio.to_thread(soak.worker.stop) == 0
    finally:
        soak.worker.kill()
