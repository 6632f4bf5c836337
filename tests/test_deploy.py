"""Image and compose file: no engine builds them here, so each promise they make is looked at, and what can
run without an engine does: Valkey with its settings, the health check, the server's arguments."""

from __future__ import annotations

import os
import pathlib
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.ports import free_port
from tests.test_wheel import ROOT
from tests.valkey import binary
from tests.web.process import Serving, run
from webinar_server import metrics
from webinar_server.log.inspect import look_at_redis
from webinar_server.log.redis.engine import RedisLog
from webinar_server.session.programme import OpenSession
from webinar_server.settings import Settings
from webinar_server.state import START, Entry, seal

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
PASSWORD = "a-password-of-the-tests"


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, continued lines joined, without comments."""
    text = (ROOT / "Dockerfile").read_text()
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [
        (word, rest.strip())
        for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line)
    ]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    begin = max(number for number, (word, _) in enumerate(found) if word == "FROM")
    return found[begin:]


def only(word: str) -> str:
    (rest,) = [rest for name, rest in last_stage() if name == word]
    return rest


# the image


def test_every_base_is_pinned_to_a_version() -> None:
    given = dict(rest.split("=", 1) for word, rest in instructions() if word == "ARG")
    bases = [rest.split()[0] for word, rest in instructions() if word == "FROM"]
    assert len(bases) == 3
    for base in bases:
        _, _, tag = given[base.strip("${}")].partition(":")
        assert tag[:1].isdigit(), f"{base} moves under our feet"


def test_the_image_runs_as_nobody_special_with_a_fixed_number() -> None:
    user, group = only("USER").split(":")
    assert user == group == "10001"
    assert f"--uid {user}" in only("RUN")


def test_the_image_brings_no_compiler_and_fetches_nothing_unchecked() -> None:
    words = " ".join(f"{word} {rest}" for word, rest in last_stage())
    for unwanted in ("apt-get", "gcc", "npm", "pip ", "ADD ", "curl", "wget"):
        assert unwanted not in words
    assert not [rest for word, rest in instructions() if word == "ADD"]
    assert any("--only-binary=:all: --require-hashes" in rest for _, rest in instructions())


def test_the_image_stops_as_the_server_does_and_keeps_its_data_apart() -> None:
    assert (only("STOPSIGNAL"), only("EXPOSE"), only("VOLUME")) == ("SIGTERM", "8000", "/data")
    assert "WEBINAR_DATA=/data" in only("ENV")


def test_what_the_build_copies_is_there_and_all_the_wheel_needs() -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert all((ROOT / path).exists() for path in kept)
    project = (ROOT / "pyproject.toml").read_text()
    needed = {
        "webinar_server",
        "static",
        "hatch_build.py",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "LICENSE-UNICODE",
    }
    assert (
        needed <= set(kept)
        and 'readme = "README.md"' in project
        and '["LICENSE", "LICENSE-UNICODE"]' in project
    )


def test_the_health_check_passes_while_a_server_is_ready_and_fails_after(tmp_path: pathlib.Path) -> None:
    _, _, command = only("HEALTHCHECK").partition("CMD ")
    _, option, code = yaml.safe_load(command)
    serving = Serving(tmp_path / "data").start()
    try:
        here = code.replace("8000", serving.url.rpartition(":")[2])
        assert here != code
        assert subprocess.run([sys.executable, option, here], timeout=60).returncode == 0
        serving.stop()
        assert subprocess.run([sys.executable, option, here], timeout=60, capture_output=True).returncode
    finally:
        serving.kill()


def test_the_server_knows_every_word_it_is_started_with() -> None:
    known = run("serve", "--help").stdout
    started = yaml.safe_load(only("CMD")), SERVICES["server"]["command"]
    assert {command[0] for command in started} == {"serve"}
    for option in [word for command in started for word in command if word.startswith("--")]:
        assert f"{option} " in known
    for name in SERVICES["server"]["environment"]:
        assert any(name in path.read_text() for path in (ROOT / "webinar_server").rglob("*.py")), name


# the services


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]
    assert COMPOSE["networks"]["inner"]["internal"] and COMPOSE["networks"]["metrics"]["internal"]
    inner = {name for name, service in SERVICES.items() if "inner" in service["networks"]}
    assert inner == {"server", "valkey"} and SERVICES["valkey"]["networks"] == ["inner"]


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_has_little_to_break_and_comes_back(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    tag = service["image"].rpartition(":")[2]
    assert tag[0].isdigit(), f"{name} is not pinned"
    assert set(service.get("networks", ())) <= set(COMPOSE["networks"])


def test_the_server_has_time_to_send_people_away() -> None:
    patience = int(SERVICES["server"]["stop_grace_period"].removesuffix("s"))
    drain = getattr(Settings(), "drain", 10.0)
    assert patience > drain + 10 + 5, "the drain, a worker's mercy after it, and uvicorn's own"
    assert int(SERVICES["caddy"]["stop_grace_period"].removesuffix("s")) >= patience


def test_passwords_stand_in_no_file_and_no_argument() -> None:
    text = (ROOT / "compose.yaml").read_text()
    assert "${VALKEY_PASSWORD:?" in text
    assert "PASSWORD" not in " ".join(SERVICES["server"]["command"])
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_proxy_is_the_one_the_compose_file_mounts() -> None:
    assert "./Caddyfile:/etc/caddy/Caddyfile:ro" in SERVICES["caddy"]["volumes"]
    text = (ROOT / "Caddyfile").read_text()
    assert "reverse_proxy server:8000" in text and "{$WEBINAR_SITE}" in text
    assert text.count("{") == text.count("}")


def test_every_metric_is_explained_to_who_operates_it() -> None:
    text = (ROOT / "docs" / "operating.md").read_text()
    names = {family.name: family.type for family in metrics.REGISTRY.collect() if "webinar" in family.name}
    ending = {"counter": "_total", "info": "_info"}
    assert [name for name, kind in names.items() if f"`{name}{ending.get(kind, '')}`" not in text] == []
    for kind in ("news", "subscribe", "probe", "head"):
        assert f"`{kind}`" in text


# Valkey, as the compose file starts it


@pytest.fixture
def valkey(tmp_path: pathlib.Path) -> Iterator[int]:
    """The port of a Valkey started by the compose file's own command, in a folder instead of a container."""
    port = free_port()
    shell, option, script = SERVICES["valkey"]["command"]
    here = f"<<END\nport {port}\nbind 127.0.0.1"
    script = script.replace("$$", "$").replace("<<END", here).replace("valkey-server", shlex.quote(binary()))
    process = subprocess.Popen(
        [shell, option, script], cwd=tmp_path, env={**os.environ, "VALKEY_PASSWORD": PASSWORD}
    )
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline
            time.sleep(0.02)
    yield port
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0, "it is the process itself that hears the signal, not a shell"


