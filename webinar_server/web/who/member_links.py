"""Links of a mission's people: made of who it is for and since when it counts, so the same each time."""

from __future__ import annotations

from webinar_server.mission import MISSION
from webinar_server.mission.participants import Participant
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import Identity
from webinar_server.web.who.tokens import Signer


def token_of(signer: Signer, topic: str, participant: Participant) -> str:
    """What lets a participant in, for as long as it counts."""
    since = participant.generation
    return signer.sign(Identity(id=participant.id, name="", role="", topic=topic, home=topic, issued=since))


def path_of(topic: str, participant: Participant, token: str) -> str:
    """The page that somebody's link opens."""
    page = "organise" if participant.role in ORGANISERS else "mission"
    return f"/{page}/{MISSION.id_of(topic)}#{token}"
