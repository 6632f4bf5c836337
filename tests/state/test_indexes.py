"""Indexes: whatever is put, dropped, kept or forgotten, a look-up finds what a look at all would find."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.state.things import KINDS, Marble, filled, marble, put
from webinar_server.state import Draft, Records, State

INDEXES = {"box": "abc", "colours": ("red", "blue", "green"), "owner": ("ada", "bob")}


def check(records: Draft | State) -> None:
    """Every index against a look at all records."""
    for index, keys in INDEXES.items():
        for key in keys:
            found = [record.id for record in records.of(Marble, index, key)]
            wanted = {record.id for record in records.all(Marble) if key in record.keys(index)}
            assert len(found) == len(set(found)) and set(found) == wanted, (index, key)
        if isinstance(records, State):
            counts = Counter(key for record in records.all(Marble) for key in record.keys(index))
            assert records.counts(Marble, index) == counts


def any_marble(dice: random.Random) -> Marble:
    colours = dice.choices(INDEXES["colours"], k=dice.randrange(4))
    owner = dice.choice([None, *INDEXES["owner"]])
    return marble(dice.choice("klmno"), dice.choice(INDEXES["box"]), *colours, owner=owner)


@pytest.mark.parametrize("seed", range(30))
def test_a_look_up_finds_what_a_look_at_all_finds(seed: int) -> None:
    dice, state = random.Random(seed), filled("a")
    for _ in range(15):
        draft = Draft(state)
        kept: dict[str, Marble | None] = {}
        for _ in range(dice.randrange(5)):
            step: dict[str, Marble | None] = {}
            for _ in range(dice.randrange(4)):
                one = any_marble(dice)
                there = draft.get(Marble, one.id)
                if there is not None and dice.random() < 0.4:
                    draft.drop(there)
                    step[one.id] = None
                else:
                    draft.put(one)
                    step[one.id] = one
                check(draft)
            if dice.random() < 0.3:
                draft.forget()
            else:
                draft.keep()
                kept |= step
            check(draft)
        there_now = [record for record in kept.values() if record is not None]
        gone = [state.get(Marble, id) for id, record in kept.items() if record is None]
        put(state, *there_now, gone=[record for record in gone if record is not None])
        check(state)
    check(State.load(KINDS, state.dump()))


def test_a_draft_finds_what_it_has_just_put_and_loses_what_it_forgets() -> None:
    draft = Draft(filled("a"))
    draft.put(marble("m", "a", "red", owner="ada"))
    assert ids(draft, "colours", "red") == ids(draft, "owner", "ada") == ["m"]
    draft.forget()
    assert ids(draft, "colours", "red") == ids(draft, "owner", "ada") == []


def test_a_record_is_found_by_each_of_several_values_and_by_none_once() -> None:
    state = filled("a")
    put(state, marble("m", "a", "red", "blue", "red"))
    assert ids(state, "colours", "red") == ids(state, "colours", "blue") == ["m"]
    put(state, marble("m", "a", "green"))
    assert ids(state, "colours", "red") == [] and ids(state, "colours", "green") == ["m"]


def test_an_index_that_is_not_declared_is_no_empty_one() -> None:
    for records in (filled("a"), Draft(filled("a"))):
        with pytest.raises(KeyError, match="no index id"):
            list(records.of(Marble, "id", "m"))


def ids(records: Records, index: str, key: str) -> list[str]:
    return [record.id for record in records.of(Marble, index, key)]
