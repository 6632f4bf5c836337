"""The load tests keep the house rules, and only what locust loads touches gevent (it patches its process)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from tests.test_floors import functions, imports, name

ROOT = Path(__file__).parents[2]
FOLDERS = ("loadtests", "loadtests/attackers", "loadtests/casts", "loadtests/scenes")
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.py"))
UNDER_GEVENT = {"link", "locustfile", "user", "wire"}


def test_functions_and_files_are_small() -> None:
    sizes = functions(MODULES)
    assert median(sizes.values()) <= 6
    assert max(sizes.values()) <= 50
    assert {name(path): 250 for path in MODULES if len(path.read_text().splitlines()) > 250} == {}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_casts_scenes_and_the_runner_import_nothing_of_what_locust_loads(path: Path) -> None:
    if path.stem in UNDER_GEVENT and path.parent.name == "loadtests":
        return
    forbidden = {"gevent", "locust", *(f"loadtests.{module}" for module in UNDER_GEVENT)}
    reached = {".".join(found.split(".")[:2]) for found in imports(path)}
    assert not {found for found in reached if found in forbidden or found.split(".")[0] in forbidden}


def test_the_runner_starts_without_gevent() -> None:
    look = "import sys, loadtests.run; print([m for m in ('gevent', 'locust') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr
