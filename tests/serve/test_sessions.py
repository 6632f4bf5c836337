"""The commands at a terminal, as processes: what they print, and the one line they fail with."""

from __future__ import annotations

import json
import pathlib
import re
import signal
import socket
from collections.abc import Iterator

import httpx
import pytest

from tests.web.client import Client
from tests.web.process import Serving, ended_quietly, fails, prints, run
from tests.web.server import SECRET
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.state import Sealed
from webinar_server.web.who.tokens import Signer


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "data"


@pytest.fixture
def serving(data: pathlib.Path) -> Iterator[Serving]:
    serving = Serving(data).start()
    yield serving
    serving.kill()


async def entries(data: pathlib.Path) -> list[Sealed]:
    """The log of a folder that no server holds."""
    log = SqliteLog(data)
    await log.open()
    found = [entry for topic in await log.topics() for entry in await log.read(topic, 0)]
    await log.close()
    return found


# tokens and links


def test_tokens_are_one_a_line_with_numbered_names(data: pathlib.Path) -> None:
    options = ("--session", "s1", "--role", "attendee", "--name", "Guest", "--organisation", "Tulip")
    lines = prints("token", *options, "--kind", "sme", "--country", "nl", "--count", "12", "--data", data)
    people = [Signer(SECRET).read_link(line) for line in lines]
    assert [person.name for person in people] == [f"Guest {number}" for number in range(1, 13)]
    assert len({person.id for person in people}) == 12
    assert {(p.organisation, p.kind, p.country, p.role, p.topic) for p in people} == {
        ("Tulip", "sme", "NL", "attendee", "session/s1")
    }


def test_one_token_has_the_name_as_given(data: pathlib.Path) -> None:
    (line,) = prints("token", "--session", "s1", "--role", "host", "--name", "Grace Hopper", "--data", data)
    person = Signer(SECRET).read_link(line)
    assert (person.name, person.role, person.entered) == ("Grace Hopper", "host", True)


@pytest.mark.parametrize(
    ("role", "page"), [("host", "host"), ("speaker", "session"), ("attendee", "session"), ("stage", "stage")]
)
def test_a_link_leads_to_the_page_of_the_role(data: pathlib.Path, role: str, page: str) -> None:
    options = ("--session", "s1", "--role", role, "--name", "X", "--data", data)
    (line,) = prints("link", *options, "--url", "https://live.example.org/")
    address, _, token = line.partition("#")
    assert address == f"https://live.example.org/{page}/s1"
    assert Signer(SECRET).read_link(token).role == role


@pytest.mark.parametrize("command", [("session", "add", "s1", "--title", "T"), ("serve", "--port", "x")])
def test_without_redis_no_client_for_it_is_loaded(data: pathlib.Path, command: tuple[str, ...]) -> None:
    loaded = run(*command, "--data", data, PYTHONPROFILEIMPORTTIME="1").stderr
    assert "webinar_server.cli.archive" in loaded and "redis.client" not in loaded


@pytest.mark.parametrize("command", ["token", "link"])
def test_of_a_session_that_is_not_there_it_is_told(data: pathlib.Path, command: str) -> None:
    person = ("--role", "attendee", "--name", "Ada", "--data", data)
    for where in ("no folder", "a folder without it"):
        ended = run(command, "--session", "nope", *person)
        assert ended.returncode == 0 and len(ended.stdout.splitlines()) == 1, "it may be made later"
        assert ended.stderr.startswith("note: there is no session 'nope'")
        assert "session add" in ended.stderr
        if where == "no folder":
            prints("session", "add", "s1", "--title", "T", "--data", data)
    assert "no session" not in run(command, "--session", "s1", *person).stderr


def test_of_a_session_on_a_running_server_it_is_told_too(serving: Serving) -> None:
    person = ("--role", "attendee", "--name", "Ada", "--data", serving.data)
    prints("session", "add", "s1", "--title", "T", "--data", serving.data)
    assert run("token", "--session", "s1", *person).stderr == ""
    assert "no session 's2'" in run("token", "--session", "s2", *person).stderr


def test_words_that_cannot_be_kept_are_one_line(data: pathlib.Path) -> None:
    options = ("token", "--session", "s1", "--role", "attendee", "--data", data)
    assert "please write something" in fails(*options, "--name", "  ")
    assert "64 characters" in fails(*options, "--name", "x" * 65)
    assert "two letters" in fails(*options, "--name", "Ada", "--country", "Holland")


@pytest.mark.parametrize("command", ["token", "link"])
def test_an_attendee_is_not_made_with_a_name_of_the_house(data: pathlib.Path, command: str) -> None:
    options = ("--session", "s1", "--name", "Host", "--data", data)
    assert "use your own name" in fails(command, "--role", "attendee", *options)
    assert len(prints(command, "--role", "host", *options)) == 1
    named = ("--role", "attendee", "--session", "s1", "--name", "Ben", "--organisation", "Organiser")
    assert "organisation" in fails(command, *named, "--data", data)


