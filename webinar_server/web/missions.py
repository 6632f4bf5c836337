"""Missions: how one begins, at a terminal or by the first organiser's link.

Where a log has nothing yet, a server tells its operator one link. Who opens it organises a mission with a
title and days to be changed, which begins that moment: nothing is made for those who need none. It is told
again at each start until somebody came in by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from webinar_server.clock import now_ms
from webinar_server.errors import Refusal
from webinar_server.live.hub import Hub
from webinar_server.mission import MISSION
from webinar_server.mission.mission import CreateMission, Place, is_zone
from webinar_server.mission.participants import Participant
from webinar_server.state import START, Identity
from webinar_server.words.ids import is_id

FIRST, FIRST_ORGANISER = "our-mission", "first-organiser"
"""The ids of the mission that begins by itself, and of who organises it."""

CALLED = {"en": ("Our mission", "Organiser"), "nl": ("Onze missie", "Organisator")}
"""What it and its organiser are called until they say otherwise, in the language of who begins it."""

WEEKS_AHEAD = 6
DAYS = 4


async def create_mission(hub: Hub, command: CreateMission) -> str:
    """Begin a mission's log; its organiser's id. Raises Refusal: it exists, or a field is not as it should
    be."""
    if not is_id(command.mission):
        text = "A mission's id is up to 60 small letters, digits and dashes, like ev-2027."
        raise Refusal("mission.id", text, field="mission")
    outcome = await hub.begin(MISSION.topic(command.mission), command)
    if isinstance(outcome, Refusal):
        raise outcome
    return str(outcome.result["organiser"])


def first_organiser() -> Participant:
    """As whom somebody comes by the first link, which has no name in it."""
    return Participant(id=FIRST_ORGANISER, name="", role="organiser")


async def is_first_wanted(hub: Hub) -> bool:
    """Whether nothing is here yet, or only a first mission that nobody has come into. Raises StorageError."""
    topic = MISSION.topic(FIRST)
    if await hub.worker.log.head(topic) == START:
        return not await hub.worker.log.topics()
    room = await hub.room(topic)
    organisers = room.state.of(Participant, "role", "organiser") if room is not None else ()
    return room is not None and not any(one.has_come for one in organisers)


async def begin_first(hub: Hub, identity: Identity, lang: str, zone: str) -> None:
    """Have the first mission there for who comes by its organiser's link, which a server alone can sign;
    `lang` is what they read, `zone` where their browser says that it is."""
    topic = MISSION.topic(FIRST)
    if (identity.topic, identity.id) == (topic, FIRST_ORGANISER) and await hub.room(topic) is None:
        outcome = await hub.begin(topic, _first(now_ms(), lang, zone))
        # pressed twice
        if isinstance(outcome, Refusal) and outcome.code != "mission.exists":
            raise outcome


def place_of(zone: str) -> Place:
    """A time zone, called by its city; UTC where there is none of that name."""
    try:
        known = ZoneInfo(zone).key if is_zone(zone) else "UTC"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = "UTC"
    return Place(name=known.rpartition("/")[2].replace("_", " "), zone=known)


def _first(now: int, lang: str, zone: str) -> CreateMission:
    title, organiser = CALLED[lang]
    today = datetime.fromtimestamp(now / 1000, UTC).date()
    monday = today + timedelta(days=7 * WEEKS_AHEAD - today.weekday())
    return CreateMission(
        mission=FIRST,
        title=title,
        starts_on=monday.isoformat(),
        ends_on=(monday + timedelta(days=DAYS)).isoformat(),
        places=(place_of(zone),),
        organiser=organiser,
        organiser_id=FIRST_ORGANISER,
    )
