"""For all tests: none is quiet about what another said, in which order several processes take files, and
which are looked at twice."""

from __future__ import annotations

import gc
from collections import defaultdict
from itertools import chain, zip_longest
from pathlib import Path

import pytest
from httpx._config import DEFAULT_TIMEOUT_CONFIG
from pytest_rerunfailures import suspended_finalizers

from webinar_server.seldom import seldom

LONG = ("load", "sim", "faults", "browser", "serve")
"""Folders whose files calculate much, wait for much or start much."""

SEEN_TWICE = (
    "browser", "engines", "faults", "serve", "load", "demo",
    "web", "live", "log", "board", "post", "mission", "client",
)  # fmt: skip
"""Folders whose tests are tried once more where they fail: of some thousand looks at screens and processes
on a machine that others share, one comes too early. Each is told at the end, and mended."""

PATIENCE = 60.0
"""Seconds that a client of a test waits for an answer, where it says nothing of its own: five are not enough
for the last of three hundred who ask at once of a slow machine."""

for part in ("connect", "read", "write", "pool"):
    setattr(DEFAULT_TIMEOUT_CONFIG, part, PATIENCE)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A second try has all of its own, also what a module shares: the first may have left it halfway."""
    if getattr(item, "execution_count", 1) > 1:
        # those who try again keep what is shared out of its reach
        item.session._setupstate.stack.update(suspended_finalizers)
        suspended_finalizers.clear()
        item.session._setupstate.teardown_exact(None)


@pytest.fixture(autouse=True)
def nothing_said_yet() -> None:
    seldom.forget()


def pytest_collection_finish() -> None:
    # thousands of tests are many objects, through which each collection would go again
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the first tries came to, also of those that passed at the second."""
    for first in terminalreporter.getreports("rerun"):
        terminalreporter.section(f"at the first try: {first.nodeid}", sep="-")
        terminalreporter.line(str(first.longrepr)[-4_000:])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Some are looked at twice. Long files come first, in each folder those with many tests: one begun last
    would be waited for by all. They come in turns, for two that wait need less than two that break something
    under load."""
    for item in items:
        if item.path.relative_to(Path(__file__).parent).parts[0] in SEEN_TWICE:
            item.add_marker(pytest.mark.flaky(reruns=1))
    if not hasattr(config, "workerinput"):
        return
    lanes: dict[str, dict[Path, list[pytest.Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        lanes[folder if folder in LONG else ""][item.path].append(item)
    longest = (sorted(lane.values(), key=len, reverse=True) for lane in lanes.values())
    turns = zip_longest(*longest, fillvalue=[])
    items[:] = chain.from_iterable(chain.from_iterable(turns))
