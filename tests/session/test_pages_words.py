"""What pages say of people is nobody's name; a name with such a word in it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from webinar_server.words.house import is_doubtful, is_reserved

STATIC = Path(__file__).parents[2] / "static"

_OF_PEOPLE = re.compile(r"(^|\.)(you|anonymous|participant|imitates|role\.\w+|host\.title)(\.short)?$")
"""Keys of the words that stand where a name does, or beside it …"""

_OF_DATA = re.compile(r"^(mine\.|host\.names\.)")
"""… and of those that say which data something is, or who sees them."""


def said() -> Iterator[str]:
    for lang in ("en", "nl"):
        for catalog in STATIC.rglob(f"{lang}.json"):
            words = json.loads(catalog.read_text()).items()
            of_people = (text for key, text in words if _OF_PEOPLE.search(key) and not _OF_DATA.search(key))
            yield from (text for text in of_people if text.count(" ") < 3)


def test_what_pages_say_of_people_is_nobodys_name() -> None:
    words = set(said())
    assert {"you", "jij", "Anonymous", "Anoniem", "A participant", "Host", "Spreker", "Not a host"} <= words
    assert sorted(word for word in words if not is_reserved(word)) == []


@pytest.mark.parametrize(
    "name",
    [
        "Chair", "MC", "M.C.", "Emcee", "Regie", "Studio", "Crew", "Info", "Desk", "Registration", "Bot",
        "Automatic message", "You", "Me", "Anonymous", "Anoniem", "Jij", "Ik", "YOU", "Уou", "The chair",
        "De regie",
        "Info desk", "Studio crew", "Registration team", "Bot 2", "Anonymous attendee", "Info (host)",
    ],
)  # fmt: skip
def test_where_the_house_writes_from_is_nobodys_name(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["Anna (MC)", "Kim – studio", "Ben, info", "Eva [you]", "Bakker, M.C."])
def test_such_a_word_set_apart_is_taken_and_marked(name: str) -> None:
    assert is_doubtful(name) and not is_reserved(name)


@pytest.mark.parametrize(
    "name",
    [
        "Theo Bot", "An Bot", "M.C. Escher", "Mc Donald", "You Li", "Li You", "Ada Crew", "Ikram", "Mei",
        "Deskan",
        "Ana Chair", "Jan de Bot", "The Anh", "An", "Me Nguyen", "Moi", "Infante",
    ],
)  # fmt: skip
def test_a_persons_name_may_have_such_a_word_in_it(name: str) -> None:
    assert not is_reserved(name) and not is_doubtful(name)
