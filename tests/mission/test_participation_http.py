"""What a participant asks for by HTTP: cards, organisations, their calendar, their data; told nobody else."""

from __future__ import annotations

import gc
from typing import Any
from weakref import ref

import pytest
from icalendar import Calendar

from tests.mission.planning import planned
from tests.mission.test_directory_http import get, somebody
from tests.mission.test_live import TOPIC, invited, organiser
from tests.mission.test_who import seated
from tests.web.client import Client, until
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.clock import now_ms
from webinar_server.mission.directory import Directory
from webinar_server.mission.history import parts_of

__all__ = ["organiser", "pytest_asyncio_loop_factories", "server", "start"]

MISSION = "/api/missions/ev-2027"
CALLS = ("participants", "participants/ID", "leaders", "organisations", "organisations/voltline bv", "feed")
CALLS += ("calendar.ics", "mine.json")
HOUR_MS = 3_600_000


async def bob_of_voltline(organiser: Client) -> str:
    """Bob, who was invited and is listed; his id."""
    said = {
        "name": "Bob",
        "organisation": "Voltline B.V.",
        "kind": "sme",
        "country": "NL",
        "offers": ["Depots"],
    }
    return str((await organiser.do("invite", **said, email="bob@example.org"))["result"]["id"])


async def plan(server: LiveServer, **more: Any) -> None:
    slot = {"session": "depots", "title": "Depots", "starts_at": HOUR_MS, "ends_at": 2 * HOUR_MS}
    await planned(server, **slot | more)


@pytest.mark.parametrize("call", CALLS)
async def test_each_call_is_for_who_takes_part_in_this_mission(
    server: LiveServer, organiser: Client, call: str
) -> None:
    id, ada, token = await somebody(server, organiser)
    await ada.do("change_card", organisation="Voltline BV")
    path = f"{MISSION}/{call.replace('ID', id)}"
    answer = await get(server, token, path)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    other = await get(server, token, path.replace("ev-2027", "other"))
    assert (other.status_code, other.json()["code"]) == (403, "topic.forbidden")
    assert (await get(server, None, path)).status_code == 401
    attendee = await get(server, server.token("Ada"), path)
    assert (attendee.status_code, attendee.json()["code"]) == (403, "topic.forbidden")
    stranger = await get(server, server.token("Eve", "participant", id="eve", topic=TOPIC), path)
    assert (stranger.status_code, stranger.json()["code"]) == (403, "participant.unknown")
    await ada.do("leave_mission")
    left = await get(server, token, path)
    assert (left.status_code, left.json()["code"]) == (403, "participant.left")


async def test_a_card_shows_what_consent_allows_and_organisers_all(
    server: LiveServer, organiser: Client
) -> None:
    bob = await bob_of_voltline(organiser)
    await plan(server, speakers=[bob])
    _, ada, token = await somebody(server, organiser)
    await ada.do("change_card", seeks=["Depot"])
    card = (await get(server, token, f"{MISSION}/participants/{bob}")).json()
    assert (card["name"], card["organisation"], card["offers"]) == ("Bob", "Voltline B.V.", ["Depots"])
    assert card["reasons"] == [{"what": "offers", "tag": "Depots"}] and not {"email", "phone", "state"} & set(
        card
    )
    assert card["sessions"] == [{"id": "depots", "title": "Depots", "starts_at": HOUR_MS, "role": "speaker"}]
    id = organiser.hello["you"]["id"]
    whole = await get(
        server, server.token("Ori", "organiser", id=id, topic=TOPIC), f"{MISSION}/participants/{bob}"
    )
    assert (whole.json()["email"], whole.json()["state"]) == ("bob@example.org", "invited")


async def test_who_is_not_listed_or_out_has_no_card_but_for_themselves(
    server: LiveServer, organiser: Client
) -> None:
    bob = await bob_of_voltline(organiser)
    id, ada, token = await somebody(server, organiser)
    await ada.do("turn", switch="listed", on=False)
    assert (await get(server, token, f"{MISSION}/participants/{id}")).json()["name"] == "Ada"
    for command in ("decline", None):
        if command:
            await organiser.do(command, participant=bob)
        unknown = await get(server, token, f"{MISSION}/participants/{bob if command else 'nobody'}")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "card.unknown")
    _, _, other = await somebody_else(server, organiser)
    assert (await get(server, other, f"{MISSION}/participants/{id}")).json()["code"] == "card.unknown"


async def somebody_else(server: LiveServer, organiser: Client) -> tuple[str, Client, str]:
    id, cem = await invited(server, organiser, "Cem")
    await cem.join(TOPIC)
    await cem.until(lambda: cem.screen.of("participant").get(id, {}).get("state") == "admitted", "admitted")
    return id, cem, server.token("Cem", "participant", id=id, topic=TOPIC)


