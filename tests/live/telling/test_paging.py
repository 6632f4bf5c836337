"""Windows and pages: of much talk one is told the newest, and what is older by the page."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.live.house import House
from webinar_server.errors import Refusal
from webinar_server.limits import PAGE_MAX
from webinar_server.live.telling.paging import asked_page
from webinar_server.session import SESSION
from webinar_server.session.chat import Message
from webinar_server.state import Window

NEWEST, MISSED = 5, 8


@pytest.fixture(autouse=True)
def small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SESSION.kinds.windows, "message", Window("at", NEWEST, MISSED))


async def said(house: House, count: int, who: str = "ada") -> list[str]:
    return [await house.create(who, "say", text=f"line {n}") for n in range(count)]


def page(house: House, before: str | None = None, count: int = 3, who: Any = ("attendee", "bob")) -> Any:
    return orjson.loads(asked_page(house.room.state, "message", *who, before, count))


def test_a_session_says_what_a_joiner_is_told_of_its_chat() -> None:
    assert Message.WINDOW == Window("at", newest=100, missed=500)


async def test_a_joiner_is_told_the_newest_and_before_which_there_is_more(house: House) -> None:
    ids = await said(house, NEWEST)
    assert "older" not in house.watch("bob").screen.frames[0], "all there is"
    ids += await said(house, 3)
    for who, audience in (("bob", "attendee"), ("host", "host")):
        frame = house.watch(who, audience).screen.frames[0]
        assert set(frame["put"]["message"]) == set(ids[-NEWEST:])
        assert frame["older"] == {"message": ids[-NEWEST]}
    assert "older" not in house.watch("stage", "stage").screen.frames[0], "a screen sees none of it"


async def test_what_a_window_lacks_by_what_was_hidden_is_filled_from_before(house: House) -> None:
    ids = await said(house, NEWEST + 3)
    house.watch("bob")
    for id in ids[-2:]:
        await house.do("host", "hide", message=id)
    assert set(house.watch("bob").screen.of("message")) == set(ids[1:-2])
    mine = house.watch("ada").screen
    assert set(mine.of("message")) == set(ids[1:]), "and one's own hidden ones with it"
    assert mine.of("message")[ids[-1]]["hidden"] is True
    assert set(house.watch("host", "host").screen.of("message")) == set(ids[3:])


async def test_ones_own_hidden_line_that_is_older_comes_with_the_older_ones(house: House) -> None:
    ids = await said(house, NEWEST + 4)
    await house.do("host", "hide", message=ids[1])
    assert set(house.watch("ada").screen.of("message")) == set(ids[-NEWEST:])
    mine = page(house, ids[-NEWEST], who=("attendee", "ada"))
    assert list(mine["put"]["message"]) == ids[1:4] and mine["put"]["message"][ids[1]]["hidden"] is True
    others = page(house, ids[-NEWEST])
    assert list(others["put"]["message"]) == [ids[0], *ids[2:4]] and others["older"] == {}


async def test_who_missed_more_than_is_told_at_once_has_the_newest_and_forgets_the_rest(house: House) -> None:
    old = await said(house, 3)
    slow, owner = house.watch("bob"), house.watch("ada")
    for watcher in (slow, owner):
        watcher.unsent = house.settings.high_water + 1
    mine = await house.create("ada", "say", text="mine")
    await house.do("host", "hide", message=mine)
    ids = await said(house, MISSED - 1)
    away = list(slow.screen.at or ())
    later = await said(house, 2)
    for watcher in (slow, owner):
        watcher.unsent = 0
    house.room.fanout.notify()
    await house.told(slow, owner)
    told = slow.screen.frames[-1]
    assert told["older"] == {"message": [*ids, *later][-NEWEST]}
    assert set(slow.screen.of("message")) == set([*ids, *later][-NEWEST:])
    # who comes back from there is told the same
    back = house.watch("bob", at=away)
    assert back.screen.frames[0]["older"] == told["older"] and not back.screen.resets
    assert back.screen.of("message") == slow.screen.of("message") == owner.screen.of("message")
    assert not set(old) & set(slow.screen.of("message"))


async def test_of_what_is_cut_ones_own_is_told_though_it_did_not_change(house: House) -> None:
    ids = await said(house, 12)
    await house.do("host", "hide", message=ids[-1])
    at = list(house.room.state.position)
    for id in ids[: MISSED + 1]:
        await house.do("host", "hide", message=id)
        await house.do("host", "restore", message=id)
    back = house.watch("ada", at=at)
    assert back.screen.frames[0]["older"] == {"message": ids[-NEWEST - 1]}
    assert back.screen.of("message")[ids[-1]]["hidden"] is True
    assert set(back.screen.of("message")) == set(ids[-NEWEST - 1 :])


async def test_pages_lead_to_the_beginning_whatever_audience_one_is_of(house: House) -> None:
    ids = await said(house, 11)
    await house.do("host", "hide", message=ids[4])
    for who, seen in ((("attendee", "bob"), [*ids[:4], *ids[5:]]), (("host", "host"), ids)):
        found: list[str] = []
        before = None
        while True:
            one = page(house, before, who=who)
            assert len(one["put"]["message"]) <= 3 and one["at"] == [0, ""]
            found = [*one["put"]["message"], *found]
            before = one["older"].get("message")
            if before is None:
                break
            assert before == found[0]
        assert found == seen
    assert page(house, ids[0]) == {"at": [0, ""], "put": {"message": {}}, "older": {}}


async def test_a_page_is_bounded_and_starts_from_what_one_can_see(house: House) -> None:
    ids = await said(house, PAGE_MAX + 3)
    assert len(page(house, count=10**9)["put"]["message"]) == PAGE_MAX
    assert len(page(house, count=0)["put"]["message"]) == 1
    await house.do("host", "hide", message=ids[5])
    for before in (ids[5], "none"):
        with pytest.raises(Refusal) as refused:
            page(house, before)
        assert refused.value.code == "message.unknown"
    assert list(page(house, ids[5], who=("attendee", "ada"))["put"]["message"]) == ids[2:5], "its writer can"


async def test_what_is_kept_encoded_is_bounded_by_what_is_told_at_once(house: House) -> None:
    house.watch("bob")
    await said(house, 60)
    house.watch("cem")
    (lens,) = house.room.fanout._lenses.values()
    assert len(lens._views["message"]) <= MISSED + 1
    assert len(house.watch("cem").screen.of("message")) == NEWEST
