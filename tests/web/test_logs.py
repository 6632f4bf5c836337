"""Logs: one shape for all, and nothing about people, whatever happens to them."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import os
import pathlib
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import httpx
import msgpack
import pytest
from websockets.exceptions import WebSocketException

from tests.web.client import Client
from tests.web.process import Serving, fails, prints
from webinar_server import logs
from webinar_server.errors import StorageError
from webinar_server.state import START, chain

NAME, TEXT, ADDRESS = "Canary Name", "canary text", "127.0.0.77"
CANARIES = ("anary", ADDRESS, "Traceback", "Bearer")

ROOT = pathlib.Path(__file__).parents[2]

log = logging.getLogger("webinar_server.somewhere")


class Kept(io.StringIO):
    """A stream that is, or is not, a terminal."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    @property
    def event(self) -> dict[str, Any]:
        (line,) = self.getvalue().splitlines()
        event: dict[str, Any] = json.loads(line)
        return event


@pytest.fixture
def logged(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """What this process logs meanwhile, as a server that is no terminal would."""
    monkeypatch.delenv("WEBINAR_LOG", raising=False)
    root, hooks = logging.getLogger(), (logs.sys.excepthook, logs.threading.excepthook)
    unraised = logs.sys.unraisablehook
    handlers, level = list(root.handlers), root.level
    stream = Kept(terminal=getattr(request, "param", False))
    logs.setup(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logs.sys.excepthook, logs.threading.excepthook = hooks
    logs.sys.unraisablehook = unraised


terminal = pytest.mark.parametrize("logged", [True], indirect=True)


# shape


def test_an_event_is_one_json_object_with_time_level_and_words(logged: Kept, monkeypatch: Any) -> None:
    monkeypatch.setenv(logs.WORKER, "3")
    log.warning("no snapshot", extra={"topic": "session/s1", "count": 2, "person": NAME})
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", logged.event["time"])
    assert {name: value for name, value in logged.event.items() if name != "time"} == {
        "level": "warning",
        "event": "no snapshot",
        "worker": "3",
        "topic": "session/s1",
        "count": 2,
    }


@terminal
def test_a_terminal_gets_words(logged: Kept) -> None:
    log.warning("no snapshot", extra={"topic": "session/s1", "reason": "the disk is full"})
    assert re.fullmatch(
        r"\d\d:\d\d:\d\d warning no snapshot topic=session/s1 reason=the disk is full\n", logged.getvalue()
    )


@terminal
def test_the_environment_chooses_the_shape(logged: Kept, monkeypatch: Any) -> None:
    monkeypatch.setenv("WEBINAR_LOG", "json")
    logs.setup(logged)
    log.warning("hello")
    assert logged.event["event"] == "hello"


@pytest.mark.parametrize("logged", [False, True], indirect=True)
def test_control_characters_are_escaped(logged: Kept) -> None:
    log.warning("a\x1b[31m\r\nfake \x85\u2028\u202e line", extra={"topic": "x\x00y"})
    assert logged.getvalue().count("\n") == 1 and logged.getvalue().rstrip("\n").isprintable()


def test_below_a_warning_only_our_own_words_are_kept_and_only_if_asked_for(
    logged: Kept, monkeypatch: Any
) -> None:
    log.info("not asked for")
    monkeypatch.setenv("WEBINAR_LOG_LEVEL", "info")
    logs.setup(logged)
    logging.getLogger("uvicorn.error").info("x")
    logging.getLogger("asyncio").info("x")
    log.debug("x")
    log.info("ours")
    assert logged.event["event"] == "ours"


# what happens often


def test_what_other_libraries_say_without_end_is_said_once_and_each_fault_of_its_own(logged: Kept) -> None:
    def other() -> None:
        raise ValueError

    for _ in range(100):
        logging.getLogger("uvicorn.error").warning("Invalid %s received.", TEXT)
        for fault in (failing, other):
            try:
                fault()
            except ValueError:
                logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    events = [json.loads(line)["event"] for line in logged.getvalue().splitlines()]
    told = "uvicorn.error: Exception in ASGI application"
    assert events == ["uvicorn.error: Invalid … received.", told, told]


# what it leaves out


def failing() -> None:
    raise ValueError(f"{NAME} said {TEXT}")


def test_of_an_exception_only_its_type_and_places_are_kept(logged: Kept) -> None:
    try:
        failing()
    except ValueError:
        log.exception("command %s failed", "say")
    event = logged.event
    assert (event["event"], event["error"]) == ("command say failed", "ValueError")
    assert re.fullmatch(r"web/test_logs.py:\d+ failing", event["trace"][-1])
    assert not any(canary in logged.getvalue() for canary in CANARIES)


def test_an_exception_of_our_own_keeps_its_words_without_passwords(logged: Kept) -> None:
    try:
        try:
            failing()
        except ValueError as error:
            raise StorageError("redis://user:hunter2@valkey:6379 does not answer") from error
    except StorageError:
        log.exception("no log")
    assert logged.event["reason"] == "redis://…@valkey:6379 does not answer"
    assert logged.event["cause"] == "ValueError"
    assert "anary" not in logged.getvalue()


async def test_what_asyncio_says_of_a_failed_callback_leaves_out_its_arguments(logged: Kept) -> None:
    def callback(said: str) -> None:
        raise KeyError(said)

    asyncio.get_running_loop().call_soon(callback, TEXT)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert logged.event["event"].startswith("asyncio: Exception in callback")
    assert logged.event["error"] == "KeyError" and "anary" not in logged.getvalue()


def test_what_other_libraries_fill_in_is_left_out(logged: Kept) -> None:
    said = '%s - "WebSocket %s" [accepted]'
    logging.getLogger("uvicorn.error").warning(said, (ADDRESS, 5), "/live?as=canary")
    assert logged.event["event"] == 'uvicorn.error: … - "WebSocket …" [accepted]'


def test_a_process_or_thread_that_fails_is_an_event_too(logged: Kept) -> None:
    error = ValueError(TEXT)
    logs.sys.excepthook(ValueError, error, None)
    assert (logged.event["level"], logged.event["error"]) == ("critical", "ValueError")
    assert "anary" not in logged.getvalue()


class Thrown:
    def __del__(self) -> None:
        failing()


def test_what_fails_while_an_object_is_thrown_away_is_an_event_too(logged: Kept) -> None:
    Thrown()
    assert (logged.event["level"], logged.event["error"]) == ("error", "ValueError")
    assert "anary" not in logged.getvalue()


# a real server


FAULTS = f"""
from webinar_server.web.http.entering import Entering
from webinar_server.session.chat import Say

def fail(self, *others):
    raise ValueError(f"{NAME} said {TEXT}, {{self}} {{others}}")

Entering._before = fail
right, Say.run = Say.run, lambda self, *others: (fail if "fault" in self.text else right)(self, *others)
"""


def plant_faults(folder: pathlib.Path) -> str:
    """Mistakes of ours that quote what people wrote; the PYTHONPATH with which a server makes them."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FAULTS)
    return f"{folder}{os.pathsep}{ROOT}"


def plant_broken_session(data: pathlib.Path) -> None:
    """A topic whose one entry is chained as it should be and cannot be read."""
    body = msgpack.packb({"by": NAME, "text": TEXT})
    with contextlib.closing(sqlite3.connect(data / "log.db")) as db:
        db.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", ("session/s2", 1, chain(START.tag, body), body))
        db.commit()


def token(data: pathlib.Path, session: str, role: str = "attendee") -> str:
    options = ("--session", session, "--name", NAME, "--organisation", "Canary Works")
    (line,) = prints("token", *options, "--role", role, "--data", data)
    return line


def bold(serving: Serving, token: str | None, **handshake: Any) -> Client:
    """Somebody from an address of their own, with canaries wherever a client may write something."""
    headers = handshake.pop("headers", {}) | {"User-Agent": "canary", "X-Forwarded-For": "canary"}
    return Client(serving.url, token, headers=headers, local_addr=(ADDRESS, 0), **handshake)


async def an_evening(serving: Serving) -> None:
    """Everything people do, and much that they should not."""
    ada = await bold(serving, token(serving.data, "s1")).open()
    await ada.join("session/s1")
    await ada.do("say", text=TEXT)
    await ada.do("ask", text="canary question", shown="named")
    await ada.refused("say", text="canary\u202e")
    assert (await ada.refused("say", text="canary fault"))["code"] == "command.failed"
    await ada.refused("canary_command", text=TEXT)
    for frame in ("canary nonsense", '{"op":"do","canary":1}', b"\xff canary", '{"op":"canary"}'):
        await ada.raw(frame)
    await ada.until(lambda: len(ada.errors) == 4)
    ada.abort()
    await refused_at_the_door(serving)
    await over_http(serving)
    eve = await bold(serving, token(serving.data, "s2")).open()
    await eve.send(op="join", topic="session/s2", at=None)
    await eve.until(lambda: bool(eve.errors))
    eve.abort()


async def refused_at_the_door(serving: Serving) -> None:
    good = token(serving.data, "s1")
    for credentials in ("canary-token", good[:-2] + "xx", good.replace(".", "canary", 1)):
        with pytest.raises(WebSocketException):
            await bold(serving, credentials).open()
    cookie, origin = {"Cookie": "webinar-canary=canary"}, {"Origin": "https://canary.example"}
    for headers in (cookie, cookie | {"Origin": serving.url}, origin):
        with pytest.raises(WebSocketException):
            await bold(serving, None, headers=headers, path="/live?as=canary-query").open()


async def over_http(serving: Serving) -> None:
    transport = httpx.AsyncHTTPTransport(local_address=ADDRESS)
    async with httpx.AsyncClient(transport=transport, base_url=serving.url) as client:
        await client.get("/session/canary?canary=1#canary")
        await client.post("/api/enter", json={"token": "canary"})
        await client.post("/api/enter", content=b"{canary")
        await client.get("/api/me?as=canary", headers={"Cookie": "webinar-canary=canary"})
        assert (await client.post("/api/enter", json={"token": token(serving.data, "s1")})).status_code == 500
    host, _, port = serving.url.removeprefix("http://").partition(":")
    for nonsense in (b"CANARY / HTTP/9.9\r\ncanary\r\n\r\n", b"GET /live?canary HTTP/1.1\r\nHost: x\r\n\r\n"):
        reader, writer = await asyncio.open_connection(host, int(port), local_addr=(ADDRESS, 0))
        writer.write(nonsense)
        await reader.read(10)
        writer.transport.abort()


@pytest.mark.parametrize("shape", ["json", "plain"])
async def test_a_server_tells_nobody_who_was_there_or_what_they_said(
    tmp_path: pathlib.Path, shape: str
) -> None:
    data = tmp_path / "data"
    prints("session", "add", "s1", "--title", "Ports", "--data", data)
    plant_broken_session(data)
    faults = plant_faults(tmp_path / "faults")
    serving = Serving(
        data,
        "--metrics",
        "0",
        WEBINAR_LOG=shape,
        WEBINAR_LOG_LEVEL="info",
        WEBINAR_PACE="off",
        PYTHONPATH=faults,
    ).start()
    try:
        await an_evening(serving)
        _, said = serving.stop()
    finally:
        serving.kill()
    lines = said.splitlines()
    for fault in ("Exception in ASGI application", "command say failed", "ValueError", "fail"):
        assert fault in said
    assert [line for line in lines if any(canary in line for canary in CANARIES)] == []
    if shape == "json":
        events = [json.loads(line) for line in lines if line.startswith("{")]
        assert {"time", "level", "event"} <= set.intersection(*(set(event) for event in events))


def test_an_error_at_the_start_stays_one_plain_line(tmp_path: pathlib.Path) -> None:
    (tmp_path / "data").write_text("in the way")
    assert "cannot be used" in fails("serve", "--data", tmp_path / "data", "--port", "0", WEBINAR_LOG="json")