async def test_an_organisation_has_a_page_with_its_people_however_they_write_it(
    server: LiveServer, organiser: Client
) -> None:
    await bob_of_voltline(organiser)
    _, ada, token = await somebody(server, organiser)
    await ada.do("change_card", organisation="voltline BV", seeks=["Depot"])
    listed = (await get(server, token, f"{MISSION}/organisations", q="VOLT")).json()
    assert listed["total"] == 1 and listed["organisations"][0]["people"] == 2
    assert listed["organisations"][0] | {"name": ""} == {
        **{"key": "voltline bv", "name": "", "people": 2, "here": 1},
        **{"kinds": ["sme"], "countries": ["NL"]},
    }
    page = (await get(server, token, f"{MISSION}/organisations/voltline bv")).json()
    assert [card["name"] for card in page["cards"]] == ["Ada", "Bob"]
    assert page["facets"]["offers"] == {"Depots": 1} and page["facets"]["seeks"] == {"Depot": 1}
    unknown = await get(server, token, f"{MISSION}/organisations/nobody")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "organisation.unknown")
    await ada.do("turn", switch="listed", on=False)
    assert (await get(server, token, f"{MISSION}/organisations/voltline bv")).json()["people"] == 1


async def test_who_leads_is_named_in_the_programme_listed_or_not(
    server: LiveServer, organiser: Client
) -> None:
    id, ada, token = await somebody(server, organiser)
    await plan(server, hosts=[id])
    await ada.do("turn", switch="listed", on=False)
    leaders = (await get(server, token, f"{MISSION}/leaders")).json()
    assert leaders == {id: {"name": "Ada", "organisation": "", "country": ""}}


async def test_ones_calendar_is_followed_by_its_address_until_ones_links_end(
    server: LiveServer, organiser: Client
) -> None:
    id, ada, token = await somebody(server, organiser)
    await plan(server)
    await ada.do("attend", slot="depots")
    path = (await get(server, token, f"{MISSION}/feed")).json()["path"]
    for told in (await get(server, None, path), await get(server, token, f"{MISSION}/calendar.ics")):
        assert told.status_code == 200 and told.headers["content-type"].startswith("text/calendar")
        (event,) = Calendar.from_ical(told.content).walk("VEVENT")
        assert event["url"] == f"{server.url}/session/depots"
    assert (await get(server, None, path.replace("ev-2027", "other"))).status_code == 401
    assert (await get(server, None, path[:-6] + "xx.ics")).status_code == 401
    assert (await get(server, None, f"{MISSION}/feed/{token}.ics")).status_code == 401
    assert (
        await get(server, path.split("/")[-1].removesuffix(".ics"), MISSION + "/leaders")
    ).status_code == 401
    await organiser.do("end_links_of", participant=id)
    ended = await get(server, None, path)
    assert (ended.status_code, ended.json()["code"]) == (401, "token.renewed")


async def test_a_feed_ends_with_who_is_declined(server: LiveServer, organiser: Client) -> None:
    id, _, token = await somebody(server, organiser)
    path = (await get(server, token, f"{MISSION}/feed")).json()["path"]
    await organiser.do("decline", participant=id)
    assert (await get(server, None, path)).json()["code"] == "participant.declined"


async def test_my_data_is_all_that_is_mine_and_nothing_of_others(
    server: LiveServer, organiser: Client
) -> None:
    await bob_of_voltline(organiser)
    id, ada, token = await somebody(server, organiser)
    await plan(server, hosts=[id])
    await ada.do("change_card", phone="+31 6 1234")
    await ada.do("turn", switch="present", on=False)
    answer = await get(server, token, f"{MISSION}/mine.json")
    told = answer.json()
    assert told["records"]["participant"][0]["phone"] == "+31 6 1234"
    assert told["records"]["consent"][0]["present"]["on"] is False
    assert told["records"]["slot"][0]["id"] == "depots" and told["mission"]["title"] == "Electric mobility"
    assert "Bob" not in answer.text and "attachment" in answer.headers["content-disposition"]


async def test_my_data_has_what_was_said_before_the_hour_and_in_a_session_that_is_off(
    server: LiveServer, organiser: Client
) -> None:
    id, _, token = await somebody(server, organiser)
    ahead = now_ms() + 10 * HOUR_MS
    for session in ("depots", "grids"):
        await server.add_session(session, mission="ev-2027")
        times = {"starts_at": ahead, "ends_at": ahead + HOUR_MS}
        await planned(server, session=session, title=session.capitalize(), **times)
        await (await seated(server, id, session)).do("say", text=f"Early in {session}")
    await organiser.do("drop_slot", slot="grids")
    history = server.hub.worker.rooms[TOPIC].state
    await until(lambda: len(parts_of(history, id)) == 2, "the mission knows of both")
    told = (await get(server, token, f"{MISSION}/mine.json")).json()["sessions"]
    said = {one["session"]: [m["text"] for m in one["records"]["message"]] for one in told}
    assert said == {"depots": ["Early in depots"], "grids": ["Early in grids"]}


async def test_a_directory_is_kept_no_longer_than_its_room(server: LiveServer, organiser: Client) -> None:
    _, ada, token = await somebody(server, organiser)
    assert (await get(server, token, f"{MISSION}/participants")).status_code == 200
    room = server.hub.worker.rooms[TOPIC]
    kept = [ref(one) for one in gc.get_objects() if isinstance(one, Directory) and one.state is room.state]
    assert len(kept) == 1 and kept[0]() is not None
    del room
    await ada.close()
    await organiser.close()
    await server.hub._close(TOPIC)
    gc.collect()
    assert kept[0]() is None
