"""Erased while a session is full of people who talk, on two workers: nobody else misses or is told anything,
and of who went nothing is left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from itertools import pairwise

import pytest

from tests.memory import CANARY, canaries
from tests.mission.erased_site import STAY, Site, at_last, calls_that_tell, come, lived_site
from tests.mission.test_erased_for_good import done
from tests.mission.test_live import TOPIC
from tests.web.client import Client, until
from tests.web.conftest import pytest_asyncio_loop_factories
from webinar_server.mission import MISSION
from webinar_server.mission.admission import Invite
from webinar_server.mission.participants import Participant
from webinar_server.session import SESSION

__all__ = ["pytest_asyncio_loop_factories"]

MORE = 16
"""People besides those who are there."""

AFTERWARDS = 3
"""Rounds in which everybody still says something once it is done."""

People = dict[str, Client]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with lived_site(shared=True) as site:
        yield site


async def test_nobody_who_stays_misses_anything_while_somebody_is_erased(site: Site) -> None:
    # Eve was removed from the session
    people = {name: site.cast.hours[name] for name in STAY if name != "Eve"} | await others(site)
    lines = {f"{name}'s line": site.cast.lines[name] for name in STAY}
    viewers = people | lines
    began = {name: viewer.screen.resets for name, viewer in viewers.items()}
    erasing = asyncio.ensure_future(erased(site))
    await talked(people, erasing)
    await erasing
    await site.are_shown_out()
    for name, viewer in viewers.items():
        assert (viewer.closed, viewer.errors) == (None, []), name
        assert viewer.screen.resets == began[name], name
        assert_goes_on(viewer)
        await viewer.until(partial(shows_none, viewer), f"gone for {name}")
    await look_alike(site, people)
    nothing: tuple[dict[str, dict[str, str]], list[str], list[str], list[str]]
    nothing = ({MISSION.name: {}, SESSION.name: {}}, [], [], [])
    assert (site.held(), site.files(), site.keys(), await site.logs()) == nothing
    assert await calls_that_tell(site) == set()
    for some in (viewers, people, lines):
        some.clear()
    del viewer
    await site.alone()
    none: list[str] = []
    assert await at_last(canaries, none) == []


async def others(site: Site) -> People:
    """Each in the session, at one worker or the other."""
    one, last = site.servers
    names = [f"Guest {number}" for number in range(MORE)]
    ids = [(await done(one.hub, TOPIC, Invite(name=name)))["id"] for name in names]
    mission = last.hub.worker.rooms[TOPIC]
    await until(lambda: mission.state.get(Participant, ids[-1]) is not None, "the other worker knows")
    return {name: await come(site.servers[at % 2], ids[at]) for at, name in enumerate(names)}


async def erased(site: Site) -> None:
    """Ada by herself, and then the organiser who is a host, by another."""
    for whom, by in ((site.ada_id, site.ada_id), (site.hal_id, site.ori_id)):
        await site.erase(whom, by)
    # an answer comes sooner where a machine is slow
    await site.settled()


async def talked(people: People, meanwhile: asyncio.Future[None]) -> None:
    """All say something, and each hears it of all, again and again until it is over, and then some."""
    rounds, left = 0, AFTERWARDS
    while left:
        left -= meanwhile.done()
        rounds += 1
        said = {f"{name}, round {rounds}" for name in people}
        await asyncio.gather(*(one.do("say", text=f"{name}, round {rounds}") for name, one in people.items()))
        for name, one in people.items():
            await one.until(partial(has_heard, one, said), f"round {rounds} for {name}")


def has_heard(client: Client, said: set[str]) -> bool:
    return said <= set(client.screen.texts())


def assert_goes_on(client: Client) -> None:
    """It is never told of a step that is behind one it knows."""
    steps = [frame["at"][0] for frame in client.screen.frames]
    assert all(before <= after for before, after in pairwise(steps)), steps


def shows_none(client: Client) -> bool:
    return CANARY not in str(client.screen.records)


async def look_alike(site: Site, people: People) -> None:
    """What one was told step by step is what one who comes new is told at once."""
    ids = site.cast.ids
    for name in ("Bob", "Bea"):
        new = await come(site.servers[0], ids[name])
        assert CANARY not in str(new.screen.frames)
        await new.until(partial(new.screen.is_like, people[name].screen), f"{name} sees it")
