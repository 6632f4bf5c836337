"""Pictures of one hand: nothing that people see looks as this machine's letters happen to look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import hatch_build
from webinar_server.session.reactions import REACTIONS

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "static"
OURS = [
    path
    for kind in ("js", "css", "html", "json")
    for path in sorted(STATIC.rglob(f"*.{kind}"))
    if "vendor" not in path.parts
]
NOTES = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
GLYPH = re.compile(r"[\u2190-\u2317\u2319-\u2bff\ufe0f\U0001f000-\U0001fbff\u00d7]")
"""Arrows, signs and emoji; not ⌘, which is how that key is called."""


def glyphs(text: str) -> list[str]:
    return GLYPH.findall(NOTES.sub("", text))


def test_what_looks_like_a_picture_is_found() -> None:
    assert [glyphs(f"<b>{sign}</b>") for sign in "👍✋▲×✓⚙↗⠿🇳"] == [[sign] for sign in "👍✋▲×✓⚙↗⠿🇳"]
    assert glyphs("a → b\n".replace("a", "// a")) == glyphs("/* ──▶ */ Reconnecting… ⌘ ·") == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_no_letter_stands_for_a_picture(path: Path) -> None:
    assert glyphs(path.read_text()) == []


def test_the_icons_that_come_along_are_those_that_are_used() -> None:
    scripts = "".join(path.read_text() for path in OURS if path.suffix == ".js")
    imports = re.findall(r'import \{([^}]*)\} from "[./]+vendor/icons\.js"', scripts)
    used = {name.split()[0] for names in imports for name in names.split(",") if name.strip()}
    there = re.findall(r"export const (\w+) =", (STATIC / "vendor/icons.js").read_text())
    assert sorted(used) == sorted(there) == sorted(hatch_build._camel(name) for name in hatch_build.ICONS)


def test_every_reaction_has_its_picture() -> None:
    there = re.findall(r"export const (\w+) =", (STATIC / "vendor/reactions.js").read_text())
    assert set(there) == set(REACTIONS)


def test_an_archive_other_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    wrong = hatch_build.FLAGS._replace(sha512=hatch_build.LIT.sha512)
    with pytest.raises(SystemExit, match="is not the archive this project pinned"):
        hatch_build.pack(wrong, str(tmp_path))
