"""Sharing leads with a colleague: both agree, no more is shared than is said before, it ends any time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.mission.scene import Scene, scene
from webinar_server.errors import Refusal
from webinar_server.mission import sharing
from webinar_server.mission.colleagues import Sharing
from webinar_server.mission.leads import Lead
from webinar_server.mission.participants import Participant
from webinar_server.mission.sharing import colleagues_of, shared_with
from webinar_server.sheets.leads import COLUMNS, rows_of

SECRET = "Between me and my notes"
PHONE, MAIL = "+31 6 1234567", "eve@example.org"


def firm(**organisations: str) -> Scene:
    """Ada and Bob of one firm, each with its own spelling; Cem of another; Ada has Eve's contact."""
    story = scene("ada", "bob", "cem", "eve")
    said = {"ada": "Voltline B.V.", "bob": "voltline  b.v.", "cem": "Tulip"} | organisations
    for who, organisation in said.items():
        story.given(who, "change_card", organisation=organisation)
    story.given("eve", "change_card", organisation="City of Oakland", phone=PHONE, kind="local")
    story.given("ada", "ask_contact", id="c1", whom="eve", where="directory", reason="A reason of ours")
    story.given("eve", "accept_contacts", requests=["c1"])
    change: dict[str, Any] = {"notes": SECRET, "tags": ["hot"], "next_step": "Call", "due": "2027-03-15"}
    return story.given("ada", "change_lead", lead="ada/eve", **change)  # type: ignore[return-value]


def shared(story: Scene | None = None) -> Scene:
    story = story or firm()
    story.given("ada", "ask_sharing", whom="bob").given("bob", "agree_sharing", sharing="ada/bob")
    return story


def reads(story: Any, who: str) -> list[str]:
    return [lead["whom"] for told in shared_with(story.state, who) for lead in told["leads"]]


def state(story: Any, who: str) -> tuple[bool, bool] | None:
    seen = story.sees(who, Sharing, "ada/bob")
    return seen and (seen["mine"], bool(seen["agreed"]))


def test_what_is_shared_is_read_by_the_other_once_both_agreed() -> None:
    story = firm().given("ada", "ask_sharing", whom="bob")
    assert (state(story, "ada"), state(story, "bob"), reads(story, "bob")) == (
        (True, False),
        (False, False),
        [],
    )
    story.given("bob", "agree_sharing", sharing="ada/bob")
    assert (state(story, "ada"), state(story, "bob")) == ((True, True), (False, True))
    (told,) = shared_with(story.state, "bob")
    assert (told["id"], told["name"]) == ("ada", "Ada")
    assert told["leads"] == [
        {
            **{"whom": "eve", "name": "Eve", "organisation": "City of Oakland", "kind": "local"},
            **{"country": "", "at": story.the(Lead, "ada/eve").at, "where": "directory", "session": ""},
            **{"next_step": "Call", "due": "2027-03-15", "done": False},
        }
    ]


def test_notes_tags_reasons_and_details_are_not_shared() -> None:
    told = json.dumps(shared_with(shared().state, "bob"))
    assert not any(text in told for text in (SECRET, "hot", "A reason of ours", PHONE, MAIL))


def test_who_asks_each_other_has_agreed() -> None:
    story = firm().given("ada", "ask_sharing", whom="bob").given("bob", "ask_sharing", whom="ada")
    assert reads(story, "bob") == ["eve"]


def test_a_reader_cannot_tell_by_it_that_somebody_blocked_them() -> None:
    before = reads(shared(), "bob")
    assert before and reads(shared().given("eve", "block", person="bob"), "bob") == before


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_either_ends_it_any_time(who: str) -> None:
    story = shared().given(who, "end_sharing", sharing="ada/bob")
    assert (reads(story, "bob"), state(story, "ada"), state(story, "bob")) == ([], None, None)


