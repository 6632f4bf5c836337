"""Consent in every answer over HTTP: each GET call of a mission and of its sessions, asked by each who stands
otherwise with her, while her switches stand each way. A call that is not in the table fails."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

import httpx
import openpyxl
from starlette.routing import Route

from tests.mission.planning import planned
from tests.mission.test_consent_outputs import FIRM, MAIL, NAME
from tests.mission.test_contacts_http import PATH
from tests.mission.test_live import TOPIC, organised
from tests.mission.test_meetings_http import soon
from tests.web.client import Client
from tests.web.conftest import Starter, pytest_asyncio_loop_factories, start
from tests.web.server import LiveServer
from webinar_server.mission.consent import DEFAULTS, FIELDS, NEEDS, SWITCHES, Output

__all__ = ["pytest_asyncio_loop_factories", "start"]

PHONE = "+31655501234"
MARKS = {"name": NAME, "organisation": FIRM, "email": MAIL, "phone": PHONE}
VIEWERS = ("tim", "kim", "tom", "bob", "eve", "ori")
"""Whom she accepted, with her details and without, the first one's colleague with whom he shares that, who
asked her, who has nothing of her, and who organises."""

HANDED_OVER: tuple[Output, ...] = ("details",)
"""What was given once stays so with whom it was given to, as a card of paper does."""


class Row(NamedTuple):
    """By what outputs an answer shows her, and which of her fields at most; to all, or `by` name."""

    fields: str = ""
    all: tuple[Output, ...] = ()
    by: Mapping[str, tuple[Output, ...]] = {}


EVERY = "name organisation email phone"
CARD = "name organisation"
NOTHING = Row()
GIVEN: Mapping[str, tuple[Output, ...]] = {"tim": ("contact", "details"), "kim": ("contact",)}
LEADS = Row(EVERY, by=GIVEN)
SHARED = Row(EVERY, by={**GIVEN, "tom": ("shared",)})
MET = Row(CARD, by={"tim": ("contact",)})
LISTED = Row(CARD, ("directory",))

MISSION_CALLS: Mapping[str, Row] = {
    "participants": LISTED,
    "participants?q=kanarie&match=1": LISTED,
    "participants/{person}": Row(EVERY, ("directory",), {"ori": ("organisers",)}),
    "leaders": Row(CARD, ("programme",)),
    "organisations": Row("organisation", ("directory",)),
    "organisations/{key}": LISTED,
    "alike?organisation=Kanarie Work": Row("organisation", ("directory",)),
    "calendar.ics": MET,
    "feed": NOTHING,
    "feed/{token}.ics": MET,
    "meetings/{meeting}.ics": MET,
    "meetings/free?with={person}": NOTHING,
    "mine.json": Row(EVERY, by={**GIVEN, "bob": ("asked",)}),
    "conversations/{person}": NOTHING,
    **{f"leads.{way}": LEADS for way in ("csv", "xlsx", "vcf", "json")},
    **{f"leads.{way}?shared=1": SHARED for way in ("csv", "xlsx", "json")},
    "shared": Row(EVERY, by={"tom": ("shared",)}),
    "next": NOTHING,
    "welcome": NOTHING,
    "picture/{name}": NOTHING,
    "score": NOTHING,
    "report": NOTHING,
    "post": Row("name organisation email", by={"ori": ("organisers",)}),
    "post/ready": NOTHING,
    "people": Row(EVERY, by={"ori": ("organisers",)}),
    "links.csv": Row("name organisation email", by={"ori": ("organisers",)}),
    "participants.csv": Row(EVERY, by={"ori": ("organisers",)}),
}
"""Of a mission."""

SESSION_CALLS: Mapping[str, Row] = {}
"""Of a session, those that show her. What is said there names who says it by their id, and who is there is
told on its line; what hosts take home is of those who came. Any other call shows nothing of who did not."""

OTHER_CALLS: Mapping[str, Row] = {
    "/api/me": NOTHING,
    "/api/address": NOTHING,
    # a second of silence each: it says what a proxy makes of a stream, and knows nobody
    "/api/trickle": NOTHING,
}
"""Beside both."""

SESSION = "/api/sessions/{id}/"
WAYS: tuple[Mapping[str, bool], ...] = (
    dict.fromkeys(SWITCHES, True),
    *({str(switch): False} for switch in SWITCHES),
    dict.fromkeys(SWITCHES, False),
    {switch: DEFAULTS[switch] for switch in SWITCHES},
)
"""All, all but each one, none, and as they stand before anybody turns them."""


class Week(NamedTuple):
    """Clients and ids by name, and what addresses name."""

    server: LiveServer
    clients: dict[str, Client]
    ids: dict[str, str]
    named: dict[str, str]

    def token(self, who: str) -> str:
        role: Any = "organiser" if who == "ori" else "participant"
        return self.server.token(who, role, id=self.ids[who], topic=TOPIC)


async def week(server: LiveServer) -> Week:
    """She speaks in a session, was accepted by Tim, asked by Bob, writes to Tim and meets him; Tim
    shares with Tom. Letters to her wait."""
    ori = await organised(server)
    clients, ids = {"ori": ori}, {"ori": ori.hello["you"]["id"]}
    cards: dict[str, dict[str, Any]] = {
        "ada": {"name": NAME, "organisation": FIRM, "email": MAIL},
        **{
            who: {"name": who, "organisation": "Tulip", "email": f"{who}@tulip.example"}
            for who in ("tim", "tom")
        },
        **{
            who: {"name": who, "organisation": "Delta", "email": f"{who}@delta.example"}
            for who in ("kim", "bob", "eve")
        },
    }
    for who, card in cards.items():
        ids[who] = (await ori.do("invite", topic=TOPIC, **card))["result"]["id"]
        clients[who] = await (await server.connected(who, "participant", id=ids[who], topic=TOPIC)).join(
            TOPIC
        )
    await server.add_session("depots", mission="ev-2027")
    await planned(server, session="depots", title="Depots", starts_at=0, ends_at=1, speakers=[ids["ada"]])
    await ori.do("change_mission", topic=TOPIC, entry="open")
    ada, tim = clients["ada"], clients["tim"]
    await ada.do("change_card", phone=PHONE)
    for who in ("tim", "kim", "bob"):
        await ada.do("turn", switch="details", on=who == "tim")
        await known(clients[who], ada, ids["ada"], accepted=who != "bob")
    await tim.do("ask_sharing", whom=ids["tom"])
    await clients["tom"].do("ask_sharing", whom=ids["tim"])
    await ada.do("write", to=ids["tim"], text="Shall we?")
    begins = await soon(ori)
    asked = {"whom": ids["tim"], "times": [begins, begins + 3_600_000], "minutes": 20}
    meeting = (await ada.do("propose_meeting", **asked))["result"]["id"]
    await tim.until(lambda: meeting in tim.screen.of("meeting"), "the proposal")
    await tim.do("accept_meeting", meeting=meeting, starts_at=begins)
    await ori.do("send_letters", kind="link", participants=[ids["ada"]])
    return Week(
        server,
        clients,
        ids,
        {"person": ids["ada"], "key": "kanarie works", "meeting": meeting, "name": "none.png"},
    )


async def known(client: Client, ada: Client, id: str, accepted: bool) -> None:
    """Somebody asks her for contact, and perhaps she agrees."""
    asked = (await client.do("ask_contact", whom=id, where="directory"))["result"]["id"]
    await ada.until(lambda: asked in ada.screen.of("request"), "asked")
    if accepted:
        await ada.do("accept_contacts", requests=[asked])


async def look(week: Week, http: httpx.AsyncClient, who: str, call: str) -> str:
    """An answer as text, whatever it is."""
    headers = {"Authorization": f"Bearer {week.token(who)}"}
    path = call.format(**week.named, token="{token}")
    if "{token}" in path:
        path = (await http.get(f"{PATH}/feed", headers=headers)).json()["path"]
    answer = await http.get(path, headers=headers)
    assert answer.status_code < 500, (call, who)
    if "spreadsheet" in answer.headers.get("content-type", ""):
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    return answer.text.replace("\r\n ", "")


def expected(row: Row, who: str, switches: Mapping[str, bool]) -> set[str]:
    outputs = row.by.get(who, row.all)
    agreed = [one for one in outputs if one in HANDED_OVER or all(switches[each] for each in NEEDS[one])]
    shown = [FIELDS[output] for output in agreed]
    return set(row.fields.split()) & set(MARKS) & set().union(*shown)


def paths_of(server: LiveServer) -> Iterator[str]:
    """All calls by which something is got from this server."""
    app: Any = server._server.config.app
    for route in app.routes:
        # pages know nobody before they ask
        is_call = isinstance(route, Route) and route.path.startswith("/api/")
        if is_call and "GET" in (route.methods or set()):
            yield route.path


async def test_each_call_is_in_the_table(start: Starter) -> None:
    begin = "/api/missions/{id}/"
    ours = {begin + call.partition("?")[0] for call in MISSION_CALLS}
    found = {path for path in paths_of(await start()) if not path.startswith(SESSION)}
    assert found == ours | set(OTHER_CALLS), "say what it shows of somebody"


def session_calls(server: LiveServer) -> dict[str, Row]:
    """All there are of a session, whatever their addresses name."""
    found = [path.removeprefix(SESSION) for path in paths_of(server) if path.startswith(SESSION)]
    asked = {call: re.sub(r"\{\w+\}", "people", call) for call in found}
    return {SESSION.format(id="depots") + asked[call]: SESSION_CALLS.get(call, NOTHING) for call in found}


async def test_each_answer_shows_her_to_whom_and_as_far_as_she_agreed(start: Starter) -> None:
    story = await week(await start())
    async with httpx.AsyncClient(base_url=story.server.url, trust_env=False) as http:
        assert not (amiss := [each async for each in amiss_in(story, http)]), "\n".join(map(str, amiss))


async def amiss_in(story: Week, http: httpx.AsyncClient) -> AsyncIterator[tuple[Any, ...]]:
    """What is shown of her and should not be, or is not and should."""
    calls = {f"{PATH}/{call}": row for call, row in MISSION_CALLS.items()} | dict(OTHER_CALLS)
    calls |= session_calls(story.server)
    calls.pop("/api/trickle")
    for way in WAYS:
        switches = dict.fromkeys(SWITCHES, True) | dict(way)
        for switch, on in switches.items():
            await story.clients["ada"].do("turn", switch=switch, on=on)
        for call, row in calls.items():
            for who in VIEWERS:
                seen = await look(story, http, who, call)
                marks = {field for field, mark in MARKS.items() if mark in seen}
                if marks != expected(row, who, switches):
                    yield call, who, sorted(marks), dict(way)


async def test_who_is_here_is_told_by_the_directory_alone_and_while_both_switches_are_on(
    start: Starter,
) -> None:
    story = await week(await start())
    async with httpx.AsyncClient(base_url=story.server.url, trust_env=False) as http:
        for listed, present in product((True, False), repeat=2):
            await story.clients["ada"].do("turn", switch="listed", on=listed)
            await story.clients["ada"].do("turn", switch="present", on=present)
            seen = await look(story, http, "eve", f"{PATH}/participants?q=kanarie&here=true")
            assert (story.ids["ada"] in seen) == (listed and present)
            organisation = await look(story, http, "eve", f"{PATH}/organisations/{{key}}")
            assert ('"here":1' in organisation) == (listed and present)
