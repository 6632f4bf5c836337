"""State: records, groups, what changed since a seq, who can resume, and snapshots."""

import pytest

from tests.state.things import KINDS, NOWHERE, ROLES, Box, Marble, box, filled, marble, names, put
from webinar_server.errors import StorageError
from webinar_server.state import START, Kinds, Position, State, state


def test_a_new_state_is_empty_and_at_the_start() -> None:
    empty = State(KINDS)
    assert (empty.position, empty.count(Box), empty.since(0)) == (START, 0, [])
    assert empty.get(Box, "a") is None
    assert empty.knows(START)


def test_a_record_is_its_newest_version() -> None:
    boxes = filled("a", "b")
    put(boxes, box("a", "new"))
    assert boxes.get(Box, "a") == box("a", "new")
    assert boxes.count(Box) == 2
    assert boxes.position.seq == 3


def test_a_dropped_record_is_gone() -> None:
    boxes = filled("a", "b")
    put(boxes, gone=[box("a")])
    assert boxes.get(Box, "a") is None
    assert [record.id for record in boxes.all(Box)] == ["b"]
    assert [record.id for record in boxes.records()] == ["b"]


def test_dropping_what_is_not_there_harms_nothing() -> None:
    boxes = filled("a")
    put(boxes, gone=[box("x"), marble("m", "a")])
    assert names(boxes.since(0)) == "a"


def test_records_come_in_the_order_of_their_last_change() -> None:
    boxes = filled("a", "b", "c")
    put(boxes, box("a", "new"))
    assert [record.id for record in boxes.all(Box)] == ["b", "c", "a"]


# indexes


def test_an_index_holds_its_records_and_follows_them() -> None:
    boxes = filled("a", "b")
    put(boxes, marble("m", "a"), marble("n", "a"))
    assert {record.id for record in boxes.of(Marble, "box", "a")} == {"m", "n"}
    put(boxes, marble("m", "b"))
    assert [record.id for record in boxes.of(Marble, "box", "a")] == ["n"]
    assert [record.id for record in boxes.of(Marble, "box", "b")] == ["m"]
    put(boxes, gone=[marble("n", "a")])
    assert list(boxes.of(Marble, "box", "a")) == []
    assert list(boxes.of(Marble, "box", "none")) == []


# since


def test_since_the_start_is_everything_there_is() -> None:
    boxes = filled("a", "b", "c")
    put(boxes, gone=[box("b")])
    assert names(boxes.since(0)) == "a c"


def test_since_a_seq_is_the_newest_version_of_what_changed_after_it() -> None:
    boxes = filled("a", "b", "c")
    for label in ("1", "2", "3"):
        put(boxes, box("a", label))
    put(boxes, gone=[box("b")])
    assert names(boxes.since(3)) == "a -b"
    assert boxes.since(3)[0].record == box("a", "3")
    assert names(boxes.since(boxes.position.seq)) == ""


def test_what_came_back_is_there_and_not_gone() -> None:
    boxes = filled("a")
    put(boxes, gone=[box("a")])
    put(boxes, box("a", "again"))
    assert names(boxes.since(0)) == names(boxes.since(1)) == "a"


# resuming


def test_a_position_of_this_history_is_known_and_no_other() -> None:
    boxes = filled("a")
    first = boxes.position
    put(boxes, box("b"))
    assert boxes.knows(first) and boxes.knows(boxes.position)
    assert not boxes.knows(Position(1, "another tag"))
    assert not boxes.knows(NOWHERE)
    assert not boxes.knows(Position(-1, ""))


def test_positions_are_known_for_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "TAGS_KEPT", 3)
    boxes, positions = State(KINDS), []
    for n in range(6):
        positions.append(boxes.position)
        put(boxes, box(str(n)))
    assert [boxes.knows(position) for position in positions] == [False, False, False, False, True, True]


def test_who_missed_a_forgotten_tombstone_must_start_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "TOMBSTONES_KEPT", 1)
    boxes = filled("a", "b", "c")
    before = boxes.position
    put(boxes, gone=[box("a")])
    after_first = boxes.position
    put(boxes, gone=[box("b")])
    assert boxes.horizon == after_first.seq
    assert not boxes.knows(before), "they would keep a for ever"
    assert boxes.knows(after_first)
    assert names(boxes.since(after_first.seq)) == "-b"


def test_what_came_back_needs_no_tombstone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "TOMBSTONES_KEPT", 1)
    boxes = filled("a", "b")
    start = boxes.position
    for _ in range(5):
        put(boxes, gone=[box("a")])
        put(boxes, box("a"))
    put(boxes, gone=[box("a")])
    assert boxes.horizon == 0 and boxes.knows(start)
    assert names(boxes.since(start.seq)) == "-a"


def test_a_snapshot_forgets_tombstones_as_its_original_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "TOMBSTONES_KEPT", 2)
    boxes = filled("a", "b", "c", "d")
    for id in "aba":
        put(boxes, gone=[box(id)])
        put(boxes, box(id))
    put(boxes, gone=[box("a")])
    copy = State.load(KINDS, boxes.dump())
    for both in (boxes, copy):
        put(both, gone=[box("c")])
        put(both, gone=[box("d")])
    assert copy.dump() == boxes.dump()
    assert copy.horizon == boxes.horizon == 11


# snapshots


def test_a_snapshot_loaded_is_the_state_it_was_taken_of() -> None:
    boxes = filled("a", "b", "c")
    put(boxes, marble("m", "a"), ref="r")
    put(boxes, gone=[box("b")])
    put(boxes, box("a", "new"))
    copy = State.load(KINDS, boxes.dump())
    assert copy.dump() == boxes.dump()
    assert copy.position == boxes.position
    assert names(copy.since(0)) == names(boxes.since(0))
    assert names(copy.since(3)) == names(boxes.since(3)) == "m -b a"
    assert [record.id for record in copy.of(Marble, "box", "a")] == ["m"]
    assert copy.answer("ada", "r") == boxes.answer("ada", "r")
    assert copy.knows(boxes.position) and not copy.knows(NOWHERE)


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x00" * 50, b"not msgpack at all"])
def test_what_is_no_snapshot_is_refused(data: bytes) -> None:
    with pytest.raises(StorageError, match="a snapshot cannot be read"):
        State.load(KINDS, data)


def test_a_snapshot_of_a_kind_this_program_does_not_know_is_refused() -> None:
    boxes = filled("a")
    put(boxes, marble("m", "a"))
    with pytest.raises(StorageError, match="a snapshot cannot be read"):
        State.load(Kinds([Box], ROLES), boxes.dump())
