"""`make conformance`: how it reads the suite's judgements; what it says where that cannot run."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from scripts.conformance import ROOT, WANTED, failed, judge, table


def index(word: str, *cases: str, code: int | None = 1000) -> dict[str, dict[str, Any]]:
    return {case: {"behavior": word, "remoteCloseCode": code} for case in cases}


def test_only_what_is_no_bound_of_ours_fails() -> None:
    found = index("OK", "1.1.1", "9.1.1") | index("NON-STRICT", "6.4.3") | index("INFORMATIONAL", "7.1.6")
    assert (
        failed(judge(found | index("FAILED", "9.3.1", code=4400) | index("FAILED", "9.1.6", code=None))) == []
    )
    assert failed(judge(found | index("FAILED", "6.6.1") | index("UNCLEAN", "7.1.5"))) == ["6.6.1", "7.1.5"]


def test_a_bound_that_ends_with_another_code_than_ours_has_failed() -> None:
    assert failed(judge(index("FAILED", "9.3.1", code=1011))) == ["9.3.1"]


def test_the_table_has_a_line_for_each_section_and_names_what_failed() -> None:
    lines = list(table(judge(index("OK", "6.1.1", "6.1.2") | index("FAILED", "6.6.1"))))
    assert next(line for line in lines if line.startswith("6 ")).split() == ["6", "UTF-8", "2", "1", "3"]
    assert next(line for line in lines if line.startswith("all ")).split() == ["all", "2", "1", "3"]
    assert lines[-1] == "failed: 6.6.1"


def test_without_a_python_2_7_it_says_what_to_install() -> None:
    """This Python is another one."""
    done = subprocess.run(
        [sys.executable, "-m", "scripts.conformance"],
        env=os.environ | {"PYTHON2": sys.executable},
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert done.returncode == 2
    assert "install one" in done.stderr and "PYTHON2=" in done.stderr


def test_every_package_of_the_suite_is_pinned() -> None:
    lines = [line for line in WANTED.read_text().splitlines() if not line.startswith("#")]
    assert lines and all("==" in line for line in lines)
