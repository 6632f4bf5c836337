"""Cues: the private line from hosts to who speaks, one at a time: "two more minutes".

It is told to hosts and to those alone who are speakers as it is said; nobody else learns that there is one.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.session.people import Person
from webinar_server.session.roles import HOSTS
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, replace
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean_or_empty

CUE_MAX = 140
SPEAKERS_MAX = 50
"""Speakers a line is told to; those who came first, where there are more."""

Ready = Literal["", "two_minutes", "wrap_up", "slower", "louder", "questions", "thanks"]
"""Lines that are ready, each in the language of who reads it."""


class Cue(Record, frozen=True, kw_only=True):
    """What speakers read now; `to` are their ids, `at` is when it was said (Unix ms)."""

    KIND: ClassVar[str] = "cue"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host",)

    id: str = "now"
    ready: Ready = ""
    text: str = ""
    at: int = 0
    to: tuple[str, ...] = ()

    def view(self, audience: Audience) -> View | None:
        return {"ready": self.ready, "text": self.text, "at": self.at} if audience == "host" else None

    @property
    def owners(self) -> tuple[str, ...]:
        return self.to

    def own(self, person: str, audience: Audience) -> View:
        return {"ready": self.ready, "text": self.text, "at": self.at}


class SayCue(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Say something to who speaks, in the place of what was said before: a line that is ready, or words."""

    NAME: ClassVar[str] = "say_cue"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    ready: Ready = ""
    text: Annotated[str, up_to(CUE_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        text = clean_or_empty(self.text, "cue", CUE_MAX)
        if not (text or self.ready):
            raise Refusal("cue.empty", "Nothing to read in it: please write something.", field="text")
        speakers = sorted(draft.of(Person, "role", "speaker"), key=lambda one: (one.since, one.id))
        to = tuple(person.id for person in speakers[:SPEAKERS_MAX])
        draft.put(Cue(ready=self.ready, text=text, at=actor.at, to=to))


class ClearCue(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Done with: nobody reads it any more."""

    NAME: ClassVar[str] = "clear_cue"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    def run(self, draft: Draft, actor: Actor) -> None:
        cue = draft.get(Cue, "now")
        if cue is not None:
            draft.drop(cue)


def erase(draft: Draft, person: str, stump: str) -> None:
    """It was said to others, too."""
    cue = draft.get(Cue, "now")
    if cue is not None and person in cue.to:
        draft.put(replace(cue, to=tuple(id for id in cue.to if id != person)))


RECORDS: list[type[Record]] = [Cue]
EXAMPLES = [Cue(ready="two_minutes", to=("ada",))]
COMMANDS: list[type[Command]] = [SayCue, ClearCue]
