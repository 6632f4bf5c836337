"""`session list` and `session show`: what a log has, beside a server and without, on both engines."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator

import pytest

from tests.valkey import Valkey
from tests.web.process import Serving, fails, prints

START = "2026-11-24T17:00+01:00"


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "data"


@pytest.fixture(params=["folder", "server", "redis"])
def where(request: pytest.FixtureRequest, data: pathlib.Path, tmp_path: pathlib.Path) -> Iterator[list[str]]:
    """The options that name a log, of each kind."""
    if request.param == "folder":
        yield ["--data", str(data)]
    elif request.param == "server":
        serving = Serving(data).start()
        yield ["--data", str(data)]
        serving.kill()
    else:
        valkey = Valkey(tmp_path / "valkey").start()
        yield ["--data", str(data), "--redis", valkey.url]
        valkey.stop()


def test_sessions_are_listed_and_shown(where: list[str]) -> None:
    prints("session", "add", "wind", "--title", "Wind at sea", *where)
    prints("session", "add", "charging", "--title", "Smart charging", "--starts", START, *where)
    head, charging, wind = prints("session", "list", *where)
    assert head.split() == ["session", "state", "starts", "here", "people", "questions", "title"]
    assert charging.startswith("charging  waiting  2026-11-24T") and charging.endswith("Smart charging")
    assert wind.split()[:2] == ["wind", "waiting"] and wind.endswith("Wind at sea")
    told = [json.loads(line) for line in prints("session", "list", "--json", *where)]
    assert [row["session"] for row in told] == ["charging", "wind"]
    assert (told[0]["starts_at"], told[1]["starts_at"]) == (1795536000000, None)
    shown = dict(line.split(None, 1) for line in prints("session", "show", "wind", *where))
    assert (shown["title"], shown["state"], shown["people"]) == ("Wind at sea", "waiting", "0")
    assert json.loads(prints("session", "show", "wind", "--json", *where)[0]) == told[1]


def test_what_is_not_there_is_one_line(data: pathlib.Path) -> None:
    assert "there is no log" in fails("session", "list", "--data", data)
    prints("session", "add", "wind", "--title", "Wind", "--data", data)
    assert "there is no session 'sun'; there are: wind" in fails("session", "show", "sun", "--data", data)


def test_an_empty_redis_has_none(data: pathlib.Path, tmp_path: pathlib.Path) -> None:
    valkey = Valkey(tmp_path / "valkey").start()
    try:
        (line,) = prints("session", "list", "--data", data, "--redis", valkey.url)
        assert "session add" in line
    finally:
        valkey.stop()
