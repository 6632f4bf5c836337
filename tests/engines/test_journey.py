"""The hour in its main steps, by people who use Firefox, and by people who use WebKit."""

from __future__ import annotations

import asyncio
import signal
from typing import NamedTuple

import pytest

from tests.engines.conftest import PHONE, Hall
from tests.engines.screen import Screen
from webinar_server.client import Bot


class People(NamedTuple):
    host: Screen
    ana: Screen
    stage: Screen


@pytest.fixture(scope="module")
def people(hall: Hall) -> People:
    host = hall.comes("host", "Anna Bakker")
    ana = hall.enters("Ana de Vries", organisation="Voltline", kind="sme", country="NL")
    stage = hall.comes("stage", "Stage")
    host.press("Open session")
    ana.sees("Live now")
    return People(host, ana, stage)


def ask(screen: Screen, text: str, shown: str = "With my name") -> None:
    screen.press("Questions", "tab")
    screen.press("Ask a question")
    screen.write("Your question", text)
    screen.press(shown, "choice")
    screen.press("Hand in")
    screen.sees("Open: others can support it")


def act(host: Screen, name: str, text: str) -> None:
    host.press("", f"[data-act={name}]", within=".card", having=text)


def test_somebody_comes_in_on_a_phone_and_is_greeted(hall: Hall, people: People) -> None:
    robin = hall.comes("attendee", "Robin", PHONE)
    robin.write("Name", " Jansen")
    robin.write("Organisation", "Slimmebocht")
    robin.press("Come in")
    robin.press("Chat", "tab")
    people.host.sees("Slimmebocht", ".arrival")

    people.host.press("Greet", within=".arrival", having="Robin Jansen")
    robin.sees("Anna Bakker greeted you")
    people.host.press("Undo", within=".arrival", having="Robin Jansen")
    people.host.press("Greet", within=".arrival", having="Robin Jansen")
    people.host.sees("Anna Bakker,", ".greeted")


def test_what_is_said_is_read_by_all(people: People) -> None:
    people.ana.press("Chat", "tab")
    people.ana.write("Your message", "Good morning from Delft\n")
    people.host.sees("Good morning from Delft", ".messages")
    people.host.write("Write to everybody", "Welcome, all of you\n")
    people.ana.sees("Welcome, all of you", ".messages")
    assert people.ana.count("Good morning from Delft", ".message") == 1


def test_a_question_goes_by_the_board_to_the_stage_and_is_answered(people: People) -> None:
    host, ana, stage = people
    question = "Who pays for the grid connection of a small port?"
    ask(ana, question)
    host.sees("Voltline", ".card")
    act(host, "queue", question)
    act(host, "deck", question)
    ana.sees("You're next")
    act(host, "spotlight", question)
    for screen in (ana, stage):
        screen.sees(question)
        screen.sees("Ana de Vries")
    host.press("Answered")
    stage.misses(question)
    ana.sees("Answered at")


def test_a_poll_runs_from_draft_to_its_result(hall: Hall, people: People) -> None:
    host, ana, stage = people
    host.press("New poll")
    host.keys("Where do you charge?")
    host.write("Option 1", "At home")
    host.write("Option 2", "At work")
    host.press("Keep as draft")
    host.press("Open", within=".poll")
    ana.press("At home", "choice")
    ana.press("Vote")
    stage.sees("1 voted")
    asyncio.run(vote([hall.server.link("attendee", name) for name in ("Bo", "Cem", "Dee", "Eva")]))
    stage.sees("5 voted")
    host.press("Close", within=".poll")
    host.press("Reveal", within=".poll")
    stage.sees("100% (5 votes)")
    ana.sees("100% (5 votes)")


async def vote(links: list[str]) -> None:
    """Each chooses what stands first in the first poll."""
    for link in links:
        async with Bot(link) as bot:
            [(poll, record)] = bot.of("poll").items()
            await bot.do("vote", poll=poll, options=[record["options"][0]["id"]])


def test_nothing_is_lost_when_the_server_was_killed(hall: Hall, people: People) -> None:
    host, ana, stage = people
    ask(ana, "Does it hold?")
    act(host, "spotlight", "Does it hold?")
    stage.sees("Does it hold?")
    hall.server.stop(signal.SIGKILL)
    ana.sees("your messages are kept")
    ana.press("Chat", "tab")
    ana.write("Your message", "written meanwhile\n")
    stage.sees("Does it hold?")
    hall.server.start()
    host.sees("written meanwhile", ".messages", seconds=30)
    ana.misses("your messages are kept", seconds=30)
    assert ana.count("written meanwhile", ".message") == 1
    host.press("Answered")
    stage.misses("Does it hold?", seconds=30)
