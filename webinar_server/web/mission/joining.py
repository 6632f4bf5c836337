"""Joining: what newcomers are told of a mission, their form, and a lost link; all of it to anybody.

 the form ──▶ open, or the right code ──▶ in, with a cookie, and the link by e-mail
         └──▶ an organiser decides ─────▶ told what happens next

Nobody learns here who takes part. An address that is known is answered as any other, by the same steps: its
owner is sent their link, and who filled in the form is somebody else. Who lost their link is answered before
anything is looked up.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import Rate
from webinar_server.limits_of_newcomers import (
    ALIKE,
    ALIKE_ALL,
    CODES,
    CODES_ALL,
    JOINING,
    JOINING_ALL,
    LOST_LINKS,
    LOST_LINKS_ALL,
)
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say
from webinar_server.mission import MISSION
from webinar_server.mission.admission import Apply
from webinar_server.mission.alike import alike
from webinar_server.mission.cards import CLEAN
from webinar_server.mission.mission import Mission, the_mission
from webinar_server.mission.participants import Reads
from webinar_server.mission.post import LostLink
from webinar_server.state.card import OrganisationKind
from webinar_server.web.http.answers import body_of
from webinar_server.web.mission.newcomers import Newcomers
from webinar_server.web.mission.organisers import MISSION_PATH
from webinar_server.web.who.access import Access
from webinar_server.web.who.visitors import address_of
from webinar_server.words.cards import ORGANISATION_MAX
from webinar_server.words.folding import folded

UNKEPT = {"Cache-Control": "no-store"}
EVERYBODY = "everybody"
"""Whose bucket all share."""

READS: dict[str, Reads] = {"en": "en", "nl": "nl"}
"""By what a form says; it may say anything."""


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a newcomer says; `reads` is the language of the page."""

    name: str
    organisation: str = ""
    kind: OrganisationKind = ""
    email: str = ""
    code: str = ""
    reads: str = ""


class Lost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose link is lost."""

    email: str


class Joining:
    """`welcome`, `join`, `alike` and `lost-link` of a mission."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access
        self._newcomers = Newcomers(hub, access)

    def routes(self) -> list[Route]:
        return [
            Route(f"{MISSION_PATH}/welcome", self.welcome),
            Route(f"{MISSION_PATH}/join", self.join, methods=["POST"]),
            Route(f"{MISSION_PATH}/alike", self.alike),
            Route(f"{MISSION_PATH}/lost-link", self.lost, methods=["POST"]),
        ]

    async def welcome(self, request: Request) -> Response:
        mission = the_mission((await self._room(request)).state)
        return JSONResponse(
            welcome_of(mission) | {"letters": bool(self._hub.worker.settings.smtp)}, headers=UNKEPT
        )

    async def join(self, request: Request) -> Response:
        self._access.check_origin(request)
        form = await body_of(request, Form)
        self._slow_down(request, {"joining": JOINING}, {"joining in all": JOINING_ALL})
        room = await self._room(request)
        mission = the_mission(room.state)
        self._refuse_uninvited(request, mission, form.code)
        if mission.entry == "approval" and not form.email.strip():
            raise Refusal(
                "participant.no_email", "Your link comes by e-mail; give an address.", field="email"
            )
        outcome = await say(room, _apply(form, admitted=mission.entry != "approval"))
        if isinstance(outcome, Refusal):
            raise outcome
        if mission.entry == "approval":
            return JSONResponse({"state": "applied"}, 202, headers=UNKEPT)
        return await self._newcomers.come_in(request, room, outcome.result["id"])

    async def alike(self, request: Request) -> Response:
        """Organisations that a newcomer may mean, to whom may come in."""
        self._access.check_origin(request)
        self._slow_down(request, {"alike": ALIKE}, {"alike in all": ALIKE_ALL})
        room = await self._room(request)
        self._refuse_uninvited(request, the_mission(room.state), request.query_params.get("code", ""))
        organisation = request.query_params.get("organisation", "")[:ORGANISATION_MAX]
        return JSONResponse({"organisations": alike(room.state, organisation)}, headers=UNKEPT)

    async def lost(self, request: Request) -> Response:
        self._access.check_origin(request)
        form = await body_of(request, Lost)
        self._slow_down(request, {"lost links": LOST_LINKS}, {"lost links in all": LOST_LINKS_ALL})
        room = await self._room(request)
        email = CLEAN["email"](form.email, "email")
        if not email:
            raise Refusal(
                "participant.email", "An e-mail address looks like name@example.org.", field="email"
            )
        # answered first: how long it takes tells nothing
        self._hub.worker.tasks.start("a lost link", _send(room, email))
        return JSONResponse({}, 202, headers=UNKEPT)

    async def _room(self, request: Request) -> Room:
        room = await self._hub.room(MISSION.topic(request.path_params["id"]), address_of(request))
        if room is None or room.about is not MISSION:
            raise Refusal("mission.unknown", "There is no such mission (any more).")
        return room

    def _slow_down(self, request: Request, each: dict[str, Rate], everybody: dict[str, Rate]) -> None:
        pace, text = self._hub.worker.pace, "Very many come in just now; please try again in a moment."
        pace.require(address_of(request), each, monotonic(), "pace.joining", text)
        pace.require(EVERYBODY, everybody, monotonic(), "pace.joining", text)

    def _refuse_uninvited(self, request: Request, mission: Mission, code: str) -> None:
        """Raises Refusal `mission.invited`, `mission.wrong_code`, or `pace.codes` where many were wrong."""
        if mission.entry == "invited":
            raise Refusal("mission.invited", "This mission is by invitation; ask its organisers.")
        if mission.entry != "code":
            return
        pace, now = self._hub.worker.pace, monotonic()
        # looked at before the code is: else who guesses on is told by it
        tried = ((address_of(request), "codes", CODES), (mission.id, "codes in all", CODES_ALL))
        wait = max(pace.full(*one, now) for one in tried)
        if wait:
            raise Refusal("pace.codes", "Too many wrong codes; please wait a moment.", round(wait + 0.05, 1))
        if not same_code(code, mission.code):
            for one in tried:
                pace.wait(*one, now)
            raise Refusal("mission.wrong_code", "This is not the code; see what you were sent.", field="code")


def welcome_of(mission: Mission) -> dict[str, Any]:
    """What anybody may know of a mission: nothing about people."""
    shown = ("title", "starts_on", "ends_on", "places", "accent", "brand", "picture", "notices")
    seen = mission.view("participant")
    return {name: seen[name] for name in shown} | {"entry": mission.entry, "id": mission.id}


def same_code(given: str, code: str) -> bool:
    """Codes are said aloud and typed on phones: case and spaces tell nothing."""
    first, second = ("".join(folded(one).split()).encode() for one in (given, code))
    # takes as long whatever it is
    return compare_digest(first, second)


def _apply(form: Form, admitted: bool) -> Apply:
    said = {name: getattr(form, name) for name in ("organisation", "kind", "email") if getattr(form, name)}
    return Apply(name=form.name, admitted=admitted, reads=READS.get(form.reads, ""), **said)


async def _send(room: Room, email: str) -> None:
    await say(room, LostLink(email=email))
