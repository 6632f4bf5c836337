"""Everybody votes at once, in a poll of each form: `python -m loadtests.votes --form scale`, beside a choice.

One server on one core with its pace on; all votes come within `--within` seconds. A vote is timed at its
voter, until it is answered; the tally from the closing on, until it is on every screen, right to the vote.
"""

from __future__ import annotations

import argparse
import asyncio
import pathlib
import random
import tempfile
import time
from typing import Any, get_args

from loadtests.bench.processes import allow_files, audience_core
from loadtests.server import entrances, serve
from loadtests.swarm import quantile
from tests.session.scene import scene
from tests.web.client import Client
from webinar_server.session.polls.forms import FORMS, FormName

PEOPLE, WITHIN = 300, 2.0
OPTIONS = ["At home", "At work", "On the road", "Nowhere"]
WORDS = "sun wind grid depot truck night price slow fast queue ferry north cable heat".split()

ASKED: dict[str, dict[str, Any]] = {
    "choice": {"options": OPTIONS},
    "quiz": {"options": OPTIONS, "right": [2]},
    "ranking": {"options": OPTIONS},
    "scale": {"scale": {"from": 0, "to": 10}},
    "number": {"number": {"unit": "kW", "low": 0, "high": 400}},
    "cloud": {},
    "text": {"moderated": False},
}

Row = tuple[str, str, str]


def answer(form: str, dice: random.Random) -> dict[str, Any]:
    """What somebody says, as people do: not all of them something else."""
    if form == "ranking":
        return {"options": [str(n + 1) for n in dice.sample(range(len(OPTIONS)), len(OPTIONS))]}
    if form in ("scale", "number"):
        return {"number": dice.randint(0, 10) if form == "scale" else dice.randint(0, 80) * 5}
    if form == "cloud":
        return {"texts": dice.sample(WORDS, 3)}
    if form == "text":
        return {"texts": [" ".join(dice.choices(WORDS, k=8))]}
    return {"options": [str(dice.randint(1, len(OPTIONS)))]}


async def measure(
    url: str, topic: str, tokens: list[str], host_token: str, form: str, within: float
) -> list[Row]:
    host = await _seat(url, topic, host_token)
    people = await asyncio.gather(*(_seat(url, topic, token) for token in tokens))
    await host.do("open_session", topic=topic)
    asked = {"question": "Well?", "form": form, "results": "closed", **ASKED[form]}
    poll = (await host.do("draft_poll", topic=topic, **asked))["result"]["id"]
    await host.do("open_poll", topic=topic, poll=poll)
    await asyncio.gather(*(one.until(lambda one=one: poll in one.screen.of("poll"), "it") for one in people))  # type: ignore[misc]
    before = [_read(one) for one in people]
    dice = random.Random(2026)
    votes = [(one, dice.random() * within, answer(form, dice)) for one in people]
    waits = await asyncio.gather(*(_vote(one, topic, poll, at, given) for one, at, given in votes))
    began = time.monotonic()
    await host.do("close_poll", topic=topic, poll=poll)
    told = await asyncio.gather(*(_told(one, poll, len(people), began) for one in people))
    read = [after - was for was, after in zip(before, map(_read, people), strict=True)]
    for one in (host, *people):
        one.abort()
    what = f"{form}: {len(people)} votes within {within:g} s"
    return [
        (f"{what}, answered, p50", f"{quantile(waits, 0.5) * 1000:.0f} ms", ""),
        ("  p99", f"{quantile(waits, 0.99) * 1000:.0f} ms", "130 ms"),
        (
            "  the tally on every screen after the closing, p99",
            f"{quantile(told, 0.99) * 1000:.0f} ms",
            "100 ms",
        ),
        ("  frames that a viewer read meanwhile, mean", f"{sum(read) / len(read):.0f}", ""),
    ]


async def _seat(url: str, topic: str, token: str) -> Client:
    return await (await Client(url, token).open()).join(topic)


def _read(client: Client) -> int:
    return len(client.screen.frames)


async def _vote(client: Client, topic: str, poll: str, at: float, given: dict[str, Any]) -> float:
    """Seconds until it is answered."""
    await asyncio.sleep(at)
    began = time.monotonic()
    await client.do("vote", topic=topic, poll=poll, **given)
    return time.monotonic() - began


async def _told(client: Client, poll: str, voters: int, began: float) -> float:
    """Seconds until their screen tells what all of them said."""
    await client.until(lambda: client.screen.of("poll")[poll].get("counted") == voters, "the tally")
    return time.monotonic() - began


def rows(form: str, people: int, within: float) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder)
        (entrance,) = entrances(data, 1, people, 1)
        topic = f"session/{entrance.session}"
        with serve(data, "on") as (url, _), audience_core():
            return asyncio.run(measure(url, topic, entrance.attendees, entrance.hosts[0], form, within))


def rule(form: str, people: int, results: str) -> Row:
    """What a vote costs by itself: its rule, its entry and its place in the state, without a server."""
    story = scene()
    for number in range(people):
        story.given(f"p{number}", "arrive", organisation="A", kind="sme", country="NL")
    asked = {"question": "Well?", "form": form, "results": results, **ASKED[form]}
    story.given("host", "draft_poll", id="p", **asked).given("host", "open_poll", poll="p")
    dice, began = random.Random(2026), time.process_time()
    for number in range(people):
        story.given(f"p{number}", "vote", poll="p", **answer(form, dice))
    each = (time.process_time() - began) / people
    return f"{form}, results {results}: a vote of {people}, by itself", f"{each * 1e6:.0f} us", ""


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m loadtests.votes", description=__doc__)
    options.add_argument("--form", choices=[*get_args(FormName), "all"], default="all")
    options.add_argument("--people", type=int, default=PEOPLE)
    options.add_argument("--within", type=float, default=WITHIN, help="seconds")
    options.add_argument("--rules", action="store_true", help="what a vote costs without a server")
    given = options.parse_args()
    allow_files()
    for form in FORMS if given.form == "all" else [given.form]:
        alone = [rule(form, given.people, results) for results in ("closed", "voted")]
        for what, seen, asked in alone if given.rules else rows(form, given.people, given.within):
            print(f"{what:64} {seen:>8}   {'asked: ' + asked if asked else ''}", flush=True)


if __name__ == "__main__":
    main()
