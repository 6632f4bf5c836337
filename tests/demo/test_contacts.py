"""The reader as who asks: a second host puts them in the picture, others tap, and go on with who accepts."""

import random
from typing import Any

import pytest

from webinar_server.demo import contacts, mission, second, week
from webinar_server.demo.act import Act
from webinar_server.demo.cast import cast
from webinar_server.demo.contacts import OTHERS, Reader
from webinar_server.demo.home import DOES, Home
from webinar_server.demo.react import Reactions
from webinar_server.demo.script import POLLS
from webinar_server.demo.second import Second
from webinar_server.demo.watch import Accepted, Live, News, Proposed, Written
from webinar_server.mission import MISSION
from webinar_server.session import SESSION

READER = week.reader(mission.READER)
GUESTS = cast(2020, 300)
BY_NAME = Live("Why?", False, "q", READER.id, READER.organisation)
BY_HOUSE = Live("Why?", False, "q", "", READER.organisation)


def everybody(news: News, size: int = 300) -> list[Act]:
    reactions = Reactions(GUESTS[:size], 2020, READER)
    return [act for number in range(size) for act in reactions.to(news, number)]


def taps(news: News, size: int = 300) -> list[Act]:
    return [act for act in everybody(news, size) if act.command == "ask_contact"]


def put(at: int, **records: Any) -> dict[str, Any]:
    return {"op": "state", "at": [at, "tag"], "put": records, "gone": {}}


@pytest.mark.parametrize("news", [BY_NAME, BY_HOUSE])
def test_who_fits_the_reader_taps_while_they_are_live_each_with_a_reason(news: Live) -> None:
    found = taps(news)
    assert len(found) == contacts.TAPPERS
    assert len({act.args["reason"] for act in found}) > 5
    assert {act.args["question"] for act in found} == {"q"}
    assert all(4 <= act.at <= 24 < second.ANSWER for act in found)
    assert len(taps(news, 3)) == contacts.FEW, "in a small audience, too"


def test_nobody_taps_where_somebody_else_is_live_or_the_reader_is_not_named() -> None:
    other = Live("Why?", False, "q", GUESTS[0].id, READER.organisation)
    assert taps(other) == [] == taps(Live("Why?", False, "q"))


def test_reasons_are_sentences_in_the_language_of_the_question_as_far_as_one_speaks_it() -> None:
    tags = [*READER.offers, *READER.seeks]
    for text in ("Why?", "Hoe laden veertig taxi's op één aansluiting?"):
        found = taps(BY_NAME._replace(text=text))
        assert len(found) == contacts.TAPPERS
        for act in found:
            reason, house = act.args["reason"], GUESTS[act.guest].organisation
            assert reason[0].isupper() and not [tag for tag in tags if tag in reason[1:]], reason
            speaks = text != "Why?" and house.country in ("NL", "BE")
            assert contacts.is_dutch(reason) == speaks, (house.name, reason)
    assert {tag.lower() for tag in tags} == set(contacts.IN_DUTCH)


def test_every_line_is_known_by_its_small_words() -> None:
    for lines in (contacts.FITS, contacts.WANTS, OTHERS, contacts.THANKS, contacts.ANSWERS):
        for language, each in lines.items():
            for line in each:
                assert contacts.is_dutch(line.format(tag="x", city="x")) == (language == "nl"), line


def test_who_was_accepted_goes_on_in_the_language_of_the_question() -> None:
    reactions = Reactions(GUESTS, 2020, READER)
    number = next(n for n in reactions.interested if GUESTS[n].organisation.country == "NL")
    for text, dutch in (("Hoe laden wij?", True), ("How do we charge?", False)):
        assert reactions.to(BY_NAME._replace(text=text), number)
        [act] = reactions.to(Accepted("Robin", READER.id), number)
        assert contacts.is_dutch(act.args["text"]) == dutch
        [act] = reactions.to(Written(text, READER.id), number)
        assert contacts.is_dutch(act.args["text"]) == dutch


def test_every_reason_is_one_that_the_rules_take() -> None:
    tags = [*READER.offers, *READER.seeks, ""]
    cities = {guest.organisation.city for guest in GUESTS}
    lines = [
        line for lines in (contacts.FITS, contacts.WANTS, OTHERS) for each in lines.values() for line in each
    ]
    longest = max(len(line.format(tag=tag, city=city)) for line in lines for tag in tags for city in cities)
    assert longest <= 200


def test_who_was_accepted_writes_answers_and_comes_to_a_meeting() -> None:
    dice = random.Random(1)
    for news, command in (
        (Accepted("Robin", READER.id), "write"),
        (Written("Hello", READER.id), "write"),
        (Proposed("m1", 7), "accept_meeting"),
    ):
        number = dice.randrange(len(GUESTS))
        [act] = Reactions(GUESTS, 2020, READER).to(news, number)
        assert act.command == command and command in DOES


