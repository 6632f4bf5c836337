"""What nobody waits for: who comes and goes is told to the audience together, and to nobody too late."""

from __future__ import annotations

import pathlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.live.house import House, Watcher, submit
from tests.web.client import until
from webinar_server.live.telling import views
from webinar_server.session.attendance import Arrive
from webinar_server.session.chat import Message
from webinar_server.session.people import Person
from webinar_server.settings import Settings
from webinar_server.state import Position

LONG, SHORT = 3600.0, 0.4
"""Seconds between two tellings of what nobody waits for: until the test says so, and by itself."""

COMERS = [f"p{number}" for number in range(5)]


@pytest.fixture
async def calm(tmp_path: pathlib.Path) -> AsyncIterator[House]:
    """A session of which the audience was just told who came."""
    house = await House(tmp_path / "calm", Settings(pace=False, calm_pause=LONG)).open()
    await house.arrive("ada")
    yield house
    await house.close()


async def begun(house: House) -> tuple[Watcher, Watcher]:
    """An attendee and a host, once the first has been told of one arrival; the next ones wait."""
    attendee, host = house.watch("ada"), house.watch("host", "host")
    await house.arrive("bob")
    await until(lambda: "bob" in attendee.screen.of("person"), "the first is told at once")
    return attendee, host


async def untold(house: House) -> Watcher:
    """An attendee who was told their own news, but not who came before it."""
    attendee, _ = await begun(house)
    await house.arrive(*COMERS)
    await house.do("ada", "introduce", say_as="AY-da")
    assert attendee.screen.of("person")["ada"]["say_as"] == "AY-da"
    assert "p0" not in attendee.screen.of("person")
    assert attendee.screen.at is not None and attendee.screen.at[0] == house.room.state.position.seq
    return attendee


def later(house: House) -> None:
    """It is time for it."""
    house.room.fanout.rhythm.let_calm()
    house.room.fanout.notify()


def people(frames: list[Any]) -> list[list[str]]:
    """Whom each frame that speaks of people speaks of."""
    return [sorted(frame["put"]["person"]) for frame in frames if "person" in frame["put"]]


async def test_who_comes_is_told_to_hosts_at_once_and_to_the_audience_together(calm: House) -> None:
    attendee, host = await begun(calm)
    heard = len(attendee.screen.frames)
    for who in COMERS:
        await calm.arrive(who)
    assert set(COMERS) <= set(host.screen.of("person")), "done is said after the hosts were told"
    assert people(attendee.screen.frames[heard:]) == []
    later(calm)
    await until(lambda: len(attendee.screen.frames) > heard, "told in the end")
    assert people(attendee.screen.frames[heard:]) == [COMERS]
    assert attendee.screen.at == calm.room.state.position


async def test_it_is_told_by_itself_when_there_is_no_other_news(tmp_path: pathlib.Path) -> None:
    house = await House(tmp_path / "calm", Settings(pace=False, calm_pause=SHORT)).open()
    attendee, _ = await begun(house)
    await house.arrive("cem")
    assert "cem" not in attendee.screen.of("person")
    await until(lambda: "cem" in attendee.screen.of("person"), "told by itself")
    await house.close()


async def test_it_comes_along_with_what_is_told_anyway(calm: House) -> None:
    attendee, _ = await begun(calm)
    await calm.arrive("cem")
    heard = len(attendee.screen.frames)
    id = await calm.create("bob", "say", text="hello")
    [frame] = attendee.screen.frames[heard:]
    assert id in frame["put"]["message"] and "cem" in frame["put"]["person"]
    assert attendee.screen.at == calm.room.state.position


async def test_another_name_is_told_to_everybody_at_once(calm: House) -> None:
    attendee, _ = await begun(calm)
    await calm.arrive("cem")
    assert "cem" not in attendee.screen.of("person"), "who comes waits"
    await calm.do("bob", "introduce", pitch="Bikes for harbours")
    assert attendee.screen.of("person")["bob"]["pitch"] == "Bikes for harbours"
    assert "cem" in attendee.screen.of("person"), "and brings along what waited"
    heard = len(attendee.screen.frames)
    await calm.do("bob", "introduce", say_as="Bobb")
    await calm.arrive("dee")
    assert len(attendee.screen.frames) == heard, "what hurried once does not hurry again"


async def test_what_only_others_are_told_brings_nothing_along(calm: House) -> None:
    attendee, host = await begun(calm)
    await calm.arrive("cem")
    await calm.do("host", "draft_poll", question="Which?", options=["a", "b"])
    assert host.screen.of("poll") and "cem" not in attendee.screen.of("person")


