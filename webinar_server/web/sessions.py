"""Sessions: what is asked of them by who is none of their people, over HTTP or at a terminal."""

from __future__ import annotations

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import SESSIONS_MADE
from webinar_server.live.hub import Hub
from webinar_server.session import SESSION
from webinar_server.session.programme import CreateSession


async def create_session(hub: Hub, command: CreateSession, by: str = "") -> None:
    """Begin a session's log, for an organiser. Raises Refusal: it exists, a field is not as it should be, or
    there were too many of them."""
    pace_sessions(hub, by)
    outcome = await hub.begin(SESSION.topic(command.session), command)
    if isinstance(outcome, Refusal):
        raise outcome


def pace_sessions(hub: Hub, by: str) -> None:
    """Raises Refusal `pace.create_session`."""
    rates = {"sessions made": SESSIONS_MADE}
    text = "Many sessions at once; please wait."
    hub.worker.pace.require(by, rates, monotonic(), "pace.create_session", text)
