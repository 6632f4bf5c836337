"""Leaving: whoever takes part no more asks nobody for anything, and after all does again.

What they asked stands for themselves, so that it is told again where they come back in its time; what others
asked of them stands for those, who are told nothing of it (`contacts.py`).
"""

from __future__ import annotations

from webinar_server.mission.asking import drop_request, tell
from webinar_server.mission.contacts import Asking, Request, open_askings
from webinar_server.mission.participants import Participant, ParticipantState, out, takes_part
from webinar_server.state import Draft, replace


def go(draft: Draft, participant: Participant, state: ParticipantState, reason: str = "") -> Participant:
    """Somebody is out, as they are from now on."""
    gone = out(participant, state, reason)
    draft.put(gone)
    for asking in list(draft.of(Asking, "by", gone.id)):
        drop_request(draft, asking)
    return gone


def come_back(draft: Draft, participant: Participant, state: ParticipantState, now: int) -> Participant:
    """Somebody is again what they were, or takes part from now on (Unix ms)."""
    back = replace(participant, state=state, reason="")
    draft.put(back)
    if takes_part(back):
        for asking in list(open_askings(draft, back.id, now)):
            if draft.get(Request, asking.id) is None:
                tell(draft, asking)
    return back
