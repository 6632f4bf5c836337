"""Letters of messages that wait: how many and from whom, to a real mail server, and never their words."""

from __future__ import annotations

import pytest

from tests.mission.test_conversations import talking
from tests.post.conftest import House
from tests.post.mailbox import Office
from tests.post.test_follow_ups import connect, then
from tests.post.test_letters import letter, text
from webinar_server.clock import now_ms
from webinar_server.mission import writing
from webinar_server.mission.contacts import HOUR_MS


def test_it_says_how_many_wait_and_from_whom_and_none_of_their_words() -> None:
    story = talking("Secret plans", "And more").given(
        "cem", "ask_contact", id="c2", whom="bob", where="directory"
    )
    story.given("bob", "accept_contacts", requests=["c2"]).given("cem", "write", to="bob", text="Whisper")
    came = letter(story, "digest", to="bob")
    said = text(came)
    assert "3, from Cem, Ada" in said
    assert "https://live.example/mission/ev-2027?tab=messages#bob-token" in said
    for kind in ("plain", "html"):
        assert not any(words in text(came, kind) for words in ("Secret", "And more", "Whisper"))
    assert came["List-Unsubscribe"] == "<https://live.example/mission/ev-2027/letters/bob-stop>"


def test_it_says_so_in_dutch_to_who_reads_that() -> None:
    story = talking("Hoi").given("bob", "change_card", languages=["nl"])
    came = letter(story, "digest", to="bob")
    assert "1, van Ada" in text(came) and "wachten berichten" in came["Subject"]


def test_of_many_some_are_named() -> None:
    story = talking("One")
    for number in range(7):
        who = f"guest{number}"
        story.given("ori", "invite", id=who, name=who.capitalize(), email=f"{who}@example.org")
        story.given(who, "ask_contact", id=f"g{number}", whom="bob", where="directory")
        story.given("bob", "accept_contacts", requests=[f"g{number}"]).given(
            who, "write", to="bob", text="Hi"
        )
    assert "8, from Guest6, Guest5, Guest4, Guest3, Guest2, 3 more" in text(letter(story, "digest", to="bob"))


async def test_who_is_not_here_gets_one_by_a_real_mail_server(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    # so that nobody has to wait for hours
    monkeypatch.setattr(writing, "MISSED_MS", -2 * HOUR_MS)
    ada, bob = [await house.invite(name) for name in ("Ada", "Bob")]
    await connect(house, ada, bob, now_ms())
    for number in range(3):
        await then(house, ada, now_ms(), "write", f"m{number}", to=bob, text=f"Secret {number}")
    await house.until_state(f"digest.{bob}", "sent")
    (came,) = office.sent_to("bob@example.org")
    assert "Ada" in text(came) and "Secret" not in str(came)
    assert office.sent_to("ada@example.org") == []
