"""Entries: sealed, unsealed, and chained so that equal tags mean equal histories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.state.things import KINDS, Box, box, marble
from webinar_server.errors import StorageError
from webinar_server.state import START, Change, Entry, Position, Sealed, chain, follows, seal, unseal


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


BEFORE_SALTS = [
    Sealed(
        1,
        "0827bcb48d231e27",
        b"\x97\x01\xcd\x03\xe8\xa3ada\xa4fill\xa4c1-1\x82\xa2id\xa1m\xa4deep\x93\x01\xc0\x81\xa2\xc3\xa9\xa2\xc3\xbc"
        b"\x92\x93\xa3box\xa1a\x82\xa2id\xa1a\xa5label\xa4Zo\xc3\xab\x93\xa6marble\xa1m\xc0",
    ),
    Sealed(
        2,
        "573d46a40392d860",
        b"\x97\x02\xcd\x07\xd0\xa3ada\xa4fill\xa4c1-1\x82\xa2id\xa1m\xa4deep\x93\x01\xc0\x81\xa2\xc3\xa9\xa2\xc3\xbc"
        b"\x92\x93\xa3box\xa1a\x82\xa2id\xa1a\xa5label\xa4Zo\xc3\xab\x93\xa6marble\xa1m\xc0",
    ),
]
"""Two entries as versions without salts sealed them."""


def test_entries_from_before_there_were_salts_are_read_and_followed() -> None:
    first, second = BEFORE_SALTS
    at = Position(first.seq, first.tag)
    assert follows(first, START) and follows(second, at)
    assert [unseal(sealed, KINDS) for sealed in BEFORE_SALTS] == [entry(), entry(seq=2, at=2_000)]
    assert [seal(START, entry()), seal(at, entry(seq=2, at=2_000))] == BEFORE_SALTS, "the same bytes again"
    salted = seal(Position(second.seq, second.tag), entry(seq=3, salt=b"s" * 18))
    assert unseal(salted, KINDS).salt == b"s" * 18


def test_the_same_entry_with_another_salt_has_another_tag() -> None:
    tags = {seal(START, entry(salt=salt)).tag for salt in (b"", b"s" * 18, b"t" * 18)}
    assert len(tags) == 3


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


TOO_LONG = b"\x99" + BEFORE_SALTS[0].body[1:] + b"\xc4\x01s\x01"


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x93\x01\x02", b"\xff" * 30, TOO_LONG])
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
