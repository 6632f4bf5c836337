"""Lending: as whom somebody of a mission is in it, and in each of its sessions.

Their links say who they are and since when alone, so what they are follows what is known here: an organiser
is one everywhere, who leads or speaks in a session its slot says, everybody else attends.
"""

from __future__ import annotations

from webinar_server.mission.consent import Consent, may_see
from webinar_server.mission.history import week_of
from webinar_server.mission.mission import DAY_MS, Mission, kept_until, the_mission
from webinar_server.mission.participants import Participant, unknown
from webinar_server.mission.programme import Slot, role_in
from webinar_server.state import Identity, Lends, Records, Role, replace
from webinar_server.state.card import Card, Profile, fields_of

LINKS_DAYS = 1
"""Days for which links are good beyond those that a mission's people are kept."""


def known(records: Records, identity: Identity, topic: str) -> Identity:
    """Somebody who takes part, as they are in the mission itself or in a session of it. Raises Refusal where
    there is nobody of this id."""
    home = identity.home or identity.topic
    session = "" if topic == home else topic.partition("/")[2]
    me = records.get(Participant, identity.id)
    if me is None:
        raise unknown()
    return replace(
        identity,
        **fields_of(me, Profile),
        role=_role_in(records, session, me) if session else me.role,
        topic=topic,
        home=home,
        card=Card(**fields_of(me, Card)),
        named=may_see(records, me.id, "name", "spotlight"),
        week=week_of(records, me.id, session) if session else None,
        entered=True,
        expires=links_until(the_mission(records)),
    )


def links_until(mission: Mission) -> int:
    """When its links end (Unix ms): whoever moves a mission moves them along."""
    return kept_until(mission) + LINKS_DAYS * DAY_MS


def _role_in(records: Records, session: str, me: Participant) -> Role:
    return me.role if me.role == "organiser" else role_in(records, session, me.id)


LENDS = Lends(
    known, kinds=frozenset((Slot.KIND, Mission.KIND)), people=frozenset((Participant.KIND, Consent.KIND))
)
