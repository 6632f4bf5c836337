"""Claims: who says that they lead this session is asked what they do; who says what they do is not."""

from __future__ import annotations

import pytest

from tests.session.scene import PEOPLE, scene
from webinar_server.demo.organisations import ORGANISATIONS
from webinar_server.session.claims import claims
from webinar_server.session.people import Person

CLAIMS = [
    "Host", "host of this session", "I am the host", "I'm your host today", "Ben, your host today",
    "I am Ben your host", "Hi, I am Ben, your moderator for today", "Organiser of the mission",
    "organising this webinar", "We host this webinar", "this session's host", "Today's webinar host",
    "Webinar support", "Digital mission team", "webinar team", "Support team", "verified",
    "Official | Voltline", "Moderator · Voltline", "Voltline (host)", "- Host -",
    "Host - ask me anything", "Host 1", "Ben is the host", "Helpdesk of this webinar",
    "Grid operator. Host of this session", "Speaker", "Gastheer van deze sessie", "Ik ben de moderator",
    "Ik modereer deze sessie", "jullie gastvrouw vandaag", "Ich bin der Moderator",
    "Gastgeber dieser Veranstaltung", "Animateur de cette session", "votre hôte aujourd'hui",
    "Soy el anfitrión", "Moderador de esta sesión", "Sou o anfitrião", "Moderatore di questa sessione",
    "主持人", "本次会议主持人", "本日の司会者", "오늘의 진행자", "H0st of this session",
    "Moderating today", "Chairing this hour", "I chair today", "Deze sessie wordt door mij geleid",
    "In charge of this meeting", "MC of the day", "Ask me anything about this webinar, I run it",
    "Technical support for this webinar", "On behalf of the host", "This webinar is led by me", "MC", "Chair",
    "Ik leid deze sessie", "Diese Sitzung wird von mir geleitet", "Emcee this afternoon",
    "namens de organisatie",
    "Event crew", "Tech support", "Webinar Support BV",
    "ℍ𝕠𝕤𝕥 of this session", "Host of this sessiоn", "H̲o̲s̲t̲ of this session", "ħost of thīs session",
]  # fmt: skip

WORK = [
    "We host charging sites", "Moderator of forums for cities", "moderator of forums for cities",
    "We support this mission with charging", "Support for depots", "Hosting for charging software",
    "Host of 40 chargers in Delft", "Author | speaker | cyclist", "Author, speaker and moderator",
    "Speaker at conferences on ports", "Speaker at the conference on ports in May",
    "Event organiser for cities", "Team of engineers", "System integrator",
    "We organise the largest e-truck event in Utrecht", "Our team supports cities",
    "We need your support", "A host of solutions", "Charging, seminars, events",
    "Organiser of the annual charging event in Ghent", "Your host in Amsterdam for charging missions",
    "I moderate debates", "Energy for the organisation", "Ask me about this mission",
    "Presenting grid data to cities", "We lead in batteries", "Technical support for fleets",
    "Beheer van laadpalen", "Wij organiseren ritten", "Gastheer in Limburg",
    "Wij beheren laadpleinen voor gemeenten", "Organisation, people, planet", "Team player",
    "Running depots at night", "Here to learn from this session", "Looking for partners at this event",
    "I speak at this event about batteries", "Hosterbos Beheer B.V.", "Moderation of forums",
    "Wir moderieren Beteiligung in Städten", "Nous animons des ateliers de mobilité",
    "Organizamos rutas de carga", "充電サービス", "充电系统开发", "충전 시스템 개발",
    "✉ Boats & batteries ⚡🔋", "We charge trucks at this event", "In charge of grids in Delft",
    "Small yard in Delft, I run it", "Chair of the cyclists' union", "Author | chair | cyclist",
    "We sell LED lights", "On behalf of cities we plan depots", "Working on behalf of 40 ports",
    "Looking forward to this hour", "Today I chair a board on grids", "I am new at this", "Day ahead trading",
    "Namens bewoners van Delft", "Technical writer", "Team lead production", "Led by data",
    "Studio for films",
    "At this event I present batteries", "Charging hubs, day and night", "Running late today",
]  # fmt: skip


@pytest.mark.parametrize("line", CLAIMS)
def test_who_says_to_lead_the_session_claims_it(line: str) -> None:
    assert claims(line)


@pytest.mark.parametrize("line", WORK)
def test_who_says_what_they_do_claims_nothing(line: str) -> None:
    assert not claims(line)


def test_nobody_of_the_demo_claims_anything() -> None:
    assert [each.name for each in ORGANISATIONS if claims(each.pitch) or claims(each.name)] == []


def test_a_pitch_of_an_attendee_claims_nothing_and_is_told_so() -> None:
    story = scene().given("ada", "arrive", **PEOPLE).given("ada", "introduce", pitch="Boats.")
    told = story.when("ada", "introduce", pitch="Host of this session")
    told.then_refused("person.claims")
    assert told.refusal is not None and told.refusal.field == "pitch"
    assert "what you do" in told.refusal.text and "Host" not in told.refusal.text
    assert told.the(Person, "ada").pitch == "Boats."
    again = told.when("ada", "introduce", pitch="We host charging sites")
    again.then_done().then(Person, "ada", pitch="We host charging sites")


def test_nobody_speaks_for_a_leader() -> None:
    story = scene().with_role("eva", "speaker").given("eva", "arrive", **{**PEOPLE, "name": "Maria Jansen"})
    story.given("ada", "arrive", **PEOPLE)
    for line in (
        "On behalf of Maria Jansen",
        "namens Mаria Jansen",
        "Assistant to Maria Jansen",
        "i.o. Jansen, Maria, namens",
    ):
        story.when("ada", "introduce", pitch=line).then_refused("person.claims")
    for line in ("I studied with Maria Jansen", "On behalf of Maria Smit", "Namens Jansen BV"):
        story.when("ada", "introduce", pitch=line).then_done()


@pytest.mark.parametrize("role", ["host", "organiser", "speaker"])
def test_who_leads_or_speaks_may_say_so(role: str) -> None:
    story = scene().with_role("eva", role).given("eva", "arrive", **PEOPLE)
    story.given("eva", "introduce", pitch="Your host today").then(Person, "eva", pitch="Your host today")
