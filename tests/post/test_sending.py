"""Letters to a real mail server on loopback: each once, whatever it does, and organisers see it."""

from __future__ import annotations

import pathlib

import msgspec
import pytest

from tests.mission.scene import CREATED
from tests.post.conftest import House
from tests.post.mailbox import Office
from webinar_server.errors import StorageError
from webinar_server.live.committing import Outcome
from webinar_server.live.room import Room
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.mission.letters import AGAIN_MS, TWICE_MS
from webinar_server.mission.mission import CreateMission
from webinar_server.mission.sending import LetterSent
from webinar_server.post import postman
from webinar_server.state import Answer, Command


async def invited(house: House, *names: str) -> list[str]:
    people = [await house.invite(name) for name in names]
    await house.do("send_letters", kind="invitation", participants=people)
    return people


async def test_fifty_letters_go_out_once_each(house: House, office: Office) -> None:
    await invited(house, *[f"P{number}" for number in range(50)])
    post = await house.until(lambda post: post.sent == 50)
    assert (post.waiting, post.failed, post.trouble) == (0, 0, "")
    assert sorted(office.to) == sorted({f"p{number}@example.org" for number in range(50)})
    assert len({letter["Message-ID"] for letter in office.letters}) == 50


async def test_one_of_fifty_is_refused_and_the_organiser_sees_why(house: House, office: Office) -> None:
    office.answers["p7@example.org"] = "550 5.1.1 <p7@example.org> no such user here"
    people = await invited(house, *[f"P{number}" for number in range(50)])
    post = await house.until(lambda post: post.sent + post.failed == 50)
    assert (post.sent, post.failed) == (49, 1)
    letter = await house.letter(f"invitation.{people[7]}")
    assert letter and (letter.reason, letter.said) == ("refused", "550 5.1.1 … no such user here")
    # once the address is mended it is sent again
    await house.do("change_card", participant=people[7], email="p77@example.org")
    await house.do("send_again")
    await house.until(lambda post: post.sent == 50)
    assert len(office.sent_to("p77@example.org")) == 1


@pytest.mark.parametrize("place", ["receiver", "letter"])
async def test_what_is_not_taken_now_is_tried_later(house: House, office: Office, place: str) -> None:
    office.answers["ada@example.org" if place == "receiver" else ""] = "451 4.7.1 greylisted, later please"
    (ada,) = await invited(house, "Ada")
    letter = await house.until_state(f"invitation.{ada}", "queued", "later")
    assert letter.said == "451 4.7.1 greylisted, later please"
    assert letter.due - letter.asked >= AGAIN_MS[0] and office.letters == []


@pytest.mark.parametrize("how", ["drops", "slow"])
async def test_what_may_have_been_taken_is_sent_again_only_after_ten_minutes(
    house: House, office: Office, how: str
) -> None:
    if how == "drops":
        office.drops_after = 1
    else:
        office.slow = 1.5
    (ada,) = await invited(house, "Ada")
    letter = await house.until_state(f"invitation.{ada}", "queued", "unsure")
    assert letter.due - letter.asked >= TWICE_MS and len(office.letters) == 1
    # nobody else's waits for that
    office.slow = 0
    await invited(house, "Bob")
    await house.until(lambda post: post.sent == 1)
    assert office.to == ["ada@example.org", "bob@example.org"]


async def test_a_line_that_broke_before_a_letter_was_said_costs_nobody_anything(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "AGAIN_LEAST", 0.1)
    office.drops_before = 1
    await invited(house, "Ada", "Bob", "Cem")
    post = await house.until(lambda post: post.sent == 3)
    assert post.trouble == "" and sorted(office.to) == [
        f"{name}@example.org" for name in ("ada", "bob", "cem")
    ]


async def test_while_the_mail_server_is_away_nothing_is_claimed_and_organisers_see_it(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "AGAIN_LEAST", 0.1)
    await office.close()
    (ada,) = await invited(house, "Ada")
    await house.until(lambda post: post.trouble == "away")
    letter = await house.letter(f"invitation.{ada}")
    assert letter and (letter.state, letter.tries) == ("queued", 0)
    await office.open()
    post = await house.until(lambda post: post.sent == 1)
    assert post.trouble == "" and len(office.letters) == 1


async def test_where_it_refuses_the_sender_no_letter_is_at_fault(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "AGAIN_LEAST", 0.1)
    office.sender_answer = "550 5.7.1 you may not send"
    await invited(house, "Ada", "Bob")
    post = await house.until(lambda post: post.trouble == "sender")
    assert post.failed == 0
    office.sender_answer = ""
    await house.until(lambda post: post.sent == 2)
    assert len(office.letters) == 2


async def test_who_is_declined_while_letters_wait_gets_none(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "AGAIN_LEAST", 0.1)
    await office.close()
    (ada,) = await invited(house, "Ada")
    await house.until(lambda post: post.trouble == "away")
    await house.do("decline", participant=ada)
    await office.open()
    await house.until_state(f"invitation.{ada}", "failed", "out")
    letter = await house.letter(f"declined.{ada}")
    assert letter and letter.state == "queued" and office.letters == []


async def test_letters_are_found_again_by_whoever_starts_next(tmp_path: pathlib.Path, office: Office) -> None:
    await office.close()
    house = await House.opened(SqliteLog(tmp_path), office)
    await invited(house, "Ada", "Bob")
    await house.until(lambda post: post.trouble == "away")
    await house.close()
    await office.open()
    house = await House.opened(SqliteLog(tmp_path), office, begins=False)
    await house.until(lambda post: post.sent == 2)
    await house.close()
    assert sorted(office.to) == ["ada@example.org", "bob@example.org"]


async def test_answers_go_before_hundreds_of_invitations(house: House, office: Office) -> None:
    ada = await house.invite("Ada")
    office.slow = 0.02
    await invited(house, *[f"P{number}" for number in range(60)])
    await house.do("send_letters", kind="link", participants=[ada])
    await house.until_state(f"link.{ada}", "sent")
    assert office.to.index("ada@example.org") < 40


async def test_a_mission_that_cannot_be_read_keeps_no_other_from_its_letters(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = await house.hub.begin(
        "mission/broken", msgspec.convert(CREATED | {"mission": "broken"}, CreateMission)
    )
    assert isinstance(begun, Answer)
    opened = house.hub.room

    async def room(topic: str, by: str | None = None) -> Room | None:
        if topic == "mission/broken":
            raise StorageError("a newer version wrote it")
        return await opened(topic, by)

    monkeypatch.setattr(house.hub, "room", room)
    assert house.postman is not None
    house.hub.worker.on_loss[-1]()
    await invited(house, "Ada")
    await house.until(lambda post: post.sent == 1)


async def test_what_came_of_a_letter_is_told_once_the_log_answers_again(
    house: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "AGAIN_LEAST", 0.1)
    tries = 0
    say = postman.say

    async def faint(room: Room, command: Command, at: int | None = None) -> Outcome:
        nonlocal tries
        tries += isinstance(command, LetterSent)
        if isinstance(command, LetterSent) and tries < 3:
            raise StorageError("away for a moment")
        return await say(room, command, at)

    monkeypatch.setattr(postman, "say", faint)
    await invited(house, "Ada")
    await house.until(lambda post: post.sent == 1)
    assert tries == 3 and len(office.letters) == 1
