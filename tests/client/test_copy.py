"""A copy of what a topic holds: merged, forgotten, and without holes where there is more than was told."""

from __future__ import annotations

from typing import Any

from webinar_server.client.copy import Change, Copy


def state(
    at: int, put: dict[str, Any], gone: dict[str, list[str]] | None = None, **more: Any
) -> dict[str, Any]:
    return {"op": "state", "at": [at, f"t{at}"], "put": put, "gone": gone or {}, **more}


def messages(*at: int) -> dict[str, Any]:
    return {"message": {f"m{number}": {"text": f"line {number}", "at": number} for number in at}}


def test_what_changed_is_told_as_it_was_and_as_it_is() -> None:
    copy = Copy()
    assert copy.merge(state(1, {"poll": {"p": {"voters": 1}}})) == [Change("poll", "p", None, {"voters": 1})]
    changed = copy.merge(state(2, {"poll": {"p": {"voters": 2}}}))
    assert changed == [Change("poll", "p", {"voters": 1}, {"voters": 2})]
    assert copy.merge(state(3, {}, {"poll": ["p", "q"]})) == [Change("poll", "p", {"voters": 2}, None)]
    assert copy.at == [3, "t3"] and copy.of("poll") == {}


def test_of_which_there_is_more_it_holds_all_from_one_on() -> None:
    copy = Copy()
    copy.merge(state(1, messages(8, 9), older={"message": "m8"}))
    assert not copy.is_all("message") and copy.is_all("poll")
    assert copy.merge(state(2, messages(3, 10))) == [
        Change("message", "m10", None, messages(10)["message"]["m10"])
    ]
    assert list(copy.of("message")) == ["m8", "m9", "m10"], "an older one that changed leaves no hole"
    copy.merge(state(9, messages(70, 71), older={"message": "m70"}))
    assert list(copy.of("message")) == ["m70", "m71"], "it missed more than is told at once"
    copy.merge(state(10, messages(1), reset=True))
    assert list(copy.of("message")) == ["m1"] and copy.is_all("message")
