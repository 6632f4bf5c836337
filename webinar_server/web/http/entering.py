"""Entering: a link becomes a cookie, on one device of its person; and leaving, which ends that device.

link ──▶ nobody came by it yet ─────────────────────────────▶ the door ──▶ in
    └──▶ its person came in already, and this is a browser ──▶ asked: are you Ana?
         we do not know                                         yes ──▶ in, and Ana's other devices told
                                                                no ───▶ the door, as somebody else ──▶ in

Who is through the door came in, also before their first socket: the log has their device (`listing.py`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar_server import security
from webinar_server.clock import fresh_id, monotonic, now_ms
from webinar_server.errors import Refusal, TokenError
from webinar_server.limits import BAD_TOKEN, DEVICE, ENTERING, Rate
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say_for
from webinar_server.session import SESSION
from webinar_server.session.devices import PROGRAM, LeaveDevice, devices_of, is_taken
from webinar_server.session.guests import BeAnother
from webinar_server.session.imitation import refuse_like_host
from webinar_server.session.people import Person
from webinar_server.session.profile import ChangeProfile
from webinar_server.session.roles import HOSTS
from webinar_server.session.welcome import welcome
from webinar_server.state import Identity, replace
from webinar_server.state.card import fields_of
from webinar_server.web.entrance import is_lent, known
from webinar_server.web.http.answers import body_of, refused, whoami
from webinar_server.web.http.members import Came, Members
from webinar_server.web.who.access import Access
from webinar_server.web.who.agents import agent
from webinar_server.web.who.listing import list_device
from webinar_server.web.who.tokens import as_known, with_profile
from webinar_server.web.who.visitors import address_of

KEY = "^[0-9a-f]{1,40}$"
"""What `as` may be: it becomes part of a cookie's name."""

CLEARED = '"cache", "storage"'
"""What a browser forgets of us (Clear-Site-Data). Never "cookies": the domain has those of others."""


class Enter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`token` from a link, or `as` for somebody who has a cookie already; `profile` comes from the door,
    `whose` says whose link it is where that was asked, `topic` what the page is about, `zone` the time zone
    of its browser, where the first mission begins."""

    token: str | None = None
    key: str | None = msgspec.field(default=None, name="as")
    profile: dict[str, Any] | None = None
    whose: Literal["mine", "another"] | None = None
    topic: str = ""
    zone: Annotated[str, msgspec.Meta(max_length=64)] = ""


class Leave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which identity to forget."""

    key: Annotated[str, msgspec.Meta(pattern=KEY)] = msgspec.field(name="as")


