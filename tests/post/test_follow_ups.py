"""Letters of leads that came up: one for each who wants it, of two workers to whom it is time at once."""

from __future__ import annotations

import asyncio
import pathlib
from collections import Counter
from typing import Any

import msgspec
import pytest

from tests.mission.scene import scene
from tests.mission.test_leads import connected
from tests.mission.test_reminders import days
from tests.post.conftest import TOPIC, House
from tests.post.mailbox import Office
from tests.post.test_letters import letter, text
from tests.post.test_workers import pair
from tests.valkey import Valkey
from webinar_server.clock import now_ms
from webinar_server.live.committing import Request
from webinar_server.live.saying import said, server, to_nobody
from webinar_server.mission import MISSION
from webinar_server.mission.contacts import DAY_MS, HOUR_MS
from webinar_server.mission.leads import Lead
from webinar_server.mission.reminding import on_day

PAIRS = 15


@pytest.fixture
def valkey(tmp_path: pathlib.Path) -> Any:
    opened = Valkey(tmp_path)
    opened.start()
    yield opened
    opened.stop()


async def then(house: House, who: str, at: int, command: str, fresh: str = "", **args: Any) -> None:
    """Somebody said that, at that time."""
    room = await house.hub.room(TOPIC)
    assert room is not None
    actor = server(room)._replace(id=who, role="participant", at=at, fresh=fresh)
    named = msgspec.convert(args, MISSION.commands[command])
    (outcome,) = await said(room, [Request(actor, "", named, to_nobody)])
    assert not isinstance(outcome, Exception), outcome


async def connect(house: House, by: str, whom: str, at: int) -> None:
    id = f"c-{by}"
    await then(house, by, at, "ask_contact", id, whom=whom, where="directory")
    await then(house, whom, at, "accept_contacts", requests=[id])


async def test_two_workers_to_whom_it_is_time_at_once_remind_everybody_once(
    valkey: Valkey, office: Office
) -> None:
    one, two = await pair(valkey, office)
    people = [await one.invite(f"P{number}") for number in range(2 * PAIRS)]
    await then(one, people[0], now_ms(), "want_reminders", mail=False)
    await then(one, people[1], now_ms(), "want_reminders", three=False)
    long_ago = now_ms() - 3 * DAY_MS - 2 * HOUR_MS
    for by, whom in zip(people[::2], people[1::2], strict=True):
        await connect(one, by, whom, long_ago)
    await one.until(lambda post: post.sent == 2 * PAIRS - 2)
    room = await two.hub.room(TOPIC)
    assert room is not None
    async with asyncio.timeout(30):
        while any(lead.reminded == 0 for lead in room.state.all(Lead)):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert (await one.post()).waiting == 0
    assert Counter(office.to) == Counter(f"p{number}@example.org" for number in range(2, 2 * PAIRS))
    kinds = Counter(lead.reminder.kind if lead.reminder else "" for lead in room.state.all(Lead))
    # who wants it on the page alone has it there
    assert kinds == {"three": 2 * PAIRS - 1, "": 1}
    await one.close()
    await two.close()


async def test_who_did_something_before_it_went_gets_none(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert house.postman is not None
    ada, bob = await house.invite("Ada"), await house.invite("Bob")
    office.answers[""] = "451 4.7.1 later please"
    await connect(house, ada, bob, now_ms() - 3 * DAY_MS - 2 * HOUR_MS)
    await house.until_state(f"follow_up.{ada}", "queued", "later")
    await then(house, ada, now_ms(), "change_lead", lead=f"{ada}/{bob}", notes="Called")
    del office.answers[""]
    # as when it is time again
    room = house.hub.worker.rooms[TOPIC]
    kept = await house.letter(f"follow_up.{ada}")
    assert kept is not None
    actor = server(room)._replace(at=kept.due)
    claim = msgspec.convert({"worker": "w", "letters": [kept.id]}, MISSION.commands["claim_letters"])
    await said(room, [Request(actor, "", claim, to_nobody)])
    gone = await house.until_state(kept.id, "failed", "withdrawn")
    assert gone.tries == kept.tries and office.sent_to("ada@example.org") == []


def test_a_letter_names_whom_and_why_in_the_receivers_language_and_how_to_get_no_more() -> None:
    story = scene("ada", "bob", "cem").given("bob", "change_card", organisation="Voltline")
    connected(story)
    days(story, 3)
    at = story.the(Lead, "ada/bob").reminder
    assert at is not None
    came = text(letter(story, "follow_up", at=at.at))
    assert "Bob (Voltline): three days ago" in came and "/letters/ada-stop" in came
    story.given("bob", "change_card", languages=["nl"])
    assert "Ada: drie dagen geleden" in text(letter(story, "follow_up", to="bob", at=at.at))


def test_of_a_day_it_tells_the_step_and_nothing_that_was_noted() -> None:
    story: Any = connected()
    said_of: dict[str, Any] = {"next_step": "Send the <offer>", "due": "2030-05-01", "notes": "Between us"}
    story.given("ada", "change_lead", lead="ada/bob", **said_of)
    story.at = on_day("2030-05-01")
    story.given("server", "remind_leads", until=story.at)
    came = letter(story, "follow_up", at=story.at)
    assert "Bob: today is the day of “Send the <offer>”." in text(came)
    assert "Send the &lt;offer&gt;" in text(came, "html") and "Between us" not in str(came)
    assert came.get_content_type() == "multipart/alternative"
