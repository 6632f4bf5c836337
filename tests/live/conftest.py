"""Houses for the tests of this folder, and the servers of tests/web where real sockets matter."""

from __future__ import annotations

import pathlib
from collections.abc import AsyncIterator

import pytest

from tests.live.house import House
from tests.log.conftest import server as valkey
from tests.web.conftest import pytest_asyncio_loop_factories, server, start

__all__ = ["pytest_asyncio_loop_factories", "server", "start", "valkey"]


@pytest.fixture
async def house(tmp_path: pathlib.Path) -> AsyncIterator[House]:
    """A hub with one open session, its log in a folder of its own."""
    house = await House(tmp_path / "house").open()
    yield house
    await house.close()
