"""Who is given something to do in a mission hears of it by a letter, once, and only after a slip's time."""

from __future__ import annotations

from tests.mission.scene import Scene, scene
from webinar_server.mission.letters import NAMED_MS, TWICE_MS, UNDONE_MS, Letter, Post
from webinar_server.mission.programme import HOUR_MS

TIMES = {"starts_at": 1_800_000_000_000, "ends_at": 1_800_000_000_000 + HOUR_MS}


def linked(*people: str) -> Scene:
    """A mission whose people were sent their link."""
    story = scene(*people).given("ori", "send_letters", kind="invitation", participants=[*people])
    for id in people:
        sent(story, f"invitation.{id}")
    return story


def sent(story: Scene, id: str) -> None:
    story.later(UNDONE_MS)
    story.given("server", "claim_letters", worker="w1", letters=[id])
    letter = story.the(Letter, id)
    story.given("server", "letter_sent", letter=id, mark=letter.mark)


def planned(story: Scene, session: str = "ports", **named: list[str]) -> Scene:
    return story.given("ori", "plan_slot", session=session, title="Ports", **TIMES, **named)  # type: ignore[return-value]


def test_who_has_a_link_hears_that_they_lead_or_speak_as_soon_as_it_is_no_slip() -> None:
    story = planned(linked("ada", "bob"), hosts=["ada"], speakers=["bob"])
    for id in ("leads.ada", "leads.bob"):
        letter = story.the(Letter, id)
        assert (letter.state, letter.due - letter.asked) == ("queued", UNDONE_MS)


def test_who_has_none_yet_reads_it_in_their_invitation_alone() -> None:
    story = planned(scene("ada"), hosts=["ada"])
    story.then_gone(Letter, "leads.ada")
    story.given("ori", "send_letters", kind="invitation", participants=["ada"])
    planned(story, "depots", hosts=["ada"]).then_gone(Letter, "leads.ada")


def test_an_invitation_that_waits_for_a_session_goes_with_it_and_is_the_only_letter() -> None:
    story = scene("ada").given("ori", "send_letters", kind="invitation", participants=["ada"], naming=True)
    asked = story.the(Letter, "invitation.ada")
    assert asked.due - story.at == NAMED_MS
    planned(story.later(60_000), hosts=["ada"]).then_gone(Letter, "leads.ada")
    assert story.the(Letter, "invitation.ada").due - story.at == UNDONE_MS
    sent(story, "invitation.ada")
    planned(story, "depots", hosts=["ada"]).then(Letter, "leads.ada", state="queued")


def test_nobody_sends_it_before() -> None:
    story = scene("ada").given("ori", "send_letters", kind="invitation", participants=["ada"], naming=True)
    story.later(NAMED_MS // 2).when("server", "claim_letters", worker="w1", letters=["invitation.ada"])
    story.then_refused("letter.claimed")


def test_who_is_named_in_none_after_all_gets_the_invitation_all_the_same() -> None:
    story = scene("ada").given("ori", "send_letters", kind="invitation", participants=["ada"], naming=True)
    sent(story.later(NAMED_MS), "invitation.ada")
    story.then(Letter, "invitation.ada", state="sent")


def test_a_letter_that_the_mail_server_put_off_is_not_hurried() -> None:
    story = scene("ada").given("ori", "send_letters", kind="invitation", participants=["ada"])
    story.given("server", "claim_letters", worker="w1", letters=["invitation.ada"])
    mark = story.the(Letter, "invitation.ada").mark
    put_off = {"letter": "invitation.ada", "mark": mark, "worker": "w1", "reason": "later"}
    story.given("server", "letter_failed", **put_off)
    due = story.the(Letter, "invitation.ada").due
    assert planned(story, hosts=["ada"]).the(Letter, "invitation.ada").due == due


def test_a_change_tells_who_is_new_and_takes_back_what_was_a_slip() -> None:
    story = planned(linked("ada", "bob"))
    story.given("ori", "change_slot", slot="ports", hosts=["ada"]).then(Letter, "leads.ada", state="queued")
    story.given("ori", "change_slot", slot="ports", hosts=["ada"], speakers=["bob"])
    story.given("ori", "change_slot", slot="ports", title="Ports, again", hosts=["bob"])
    story.then_gone(Letter, "leads.ada").then(Letter, "leads.bob", state="queued")
    story.given("ori", "drop_slot", slot="ports").then_gone(Letter, "leads.bob").then(Post, "post", waiting=0)


def test_of_a_second_session_they_hear_too_but_not_twice_within_ten_minutes() -> None:
    story = planned(linked("ada"), hosts=["ada"])
    sent(story, "leads.ada")
    first = story.the(Letter, "leads.ada")
    planned(story, "depots", hosts=["ada"])
    again = story.the(Letter, "leads.ada")
    assert first.done is not None
    assert (again.state, again.due) == ("queued", first.done + TWICE_MS) and again.mark != first.mark


def test_who_organises_now_gets_a_letter_and_none_where_it_was_a_slip() -> None:
    story = scene("ada").given("ori", "change_role", participant="ada", role="organiser")
    letter = story.the(Letter, "organiser.ada")
    assert (letter.state, letter.due - letter.asked) == ("queued", UNDONE_MS)
    story.given("ori", "change_role", participant="ada", role="participant").then_gone(
        Letter, "organiser.ada"
    )
