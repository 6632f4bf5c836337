"""Lists over HTTP: looked at, taken in by whoever is there, seen by organisers alone, and out again."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.mission.files import ADA, TITLES, ZOE, as_csv, as_xlsx
from tests.mission.test_live import TOPIC, invited, organised, organiser
from tests.mission.test_organising_http import of
from tests.web.client import Client
from tests.web.conftest import Starter, pytest_asyncio_loop_factories, server, start
from tests.web.raw import request, told
from tests.web.server import LiveServer
from webinar_server.limits import IMPORTS, LIST_MAX
from webinar_server.mission.participants import Participant
from webinar_server.settings import Settings

__all__ = ["organised", "organiser", "pytest_asyncio_loop_factories", "server", "start"]

PATH = "/api/missions/ev-2027/imports"
LIST = "/api/missions/ev-2027/participants.csv"


def people(server: LiveServer) -> dict[str, Participant]:
    room = server.hub.worker.rooms[TOPIC]
    return {one.name: one for one in room.state.all(Participant)}


async def look(
    server: LiveServer, organiser: Client, data: bytes, file: str = "", **asked: str
) -> httpx.Response:
    asking = "&".join(f"{name}={value}" for name, value in asked.items())
    named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file)}"} if file else {}
    return await of(server, organiser).post(f"{PATH}?{asking}", data, **named)


async def taken(
    server: LiveServer, organiser: Client, data: bytes, file: str = "", **asked: str
) -> dict[str, Any]:
    """The record of an import, once it is done."""
    answer = await look(server, organiser, data, file, go="1", **asked)
    assert answer.status_code == 201, answer.text
    id = answer.json()["id"]

    def job() -> dict[str, Any]:
        return organiser.screen.of("import").get(id, {})

    await organiser.until(lambda: job().get("ended_at") is not None, "the end of it")
    return job()


async def test_a_list_is_looked_at_then_taken_in_and_the_second_time_it_changes_nothing(
    server: LiveServer, organiser: Client
) -> None:
    data = as_csv([TITLES, ADA, ZOE, ["", "Nameless", "x@example.org", "", "", ""]])
    told = (await look(server, organiser, data)).json()
    assert [(line["line"], line["fate"]) for line in told["lines"]] == [
        (2, "new"),
        (3, "new"),
        (4, "refused"),
    ]
    assert (told["kind"], told["separator"], told["encoding"]) == ("csv", ";", "utf-8")
    assert "Ada Bos" not in people(server)
    job = await taken(server, organiser, data, "Gäste, “A” ☂.csv")
    assert (job["file"], job["added"], job["refused"]) == ("Gäste, “A” ☂.csv", 2, 1)
    assert job["strays"] == [{"number": 4, "code": "import.name", "field": "name"}]
    ada = people(server)["Ada Bos"]
    assert (ada.country, ada.offers, ada.state) == ("NL", ("Laadpleinen", "Depots"), "invited")
    again = (await look(server, organiser, data)).json()
    assert [line["fate"] for line in again["lines"]] == ["equal", "equal", "refused"]
    answer = await look(server, organiser, data, go="1")
    assert (answer.status_code, answer.json()["code"]) == (422, "import.nothing")


async def test_what_goes_out_comes_in_again_and_changes_nothing(
    server: LiveServer, organiser: Client
) -> None:
    await organiser.do("invite", name="Cem", email="cem@example.org", phone="+31 6 1234", languages=["nl"])
    await organiser.do(
        "invite", name="Eva", organisation='Bos "en" Zn; B.V.', place="-ah-", offers=["a", "b"]
    )
    await taken(server, organiser, as_xlsx([TITLES, ADA, ZOE]))
    ori = of(server, organiser)
    for lang in ("nl", "en"):
        answer = await ori.get(LIST, lang=lang)
        assert answer.headers["content-type"].startswith("text/csv")
        assert "attachment" in answer.headers["content-disposition"]
        told = (await look(server, organiser, answer.content)).json()
        assert [line["fate"] for line in told["lines"]] == ["equal"] * 5, told["lines"]
        assert {column["note"] for column in told["columns"]} == {""}
        assert all(column["field"] for column in told["columns"])
    assert "'+31 6 1234" in answer.text and "'-ah-" in answer.text


async def test_columns_are_said_by_hand(server: LiveServer, organiser: Client) -> None:
    data = as_csv([["Wie", "Waar", "Huh"], ["Ada Bos", "Voltline", "x"]])
    told = (await look(server, organiser, data)).json()
    assert told["missing"] and told["lines"] == []
    assert [column["samples"] for column in told["columns"]] == [["Ada Bos"], ["Voltline"], ["x"]]
    told = (await look(server, organiser, data, columns="name,organisation,")).json()
    assert told["lines"] == [{"line": 2, "fate": "new", "name": "Ada Bos", "organisation": "Voltline"}]
    for wrong in ("name", "name,name,", "name,role,"):
        answer = await look(server, organiser, data, columns=wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "import.columns")


async def test_a_word_nobody_knows_keeps_nobody_out_and_is_shown_before_and_after(
    server: LiveServer, organiser: Client
) -> None:
    titles = ["Naam", "Soort", "Land", "Talen"]
    data = as_csv(
        [
            titles,
            ["Ada Bos", "Overheid", "Atlantis", "Nederlands, Klingon"],
            ["Bob Mulder", "Gemeente", "NL", ""],
        ]
    )
    told = (await look(server, organiser, data)).json()
    unknown = {"kind": "Overheid", "country": "Atlantis", "languages": "Klingon"}
    assert [(line["fate"], line.get("unknown")) for line in told["lines"]] == [
        ("new", unknown),
        ("new", None),
    ]
    job = await taken(server, organiser, data)
    assert (job["added"], job["refused"]) == (2, 0)
    assert job["left_open"] == [
        {"number": 2, "field": field, "said": said} for field, said in unknown.items()
    ]
    ada, bob = people(server)["Ada Bos"], people(server)["Bob Mulder"]
    assert (ada.kind, ada.country, ada.languages) == ("", "", ("nl",))
    assert (bob.kind, bob.country) == ("local", "NL")


async def test_what_somebody_said_of_themselves_is_told_and_kept(
    server: LiveServer, organiser: Client
) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    await ada.do("change_card", place="Utrecht")
    data = as_csv([["Name", "E-mail", "Place", "Country"], ["Ada", "ada@example.org", "Delft", "NL"]])
    [line] = (await look(server, organiser, data)).json()["lines"]
    assert (line["fate"], line["fields"], line["kept"]) == ("changed", ["email", "country"], ["place"])
    await taken(server, organiser, data)
    await ada.until(lambda: ada.screen.of("participant")[id]["country"] == "NL", "the country")
    assert ada.screen.of("participant")[id]["place"] == "Utrecht"
    await taken(server, organiser, data, keeps="0")
    await ada.until(lambda: ada.screen.of("participant")[id]["place"] == "Delft", "the place")


async def test_only_organisers_import_and_export_and_see_of_it(server: LiveServer, organiser: Client) -> None:
    id, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    headers = {"Authorization": f"Bearer {server.token('Ada', 'participant', id=id, topic=TOPIC)}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as browser:
        for answer in (await browser.post(PATH, content=b"Name\nEve"), await browser.get(LIST)):
            assert (answer.status_code, answer.json()["code"]) == (403, "command.not_allowed")
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as browser:
        for answer in (await browser.post(PATH, content=b"Name\nEve"), await browser.get(LIST)):
            assert answer.status_code == 401
    assert (await ada.refused("begin_import", file="x", keeps=True, lines=[]))["code"] == "command.unknown"
    await taken(server, organiser, as_csv([TITLES, ZOE]))
    assert ada.screen.of("import") == {}


@pytest.mark.parametrize(("more", "status"), [(-40, 422), (1, 413)])
async def test_a_list_has_so_many_bytes_and_everything_else_has_fewer(
    server: LiveServer, organiser: Client, more: int, status: int
) -> None:
    data = b"Naam\n" + b"x" * (LIST_MAX - 5 + more)
    answer = await look(server, organiser, data)
    assert answer.status_code == status, answer.text
    slots = await of(server, organiser).post("/api/missions/ev-2027/slots", b"x" * 70_000)
    assert (slots.status_code, slots.json()["code"]) == (413, "request.body")


async def test_fifty_megabytes_are_refused_before_they_are_sent(
    server: LiveServer, organiser: Client
) -> None:
    head = request(f"POST {PATH} HTTP/1.1", f"Content-Length: {50 * 1024 * 1024}")
    status, body = await told(server, head)
    assert (status, body["code"]) == (413, "request.body")


async def test_nobody_has_lists_read_without_end(start: Starter) -> None:
    server = await start(Settings())
    organiser = await organised(server)
    # at once: a slow machine would be let in again between
    asked = [look(server, organiser, b"%PDF-1.7") for _ in range(IMPORTS.burst + 5)]
    codes = {answer.json()["code"] for answer in await asyncio.gather(*asked)}
    assert {"import.encoding", "pace.imports"} <= codes
