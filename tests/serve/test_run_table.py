"""`session check`: what a run of show breaks, at a terminal."""

from __future__ import annotations

import asyncio
import pathlib

from tests.web.process import prints
from tests.web.process import run as terminal
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session import SESSION
from webinar_server.session.run.segments import EmptyRun, FillRun
from webinar_server.settings import Settings
from webinar_server.state import Command


def done(data: pathlib.Path, *commands: Command) -> None:
    async def run() -> None:
        hub = Hub(SqliteLog(data), Settings(pace=False))
        await hub.open()
        room = await hub.room(SESSION.topic("wind"))
        assert room is not None
        for command in commands:
            await say(room, command)
        await hub.close()

    asyncio.run(run())


def test_a_bad_plan_is_told_rule_by_rule_and_a_good_one_is_good(tmp_path: pathlib.Path) -> None:
    data = tmp_path / "data"
    prints("session", "add", "wind", "--title", "Wind at sea", "--data", data)
    done(data, FillRun(example="bad"))
    ended = terminal("session", "check", "wind", "--data", data)
    assert ended.returncode == 1
    for rule in ("no_greeting:", "monologue (1. talk):", "same (1. talk, 2. talk, 3. talk):", "too_long:"):
        assert rule in ended.stdout
    done(data, EmptyRun(), FillRun(example="good"))
    assert prints("session", "check", "wind", "--data", data) == ["nothing to mend"]
