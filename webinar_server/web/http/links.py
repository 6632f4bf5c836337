"""Links: a leaked one is ended, with all that came of it, and a new one made in the same breath.

A link is never made without that: whoever holds somebody's link is that somebody, so making one in secret
would be to read what they alone are told. Renewed, its owner is out until they are given the new one.
"""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar_server.clock import now_ms
from webinar_server.errors import Refusal
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say_for
from webinar_server.session import SESSION
from webinar_server.session.ends import EndLinks, RenewLink, standing_of
from webinar_server.session.people import Person
from webinar_server.session.roles import HOSTS, PAGE_OF_ROLE
from webinar_server.state import Identity, State, replace
from webinar_server.web.http.answers import body_of, refused
from webinar_server.web.who.access import Access
from webinar_server.web.who.tokens import DAY_MS, DAYS_VALID, as_known

TERMINAL = "terminal"
"""Who asks with the secret in their hands: of no session, so no link of anybody is like theirs."""


class Renew(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose link. The rest is for the terminal: in which session, `person` a name perhaps, or the old token
    (then whether or not they ever came), and for how many days the new one is."""

    person: str = ""
    session: str = ""
    token: str = ""
    days: int = DAYS_VALID


class Links:
    """`POST /api/links`."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    async def renew(self, request: Request) -> Response:
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        body = await body_of(request, Renew)
        if identity.role not in HOSTS:
            raise Refusal("command.not_allowed", "Only a host renews a link.")
        if not is_terminal(identity):
            body = Renew(person=body.person, session=SESSION.id_of(identity.topic))
        given = self._access.signer.read(body.token) if body.token else None
        live = await self._hub.room(given.topic if given else SESSION.topic(body.session), identity.id)
        if live is None:
            return refused(404, "session.unknown", "There is no such session (any more).")
        renewed = await renew(live[0], identity, body, given)
        token = self._access.signer.sign(renewed)
        path = f"/{PAGE_OF_ROLE[renewed.role]}/{SESSION.id_of(renewed.topic)}#{token}"
        return JSONResponse({"person": renewed.id, "path": path, "token": token}, 201)


def terminal() -> Identity:
    """The terminal, for a minute."""
    now = now_ms()
    return Identity(
        id=TERMINAL, name="Terminal", role="organiser", topic="", issued=now, expires=now + 60_000
    )


def is_terminal(identity: Identity) -> bool:
    return (identity.id, identity.topic) == (TERMINAL, "")


async def renew(room: Room, by: Identity, body: Renew, given: Identity | None) -> Identity:
    """Whose link it was, as they are in the new one. Raises Refusal."""
    id = given.id if given else body.person
    person = room.state.get(Person, id)
    if person is None and given is None and is_terminal(by):
        person = _called(room.state, body.person)
    owner = _owner(person, room) if person else given
    if owner is None:
        raise Refusal("person.unknown", "There is nobody of this id or name in the session.")
    command = EndLinks(person=owner.id) if is_terminal(by) else RenewLink(person=owner.id)
    await say_for(room, by, command)
    now = max(now_ms(), standing_of(room.state, owner.id).links_since)
    blank = replace(owner, entered=owner.role != "attendee", device="", browser="", system="", link="")
    return replace(as_known(blank, person), issued=now, expires=now + body.days * DAY_MS)


def _owner(person: Person, room: Room) -> Identity:
    return Identity(id=person.id, name=person.name, role=person.role, topic=room.topic)


def _called(state: State, name: str) -> Person | None:
    found = [person for person in state.all(Person) if person.name.casefold() == name.casefold()]
    if len(found) > 1:
        ids = ", ".join(person.id for person in found[:5])
        raise Refusal("person.several", f"Several people are called so; say which by id: {ids}")
    return found[0] if found else None
