"""People: who somebody is, how their name is said, whether somebody greeted them.

Whether they are here is said by the server (`attendance.py`); `first_time` is decided at the first arrival
and stays.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from webinar_server.errors import Refusal
from webinar_server.session.names import has_letter, suggesting_names
from webinar_server.session.programme import refuse_when_closed
from webinar_server.session.roles import HOSTS
from webinar_server.session.text import clean, clean_link, clean_or_empty
from webinar_server.state import Actor, Audience, Command, Draft, Here, Record, Role, View, replace

NAME_MAX = 64
ORGANISATION_MAX = 100
PITCH_MAX = 160
PEOPLE_MAX = 2_000


class Greeting(msgspec.Struct, frozen=True, kw_only=True):
    """Which host greeted somebody, when (Unix ms), and whether aloud in the session."""

    by: str
    name: str
    at: int
    aloud: bool


class Person(Here, frozen=True, kw_only=True):
    """Somebody of this session. `hand` is when it was raised, `since` when they came in (Unix ms).

    `imitates` says that they, or their organisation, are called like a host or like the house, and are none
    (imitation.py); `organisation_imitates` that it is the organisation.
    `renamed` when they changed how they are known (Unix ms); `came_by` whose link they came by, if another's.
    """

    KIND: ClassVar[str] = "person"
    INDEXES: ClassVar[tuple[str, ...]] = ("role", "workers")
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host", "attendee")

    role: Role = "attendee"
    imitates: bool = False
    organisation_imitates: bool = False
    renamed: tuple[int, ...] = ()
    came_by: str = ""
    since: int = 0
    first_time: bool = False
    greeted: Greeting | None = None
    hand: int | None = None

    def view(self, audience: Audience) -> View | None:
        if audience == "stage":
            return None
        # said out and not by `SHOWN`: every change of a person has this made some ten times
        seen = {
            "name": self.name,
            "organisation": self.organisation,
            "kind": self.kind,
            "country": self.country,
            "role": self.role,
            "imitates": self.imitates,
            "here": self.here,
            "pitch": self.pitch,
            "link": self.link,
        }
        return seen | {"came_by": self.came_by} | self._private() if audience == "host" else seen

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return (self.view(audience) or {}) | self._private()

    def _private(self) -> View:
        return {
            "say_as": self.say_as,
            "since": self.since,
            "first_time": self.first_time,
            "greeted": msgspec.to_builtins(self.greeted),
            "hand": self.hand,
        }


class Introduce(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How my name is said, my one-line pitch, my link; what is left out stays."""

    NAME: ClassVar[str] = "introduce"

    say_as: str | None = None
    pitch: str | None = None
    link: str | None = None

    def run(self, draft: Draft, actor: Actor) -> None:
        refuse_when_closed(draft, actor)
        me = draft.need(Person, actor.id)
        draft.put(
            replace(
                me,
                say_as=me.say_as if self.say_as is None else clean_say_as(self.say_as),
                pitch=me.pitch if self.pitch is None else clean_pitch(self.pitch),
                link=me.link if self.link is None else clean_link(self.link, "person"),
            )
        )


class RaiseHand(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I would like to speak."""

    NAME: ClassVar[str] = "raise_hand"

    def run(self, draft: Draft, actor: Actor) -> None:
        refuse_when_closed(draft, actor)
        me = draft.need(Person, actor.id)
        if me.hand is None:
            draft.put(replace(me, hand=actor.at))


class LowerHand(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Not any more. A host may lower somebody else's."""

    NAME: ClassVar[str] = "lower_hand"

    person: str | None = None

    def run(self, draft: Draft, actor: Actor) -> None:
        whose = self.person or actor.id
        if whose != actor.id and actor.role not in HOSTS:
            raise Refusal("command.not_allowed", "Only a host lowers somebody else's hand.")
        draft.put(replace(draft.need(Person, whose), hand=None))


class Greet(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A host welcomes somebody. The first greeting stands, unless a later one is aloud."""

    NAME: ClassVar[str] = "greet"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    person: str
    aloud: bool = False

    def run(self, draft: Draft, actor: Actor) -> None:
        person = draft.need(Person, self.person)
        if person.greeted is None or (self.aloud and not person.greeted.aloud):
            greeting = Greeting(by=actor.id, name=actor.name, at=actor.at, aloud=self.aloud)
            draft.put(replace(person, greeted=greeting))


class Ungreet(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Takes a mis-clicked greeting back."""

    NAME: ClassVar[str] = "ungreet"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    person: str

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.put(replace(draft.need(Person, self.person), greeted=None))


def clean_name(name: str) -> str:
    """A person's name as it is kept. Raises Refusal `person.…`."""
    with suggesting_names():
        called = clean(name, "person", NAME_MAX, field="name")
    if not has_letter(called):
        text = "A name needs a letter, of whatever script; please write how you are called."
        raise Refusal("person.no_letter", text, field="name")
    return called


def clean_organisation(organisation: str) -> str:
    """An organisation's name, or the empty string. Raises Refusal `organisation.…`."""
    with suggesting_names():
        called = clean_or_empty(organisation, "organisation", ORGANISATION_MAX, field="organisation")
    if called and not has_letter(called) and not any(map(str.isdecimal, called)):
        text = "A name of an organisation needs a letter or a digit; please write it, or leave it empty."
        raise Refusal("organisation.no_letter", text, field="organisation")
    return called


def clean_say_as(say_as: str) -> str:
    """How a name is said, or the empty string. Raises Refusal `say_as.…`."""
    return clean_or_empty(say_as, "say_as", NAME_MAX, field="say_as")


def clean_pitch(pitch: str) -> str:
    """What somebody does, in one line, or the empty string. Raises Refusal `person.…`."""
    return clean_or_empty(pitch, "person", PITCH_MAX, field="pitch")


RECORDS: list[type[Record]] = [Person]
EXAMPLES = [Person(id="ada", name="Ada")]
COMMANDS: list[type[Command]] = [Introduce, RaiseHand, LowerHand, Greet, Ungreet]
