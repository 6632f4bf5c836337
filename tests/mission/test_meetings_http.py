"""Meetings on a running server: what the two are told, when both are free, and files for calendars; to
everybody else there is none of it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from icalendar import Calendar, Component

from tests.mission.test_contacts_http import PATH, connected
from tests.mission.test_directory_http import get
from tests.mission.test_live import TOPIC, invited, organised, organiser
from tests.web.client import Client
from tests.web.conftest import Starter, pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.clock import now_ms
from webinar_server.limits_of_meetings import FREE_TIMES
from webinar_server.mission.meetings import DAY_MS
from webinar_server.mission.programme import HOUR_MS
from webinar_server.settings import Settings

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]


async def soon(organiser: Client) -> int:
    """A full hour in two days, in which the mission is on."""
    begin = now_ms() // HOUR_MS * HOUR_MS + 2 * DAY_MS
    day = datetime.fromtimestamp(begin // 1000, UTC).strftime("%Y-%m-%d")
    await organiser.do("change_mission", topic=TOPIC, starts_on=day, ends_on=day)
    return begin


async def test_what_was_fixed_is_told_to_the_two_and_comes_as_a_file(
    server: LiveServer, organiser: Client
) -> None:
    people = await connected(server, organiser)
    (_, ada_line, ada_token), (bob, bob_line, bob_token) = people["Ada"], people["Bob"]
    begin = await soon(organiser)
    asked = {"whom": bob, "times": [begin, begin + HOUR_MS], "minutes": 20}
    meeting = (await ada_line.do("propose_meeting", **asked))["result"]["id"]
    await bob_line.until(lambda: meeting in bob_line.screen.of("meeting"), "the proposal")
    assert (await get(server, bob_token, f"{PATH}/meetings/{meeting}.ics")).status_code == 404
    free = (await get(server, ada_token, f"{PATH}/meetings/free", **{"with": bob})).json()
    assert any(start <= begin < end for start, end in free["spans"]) and "/" in free["zone"]
    await bob_line.do("accept_meeting", meeting=meeting, starts_at=begin)
    await ada_line.until(lambda: ada_line.screen.of("meeting")[meeting]["state"] == "fixed", "fixed")
    free = (await get(server, ada_token, f"{PATH}/meetings/free", **{"with": bob})).json()
    assert not any(start <= begin < end for start, end in free["spans"])
    assert organiser.screen.of("meeting") == {}
    for token, whom in ((ada_token, "Bob"), (bob_token, "Ada")):
        answer = await get(server, token, f"{PATH}/meetings/{meeting}.ics")
        assert answer.headers["content-type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert str(event["summary"]).startswith(whom) and "attendee" not in event
        # and so it does in the calendar of all
        uids = [str(one["uid"]) for one in await followed(server, token)]
        assert uids == [str(event["uid"])]
    await bob_line.do("cancel_meeting", meeting=meeting)
    answer = await get(server, bob_token, f"{PATH}/meetings/{meeting}.ics")
    whole = Calendar.from_ical(answer.content)
    assert str(whole["method"]) == "CANCEL" and int(whole.walk("VEVENT")[0]["sequence"]) == 1
    assert [str(one["status"]) for one in await followed(server, bob_token)] == ["CANCELLED"]


async def followed(server: LiveServer, token: str) -> list[Component]:
    answer = await get(server, token, f"{PATH}/calendar.ics")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


async def test_nobody_else_is_told_of_it_or_when_they_are_free(server: LiveServer, organiser: Client) -> None:
    people = await connected(server, organiser)
    (_, ada_line, _), (bob, bob_line, _) = people["Ada"], people["Bob"]
    begin = await soon(organiser)
    asked = {"whom": bob, "times": [begin, begin + HOUR_MS], "minutes": 20}
    meeting = (await ada_line.do("propose_meeting", **asked))["result"]["id"]
    await bob_line.until(lambda: meeting in bob_line.screen.of("meeting"), "the proposal")
    await bob_line.do("accept_meeting", meeting=meeting, starts_at=begin)
    eve, eve_line = await invited(server, organiser, "Eve")
    await eve_line.join(TOPIC)
    tokens = [
        server.token("Eve", "participant", id=eve, topic=TOPIC),
        server.token("Ori", "organiser", id=organiser.hello["you"]["id"], topic=TOPIC),
    ]
    for token in tokens:
        answer = await get(server, token, f"{PATH}/meetings/{meeting}.ics")
        assert (answer.status_code, answer.json()["code"]) == (404, "meeting.unknown")
        answer = await get(server, token, f"{PATH}/meetings/free", **{"with": bob})
        assert (answer.status_code, answer.json()["code"]) == (422, "meeting.stranger")
        assert await followed(server, token) == []
    assert eve_line.screen.of("meeting") == {} == organiser.screen.of("meeting")


async def test_looks_are_paced(start: Starter) -> None:
    server = await start(Settings(pace=True))
    bob, _, token = (await connected(server, await organised(server)))["Bob"]
    asked = (
        get(server, token, f"{PATH}/meetings/free", **{"with": bob}) for _ in range(6 * FREE_TIMES.burst)
    )
    answers = await asyncio.gather(*asked)
    assert "pace.meetings" in {answer.json().get("code") for answer in answers}
