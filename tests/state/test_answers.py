"""Answers: a repeated ref is answered as before, for some minutes, however clocks jump and much is said."""

from __future__ import annotations

import msgspec
import pytest

from tests.state.things import KINDS, box, put
from webinar_server.errors import Refusal
from webinar_server.state import State, answers
from webinar_server.state.answers import ANSWERS_MS

HOUR_MS = 3_600_000


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "ANSWERS_SURE", 3)
    monkeypatch.setattr(answers, "ANSWERS_KEPT", 6)


def remembered(state: State, count: int) -> str:
    """Which of the refs r0, r1, … are answered."""
    return " ".join(f"r{n}" for n in range(count) if state.answer("ada", f"r{n}"))


def test_an_answer_is_remembered_by_person_and_ref() -> None:
    boxes = State(KINDS)
    put(boxes, box("a"), ref="r1")
    put(boxes, box("b"), ref="r1", by="bob")
    put(boxes, box("c"))
    first, second = boxes.answer("ada", "r1"), boxes.answer("bob", "r1")
    assert first is not None and first.result == {"seq": 1}
    assert second is not None and second.seq == 2
    assert boxes.answer("bob", "r2") is None
    assert boxes.answer("cem", "") is None and boxes.answer("ada", "") is None


def test_there_are_never_more_than_so_many() -> None:
    boxes = State(KINDS)
    for n in range(10):
        put(boxes, ref=f"r{n}")
    assert remembered(boxes, 10) == "r4 r5 r6 r7 r8 r9"


def test_after_some_minutes_they_are_forgotten_but_the_newest() -> None:
    boxes = State(KINDS)
    for n in range(5):
        put(boxes, ref=f"r{n}", at=0)
    put(boxes, at=ANSWERS_MS)
    assert remembered(boxes, 5) == "r0 r1 r2 r3 r4"
    put(boxes, at=ANSWERS_MS + 1)
    assert remembered(boxes, 5) == "r4", "which three entries later is still sure"


def test_a_clock_that_jumps_makes_nobody_act_twice() -> None:
    boxes = State(KINDS)
    for n, at in enumerate([0, HOUR_MS, -HOUR_MS, 0]):
        put(boxes, ref=f"r{n}", at=HOUR_MS + at)
    assert remembered(boxes, 4) == "r0 r1 r2 r3"


def test_what_came_from_a_clock_that_was_ahead_is_bounded_all_the_same() -> None:
    boxes = State(KINDS)
    put(boxes, ref="ahead", at=HOUR_MS)
    for n in range(20):
        put(boxes, ref=f"r{n}", at=n)
    assert len(list(boxes._answers)) == 6 and boxes.answer("ada", "ahead") is None


def test_a_snapshot_has_them_and_forgets_them_as_its_original_does() -> None:
    boxes = State(KINDS)
    for n in range(6):
        put(boxes, ref=f"r{n}", at=0)
    copy = State.load(KINDS, boxes.dump())
    assert copy.answer("ada", "r0") == boxes.answer("ada", "r0")
    for state in (boxes, copy):
        put(state, ref="r6", at=ANSWERS_MS + 1)
    assert remembered(copy, 7) == remembered(boxes, 7) and copy.dump() == boxes.dump()


def test_an_older_snapshot_has_them_too() -> None:
    boxes = State(KINDS)
    for n in range(2):
        put(boxes, box(f"b{n}"), ref=f"r{n}")
    whole = msgspec.msgpack.decode(boxes.dump())
    whole[3], whole[5] = {"ada": {ref: answer for _, ref, _, answer in whole[3]}}, 2
    older = State.load(KINDS, msgspec.msgpack.encode(whole))
    assert older.answer("ada", "r1") == boxes.answer("ada", "r1")
    assert remembered(older, 2) == "r0 r1"


def test_an_answer_is_given_to_the_command_it_was_for_alone_and_a_snapshot_knows_which() -> None:
    boxes = State(KINDS)
    put(boxes, box("b"), ref="r1")
    (kept,) = boxes._answers
    for state in (boxes, State.load(KINDS, boxes.dump())):
        answered = state.answered("ada", "r1")
        assert answered is not None and answered.again(kept.command) == boxes.answer("ada", "r1")
        with pytest.raises(Refusal) as refused:
            answered.again("another")
        assert refused.value.code == "command.ref_used"


def test_a_snapshot_that_does_not_say_which_command_an_answer_was_for_gives_it_to_any() -> None:
    boxes = State(KINDS)
    put(boxes, box("b"), ref="r1")
    *before, _commands = msgspec.msgpack.decode(boxes.dump())
    answered = State.load(KINDS, msgspec.msgpack.encode(before)).answered("ada", "r1")
    assert answered is not None and answered.again("another") == boxes.answer("ada", "r1")
