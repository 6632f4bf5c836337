"""Leads: what each side has of a contact, for themselves alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import scene
from tests.session.scene import Scene
from webinar_server.mission import leads
from webinar_server.mission.leads import BEGAN_MAX, GIVEN, Lead, leads_of
from webinar_server.mission.noting import NOTES_MAX, TAGS_MAX
from webinar_server.mission.participants import Participant

PHONE = "+31 6 1234567"


def connected(story: Scene | None = None, **card: Any) -> Scene:
    """Ada asked Bob, who accepted."""
    story = story or scene("ada", "bob", "cem")
    if card:
        story.given("bob", "change_card", **card)
    story.given("ada", "ask_contact", id="c1", whom="bob", where="directory", reason="Depots")
    return story.when("bob", "accept_contacts", requests=["c1"]).then_done()


def test_a_lead_says_where_it_began_why_and_what_was_given() -> None:
    story = connected(organisation="Voltline", phone=PHONE, country="NL", place="Rotterdam")
    lead = story.sees("ada", Lead, "ada/bob")
    assert lead is not None and lead["began"] == [
        {"where": "directory", "at": story.the(Lead, "ada/bob").began[0].at}
    ]
    assert {name: lead[name] for name in ("whom", "name", "organisation", "phone", "email")} == {
        "whom": "bob",
        "name": "Bob",
        "organisation": "Voltline",
        "phone": PHONE,
        "email": "bob@example.org",
    }
    assert lead["reason"] == "Depots" and lead["asked"] is True


def test_details_are_given_by_those_who_agreed_and_the_rest_by_both() -> None:
    story = scene("ada", "bob").given("bob", "turn", switch="details", on=False)
    connected(story, organisation="Voltline", phone=PHONE)
    story.then(Lead, "ada/bob", name="Bob", organisation="Voltline", email="", phone="")
    story.then(Lead, "bob/ada", name="Ada", email="ada@example.org")


def test_nothing_is_given_before_both_agreed() -> None:
    story = scene("ada", "bob").given("ada", "ask_contact", id="c1", whom="bob", where="directory")
    assert not list(story.state.all(Lead))
    assert all("example.org" not in str(record) for record in story.state.records() if not _own(record))


def _own(record: object) -> bool:
    return isinstance(record, Participant)


def test_what_is_given_stays_what_it_was() -> None:
    story = connected(phone=PHONE).given("bob", "change_card", phone="+31 6 7654321", name="Robert")
    story.given("bob", "turn", switch="details", on=False).then(Lead, "ada/bob", phone=PHONE, name="Bob")


def test_a_lead_is_its_owners_alone() -> None:
    story = connected()
    for who in ("bob", "cem", "ori", "organiser", "participant"):
        assert story.sees(who, Lead, "ada/bob") is None
    for who in ("bob", "cem", "ori"):
        story.when(who, "change_lead", lead="ada/bob", notes="Mine").then_refused("lead.unknown")
        story.when(who, "drop_lead", lead="ada/bob").then_refused("lead.unknown")


def test_what_is_left_out_stays() -> None:
    story = connected().given(
        "ada", "change_lead", lead="ada/bob", notes="Call\nthem", tags=["ev", "EV", " b "]
    )
    story.given("ada", "change_lead", lead="ada/bob", next_step="Send the offer", due="2027-03-15")
    story.given("ada", "change_lead", lead="ada/bob", done=True)
    said: dict[str, Any] = {
        "notes": "Call\nthem",
        "tags": ("ev", "b"),
        "next_step": "Send the offer",
        "due": "2027-03-15",
    }
    story.then(Lead, "ada/bob", done=True, **said)
    story.then(Lead, "bob/ada", notes="", tags=(), next_step="", due="", done=False)
    cleared: dict[str, Any] = {"notes": "", "tags": [], "next_step": "", "due": ""}
    story.given("ada", "change_lead", lead="ada/bob", **cleared).then(Lead, "ada/bob", notes="", due="")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("mission.day", {"due": "15 March"}),
        ("mission.day", {"due": "2027-02-30"}),
        ("mission.day", {"due": "20270315"}),
        ("lead.tags", {"tags": [str(number) for number in range(TAGS_MAX + 1)]}),
        ("lead.too_long", {"notes": "x" * (NOTES_MAX + 1)}),
        ("lead.bidi", {"notes": "a\u202eb"}),
    ],
)
def test_what_cannot_be_meant_is_refused(code: str, said: dict[str, Any]) -> None:
    connected().when("ada", "change_lead", lead="ada/bob", **said).then_refused(code)


def test_who_drops_a_lead_has_none_the_other_keeps_theirs_and_they_may_ask_again() -> None:
    story = connected().given("bob", "change_lead", lead="bob/ada", notes="Keep")
    story.given("ada", "drop_lead", lead="ada/bob").then_gone(Lead, "ada/bob")
    story.when("bob", "ask_contact", whom="ada", where="directory").then_refused("contact.connected")
    connected(story).then(Lead, "ada/bob").then(Lead, "bob/ada", notes="Keep")


def test_where_it_began_again_and_again_is_the_first_and_the_newest() -> None:
    story = connected()
    for _ in range(BEGAN_MAX + 2):
        connected(story.given("ada", "drop_lead", lead="ada/bob"))
    began = story.the(Lead, "bob/ada").began
    assert len(began) == BEGAN_MAX and began[-1].at > began[1].at > began[0].at


def test_somebodys_are_in_order_the_newest_first() -> None:
    story = connected()
    story.given("cem", "ask_contact", id="c2", whom="ada", where="directory")
    story.given("ada", "accept_contacts", requests=["c2"])
    assert [lead.whom for lead in leads_of(story.state, "ada")] == ["cem", "bob"]
    story.given("ada", "block", person="cem")
    assert [lead.whom for lead in leads_of(story.state, "ada")] == ["bob"]


def test_who_has_very_many_makes_room_first(monkeypatch: pytest.MonkeyPatch) -> None:
    story = connected()
    monkeypatch.setattr(leads, "LEADS_MAX", 1)
    story.given("cem", "ask_contact", id="c2", whom="ada", where="directory")
    story.when("ada", "accept_contacts", requests=["c2"]).then_refused("lead.full")
    story.when("ada", "ask_contact", whom="ori", where="directory").then_refused("lead.full")
    story.given("ada", "drop_lead", lead="ada/bob").when("ada", "accept_contacts", requests=["c2"])
    story.then(Lead, "ada/cem")


def test_what_is_given_are_fields_of_a_card() -> None:
    assert set(GIVEN) <= set(Participant.__struct_fields__) & set(Lead.__struct_fields__)
