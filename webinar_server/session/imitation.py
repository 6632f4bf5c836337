"""Imitation: nobody but hosts and speakers is called like one of them, or like the house.

Who chooses such a name at the door is refused. Where the host comes later than the guest, the guest's record
is marked (`imitates`) until either of them is called otherwise, and so is each question asked under such a
name; what somebody says is theirs all the same. A speaker is not called like a host either.
"""

from __future__ import annotations

from typing import TypeVar

from webinar_server.errors import Refusal
from webinar_server.session.house import is_reserved, is_reserved_organisation
from webinar_server.session.names import alike, holds
from webinar_server.session.people import Person
from webinar_server.session.questions import Asker, Question
from webinar_server.session.roles import HOSTS
from webinar_server.state import Actor, Draft, Records, Role, replace

Called = TypeVar("Called", Person, Asker)

LEADING: tuple[Role, ...] = (*sorted(HOSTS), "speaker")
"""Those whose names are their own."""


def refuse_reserved(role: Role, name: str, organisation: str) -> None:
    """Raises Refusal `person.reserved` or `organisation.reserved`."""
    if role in LEADING or role == "stage":
        return
    if is_reserved(name):
        raise Refusal(
            "person.reserved",
            "This name says that you are of the organisers; please use your own name.",
            field="name",
        )
    if is_reserved_organisation(organisation):
        raise Refusal(
            "organisation.reserved",
            "This says that you are of the organisers; please use the name of your organisation, or none.",
            field="organisation",
        )


def refuse_like_host(people: Records, role: Role, name: str, organisation: str) -> None:
    """Raises Refusal `person.like_host` or `organisation.like_host`."""
    leaders = [leader.name for of_role in _led_by(role) for leader in people.of(Person, "role", of_role)]
    if alike(name, leaders):
        text = "A host or speaker is called like this; add your organisation or a middle name."
        raise Refusal("person.like_host", text, field="name")
    # it stands beside a name, and in its place where a question is shown with the organisation only
    if role not in LEADING and organisation and holds(organisation, leaders):
        text = "A host or speaker is called like this; please use another name for your organisation."
        raise Refusal("organisation.like_host", text, field="organisation")


def imitates(people: Records, role: Role, name: str, organisation: str) -> bool:
    """Whether somebody's name or organisation would be refused now."""
    try:
        refuse_reserved(role, name, organisation)
        refuse_like_host(people, role, name, organisation)
    except Refusal:
        return True
    return False


def marks(people: Records, role: Role, name: str, organisation: str) -> dict[str, bool]:
    """The fields of a person, or of an asker's card, that say whether they imitate."""
    # no name is like this one
    by_organisation = bool(organisation) and imitates(people, role, "", organisation)
    return {
        "imitates": by_organisation or imitates(people, role, name, organisation),
        "organisation_imitates": by_organisation,
    }


def mark_guests(draft: Draft, actor: Actor, before: Person | None) -> None:
    """After a host or speaker came, or is called otherwise: see again who imitates one, or asked so."""
    was = (before.name, before.role) if before else ("", "attendee")
    if was == (actor.name, actor.role) or not {was[1], actor.role} & set(LEADING):
        return
    for guest in [*draft.of(Person, "role", "attendee"), *draft.of(Person, "role", "speaker")]:
        if guest.id != actor.id:
            _put_marked(draft, actor, guest)
    for question in list(draft.all(Question)):
        asker = _marked(draft, actor, question.asker)
        if asker != question.asker:
            draft.put(replace(question, asker=asker))


def _put_marked(draft: Draft, actor: Actor, guest: Person) -> None:
    marked = _marked(draft, actor, guest)
    if marked != guest:
        draft.put(marked)


def _marked(draft: Draft, actor: Actor, guest: Called) -> Called:
    # who is not marked is called like none of those that were there before
    if not guest.imitates and not _is_called_like(guest, actor):
        return guest
    return replace(guest, **marks(draft, guest.role, guest.name, guest.organisation))


def _is_called_like(guest: Person | Asker, leader: Actor) -> bool:
    if leader.role not in _led_by(guest.role):
        return False
    return bool(alike(guest.name, [leader.name]) or holds(guest.organisation, [leader.name]))


def _led_by(role: Role) -> tuple[Role, ...]:
    """The roles of those whose names somebody of this one does not bear."""
    if role in HOSTS:
        return ()
    return tuple(sorted(HOSTS)) if role == "speaker" else LEADING