def test_a_misspelt_command_exits_with_two(data: pathlib.Path) -> None:
    for arguments in (("serv",), ("token",), ("token", "--role", "emperor"), ("serve", "--port", "x")):
        assert run(*arguments).returncode == 2
    assert run("--help").returncode == 0


def test_the_secret_is_made_once_and_for_its_owner_alone(data: pathlib.Path) -> None:
    options = ("token", "--session", "s1", "--role", "attendee", "--name", "Ada", "--data", data)
    assert "too short" in fails(*options, WEBINAR_SECRET="short")
    first, second = prints(*options, WEBINAR_SECRET=None), prints(*options, WEBINAR_SECRET=None)
    secret = data / "secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in data.iterdir()] == ["secret"]
    for (token,) in (first, second):
        assert Signer(secret.read_text()).read_link(token).name == "Ada"
    for spoilt in (b"", b"short", b"\xff" * 50):
        secret.write_bytes(spoilt)
        assert str(secret) in fails(*options, WEBINAR_SECRET=None)
        assert secret.read_bytes() == spoilt


# sessions


async def test_a_session_is_added_to_a_folder_and_only_once(data: pathlib.Path) -> None:
    options = ("session", "add", "smart-ports", "--data", data, "--title")
    assert prints(*options, "Smart ports") == ["session smart-ports is there"]
    before = await entries(data)
    assert "already" in fails(*options, "Again")
    assert await entries(data) == before and len(before) == 1


def test_a_session_that_cannot_be_is_one_line_and_leaves_nothing(data: pathlib.Path) -> None:
    for id, more in (
        ("Smart Ports", ()),
        ("x" * 61, ()),
        ("ok", ("--video", "javascript:alert(1)")),
        ("ok", ("--starts", "2026-11-24T17:00+01:00", "--ends", "2026-11-24T16:00+01:00")),
    ):
        fails("session", "add", id, "--title", "T", *more, "--data", data)
    fails("session", "add", "ok", "--title", " ", "--data", data)
    assert run("session", "add", "ok", "--title", "T", "--starts", "tomorrow", "--data", data).returncode == 2
    assert prints("session", "add", "ok", "--title", "T", "--data", data)


