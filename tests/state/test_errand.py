"""Errands: they follow from what a command changes, and are taken one after another, each once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import pytest

from tests.state.things import ADA, KINDS, ROLES, Box, box
from webinar_server.errors import Refusal
from webinar_server.state import (
    START,
    Command,
    Draft,
    Entry,
    Errand,
    ErrandsDone,
    Position,
    Records,
    State,
    Taken,
    Taking,
    Turn,
    note,
    seal,
    take,
    takings,
    undone,
)
from webinar_server.state.record import Kinds

THERE = "shelf/s1"


class Stack(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Said of a box; one that is heavy is not taken."""

    NAME: ClassVar[str] = "stack"

    box: str

    def run(self, draft: Draft, actor: object) -> dict[str, str]:
        draft.put(box(self.box))
        if self.box == "heavy":
            raise Refusal("box.heavy", "It is too heavy.")
        return {"id": self.box}


def state() -> State:
    return State(Kinds([*KINDS.values(), Errand, Taken], ROLES))


def committed(state: State, draft: Draft, at: int = 1) -> None:
    entry = Entry(
        seq=state.position.seq + 1, at=at, by="ada", command="x", ref="", result={}, changes=draft.keep()
    )
    state.put(entry, seal(state.position, entry).tag)


def tells(records: Records, turns: Sequence[Turn]) -> Iterator[tuple[str, Command]]:
    for before, after in turns:
        if isinstance(after, Box) and before is None:
            yield THERE, Stack(box=after.id)


def errand(seq: int, number: int = 0, at: int = 0) -> Errand:
    return Errand(id=f"{seq}.{number}", to=THERE, command="stack", args={}, seq=seq, number=number, at=at)


def full(*boxes: str) -> State:
    """With a box by each entry, of which each is told."""
    told = state()
    for seq, name in enumerate(boxes, 1):
        draft = Draft(told)
        draft.put(box(name))
        note(draft, tells, seq, ADA._replace(at=seq, fresh=f"fresh{seq}"))
        committed(told, draft)
    return told


def test_what_a_command_changes_is_told_beside_what_was_before_it() -> None:
    told = full("a")
    draft = Draft(told)
    draft.put(box("a", "red"))
    draft.put(box("b"))
    assert draft.turns() == (Turn(box("a"), box("a", "red")), Turn(None, box("b")))
    draft.keep()
    draft.drop(box("a", "red"))
    assert draft.turns() == (Turn(box("a", "red"), None),), "as an earlier command of the batch left it"


def test_errands_stand_in_the_entry_they_follow_from_and_say_which_that_is() -> None:
    (first, second) = full("a", "b").of(Errand, "to", THERE)
    assert (first.id, first.seq, first.args, first.command) == ("fresh1.0", 1, {"box": "a"}, "stack")
    assert second.ref("crate/c1") == "crate/c1 2 fresh2.0"


def test_they_keep_their_order_through_a_snapshot() -> None:
    told = full(*"dacb")
    loaded = State.load(told.kinds, told.dump())
    assert [each.args["box"] for each in loaded.of(Errand, "to", THERE)] == [*"dacb"]


def test_what_is_done_goes_without_a_trace_and_once() -> None:
    told, never = full("a", "b"), full()
    draft = Draft(told)
    ErrandsDone(errands=("fresh1.0", "fresh2.0")).run(draft, ADA)
    committed(told, draft)
    assert told.count(Errand) == 0 and not told._tombstones
    assert told.horizon == never.horizon
    with pytest.raises(Refusal, match=r"errand.done"):
        ErrandsDone(errands=("fresh1.0",)).run(Draft(told), ADA)


def test_a_command_that_would_tell_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webinar_server.state.errand.ERRANDS_MAX", 1)
    with pytest.raises(Refusal, match=r"errand.full"):
        full("a", "b")


def test_an_errand_is_taken_only_where_all_before_it_was_and_nothing_since() -> None:
    source, there = full("a", "b"), state()
    first, second = takings(source, "crate/c1", source.all(Errand), None)
    draft = Draft(there)
    with pytest.raises(Refusal, match=r"errand.taken"):
        take(draft, ADA, Stack(box="b"), second)
    assert take(draft, ADA, Stack(box="a"), first) == {"id": "a"}
    committed(there, draft)
    with pytest.raises(Refusal, match=r"errand.taken"):
        take(Draft(there), ADA, Stack(box="a"), first)
    assert take(Draft(there), ADA, Stack(box="b"), second) == {"id": "b"}


def test_what_a_rule_refuses_is_taken_and_changes_nothing_else() -> None:
    source = full("heavy")
    (taking,) = takings(source, "crate/c1", source.all(Errand), None)
    draft = Draft(state())
    assert take(draft, ADA, Stack(box="heavy"), taking) == {"refused": "box.heavy"}
    assert [change.record for change in draft.changes()] == [taking.after]


def test_a_fault_of_a_rule_is_nobodys_errand_done() -> None:
    class Wrong(Stack, frozen=True, kw_only=True, forbid_unknown_fields=True):
        """It has no end."""

        def run(self, draft: Draft, actor: object) -> dict[str, str]:
            raise RuntimeError

    draft = Draft(state())
    with pytest.raises(RuntimeError):
        take(draft, ADA, Wrong(box="a"), Taking(None, Taken(id="c", seq=1, tag="", number=0, at=0)))
    assert draft.changes() == ()


# how far it was taken


def taken(source: State, seq: int, number: int = 0, at: int = 0, tag: str | None = None) -> Taken:
    return Taken(id="c", seq=seq, tag=source.tag(seq) or "" if tag is None else tag, number=number, at=at)


def test_what_was_taken_of_this_history_is_told_by_its_place() -> None:
    source = full("a", "b", "c")
    waiting = [errand(1), errand(2, 0), errand(2, 1), errand(3)]
    assert undone(source, waiting, None) == waiting
    assert undone(source, waiting, taken(source, 2, 0, at=99)) == waiting[2:], "whatever clocks say"
    assert undone(source, waiting, taken(source, 2, 1)) == waiting[3:]
    assert undone(source, waiting, taken(source, 3)) == []
    assert undone(source, waiting, taken(source, 2, 1, tag="")) == waiting[3:], "too old to be known"


@pytest.mark.parametrize("ahead", [2, 50])
def test_what_was_taken_of_a_history_that_is_lost_deafens_nobody(ahead: int) -> None:
    source = full("a", "b", "c")
    waiting = [errand(1, at=10), errand(2, at=20), errand(3, at=31)]
    assert undone(source, waiting, taken(source, ahead, at=30, tag="another")) == waiting[2:]


def test_each_taking_goes_on_from_the_one_before_and_never_back_in_time() -> None:
    source = full("a", "b")
    before = taken(source, 1, at=50)
    one, two = takings(source, "c", [errand(2, 0, at=40), errand(2, 1, at=60)], before)
    assert one == Taking(before, Taken(id="c", seq=2, tag=source.tag(2) or "", number=0, at=50))
    assert two == Taking(one.after, Taken(id="c", seq=2, tag=source.tag(2) or "", number=1, at=60))
    assert source.position == Position(2, source.tag(2) or "") != START
