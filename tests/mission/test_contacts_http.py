"""Contacts on a running server: two agree over sockets, each has a file of it, a decline shows nowhere."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import Any

import openpyxl
import pytest
import vobject

from tests.mission.test_directory_http import get
from tests.mission.test_live import TOPIC, invited, organised, organiser
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.limits_of_contacts import LEAD_LISTS
from webinar_server.settings import Settings

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]

PATH = "/api/missions/ev-2027"
ASK = {"where": "directory", "reason": "Depot charging"}


async def two(server: LiveServer, organiser: Client) -> dict[str, tuple[str, Client, str]]:
    """Ada and Bob, who have joined: of each their id, their connection and their token."""
    found = {}
    for name in ("Ada", "Bob"):
        id, client = await invited(server, organiser, name)
        await client.join(TOPIC)
        found[name] = (id, client, server.token(name, "participant", id=id, topic=TOPIC))
    return found


async def connected(server: LiveServer, organiser: Client) -> dict[str, tuple[str, Client, str]]:
    people = await two(server, organiser)
    (ada, ada_line, _), (bob, bob_line, _) = people["Ada"], people["Bob"]
    await ada_line.do("ask_contact", whom=bob, **ASK)
    await bob_line.until(lambda: bool(bob_line.screen.of("request")), "the request")
    await bob_line.do("accept_contacts", requests=list(bob_line.screen.of("request")))
    await ada_line.until(lambda: f"{ada}/{bob}" in ada_line.screen.of("lead"), "the lead")
    return people


async def test_two_who_agree_have_each_other_s_contact_and_nobody_else_has(
    server: LiveServer, organiser: Client
) -> None:
    people = await connected(server, organiser)
    (ada, ada_line, _), (bob, bob_line, _) = people["Ada"], people["Bob"]
    assert ada_line.screen.of("asking") == {} == bob_line.screen.of("request")
    assert ada_line.screen.of("lead")[f"{ada}/{bob}"]["email"] == "Bob@example.org"
    assert set(bob_line.screen.of("lead")) == {f"{bob}/{ada}"}
    assert organiser.screen.of("lead") == {} == organiser.screen.of("request")


@pytest.mark.parametrize("answer", ["decline_contacts", "put_off_contacts", "block"])
async def test_who_asks_is_told_nothing_of_an_answer(
    server: LiveServer, organiser: Client, answer: str
) -> None:
    people = await two(server, organiser)
    (ada, ada_line, ada_token), (bob, bob_line, _) = people["Ada"], people["Bob"]
    await ada_line.do("ask_contact", whom=bob, **ASK)
    before = dict(ada_line.screen.of("asking"))
    data = (await get(server, ada_token, f"{PATH}/mine.json")).json()["records"]
    card = (await get(server, ada_token, f"{PATH}/participants/{bob}")).json()
    await bob_line.until(lambda: bool(bob_line.screen.of("request")), "the request")
    args: dict[str, Any] = {"requests": list(bob_line.screen.of("request"))}
    await bob_line.do(answer, **({"person": ada} if answer == "block" else args))
    # something that she is told of comes after it
    await organiser.do("announce", text="Coffee")
    await ada_line.until(lambda: bool(ada_line.screen.of("announcement")), "news")
    assert ada_line.screen.of("asking") == before and ada_line.screen.of("block") == {}
    assert (await ada_line.refused("ask_contact", whom=bob, **ASK))["code"] == "contact.asked"
    assert (await get(server, ada_token, f"{PATH}/mine.json")).json()["records"] == data
    assert (await get(server, ada_token, f"{PATH}/participants/{bob}")).json() == card


async def test_whom_one_blocked_one_finds_nowhere(server: LiveServer, organiser: Client) -> None:
    people = await connected(server, organiser)
    (ada, _, ada_token), (bob, bob_line, bob_token) = people["Ada"], people["Bob"]
    await bob_line.do("block", person=ada)
    assert bob_line.screen.of("lead") == {}
    found = (await get(server, bob_token, f"{PATH}/participants")).json()
    assert ada not in {card["id"] for card in found["cards"]} and found["total"] == len(found["cards"])
    assert (await get(server, bob_token, f"{PATH}/participants/{ada}")).status_code == 404
    assert (await get(server, bob_token, f"{PATH}/leads.json")).json()["leads"] == []
    cards = (await get(server, ada_token, f"{PATH}/participants")).json()["cards"]
    assert bob in {card["id"] for card in cards}


async def test_my_leads_come_as_each_kind_of_file(server: LiveServer, organiser: Client) -> None:
    people = await connected(server, organiser)
    bob, _, token = people["Bob"][0], *people["Ada"][1:]
    table = await get(server, token, f"{PATH}/leads.csv", lang="nl")
    assert table.headers["content-type"].startswith("text/csv")
    assert table.headers["content-disposition"] == 'attachment; filename="leads-ev-2027.csv"'
    [titles, row] = csv.reader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=";")
    assert titles[0] == "Naam" and row[0] == "Bob"
    comma = await get(server, token, f"{PATH}/leads.csv", lang="nl", separator=",")
    assert comma.content.decode("utf-8-sig").startswith("Naam,")
    book = openpyxl.load_workbook(io.BytesIO((await get(server, token, f"{PATH}/leads.xlsx")).content))
    assert book.active["A2"].value == "Bob"
    for version, said in (("3", "3.0"), ("4", "4.0")):
        cards = await get(server, token, f"{PATH}/leads.vcf", version=version)
        [card] = list(vobject.readComponents(cards.text))
        assert (card.version.value, card.fn.value) == (said, "Bob")
    told = (await get(server, token, f"{PATH}/leads.json")).json()
    assert [lead["whom"] for lead in told["leads"]] == [bob] and told["mission"]["id"] == "ev-2027"


@pytest.mark.parametrize("asked", [{"lang": "fr"}, {"separator": "|"}])
async def test_what_a_file_cannot_be_is_refused(
    server: LiveServer, organiser: Client, asked: dict[str, str]
) -> None:
    people = await two(server, organiser)
    answer = await get(server, people["Ada"][2], f"{PATH}/leads.csv", **asked)
    assert (answer.status_code, answer.json()["code"]) == (400, "query.malformed")
    versions = await get(server, people["Ada"][2], f"{PATH}/leads.vcf", version="2.1")
    assert versions.json()["code"] == "query.malformed"


async def test_files_are_paced(start: Any) -> None:
    server = await start(Settings(pace=True))
    token = (await two(server, await organised(server)))["Ada"][2]
    asked = (get(server, token, f"{PATH}/leads.json") for _ in range(2 * LEAD_LISTS.burst))
    answers = await asyncio.gather(*asked)
    assert "pace.leads" in {answer.json().get("code") for answer in answers}
