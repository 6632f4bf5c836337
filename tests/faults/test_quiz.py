"""A quiz in the middle of which a worker and Valkey die: every vote counts once, and then it is nobody's."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import WebSocketException

from tests.faults.site import Site
from tests.web.client import Client, Frame, until
from tests.web.server import SECRET
from webinar_server.clock import now_ms
from webinar_server.errors import StorageError
from webinar_server.log.redis.engine import RedisLog
from webinar_server.session import SESSION
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.vote import Vote
from webinar_server.state import Forgotten, Identity, Role, State, unseal
from webinar_server.web.who.tokens import DAY_MS, Signer

TOPIC = "session/s1"
VOTERS = 24
QUIZ = {"question": "Which?", "form": "quiz", "options": ["a", "b", "c"], "right": [2], "results": "closed"}


def token(name: str, role: Role = "attendee") -> str:
    who = Identity(id=name, name=name, role=role, topic=TOPIC, expires=now_ms() + DAY_MS)
    return Signer(SECRET).sign(who)


async def insist(doors: Sequence[str], token: str, ref: str, command: str, **args: Any) -> Frame:
    """Say something under one ref, at one door and another, until it is done."""
    for number in range(10_000):
        client = Client(doors[number % len(doors)], token)
        try:
            await client.knock()
            await client.join(TOPIC)
            asked = asyncio.ensure_future(client.ask(command, ref, **args))
            ended = asyncio.ensure_future(client.ended())
            await asyncio.wait((asked, ended), return_when=asyncio.FIRST_COMPLETED)
            ended.cancel()
            if asked.done() and (answer := asked.result())["op"] == "done":
                return answer
            asked.cancel()
        except (OSError, EOFError, WebSocketException, AssertionError):
            pass
        finally:
            await client.close()
        await asyncio.sleep(0.1)
    raise AssertionError(f"{command} was never done")


async def state(site: Site) -> tuple[State, int]:
    """The session as its log says it, and after which entry that begins."""
    log = RedisLog(site.valkey.url)
    await log.open()
    try:
        base, snapshot = await log.base(TOPIC), await log.snapshot(TOPIC)
        found = State.load(SESSION.kinds, snapshot.data) if snapshot else State(SESSION.kinds)
        for sealed in await log.read(TOPIC, found.position.seq, 10_000_000):
            found.put(unseal(sealed, SESSION.kinds), sealed.tag)
        return found, base.seq
    finally:
        await log.close()


async def until_cut(site: Site) -> None:
    for _ in range(600):
        with suppress(StorageError):
            if not (await state(site))[0].count(Forgotten):
                return
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("results", ["closed", "voted"])
async def test_a_worker_and_valkey_die_in_the_middle_of_a_quiz(
    open_site: Callable[..., Site], results: str
) -> None:
    site = open_site()
    await site.ready()
    host, doors = token("hal", "host"), site.doors
    await insist(doors, host, "o", "open_session")
    poll = (await insist(doors, host, "d", "draft_poll", **(QUIZ | {"results": results})))["result"]["id"]
    await insist(doors, host, "p", "open_poll", poll=poll)

    async def vote(number: int) -> None:
        # some change their mind, some say it twice
        who, shift = token(f"v{number}"), number % 2
        ways = [*doors[shift:], *doors[:shift]]
        for ref in ("one", "two"):
            chosen = str(number % 3 + 1) if ref == "two" else "1"
            await insist(ways, who, ref, "vote", poll=poll, options=[chosen])

    votes = [asyncio.ensure_future(vote(number)) for number in range(VOTERS)]
    await until(lambda: any(one.done() for one in votes), "somebody has voted")
    site.workers[0].kill()
    site.valkey.kill()
    await asyncio.to_thread(site.valkey.start)
    site.workers[0].launch()
    await asyncio.gather(*votes)
    await insist(doors, host, "c", "close_poll", poll=poll)

    count = Counter(str(number % 3 + 1) for number in range(VOTERS))
    viewer = await (await Client(doors[1], token("viewer")).open()).join(TOPIC)
    late = await (await Client(doors[1], token("v0")).open()).join(TOPIC)
    kind, reader = ("poll", viewer) if results == "closed" else ("result", late)
    await reader.until(lambda: reader.screen.of(kind).get(poll, {}).get("counted") == VOTERS, "the result")
    told = reader.screen.of(kind)[poll]["options"]
    assert {option["id"]: option["votes"] for option in told} == dict(count)
    assert (poll in viewer.screen.of("result")) is False
    for one in (viewer, late):
        await one.close()

    await until_cut(site)
    found, base = await state(site)
    assert not found.count(Forgotten) and base > 0, "what the log held of the votes is given up"
    there = list(found.all(Vote))
    assert len({vote.by for vote in there}) == len(there) == VOTERS
    assert all(vote.sealed and not vote.options for vote in there)
    poll_there = found.get(Poll, poll)
    assert poll_there is not None and poll_there.sealed
    assert not site.complaints()
