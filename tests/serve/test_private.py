"""What a server keeps is its owner's alone, whatever the umask, and whatever it was before."""

from __future__ import annotations

import os
import pathlib
import stat
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.valkey import Valkey
from tests.web.process import Serving, prints, run
from webinar_server.errors import StorageError
from webinar_server.log import private
from webinar_server.log.inspect import look_at_private_files
from webinar_server.web.who.secret import load_secrets


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """What is started here starts with it."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: pathlib.Path) -> dict[str, str]:
    """Of a folder, called by a dot, and of all that is in it."""
    return {
        str(path.relative_to(folder)): oct(stat.S_IMODE(path.lstat().st_mode))
        for path in (folder, *folder.rglob("*"))
    }


def private_modes(*names: str) -> dict[str, str]:
    return {".": "0o700", **{name: "0o600" for name in names}}


FILES = ("lock", "log.db", "log.db-shm", "log.db-wal", "secret")


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o277])
def test_a_folder_made_under_any_umask_is_private_with_all_that_is_in_it(
    tmp_path: pathlib.Path, mask: int
) -> None:
    data = tmp_path / "data"
    with umask(mask):
        serving = Serving(data, WEBINAR_SECRET=None).start()
    try:
        assert modes(data) == private_modes(*FILES)
        said = run("doctor", "--data", data, WEBINAR_SECRET=None).stdout
        assert f"OK    private files: {data} is its owner's alone" in said
    finally:
        serving.kill()


def test_beside_a_redis_the_secret_and_the_lock_are_private(tmp_path: pathlib.Path) -> None:
    valkey = Valkey(tmp_path / "valkey").start()
    data = tmp_path / "data"
    try:
        with umask(0):
            serving = Serving(data, "--redis", valkey.url, WEBINAR_SECRET=None).start()
        assert modes(data) == private_modes("lock", "secret")
        serving.kill()
    finally:
        valkey.stop()


def widened(folder: pathlib.Path) -> None:
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)


def test_what_an_older_version_left_open_is_told_and_narrowed_at_the_next_start(
    tmp_path: pathlib.Path,
) -> None:
    data = tmp_path / "data"
    environment = {"WEBINAR_SECRET": None}
    first = Serving(data, **environment).start()
    first.kill()  # so that -wal and -shm stay
    widened(data)
    said = run("doctor", "--data", data, **environment).stdout
    assert f"FAIL  private files: others on this machine can use {data}/log.db " in said
    assert f"chmod 600 {data}/log.db" in said
    second = Serving(data, **environment).start()
    try:
        assert modes(data) == private_modes(*FILES)
    finally:
        second.kill()


def test_a_folder_with_other_things_in_it_is_told_and_left_as_it_is(tmp_path: pathlib.Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    tmp_path.chmod(0o755)
    serving = Serving(tmp_path, WEBINAR_SECRET=None).start()
    try:
        found = modes(tmp_path)
        assert found.pop("letter.txt") == "0o644"
        assert found == {**private_modes(*FILES), ".": "0o755"}
        said = run("doctor", "--data", tmp_path, WEBINAR_SECRET=None).stdout
        assert f"WARN  private files: others on this machine can look into {tmp_path}" in said
    finally:
        serving.kill()


def test_a_planted_link_is_neither_followed_nor_narrowed(tmp_path: pathlib.Path) -> None:
    victim, data = tmp_path / "victim", tmp_path / "data"
    victim.write_text("mine")
    victim.chmod(0o644)
    private.make_folder(data)
    (data / "lock").symlink_to(victim)
    (data / "log.db-wal").symlink_to(victim)
    private.narrow(data)
    with pytest.raises(OSError):
        private.open_file(data / "lock", os.O_RDWR | os.O_CREAT)
    assert victim.read_text() == "mine" and stat.S_IMODE(victim.stat().st_mode) == 0o644


@pytest.mark.parametrize("mask", [0o000, 0o077])
def test_an_export_is_private_under_any_umask(tmp_path: pathlib.Path, mask: int) -> None:
    data, file = tmp_path / "data", tmp_path / "s1.jsonl"
    with umask(mask):
        prints("session", "add", "s1", "--title", "Ports", "--data", data)
        prints("export", "s1", "--output", file, "--data", data)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def given_away(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if another user owned it, who is not root."""
    if os.geteuid() == 0:
        os.chown(path, 65_534, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 65_534)


@pytest.mark.parametrize("name", ["secret", "secret-old"])
def test_a_secret_that_somebody_else_put_there_signs_nothing(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("WEBINAR_SECRET", raising=False)
    load_secrets(tmp_path)
    (tmp_path / name).write_text("found by nobody: " + "abcdefghijklmnopqrstuvwxyz")
    load_secrets(tmp_path)
    given_away(tmp_path / name, monkeypatch)
    with pytest.raises(StorageError, match="another user of this machine owns") as error:
        load_secrets(tmp_path)
    assert "nobody" not in str(error.value)


def test_the_doctor_says_whose_a_folder_is(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o700)
    assert [finding.level for finding in look_at_private_files(tmp_path)] == ["OK"]
    given_away(tmp_path, monkeypatch)
    (finding,) = look_at_private_files(tmp_path)
    assert finding.level == "WARN" and f"another user owns {tmp_path}," in finding.text
