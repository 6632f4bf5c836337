"""The report of the week and what comes next, over HTTP: to whom they are for, and to nobody else."""

from __future__ import annotations

import pytest

from tests.mission.planning import planned
from tests.mission.test_directory_http import get, somebody
from tests.mission.test_live import TOPIC, invited, organised, organiser
from tests.web.client import Client
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.clock import now_ms
from webinar_server.mission.programme import HOUR_MS
from webinar_server.web.mission.report import SLOTS_TOLD

__all__ = ["organised", "organiser", "pytest_asyncio_loop_factories", "server", "start"]

REPORT, NEXT = "/api/missions/ev-2027/report", "/api/missions/ev-2027/next"
SCORE = "/api/missions/ev-2027/score"


async def plan(server: LiveServer, session: str, starts_at: int, **more: object) -> None:
    times = {"starts_at": starts_at, "ends_at": starts_at + HOUR_MS}
    await planned(server, session=session, title=session.capitalize(), **times, **more)


async def test_organisers_are_told_the_week_in_numbers_and_participants_are_not(
    server: LiveServer, organiser: Client
) -> None:
    _, _, token = await somebody(server, organiser)
    await plan(server, "depots", now_ms())
    mine = server.token("Ori", "organiser", id=organiser.hello["you"]["id"], topic=TOPIC)
    told = await get(server, mine, path=REPORT)
    assert told.status_code == 200 and told.headers["cache-control"] == "no-store"
    assert {"participants": 1, "came": 0, "greeted": 0}.items() <= told.json().items()
    assert [hour["session"] for hour in told.json()["sessions"]] == ["depots"]
    refused = await get(server, token, path=REPORT)
    assert (refused.status_code, refused.json()["code"]) == (403, "command.not_allowed")


async def test_what_comes_next_is_on_or_still_to_come_and_says_as_what_one_takes_part(
    server: LiveServer, organiser: Client
) -> None:
    id, _, token = await somebody(server, organiser)
    now = now_ms()
    await plan(server, "over", now - 2 * HOUR_MS)
    for number in reversed(range(SLOTS_TOLD + 1)):
        await plan(server, f"s{number}", now + number * HOUR_MS - 1_000, speakers=[id] if number == 1 else [])
    slots = (await get(server, token, path=NEXT)).json()["slots"]
    assert [(slot["id"], slot["role"]) for slot in slots] == [
        ("s0", "attendee"),
        ("s1", "speaker"),
        ("s2", "attendee"),
    ]


@pytest.mark.parametrize("path", [REPORT, SCORE, NEXT])
async def test_nobody_else_is_told_anything(server: LiveServer, organiser: Client, path: str) -> None:
    id, _ = await invited(server, organiser, "Bob")
    assert (await get(server, None, path=path)).status_code == 401
    attendee = await get(server, server.token("Ada", "organiser"), path=path)
    assert (attendee.status_code, attendee.json()["code"]) == (403, "topic.forbidden")
    await organiser.do("decline", participant=id)
    token = server.token("Bob", "participant", id=id, topic=TOPIC)
    declined = await get(server, token, path=path)
    assert (declined.status_code, declined.json()["code"]) == (403, "participant.declined")


async def test_the_score_is_told_to_whom_organisers_show_it(server: LiveServer, organiser: Client) -> None:
    _, _, token = await somebody(server, organiser)
    mine = server.token("Ori", "organiser", id=organiser.hello["you"]["id"], topic=TOPIC)
    assert (await get(server, token, path=SCORE)).json() == {"score": None}
    told = await get(server, mine, path=SCORE)
    assert told.headers["cache-control"] == "no-store" and told.json()["score"]["contacts"] is None
    await organiser.do("change_mission", score="all")
    assert (await get(server, token, path=SCORE)).json() == (await get(server, mine, path=SCORE)).json()
    await organiser.do("change_mission", score="nobody")
    assert (await get(server, mine, path=SCORE)).json() == {"score": None}
