"""Seals: no field of a card holds a sign that could be taken for the mark of who leads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.session.scene import PEOPLE, scene
from webinar_server.errors import Refusal
from webinar_server.session.people import clean_pitch
from webinar_server.words.cards import clean_name, clean_organisation, clean_say_as

FIELDS: dict[str, Callable[[str], str]] = {
    "name": clean_name,
    "organisation": clean_organisation,
    "say_as": clean_say_as,
    "pitch": lambda pitch: clean_pitch(pitch, "attendee", ()),
}
LOOK_LIKE_MARKS = "✓✔✅☑🗸🗹√★☆⭐🌟✪✦✨✴👑♔♛🛡⛨🏅🎖🥇🏆🏵📛🔰🔒🔐🔑⚜🎤🎙🔵💠🔷🆗🅷🅗🄷👮🤴𐄂⚝🟊🮱"
NOBODYS = "®™©°·&+–—†‡§¶✚✝☪✡☮♻⚡🔋🚲🚢🌍🇳🇱👍🎉❤♥➜→●■◆☎✉✂⚙🌷"


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("sign", LOOK_LIKE_MARKS)
def test_what_looks_like_a_mark_is_refused_with_words_that_are_taken(field: str, sign: str) -> None:
    with pytest.raises(Refusal) as refused:
        FIELDS[field](f"Boats {sign}\ufe0f Ltd")
    told = refused.value
    assert (told.code.partition(".")[2], told.field, told.places) == ("seal", field, (6,))
    assert told.suggestion == "Boats Ltd" == FIELDS[field](told.suggestion)
    assert f"U+{ord(sign):04X}" in told.text and "organisers" in told.text


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("sign", NOBODYS)
def test_other_signs_are_nobodys_mark(field: str, sign: str) -> None:
    assert FIELDS[field](f"Boats {sign} Ltd") == f"Boats {sign} Ltd"


def test_all_signs_go_at_once_and_nothing_but_signs_is_no_name() -> None:
    with pytest.raises(Refusal) as refused:
        clean_organisation("✔ Boats ★🛡 Ltd")
    assert (refused.value.places, refused.value.suggestion) == ((0, 8, 9), "Boats Ltd")
    with pytest.raises(Refusal) as refused:
        clean_name("✔")
    assert (refused.value.code, refused.value.suggestion) == ("person.seal", "")


def test_in_what_is_said_and_asked_they_are_signs_like_others() -> None:
    story = scene().given("ada", "arrive", **PEOPLE)
    story.when("ada", "say", text="✔ done ⭐").then_done()
    story.when("ada", "ask", text="Is ✔ enough?").then_done()
    story.when("ada", "introduce", pitch="✔ Host").then_refused("person.seal")


@pytest.mark.parametrize("sign", ["\u061c", "\u200e", "\u200f"])
@pytest.mark.parametrize("field", FIELDS)
def test_nothing_on_a_card_steers_the_direction_of_reading(field: str, sign: str) -> None:
    for text in ("Ada Vos", "محمد علي"):
        begin, end = text.split()
        assert FIELDS[field](f"{begin}{sign} {sign}{end}{sign}") == text
        assert FIELDS[field](f"\u2067{begin}\u2069 \u2068{end}\u2069") == text
        with pytest.raises(Refusal, match="bidi"):
            FIELDS[field](f"\u2067{begin} {end}")