class Entering:
    """The way in and out of one browser."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access
        self._members = Members(hub, access)

    async def enter(self, request: Request) -> Response:
        self._access.check_origin(request)
        body = await body_of(request, Enter)
        identity = self._identify(request, body)
        self._slow_down(identity.id, "entering", ENTERING)
        if is_lent(identity):
            come = Came(body.topic, body.whose, body.profile, body.zone)
            return await self._members.enter(request, identity, come)
        room = await self._hub.room(identity.topic, address_of(request))
        if room is None or room.about is not SESSION:
            return refused(404, "session.unknown", "This session does not exist (any more).")
        self._hub.standing.refuse_ended(identity)
        before = self._before(request, identity)
        coming = Coming(room, before or self._on_new_device(request, identity), body, before is None)
        entered = await coming.entered()
        if isinstance(entered, Response):
            return entered
        entered = replace(entered, issued=max(now_ms(), entered.issued))
        response = JSONResponse(whoami(entered, room))
        self._access.remember(request, response, entered)
        return response

    async def leave(self, request: Request) -> Response:
        """Raises Refusal where the log does not take it: then nobody has left."""
        self._access.check_origin(request)
        key = (await body_of(request, Leave)).key
        identity = self._access.known(request, key)
        room = await self._hub.room(identity.topic, identity.id) if identity else None
        end = room.about.commands.get(LeaveDevice.NAME) if room is not None else None
        if identity is not None and room is not None and end and not self._hub.standing.is_ended(identity):
            await say_for(room, await known(self._hub, identity), end(device=identity.device))
        response = JSONResponse({})
        self._access.forget(request, response, key)
        if not self._access.others(request, key):
            response.headers["Clear-Site-Data"] = CLEARED
        return response

    def _identify(self, request: Request, body: Enter) -> Identity:
        try:
            if body.token is not None:
                return self._access.signer.read_link(body.token)
            return self._access.identify(request, body.key)
        except TokenError:
            self._slow_down(address_of(request), "bad tokens", BAD_TOKEN)
            raise

    def _slow_down(self, who: str, what: str, rate: Rate) -> None:
        text = "Too many tries just now; please wait a moment."
        self._hub.worker.pace.require(who, {what: rate}, monotonic(), "pace.enter", text)

    def _before(self, request: Request, identity: Identity) -> Identity | None:
        """As this browser came in before, by this cookie or this link."""
        is_cookie = identity.device and identity.browser != PROGRAM
        before = identity if is_cookie else self._access.came_by(request, identity)
        return None if before is None or self._hub.standing.is_ended(before) else before

    def _on_new_device(self, request: Request, identity: Identity) -> Identity:
        self._slow_down(identity.id, "devices", DEVICE)
        browser, system = agent(request.headers.get("user-agent", ""))
        return replace(identity, device=fresh_id(), browser=browser, system=system)


class Coming:
    """One coming in, into a session that is open here, by a device that `is_new` or came before."""

    def __init__(self, room: Room, identity: Identity, body: Enter, is_new: bool) -> None:
        self._room = room
        self._identity = identity
        self._body = body
        self._known = room.state.get(Person, identity.id)
        self._is_new = is_new
        self._is_first = not is_taken(devices_of(room.state, identity.id), identity.device)
        self._is_nobodys = self._known is None and self._is_first

    async def entered(self) -> Identity | Response:
        """Who came in, or the question whose link it is. Raises Refusal."""
        coming = await self._who()
        if isinstance(coming, Response):
            return coming
        coming = replace(coming, entered=coming.entered or coming.role != "attendee")
        is_owner = coming.id == self._identity.id
        try:
            if coming.entered:
                first = coming.name if self._is_nobodys and is_owner else ""
                await list_device(self._room, coming, first)
        except Refusal as refusal:
            if refusal.code != "person.whose":
                raise
            return self._ask()
        return coming

    async def _who(self) -> Identity | Response:
        body = self._body
        if body.whose == "another" and not self._identity.link:
            return await self._another()
        if self._is_nobodys:
            return self._first_time()
        if self._is_new and not self._said_who():
            return self._ask()
        if body.profile is None:
            # who is asked who they are, and is known, has been through the door
            identity = as_known(self._identity, self._known)
            return replace(identity, entered=identity.entered or body.whose == "mine")
        if not (self._is_called_so() or self._is_first or self._corrects()):
            return await self._another()
        return self._first_time() if self._known is None else await self._profile()

    def _first_time(self) -> Identity:
        if self._body.profile is None:
            return self._identity
        identity = with_profile(self._identity, self._body.profile)
        refuse_like_host(self._room.state, identity.role, identity.name, identity.organisation)
        return identity

    def _said_who(self) -> bool:
        return self._body.whose is not None or self._is_called_so()

    def _is_called_so(self) -> bool:
        profile = self._body.profile
        return profile is not None and str(profile.get("name", "")).casefold() == self._called.casefold()

    def _corrects(self) -> bool:
        """Whether a device that came in as its person before says that they are called otherwise now."""
        return self._body.whose == "mine" and not self._is_new

    @property
    def _called(self) -> str:
        """How the link's owner is called, as far as is known now."""
        if self._known is not None:
            return self._known.name
        return devices_of(self._room.state, self._identity.id).called or self._identity.name

    def _ask(self) -> Response:
        name = self._called
        text = f"This is {name}'s link. Are you {name}?"
        door = welcome(self._room.state)
        return refused(409, "person.whose", text, name=name, role=self._identity.role, door=door)

    async def _profile(self) -> Identity:
        """Corrected by its owner, or merely said again."""
        identity = with_profile(self._identity, self._body.profile or {})
        change = ChangeProfile(**fields_of(identity))
        try:
            await say_for(self._room, self._identity, change)
        except Refusal as refusal:
            if refusal.code in ("pace.rename", "person.renamed"):
                security.exceeded("renamings")
            raise
        return identity

    async def _another(self) -> Identity:
        """Somebody else, by this link; they have nothing of its owner's."""
        if self._identity.role in HOSTS:
            text = "This link leads the session; please ask the organiser for one of your own."
            raise Refusal("link.leads", text)
        blank = replace(self._identity, id="", role="attendee", link=self._identity.link or self._identity.id)
        identity = with_profile(blank, self._body.profile or {})
        refuse_like_host(self._room.state, identity.role, identity.name, identity.organisation)
        answer = await say_for(self._room, self._identity, BeAnother())
        return replace(identity, id=answer["id"])
