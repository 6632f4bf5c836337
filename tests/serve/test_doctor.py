"""Doctor: what it says of a good set-up and of each bad one, on real folders, servers and proxies."""

from __future__ import annotations

import os
import pathlib
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.ports import free_port
from tests.valkey import Valkey
from tests.web.process import Serving, prints, run
from webinar_server.serve.doctor import (
    FILES_FAIL,
    FILES_WARN,
    judge_open_files,
    judge_secret,
    look_at_address,
    look_at_secret,
)

GOOD_SECRET = "mV3kq8yT0cR5wZ1nB7xJ4hL9sD2gF6pA-uEoIaYb"


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "data"


@pytest.fixture
def serving(data: pathlib.Path) -> Iterator[Serving]:
    serving = Serving(data, WEBINAR_SECRET=GOOD_SECRET).start()
    yield serving
    serving.kill()


@contextmanager
def proxy(upstream: str) -> Iterator[str]:
    """A proxy as they often are: it passes pages, and knows nothing of upgrades."""

    class Passing(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            request = urllib.request.Request(upstream + self.path, headers={"Host": self.headers["Host"]})
            try:
                answer = urllib.request.urlopen(request, timeout=30)
            except urllib.error.HTTPError as error:
                answer = error
            body = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Passing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def worst(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("OK")]


# the whole


def test_a_good_set_up_is_all_ok(serving: Serving) -> None:
    options = ("--data", serving.data, "--public-url", serving.url)
    lines = prints("doctor", *options, WEBINAR_SECRET=GOOD_SECRET)
    assert worst(lines) == []
    for about in ("python", "clock", "open files", "secret", "data folder", "log", "disk", "public URL"):
        assert any(line.startswith(f"OK    {about}: ") for line in lines), about
    assert f"upgrades reach the server at {serving.url}/live" in lines[-2]
    assert "events come through as they are sent" in lines[-1]


def test_a_failure_is_exit_code_one_and_changes_nothing(data: pathlib.Path) -> None:
    ended = run("doctor", "--data", data, WEBINAR_SECRET="short")
    assert ended.returncode == 1 and ended.stderr == ""
    assert [line.split(":")[0] for line in worst(ended.stdout.splitlines())] == ["FAIL  secret"]
    assert not data.exists()


def test_a_redis_is_looked_at_in_place_of_a_folder(tmp_path: pathlib.Path) -> None:
    valkey = Valkey(tmp_path / "valkey", "--appendonly", "yes", "--appendfsync", "everysec").start()
    try:
        ended = run("doctor", "--redis", valkey.url, "--data", tmp_path, WEBINAR_SECRET=GOOD_SECRET)
        lines = ended.stdout.splitlines()
        assert ended.returncode == 0 and not any("data folder" in line for line in lines)
        assert len(worst(lines)) == 1 and worst(lines)[0].startswith("WARN  redis: appendfsync is everysec")
    finally:
        valkey.kill()
    ended = run("doctor", "--redis", valkey.url, "--data", tmp_path, WEBINAR_SECRET=GOOD_SECRET)
    assert ended.returncode == 1 and "FAIL  redis: Redis cannot be reached" in ended.stdout


# the public address


def test_a_proxy_that_eats_upgrades_is_told_from_one_that_cannot_reach_us(serving: Serving) -> None:
    with proxy(serving.url) as site:
        ready, _, socket, _ = look_at_address(site)
        assert ready.level == "OK"
        assert socket.level == "FAIL" and "answers 404: the proxy eats the upgrade" in socket.text
    serving.stop()
    (gone,) = look_at_address(serving.url)
    assert gone.level == "FAIL" and "does not answer" in gone.text


def test_another_site_than_the_server_knows_is_told_how_to_say_so(data: pathlib.Path) -> None:
    serving = Serving(data, "--public-url", "https://live.example.org", WEBINAR_SECRET=GOOD_SECRET).start()
    try:
        here = f"http://127.0.0.1:{_port(serving)}"
        _, _, socket, _ = look_at_address(here)
        assert socket.level == "FAIL" and f"start it with --public-url {here}" in socket.text
    finally:
        serving.kill()


def test_somebody_elses_site_is_not_taken_for_ours() -> None:
    with proxy(f"http://127.0.0.1:{free_port()}") as site:
        (finding,) = look_at_address(site)
        assert finding.level == "FAIL"
    (nonsense,) = look_at_address("live.example.org")
    assert nonsense.level == "FAIL" and "is no address of a site" in nonsense.text


def _port(serving: Serving) -> str:
    """Where it listens, which a server with a public address does not print."""
    from webinar_server.log.sqlite.lock import holder

    return str((holder(serving.data) or {})["url"]).rpartition(":")[2]


# one by one


def test_a_secret_is_long_is_nobody_elses_and_is_for_its_owner_alone(
    data: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WEBINAR_SECRET", raising=False)
    assert judge_secret(GOOD_SECRET, "it").level == "OK"
    for sample in ("tooshort", "change-me-please-change-me-please-1", "ab" * 20, "correct horse battery" * 3):
        finding = judge_secret(sample, "it")
        assert finding.level == "FAIL" and sample not in finding.text
    data.mkdir()
    assert [finding.level for finding in look_at_secret(data, shared=False)] == ["OK"]
    (none,) = look_at_secret(data, shared=True)
    assert none.level == "WARN" and "same WEBINAR_SECRET" in none.text
    monkeypatch.setenv("WEBINAR_SECRET_OLD", "short")
    assert [finding.level for finding in look_at_secret(data, shared=False)] == ["OK", "FAIL"]
    monkeypatch.delenv("WEBINAR_SECRET_OLD")
    (data / "secret").write_text(GOOD_SECRET)
    os.chmod(data / "secret", 0o640)
    assert [finding.level for finding in look_at_secret(data, shared=False)] == ["OK", "FAIL"]
    os.chmod(data / "secret", 0o600)
    assert [finding.level for finding in look_at_secret(data, shared=False)] == ["OK"]


def test_the_secret_that_the_server_makes_is_good(data: pathlib.Path) -> None:
    prints("session", "add", "s1", "--title", "Ports", "--data", data, WEBINAR_SECRET=None)
    lines = prints("doctor", "--data", data, WEBINAR_SECRET=None)
    assert worst(lines) == []


def test_open_files_must_do_for_a_session_and_should_do_for_several() -> None:
    limits = {FILES_FAIL - 1: "FAIL", FILES_FAIL: "WARN", FILES_WARN - 1: "WARN", FILES_WARN: "OK", -1: "OK"}
    assert {limit: judge_open_files(limit).level for limit in limits} == limits
    assert "ulimit -n" in judge_open_files(1024).text


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_says_once_at_the_start_what_of_its_redis_is_not_as_it_should_be(
    tmp_path: pathlib.Path, workers: str
) -> None:
    valkey = Valkey(tmp_path / "valkey", "--appendonly", "yes", "--appendfsync", "everysec").start()
    serving = Serving(tmp_path / "data", "--redis", valkey.url, "--workers", workers).start()
    try:
        assert serving._process is not None and serving._process.stderr is not None
        line = serving._process.stderr.readline()
        assert line.startswith("webinar-server: redis: appendfsync is everysec, so a power cut may lose")
        code, said = serving.stop()
        assert (code, said.count("appendfsync")) == (0, 0)
    finally:
        serving.kill()
        valkey.kill()
