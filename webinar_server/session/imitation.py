"""Imitation: nobody but hosts and speakers is called like one of them, or like the house.

Who chooses such a name at the door is refused. A name that merely holds a leader's may be a namesake's
(Anna Vries-de Boer), or be spelled otherwise (spellings.py), and an organisation may be about hosts: these
are taken, and marked. Where the host comes later than the guest, the guest's record is marked (`imitates`)
until either of them is called otherwise, and so is each question asked under such a name; what somebody says
is theirs all the same. A speaker is not called like a host either.

The session's title is the house's, too. An organisation may be what a session is called after, and one word
somebody's first name: these are marked.
"""

from __future__ import annotations

from typing import TypeVar

from webinar_server.errors import Refusal
from webinar_server.session.claims import claims
from webinar_server.session.people import Person, leaders
from webinar_server.session.programme import Session
from webinar_server.session.questions import Asker, Question
from webinar_server.session.roles import LEADING, led_by
from webinar_server.state import Actor, Draft, Records, Role, replace
from webinar_server.words.cards import refuse_house, reserved
from webinar_server.words.house import is_doubtful, is_doubtful_organisation
from webinar_server.words.names import alike, holds
from webinar_server.words.titles import is_title, is_titles_own

Called = TypeVar("Called", Person, Asker)


def refuse_reserved(role: Role, name: str, organisation: str) -> None:
    """Raises Refusal `person.reserved` or `organisation.reserved`."""
    if role in LEADING or role == "stage":
        return
    refuse_house(name, organisation)
    if claims(organisation):
        raise reserved("organisation")


def refuse_like_session(people: Records, role: Role, name: str, organisation: str) -> None:
    """Raises Refusal `person.reserved` or `organisation.reserved` for the title of their session."""
    title = _title(people)
    if role in LEADING or role == "stage" or not title:
        return
    if is_titles_own(name, title) or (is_title(name, title) and " " in title):
        raise reserved("name")
    if is_titles_own(organisation, title):
        raise reserved("organisation")


def _title(people: Records) -> str:
    return next((session.title for session in people.all(Session)), "")


def refuse_like_host(people: Records, role: Role, name: str, organisation: str) -> None:
    """Raises Refusal `person.like_host` or `organisation.like_host`, or of the session they are in."""
    refuse_like_session(people, role, name, organisation)
    called = leaders(people, role)
    if alike(name, called):
        text = "A host or speaker is called like this; please add an initial or a middle name."
        raise Refusal("person.like_host", text, field="name")
    # it stands beside a name, and in its place where a question is shown with the organisation only
    if role not in LEADING and organisation and holds(organisation, called):
        text = "A host or speaker is called like this; please use another name for your organisation."
        raise Refusal("organisation.like_host", text, field="organisation")


def imitates(people: Records, role: Role, name: str, organisation: str) -> bool:
    """Whether somebody's name or organisation would be refused now, or holds a leader's or the house's."""
    if role not in LEADING and (is_doubtful(name) or is_doubtful_organisation(organisation)):
        return True
    if role not in LEADING and any(is_title(called, _title(people)) for called in (name, organisation)):
        return True
    if holds(name, leaders(people, role)):
        return True
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
    if leader.role not in led_by(guest.role):
        return False
    return any(holds(called, [leader.name]) for called in (guest.name, guest.organisation))
