"""Each HTTP call of a mission, asked by each who may come, of their own mission and of another: nobody is
told or may do more than they should. A call that is not in the table fails the test."""

from __future__ import annotations

from typing import Any, NamedTuple

import httpx
import msgspec
import pytest
from starlette.routing import Route

from tests.mission.planning import planned
from tests.mission.scene import CREATED
from tests.mission.test_live import TOPIC, invited, organised
from tests.mission.test_who import SLOT, link
from tests.web.client import Client
from tests.web.conftest import Starter, pytest_asyncio_loop_factories, start
from tests.web.server import LiveServer
from webinar_server.mission import MISSION
from webinar_server.mission.mission import CreateMission
from webinar_server.state import Answer

__all__ = ["pytest_asyncio_loop_factories", "start"]

OTHER = "ports-2027"
ALL = ("participant", "organiser")
LEADS = ("organiser",)
ANYBODY = ("participant", "organiser", "guest", "declined", "nobody")

CALLS: dict[tuple[str, str], tuple[str, ...]] = {
    ("GET", "participants"): ALL,
    ("GET", "participants/{person}"): ALL,
    ("GET", "leaders"): ALL,
    ("GET", "organisations"): ALL,
    ("GET", "organisations/{key}"): ALL,
    ("GET", "calendar.ics"): ALL,
    ("GET", "feed"): ALL,
    # by the token in its address, which is none of theirs
    ("GET", "feed/{token}.ics"): (),
    ("GET", "mine.json"): ALL,
    # with whom one has none there is nothing to see
    ("GET", "conversations/{person}"): ALL,
    ("POST", "erase"): ALL,
    ("GET", "leads.csv"): ALL,
    ("GET", "leads.xlsx"): ALL,
    ("GET", "leads.vcf"): ALL,
    ("GET", "leads.json"): ALL,
    ("GET", "meetings/free"): ALL,
    ("GET", "meetings/{meeting}.ics"): ALL,
    ("GET", "shared"): ALL,
    ("GET", "next"): ALL,
    ("GET", "welcome"): ANYBODY,
    ("GET", "alike"): ANYBODY,
    ("POST", "join"): ANYBODY,
    ("POST", "lost-link"): ANYBODY,
    ("GET", "picture/{name}"): ANYBODY,
    ("GET", "post"): LEADS,
    ("GET", "post/ready"): LEADS,
    ("GET", "people"): LEADS,
    ("GET", "score"): ALL,
    ("GET", "report"): LEADS,
    ("POST", "links"): LEADS,
    ("GET", "links.csv"): LEADS,
    ("POST", "imports"): LEADS,
    ("GET", "participants.csv"): LEADS,
    ("POST", "slots"): LEADS,
    ("POST", "picture"): LEADS,
    ("POST", "copy"): LEADS,
}
"""Who may make a call, in their own mission; in another nobody but who may be anybody."""

KEPT_OUT = {
    *(
        "topic.forbidden",
        "topic.unknown",
        "command.not_allowed",
        "participant.declined",
        "participant.unknown",
    ),
    *("token.missing", "token.wrong", "person.absent"),
}


class People(NamedTuple):
    """Tokens of who asks, by who they are, and the id of somebody to ask about."""

    tokens: dict[str, str]
    somebody: str


async def people(server: LiveServer, organiser: Client) -> People:
    id, ada = await invited(server, organiser, "Ada")
    await ada.join(TOPIC)
    declined, _ = await invited(server, organiser, "Dan")
    await organiser.do("decline", topic=TOPIC, participant=declined)
    await planned(server, **SLOT)
    outcome = await server.hub.begin(
        MISSION.topic(OTHER), msgspec.convert(CREATED | {"mission": OTHER}, CreateMission)
    )
    assert isinstance(outcome, Answer)
    tokens = {
        "participant": link(server, id),
        "organiser": link(server, organiser.hello["you"]["id"]),
        "declined": link(server, declined),
        "guest": server.token("Gus", "organiser"),
        "nobody": "",
    }
    return People(tokens, id)


def calls_of(server: LiveServer) -> set[tuple[str, str]]:
    begin = f"/api/{MISSION.name}s/{{id}}/"
    routes = [route for route in server._server.config.app.routes if isinstance(route, Route)]
    return {
        (method, route.path.removeprefix(begin))
        for route in routes
        for method in (route.methods or set()) - {"HEAD"}
        if route.path.startswith(begin)
    }


@pytest.mark.parametrize("mission", ["ev-2027", OTHER])
async def test_each_call_is_for_those_whom_it_is_for_in_their_own_mission_alone(
    start: Starter, mission: str
) -> None:
    server = await start()
    asked = await people(server, await organised(server))
    assert calls_of(server) == set(CALLS), "say who may make it"
    amiss = []
    for (method, call), allowed in CALLS.items():
        may = allowed if mission == "ev-2027" or allowed == ANYBODY else ()
        for who, token in asked.tokens.items():
            answer = await make(server, token, method, mission, call, asked.somebody)
            if (code := code_of(answer)) in KEPT_OUT and who in may:
                amiss.append((method, call, who, code))
            if code not in KEPT_OUT and who not in may:
                amiss.append((method, call, who, answer.status_code, code))
    assert amiss == []


async def make(
    server: LiveServer, token: str, method: str, mission: str, call: str, somebody: str
) -> httpx.Response:
    path = call.format(person=somebody, key="none", token="x", name="none.png", meeting="none")
    headers = {"Origin": server.url} | ({"Authorization": f"Bearer {token}"} if token else {})
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
        body: Any = {"json": {"participant": somebody}} if call == "links" else {"json": {}}
        url = f"/api/{MISSION.name}s/{mission}/{path}"
        return await http.request(method, url, **(body if method == "POST" else {}))


def code_of(answer: httpx.Response) -> str:
    if answer.status_code < 400 or "json" not in answer.headers.get("content-type", ""):
        return str(answer.status_code)
    return str(answer.json().get("code"))
