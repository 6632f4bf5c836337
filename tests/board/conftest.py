"""The table of topics with a row for the board, and all engines of the log."""

from collections.abc import Iterator

import pytest

from tests.board import BOARD
from tests.log.conftest import cluster, log, sentinel, server, sqlite
from webinar_server.topics import TOPICS

__all__ = ["cluster", "log", "sentinel", "server", "sqlite"]


@pytest.fixture(autouse=True)
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(TOPICS, BOARD.name, BOARD)
    yield
