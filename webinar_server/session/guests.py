"""Guests: who came in by somebody else's link, as somebody of their own.

A link that was forwarded lets a few in; hosts see by whose it was. Where one of them was removed it lets in
nobody new, and where its owner is out, or it is renewed, they are out as well (`ends.py`).
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.limits import OTHERS_EACH
from webinar_server.session.devices import devices_of
from webinar_server.session.ends import standing_of
from webinar_server.state import Actor, Command, Draft, replace


class BeAnother(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By my link another person comes in, who is given an id of their own."""

    NAME: ClassVar[str] = "be_another"
    INTERNAL: ClassVar[bool] = True

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        known = devices_of(draft, actor.id)
        removed = any(standing_of(draft, guest).removed is not None for guest in known.guests)
        if removed or known.others >= OTHERS_EACH:
            text = "Others came in by this link already; please ask the organiser for one of your own."
            raise Refusal("link.shared", text)
        guests = (*known.guests, actor.fresh)
        draft.put(replace(known, others=known.others + 1, guests=guests))
        return {"id": actor.fresh}


COMMANDS: list[type[Command]] = [BeAnother]
