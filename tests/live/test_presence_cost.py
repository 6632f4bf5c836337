"""What presence costs: it looks up who is with a worker, and never goes through all who were ever here."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.live.house import House, soon, submit
from tests.web.client import until
from webinar_server.live import presence as module
from webinar_server.session.attendance import Depart
from webinar_server.session.people import Person
from webinar_server.state import Change, Entry, State, seal


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Each time all of a kind were gone through."""
    looked, all_of = [], State.all

    def counted(self: State, kind: Any) -> Any:
        looked.append(kind)
        return all_of(self, kind)

    monkeypatch.setattr(State, "all", counted)
    return looked


async def test_nobody_is_gone_through(house: House, looked: list[Any]) -> None:
    await house.arrive("ada", "bob")
    assert house.presence.busy
    house.presence.restored()
    house.presence.check()
    assert Person not in looked
    assert set(house.presence._leaving) == {"ada", "bob"}, "who has no connection here"
    house.presence.stop()


async def test_a_room_that_all_have_left_is_not_busy(house: House) -> None:
    await house.arrive("ada")
    await soon(submit(house.room, "ada", Depart()))
    assert not house.presence.busy and house.room.state.get(Person, "ada") is not None


async def test_who_is_here_with_no_worker_in_an_old_log_is_let_go(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = house.room.state
    person = Person(id="old", name="Old", here=True)
    seq = state.position.seq + 1
    changes = (Change("person", "old", person),)
    entry = Entry(seq=seq, at=0, by="old", command="arrive", ref="", result={}, changes=changes)
    await house.log.append(house.room.topic, state.position, [seal(state.position, entry)])
    await house.restart()
    assert house.presence.busy
    house.presence.stop()
    monkeypatch.setattr(module, "EXTRA_AFTER_RESTART", -house.settings.grace)
    house.presence.restored()
    await until(lambda: not house.room.state.get(Person, "old").here, "let go")  # type: ignore[union-attr]
    await asyncio.sleep(0)
    assert not house.presence.busy
