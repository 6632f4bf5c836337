"""Attendance: who is here, said by the server, each worker for its own connections; so it is in the log.

      arrive               depart (10 s after the last connection ended), bereave (its worker ended)
    ────────▶ HERE ────────────────▶ AWAY
                ▲                      │
                └────── arrive ────────┘

Somebody is here as long as any worker has a connection of theirs.
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import Any, ClassVar

from webinar_server.errors import Refusal
from webinar_server.session import visits
from webinar_server.session.devices import Device, came_in, devices_of
from webinar_server.session.imitation import mark_guests, marks
from webinar_server.session.merged import recredit_all_of
from webinar_server.session.people import PEOPLE_MAX, Person
from webinar_server.session.questions import Question, known_otherwise
from webinar_server.session.roles import HOSTS
from webinar_server.session.weeks import week_without
from webinar_server.state import (
    Actor,
    Attendance,
    Command,
    Draft,
    Identity,
    Records,
    Role,
    View,
    is_erased,
    replace,
)
from webinar_server.state.card import Card, Profile, fields_of

BEREAVED_MAX = 100
"""People let go in one entry, so that none grows large."""

SEEN_MS = 10 * 60 * 1000
"""A device is said to have been here again at most so often, in ms."""


class Arrive(Command, Profile, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's first connection, or a device's; who they are it says the first time, with the actor's name
    where it gives none. Whose `card` is their mission's is known by that one, whenever they come."""

    NAME: ClassVar[str] = "arrive"
    INTERNAL: ClassVar[bool] = True

    name: str = ""
    first_time: bool = False
    worker: str = ""
    link: str = ""
    device: str = ""
    browser: str = ""
    system: str = ""
    week: View | None = None
    card: Card | None = None
    named: bool = True

    def run(self, draft: Draft, actor: Actor) -> None:
        known, week = draft.get(Person, actor.id), week_without(self.week, partial(is_erased, draft))
        if known is None:
            refuse_when_full(draft, actor.id, actor.role)
        person = known or self._newcomer(actor)
        if self.card is not None:
            person = replace(
                person, **_new_in(self.card, person.known_as), known_as=self.card, named=self.named
            )
        draft.put(
            replace(
                person,
                role=actor.role,
                **marks(draft, actor.role, person.name, person.organisation),
                **person.come_to(self.worker),
                since=person.since if person.here else actor.at,
                week=person.week if week is None else week,
            )
        )
        if not person.here:
            visits.begin(draft, person.id, actor.at)
        mark_guests(draft, actor._replace(name=person.name), known)
        if known is not None and fields_of(known) != fields_of(person):
            known_otherwise(draft, person)
            recredit_all_of(draft, person.id)
        if known is not None and known.named != person.named:
            _named_otherwise(draft, person)
        if self.device:
            device = Device(
                id=self.device, browser=self.browser, system=self.system, came=actor.at, last=actor.at
            )
            came_in(draft, actor.id, device)

    def _newcomer(self, actor: Actor) -> Person:
        said = fields_of(self) | {"name": self.name or actor.name}
        # who saw pages of their mission was somewhere before, and may still be new to its sessions
        first_time = self.first_time if self.week is None else not self.week.get("sessions")
        return Person(id=actor.id, first_time=first_time, came_by=self.link, **said)


def _new_in(card: Card, before: Card | None) -> dict[str, Any]:
    """What a card says otherwise than before."""
    said = fields_of(card, Card)
    return {name: said[name] for name in said if before is None or said[name] != getattr(before, name)}


def _named_otherwise(draft: Draft, person: Person) -> None:
    """Somebody agrees to be named in the picture, or does not any more: also where they are in it now."""
    for question in list(draft.of(Question, "by", person.id)):
        draft.put(replace(question, asker=replace(question.asker, named=person.named)))
    recredit_all_of(draft, person.id)


class Depart(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's last connection to a worker ended and the grace passed."""

    NAME: ClassVar[str] = "depart"
    INTERNAL: ClassVar[bool] = True

    worker: str = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        _leave(draft, draft.need(Person, actor.id), self.worker, actor.at)


class Bereave(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A worker ended without a word: who was with it, and with no other, is gone."""

    NAME: ClassVar[str] = "bereave"
    INTERNAL: ClassVar[bool] = True

    worker: str

    def run(self, draft: Draft, actor: Actor) -> None:
        left = list(islice(draft.of(Person, "held_by", self.worker), BEREAVED_MAX))
        if not left:
            raise Refusal("person.gone", "Somebody else saw it first.")
        for person in left:
            _leave(draft, person, self.worker, actor.at)


def _leave(draft: Draft, person: Person, worker: str, at: int) -> None:
    left = without(person, worker)
    draft.put(left)
    if person.here and not left.here:
        visits.end(draft, person, at)


def without(person: Person, worker: str) -> Person:
    """The person, no longer with a worker; whoever is with none is not here, and asks nothing any more."""
    left = replace(person, **person.gone_from(worker))
    return left if left.here else replace(left, hand=None)


def refuse_when_full(records: Records, person: str, role: Role) -> None:
    """Raises Refusal `session.full` where there is no place for somebody new."""
    new = role not in HOSTS and records.get(Person, person) is None
    if new and records.count(Person) >= PEOPLE_MAX:
        raise Refusal("session.full", f"This session holds {PEOPLE_MAX} people and is full.")


def arrival(identity: Identity, worker: str, first: bool) -> Arrive:
    """What is said when somebody comes."""
    return Arrive(
        **fields_of(identity),
        first_time=first,
        worker=worker,
        link=identity.link,
        device=identity.device,
        browser=identity.browser,
        system=identity.system,
        week=identity.week,
        card=identity.card,
        named=identity.named,
    )


def as_known(records: Records, identity: Identity, now: int) -> bool:
    """Whether somebody's role and card are known, and their device to have been here lately (Unix ms)."""
    person = records.get(Person, identity.id)
    if person is None or person.role != identity.role:
        return False
    if identity.card is not None and (identity.card, identity.named) != (person.known_as, person.named):
        return False
    device = devices_of(records, identity.id).find(identity.device)
    return not identity.device or (device is not None and now - device.last < SEEN_MS)


COMMANDS: list[type[Command]] = [Arrive, Depart, Bereave]
ATTENDANCE = Attendance(
    record=Person,
    arrive=arrival,
    depart=Depart,
    bereave=Bereave,
    at_once=BEREAVED_MAX,
    as_known=as_known,
    refuse_when_full=refuse_when_full,
)
