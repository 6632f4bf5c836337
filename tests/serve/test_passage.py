"""Passage: what doctor says of proxies that block sockets, keep answers back or rename the host."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from tests.faults.barrier import Barrier, Manner
from tests.web.process import Serving
from webinar_server.serve import passage
from webinar_server.serve.passage import look_at_passage


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    serving = Serving(pathlib.Path(tmp_path_factory.mktemp("data"))).start()
    yield serving
    serving.kill()


def seen(serving: Serving, manner: Manner, kept: bool = False) -> list[tuple[str, str]]:
    barrier = Barrier(int(serving.url.rpartition(":")[2]), manner, kept).start()
    try:
        found = look_at_passage(f"http://127.0.0.1:{barrier.port}")
    finally:
        barrier.stop()
    return [(one.level, one.text) for one in found]


@pytest.mark.parametrize(
    ("manner", "level", "said"),
    [
        ("passes", "OK", "upgrades reach the server"),
        ("drops", "FAIL", "answers 404: the proxy eats the upgrade"),
        ("refuses", "FAIL", "answers upgrades with 403 itself"),
        ("resets", "FAIL", "breaks off"),
        ("waits", "FAIL", "never answers an upgrade"),
        ("silent", "FAIL", "takes sockets and passes none on"),
        ("renames", "FAIL", "the server does not take"),
    ],
)
def test_it_says_what_becomes_of_sockets(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, manner: Manner, level: str, said: str
) -> None:
    monkeypatch.setattr(passage, "PATIENCE", 2.0)
    (socket, stream) = seen(serving, manner)
    assert socket[0] == level and said in socket[1], socket
    if manner == "renames":
        assert stream[0] == "WARN" and "under the name inside.example:8080" in stream[1]
    else:
        assert stream[0] == "OK", stream


def test_it_says_that_answers_are_kept_back(serving: Serving) -> None:
    _, stream = seen(serving, "refuses", kept=True)
    assert stream[0] == "WARN" and "keeps answers until their end" in stream[1]


def test_it_says_that_nothing_is_left(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage, "PATIENCE", 0.5)
    found = look_at_passage("http://127.0.0.1:9")
    assert [one.level for one in found] == ["FAIL", "FAIL"] and "nothing is left" in found[1].text
