"""Members: people of the session's mission who take part in that no more, or again after all.

                  follow_member, out                        follow_member
    IN THE LINE ───────────────────▶ here no more, as one ───────────────▶ IN THE LINE
                                       who is removed

Said by the mission alone (`mission/sessions.py`), under the same name there. That they are let in no more is
the mission's to say (`ends`): this is what becomes of all they had here.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.session.ends import standing_of, step_down, step_up
from webinar_server.session.people import Person
from webinar_server.session.planned import session_of
from webinar_server.state import Actor, Command, Draft, Record, replace


class FollowMember(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody takes part in that mission no more (`out`), or again."""

    NAME: ClassVar[str] = "follow_member"
    INTERNAL: ClassVar[bool] = True

    mission: str
    participant: str
    out: bool

    def run(self, draft: Draft, actor: Actor) -> None:
        session_of(draft, self.mission)
        person, standing = draft.get(Person, self.participant), standing_of(draft, self.participant)
        if person is None or standing.out == self.out:
            return
        draft.put(replace(standing, out=self.out))
        if self.out:
            step_down(draft, person, actor.at)
        else:
            step_up(draft, person.id)


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [FollowMember]
