"""Planning: slots stand in the programme of a running server's mission, as organisers would have planned."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.mission.scene import CREATED
from tests.web.server import LiveServer
from webinar_server.live.saying import say
from webinar_server.mission import MISSION
from webinar_server.mission.programme import PlanSlot
from webinar_server.state import Answer


async def planned(server: LiveServer, **slot: Any) -> None:
    """A slot; its session is there if the test made one."""
    room = await server.hub.room(MISSION.topic(CREATED["mission"]))
    assert room is not None
    assert isinstance(await say(room, msgspec.convert(slot, PlanSlot)), Answer)
