"""Profiles: how somebody is known, one of each person whichever of their devices says it, and told to all.

What somebody is called first comes with their first arrival; from then on their record says it, and a cookie
that says otherwise is merely old.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.limits import RENAME_MS, RENAMES_MAX
from webinar_server.session.imitation import mark_guests, marks, refuse_like_host
from webinar_server.session.merged import recredit_all_of
from webinar_server.session.people import Person
from webinar_server.session.programme import refuse_when_closed
from webinar_server.session.questions import known_otherwise
from webinar_server.state import Actor, Command, Draft, replace
from webinar_server.state.card import Profile, fields_of


class ChangeProfile(Command, Profile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who has been here is known otherwise from now on; said at the door, fields cleaned there."""

    NAME: ClassVar[str] = "change_profile"
    INTERNAL: ClassVar[bool] = True

    def run(self, draft: Draft, actor: Actor) -> None:
        me = draft.need(Person, actor.id)
        said = fields_of(self)
        if said == fields_of(me):
            return
        refuse_when_closed(draft, actor)
        _refuse_too_often(me, actor.at)
        refuse_like_host(draft, me.role, self.name, self.organisation)
        marked = marks(draft, me.role, self.name, self.organisation)
        known = replace(me, **said, **marked, renamed=(*me.renamed, actor.at))
        draft.put(known)
        known_otherwise(draft, known)
        recredit_all_of(draft, known.id)
        mark_guests(draft, actor._replace(name=self.name, role=me.role), me)


def _refuse_too_often(me: Person, now: int) -> None:
    if len(me.renamed) >= RENAMES_MAX:
        text = f"In one session you can change this {RENAMES_MAX} times; ask a host if it is wrong."
        raise Refusal("person.renamed", text)
    wait = me.renamed[-1] + RENAME_MS - now if me.renamed else 0
    if wait > 0:
        raise Refusal("pace.rename", "You changed this a moment ago; please wait a little.", wait / 1000)


COMMANDS: list[type[Command]] = [ChangeProfile]
