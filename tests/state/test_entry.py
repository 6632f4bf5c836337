"""Entries: sealed, unsealed, and chained so that equal tags mean equal histories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.state.things import KINDS, Box, box, marble
from webinar_server.errors import StorageError
from webinar_server.state import START, Change, Entry, Position, Sealed, chain, seal, unseal


def entry(seq: int = 1, **more: object) -> Entry:
    fields = {
        "at": 1_000,
        "by": "ada",
        "command": "fill",
        "ref": "c1-1",
        "result": {"id": "m", "deep": [1, None, {"é": "ü"}]},
        "changes": (Change("box", "a", box("a", "Zoë")), Change("marble", "m", None)),
    }
    return Entry(seq=seq, **(fields | more))  # type: ignore[arg-type]


def test_an_entry_comes_back_as_it_was_sealed() -> None:
    sealed = seal(START, entry())
    assert unseal(sealed, KINDS) == entry()
    assert (sealed.seq, sealed.tag) == (1, chain("", sealed.body))


def test_the_tag_depends_on_the_body_and_on_all_before() -> None:
    one = seal(START, entry())
    assert seal(START, entry(at=1_001)).tag != one.tag
    parent = Position(one.seq, one.tag)
    other = Position(1, "0" * 16)
    assert seal(parent, entry(seq=2)).tag != seal(other, entry(seq=2)).tag


def test_tags_are_short_hex_and_the_same_in_every_release() -> None:
    assert chain("", b"") == "e3b0c44298fc1c14"
    assert chain("e3b0c44298fc1c14", b"body") == "3b2e10b5250664c8"


bodies = st.lists(st.binary(max_size=4), max_size=5)


def tags(log: list[bytes]) -> list[str]:
    tag, found = "", []
    for body in log:
        tag = chain(tag, body)
        found.append(tag)
    return found


@given(bodies, bodies)
def test_two_histories_never_share_a_tag_after_they_parted(one: list[bytes], other: list[bytes]) -> None:
    for place, (left, right) in enumerate(zip(tags(one), tags(other), strict=False), 1):
        assert (left == right) == (one[:place] == other[:place])


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x93\x01\x02", b"\xff" * 30])
def test_bytes_that_are_no_entry_are_told_with_their_place(body: bytes) -> None:
    with pytest.raises(StorageError, match=r"entry 7 cannot be read .*backup"):
        unseal(Sealed(7, "", body), KINDS)


def test_records_of_an_unknown_kind_or_shape_are_told_too() -> None:
    with pytest.raises(StorageError, match="entry 1 cannot be read"):
        unseal(seal(START, entry()), {"box": Box})
    with pytest.raises(StorageError, match="entry 1 cannot be read"):
        unseal(seal(START, entry(changes=(Change("box", "m", marble("m", "a")),))), {"box": MarbleBox})


class MarbleBox(Box, frozen=True, kw_only=True):
    """A box of a later release, with a field that old entries lack."""

    colour: str
