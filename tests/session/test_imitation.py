"""Imitation: nobody is called like who leads the session; who was so before is marked, and hosts are told."""

from __future__ import annotations

import pytest

from tests.session.scene import PEOPLE, Scene, scene
from webinar_server.errors import Refusal
from webinar_server.session.imitation import refuse_like_host, refuse_reserved
from webinar_server.session.people import Person
from webinar_server.session.questions import Question
from webinar_server.state import Role


def arrives(story: Scene, who: str, role: Role = "attendee", **known: str) -> Scene:
    """Somebody comes in; their name is `who` with a capital."""
    return story.with_role(who, role).given(who, "arrive", **{**PEOPLE, **known})


def refused(story: Scene, role: Role, name: str, organisation: str = "") -> str:
    try:
        refuse_reserved(role, name, organisation)
        refuse_like_host(story.state, role, name, organisation)
    except Refusal as refusal:
        assert refusal.field == ("organisation" if refusal.code.startswith("organisation") else "name")
        return refusal.code
    return ""


@pytest.mark.parametrize("role", ["host", "organiser", "speaker"])
def test_who_leads_the_session_is_not_imitated(role: Role) -> None:
    story = arrives(scene(), "anna", role)
    assert refused(story, "attendee", "Аnna") == "person.like_host"
    assert refused(story, "attendee", "Ben", "ANNA") == "organisation.like_host"
    assert refused(story, "attendee", "Ben", "Voltline") == ""
    assert refused(story, "attendee", "Ben", "Anna · Voltline") == "organisation.like_host"
    assert refused(story, "host", "Anna") == ""


def test_a_speaker_is_called_like_another_speaker_but_not_like_a_host() -> None:
    assert refused(arrives(scene(), "anna", "speaker"), "speaker", "Anna") == ""
    for role in ("host", "organiser"):
        story = arrives(scene(), "anna", role)
        assert refused(story, "speaker", "Dr. Anna") == "person.like_host"
        assert refused(story, "speaker", "Ben", "Anna") == "", "of whom they are is the organisers' to say"


def test_other_attendees_may_have_one_name() -> None:
    assert refused(arrives(scene(), "anna"), "attendee", "Anna") == ""


def test_the_house_is_nobodys_name() -> None:
    assert refused(scene(), "attendee", "Host") == "person.reserved"
    assert refused(scene(), "attendee", "Ben", "Organiser") == "organisation.reserved"
    assert refused(scene(), "speaker", "Moderator") == refused(scene(), "stage", "Stage") == ""


def test_an_organisation_claims_no_part_in_the_session() -> None:
    for organisation in ("Host of this session", "Voltline, your host today", "Digital mission team"):
        assert refused(scene(), "attendee", "Ben", organisation) == "organisation.reserved"
        assert refused(scene(), "speaker", "Ben", organisation) == ""
    assert refused(scene(), "attendee", "Ben", "Charging Hosts of Utrecht") == ""


def test_a_name_that_may_be_somebodys_own_is_taken_and_marked() -> None:
    assert refused(scene(), "attendee", "Ana Host-Vega") == ""
    for role, marked in (("attendee", True), ("host", False), ("speaker", False)):
        story = scene().with_role("ana", role).given("ana", "arrive", **{**PEOPLE, "name": "Ana Host-Vega"})
        assert story.the(Person, "ana").imitates is marked


HOLDING = [
    "Maria Jansen laptop", "Maria Jansen (laptop)", "Maria Jansen phone", "Maria Jansen team",
    "Maria Jansen Jr",
    "Maria Jansen II", "Maria Jansen B", "Maria Jansen nl", "Maria Jansen RVO", "Maria Jansen – KIVI",
    "Kim (Maria Jansen)", "Kim for Maria Jansen", "Kim namens Maria Jansen", "Maria Jansen office",
    "Maria Jansen-de Boer", "Anna-Maria Jansen", "Mаria Jansen laptop", "mariajansen2 laptop",
    "Jansen, Maria (KIVI)",
]  # fmt: skip


@pytest.mark.parametrize("name", HOLDING)
def test_a_name_that_holds_a_leaders_whole_name_is_taken_and_marked(name: str) -> None:
    leader = {**PEOPLE, "name": "Maria Jansen"}
    late = scene().with_role("eva", "host").given("eva", "arrive", **leader)
    assert refused(late, "attendee", name) == ""
    early = (
        scene().given("ben", "arrive", **{**PEOPLE, "name": name}).given("ben", "ask", id="q", text="Why?")
    )
    assert not early.the(Person, "ben").imitates
    early.with_role("eva", "speaker").given("eva", "arrive", **leader)
    for story in (late.given("ben", "arrive", **{**PEOPLE, "name": name}), early):
        for who in ("host", "attendee"):
            assert story.sees(who, Person, "ben")["imitates"] is True
    assert early.sees("attendee", Question, "q")["asker"]["imitates"] is True


@pytest.mark.parametrize(
    "name", ["Maria de Boer", "Jan Jansen", "Maria Jansens", "Anna", "Maria van Jansen", "Ria Jansen"]
)
def test_a_name_that_shares_a_part_of_a_leaders_is_not_marked(name: str) -> None:
    story = scene().with_role("eva", "host").given("eva", "arrive", **{**PEOPLE, "name": "Maria Jansen"})
    assert refused(story, "attendee", name) == ""
    story.given("ben", "arrive", **{**PEOPLE, "name": name}).then(Person, "ben", imitates=False)


