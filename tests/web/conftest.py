"""Servers for the tests of this folder. Whatever a test sends, the server may not log a fault of its own."""

from __future__ import annotations

import logging
import pathlib
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest
import uvloop

from tests.web.server import UNPACED, LiveServer
from webinar_server.settings import Settings

Starter = Callable[..., Any]


def pytest_asyncio_loop_factories(config: Any, item: Any) -> Mapping[str, Callable[[], Any]]:
    # the loop the server runs on
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def start(tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Starter]:
    """Starts servers with settings of the test's own."""
    servers: list[LiveServer] = []

    async def started(
        settings: Settings = UNPACED, public_url: str | None = None, proxies: tuple[str, ...] = ()
    ) -> LiveServer:
        folder = tmp_path / str(len(servers))
        folder.mkdir()
        servers.append(await LiveServer(folder, settings, public_url, proxies).start())
        return servers[-1]

    yield started
    for server in servers:
        await server.finish()
    faults = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert faults == []


@pytest.fixture
async def server(start: Starter) -> LiveServer:
    """A running server with an open session `s1`, without pace."""
    return await start()  # type: ignore[no-any-return]
