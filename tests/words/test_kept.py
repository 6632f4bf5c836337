"""What is kept by people's words is forgotten with them, wherever it is kept."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.floors import PACKAGE
from tests.memory import CANARY, canaries
from webinar_server.session.claims import claims
from webinar_server.sheets.cells import cell_value, without_unknown
from webinar_server.words.addresses import clean_link
from webinar_server.words.kept import forget_words
from webinar_server.words.names import holds

OF_NO_WORDS = {
    ("calendar.py", "_rules"): "zones and years",
    ("client/frames.py", "shared"): "of clients, which are no server",
    ("state/sight.py", "whole"): "audiences",
    ("web/http/joined.py", "_joined"): "files of ours",
    ("web/http/joins.py", "drawn"): "addresses of sessions",
    ("web/http/static.py", "_best_known"): "headers of browsers that say what they can unpack",
}
"""Where else results are kept, and of what."""


def test_every_result_that_is_kept_is_of_no_words_or_goes_when_somebody_is_erased() -> None:
    found = {
        (str(path.relative_to(PACKAGE)), name) for path in PACKAGE.rglob("*.py") for name in kept_in(path)
    }
    found.discard(("words/kept.py", "kept_by_words"))
    assert found == set(OF_NO_WORDS), "use kept_by_words, or say here of what it is"


def kept_in(path: Path) -> list[str]:
    """What in a module stands on `functools` to keep results: a decorated function, one that makes some, or a
    name that is given some."""
    tree = ast.parse(path.read_text())
    return [
        node.name if isinstance(node, ast.FunctionDef) else ast.unparse(node.targets[0])
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.Assign)) and keeps(node)
    ]


def keeps(node: ast.AST) -> bool:
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    names |= {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    return bool(names & {"lru_cache", "cache"})


@pytest.mark.parametrize(
    "use",
    [
        lambda word: holds(f"Ann\u0430 {word}", ["Berta Corden"]),
        lambda word: holds("Berta Corden", [f"Anna {word}"]),
        lambda word: holds(f"Ann\u0430 {word}", [f"Anna {word}"]),
        lambda word: clean_link(f"https://{word}.example.org/", "link"),
        lambda word: claims(f"I sell {word}"),
        lambda word: cell_value("organisation", f"{word} works"),
        lambda word: without_unknown("kind", f"{word}s"),
    ],
    ids=["a name", "a leader's name", "a pattern", "a link", "a line", "a cell", "an unknown cell"],
)
def test_no_word_of_anybody_is_left_where_results_are_kept(use: object) -> None:
    use(CANARY)  # type: ignore[operator]
    assert canaries()
    forget_words()
    assert canaries() == []
