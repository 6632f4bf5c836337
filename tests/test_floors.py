"""The house itself: modules import downwards only, pure floors stay pure, and everything stays small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import pytest

from scripts import architecture
from tests.floors import FLOORS, PACKAGE, ROOMS, ROOT

PURE = ("state", "words", "session", "mission")
WORLD = {"asyncio", "datetime", "os", "pathlib", "random", "secrets", "socket", "threading", "time", "uuid"}
"""What a rule must not reach: the same history must come to the same state, always and everywhere."""

ONLY_IN = {
    "starlette": ("web", "serve"),
    "uvicorn": ("web", "serve"),
    "sqlite3": ("log",),
    "redis": ("log",),
    "websockets": ("web", "serve", "client"),
    "aiosmtplib": ("post",),
}

CLOCKS = {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"}
IDS = {"uuid1", "uuid4"}
NOW = {"now", "utcnow", "today"}

MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
SCRIPTS = sorted(path for path in (ROOT / "static").rglob("*.js") if "vendor" not in path.parts)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def part(path: Path) -> str:
    """Which part of the package a module belongs to: the first word after `webinar_server`."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    """Dotted names of what a module imports, wherever it does."""
    return set(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


each_module = pytest.mark.parametrize("path", MODULES, ids=name)


@each_module
def test_imports_go_only_downwards(path: Path) -> None:
    assert part(path) in FLOORS, "give a new part of the package its floor"
    for imported in imports(path):
        package, _, rest = imported.partition(".")
        below = rest.partition(".")[0]
        if package == "webinar_server" and below in FLOORS:
            assert FLOORS[below] <= FLOORS[part(path)], f"{imported} is above {name(path)}"


def room(path: Path) -> str:
    """The room of a module; empty for what lies on its floor, or below."""
    return next((known for known in ROOMS if (PACKAGE / known) in path.parents), "")


def found(dotted: str) -> Path:
    """The module of an import: a module, or the one that holds the name."""
    path = ROOT / Path(*dotted.split("."))
    return next(
        (
            known
            for known in (path.with_suffix(".py"), path / "__init__.py", path.parent.with_suffix(".py"))
            if known.exists()
        ),
        path.parent / "__init__.py",
    )


def knows_rooms(path: Path) -> bool:
    return any(room(found(dotted)) for dotted in imports(path) if dotted.startswith("webinar_server."))


@each_module
def test_a_room_knows_only_those_it_is_meant_to(path: Path) -> None:
    here = room(path)
    for dotted in imports(path):
        there = found(dotted)
        if here and dotted.startswith("webinar_server.") and part(there) == part(path):
            if room(there):
                assert room(there) in {here, *ROOMS[here]}, f"{name(path)} imports {dotted}"
            else:
                assert not knows_rooms(there), f"{name(path)} imports {dotted}, which knows rooms"


NOUNS = ("session", "mission")
KNOW_NO_NOUN = ("state", "words", "log", "live", "web/socket", "serve")
"""What serves any kind of topic: it asks `topics.py` what there is."""

ERRANDS = {"webinar_server/serve/sessions.py", "webinar_server/serve/missions.py"}
"""What somebody at a terminal asks of one kind."""


@each_module
def test_the_ground_and_what_lives_on_it_know_no_kind_of_topic(path: Path) -> None:
    if name(path) not in ERRANDS and any((PACKAGE / place) in path.parents for place in KNOW_NO_NOUN):
        known = {
            dotted for dotted in imports(path) if dotted.split(".")[1:2] and dotted.split(".")[1] in NOUNS
        }
        assert not known, f"{name(path)} imports {known}"


@each_module
def test_no_kind_of_topic_knows_another(path: Path) -> None:
    if part(path) in NOUNS:
        others = set(NOUNS) - {part(path)}
        known = {dotted for dotted in imports(path) if set(dotted.split(".")[1:2]) & others}
        assert not known, f"{name(path)} imports {known}"


@each_module
def test_a_topic_is_named_by_its_kind_alone(path: Path) -> None:
    """`SESSION.topic(id)` says it, in one place."""
    words = tuple(f"{noun}/" for noun in NOUNS)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not node.value.startswith(words), f"{node.value!r} on line {node.lineno}"


@each_module
def test_rules_reach_no_clock_chance_or_world(path: Path) -> None:
    if part(path) in PURE:
        reached = {imported.partition(".")[0] for imported in imports(path)}
        assert not reached & WORLD
        assert "webinar_server.clock" not in {".".join(found.split(".")[:2]) for found in imports(path)}
        assert not [node for node in ast.walk(tree(path)) if isinstance(node, ast.AsyncFunctionDef)]


CARRY = ("bot", "connection")
"""What brings the frames of a client from here to there."""


@each_module
def test_the_client_knows_no_server_and_nothing_of_it_but_what_carries_frames_knows_the_world(
    path: Path,
) -> None:
    if part(path) == "client":
        known = {dotted for dotted in imports(path) if dotted.startswith("webinar_server.")}
        assert not {dotted for dotted in known if not dotted.startswith("webinar_server.client.")}
        reached = {imported.partition(".")[0] for imported in imports(path)}
        assert path.stem in CARRY or not reached & (WORLD | {"websockets"})


@each_module
def test_each_library_has_its_floor(path: Path) -> None:
    for imported in imports(path):
        homes = ONLY_IN.get(imported.partition(".")[0])
        assert homes is None or part(path) in homes, f"{imported} belongs in {homes}"


@each_module
def test_time_and_ids_come_from_the_clock(path: Path) -> None:
    if part(path) == "clock":
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            told = (node.value.id, node.attr)
            assert not (told[0] == "time" and told[1] in CLOCKS), f"{told} on line {node.lineno}"
            assert not (told[0] == "uuid" and told[1] in IDS), f"{told} on line {node.lineno}"
            assert not (told[0] in ("datetime", "date") and told[1] in NOW), f"{told} on line {node.lineno}"
    taken = {f"time.{clock}" for clock in CLOCKS} | {f"uuid.{id}" for id in IDS}
    assert not taken & imports(path)


@each_module
def test_no_error_is_made_once_and_raised_again(path: Path) -> None:
    """It would keep the frames of every time before, and all they hold: a leak for whoever causes it."""
    for node in tree(path).body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        made = ast.unparse(value.func) if isinstance(value, ast.Call) else ""
        assert not made.endswith(("Refusal", "Error", "Exception", "Unanswered")), f"line {node.lineno}"


# size


def functions(paths: list[Path]) -> dict[str, int]:
    """The lines of each function, without its docstring."""
    return {
        f"{name(path)}:{node.lineno} {node.name}": _lines(node)
        for path in paths
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    docstring = first if ast.get_docstring(node, clean=False) is not None else None
    assert node.end_lineno is not None
    said = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
    return node.end_lineno - node.lineno + 1 - said


def test_functions_are_small() -> None:
    sizes = functions(MODULES)
    assert median(sizes.values()) <= 6
    assert quantiles(sizes.values(), n=10)[-1] <= 20
    assert {where: size for where, size in (sizes | functions(TESTS)).items() if size > 50} == {}


@pytest.mark.parametrize(("paths", "most"), [(MODULES, 250), (SCRIPTS, 250), (TESTS, 400)])
def test_files_are_short(paths: list[Path], most: int) -> None:
    sizes = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {path: size for path, size in sizes.items() if size > most} == {}


@pytest.mark.parametrize("path", MODULES + TESTS, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    if path.read_text(encoding="utf-8").strip():
        assert ast.get_docstring(tree(path)), "a module begins with what it is for"


def test_the_picture_of_the_house_is_of_this_house() -> None:
    drawn = ROOT / "docs" / "pictures" / "architecture.svg"
    assert drawn.read_text(encoding="utf-8") == architecture.draw(), "make architecture"
