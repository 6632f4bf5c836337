"""Whatever is refused is told in words of the page's own, in both languages: no code is left without."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from webinar_server import limits
from webinar_server.session.polls.poll import PollState
from webinar_server.session.programme import Shown
from webinar_server.session.questions import QuestionState

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "webinar_server"
RAISE = {"Refusal": 0, "TokenError": 0, "Malformed": 0, "refused": 1, ".require": 3}
"""Calls that make a code, and which argument it is."""

MADE_OF = {
    "question.state": get_args(QuestionState),
    "poll.state": get_args(PollState),
    "what": get_args(Shown),
    # whose video it is
    "of": ("session", "slot"),
}
"""What stands in a code that is put together, where that is one of few."""


def calls() -> Iterator[tuple[str, ast.expr]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] not in ("demo", "cli"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    func = node.func
                    name = f".{func.attr}" if isinstance(func, ast.Attribute) else ast.unparse(func)
                    if name in RAISE and len(node.args) > RAISE[name]:
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[RAISE[name]]


def patterns(node: ast.expr) -> Iterator[str]:
    """The codes an expression may come to; a star for any word."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        found = [""]
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                words = MADE_OF.get(ast.unparse(part.value), ("*",))
            else:
                words = (str(part.value),)  # type: ignore[attr-defined]
            found = [begin + word for begin in found for word in words]
        yield from found


def faults() -> set[str]:
    """The kinds of characters that are refused, which are the end of a code."""
    tree = ast.parse((PACKAGE / "words" / "text.py").read_text())
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [node for node in found if isinstance(node.func, ast.Name) and node.func.id == "Fault"]
    return {node.args[0].value for node in named}  # type: ignore[attr-defined]


def codes() -> set[str]:
    """All there are; a star stands for what is put in, like the noun a text is of."""
    made = {code for _, node in calls() for code in patterns(node)} - {"*.*"}
    return made | {f"*.{fault}" for fault in faults()} | {f"pace.{command}" for command in limits.COMMANDS}


def has_words(code: str, words: dict[str, str]) -> bool:
    """As `refusalText` of i18n.js looks for them."""
    first, _, last = code.partition(".")
    return any(words.get(f"refused.{key}") for key in (code, f"*.{last}", f"{first}.*"))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_code_has_words_in_both_languages(lang: str) -> None:
    catalogs = (ROOT / "static").rglob(f"{lang}.json")
    words = {key: text for catalog in catalogs for key, text in json.loads(catalog.read_text()).items()}
    assert sorted(code for code in codes() if not has_words(code, words)) == []


def test_the_codes_are_found() -> None:
    found = codes()
    assert {"*.too_long", "question.live", "poll.draft", "pace.say", "*.bidi", "token.wrong"} <= found
    passed_on = {"error.code", "code"}  # made elsewhere
    unknown = {ast.unparse(node) for _, node in calls() if not [*patterns(node)]}
    assert unknown == passed_on and len(found) > 60


def test_every_code_is_told_to_other_programs() -> None:
    told = set(re.findall(r"`([a-z_*]+\.[a-z_]+)`", (ROOT / "docs" / "wire.md").read_text()))
    of_commands = {"pace.*", *(f"pace.{command}" for command in limits.COMMANDS)}
    assert sorted(codes() - told - of_commands) == []
