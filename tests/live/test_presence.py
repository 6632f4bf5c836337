"""Presence: who is here, by connections counted, and what of it the others get to see."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.client import Client, until
from tests.web.server import LiveServer
from webinar_server.clock import fresh_id, now_ms
from webinar_server.live import presence as module
from webinar_server.session.people import Person
from webinar_server.settings import Settings
from webinar_server.web.who.tokens import DAY_MS

SHORT = Settings(pace=False, grace=0.3)
LONG = Settings(pace=False, grace=600.0)


def here(client: Client, person: str) -> bool | None:
    """Whether somebody is here, on a screen; `None` if they were never seen."""
    seen = client.screen.of("person").get(person)
    return None if seen is None else bool(seen["here"])


def one_link() -> dict[str, Any]:
    """What makes a link the same: another one of somebody would be another device."""
    return {"id": fresh_id(), "issued": now_ms(), "expires": now_ms() + DAY_MS}


def commands(server: LiveServer) -> int:
    """How often anything was committed."""
    return server.state().position.seq


async def settled(server: LiveServer, person: str, connections: int) -> None:
    """The server has noticed who closed."""
    live = await server.hub.room("session/s1")
    await until(lambda: live.presence.count(person) == connections, f"{connections} connections")


async def test_who_joins_is_seen_by_everybody_but_the_stage(server: LiveServer) -> None:
    bob, stage = await server.joined("Bob"), await server.joined("Screen", "stage")
    ada = await server.joined("Ada", organisation="Tulip", kind="sme", country="NL", say_as="AY-da")
    me = ada.hello["you"]["id"]
    await bob.until(lambda: here(bob, me) is True)
    assert bob.screen.of("person")[me]["organisation"] == "Tulip"
    await stage.alive()
    # who came first may be written down second
    await until(lambda: server.state().count(Person) == 2, "both are known")
    assert stage.screen.of("person") == {}


async def test_two_tabs_are_one_person_and_closing_one_changes_nothing(start: Any) -> None:
    server = await start(SHORT)
    me = server.identity().id
    bob, one, two = await server.joined("Bob"), await server.joined(id=me), await server.joined(id=me)
    await bob.until(lambda: here(bob, me) is True)
    for tab in (one, two):
        # answered behind its join, so both have said that they arrived
        await tab.alive()
    before = commands(server)
    await one.close()
    await settled(server, me, 1)
    await bob.do("say", text="a while later")
    assert here(bob, me) is True and commands(server) == before + 1
    await two.close()
    await bob.until(lambda: here(bob, me) is False, "departed after the grace")


async def test_a_reload_within_the_grace_shows_nothing(start: Any) -> None:
    server = await start(LONG)
    link = one_link()
    bob, ada = await server.joined("Bob"), await server.joined("Ada", **link)
    me = ada.hello["you"]["id"]
    await bob.until(lambda: here(bob, me) is True and here(bob, bob.hello["you"]["id"]) is True)
    before = commands(server)
    for _ in range(5):
        ada.abort()
        await settled(server, me, 0)
        ada = await server.joined("Ada", **link)
    assert commands(server) == before and here(bob, me) is True


async def test_who_comes_back_after_leaving_is_the_same_person(start: Any) -> None:
    server = await start(Settings(pace=False, grace=0.0))
    bob, ada = await server.joined("Bob"), await server.joined("Ada")
    me = ada.hello["you"]["id"]
    await bob.until(lambda: here(bob, me) is True)
    first = server.state().get(Person, me).first_time
    await ada.do("raise_hand")
    await ada.close()
    await bob.until(lambda: here(bob, me) is False)
    again = await server.joined("Ada", id=me)
    await bob.until(lambda: here(bob, me) is True)
    person = server.state().get(Person, me)
    assert first is True and person.first_time is True and person.hand is None
    assert again.hello["you"]["id"] == me and server.state().count(Person) == 2


async def test_first_time_is_told_by_the_first_session_of_all(server: LiveServer) -> None:
    await server.add_session("s2")
    me = server.identity().id
    await server.joined(id=me)
    await until(lambda: server.state().count(Person) == 1, "arrived")
    await server.joined(id=me, session="s2")
    await until(lambda: server.state("s2").count(Person) == 1, "arrived there")
    assert server.state().get(Person, me).first_time is True
    assert server.state("s2").get(Person, me).first_time is False


async def test_a_cookie_of_another_time_does_not_change_how_somebody_is_known(server: LiveServer) -> None:
    bob, ada = await server.joined("Bob"), await server.joined("Ada")
    me = ada.hello["you"]["id"]
    await ada.close()
    await settled(server, me, 0)
    again = await server.joined("Ada Lovelace", id=me)
    said = (await again.do("say", text="I am back"))["result"]["id"]
    await bob.until(lambda: said in bob.screen.of("message"))
    assert bob.screen.of("message")[said]["name"] == bob.screen.of("person")[me]["name"] == "Ada"


async def test_a_restart_shows_nobody_leaving_who_comes_back(start: Any) -> None:
    server, link = await start(LONG), one_link()
    ada = await server.joined("Ada", **link)
    me = ada.hello["you"]["id"]
    await until(lambda: server.state().count(Person) == 1, "arrived")
    await server.stop()
    await server.start()
    bob = await server.joined("Bob")
    assert here(bob, me) is True
    before = server.state().get(Person, me)
    await server.joined("Ada", **link)
    await bob.do("say", text="a while later")
    assert server.state().get(Person, me) is before


async def test_a_restart_lets_those_go_who_do_not_come_back(
    start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EXTRA_AFTER_RESTART", 0.2)
    server = await start(SHORT)
    ada = await server.joined("Ada")
    me = ada.hello["you"]["id"]
    await until(lambda: server.state().count(Person) == 1, "arrived")
    await server.stop()
    await server.start()
    bob = await server.joined("Bob")
    await bob.until(lambda: here(bob, me) is False, "departed")


async def test_leaving_the_topic_counts_as_going(start: Any) -> None:
    server = await start(SHORT)
    bob, ada = await server.joined("Bob"), await server.joined("Ada")
    me = ada.hello["you"]["id"]
    await bob.until(lambda: here(bob, me) is True)
    await ada.send(op="leave", topic="session/s1")
    await bob.until(lambda: here(bob, me) is False)


async def test_who_is_gone_before_their_arrival_is_committed_departs(start: Any) -> None:
    server = await start(Settings(pace=False, grace=0.0))
    bob = await server.joined("Bob")
    for number in range(10):
        hasty = await server.connected(f"Hasty {number}")
        await hasty.send(op="join", topic="session/s1")
        hasty.abort()
    await until(
        lambda: [person.name for person in server.state().all(Person) if person.here] == ["Bob"], "all gone"
    )
    await bob.alive()
