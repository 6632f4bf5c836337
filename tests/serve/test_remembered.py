"""Links printed while no server runs: where the last one was, and a note that says so."""

from __future__ import annotations

import pathlib

import pytest

from tests.web.process import Serving, prints, run

PERSON = ("--session", "s1", "--role", "host", "--name", "Grace")
PUBLIC = "https://live.example.org"


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "data"


def linked(data: pathlib.Path, *options: str) -> tuple[str, str]:
    """Where a link leads, and what is noted."""
    ended = run("link", *PERSON, "--data", data, *options)
    assert ended.returncode == 0
    notes = [line for line in ended.stderr.splitlines() if "no server" in line]
    return ended.stdout.partition("/host/")[0], "".join(notes)


def test_before_any_server_the_address_is_assumed_and_said(data: pathlib.Path) -> None:
    prints("session", "add", "s1", "--title", "T", "--data", data)
    where, note = linked(data)
    assert where == "http://127.0.0.1:8000"
    assert where in note and "assumed" in note and "--url" in note
    assert linked(data, "--url", PUBLIC) == (PUBLIC, "")


def test_after_a_server_its_address_is_remembered_also_through_other_commands(data: pathlib.Path) -> None:
    for options, address in ((("--public-url", PUBLIC), PUBLIC), ((), None)):
        serving = Serving(data, *options).start()
        expected = address or serving.url
        assert linked(data) == (expected, "")
        serving.kill()
        prints("session", "add", f"s{len(options)}", "--title", "T", "--data", data)
        where, note = linked(data)
        assert where == expected and "where it was last" in note
