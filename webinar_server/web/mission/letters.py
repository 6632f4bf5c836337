"""Letters over HTTP: what went out and what did not, to organisers; and how somebody gets no more of them."""

from __future__ import annotations

from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import Refusal
from webinar_server.limits_of_newcomers import STOPS
from webinar_server.live.hub import Hub
from webinar_server.live.saying import say
from webinar_server.mission import MISSION
from webinar_server.mission.letters import Letter, LetterKind, LetterState, Post
from webinar_server.mission.participants import Participant
from webinar_server.mission.post import StopLetters, ready
from webinar_server.state import Records, State
from webinar_server.web.http.older import number
from webinar_server.web.mission.organisers import MISSION_PATH, organiser
from webinar_server.web.who.access import Access
from webinar_server.web.who.stops import read_stop
from webinar_server.web.who.visitors import address_of

ROWS = 50
STOP_PATH = f"/{MISSION.name}/{{id}}/letters/{{token}}"
ABSENT: tuple[LetterKind, ...] = ("invitation", "reminder")
STATES: dict[str, tuple[LetterState, ...]] = {
    "": get_args(LetterState),
    "waiting": ("queued", "claimed"),
    "sent": ("sent",),
    "failed": ("failed",),
}


class Letters:
    """`GET /api/missions/ID/post?state=&page=` and `post/ready`, and `POST /mission/ID/letters/TOKEN`, which
    letters name."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access

    def routes(self) -> list[Route]:
        return [
            Route(f"{MISSION_PATH}/post", self.look),
            Route(f"{MISSION_PATH}/post/ready", self.ready),
            Route(STOP_PATH, self.stop, methods=["POST"]),
        ]

    async def look(self, request: Request) -> Response:
        _, _, room = await organiser(request, self._hub, self._access)
        query = request.query_params
        state, page = query.get("state", ""), number(query.get("page"), 0)
        if state not in STATES or set(query) - {"state", "page", "as"}:
            raise Refusal("query.malformed", f"`state` is one of {', '.join(filter(None, STATES))}.")
        told = page_of(room.state, state, page) | {"goes_out": bool(self._hub.worker.settings.smtp)}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    async def ready(self, request: Request) -> Response:
        """How many would get a letter, if all were sent one who were invited and have not come."""
        _, _, room = await organiser(request, self._hub, self._access)
        now = now_ms()
        told = {about: ready(room.state, now, about) for about in ABSENT}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    async def stop(self, request: Request) -> Response:
        """Somebody wants no more; a mail program says so for them, who has no cookie and no page of ours."""
        pace = self._hub.worker.pace
        text = "A little slower, please."
        pace.require(address_of(request), {"stops": STOPS}, monotonic(), "pace.joining", text)
        stop = read_stop(self._access.signer, request.path_params["token"])
        room = await self._hub.room(MISSION.topic(stop.mission), address_of(request))
        if room is None or stop.mission != request.path_params["id"]:
            raise Refusal("mission.unknown", "There is no such mission (any more).")
        outcome = await say(room, StopLetters(participant=stop.participant, about=stop.about))
        if isinstance(outcome, Refusal):
            raise outcome
        return JSONResponse({"about": stop.about})


def page_of(state: State, chosen: str, page: int) -> dict[str, Any]:
    """A page of letters, those first that did not go, then the newest; JSON-ready."""
    found = [one for name in STATES[chosen] for one in state.of(Letter, "state", name)]
    found.sort(key=lambda one: (one.state != "failed", not one.reason, -one.asked, one.id))
    shown = found[page * ROWS : (page + 1) * ROWS]
    post = state.get(Post, "post") or Post(id="post")
    return {
        "page": page,
        "per_page": ROWS,
        "total": len(found),
        "counts": post.view("organiser"),
        "letters": [_row(state, letter) for letter in shown],
    }


def _row(records: Records, letter: Letter) -> dict[str, Any]:
    to = records.get(Participant, letter.to)
    who = {name: getattr(to, name, "") for name in ("name", "organisation", "email")}
    said = ("id", "to", "about", "state", "reason", "said", "tries", "asked", "due", "done")
    return {name: getattr(letter, name) for name in said} | who