def asked(port: int, line: str) -> str:
    """The last line that is answered."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(line.encode() + b"\r\nQUIT\r\n")
        answers = connection.makefile("r", newline="").read().split("\r\n")
    return answers[line.count("\r\n")]


async def test_the_log_works_with_the_rights_the_compose_file_gives(valkey: int) -> None:
    url = f"redis://webinar:{PASSWORD}@127.0.0.1:{valkey}"
    assert {finding.level for finding in await look_at_redis(url)} == {"OK"}
    log = RedisLog(url)
    await log.open()
    entry = Entry(seq=1, at=1, by="h", command=OpenSession.NAME, ref="", result={}, changes=())
    assert await log.append("session/s1", START, [seal(START, entry)]) is None
    assert await log.topics() == ["session/s1"] and len(await log.read("session/s1", 0)) == 1
    assert await log.remember("first:h", "session/s1") == "session/s1"
    assert await log.renew("w1", 6) == {"w1"}
    await log.react("session/s1", {"clap": 1})
    await log.check()
    await log.close()


async def test_who_does_not_log_in_can_only_ask_whether_valkey_lives(valkey: int) -> None:
    assert asked(valkey, "PING") == "+PONG"
    for line in ("GET wb:version", "PUBLISH wb:x y", "FLUSHALL", "CONFIG GET *"):
        assert asked(valkey, line).startswith("-NOPERM")
    login = f"AUTH webinar {PASSWORD}\r\n"
    for line in ("FLUSHALL", "CONFIG SET maxmemory 1", "GET other", "SHUTDOWN", "KEYS *", "ACL LIST"):
        assert asked(valkey, login + line).startswith("-NOPERM"), line
