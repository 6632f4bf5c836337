"""Links: a leaked one is ended, with all that came of it, and a new one made in the same breath.

A link is never made without that: whoever holds somebody's link is that somebody, so making one in secret
would be to read what they alone are told. Renewed, its owner is out until they are given the new one. A
stage is nobody and tells what everybody sees, so a host may have as many links of it as there are screens:
each link is a screen of its own, and all of them are ended together.
"""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar_server.clock import fresh_id, monotonic, now_ms
from webinar_server.errors import Refusal
from webinar_server.limits import STAGE_LINKS
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say_for
from webinar_server.session import SESSION
from webinar_server.session.ends import EndLinks, RenewLink, standing_of
from webinar_server.session.people import Person
from webinar_server.session.roles import HOSTS, PAGE_OF_ROLE, SCREEN
from webinar_server.state import Identity, Records, State, replace
from webinar_server.web.entrance import let_in
from webinar_server.web.http.answers import body_of, refused
from webinar_server.web.who.access import Access
from webinar_server.web.who.tokens import DAY_MS, DAYS_VALID, as_known
from webinar_server.words.cards import clean_name

TERMINAL = "terminal"
"""Who asks with the secret in their hands: of no session, so no link of anybody is like theirs."""


class Renew(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose link. The rest is for the terminal: in which session, `person` a name perhaps, or the old token
    (then whether or not they ever came), and for how many days the new one is."""

    person: str = ""
    session: str = ""
    token: str = ""
    days: int = DAYS_VALID


class NewSpeaker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who speaks, by their name."""

    name: str


class Links:
    """`POST /api/links`, `/api/stage-links` and `/api/speaker-links`."""

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
        given = self._access.signer.read_link(body.token) if body.token else None
        room = await self._hub.room(given.topic if given else SESSION.topic(body.session), identity.id)
        if room is None:
            return refused(404, "session.unknown", "There is no such session (any more).")
        return self._made(await renew(room, identity, body, given))

    async def stage(self, request: Request) -> Response:
        """A link for one more screen of a host's session; those made before stay good."""
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        slower = "A little slower, please; one link may be opened on several screens."
        room = await self._led(identity, "Only a host makes a link for the stage.", slower)
        return self._made(_issued(_screen(identity.topic), room.state, DAYS_VALID))

    async def speaker(self, request: Request) -> Response:
        """A link for somebody who speaks, to the page on which they see the time and the hosts' line. It is
        renewed as anybody's is; each is somebody of their own."""
        self._access.check_origin(request)
        identity = await self._access.admitted(request, self._hub)
        body = await body_of(request, NewSpeaker)
        slower = "A little slower, please."
        room = await self._led(identity, "Only a host makes a link for a speaker.", slower)
        name = clean_name(body.name)
        owner = Identity(id=fresh_id(), name=name, role="speaker", topic=identity.topic, entered=True)
        return self._made(_issued(owner, room.state, DAYS_VALID), "speaker")

    async def _led(self, identity: Identity, no_host: str, slower: str) -> Room:
        """The session of a host who makes links for it. Raises Refusal `command.not_allowed`,
        `pace.stage_link`."""
        if identity.role not in HOSTS or is_terminal(identity):
            raise Refusal("command.not_allowed", no_host)
        self._hub.worker.pace.require(
            identity.id, {"stage links": STAGE_LINKS}, monotonic(), "pace.stage_link", slower
        )
        # what the link is for is of a session: nobody else is let in
        return await let_in(self._hub, identity, SESSION.topic(SESSION.id_of(identity.topic)))

    def _made(self, owner: Identity, page: str = "") -> Response:
        token = self._access.signer.sign(owner)
        path = f"/{page or PAGE_OF_ROLE[owner.role]}/{SESSION.id_of(owner.topic)}#{token}"
        return JSONResponse({"person": owner.link or owner.id, "path": path, "token": token}, 201)


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
    owner = _owner(person, room) if person else given or _screens(room, id)
    if owner is None:
        raise Refusal("person.unknown", "There is nobody of this id or name in the session.")
    # a screen's link at a terminal ends that one alone
    ended = id if owner.link else owner.id
    await say_for(room, by, EndLinks(person=ended) if is_terminal(by) else RenewLink(person=ended))
    blank = replace(owner, entered=owner.role != "attendee", device="", browser="", system="")
    return _issued(as_known(blank, person), room.state, body.days)


def _issued(owner: Identity, records: Records, days: int) -> Identity:
    since = [standing_of(records, one).links_since for one in (owner.id, owner.link)]
    now = max(now_ms(), *since)
    return replace(owner, issued=now, expires=now + days * DAY_MS)


def _screen(topic: str) -> Identity:
    return Identity(id=f"{SCREEN}-{fresh_id()}", name="Stage", role="stage", topic=topic, link=SCREEN)


def _screens(room: Room, id: str) -> Identity | None:
    return _screen(room.topic) if id == SCREEN else None


def _owner(person: Person, room: Room) -> Identity:
    return Identity(id=person.id, name=person.name, role=person.role, topic=room.topic)


def _called(state: State, name: str) -> Person | None:
    found = [person for person in state.all(Person) if person.name.casefold() == name.casefold()]
    if len(found) > 1:
        ids = ", ".join(person.id for person in found[:5])
        raise Refusal("person.several", f"Several people are called so; say which by id: {ids}")
    return found[0] if found else None
