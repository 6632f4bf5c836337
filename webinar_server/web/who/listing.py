"""Listing: a device is in the list of its person as soon as it is let in, whether or not it opens a socket.

Else who has a link could use it by HTTP alone and be seen by nobody, and between the first who comes in and
their first socket a second could be them.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from webinar_server.errors import Refusal
from webinar_server.live.room import Room
from webinar_server.live.saying import say_for
from webinar_server.session.devices import ComeIn, devices_of
from webinar_server.state import Identity

LISTED_WITHIN = 2.0
"""Seconds in which the log takes it. One that does not keeps nobody out: it is said when the log answers."""


async def list_device(room: Room, identity: Identity, first: str = "") -> None:
    """`first` is how they are called where nobody came in by that link before; Refusal `person.whose` where
    somebody else just has, or as `ends.py` says."""
    if ComeIn.NAME not in room.about.commands or identity.role not in room.about.roles.people:
        return
    known = devices_of(room.state, identity.id)
    if known.find(identity.device) is not None and known.called == (first or known.called):
        return
    come_in = ComeIn(device=identity.device, browser=identity.browser, system=identity.system, first=first)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(LISTED_WITHIN):
                await say_for(room, identity, come_in)
    except Refusal as refusal:
        if refusal.retry_after is None:
            raise
