"""A hall full of people on a real server: sixty, each by a link of their own, and what they say and ask."""

from __future__ import annotations

import asyncio
import csv
import io
import pathlib
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

from tests.browser.conftest import SESSION, Server
from webinar_server.client import Bot

FIRST = "Marieke Łukasz Søren Niamh Robin Huub Farah Joost Anke Daniela".split()
LAST = ("Vos", "Żak", "Ørsted", "O’Brien", "van den Bergh-Jansen", "ter Horst", "Cherif", "Uitdenboogaard")
FROM = ("Voltline", "Vervoerregio Duinstreek", "City of Alder Bay", "Slimmebocht", "TU Westerhaven")
KINDS = ("sme", "local", "federal", "consultancy", "knowledge")
PEOPLE, QUESTIONS, MESSAGES = 60, 24, 30
WORDS = (
    "Who pays for the grid connection of a small port, and who owns it in the end?",
    "How long does a permit for shore power take, from the first call to the first ship?",
    "Is there a pilot with small harbours, and can others come and see what it cost so far?",
)
LONG = (
    "Who pays for the grid connection of a small port when the quay is owned by a town of nine thousand? " * 9
)[:400]


@contextmanager
def crowd(server: Server, people: int = PEOPLE, questions: int = QUESTIONS) -> Iterator[list[str]]:
    """As long as the context lasts they are here; their names. The first to ask asks the longest question."""
    ready, over = threading.Event(), threading.Event()
    links = invited(server, people)
    thread = threading.Thread(target=asyncio.run, args=(_meet(links, questions, ready, over),))
    thread.start()
    assert ready.wait(120), "the hall did not fill"
    try:
        yield [name for name, _ in links]
    finally:
        over.set()
        thread.join(30)


def invited(server: Server, people: int) -> list[tuple[str, str]]:
    """Everybody's name and link."""
    file = pathlib.Path(server.data) / "people.csv"
    rows = [_guest(at) for at in range(people)]
    file.write_text("\n".join(["name,organisation,kind,country", *(",".join(row) for row in rows)]))
    told = server.run("link", "--session", SESSION, "--role", "attendee", "--people", str(file))
    return [(row["name"], row["link"]) for row in csv.DictReader(io.StringIO(told))]


def _guest(at: int) -> tuple[str, str, str, str]:
    name = f"{FIRST[at % 10]} {LAST[at % 8]}" + (f" {'I' * (at // 40 + 1)}" if at >= 40 else "")
    return name, FROM[at % 5], KINDS[at % 5], ("NL", "US", "BE")[at % 3]


async def _meet(
    links: list[tuple[str, str]], questions: int, ready: threading.Event, over: threading.Event
) -> None:
    async with AsyncExitStack() as stack:
        bots = [await stack.enter_async_context(Bot(link)) for _, link in links]
        for at, bot in enumerate(bots):
            await bot.do("introduce", say_as="mah-REE-kuh FOSS", pitch="", link="")
            if at < questions:
                await bot.do("ask", text=LONG if at == 0 else f"{at}: {WORDS[at % 3]}", shown="named")
            if at < MESSAGES:
                await bot.do("say", text=f"{at}: Good morning from the harbour of Delft")
        ready.set()
        await asyncio.to_thread(over.wait)
