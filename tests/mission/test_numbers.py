"""Every number in what a mission answers its organisers says why it tells of no few: it counts what they see
by name, or it is told in fives. A number that is not in the table fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from tests.mission.test_consent_http import MISSION_CALLS, Week, week
from tests.mission.test_contacts_http import PATH
from tests.mission.test_score import NOTHING
from tests.web.conftest import Starter, pytest_asyncio_loop_factories, start
from webinar_server.mission.heads import DID

__all__ = ["pytest_asyncio_loop_factories", "start"]

BY_NAME = "whoever asks finds each of them by name under the same filters"
IN_FIVES = "told five people at a time"
OF_PLACES = "a page's own"
OF_TIME = "a time"
OF_ONE = "of one who is named with it"

NUMBERS: Mapping[str, Mapping[str, str]] = {
    "participants": {
        **dict.fromkeys(("total", "fitting", "facets.*.*"), BY_NAME),
        **dict.fromkeys(("page", "per_page"), OF_PLACES),
    },
    "participants/{person}": {"sessions.*.starts_at": OF_TIME},
    "leaders": {},
    "organisations": {
        **dict.fromkeys(("total", "organisations.*.people", "organisations.*.here"), BY_NAME),
        **dict.fromkeys(("page", "per_page"), OF_PLACES),
    },
    "organisations/{key}": dict.fromkeys(("people", "here", "facets.*.*"), BY_NAME),
    "people": {
        **dict.fromkeys(("total", "states.*", "roles.*", "came.*"), BY_NAME),
        **dict.fromkeys(("seq", "page", "per_page"), OF_PLACES),
        "people.*.came": OF_TIME,
    },
    "post": {
        **dict.fromkeys(("total", "counts.waiting", "counts.sent", "counts.failed"), BY_NAME),
        **dict.fromkeys(("page", "per_page"), OF_PLACES),
        "letters.*.tries": OF_ONE,
        **dict.fromkeys(("counts.since", "letters.*.asked", "letters.*.due", "letters.*.done"), OF_TIME),
    },
    # of the list of people: who was invited, and has not been in
    "post/ready": dict.fromkeys(("invitation", "reminder"), BY_NAME),
    "score": {
        **{f"score.{name}": IN_FIVES for name in NOTHING if name != "began"},
        "score.began.*": IN_FIVES,
    },
    "report": {
        "participants": BY_NAME,
        **{f"{cell}{did}": IN_FIVES for cell in ("", "kinds.*.", "others.", "sessions.*.") for did in DID},
        **dict.fromkeys(("sessions.*.feedback.people", "sessions.*.feedback.answers.*.*"), IN_FIVES),
        **dict.fromkeys(("sessions.*.starts_at", "sessions.*.ends_at"), OF_TIME),
    },
    "next": dict.fromkeys(("slots.*.starts_at", "slots.*.ends_at"), OF_TIME),
    "welcome": {},
    "alike?organisation=Kanarie Work": {},
    "feed": {},
}
"""Of each answer in JSON that is not of one's own alone."""

OWN = ("mine.json", "conversations/", "leads.json", "shared", "meetings/")
"""Of one's own contacts, which are there by name."""


def numbers_in(value: Any, path: str = "") -> Iterator[str]:
    """Where numbers stand, `*` for what is not always called so."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield path
    if isinstance(value, dict):
        for name, one in value.items():
            yield from numbers_in(one, f"{path}.{name}".lstrip("."))
    if isinstance(value, list):
        for one in value:
            yield from numbers_in(one, f"{path}.*".lstrip("."))


def fits(path: str, known: str) -> bool:
    found, names = path.split("."), known.split(".")
    return len(found) == len(names) and all(
        name in ("*", one) for one, name in zip(found, names, strict=True)
    )


async def answers(week: Week, http: httpx.AsyncClient) -> list[tuple[str, Any]]:
    """What an organiser is answered in JSON by each call."""
    headers = {"Authorization": f"Bearer {week.token('ori')}"}
    told = []
    for call in MISSION_CALLS:
        if "{token}" in call or call.startswith(OWN):
            continue
        answer = await http.get(f"{PATH}/{call.format(**week.named)}", headers=headers)
        if answer.status_code == 200 and "json" in answer.headers["content-type"]:
            told.append((call, answer.json()))
    return told


async def test_every_number_says_why_it_tells_of_no_few(start: Starter) -> None:
    story = await week(await start())
    amiss, seen = [], set()
    async with httpx.AsyncClient(base_url=story.server.url, trust_env=False) as http:
        for call, told in await answers(story, http):
            known = NUMBERS.get(call.partition("?q=")[0])
            seen.add(call.partition("?q=")[0])
            assert known is not None, f"say of {call} what its numbers tell of"
            amiss += [(call, path) for path in numbers_in(told) if not any(fits(path, one) for one in known)]
    assert amiss == [] and seen == set(NUMBERS)


async def test_a_count_of_the_directory_is_of_whom_one_finds_there_under_that_filter(start: Starter) -> None:
    story = await week(await start())
    await story.clients["ada"].do("turn", switch="present", on=False)
    async with httpx.AsyncClient(base_url=story.server.url, trust_env=False) as http:
        for who in ("ori", "eve"):
            headers = {"Authorization": f"Bearer {story.token(who)}"}
            whole = (await http.get(f"{PATH}/participants", headers=headers)).json()
            assert whole["total"] == len(whole["cards"])
            for facet, counts in whole["facets"].items():
                for value, count in counts.items():
                    asked = {facet: value}
                    found = (await http.get(f"{PATH}/participants", headers=headers, params=asked)).json()
                    assert count == found["total"] == len(found["cards"]), (facet, value)
