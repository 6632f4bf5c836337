"""A run of show is copied by who leads both sessions; by nobody else."""

from __future__ import annotations

import httpx
import pytest

from tests.mission.planning import planned
from tests.mission.scene import CREATED
from tests.mission.test_live import TOPIC, invited, organised
from tests.mission.test_who import SLOT
from tests.web.conftest import pytest_asyncio_loop_factories, server, start
from tests.web.server import LiveServer
from webinar_server.live.saying import say
from webinar_server.session import SESSION
from webinar_server.session.programme import CreateSession
from webinar_server.session.run.records import in_order
from webinar_server.session.run.segments import FillRun

__all__ = ["pytest_asyncio_loop_factories", "server", "start"]


async def copied(server: LiveServer, id: str, role: str, here: str, there: str) -> tuple[int, str]:
    bearer = {"Authorization": f"Bearer {server.token('X', role, id=id, topic=TOPIC, home=TOPIC)}"}  # type: ignore[arg-type]
    async with httpx.AsyncClient(base_url=server.url, headers=bearer, trust_env=False) as http:
        answer = await http.post(f"/api/run-copies?topic=session/{here}", json={"session": there})
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.parametrize("who", ["organiser", "host", "attendee"])
async def test_who_leads_both_copies_and_nobody_else(server: LiveServer, who: str) -> None:
    organiser = await organised(server)
    ada, _ = await invited(server, organiser, "Ada")
    for session in ("one", "two"):
        await server.hub.begin(
            SESSION.topic(session), CreateSession(session=session, title=session, mission=CREATED["mission"])
        )
        hosts = [ada] if who == "host" and session == "two" else []
        await planned(server, **(SLOT | {"session": session, "hosts": hosts}))
    one, two = [await server.hub.room(SESSION.topic(session)) for session in ("one", "two")]
    assert one is not None and two is not None
    await say(one, FillRun(example="good"))
    if who == "organiser":
        id = organiser.hello["you"]["id"]
        assert await copied(server, id, "organiser", "two", "one") == (201, "")
        assert len(in_order(two.state)) == len(in_order(one.state)) == 9
        assert (await copied(server, id, "organiser", "two", "one"))[1] == "segment.filled"
        assert (await copied(server, id, "organiser", "one", "nowhere"))[0] in (403, 404)
    else:
        assert (await copied(server, ada, "participant", "two", "one"))[1] == "command.not_allowed"
        assert in_order(two.state) == []
