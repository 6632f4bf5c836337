"""A conversation: whatever happens to its line, the copy is the server's, and each command acts once."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.client.hall import TOPIC, Hall
from tests.session.client import truth
from tests.session.histories import CAST, batches, random_batches
from webinar_server.client.comeback import Closed, final, told
from webinar_server.client.conversation import (
    Conversation,
    Done,
    Event,
    Fault,
    Here,
    News,
    Pulsed,
    Refused,
    Waiting,
)
from webinar_server.client.copy import Copy
from webinar_server.client.outbox import PENDING_MOST, Full
from webinar_server.session.chat import Message

HAPPENS = ("others", "asks", "sends", "hears", "twice", "flush", "beat", "time", "busy", "cut", "forgets")
WHO = sorted(CAST)


class Story:
    """A client and its server, one thing after the other."""

    def __init__(self, who: str) -> None:
        self.hall = Hall(who)
        self.now = 0.0
        self.events: list[Event] = []
        self.said: list[str] = []
        self.client = Conversation("c", Random(1).random, tries=1_000)
        self.copy = self.client.follow(TOPIC)
        self.connect()

    def connect(self) -> None:
        self.hall.connect()
        self.client.opened(self.now)

    def happens(self, what: str, others: Any) -> None:
        hall = self.hall
        match what:
            case "others":
                hall.play(next(others, []))
            case "asks":
                self.said.append(f"mine {len(self.said)}")
                self.client.do(TOPIC, "say", {"text": self.said[-1]}, self.now)
            case "sends":
                self.sends()
            case "hears":
                self.hears()
            case "twice":
                self.hears(2)
            case "flush":
                hall.flush()
            case "beat":
                hall.beat()
            case "time":
                self.now += 0.3
            case "busy":
                hall.busy += 1
            case "cut":
                hall.cut()
                self.client.lost()
                self.connect()
            case "forgets":
                hall.forgetful = True

    def sends(self) -> None:
        self.hall.asked += self.client.outgoing(self.now)
        if self.hall.asked:
            self.hall.hear()

    def hears(self, times: int = 1) -> None:
        """A frame, that some network brings more than once."""
        if self.hall.told:
            frame = self.hall.told.popleft()
            for _ in range(times):
                self.events += self.client.received(frame, self.now)

    def ends(self) -> None:
        """All that is on its way arrives, and nothing new happens."""
        for _ in range(100_000):
            self.sends()
            self.hall.flush()
            self.hears()
            if not (len(self.client.outbox) or self.hall.told or self.hall.asked):
                return
            self.now += 0.01
        raise AssertionError("it never comes to rest")

    def check(self) -> None:
        hall = self.hall
        seen = {(kind, id): view for kind in self.copy._records for id, view in self.copy.of(kind).items()}
        assert seen == truth(hall.world.state, hall.audience, hall.person)
        done = Counter(
            args["text"] for by, command, args in hall.world.done if command == "say" and by == hall.person
        )
        answered = [event.asked.args["text"] for event in self.events if isinstance(event, Done | Refused)]
        assert sorted(answered) == sorted(self.said)
        acted = {event.asked.args["text"] for event in self.events if isinstance(event, Done)}
        assert {text: count for text, count in done.items() if text.startswith("mine")} == dict.fromkeys(
            acted, 1
        )


@given(st.sampled_from(WHO), st.lists(st.sampled_from(HAPPENS), max_size=80), batches)
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_happens_it_ends_in_the_state_of_the_server(
    who: str, happens: list[str], others: Any
) -> None:
    story, rest = Story(who), iter(others)
    for what in happens:
        story.happens(what, rest)
    story.ends()
    story.check()


@pytest.mark.parametrize("seed", range(12))
def test_a_long_story_does_too(seed: int) -> None:
    dice, others = Random(seed), iter(random_batches(seed, 150))
    story = Story(dice.choice(WHO))
    for _ in range(1_500):
        story.happens(dice.choices(HAPPENS, (4, 3, 12, 30, 3, 4, 2, 4, 1, 1, 1))[0], others)
    story.ends()
    story.check()
    assert story.hall.resets and any(isinstance(event, Waiting) for event in story.events)
    assert len(story.said) > 50


def test_what_changed_is_told_with_how_it_was_before() -> None:
    story = Story("Bob")
    story.ends()
    assert all(news.fresh for news in story.events if isinstance(news, News))
    [here] = [event for event in story.events if isinstance(event, Here)]
    story.events.clear()
    story.happens("asks", iter(()))
    story.ends()
    [news, done] = story.events
    assert isinstance(news, News) and isinstance(done, Done) and here == Here(TOPIC, True)
    [change] = news.changes
    assert (change.kind, change.id, change.before, news.fresh) == ("message", done.result["id"], None, False)
    assert change.after is not None and change.after["text"] == "mine 0"
    assert story.hall.world.state.count(Message) == 1


# one frame at a time


def client(*, tries: int = 4, copy: Copy | None = None) -> Conversation:
    """Somebody who is in `t` and stands at 1."""
    talks = Conversation("c", lambda: 0.0, tries)
    talks.follow("t", copy)
    talks.opened(0.0)
    talks.received({"op": "hello", "you": {"id": "me"}, "beat": 10}, 0.0)
    talks.received(state(1), 0.0)
    talks.outgoing(0.0)
    return talks


def state(seq: int, gone: dict[str, list[str]] | None = None, **put: Any) -> dict[str, Any]:
    return {"op": "state", "topic": "t", "at": [seq, "x"], "put": put, "gone": gone or {}}


def test_commands_wait_for_the_state_and_are_sent_in_their_order_after_each_join() -> None:
    talks = Conversation("c", lambda: 0.0)
    talks.follow("t")
    asked = [talks.do("t", "say", {"text": text}, 0.0).ref for text in ("a", "b")]
    talks.pulse("t", "clap")
    assert talks.outgoing(0.0) == []
    for seq, at in ((1, None), (2, [1, "x"])):
        talks.opened(0.0)
        assert talks.outgoing(0.0) == [{"op": "join", "topic": "t", "at": at}]
        talks.received(state(seq), 0.0)
        assert [frame["ref"] for frame in talks.outgoing(0.0)] == asked
        talks.lost()
    assert asked == ["c-1", "c-2"]


def test_half_a_state_is_not_here_yet_and_all_of_it_is_fresh() -> None:
    talks = Conversation("c", lambda: 0.0)
    talks.follow("t")
    talks.opened(0.0)
    [half] = talks.received(state(0, poll={"p": {}}) | {"at": [0, "half"]}, 0.0)
    assert isinstance(half, News) and half.fresh and not talks.is_here("t")
    [whole, here] = talks.received(state(1, vote={"p/me": {}}), 0.0)
    assert isinstance(whole, News) and whole.fresh and here == Here("t", True)


def test_a_command_that_is_refused_for_now_is_sent_again_when_it_is_time_and_not_for_ever() -> None:
    talks = client(tries=2)
    asked = talks.do("t", "say", {}, 0.0)
    talks.outgoing(0.0)
    later = {"op": "refused", "ref": asked.ref, "code": "pace.say", "text": "Slowly.", "retry_after": 2}
    assert talks.received(later, 1.0) == [Waiting(asked, "pace.say")]
    assert talks.wakes == 3.0
    assert talks.outgoing(2.9) == []
    assert [frame["ref"] for frame in talks.outgoing(3.0)] == [asked.ref]
    assert talks.outgoing(9.0) == []
    assert talks.received(later, 4.0) == [Refused(asked, later)]
    assert talks.received(later, 4.0) == []
    assert len(talks.outbox) == 0


def test_a_refusal_is_told_with_all_that_helps() -> None:
    talks = client()
    asked = talks.do("t", "say", {}, 0.0)
    refused = {"op": "refused", "ref": asked.ref, "code": "chat.hidden", "text": "x", "suggestion": "y"}
    assert talks.received(refused, 0.0) == [Refused(asked, refused)]


def test_silence_for_two_beats_is_noticed() -> None:
    talks = client()
    talks.received({"op": "pong"}, 5.0)
    assert talks.wakes == 25.0
    assert not talks.is_silent(24.9) and talks.is_silent(25.0)


def test_a_beat_moves_the_position_but_of_nothing_that_is_not_whole() -> None:
    copy = Copy()
    talks = client(copy=copy)
    talks.received({"op": "beat", "at": {"t": [9, "y"], "else": [1, "z"]}, "now": 0}, 1.0)
    assert copy.at == [9, "y"]
    talks.lost()
    talks.opened(2.0)
    talks.received({"op": "beat", "at": {"t": [10, "y"]}, "now": 0}, 2.0)
    assert copy.at == [9, "y"]


def test_only_the_kinds_that_are_kept_are_news() -> None:
    copy = Copy(kinds={"poll"})
    talks = client(copy=copy)
    [news] = talks.received(state(2, poll={"p": {}}, message={"m": {}}), 1.0)
    assert isinstance(news, News) and [change.id for change in news.changes] == ["p"]
    assert not copy.of("message") and copy.get("poll", "p") == {} and copy.get("poll", "q") is None


def test_what_was_not_there_is_not_told_to_be_gone() -> None:
    [news] = client().received(state(2, gone={"poll": ["p"]}), 1.0)
    assert news == News("t", [], False)


def test_who_left_hears_no_more_and_may_follow_again() -> None:
    talks = client()
    talks.leave("t")
    assert talks.outgoing(0.0) == [{"op": "leave", "topic": "t"}]
    assert talks.received(state(2), 0.0) == [] and not talks.is_here("t")
    talks.follow("t")
    assert talks.outgoing(0.0) == [{"op": "join", "topic": "t", "at": None}]


def test_reactions_and_faults_are_told() -> None:
    talks = client()
    assert talks.received({"op": "pulse", "topic": "t", "reactions": {"clap": 2}}, 0.0) == [
        Pulsed("t", {"clap": 2})
    ]
    assert talks.received({"op": "error", "code": "frame.op", "text": "x"}, 0.0) == [Fault("frame.op", "x")]


def test_a_topic_beside_is_come_back_to_as_what_one_was_and_lost_by_itself() -> None:
    talks = client()
    talks.follow("m")
    assert talks.outgoing(0.0)[-1] == {"op": "join", "topic": "m", "at": None}
    talks.received(
        {"op": "seat", "topic": "m", "you": {"id": "a", "name": "Ada", "role": "participant"}}, 0.0
    )
    talks.received(state(4) | {"topic": "m"}, 0.0)
    another = {"op": "error", "topic": "m", "code": "token.role", "text": "Another.", "retry_after": 0}
    assert talks.received(another, 0.0) == [] and (talks.is_here("m"), talks.is_here("t")) == (False, True)
    [again] = talks.outgoing(0.0)
    assert (again["op"], again["role"], again["at"][0]) == ("join", "participant", 4)
    talks.received(state(5) | {"topic": "m"}, 0.0)
    removed = {"op": "error", "topic": "m", "code": "person.removed", "text": "Removed."}
    assert talks.received(removed, 0.0) == [Fault("person.removed", "Removed.")]
    assert (talks.is_here("m"), talks.is_here("t"), talks.outgoing(0.0)) == (False, True, [])


@pytest.mark.parametrize(
    ("code", "close"), [("log.unavailable", 1013), ("pace.join", 1013), ("topic.unknown", 4404)]
)
def test_a_join_that_is_not_served_ends_the_connection(code: str, close: int) -> None:
    with pytest.raises(Closed) as end:
        client().received({"op": "error", "code": code, "text": "No.", "retry_after": 3}, 0.0)
    assert end.value.code == close
    assert told(end.value.reason) == (None if final(close) else 3.0)


def test_there_is_an_end_to_what_waits() -> None:
    talks = client()
    for _ in range(PENDING_MOST):
        talks.do("t", "say", {}, 0.0)
    with pytest.raises(Full):
        talks.do("t", "say", {}, 0.0)
    assert len({frame["ref"] for frame in talks.outgoing(0.0)}) == PENDING_MOST
