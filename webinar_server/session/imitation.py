"""Imitation: nobody but hosts and speakers is called like one of them, or like the house.

Who chooses such a name at the door is refused. Where the host comes later than the guest, the guest's record
is marked (`imitates`) until either of them is called otherwise; what somebody says is theirs all the same.
"""

from __future__ import annotations

from webinar_server.errors import Refusal
from webinar_server.session.names import alike, is_reserved, is_reserved_organisation
from webinar_server.session.people import Person
from webinar_server.session.roles import HOSTS
from webinar_server.state import Actor, Draft, Records, Role, replace

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
    if role in LEADING:
        return
    leaders = [leader.name for of_role in LEADING for leader in people.of(Person, "role", of_role)]
    if alike(name, leaders):
        text = "A host or speaker is called like this; add your organisation or a middle name."
        raise Refusal("person.like_host", text, field="name")
    # it stands in the place of a name where a question is shown with the organisation only
    if organisation and alike(organisation, leaders):
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


def mark_guests(draft: Draft, actor: Actor, before: Person | None) -> None:
    """After a host or speaker came, or is called otherwise: see again who is called like one."""
    was = (before.name, before.role) if before else ("", "attendee")
    if was == (actor.name, actor.role) or not {was[1], actor.role} & set(LEADING):
        return
    for guest in list(draft.of(Person, "role", "attendee")):
        # who is not marked is called like none of those that were there before
        marked = (
            imitates(draft, guest.role, guest.name, guest.organisation)
            if guest.imitates
            else actor.role in LEADING and _is_called_like(guest, actor.name)
        )
        if marked != guest.imitates:
            draft.put(replace(guest, imitates=marked))


def _is_called_like(guest: Person, leader: str) -> bool:
    return any(alike(called, [leader]) for called in (guest.name, guest.organisation) if called)
