"""The servers of tests/web, for the tests of this folder."""

from __future__ import annotations

from tests.web.conftest import pytest_asyncio_loop_factories, server, start

__all__ = ["pytest_asyncio_loop_factories", "server", "start"]
