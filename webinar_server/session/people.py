"""People: who somebody is, how their name is said, whether somebody greeted them. Whether they are here
is said by the server (`attendance.py`); `first_time` is decided at the first arrival and stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, Self

import msgspec

from webinar_server.errors import Refusal
from webinar_server.session.claims import refuse_claim
from webinar_server.session.programme import refuse_when_closed
from webinar_server.session.roles import HOSTS, led_by
from webinar_server.session.timeouts import refuse_unheard
from webinar_server.session.weeks import unsigned, week_without
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Here,
    Record,
    Records,
    Role,
    View,
    drop_own,
    replace,
)
from webinar_server.state.card import SHOWN, Card
from webinar_server.words.addresses import LINK_MAX, clean_link
from webinar_server.words.cards import NAME_MAX, PITCH_MAX, clean_say_as
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean_or_empty

PEOPLE_MAX = 2_000


class Greeting(msgspec.Struct, frozen=True, kw_only=True):
    """Which host greeted somebody, when (Unix ms), and whether aloud in the session; `waved` is when they
    waved back (Unix ms)."""

    by: str
    name: str
    at: int
    aloud: bool
    waved: int | None = None


class Person(Here, frozen=True, kw_only=True):
    """Somebody of this session. `hand` is when it was raised, `since` when they came in (Unix ms).

    `imitates` says that they, or their organisation, are called like a host or like the house, and are none
    (imitation.py); `organisation_imitates` that it is the organisation. `known_as` is the card that the
    session's mission has of them, if they are of it: what they say of themselves here goes before, until they
    say it otherwise there. `named` is whether they agreed there to be named in the picture. `renamed` when
    they changed how they are known (Unix ms); `came_by` whose link they came by, if another's. `week` is what
    their mission told of them as they came, for hosts; of whom no mission knows, `None`."""

    KIND: ClassVar[str] = "person"
    INDEXES: ClassVar[tuple[str, ...]] = ("role", "held_by")
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host", "attendee")
    UNHURRIED: ClassVar[tuple[Audience, ...]] = ("attendee",)

    role: Role = "attendee"
    known_as: Card | None = None
    named: bool = True
    imitates: bool = False
    organisation_imitates: bool = False
    renamed: tuple[int, ...] = ()
    week: View | None = None
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
        if self.known_as is not None:
            seen["member"] = True
        if audience != "host":
            return seen
        return seen | {"came_by": self.came_by, "week": self.week} | self._private()

    def hurries(self, before: Self) -> bool:
        """Who comes and goes can wait, how somebody is called and what they say of themselves cannot."""
        return any(getattr(self, field) != getattr(before, field) for field in SHOWN)

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

    say_as: Annotated[str, up_to(NAME_MAX)] | None = None
    pitch: Annotated[str, up_to(PITCH_MAX)] | None = None
    link: Annotated[str, up_to(LINK_MAX)] | None = None

    def run(self, draft: Draft, actor: Actor) -> None:
        refuse_when_closed(draft, actor)
        me, leading = draft.need(Person, actor.id), leaders(draft, actor.role)
        draft.put(
            replace(
                me,
                say_as=me.say_as if self.say_as is None else clean_say_as(self.say_as),
                pitch=me.pitch if self.pitch is None else clean_pitch(self.pitch, actor.role, leading),
                link=me.link if self.link is None else clean_link(self.link, "person", named=True),
            )
        )


class RaiseHand(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I would like to speak."""

    NAME: ClassVar[str] = "raise_hand"

    def run(self, draft: Draft, actor: Actor) -> None:
        refuse_unheard(draft, actor)
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


class WaveBack(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who was greeted waves back, once for each greeting."""

    NAME: ClassVar[str] = "wave_back"

    def run(self, draft: Draft, actor: Actor) -> None:
        refuse_when_closed(draft, actor)
        me = draft.need(Person, actor.id)
        if me.greeted is None:
            raise Refusal("person.not_greeted", "Nobody has greeted you, or it was taken back.")
        if me.greeted.waved is None:
            draft.put(replace(me, greeted=replace(me.greeted, waved=actor.at)))


def leaders(people: Records, role: Role) -> list[str]:
    """The names that nobody of this role bears: hosts', and speakers' where they are none themselves."""
    return [leader.name for of_role in led_by(role) for leader in people.of(Person, "role", of_role)]


def clean_pitch(pitch: str, role: Role, leading: Iterable[str]) -> str:
    """What somebody does, in one line, or the empty string. Raises Refusal `person.…`."""
    line = clean_or_empty(pitch, "person", PITCH_MAX, card=True, field="pitch")
    refuse_claim(role, line, leading)
    return line


def erase(draft: Draft, person: str, stump: str) -> None:
    """Their name goes, too, from whom they greeted, and from what others are told of their week."""
    drop_own(draft, Person, person)
    for other in list(draft.all(Person)):
        came_by = "" if other.came_by == person else other.came_by
        greeted, week = unsigned(other.greeted, person), week_without(other.week, person.__eq__)
        changed = replace(other, came_by=came_by, greeted=greeted, week=week)
        if changed != other:
            draft.put(changed)


RECORDS: list[type[Record]] = [Person]
_MONDAY = {"session": "s1", "title": "Depots", "at": 0}
_WEEK: View = {
    "sessions": 2,
    "last": _MONDAY,
    "asked": [_MONDAY],
    "spoke": [_MONDAY],
    "greeted": _MONDAY | {"by": "hal", "name": "Hal"},
    "colleague": {"id": "bob", "name": "Bob", "organisation": "A", "by": "hal", "by_name": "Hal", "at": 0},
}
EXAMPLES = [
    Person(id="ada", name="Ada", week=week, known_as=Card(name="Ada") if week else None)
    for week in (None, {"sessions": 0}, _WEEK)
]
COMMANDS: list[type[Command]] = [Introduce, RaiseHand, LowerHand, Greet, Ungreet, WaveBack]
