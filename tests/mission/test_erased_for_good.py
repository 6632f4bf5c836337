"""Erased for good: it is finished after a crash at any step, an older copy brings nobody back, and after a
mission's kept days everybody is erased, and the numbers stay."""

from __future__ import annotations

import pathlib
import shutil
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import msgspec
import pytest

from tests.mission.scene import CREATED, scene
from tests.web.client import until
from tests.web.conftest import pytest_asyncio_loop_factories
from webinar_server.errors import StorageError
from webinar_server.live.committing import Request
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import said, say, to_nobody
from webinar_server.log import Snapshot
from webinar_server.log.erasures import Erasures
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission.admission import Invite
from webinar_server.mission.erasing import Erase
from webinar_server.mission.mission import CreateMission
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import PlanSlot
from webinar_server.mission.report import report_of
from webinar_server.session.attendance import Arrive
from webinar_server.session.people import Person
from webinar_server.session.programme import CreateSession
from webinar_server.settings import Settings
from webinar_server.state import Actor, Answer, Command, Erased, State

__all__ = ["pytest_asyncio_loop_factories"]

TOPIC, SESSION = "mission/ev-2027", "session/depots"


class Breaking(SqliteLog):
    """The real log; once it is to break at a step, that and all after it fail."""

    step = ""
    broken = False

    def _at(self, step: str) -> None:
        self.broken = self.broken or step == self.step
        if self.broken:
            raise StorageError("the machine is gone")

    async def save_snapshot(self, topic: str, snapshot: Snapshot) -> None:
        self._at("snapshot")
        await super().save_snapshot(topic, snapshot)

    async def cut(self, topic: str, seq: int) -> None:
        self._at("cut")
        await super().cut(topic, seq)

    async def forget(self) -> tuple[str, ...]:
        self._at("forget")
        return await super().forget()


async def opened(folder: pathlib.Path, log: SqliteLog | None = None) -> Hub:
    hub = Hub(log or SqliteLog(folder), Settings(pace=False), Erasures(folder).read())
    await hub.open()
    return hub


async def room(hub: Hub, topic: str) -> Room:
    found = await hub.room(topic)
    assert found is not None
    return found


async def done(hub: Hub, topic: str, command: Command) -> dict[str, Any]:
    outcome = await say(await room(hub, topic), command)
    assert isinstance(outcome, Answer), outcome
    return outcome.result


async def begun(hub: Hub) -> str:
    """A mission with a session, in which Ada was; her id."""
    assert isinstance(await hub.begin(TOPIC, msgspec.convert(CREATED, CreateMission)), Answer)
    ada = await done(hub, TOPIC, Invite(name="Ada Kanarie", email="kanarie@example.org"))
    create = CreateSession(session="depots", title="Depots", mission="ev-2027")
    assert isinstance(await hub.begin(SESSION, create), Answer)
    await done(hub, TOPIC, PlanSlot(session="depots", title="Depots", starts_at=0, ends_at=1))
    actor = Actor(ada["id"], "Ada Kanarie", "attendee", 5, "v1")
    arrival = Request(actor, "", Arrive(name="Ada Kanarie", week={"sessions": 0}), to_nobody)
    assert isinstance((await said(await room(hub, SESSION), [arrival]))[0], Answer)
    return str(ada["id"])


async def finished(hub: Hub, person: str) -> None:
    for topic in (TOPIC, SESSION):
        state = (await room(hub, topic)).state
        await until(partial(is_done, state, person), f"{topic} is done")


def is_done(state: State, person: str) -> bool:
    known = state.get(Erased, person)
    return known is not None and known.done


def found(folder: pathlib.Path) -> list[str]:
    return [path.name for path in folder.iterdir() if b"anarie" in path.read_bytes()]


@pytest.fixture
async def folder(tmp_path: pathlib.Path) -> AsyncIterator[pathlib.Path]:
    yield tmp_path


@pytest.mark.parametrize("step", ["snapshot", "cut", "forget"])
async def test_what_a_crash_left_half_done_is_finished_at_the_next_start(
    folder: pathlib.Path, step: str
) -> None:
    log = Breaking(folder)
    hub = await opened(folder, log)
    ada = await begun(hub)
    log.step = step
    await done(hub, TOPIC, Erase(participant=ada))
    await until(lambda: log.broken, "broken")
    await hub.close()
    hub = await opened(folder)
    await finished(hub, ada)
    assert found(folder) == []
    await hub.close()


async def test_an_older_copy_of_the_log_brings_nobody_back(folder: pathlib.Path) -> None:
    hub = await opened(folder)
    ada = await begun(hub)
    await hub.close()
    shutil.copy(folder / "log.db", folder.parent / "backup.db")
    hub = await opened(folder)
    await done(hub, TOPIC, Erase(participant=ada))
    await finished(hub, ada)
    await hub.close()
    shutil.copy(folder.parent / "backup.db", folder / "log.db")
    assert found(folder) == ["log.db"] and ada.encode() in (folder / "erased").read_bytes()
    hub = await opened(folder)
    await finished(hub, ada)
    assert (await room(hub, TOPIC)).state.get(Participant, ada) is None
    assert (await room(hub, SESSION)).state.get(Person, ada) is None
    await hub.close()
    assert found(folder) == []


async def test_a_list_that_was_cut_off_is_read_as_far_as_it_is_whole(folder: pathlib.Path) -> None:
    Erasures(folder).add(TOPIC, ["ada", "bob"])
    with (folder / "erased").open("ab") as file:
        file.write(b'\n["mission/ev-20')
    again = Erasures(folder).read()
    assert again.of(TOPIC) == {"ada", "bob"}
    again.add(TOPIC, ["cyd"])
    assert Erasures(folder).read().of(TOPIC) == {"ada", "bob", "cyd"}


# keeping


def test_everybody_is_erased_after_the_days_for_which_they_are_kept_and_the_numbers_stay() -> None:
    story = scene(*(f"p{n}" for n in range(60)))
    story.given("ori", "plan_slot", session="depots", title="Depots", starts_at=0, ends_at=1)
    for n in range(7):
        story.given("server", "note_part", session="depots", participant=f"p{n}", came=5)
    before = report_of(story.state)
    assert story.about.due is not None
    alarm = story.about.due(story.state)
    assert alarm is not None and alarm.command.NAME == "forget_all"
    story.when("server", "forget_all").then_refused("participant.gone")
    story.at = alarm.at
    while (alarm := story.about.due(story.state)) is not None:
        story.given("server", alarm.command.NAME)
    assert story.state.count(Participant) == 0 and story.state.count(Erased) == 61
    assert report_of(story.state) == before and before["came"] == 5


def test_nobody_is_erased_by_a_slip_of_the_pen() -> None:
    story = scene("ada")
    alarm = story.about.due(story.state) if story.about.due else None
    assert alarm is not None
    story.at = alarm.at - 1_000
    story.when("ori", "change_mission", kept_days=1).then_refused("mission.kept")
    story.when("ori", "change_mission", kept_days=200).then_done()