async def test_a_session_is_added_to_a_running_server_and_joined_at_once(serving: Serving) -> None:
    add = ("session", "add", "s1", "--title", "Live", "--data", serving.data)
    proxy = {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    assert prints(*add, **proxy) == ["session s1 is there"]
    assert "already" in fails(*add)
    options = ("--session", "s1", "--role", "attendee", "--name", "Ada", "--data", serving.data)
    (link,) = prints("link", *options)
    assert link.startswith(f"{serving.url}/session/s1#")
    ada = await Client(serving.url, link.partition("#")[2]).open()
    await ada.join("session/s1")
    assert ada.screen.of("session")["s1"]["title"] == "Live"
    await ada.close()


# serving


def test_ready_is_one_line_with_the_address_and_the_end_is_clean(data: pathlib.Path) -> None:
    for how in (signal.SIGTERM, signal.SIGINT):
        serving = Serving(data).start()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", serving.url)
        assert httpx.get(f"{serving.url}/livez", trust_env=False).text == "alive\n"
        assert httpx.get(f"{serving.url}/readyz", trust_env=False).text == "ready\n"
        assert ended_quietly(serving, how)


def test_without_pace_it_says_so(data: pathlib.Path) -> None:
    serving = Serving(data, WEBINAR_PACE="off").start()
    code, said = serving.stop()
    assert code == 0 and said.startswith("WEBINAR_PACE=off") and said.count("\n") == 1


def test_a_port_in_use_is_one_line(data: pathlib.Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = fails("serve", "--data", data, "--port", port)
    assert port in said and "--port" in said


def test_a_host_that_is_none_is_one_line(data: pathlib.Path) -> None:
    for host in ("256.256.256.256", "no.such.host.invalid", ".."):
        assert host in fails("serve", "--data", data, "--host", host)


def test_a_second_server_on_the_same_folder_is_one_line_and_the_first_goes_on(serving: Serving) -> None:
    said = fails("serve", "--data", serving.data, "--port", "0")
    assert serving.url in said and str(serving.pid) in said
    assert httpx.get(f"{serving.url}/readyz", trust_env=False).text == "ready\n"


def test_a_folder_that_is_none_is_one_line_and_left_alone(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "a-file"
    file.write_text("precious")
    for where in (file, file / "below"):
        assert "--data" in fails("serve", "--data", where, "--port", "0")
        assert "--data" in fails("session", "add", "s1", "--title", "T", "--data", where)
    assert file.read_text() == "precious"


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: pathlib.Path) -> None:
    # root may write anywhere but here
    for where in ("/proc/none", "/dev/null/none"):
        assert where in fails("serve", "--data", where, "--port", "0")


def test_a_damaged_database_is_one_line_and_left_alone(data: pathlib.Path) -> None:
    prints("session", "add", "s1", "--title", "T", "--data", data)
    database = data / "log.db"
    whole = database.read_bytes()
    for spoilt in (b"no database at all" * 300, whole[:100] + b"\xff" * 3000 + whole[3100:], whole[:5000]):
        database.write_bytes(spoilt)
        fails("serve", "--data", data, "--port", "0")
        fails("session", "add", "s2", "--title", "T", "--data", data)
        assert database.read_bytes() == spoilt
    database.write_bytes(whole)
    serving = Serving(data).start()
    assert serving.stop()[0] == 0


def test_several_workers_on_one_data_folder_are_refused_with_the_reason(data: pathlib.Path) -> None:
    said = fails("serve", "--data", data, "--workers", "2")
    assert "one process" in said and "--redis" in said and "--workers" in said


def test_an_address_of_redis_that_is_none_is_one_line(data: pathlib.Path) -> None:
    for more in ((), ("--workers", "2")):
        assert "no Redis address" in fails(
            "serve", "--port", "0", "--data", data, "--redis", "http://here", *more
        )
    said = fails("session", "add", "s1", "--title", "T", "--data", data, "--redis", "http://here")
    assert "no Redis address" in said and "here" not in said


def test_the_reference_is_json(data: pathlib.Path) -> None:
    said = json.loads("\n".join(prints("schema")))
    assert "asyncapi" in str(said).lower() and "openapi" in str(said).lower()


async def test_a_viewer_who_never_reads_does_not_keep_a_server_from_stopping(serving: Serving) -> None:
    prints("session", "add", "s1", "--title", "T", "--data", serving.data)
    token = prints("token", "--session", "s1", "--role", "host", "--name", "G", "--data", serving.data)[0]
    deaf, host = await Client(serving.url, token).open(), await Client(serving.url, token).open()
    await deaf.join("session/s1")
    await host.join("session/s1")
    deaf.socket.transport.pause_reading()
    for number in range(60):
        await host.do("say", text=f"{number} " + "x" * 400)
    assert serving.stop()[0] == 0
    assert (await host.ended())[0] == 1012
    deaf.abort()


def test_a_public_address_is_told_as_browsers_write_it(data: pathlib.Path) -> None:
    serving = Serving(data, "--public-url", "HTTPS://Live.Example.org:443/").start()
    try:
        assert serving.url == "https://live.example.org"
        # the server is asked at this machine's own address, wherever people come from
        assert prints("session", "add", "later", "--title", "Later", "--data", data) == [
            "session later is there"
        ]
        (link,) = prints("link", "--session", "later", "--role", "host", "--name", "Anna", "--data", data)
        assert link.startswith("https://live.example.org/host/later#")
    finally:
        serving.kill()


@pytest.mark.parametrize(
    "url", ["live.example.org", "ftp://live.example.org", "https://a.org/path", "https://a.org:x"]
)
def test_a_public_address_that_is_none_is_one_line(data: pathlib.Path, url: str) -> None:
    assert url in fails("serve", "--port", "0", "--public-url", url, "--data", data)


@pytest.mark.parametrize(
    "url",
    [
        "https://user:hunter22@live.example.org",
        "http://user:hunter22@x y",
        "https://hunter22@live.example.org/x",
        "https://live.example.org?key=hunter22",
        "https://live.example.org#hunter22",
        "https://live.example.org\thunter22",
    ],
)
def test_an_address_with_a_password_is_refused_and_not_repeated(url: str, data: pathlib.Path) -> None:
    person = ("--session", "s1", "--role", "host", "--name", "Anna", "--data", data)
    redis = ("--redis", "redis://127.0.0.1:1")
    for command in (
        ("serve", "--port", "0", "--public-url", url, "--data", data),
        ("serve", "--port", "0", "--workers", "2", *redis, "--public-url", url, "--data", data),
        ("doctor", "--public-url", url, "--data", data),
        ("link", "--url", url, *person),
    ):
        ended = run(*command)
        assert ended.returncode == 1 and "hunter22" not in ended.stdout + ended.stderr
        assert "give one like https://live.example.org" in ended.stdout + ended.stderr
        by_environment = run(
            *(word for word in command if word not in ("--public-url", "--url", url)), WEBINAR_PUBLIC_URL=url
        )
        assert by_environment.returncode == 1
        assert "hunter22" not in by_environment.stdout + by_environment.stderr


@pytest.mark.parametrize("option", ["--host", "--metrics", "--trusted-proxy", "--port", "--redis"])
def test_a_password_is_not_repeated_whichever_option_it_was_given_to(option: str, data: pathlib.Path) -> None:
    url = "https://user:hunter22@10.0.0.1"
    value = f"10.0.0.1,{url}" if option == "--trusted-proxy" else url
    settings = {"--metrics": "WEBINAR_METRICS", "--trusted-proxy": "WEBINAR_TRUSTED_PROXY"}
    for ended in (
        run("serve", option, value, "--data", data),
        *(run("serve", "--data", data, **{name: value}) for name in filter(None, [settings.get(option)])),
    ):
        assert ended.returncode and "hunter22" not in ended.stdout + ended.stderr
