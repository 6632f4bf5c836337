"""People who are connected, some days before a mission, and times at which they could meet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.mission.scene import Scene, scene
from webinar_server.mission.due import due
from webinar_server.mission.meetings import MINUTE_MS


def at(text: str) -> int:
    """`2027-03-02 17:00` in UTC, in Unix ms."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


BEFORE = at("2027-02-25 12:00")
TUESDAY = at("2027-03-02 17:00")
"""Six in the evening in The Hague, nine in the morning in San Francisco."""
WEDNESDAY = at("2027-03-03 17:00")
TIMES = [TUESDAY, WEDNESDAY]
PROPOSED: dict[str, Any] = {"whom": "bob", "times": TIMES, "minutes": 20}
QUARTER = 15 * MINUTE_MS


def connect(story: Scene, one: str, other: str) -> Scene:
    story.given(one, "ask_contact", id=f"{one}-{other}", whom=other, where="directory")
    story.given(other, "accept_contacts", requests=[f"{one}-{other}"])
    return story


def acquainted(*others: str) -> Scene:
    """Ada has Bob's contact, and each of the others both's."""
    story = scene("ada", "bob", *others)
    story.at = BEFORE
    story.given("ada", "change_card", country="US", organisation="Voltline")
    story.given("bob", "change_card", country="NL", organisation="Tulip Chargers")
    connect(story, "ada", "bob")
    for other in others:
        connect(connect(story, other, "ada"), other, "bob")
    return story


def proposed(story: Scene | None = None, **args: Any) -> Scene:
    """Ada proposed a meeting to Bob."""
    return (story or acquainted()).given("ada", "propose_meeting", id="m1", **PROPOSED | args)  # type: ignore[return-value]


def fixed(story: Scene | None = None, **args: Any) -> Scene:
    """Bob accepted, for Tuesday."""
    return proposed(story, **args).given("bob", "accept_meeting", meeting="m1", starts_at=TUESDAY)  # type: ignore[return-value]


def wait(story: Scene, until: int) -> Scene:
    """Time passes; what is due is done."""
    while (alarm := due(story.state)) is not None and alarm.at <= until:
        story.at = max(story.at, alarm.at)
        args = {name: getattr(alarm.command, name) for name in alarm.command.__struct_fields__}
        story.given("server", alarm.command.NAME, **args)
    story.at = until
    return story
