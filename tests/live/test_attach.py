"""Attaching and coming back: nothing is missed, nothing comes twice, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.live.house import House, Watcher
from tests.web.screen import Screen
from webinar_server.live.telling.codec import JSON, MSGPACK
from webinar_server.state import Audience, Position

AUDIENCES: tuple[Audience, ...] = ("attendee", "host", "stage")


async def busy(house: House, steps: int, dice: random.Random) -> None:
    """A session in which all sorts of things happen, a few at a time."""
    await house.arrive(*(f"p{number}" for number in range(6)))
    poll = await house.create("host", "draft_poll", question="Which?", options=["a", "b"])
    await house.do("host", "open_poll", poll=poll)
    questions = [await house.create(f"p{number}", "ask", text=f"Why {number}?") for number in range(4)]
    said: list[str] = []
    for step in range(steps):
        who, question = f"p{dice.randrange(6)}", dice.choice(questions)
        told = [
            house.send(who, "say", text=f"step {step}"),
            house.send(who, dice.choice(["support", "unsupport"]), question=question),
            house.send(who, "vote", poll=poll, options=dice.choice([["1"], ["2"], []])),
            house.send("host", dice.choice(["queue", "deck", "dismiss", "approve"]), question=question),
        ]
        if said:
            told.append(house.send("host", dice.choice(["hide", "restore"]), message=dice.choice(said)))
        outcome = (await asyncio.gather(*told))[0]
        said.append(outcome.result["id"])  # type: ignore[union-attr]


async def hammer(house: House, dice: random.Random, done: asyncio.Event) -> list[Watcher]:
    """People come at every moment, some of them back to where they were."""
    watchers: list[Watcher] = []
    while not done.is_set():
        at = dice.choice(watchers).screen.at if watchers and dice.random() < 0.3 else None
        who, audience = f"p{dice.randrange(6)}", dice.choice(AUDIENCES)
        codec = dice.choice([JSON, MSGPACK])
        if at is None and len(watchers) < 120:
            watchers.append(house.watch(who, audience, codec=codec))
        else:
            again(house, dice.choice(watchers))
        await asyncio.sleep(dice.choice([0, 0, 0.001]))
    return watchers


def again(house: House, watcher: Watcher) -> None:
    """Lose the connection and be back at once, from the last position."""
    house.room.fanout.detach(watcher)
    assert watcher.screen.at is not None
    house.room.fanout.attach(watcher, Position(*watcher.screen.at))


@pytest.mark.parametrize("seed", range(3))
async def test_whoever_attaches_while_things_happen_ends_with_what_a_newcomer_sees(
    house: House, seed: int
) -> None:
    dice, done = random.Random(seed), asyncio.Event()
    hammering = asyncio.ensure_future(hammer(house, dice, done))
    await busy(house, 40, random.Random(seed + 100))
    done.set()
    watchers = await hammering
    assert len(watchers) == 120
    await house.told(*watchers)
    for watcher in watchers:
        fresh = house.watch(watcher.person, watcher.audience, codec=watcher.codec)
        assert watcher.screen.records == fresh.screen.records
        # what nobody could see change is not told, so a position may be older than the state
        again(house, watcher)
        assert watcher.screen.records == fresh.screen.records
        assert watcher.screen.at == fresh.screen.at and not watcher.screen.resets


async def test_every_position_told_is_later_than_the_one_before(house: House) -> None:
    watcher = house.watch()
    await busy(house, 20, random.Random(1))
    await house.told(watcher)
    seqs = [frame["at"][0] for frame in watcher.screen.frames]
    assert seqs == sorted(set(seqs)) and seqs[-1] <= house.room.state.position.seq


async def test_who_returns_with_a_known_position_gets_only_what_is_missing(house: House) -> None:
    await house.do("bob", "say", text="before")
    first = house.watch("ada")
    house.room.fanout.detach(first)
    id = await house.create("bob", "say", text="while away")
    back = house.watch("ada", at=first.screen.at)
    frame = back.screen.frames[0]
    assert len(back.screen.frames) == 1 and "reset" not in frame
    assert list(frame["put"]) == ["message"] and list(frame["put"]["message"]) == [id]


async def test_what_was_taken_away_meanwhile_is_told_to_who_returns(house: House) -> None:
    id = await house.create("bob", "say", text="rude")
    first = house.watch("ada")
    house.room.fanout.detach(first)
    await house.do("host", "hide", message=id)
    back = house.watch("ada", at=first.screen.at)
    assert back.screen.frames[0]["gone"] == {"message": [id]} and back.screen.frames[0]["put"] == {}


async def test_who_returns_and_missed_nothing_is_told_just_that(house: House) -> None:
    first = house.watch("ada")
    back = house.watch("ada", at=first.screen.at)
    assert [(frame["put"], frame["gone"]) for frame in back.screen.frames] == [({}, {})]
    assert back.screen.at == first.screen.at and not back.screen.resets


async def test_who_returns_from_elsewhere_forgets_and_gets_everything(house: House) -> None:
    for number in range(5):
        await house.do("bob", "say", text=f"{number}")
    fresh = house.watch("ada")
    seq, tag = house.room.state.position
    for at in ((seq, "0" * 16), (seq, ""), (seq + 1, tag), (2**53, tag), (seq - 1, tag), (0, "x"), (1, "")):
        back = house.watch("ada", at=at)
        assert back.screen.resets == 1, at
        assert back.screen.records == fresh.screen.records and back.screen.at == fresh.screen.at


async def test_who_returns_from_the_very_beginning_gets_everything_without_forgetting(house: House) -> None:
    back = house.watch("ada", at=(0, ""))
    assert back.screen.records == house.watch("ada").screen.records and not back.screen.resets


async def test_positions_stay_known_over_a_restart(house: House) -> None:
    first = house.watch("ada")
    house.room.fanout.detach(first)
    id = await house.create("bob", "say", text="later")
    await house.restart()
    back = house.watch("ada", at=first.screen.at)
    assert not back.screen.resets and list(back.screen.of("message")) == [id]


async def test_who_joins_twice_on_one_connection_hears_everything_once(house: House) -> None:
    watcher = house.watch("ada")
    house.room.fanout.attach(watcher, house.room.state.position)
    await house.do("bob", "say", text="once")
    await house.told(watcher)
    assert sum("message" in frame["put"] for frame in watcher.screen.frames) == 1
    assert len(house.room.fanout) == 1


async def test_who_detached_hears_nothing_more(house: House) -> None:
    watcher = house.watch("ada")
    house.room.fanout.detach(watcher)
    house.room.fanout.detach(watcher)
    await house.do("bob", "say", text="unheard")
    assert len(watcher.frames) == 1 and house.room.fanout.told(watcher) is None


@pytest.mark.parametrize("seen", [False, True], ids=["who comes anew", "who comes back"])
async def test_whose_line_breaks_between_the_two_halves_of_a_state_is_told_both_again(
    house: House, seen: bool
) -> None:
    await house.arrive("ada")
    at = house.watch("ada").screen.at if seen else None
    question = await house.create("ada", "ask", text="Why?", shown="anonymous")
    broken = Watcher("ada", "attendee", JSON)
    house.room.fanout.attach(broken, Position(*at) if at else None)
    assert len(broken.frames) == 2, "what all see, and what is ada's own"
    # as if only the first had arrived
    screen = Screen()
    screen.merge(broken.read(broken.frames[0]))
    broken.screen = screen
    assert screen.at is not None
    again(house, broken)
    assert broken.screen.of("question")[question]["mine"] is True
    assert broken.screen.at == tuple(house.room.state.position)
    assert broken.screen.resets == (0 if seen else 1)
