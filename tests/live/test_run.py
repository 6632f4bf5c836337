"""The run of show on two workers: hosts who press next at once make one step, not two."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.live.house import soon, submit
from tests.live.workers import QUICK, Worker, in_step
from webinar_server.session.run.records import the_run
from webinar_server.state import Answer


async def told(worker: Worker, who: str, command: str, **args: Any) -> Answer:
    outcome = await soon(submit(worker.room, who, worker.room.about.parse(command, args)))
    assert isinstance(outcome, Answer), outcome
    return outcome


@pytest.mark.parametrize("pair", [QUICK], indirect=True, ids=["quick"])
async def test_two_hosts_who_press_next_at_once_on_two_workers_make_one_step(pair: list[Worker]) -> None:
    one, two = pair
    await told(one, "host", "fill_run", example="good")
    await told(one, "host", "start_run")
    for at in range(4):
        await in_step(one, two)
        run = the_run(one.room.state)
        assert run.current == run.order[at]
        leaving = {"leaving": run.current}
        both = (told(one, "host", "next_segment", **leaving), told(two, "cohost", "next_segment", **leaving))
        await asyncio.gather(*both)
    await in_step(one, two)
    assert [the_run(worker.room.state).current for worker in pair] == [the_run(one.room.state).order[4]] * 2