@pytest.mark.parametrize(
    "organisation", ["Smart Ports host team", "Team moderators KIVI", "Voltline – Studio"]
)
def test_an_organisation_with_a_team_of_hosts_is_taken_and_marked(organisation: str) -> None:
    assert refused(scene(), "attendee", "Ben", organisation) == ""
    story = arrives(scene(), "ben", organisation=organisation)
    story.then(Person, "ben", imitates=True, organisation_imitates=True)


@pytest.mark.parametrize(
    "organisation", ["Webinar Support BV", "Tech support", "Event crew", "Production team", "Studio"]
)
def test_an_organisation_is_not_the_houses_crew(organisation: str) -> None:
    assert refused(scene(), "attendee", "Ben", organisation) == "organisation.reserved"


@pytest.mark.parametrize(
    "organisation",
    ["Studio Roosegaarde", "Crew Energy", "Tech Support Group Ltd", "Productiehuis Oost", "Team Voltline",
     "Bot BV", "Info Support", "Women Speakers Network", "Chair Design Team", "Support Network"],
)  # fmt: skip
def test_an_organisation_may_have_such_a_word(organisation: str) -> None:
    assert refused(scene(), "attendee", "Ben", organisation) == ""
    arrives(scene(), "ben", organisation=organisation).then(Person, "ben", imitates=False)


def test_a_guest_who_came_before_the_host_is_marked_for_all() -> None:
    story = arrives(scene(), "ann\u0430")
    assert not story.the(Person, "ann\u0430").imitates
    arrives(arrives(story, "ben"), "anna", "host").then(Person, "ann\u0430", imitates=True)
    story.then(Person, "ben", imitates=False).then(Person, "anna", imitates=False)
    for who in ("host", "attendee", "ann\u0430"):
        assert story.sees(who, Person, "ann\u0430")["imitates"] is True
    arrives(story, "ann\u0430").then(Person, "ann\u0430", imitates=True)


def test_the_mark_goes_when_the_host_is_none_any_more() -> None:
    story = arrives(arrives(scene(), "ann\u0430"), "anna", "host")
    arrives(story, "anna").then(Person, "ann\u0430", imitates=False)


def test_an_old_record_of_such_a_name_is_marked_when_its_owner_returns() -> None:
    arrives(scene(), "gastheer").then(Person, "gastheer", imitates=True)
    arrives(scene(), "ben", organisation="Host").then(Person, "ben", imitates=True)


def test_a_question_says_who_asks_it() -> None:
    story = arrives(arrives(scene(), "ann\u0430"), "anna", "host")
    story.given("ann\u0430", "ask", id="q", text="Why?").given("anna", "ask", id="p", text="How?")
    for who in ("host", "attendee"):
        assert story.sees(who, Question, "q")["asker"]["imitates"] is True
        assert story.sees(who, Question, "p")["asker"]["role"] == "host"


def test_how_somebody_is_called_shows_on_stage_as_it_is_then() -> None:
    story = arrives(scene(), "ann\u0430").given("ann\u0430", "ask", id="q", text="Why?")
    arrives(story, "anna", "host").given("host", "spotlight", question="q")
    assert story.sees("stage", Question, "q")["asker"]["imitates"] is True


def test_a_speaker_is_marked_who_is_called_like_a_host_whoever_came_first() -> None:
    early = arrives(arrives(scene(), "ann\u0430", "speaker"), "anna", "host")
    late = arrives(arrives(scene(), "anna", "host"), "ann\u0430", "speaker")
    for story in (early, late):
        story.then(Person, "ann\u0430", imitates=True).then(Person, "anna", imitates=False)


def test_a_question_that_is_on_stage_already_is_marked_when_the_host_comes() -> None:
    story = arrives(scene(), "ann\u0430").given("ann\u0430", "ask", id="q", text="Why?")
    story.given("host", "spotlight", question="q")
    assert story.sees("stage", Question, "q")["asker"]["imitates"] is False
    arrives(story, "anna", "host")
    for who in ("stage", "host", "attendee", "ann\u0430"):
        assert story.sees(who, Question, "q")["asker"]["imitates"] is True


def test_a_question_has_the_mark_of_the_name_it_shows() -> None:
    story = arrives(arrives(scene(), "ann\u0430"), "ben").given("ann\u0430", "ask", id="q", text="Why?")
    story.given("ben", "ask", id="p", text="How?").given("ann\u0430", "ask", id="live", text="Now?")
    story.given("host", "spotlight", question="live")
    named = {"organisation": "", "kind": "other", "country": "", "say_as": ""}
    story.given("ann\u0430", "change_profile", name="Carla", **named)
    arrives(story, "anna", "host").then(Person, "ann\u0430", imitates=False)
    # the live one, too, is called by now as its asker is
    asked = {id: story.sees("attendee", Question, id)["asker"] for id in ("live", "q", "p")}
    assert [(one["name"], one["imitates"]) for one in asked.values()] == [
        ("Carla", False),
        ("Carla", False),
        ("Ben", False),
    ]


def test_of_an_organisation_shown_alone_it_is_told_whether_that_imitates_and_not_the_name() -> None:
    story = arrives(arrives(scene(), "ann\u0430"), "ben", organisation="Bureau Anna (Anna)")
    for who in ("ann\u0430", "ben"):
        story.given(who, "ask", id=f"q-{who}", text="Why?", shown="organisation")
    arrives(story, "anna", "host")
    assert "imitates" not in story.sees("attendee", Question, "q-ann\u0430")["asker"]
    assert story.sees("attendee", Question, "q-ben")["asker"]["imitates"] is True
