"""Pages know records, and what an argument may hold, from the printed schema; rules refuse what is more."""

from __future__ import annotations

import re

import pytest

from scripts import limits, records
from tests.session.scene import scene

STATIC = limits.STATIC


def test_the_pages_have_the_limits_of_the_schema() -> None:
    for topic, file in limits.FILES.items():
        assert file.read_text() == limits.script(topic), "run scripts/limits.py"


def test_the_type_check_knows_the_records_of_the_schema() -> None:
    for topic, file in records.FILES.items():
        declared = records.script(topic)
        assert file.read_text() == declared, "run scripts/records.py"
        assert "unknown" not in declared and "any" not in declared.split()


def test_no_script_says_a_limit_by_itself() -> None:
    scripts = [
        path
        for path in STATIC.rglob("*.js")
        if "vendor" not in path.parts and path not in limits.FILES.values()
    ]
    typed = r"(?:LIMIT|TEXT_MAX|REASON_MAX|OPTION_MAX|OPTIONS_MAX|TITLE_MAX) = \d|maxlength=\W?\d"
    assert [path.name for path in scripts if re.search(typed, path.read_text())] == []
    assert re.search(typed, 'maxlength="200"') and re.search(typed, "const LIMIT = 500")


@pytest.mark.parametrize("command", ["say", "ask"])
def test_what_is_said_to_fit_is_taken_and_one_more_is_not(command: str) -> None:
    words = "ab " * 200
    most = limits.limits()[command]["text"]["maxLength"]
    scene().when("ada", command, text=words[: most - 1] + "c").then_done()
    code = {"say": "chat.too_long", "ask": "question.too_long"}[command]
    scene().when("ada", command, text=words[:most] + "c").then_refused(code)
