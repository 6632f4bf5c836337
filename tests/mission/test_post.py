"""Letters: to whom one goes and to whom not, never twice in ten minutes, nobody forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mission.scene import Scene, scene
from webinar_server.mission import MISSION, post
from webinar_server.mission.letterbox import SWITCH_OF, SWITCHES, Letterbox
from webinar_server.mission.letters import (
    AGAIN_MS,
    BULK,
    LATE_MS,
    MINUTE_MS,
    TWICE_MS,
    UNDONE_MS,
    Letter,
    LetterKind,
    Post,
    unsent,
)
from webinar_server.mission.participants import Participant
from webinar_server.mission.reminders import wanted_by
from webinar_server.mission.sending import next_due


def sent(story: Scene, **args: Any) -> dict[str, int]:
    """What came of asking for letters, without what did not happen."""
    result = story.when("ori", "send_letters", **args).then_done().result
    return {what: count for what, count in result.items() if count}


def invitation(story: Scene, *people: str) -> dict[str, int]:
    return sent(story, kind="invitation", participants=list(people))


def claimed(story: Scene, letter: str, worker: str = "w1") -> list[str]:
    result = story.when("server", "claim_letters", worker=worker, letters=[letter]).result
    return result.get("letters", [])  # type: ignore[no-any-return]


def told(story: Scene, letter: str, command: str, **args: Any) -> Scene:
    mark = story.the(Letter, letter).mark
    return story.when("server", command, letter=letter, mark=mark, **args)  # type: ignore[return-value]


def failed(story: Scene, letter: str, reason: str, worker: str = "w1") -> Scene:
    return told(story, letter, "letter_failed", worker=worker, reason=reason, said="550 no")


def invited() -> Scene:
    story = scene("ada")
    assert invitation(story, "ada") == {"queued": 1}
    return story


def test_a_letter_is_claimed_by_one_worker_and_sent_once() -> None:
    story = invited()
    assert claimed(story, "invitation.ada") == ["invitation.ada"]
    story.then(Letter, "invitation.ada", state="claimed", worker="w1", tries=1)
    assert claimed(story, "invitation.ada", "w2") == [] and story.refusal
    told(story, "invitation.ada", "letter_sent").then(Letter, "invitation.ada", state="sent", done=story.at)
    assert story.sees("ori", Post, "post") == {
        "waiting": 0,
        "sent": 1,
        "failed": 0,
        "trouble": "",
        "since": 0,
    }
    assert story.sees("ada", Post, "post") is None and next_due(story.state) is None


def test_no_letter_holds_an_address_a_link_or_anybodys_words() -> None:
    story = invited()
    letter = story.the(Letter, "invitation.ada")
    assert "example" not in repr(letter) and "Ada" not in repr(letter)
    assert story.sees("ori", Letter, letter.id) is None is story.sees("ada", Letter, letter.id)


def test_nobody_gets_a_letter_of_a_kind_twice_in_ten_minutes() -> None:
    story = invited()
    assert invitation(story, "ada") == {"recent": 1}
    claimed(story, "invitation.ada")
    assert invitation(story, "ada") == {"recent": 1}
    told(story, "invitation.ada", "letter_sent")
    mark = story.the(Letter, "invitation.ada").mark
    assert invitation(story, "ada") == {"recent": 1}
    assert sent(story, kind="reminder", participants=["ada"]) == {"queued": 1}
    story.later(TWICE_MS)
    assert invitation(story, "ada") == {"queued": 1}
    assert story.the(Letter, "invitation.ada").mark != mark


def test_who_ended_after_claiming_is_followed_by_another_but_not_within_that_time() -> None:
    story = invited()
    claimed(story, "invitation.ada")
    mark = story.the(Letter, "invitation.ada").mark
    assert claimed(story.later(TWICE_MS - 5_000), "invitation.ada", "w2") == []
    assert claimed(story.later(5_000), "invitation.ada", "w2") == ["invitation.ada"]
    # the receiver's program knows it as the same one
    assert story.the(Letter, "invitation.ada").mark == mark
    # and the first, which only slept, may say that it went, not that it did not
    failed(story, "invitation.ada", "refused", "w1").then_refused("letter.claimed")
    told(story, "invitation.ada", "letter_sent").then(Letter, "invitation.ada", state="sent")
    failed(story, "invitation.ada", "refused", "w2").then_refused("letter.other")


@pytest.mark.parametrize(("reason", "after"), [("later", AGAIN_MS[0]), ("unsure", TWICE_MS)])
def test_what_was_put_off_is_tried_again_and_later_each_time(reason: str, after: int) -> None:
    story = invited()
    claimed(story, "invitation.ada")
    failed(story, "invitation.ada", reason).then(Letter, "invitation.ada", state="queued", reason=reason)
    assert next_due(story.state) == story.at + after
    waits = []
    for _ in range(6):
        due = next_due(story.state)
        assert due is not None
        waits.append(due - story.at)
        story.later(due - story.at)
        assert claimed(story, "invitation.ada") == ["invitation.ada"]
        failed(story, "invitation.ada", reason)
    assert waits == sorted(waits) and waits[-1] == AGAIN_MS[-1]


def test_what_waited_for_days_is_given_up() -> None:
    story = invited().later(LATE_MS + 1)
    assert claimed(story, "invitation.ada") == []
    story.then(Letter, "invitation.ada", state="failed", reason="late")
    assert invitation(story, "ada") == {"queued": 1}


def test_what_was_refused_for_good_fails_and_can_be_sent_again_at_once() -> None:
    story = invited()
    claimed(story, "invitation.ada")
    failed(story, "invitation.ada", "refused")
    story.then(Letter, "invitation.ada", state="failed", reason="refused", said="550 no")
    assert story.the(Post, "post").failed == 1
    story.given("ori", "change_card", participant="ada", email="ada@voltline.example")
    assert story.when("ori", "send_again").result == {"queued": 1, "left": 0}
    story.then(Letter, "invitation.ada", state="queued", reason="")
    assert (story.the(Post, "post").waiting, story.the(Post, "post").failed) == (1, 0)


@pytest.mark.parametrize("command", ["decline", "leave_mission"])
def test_who_is_out_is_out_of_the_post_at_once(command: str) -> None:
    story = invited()
    story.given("ori" if command == "decline" else "ada", command, **_of("ada", command))
    assert claimed(story, "invitation.ada") == []
    story.then(Letter, "invitation.ada", state="failed", reason="out")
    assert invitation(story, "ada") == {"out": 1}


def _of(who: str, command: str) -> dict[str, str]:
    return {"participant": who} if command == "decline" else {}


def test_without_an_address_there_is_no_letter() -> None:
    story = scene().given("ori", "invite", id="bob", name="Bob")
    assert invitation(story, "bob", "nobody") == {"no_address": 1}
    story = invited().given("ori", "change_card", participant="ada", email="")
    assert claimed(story, "invitation.ada") == []
    story.then(Letter, "invitation.ada", state="failed", reason="no_address")


def test_who_wants_no_letters_gets_answers_alone() -> None:
    story = scene("ada").given("server", "stop_letters", participant="ada")
    assert story.sees("ada", Letterbox, "ada") == {"closed": story.at, "without": []}
    assert invitation(story, "ada") == {"unwanted": 1}
    assert sent(story, kind="link", participants=["ada"]) == {"queued": 1}
    story.given("ada", "want_letters", on=True).then_gone(Letterbox, "ada")
    assert invitation(story, "ada") == {"queued": 1}
    assert BULK == {"invitation", "reminder", "announcement", "meeting_proposed", "digest", "follow_up"}


@pytest.mark.parametrize("about", sorted(BULK))
def test_each_kind_of_letter_ends_by_the_address_in_it_and_no_other_does(about: LetterKind) -> None:
    story = scene("ada", "bob").given("server", "stop_letters", participant="ada", about=about)
    takes = {one for one in BULK if not unsent(story.state, story.the(Participant, "ada"), one)}
    is_off = {one for one in BULK if SWITCH_OF.get(one) == SWITCH_OF.get(about)}
    assert takes == (BULK if about == "follow_up" else BULK - is_off)
    assert wanted_by(story.state, "ada").mail == (about != "follow_up")
    assert unsent(story.state, story.the(Participant, "bob"), about) == ""


def test_every_letter_that_can_be_done_without_has_a_switch() -> None:
    assert {*SWITCH_OF, "follow_up"} == BULK and set(SWITCH_OF.values()) == set(SWITCHES)


def test_switches_of_kinds_stand_while_all_are_off_and_a_box_that_takes_all_is_none() -> None:
    story = scene("ada").given("ada", "want_letters", of="messages", on=False)
    story.given("ada", "want_letters", on=False).given("ada", "want_letters", on=True)
    assert story.sees("ada", Letterbox, "ada") == {"closed": 0, "without": ["messages"]}
    story.when("ada", "want_letters", of="link", on=False).then_refused("command.invalid")
    story.given("ada", "want_letters", of="messages", on=True).then_gone(Letterbox, "ada")


def test_all_who_have_not_come_are_reminded_a_commands_worth_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(post, "SENT_AT_ONCE", 2)
    story = scene("ada", "bob", "cem", "dee").given("dee", "enter", worker="w1")
    assert sent(story, kind="reminder", absent=True) == {"queued": 2, "left": 1}
    assert sent(story, kind="reminder", absent=True) == {"queued": 1, "recent": 2, "no_address": 1}
    story.when("ori", "send_letters", kind="link", participants=["a", "b", "c"]).then_refused("letter.many")


def test_an_invitation_goes_to_those_alone_who_had_none_and_it_is_known_before_to_how_many() -> None:
    story = scene("ada", "bob", "cem").given("cem", "enter", worker="w1")
    assert invitation(story, "ada") == {"queued": 1}
    assert (
        post.ready(story.state, story.at, "invitation"),
        post.ready(story.state, story.at, "reminder"),
    ) == (1, 2)
    assert sent(story, kind="invitation", absent=True) == {"queued": 1, "no_address": 1}
    story.at += 2 * TWICE_MS
    assert post.ready(story.state, story.at, "invitation") == 0
    assert sent(story, kind="invitation", absent=True) == {"no_address": 1}
    # who was named, or is reminded, may have had one
    assert post.ready(story.state, story.at, "reminder") == 2


def test_an_announcement_goes_to_whom_it_is_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "SENT_AT_ONCE", 2)
    story = scene("ada", "bob", "cem", "dee").given("ori", "announce", id="a1", text="Lunch at noon.")
    story.given("dee", "want_letters", on=False)
    first = story.when("ori", "mail_announcement", announcement="a1").result
    assert first == {"queued": 2, "left": 1, "unwanted": 1, "no_address": 1}
    assert story.when("ori", "mail_announcement", announcement="a1").result["queued"] == 1
    later = story.later(TWICE_MS).when("ori", "mail_announcement", announcement="a1").result
    assert (later["queued"], later["recent"]) == (0, 3)
    # what was withdrawn is said to nobody any more
    story.given("ori", "withdraw_announcement", announcement="a1")
    assert claimed(story, "announcement.ada") == []
    story.then(Letter, "announcement.ada", state="failed", reason="withdrawn")
    story.given("ori", "announce", id="a2", text="For us.", to="organisers")
    ours = story.when("ori", "mail_announcement", announcement="a2").result
    assert ours == {"queued": 0, "no_address": 1}


def test_who_applies_and_is_decided_about_hears_of_it() -> None:
    story = scene().given("server", "apply", id="ada", name="Ada", email="ada@example.org")
    story.then(Letter, "applied.ada", state="queued")
    story.given("ori", "admit", participant="ada").then(Letter, "admitted.ada", state="queued")
    story.given("ori", "decline", participant="ada").then(Letter, "declined.ada", state="queued")
    story.then_gone(Letter, "admitted.ada")
    assert claimed(story, "declined.ada") == []
    assert claimed(story.later(UNDONE_MS), "declined.ada") == ["declined.ada"]


def test_nobody_hears_of_what_an_organiser_took_back_at_once() -> None:
    story = scene("ada").given("ada", "enter", worker="w1")
    story.given("ori", "decline", participant="ada").given("ori", "admit", participant="ada")
    assert list(story.state.all(Letter)) == [] and story.the(Post, "post").waiting == 0
    story.given("ori", "decline", participant="ada")
    story.given("ori", "undo_decline", participant="ada", state="admitted")
    assert list(story.state.all(Letter)) == [] and story.the(Post, "post").waiting == 0
    story.given("ori", "decline", participant="ada").later(UNDONE_MS)
    assert claimed(story, "declined.ada") == ["declined.ada"]
    told(story, "declined.ada", "letter_sent")
    story.given("ori", "admit", participant="ada").then(Letter, "admitted.ada", state="queued")


def test_what_may_have_gone_is_not_taken_back() -> None:
    story = scene("ada").given("ada", "enter", worker="w1")
    story.given("ori", "decline", participant="ada").later(UNDONE_MS)
    assert claimed(story, "declined.ada") == ["declined.ada"]
    told(story, "declined.ada", "letter_failed", worker="w1", reason="unsure")
    story.given("ori", "undo_decline", participant="ada", state="admitted")
    story.then(Letter, "admitted.ada", state="queued").then(Letter, "declined.ada", state="queued")
    # and again, within the time in which nobody gets it twice: it is the one that waits
    before = story.the(Letter, "declined.ada")
    story.given("ori", "decline", participant="ada")
    assert story.the(Letter, "declined.ada") == before and before.due > story.at + UNDONE_MS


def test_whoever_says_an_address_that_is_known_has_its_link_sent_there_alone() -> None:
    story = scene("ada").given("server", "apply", name="Eve", email="ada@example.org", admitted=True)
    assert [letter.id for letter in story.state.all(Letter)] == ["link.ada"]
    story = scene("ada").given("server", "lost_link", email="ADA@example.org")
    assert [letter.id for letter in story.state.all(Letter)] == ["link.ada"]
    assert scene("ada").given("server", "lost_link", email="eve@example.org").result == {}


def test_organisers_are_told_what_is_the_matter_with_the_mail_server_once() -> None:
    story = invited().given("server", "mail_trouble", trouble="away")
    assert story.the(Post, "post").trouble == "away" and story.the(Post, "post").since == story.at
    story.when("server", "mail_trouble", trouble="away").then_refused("letter.known")
    claimed(story, "invitation.ada")
    told(story, "invitation.ada", "letter_sent").then(Post, "post", trouble="", since=0)


@pytest.mark.parametrize(
    ("command", "args"),
    [("send_letters", {"kind": "link"}), ("send_again", {}), ("mail_announcement", {"announcement": "a"})],
)
def test_only_organisers_send(command: str, args: dict[str, str]) -> None:
    scene("ada").when("ada", command, **args).then_refused("command.not_allowed")
    for internal in ("claim_letters", "letter_sent", "letter_failed", "mail_trouble", "stop_letters"):
        assert MISSION.commands[internal].INTERNAL
    assert MINUTE_MS * 10 == TWICE_MS
