"""Letters that an organiser told by hand, where no mail server is: put aside, and not sent after that."""

from __future__ import annotations

from tests.mission.scene import Scene, scene
from webinar_server.mission.letters import Letter, Post
from webinar_server.mission.participants import Participant


def applied() -> Scene:
    return scene().given("server", "apply", id="cem", name="Cem", email="cem@example.org")  # type: ignore[return-value]


def test_a_letter_that_was_told_by_hand_is_not_sent() -> None:
    story = scene("ada", "bob")
    story.given("ori", "send_letters", kind="invitation", participants=["ada", "bob"])
    assert story.when("ori", "hand_over", letters=["invitation.ada"]).then_done().result["handed"] == 1
    story.then_gone(Letter, "invitation.ada").then(Letter, "invitation.bob", state="queued")
    story.then(Post, "post", waiting=1)
    assert story.when("ori", "hand_over").then_done().result["handed"] == 1
    story.then(Post, "post", waiting=0)
    assert story.when("ori", "hand_over").then_done().result["handed"] == 0


def test_one_that_is_on_its_way_or_gone_stays() -> None:
    story = scene("ada").given("ori", "send_letters", kind="invitation", participants=["ada"])
    story.given("server", "claim_letters", worker="w1", letters=["invitation.ada"])
    assert story.when("ori", "hand_over").then_done().result["handed"] == 0
    story.then(Letter, "invitation.ada", state="claimed").then(Post, "post", waiting=1)
    scene("ada").when("ada", "hand_over").then_refused("command.not_allowed")


def test_a_decision_takes_back_what_was_said_before_it() -> None:
    for decision, about in (("admit", "admitted"), ("decline", "declined")):
        story = applied()
        story.then(Letter, "applied.cem", state="queued")
        story.given("ori", decision, participant="cem").then_gone(Letter, "applied.cem")
        story.then(Letter, f"{about}.cem", state="queued").then(Post, "post", waiting=1)
        assert story.the(Participant, "cem").state == about