async def test_ones_own_arrival_is_told_to_oneself_at_once(calm: House) -> None:
    await begun(calm)
    newcomer, neighbour = calm.watch("cem"), calm.watch("dee")
    await calm.arrive("cem")
    await calm.do("cem", "introduce", say_as="Djem")
    assert newcomer.screen.of("person")["cem"]["say_as"] == "Djem"
    assert "cem" not in neighbour.screen.of("person")
    later(calm)
    await until(lambda: "cem" in neighbour.screen.of("person"), "told later")
    assert newcomer.screen.of("person")["cem"]["say_as"] == "Djem", "and nothing of one's own is lost by it"
    assert "say_as" not in neighbour.screen.of("person")["cem"]


async def test_who_returns_before_they_were_told_is_told_then(calm: House) -> None:
    attendee = await untold(calm)
    calm.room.fanout.detach(attendee)
    back = calm.watch("ada", at=attendee.screen.at)
    assert not back.screen.resets and people(back.screen.frames) == [COMERS], (
        "and not what they had been told"
    )


async def test_a_place_is_known_to_other_workers_and_after_a_restart(calm: House) -> None:
    attendee = await untold(calm)
    await calm.restart()
    back = calm.watch("ada", at=attendee.screen.at)
    assert not back.screen.resets and people(back.screen.frames) == [COMERS]


async def test_whoever_read_nothing_meanwhile_is_told_when_they_read_again(calm: House) -> None:
    attendee, _ = await begun(calm)
    attendee.unsent, other = 10**9, calm.watch("bob")
    await calm.arrive(*COMERS)
    await calm.do("bob", "say", text="hello")
    later(calm)
    await until(lambda: "p0" in other.screen.of("person"), "the others are told")
    await calm.do("bob", "say", text="again")
    attendee.unsent = 0
    calm.room.fanout.notify()
    await calm.told(attendee)
    fresh = calm.watch("ada")
    assert attendee.screen.records == fresh.screen.records
    assert calm.room.fanout.told(attendee) == calm.room.state.position


async def test_the_room_may_be_read_anew_meanwhile(calm: House) -> None:
    attendee = await untold(calm)
    await calm.room.mirror.load()
    assert set(COMERS) <= set(attendee.screen.of("person")) and not attendee.screen.resets


async def test_a_position_that_is_said_in_between_is_one_to_come_back_from(calm: House) -> None:
    attendee, _ = await begun(calm)
    await calm.arrive("cem")
    said = calm.room.fanout.told(attendee)
    assert said is not None and said.seq == calm.room.state.position.seq
    assert "cem" in calm.watch("ada", at=said).screen.of("person")


@pytest.mark.parametrize("calm_at", ["", "x", "-1", "٣", "1e3", "999999", "9" * 40])
async def test_a_place_that_nobody_was_told_starts_anew(calm: House, calm_at: str) -> None:
    seq, tag = calm.room.state.position
    back = calm.watch("ada", at=Position(seq, f"{tag}-{calm_at}"))
    assert back.screen.records == calm.watch("ada").screen.records
    assert back.screen.resets == 1


async def test_of_much_news_ones_own_come_in_a_frame_apart(
    calm: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    attendee, _ = await begun(calm)
    own, other = calm.watch("p0"), calm.watch("bob")
    monkeypatch.setattr(views, "MUCH", 100)
    await calm.arrive(*COMERS)
    await calm.do("p0", "introduce", say_as="Pea")
    heard = own.screen.at
    await calm.do("bob", "say", text="hello")
    assert [frame["at"] for frame in own.screen.frames[-2:]] == [list(heard or ()), list(own.screen.at or ())]
    assert own.screen.of("person")["p0"]["say_as"] == "Pea"
    assert own.screen.at == other.screen.at == attendee.screen.at == calm.room.state.position
    later = calm.watch("p0")
    assert own.screen.records == later.screen.records


async def test_somebody_who_comes_before_a_flush_has_nobody_told_twice(calm: House) -> None:
    attendee, _ = await begun(calm)
    heard = len(attendee.screen.frames)
    fanout = calm.room.fanout
    notify, fanout.notify = fanout.notify, lambda afterwards=None: None  # type: ignore[method-assign, assignment]
    calm.send("bob", "say", text="hello")
    await until(lambda: calm.room.state.count(Message) == 1, "said")
    calm.watch("dee")
    submit(calm.room, "cem", Arrive())
    await until(lambda: calm.room.state.get(Person, "cem") is not None, "arrived")
    fanout.notify = notify  # type: ignore[method-assign]
    notify()
    await calm.told(attendee)
    later(calm)
    await calm.do("bob", "say", text="again")
    assert people(attendee.screen.frames[heard:]) == [["cem"]]