def test_who_asked_is_not_told_that_the_other_wants_none_of_it() -> None:
    story = firm().given("ada", "ask_sharing", whom="bob")
    before = story.sees("ada", Sharing, "ada/bob")
    story.given("bob", "end_sharing", sharing="ada/bob")
    assert story.sees("ada", Sharing, "ada/bob") == before and state(story, "bob") is None
    story.when("bob", "agree_sharing", sharing="ada/bob").then_refused("sharing.unknown")
    # asked anew, they are not told again; and may ask themselves
    story.given("ada", "end_sharing", sharing="ada/bob").given("ada", "ask_sharing", whom="bob")
    assert (state(story, "ada"), state(story, "bob")) == ((True, False), None)
    story.given("bob", "ask_sharing", whom="ada")
    assert reads(story, "bob") == ["eve"]


@pytest.mark.parametrize("whom", ["cem", "eve", "ada", "nobody", "ori"])
def test_only_who_is_of_the_same_organisation_is_asked(whom: str) -> None:
    firm().when("ada", "ask_sharing", whom=whom).then_refused("sharing.unknown")


def test_who_names_no_organisation_has_no_colleagues() -> None:
    story = firm(ada="", bob="")
    story.when("ada", "ask_sharing", whom="bob").then_refused("sharing.unknown")
    assert colleagues_of(story.state, "ada") == []


def test_who_is_not_listed_is_no_colleague_that_somebody_could_find() -> None:
    story = firm().given("bob", "turn", switch="listed", on=False)
    assert colleagues_of(story.state, "ada") == []
    story.when("ada", "ask_sharing", whom="bob").then_refused("sharing.unknown")
    # but may ask, and be answered
    story.given("bob", "ask_sharing", whom="ada").given("ada", "ask_sharing", whom="bob")
    assert reads(story, "bob") == ["eve"]


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_it_ends_for_good_with_the_first_who_is_of_another_organisation(who: str) -> None:
    story = shared()
    story.given(who, "change_card", organisation="VOLTLINE B.V.")
    assert reads(story, "bob") == ["eve"]  # the same, written otherwise
    story.given(who, "change_card", organisation="Tulip")
    assert (reads(story, "bob"), state(story, "ada")) == ([], None)
    story.given(who, "change_card", organisation="Voltline B.V.")
    assert reads(story, "bob") == []


def test_an_organiser_who_corrects_an_organisation_ends_it_too() -> None:
    story = shared().given("ori", "change_card", participant="bob", organisation="Tulip")
    assert state(story, "ada") is None
    story.when("bob", "ask_sharing", whom="ada").then_refused("sharing.unknown")


def test_a_list_that_says_another_organisation_ends_it_too() -> None:
    story = shared()
    line = {"number": 2, "said": {"name": "Bob", "email": "bob@example.org", "organisation": "Tulip"}}
    story.given("ori", "begin_import", id="i1", file="people.csv", keeps=False, lines=[line])
    story.given("server", "import_part", of="i1", part=0)
    assert reads(story, "bob") == [] and state(story, "ada") is None


def test_who_is_out_reads_nothing_and_nothing_of_theirs_is_read() -> None:
    story = shared().given("ada", "leave_mission")
    assert reads(story, "bob") == []


def test_of_whom_the_reader_should_not_know_nothing_is_shared() -> None:
    assert reads(shared().given("eve", "turn", switch="listed", on=False), "bob") == []
    assert reads(shared().given("bob", "block", person="eve"), "bob") == []
    assert reads(shared().given("ada", "block", person="eve"), "bob") == []
    assert reads(shared().given("eve", "leave_mission"), "bob") == []


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_a_block_between_the_two_ends_it(who: str) -> None:
    other = "bob" if who == "ada" else "ada"
    story = shared().given(who, "block", person=other)
    assert reads(story, "bob") == []
    story.given(who, "unblock", person=other)
    assert reads(story, "bob") == []


