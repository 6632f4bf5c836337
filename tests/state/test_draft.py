"""Draft: what a batch of commands sees, keeps and forgets; the state itself never changes under it."""

import pytest

from tests.state.things import KINDS, Box, Marble, box, filled, marble, names, put
from webinar_server.errors import Refusal
from webinar_server.state import Draft, State


def boxes() -> State:
    """Boxes a, b and c; marble m in a, n in b."""
    state = filled("a", "b", "c")
    put(state, marble("m", "a"), marble("n", "b"))
    return state


def ids(draft: Draft, kind: type = Box) -> str:
    return " ".join(sorted(record.id for record in draft.all(kind)))


def test_it_reads_the_state_beneath() -> None:
    draft = Draft(boxes())
    assert draft.get(Box, "a") == box("a", "a")
    assert draft.get(Box, "x") is None
    assert ids(draft) == "a b c"
    assert [m.id for m in draft.of(Marble, "box", "a")] == ["m"]
    assert draft.count(Box) == 3


def test_what_is_needed_and_not_there_is_refused_as_unknown() -> None:
    with pytest.raises(Refusal, match=r"box.unknown"):
        Draft(boxes()).need(Box, "x")


def test_what_is_put_is_seen_at_once_and_the_state_is_as_before() -> None:
    state = boxes()
    before, draft = state.dump(), Draft(state)
    draft.put(box("a", "new"))
    draft.put(box("d"))
    draft.drop(box("b"))
    assert draft.get(Box, "a") == box("a", "new")
    assert draft.get(Box, "b") is None
    assert ids(draft) == "a c d"
    assert draft.count(Box) == 3
    assert state.dump() == before


def test_what_is_forgotten_leaves_no_trace() -> None:
    draft = Draft(boxes())
    draft.put(box("d"))
    draft.drop(box("b"))
    draft.forget()
    assert ids(draft) == "a b c"
    assert draft.count(Box) == 3
    assert draft.keep() == ()


def test_what_is_kept_is_what_the_next_command_sees_and_only_once_told() -> None:
    draft = Draft(boxes())
    draft.put(box("a", "1"))
    draft.put(box("a", "2"))
    draft.drop(box("c"))
    changes = draft.keep()
    assert names(changes) == "a -c"
    assert changes[0].record == box("a", "2")
    draft.put(box("d"))
    assert names(draft.keep()) == "d"
    draft.drop(box("a"))
    draft.forget()
    assert ids(draft) == "a b d"
    assert draft.count(Box) == 3


def test_counting_goes_on_over_what_was_kept() -> None:
    draft = Draft(boxes())
    draft.put(box("d"))
    draft.put(box("e"))
    draft.keep()
    assert draft.count(Box) == 5
    draft.drop(box("a"))
    assert draft.count(Box) == 4
    draft.keep()
    draft.put(box("e", "new"))
    assert draft.count(Box) == 4


def test_a_record_may_come_and_go_within_a_draft() -> None:
    draft = Draft(boxes())
    draft.put(box("d"))
    draft.drop(box("d"))
    assert draft.count(Box) == 3 and draft.get(Box, "d") is None
    draft.drop(box("a"))
    draft.keep()
    draft.put(box("a", "back"))
    draft.keep()
    assert draft.count(Box) == 3 and draft.get(Box, "a") == box("a", "back")


def test_indexes_follow_what_was_put_and_dropped() -> None:
    draft = Draft(boxes())
    draft.put(marble("o", "a"))
    draft.put(marble("n", "a"))
    draft.keep()
    draft.put(marble("m", "b"))
    assert {m.id for m in draft.of(Marble, "box", "a")} == {"n", "o"}
    assert {m.id for m in draft.of(Marble, "box", "b")} == {"m"}
    draft.drop(marble("o", "a"))
    assert {m.id for m in draft.of(Marble, "box", "a")} == {"n"}


def test_reading_while_putting_is_safe() -> None:
    draft = Draft(boxes())
    for record in draft.all(Box):
        draft.put(box(record.id, "seen"))
    assert {record.label for record in draft.all(Box)} == {"seen"}


def test_the_oldest_is_the_one_unchanged_for_longest_that_the_draft_left_alone() -> None:
    state = boxes()
    put(state, box("a", "changed"))
    draft = Draft(state)
    assert draft.oldest(Box) == box("b", "b")
    draft.put(box("b", "new"))
    draft.keep()
    assert draft.oldest(Box) == box("c", "c")
    draft.drop(box("c"))
    assert draft.oldest(Box) == box("a", "changed")
    draft.put(box("a"))
    assert draft.oldest(Box) is None
    assert Draft(State(KINDS)).oldest(Box) is None


def test_room_for_one_more_is_made_of_the_first_by_age_where_they_are_full() -> None:
    draft = Draft(boxes())
    draft.make_room(draft.all(Box), 4, lambda one: one.label)
    assert ids(draft) == "a b c"
    draft.put(box("c", "0, the oldest"))
    draft.make_room(draft.all(Box), 3, lambda one: one.label)
    assert ids(draft) == "a b"
