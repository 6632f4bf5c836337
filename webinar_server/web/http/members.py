"""Members: who comes in by the link of a topic that knows its people; no door asks them who they are.

link ──▶ nobody came by it yet, or this browser did ──▶ in
    └──▶ its person came in already, and this is another browser ──▶ asked: are you Ana? ── yes ──▶ in

One cookie is good for their home and for all that borrows its people, until their links end.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import Refusal
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say_for
from webinar_server.mission import MISSION
from webinar_server.mission.cards import ChangeCard
from webinar_server.state import Command, Identity, replace
from webinar_server.web.entrance import known, seated
from webinar_server.web.http.answers import refused, whoami
from webinar_server.web.http.pages import language
from webinar_server.web.missions import begin_first
from webinar_server.web.who.access import Access
from webinar_server.web.who.agents import agent


def parsed(says: dict[str, Any]) -> Command:
    """What somebody says of themselves, as a command of their mission. Raises Refusal."""
    return MISSION.parse(ChangeCard.NAME, {name: says[name] for name in says if name != "participant"})


class Came(NamedTuple):
    """To what somebody comes, their home or a topic that borrows them; whose link they say it is, what they
    say of themselves anew, for their card, and in which time zone they are."""

    topic: str
    whose: str | None
    says: dict[str, Any] | None = None
    zone: str = ""


class Members:
    """Their way in, of one browser."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    async def enter(self, request: Request, identity: Identity, came: Came) -> Response:
        """By a link or a cookie. Raises Refusal, TokenError and StorageError."""
        await begin_first(self._hub, identity, language(request), came.zone)
        me, room = await seated(self._hub, await known(self._hub, identity), identity.home)
        before = me if me.device else self._access.came_by(request, me)
        if before is None or before.issued < me.issued or self._is_ended(room, before):
            before = self._on_new_device(request, me)
            person = room.state.get(room.about.attendance.record, me.id)
            if came.whose is None and person is not None and person.has_come:
                text = f"This is {me.name}'s link. Are you {me.name}?"
                return refused(409, "person.whose", text, name=me.name, role=me.role)
            if came.whose == "another":
                raise Refusal("link.shared", "This link is somebody else's; please ask for one of your own.")
        if came.says is not None:
            await say_for(room, me, parsed(came.says))
            me = await known(self._hub, me)
        device = {name: getattr(before, name) for name in ("device", "browser", "system")}
        me = replace(me, issued=max(now_ms(), me.issued), **device)
        if came.topic not in ("", me.home):
            seat, room = await seated(self._hub, me, came.topic)
        else:
            seat = me
        response = JSONResponse(whoami(seat, room))
        self._access.remember(request, response, me)
        return response

    def _is_ended(self, room: Room, before: Identity) -> bool:
        """Whether a cookie of theirs counts no more, so that the link makes another device of its browser."""
        return room.about.ends.ended(room.state, before.id, before.permit_at_home) is not None

    def _on_new_device(self, request: Request, identity: Identity) -> Identity:
        browser, system = agent(request.headers.get("user-agent", ""))
        return replace(identity, device=fresh_id(), browser=browser, system=system)
