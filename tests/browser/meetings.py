"""A mission that begins tomorrow, in which Ada, in The Hague, has the contact of some across the ocean."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.browser.missions import SEEKERS, command, done_by
from webinar_server.clock import now_ms
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.mission.meetings import DAY_MS, MINUTE_MS
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import HOUR_MS

HAGUE, FRANCISCO = "Europe/Amsterdam", "America/Los_Angeles"
ADA, BEA, CAS, DIA = SEEKERS[:4]


def day(days: int) -> str:
    """So many days from today, in UTC."""
    return datetime.fromtimestamp(now_ms() // 1000 + days * 86_400, UTC).strftime("%Y-%m-%d")


def evening(days: int) -> int:
    """18:00 in UTC, so many days from today (Unix ms)."""
    return now_ms() // DAY_MS * DAY_MS + days * DAY_MS + 18 * HOUR_MS


async def acquainted(room: Room) -> None:
    """Ada has the contact of Bea and of Cas."""
    ids = people(room)
    await say(room, command("change_mission", starts_on=day(1), ends_on=day(5)))
    for name in (BEA, CAS, DIA):
        await done_by(
            room, ids[name], "", "change_card", country="US", organisation=f"{name.split()[1]} Grid"
        )
        await done_by(room, ids[name], "", "keep_diary", zone=FRANCISCO)
        await done_by(room, ids[ADA], f"c-{name}", "ask_contact", whom=ids[name], where="directory")
        await done_by(room, ids[name], "", "accept_contacts", requests=[f"c-{name}"])
    await done_by(room, ids[ADA], "", "keep_diary", zone=HAGUE)


async def busy(room: Room) -> None:
    """And each kind of meeting with them."""
    await acquainted(room)
    ids, minute = people(room), now_ms() // (5 * MINUTE_MS) * 5 * MINUTE_MS
    ada, bea, cas, dia = (ids[name] for name in (ADA, BEA, CAS, DIA))
    soon = minute + 25 * MINUTE_MS
    days = [evening(n) for n in (1, 2, 3, 4)]
    place = "https://meet.example.org/ada"
    await _proposed(room, ada, bea, "soon", [soon, days[2]], place=place)
    await done_by(room, bea, "", "accept_meeting", meeting="soon", starts_at=soon)
    await _proposed(room, cas, ada, "later", [days[1], days[2]], note="Two hours of daylight less: shall we?")
    await done_by(room, ada, "", "accept_meeting", meeting="later", starts_at=days[1])
    note = "What does a depot of forty buses draw at night?"
    await _proposed(room, dia, ada, "asked", [days[0], days[1], days[3] + 6 * HOUR_MS], note=note)
    await _proposed(room, ada, cas, "mine", [days[2], days[3]])
    await _proposed(room, ada, dia, "off", [days[2], days[3]])
    await done_by(room, dia, "", "decline_meeting", meeting="off")


def people(room: Room) -> dict[str, str]:
    return {one.name: one.id for one in room.state.all(Participant)}


async def _proposed(
    room: Room, by: str, to: str, fresh: str, times: list[int], note: str = "", place: str = ""
) -> None:
    args = {"whom": to, "times": times, "minutes": 20, "note": note, "place": place}
    await done_by(room, by, fresh, "propose_meeting", **args)
