"""Who takes part: invited, applied, admitted, declined, gone and back; and who leads."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import scene
from webinar_server.mission import admission
from webinar_server.mission.attendance import ended
from webinar_server.mission.participants import Participant
from webinar_server.state import Permit


def test_who_was_invited_takes_part_and_was_here_once_they_came() -> None:
    story = scene("ada").then(Participant, "ada", state="invited", came=None, here=False)
    story.given("ada", "enter", worker="w1")
    came = story.at
    story.then(Participant, "ada", state="admitted", came=came, here=True, workers=("w1",))
    story.given("ada", "enter", worker="w2").given("ada", "exit", worker="w1")
    story.then(Participant, "ada", here=True, workers=("w2",), came=came)
    story.given("server", "let_go", worker="w2").then(Participant, "ada", here=False, workers=())
    story.when("server", "let_go", worker="w2").then_refused("participant.gone")


def test_who_applies_waits_for_an_organiser_unless_the_door_admits_them() -> None:
    story = scene().given("server", "apply", id="ada", name="Ada").then(Participant, "ada", state="applied")
    story.given("ori", "decline", participant="ada", reason="Not this year.")
    story.then(Participant, "ada", state="declined", reason="Not this year.")
    story.given("ori", "admit", participant="ada").then(Participant, "ada", state="admitted", reason="")
    story.given("server", "apply", id="bob", name="Bob", admitted=True)
    story.then(Participant, "bob", state="admitted")


@pytest.mark.parametrize("state", ["applied", "admitted"])
def test_a_decline_that_was_a_slip_leaves_all_as_it_was(state: str) -> None:
    story = scene().given("server", "apply", id="ada", name="Ada", admitted=state == "admitted")
    story.given("ori", "decline", participant="ada", reason="A slip.")
    story.given("ori", "undo_decline", participant="ada", state=state)
    story.then(Participant, "ada", state=state, reason="")
    # pressed twice, and where somebody decided since
    story.given("ori", "admit", participant="ada")
    story.given("ori", "undo_decline", participant="ada", state="applied")
    story.then(Participant, "ada", state="admitted")


def test_nobody_needs_more_than_a_name_and_everybody_needs_one() -> None:
    scene().when("ori", "invite", email="ada@example.org").then_refused("participant.name")


def test_a_mailbox_takes_part_once_however_it_is_written() -> None:
    story = scene("ada")
    story.when("ori", "invite", name="Ada", email="Ada@Example.org").then_refused("participant.known")
    story.given("ori", "invite", id="bob", name="Bob")
    story.when("ori", "change_card", participant="bob", email="ADA@example.org").then_refused(
        "participant.known"
    )
    story.when("ada", "change_card", email="ADA@example.org").then(
        Participant, "ada", email="ADA@example.org"
    )
    # two without an address are two
    story.given("ori", "invite", id="cem", name="Bob").then(Participant, "cem", email="")


def test_nobody_learns_from_a_form_or_their_card_who_takes_part() -> None:
    story = scene("ada")
    new = story.when("server", "apply", id="a1", name="Bo", email="bo@example.org", admitted=True).result
    known = story.when("server", "apply", id="a2", name="Bo", email="ADA@example.org", admitted=True).result
    assert new.keys() == known.keys()
    # the address stays whose it was, who came in says it is theirs, and is told so
    story.then(Participant, "a2", state="admitted", email="", unproven="ADA@example.org")
    told = [story.sees(who, Participant, who) for who in ("a1", "a2")]
    assert [told_of and told_of["email"] for told_of in told] == ["bo@example.org", "ADA@example.org"]
    assert told[0] and told[1] and told[0].keys() == told[1].keys()
    # with approval nobody new stands there, and the answer is the same
    assert story.when("server", "apply", id="a3", name="Bo", email="ada@example.org").result == {"id": "a3"}
    story.then_gone(Participant, "a3")
    story.when("a1", "change_card", email="ada@example.org").then(Participant, "a1", email="")
    story.when("a1", "change_card", email="mine@example.org").then(
        Participant, "a1", email="mine@example.org", unproven=""
    )


def test_an_address_of_who_left_is_whose_says_it_next_and_of_who_was_declined_is_not() -> None:
    story = scene("ada", "bob").given("ada", "leave_mission")
    story.given("server", "apply", id="a1", name="Ada", email="ada@example.org")
    story.then(Participant, "a1", state="applied", email="ada@example.org")
    story.then(Participant, "ada", state="left", email="")
    story.given("ori", "decline", participant="bob")
    story.given("server", "apply", id="b1", name="Bob", email="bob@example.org", admitted=True)
    story.then(Participant, "b1", email="", unproven="bob@example.org")


def test_a_mission_holds_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "PARTICIPANTS_MAX", 2)
    scene("ada").when("ori", "invite", name="Bob").then_refused("participant.full")


def test_who_leaves_is_out_and_an_organiser_lets_them_in_again() -> None:
    story = scene("ada").given("ada", "enter", worker="w1").given("ada", "leave_mission")
    story.then(Participant, "ada", state="left", here=False, workers=())
    story.given("ori", "admit", participant="ada").then(Participant, "ada", state="admitted")


def test_admitting_who_was_invited_changes_nothing() -> None:
    scene("ada").given("ori", "admit", participant="ada").then(Participant, "ada", state="invited")


@pytest.mark.parametrize(
    ("who", "command", "args"),
    [
        ("ori", "leave_mission", {}),
        ("ori", "decline", {"participant": "ori"}),
        ("ori", "change_role", {"participant": "ori", "role": "participant"}),
    ],
)
def test_the_last_organiser_stays(who: str, command: str, args: dict[str, Any]) -> None:
    story = scene("ada").when(who, command, **args).then_refused("participant.last_organiser")
    story.given("ori", "change_role", participant="ada", role="organiser")
    story.when(who, command, **args).then_done()
    # an organiser who is out leads nothing
    story.when("ada", "leave_mission").then_refused("participant.last_organiser")


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("invite", {"name": "Bob"}),
        ("admit", {"participant": "ada"}),
        ("decline", {"participant": "ada"}),
        ("undo_decline", {"participant": "ada", "state": "admitted"}),
        ("change_role", {"participant": "ada", "role": "organiser"}),
        ("end_links_of", {"participant": "ori"}),
        ("change_card", {"participant": "ori", "name": "Mallory"}),
        ("plan_slot", {"session": "s1", "title": "Mine", "starts_at": 0, "ends_at": 1}),
        ("announce", {"text": "Mine"}),
    ],
)
def test_participants_decide_about_nobody_but_themselves(command: str, args: dict[str, Any]) -> None:
    scene("ada").when("ada", command, **args).then_refused("command.not_allowed")


def test_what_the_server_says_nobody_else_says() -> None:
    story = scene("ada")
    for command in ("create_mission", "apply", "enter", "exit", "let_go"):
        assert story.about.commands[command].INTERNAL


def permit(issued: int = 0, role: str = "participant") -> Permit:
    return Permit(issued, "", "", role)


def test_a_token_is_good_for_who_takes_part_as_what_they_are_since_their_links_count() -> None:
    story = scene("ada")

    def why(who: str, permit: Permit) -> str | None:
        refusal = ended(story.state, who, permit)
        return refusal and refusal.code

    assert why("ada", permit()) is None and why("nobody", permit()) == "participant.unknown"
    story.given("ori", "end_links_of", participant="ada")
    assert why("ada", permit(story.at - 1)) == "token.renewed" and why("ada", permit(story.at)) is None
    later = story.at + 1
    story.given("ori", "change_role", participant="ada", role="organiser")
    assert why("ada", permit(later)) == "token.role"
    assert why("ada", permit(later, "organiser")) is None
    for command, state in (("leave_mission", "left"), ("admit", None)):
        story.given("ori" if state is None else "ada", command, **({} if state else {"participant": "ada"}))
        assert why("ada", permit(later, "organiser")) == (state and f"participant.{state}")
    story.given("ori", "decline", participant="ada", reason="No.")
    refusal = ended(story.state, "ada", permit(later, "organiser"))
    assert refusal is not None and refusal.code == "participant.declined" and refusal.reason == "No."
