"""Scenes of a mission, told as those of a session are. Ori is its organiser; others are who was invited."""

from __future__ import annotations

from typing import Any

from tests.session import scene as session
from webinar_server.mission import MISSION
from webinar_server.mission.participants import Participant
from webinar_server.state import Role

PLACES = [
    {"name": "The Hague", "zone": "Europe/Amsterdam"},
    {"name": "San Francisco", "zone": "America/Los_Angeles"},
]
CREATED: dict[str, Any] = {
    "mission": "ev-2027",
    "title": "Electric mobility",
    "starts_on": "2027-03-01",
    "ends_on": "2027-03-05",
    "places": PLACES,
    "organiser": "Ori Olsen",
}


class Scene(session.Scene):
    """A mission and what happened in it so far. Somebody's role is what the mission says."""

    about = MISSION

    def _role(self, who: str) -> Role:
        known = self.state.get(Participant, who)
        return "organiser" if known is None and who == "server" else known.role if known else "participant"

    def _arrive_first(self, who: str, command: str) -> None:
        """Whoever takes part may say things before they came."""


def scene(*people: str) -> Scene:
    """A mission with its organiser, and these people invited."""
    story = Scene().given("server", "create_mission", id="ori", **CREATED)
    for person in people:
        story.given("ori", "invite", id=person, name=person.capitalize(), email=f"{person}@example.org")
    return story  # type: ignore[return-value]
