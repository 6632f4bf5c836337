"""Each command of a mission, said by each who may come, upon what is another's: to everybody else it is not
there, whatever they call it, and it stays as it is. A command that is not in the table fails the test."""

from __future__ import annotations

import pytest
from websockets.exceptions import InvalidStatus

from tests.mission.abuse import (
    ALLOWED,
    OWN_KINDS,
    TRIES,
    VIC,
    commands,
    given,
    held_of,
    of_organisers,
    sight_of,
    swapped,
)
from tests.mission.test_idor import OTHER, people
from tests.mission.test_live import TOPIC, organised
from tests.mission.test_two_topics import follow
from tests.mission.test_who import seated
from tests.web.client import Client
from tests.web.conftest import Starter, pytest_asyncio_loop_factories, start
from tests.web.server import LiveServer
from webinar_server.mission import MISSION

__all__ = ["pytest_asyncio_loop_factories", "start"]

INTERNAL = sorted(name for name, command in MISSION.commands.items() if command.INTERNAL)
ROLES = {"mal": "participant", "ori": "organiser"}


def test_each_command_says_what_becomes_of_it_in_the_hands_of_others() -> None:
    assert commands() == set(TRIES), "say who is refused by what"


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("command", sorted(TRIES))
def test_what_is_anothers_is_not_there_for_who_says_it(command: str, who: str) -> None:
    row, story = TRIES[command], given()
    before = held_of(story, VIC)
    story.when(who, command, id="new", **row.args)
    if ROLES[who] not in MISSION.may(command):
        story.then_refused("command.not_allowed")
    elif row.code and not (command == "change_card" and who == "ori"):
        story.then_refused(row.code)
        assert held_of(story, VIC) == before
    else:
        assert story.refusal is None or story.refusal.code != "command.not_allowed"


@pytest.mark.parametrize("command", sorted(set(TRIES) - of_organisers()))
def test_no_id_in_a_command_of_people_reaches_what_somebody_else_made(command: str) -> None:
    story = given()
    for args in swapped(story, TRIES[command].args):
        for who in ("mal", "zed", "yan", "wim", "xen"):
            fresh = given()
            before = held_of(fresh, VIC)
            fresh.when(who, command, id="new", **args)
            after = held_of(fresh, VIC)
            theirs = {key: one for key, one in before.items() if key[0] in OWN_KINDS}
            if accepted(command, who):
                continue
            assert {key: after.get(key) for key in theirs} == theirs, (who, args)


def accepted(command: str, who: str) -> bool:
    """Zed accepts what Vic asked of them, or asks the same: that is meant to be seen."""
    return who == "zed" and command in ("accept_contacts", "ask_contact")


def test_nobody_else_sees_a_record_that_is_somebodys_own() -> None:
    story = given()
    private = {key for key, one in held_of(story, VIC).items() if set(one.owners) == {VIC}}
    assert {kind for kind, _ in private} >= OWN_KINDS
    for who in ("mal", "zed", "yan", "wim", "xen", "ori"):
        assert not private & sight_of(story, who).keys(), who


async def test_who_is_not_of_a_mission_says_nothing_to_it(start: Starter) -> None:
    server = await start()
    asked = await people(server, await organised(server))
    await server.add_session("depots", mission="ev-2027")
    amiss = []
    for who in ("guest", "stranger"):
        client = await came(server, who, asked.tokens.get(who))
        for topic in (TOPIC, MISSION.topic(OTHER)):
            await client.send(op="join", topic=topic, at=None)
            amiss += [(who, *said) for said in await said_by(client, topic) if said[1] != "topic.not_joined"]
        assert set(client.errors) <= {"topic.forbidden", "topic.unknown"}, client.errors
    assert amiss == []


async def test_who_is_of_a_mission_says_nothing_to_another(start: Starter) -> None:
    server = await start()
    asked = await people(server, await organised(server))
    amiss = []
    for who in ("participant", "organiser"):
        client = await came(server, who, asked.tokens[who])
        await client.send(op="join", topic=MISSION.topic(OTHER), at=None)
        said = await said_by(client, MISSION.topic(OTHER))
        amiss += [(who, *each) for each in said if each[1] != "topic.not_joined"]
        assert not [frame for frame in client.screen.frames if frame["topic"] == MISSION.topic(OTHER)]
    assert amiss == []


async def test_who_leads_or_speaks_in_a_session_is_a_participant_of_its_mission(start: Starter) -> None:
    server = await start()
    organiser = await organised(server)
    asked = await people(server, organiser)
    await server.add_session("depots", mission="ev-2027")
    for part in ("hosts", "speakers"):
        named = {"hosts": [], "speakers": []} | {part: [asked.somebody]}
        await organiser.do("change_slot", topic=TOPIC, slot="depots", **named)
        leader = await seated(server, asked.somebody)
        assert leader.hello["you"]["role"] == part[:-1]
        await follow(leader, TOPIC)
        for command in sorted(of_organisers()):
            answer = await leader.ask(command, topic=TOPIC, **TRIES[command].args)
            assert (answer["op"], answer.get("code")) == ("refused", "command.not_allowed"), (part, command)


async def test_what_the_server_says_itself_is_taken_from_nobody(start: Starter) -> None:
    server = await start()
    organiser = await organised(server)
    asked = await people(server, organiser)
    ada = await (await came(server, "participant", asked.tokens["participant"])).join(TOPIC)
    for client in (organiser, ada):
        for command in INTERNAL:
            assert (await client.refused(command))["code"] == "command.unknown", command


async def test_nobody_and_who_was_declined_or_ended_come_to_no_socket(start: Starter) -> None:
    server = await start()
    organiser = await organised(server)
    asked = await people(server, organiser)
    await organiser.do("end_links_of", topic=TOPIC, participant=asked.somebody)
    for token in ("", asked.tokens["declined"], asked.tokens["participant"]):
        with pytest.raises(InvalidStatus) as kept:
            await server.client(token or None).knock()
        assert kept.value.response.status_code in (401, 403), token[:5]


async def came(server: LiveServer, who: str, token: str | None) -> Client:
    client = server.client(token if token else server.token("Eve", "attendee"))
    server._clients.append(client)
    return await client.open()


async def said_by(client: Client, topic: str) -> list[tuple[str, str]]:
    """Each command, and what it was answered."""
    answers = []
    for command in sorted(commands()):
        answer = await client.ask(command, topic=topic, **TRIES[command].args)
        answers.append((command, str(answer.get("code", ALLOWED))))
    return answers