def test_who_is_blocked_asks_and_sees_that_they_asked_and_nobody_is_told() -> None:
    story = firm().given("bob", "block", person="ada").given("ada", "ask_sharing", whom="bob")
    assert (state(story, "ada"), state(story, "bob")) == ((True, False), None)
    story.when("bob", "ask_sharing", whom="ada").then_refused("contact.blocked")


def test_nobody_else_is_told_of_it_or_may_do_anything_to_it() -> None:
    story = shared()
    for who in ("cem", "eve", "ori"):
        assert story.sees(who, Sharing, "ada/bob") is None and reads(story, who) == []
        story.when(who, "end_sharing", sharing="ada/bob").then_refused("sharing.unknown")
        story.when(who, "agree_sharing", sharing="ada/bob").then_refused("sharing.unknown")
    story.when("ada", "agree_sharing", sharing="ada/bob").then_refused("sharing.unknown")


def test_one_has_so_many_and_makes_room_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "SHARINGS_MAX", 1)
    story = firm(cem="Voltline B.V.").given("ada", "ask_sharing", whom="bob")
    story.when("ada", "ask_sharing", whom="cem").then_refused("sharing.full")
    story.given("ada", "end_sharing", sharing="ada/bob").given("ada", "ask_sharing", whom="cem")


def test_files_have_what_is_shared_where_that_is_asked_for_and_marked() -> None:
    story = shared()
    assert len(rows_of(story.state, "bob", "en")) == 1
    titles, row = rows_of(story.state, "bob", "en", shared=True)
    assert titles[-1] == "Shared by" and row[-1] == "Ada" and len(row) == len(titles)
    by_title = dict(zip(titles, row, strict=True))
    assert (by_title["Name"], by_title["Next step"], by_title["Notes"]) == ("Eve", "Call", "")
    own = rows_of(story.state, "ada", "nl", shared=True)
    assert own[0][-1] == "Gedeeld door" and own[1][-1] == "" and len(own[0]) == len(COLUMNS["nl"]) + 1


DOES = some.lists(
    some.tuples(
        some.sampled_from(("ada", "bob")),
        some.sampled_from(("ask", "agree", "end", "away", "back", "block", "unblock", "leave", "admit")),
    ),
    max_size=20,
)


@settings(max_examples=150, deadline=None)
@given(DOES)
def test_over_any_history_nobody_reads_what_was_not_agreed_since_the_last_end(
    does: list[tuple[str, str]],
) -> None:
    """Each wants it from when they say so, until they end it, block, or are of another organisation."""
    story: Any = firm()
    wants = {"ada": False, "bob": False}
    for who, act in does:
        other = "bob" if who == "ada" else "ada"
        before = story.the(Participant, who).employer
        done = _does(story, who, other, act)
        if act in ("ask", "agree") and done:
            wants[who] = True
        elif act == "end" and done:
            wants[who] = False
        elif story.the(Participant, who).employer != before:
            wants = {"ada": False, "bob": False}
        elif act == "block" and done:
            wants[who] = False
        if reads(story, "bob"):
            assert wants == {"ada": True, "bob": True}


def _does(story: Any, who: str, other: str, act: str) -> bool:
    said: dict[str, tuple[str, str, dict[str, Any]]] = {
        "ask": (who, "ask_sharing", {"whom": other}),
        "agree": (who, "agree_sharing", {"sharing": "ada/bob"}),
        "end": (who, "end_sharing", {"sharing": "ada/bob"}),
        "away": (who, "change_card", {"organisation": "Tulip"}),
        "back": (who, "change_card", {"organisation": "Voltline B.V."}),
        "block": (who, "block", {"person": other}),
        "unblock": (who, "unblock", {"person": other}),
        "leave": ("ori", "decline", {"participant": who}),
        "admit": ("ori", "admit", {"participant": who}),
    }
    by, command, args = said[act]
    try:
        story.given(by, command, **args)
    except Refusal:
        return False
    return True
