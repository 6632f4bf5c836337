"""Every field of every command treats people's words alike: taken as expected, or refused with words that are
taken. A command or field that is new is tried by itself."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from tests.session.scene import PEOPLE, Scene, scene
from webinar_server.errors import Refusal
from webinar_server.session import SESSION
from webinar_server.state import Command
from webinar_server.words.cards import clean_name, clean_organisation

# fields that name a record (one that is called like a kind says which), and so hold nobody's words
IDS = {*SESSION.kinds, "before", "instead_of", "worker", "country", "device", "mission"}
IDS |= {"into", "participant", "people", "first", "answers", "leaving"}
WORDS_IN = {("draft_poll", "question")}
# said by the server of what was cleaned at the door, or in a mission
AT_THE_DOOR = {"arrive", "come_in", "change_profile", "follow_slot"}

GIVEN: dict[str, dict[str, Any]] = {
    "dismiss": {"question": "q"},
    "remove": {"person": "ada"},
    "time_out": {"person": "ada", "minutes": 1},
    "set_pacing": {"words": ["spam", "lottery"]},
    "answer_in_writing": {"question": "q"},
    "draft_poll": {"question": "Which?", "options": ["a", "b"]},
    "vote": {"poll": "c", "texts": ["a", "b"]},
    "group_answers": {"answers": ["a.0"], "group": "All"},
    "add_segment": {"kind": "talk", "minutes": 5},
    "change_segment": {"segment": "s"},
    "create_session": {"session": "s2", "title": "Charging"},
}
LINKS = {"link", "video", "logo", "join"}

# what is written → what is kept; None where it is refused with a suggestion
NASTY: dict[str, tuple[str, str | None]] = {
    "a tab": ("Am\t12", "Am 12"),
    "a hard space": ("Am\u00a012", "Am 12"),
    "an invisible space": ("Am\u200b12", "Am12"),
    "a soft hyphen": ("Am\u00ad12", "Am12"),
    "a byte order mark": ("\ufeffAm12", "Am12"),
    "a selector": ("Am12\ufe0e!a\ufe0f", "Am12\ufe0e!a"),
    "not composed": ("Zoe\u0308", "Zoë"),
    "Persian": ("می\u200cخواهم", "می\u200cخواهم"),
    "a family": ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
    "an override": ("Am\u202e12", None),
    "an open isolate": ("Am\u206712", None),
    "invisible letters": ("Am\U000e0041", None),
    "a private character": ("Am\uf8ff12", None),
    "a tower": ("A" + "\u0301" * 9, None),
}


def fields() -> Iterator[tuple[str, str]]:
    """Every command's fields that hold words."""
    for name, command in SESSION.commands.items():
        for field, kind in typing.get_type_hints(command).items():
            if (
                field in command.__struct_fields__
                and name not in AT_THE_DOOR
                and holds_words(name, field, kind)
            ):
                yield name, field


def holds_words(command: str, field: str, kind: Any) -> bool:
    kinds = {kind, *typing.get_args(kind)}
    is_id = field in IDS and (command, field) not in WORDS_IN
    return not is_id and (str in kinds or kind == list[str]) and (command, field) != ("vote", "options")


def given(command: type[Command], field: str, text: str) -> tuple[dict[str, Any], str]:
    """Its arguments with the text in one field, and what a refusal calls that field."""
    args = dict(GIVEN.get(command.NAME, {}))
    if field in LINKS:
        text = f"https://x.example/{text.replace(' ', '')}"
    if isinstance(args.get(field), list):
        return args | {field: ["a", text]}, f"{field}.1"
    return args | {field: text}, field


def story() -> Scene:
    told = scene().given("ada", "ask", id="q", text="Why?")
    for id, form in (("c", "cloud"), ("t", "text")):
        told.given("host", "draft_poll", id=id, question="And?", form=form, names="hosts")
        told.given("host", "open_poll", poll=id)
    told.given("host", "add_segment", id="s", kind="talk", minutes=5)
    return told.given("bob", "vote", id="a", poll="t", texts=["Sun"])


def kept(told: Scene) -> str:
    """Everything of the last entry, to find words in."""
    return repr(msgspec.to_builtins([list(told.state.all(kind)) for kind in SESSION.kinds.values()]))


def run(command: str, args: dict[str, Any]) -> Scene:
    who = "ada" if "attendee" in SESSION.may(command) else "organiser"
    told = scene(session=False) if command == "create_session" else story()
    return told.given("ada", "arrive", **PEOPLE).when(who, command, **args)


@pytest.mark.parametrize(("text", "expected"), NASTY.values(), ids=NASTY)
@pytest.mark.parametrize(("command", "field"), list(fields()))
def test_words_are_taken_as_expected_or_refused_with_words_that_are_taken(
    command: str, field: str, text: str, expected: str | None
) -> None:
    args, name = given(SESSION.commands[command], field, text)
    told = run(command, args)
    if field in LINKS and expected is not None:
        return  # what is a link is another matter
    if expected is not None:
        assert repr(expected)[1:-1] in kept(told.then_done())
        return
    assert told.refusal is not None and told.refusal.field == name
    assert told.refusal.places and told.refusal.suggestion
    again = mended(args, name, told.refusal.suggestion)
    assert repr(told.refusal.suggestion)[1:-1] in kept(run(command, again).then_done())


def mended(args: dict[str, Any], field: str, words: str) -> dict[str, Any]:
    """The arguments with what was suggested, as a client does it."""
    name, _, place = field.partition(".")
    if not place:
        return args | {name: words}
    return args | {name: [words if at == int(place) else text for at, text in enumerate(args[name])]}


@pytest.mark.parametrize(("text", "expected"), NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("field", ["name", "organisation"])
def test_the_door_is_no_other(field: str, text: str, expected: str | None) -> None:
    clean = {"name": clean_name, "organisation": clean_organisation}[field]
    text, expected = f"Ada {text}", expected and f"Ada {expected}"
    try:
        assert clean(text) == expected
    except Refusal as refusal:
        assert expected is None and refusal.field == field
        assert clean(refusal.suggestion) == refusal.suggestion


def test_all_fields_there_are_have_been_found() -> None:
    found = set(fields())
    assert {
        ("say", "text"),
        ("ask", "text"),
        ("dismiss", "reason"),
        ("remove", "reason"),
        ("draft_poll", "options"),
    } <= found
    assert {("introduce", name) for name in ("say_as", "pitch", "link")} <= found
    assert {("change_session", name) for name in ("title", "video", "logo", "join")} <= found