def test_what_happens_at_home_is_told_once_and_nothing_of_before() -> None:
    home = Home()
    lead = {"whom": "you", "name": "Robin", "asked": True}
    assert home.news(home.merge(put(1, lead={"l0": lead})), True) == []
    assert home.news(home.merge(put(2, lead={"l1": lead})), False) == [Accepted("Robin", "you")]
    said = {"whom": "you", "last": {"by": "you", "text": "Hello"}}
    assert home.news(home.merge(put(3, conversation={"c": said})), False) == [Written("Hello", "you")]
    assert home.news(home.merge(put(4, conversation={"c": said | {"unread": 0}})), False) == []
    mine = {"whom": "you", "last": {"by": "me", "text": "Hi"}}
    assert home.news(home.merge(put(5, conversation={"c": mine})), False) == []
    meeting = {"state": "proposed", "mine": False, "times": [7, 9]}
    assert home.news(home.merge(put(6, meeting={"m": meeting})), False) == [Proposed("m", 7)]
    assert home.news(home.merge(put(7, meeting={"m": meeting | {"state": "fixed"}})), False) == []


def question(state: str, **asker: str) -> dict[str, Any]:
    return {"text": "Why?", "state": state, "asker": asker}


def shown(reader: Reader = READER, **asker: str) -> list[tuple[float, str]]:
    """What the second host does of one question, whose every step shows at once, and when."""
    told, stage = Second(reader), {"live": None}
    after = {"approve": "open", "deck": "on_deck", "spotlight": "live", "answer": "answered"}
    told.merge(put(1, question={"q": question("held", **asker)}, stage={"now": stage}))
    done = []
    for second_ in range(200):
        if step := told.next(float(second_)):
            done.append((float(second_), step[0]))
            told.merge(put(second_ + 2, question={"q": question(after[step[0]], **asker)}))
    return done


def test_the_readers_question_is_live_within_two_minutes_and_long_enough() -> None:
    for asker in ({"id": READER.id, "name": "Robin"}, {"organisation": READER.organisation}):
        steps = {command: at for at, command in shown(**asker)}
        assert list(steps) == ["approve", "deck", "spotlight", "answer"]
        assert steps["spotlight"] + second.OTHERS < 120
        assert steps["answer"] - steps["spotlight"] > 24


def test_of_all_other_questions_the_second_host_does_nothing() -> None:
    assert shown(id="demo-001", organisation=READER.organisation) == [] == shown()


def test_who_is_live_is_left_half_a_minute() -> None:
    told = Second(READER)
    told.merge(
        put(
            1,
            question={"q": question("on_deck", id=READER.id), "o": question("live", id="demo-001")},
            stage={"now": {"live": "o"}},
        )
    )
    steps = [(at, step) for at in range(60) if (step := told.next(float(at)))]
    assert steps[0] == (int(second.OTHERS), ("spotlight", {"question": "q", "instead_of": "o"}))


def polls(*states: str) -> dict[str, Any]:
    """The script's polls, as a host is told of them."""
    known = zip(POLLS, (*states, "draft", "draft", "draft"), strict=False)
    return {f"p{n}": {"question": poll.question, "state": state} for n, (poll, state) in enumerate(known)}


def polled(**records: Any) -> list[tuple[int, str]]:
    told, done = Second(READER), []
    told.merge(put(1, poll=polls(), **records))
    after = {"open_poll": "open", "close_poll": "closed", "reveal_poll": "revealed"}
    for at in range(300):
        if step := told.next(float(at)):
            assert step[1] == {"poll": "p0"}
            done.append((at, step[0]))
            told.merge(put(at + 2, poll=polls(after[step[0]])))
    return done


def test_the_first_poll_comes_by_itself_and_only_once() -> None:
    open_at, close_at = int(second.POLL), int(second.POLL + 1 + second.VOTING)
    shown_at = close_at + 1 + int(second.CLOSED)
    assert polled() == [(open_at, "open_poll"), (close_at, "close_poll"), (shown_at, "reveal_poll")]


def test_no_poll_comes_over_the_readers_moment_nor_beside_one_that_a_host_opened() -> None:
    mine = {"q": question("queued", id=READER.id)}
    told = Second(READER)
    told.merge(put(1, poll=polls(), question={"q": question("live", id=READER.id)}))
    steps = [step[0] for at in range(200) if (step := told.next(float(at)))]
    assert set(steps) == {"answer"}
    told = Second(READER)
    told.merge(put(1, poll=polls("draft", "open"), question=mine))
    steps = [step[0] for at in range(200) if (step := told.next(float(at)))]
    assert set(steps) == {"deck"}


def test_what_they_say_are_commands_of_where_they_say_it() -> None:
    assert DOES <= set(MISSION.commands)
    assert {"approve", "deck", "spotlight", "answer", "open_poll", "close_poll", "reveal_poll"} <= set(
        SESSION.commands
    )
