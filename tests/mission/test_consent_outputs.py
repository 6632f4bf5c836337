"""Consent where it counts: five switches, each way, against what each real output then has of somebody. An
output that is not in the table fails, and so does one that begins to be shown without being in it."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping
from itertools import product
from typing import get_args

import msgspec
import pytest

from tests.mission.scene import Scene, scene
from webinar_server.mission.attending import people_of
from webinar_server.mission.consent import NEEDS, SWITCHES, Output
from webinar_server.mission.contacts import Asking, Request
from webinar_server.mission.directory import Directory, Wanted, shown
from webinar_server.mission.history import week_of
from webinar_server.mission.leads import Lead, leads_of
from webinar_server.mission.lending import known
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import Slot
from webinar_server.mission.register import Asked, Register
from webinar_server.mission.sharing import shared_leads
from webinar_server.session.people import Person
from webinar_server.session.questions import Asker, Question
from webinar_server.sheets.leads import objects_of, rows_of
from webinar_server.state import Identity
from webinar_server.vcard import vcards

OUTPUTS: tuple[Output, ...] = get_args(Output)
NAME, FIRM, MAIL = "Ada Kanarie", "Kanarie Works", "kanarie@example.org"


def week(**switches: bool) -> Scene:
    """Ada speaks in a session that Tim was in; they have each other's contact, and Tim shares with Tom."""
    story = scene("tim", "tom", "bob").given(
        "ori", "invite", id="ada", name=NAME, email=MAIL, organisation=FIRM
    )
    for colleague in ("tim", "tom"):
        story.given("ori", "change_card", participant=colleague, organisation="Tulip")
    for switch, on in switches.items():
        story.given("ada", "turn", switch=switch, on=on)
    story.given("ori", "plan_slot", session="depots", title="Depots", starts_at=0, ends_at=1)
    for who in ("ada", "tim", "bob"):
        story.given("server", "note_part", session="depots", participant=who, came=5)
    story.given("ada", "enter", worker="w").given("ada", "attend", slot="depots")
    ask = {"where": "people", "whom": "ada", "session": "depots"}
    story.given("bob", "ask_contact", id="c0", **ask).given("tim", "ask_contact", id="c1", **ask)
    story.given("ada", "accept_contacts", requests=["c1"])
    story.given("tim", "ask_sharing", whom="tom").given("tom", "ask_sharing", whom="tim")
    return story


def of_moment(story: Scene) -> str:
    """Tom asks who asked a question for their organisation."""
    moment = {"session": "depots", "question": "q", "participant": "ada", "shown": "organisation"}
    story.given("server", "note_moment", **moment, live=False)
    story.when("tom", "ask_contact", id="c2", where="spotlight", session="depots", question="q")
    asking = story.state.get(Asking, "c2")
    return text(asking.own("tom", "participant")) if asking else ""


def on_stage(story: Scene) -> str:
    link = Identity(id="ada", name="", role="", topic="mission/ev-2027")
    me = known(story.state, link, "session/depots")
    person = Person(id="ada", name=me.name, organisation=me.organisation, named=me.named)
    asked = {"text": "Why?", "shown": "named", "at": 0, "state": "live", "by": "ada"}
    question = Question(id="q", asker=Asker.of(person), **asked)
    return text([question.view("stage"), question.view("attendee")])


def in_directory(story: Scene) -> str:
    directory = Directory(story.state)
    wanted = Wanted(words="kanarie")
    for _ in directory.preparing(wanted, "tim"):
        pass
    return text(directory.find(wanted, "tim"))


def as_here(story: Scene) -> str:
    here = "here" in shown(story.state, "ada", "directory")
    attends = "ada" in people_of(story.state, story.the(Slot, "depots"))
    return text([here, attends])


def as_contact(story: Scene) -> str:
    """What Tim has of her: on his page and in each of his files."""
    leads = leads_of(story.state, "tim")
    files = [vcards(leads, "ev-2027", version).decode() for version in ("3.0", "4.0")]
    seen = story.the(Lead, "tim/ada").own("tim", "participant")
    return text([seen, rows_of(story.state, "tim", "en"), objects_of(story.state, "tim"), files])


REAL: Mapping[Output, tuple[Callable[[Scene], str], str]] = {
    "own": (lambda story: text(story.the(Participant, "ada").own("ada", "participant")), MAIL),
    "organisers": (lambda story: text(Register(story.state).find(Asked(words="kanarie"))), MAIL),
    "desk": (lambda story: text(week_of(story.state, "ada")), '"sessions":1'),
    "directory": (in_directory, NAME),
    "presence": (as_here, "[true,true]"),
    "programme": (lambda story: text(shown(story.state, "ada", "programme")), NAME),
    "spotlight": (on_stage, NAME),
    "moment": (of_moment, FIRM),
    "asked": (lambda story: text(story.the(Asking, "c0").own("bob", "participant")), NAME),
    "contact": (as_contact, NAME),
    "details": (as_contact, MAIL),
    "shared": (lambda story: text(shared_leads(story.state, "tim", "tom")), NAME),
}
"""What an output has, and what of her it has where she agreed."""

NOT_YET: Mapping[Output, str] = {"recording": "no recording or replay is made"}
ANSWERS = ("own", "organisers", "details", "contact")
"""In which her address may stand at all: files of a contact have name and details in one."""


def text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def test_each_output_is_in_the_table() -> None:
    assert {*REAL, *NOT_YET} == set(OUTPUTS)


def test_what_is_not_shown_yet_is_asked_for_nowhere() -> None:
    package = pathlib.Path(__file__).parents[2] / "webinar_server"
    asking = [
        path for path in package.rglob("*.py") for output in NOT_YET if f'"{output}"' in path.read_text()
    ]
    assert {path.name for path in asking} == {"consent.py"}


@pytest.mark.parametrize("output", REAL)
def test_a_real_output_shows_her_exactly_while_its_switches_are_on(output: Output) -> None:
    shows, mark = REAL[output]
    for ons in product((True, False), repeat=len(SWITCHES)):
        switches = dict(zip(SWITCHES, ons, strict=True))
        seen = shows(week(**switches))
        assert (mark in seen) == all(switches[switch] for switch in NEEDS[output]), (switches, seen)
        assert output in ANSWERS or MAIL not in seen, switches


def test_who_is_asked_by_name_is_told_who_asks() -> None:
    story = week().given("ada", "ask_contact", id="c9", where="directory", whom="bob")
    assert story.state.get(Request, "c9") is None  # Bob asked her before, so both did
    assert story.the(Lead, "bob/ada").name == NAME
