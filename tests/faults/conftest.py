"""Valkeys, sites and trials; all of it is gone when a test ends, however it ends."""

from __future__ import annotations

import os
import pathlib
import random
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
import uvloop

from tests.faults.site import Site
from tests.faults.trial import Row, Trial, table
from tests.valkey import Valkey
from tests.valkey_cluster import ValkeyCluster, ValkeySentinel

ROWS: list[Row] = []


def pytest_asyncio_loop_factories(config: Any, item: Any) -> Mapping[str, Callable[[], Any]]:
    # three hundred clients in one process need the fast one
    return {"uvloop": uvloop.new_event_loop}


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if ROWS:
        terminalreporter.section("what was broken, and what became of it")
        for line in table(ROWS):
            terminalreporter.write_line(line)


@pytest.fixture
def seed() -> int:
    """Of this run; `FAULTS_SEED` repeats one."""
    given = os.environ.get("FAULTS_SEED")
    return int(given) if given else random.SystemRandom().randrange(1_000_000)


@pytest.fixture
def valkey(tmp_path: pathlib.Path) -> Iterator[Valkey]:
    """One that keeps every acknowledged write: an append-only file, synced each time."""
    valkey = Valkey(tmp_path / "valkey")
    yield valkey.start()
    valkey.kill()


@pytest.fixture
def cluster(tmp_path: pathlib.Path) -> Iterator[ValkeyCluster]:
    cluster = ValkeyCluster(tmp_path / "cluster")
    yield cluster.start()
    cluster.kill()


@pytest.fixture
def sentinel(tmp_path: pathlib.Path) -> Iterator[ValkeySentinel]:
    sentinel = ValkeySentinel(tmp_path / "sentinel")
    yield sentinel.start()
    sentinel.kill()


@pytest.fixture
def open_site(tmp_path: pathlib.Path, valkey: Valkey) -> Iterator[Callable[..., Site]]:
    """Opens sites of two workers, which find Redis by these addresses if given."""
    sites: list[Site] = []

    def opened(redis: Sequence[str] = (), **more: str | None) -> Site:
        sites.append(Site(tmp_path, valkey, redis or [valkey.url] * 2, **more))
        return sites[-1].open()

    yield opened
    for site in sites:
        site.close()


@pytest.fixture
async def try_on(seed: int) -> AsyncIterator[Callable[[Site], Trial]]:
    """A trial on a site."""
    trials: list[Trial] = []

    def on(site: Site) -> Trial:
        trials.append(Trial(site, seed, ROWS))
        return trials[-1]

    yield on
    for trial in trials:
        await trial.close()


@pytest.fixture
def trial(open_site: Callable[..., Site], try_on: Callable[[Site], Trial]) -> Trial:
    """On two workers that find the Valkey themselves."""
    return try_on(open_site())
