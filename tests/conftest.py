"""For all tests: none is quiet about what an earlier one said."""

from __future__ import annotations

import pytest

from webinar_server.seldom import seldom


@pytest.fixture(autouse=True)
def nothing_said_yet() -> None:
    seldom.forget()
