"""A real demo, small and short: its links, its audience as a host sees it, an end that leaves nothing."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from websockets.sync.client import ClientConnection, connect

from tests.ports import free_port
from webinar_server.clock import now_ms

AUDIENCE = 12
ARRIVED_WITHIN = 40.0
THANKED_WITHIN = 20.0
ENDED_WITHIN = 10.0
TOLD_WITHIN = 150.0
ANSWERED_WITHIN = 60.0
LINK = re.compile(r"(http://127\.0\.0\.1:\d+)/(organise|mission|host|stage)/([a-z0-9-]+)#(\S+)")

SERVER = re.compile(r"`kill (\d+)`")

Links = dict[str, tuple[str, str, str]]


def start(port: int, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "webinar_server.demo", "--port", str(port), "--audience", str(AUDIENCE)]
    return subprocess.Popen(
        [*command, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def demo(port: int) -> Iterator[subprocess.Popen[str]]:
    process = start(port, "--minutes", "1")
    yield process
    if process.poll() is None:
        # not killed: it would leave its server behind
        process.send_signal(signal.SIGINT)
    process.communicate(timeout=ENDED_WITHIN)


def welcome(process: subprocess.Popen[str]) -> tuple[Links, int]:
    """The four links, and the server's process."""
    assert process.stdout is not None
    links: Links = {}
    for line in process.stdout:
        if found := LINK.search(line):
            base, page, session, token = found.groups()
            links[page] = (base, session, token)
        if server := SERVER.search(line):
            return links, int(server[1])
    raise AssertionError("the demo ended before it had printed its links")


class HostSocket:
    """A host's own connection: what it sees, and what it asks for."""

    def __init__(self, client: ClientConnection, topic: str) -> None:
        self._client = client
        self._topic = topic
        self.people: dict[str, Any] = {}
        self.messages: dict[str, Any] = {}
        client.send(orjson.dumps({"op": "join", "topic": topic, "at": None}).decode())

    def see(self, done: Callable[[], bool], seconds: float) -> None:
        """Take over frames until `done`. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while not done():
            frame = orjson.loads(self._client.recv(timeout=max(0.1, until - time.monotonic())))
            self.people.update(frame.get("put", {}).get("person", {}))
            self.messages.update(frame.get("put", {}).get("message", {}))

    def guests(self) -> dict[str, Any]:
        return {id: p for id, p in self.people.items() if p["here"] and p["role"] != "host"}

    def greet(self, person: str) -> None:
        do = {"op": "do", "topic": self._topic, "ref": f"test-{person}", "command": "greet"}
        self._client.send(orjson.dumps(do | {"args": {"person": person}}).decode())


class ReaderSocket:
    """The reader's own connection: the session, and their mission beside it."""

    def __init__(self, client: ClientConnection, session: str, mission: str) -> None:
        self._client = client
        self._refs = 0
        self.topics = {"session": f"session/{session}", "mission": f"mission/{mission}"}
        self.records: dict[str, dict[str, Any]] = {}
        self.done: dict[str, dict[str, Any]] = {}
        for topic in self.topics.values():
            self._send(op="join", topic=topic, at=None)

    def of(self, kind: str) -> dict[str, Any]:
        return self.records.setdefault(kind, {})

    def see(self, done: Callable[[], bool], seconds: float) -> None:
        """Take over frames until `done`. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while not done():
            frame = orjson.loads(self._client.recv(timeout=max(0.1, until - time.monotonic())))
            assert frame["op"] not in ("refused", "error"), frame
            for kind, put in frame.get("put", {}).items():
                self.of(kind).update(put)
            for kind, gone in frame.get("gone", {}).items():
                self.records[kind] = {id: r for id, r in self.of(kind).items() if id not in gone}
            if frame["op"] == "done":
                self.done[frame["ref"]] = frame["result"]

    def do(self, topic: str, command: str, **args: Any) -> dict[str, Any]:
        self._refs += 1
        ref = f"reader-{self._refs}"
        self._send(op="do", topic=self.topics[topic], ref=ref, command=command, args=args)
        self.see(lambda: ref in self.done, ANSWERED_WITHIN)
        return self.done[ref]

    def _send(self, **frame: Any) -> None:
        self._client.send(orjson.dumps(frame).decode())


@contextlib.contextmanager
def host_socket(links: Links) -> Iterator[HostSocket]:
    base, session, token = links["host"]
    headers = {"Authorization": f"Bearer {token}"}
    url = base.replace("http:", "ws:") + f"/live?topic=session/{session}"
    with connect(url, additional_headers=headers, max_size=None, proxy=None) as client:
        yield HostSocket(client, f"session/{session}")


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_demo_brings_its_audience_and_ends_without_remains(demo: subprocess.Popen[str]) -> None:
    links, server = welcome(demo)
    assert set(links) == {"organise", "mission", "host", "stage"}
    with host_socket(links) as host:
        host.see(lambda: len(host.guests()) == AUDIENCE, ARRIVED_WITHIN)
    guests = host.guests().values()
    assert len({guest["name"] for guest in guests}) == AUDIENCE
    assert {guest["first_time"] for guest in guests} == {True, False}
    before = [guest for guest in guests if guest["week"]["sessions"]]
    assert before and not any(guest["first_time"] for guest in before)

    begun = time.monotonic()
    demo.send_signal(signal.SIGINT)
    # the audience writes to the same standard error, so this returns only when it is gone too
    output, errors = demo.communicate(timeout=ENDED_WITHIN)
    assert time.monotonic() - begun <= ENDED_WITHIN
    assert (demo.returncode, errors) == (0, "")
    assert output.rstrip().endswith("The demo has ended; its data folder is removed.")
    assert gone(server)


def test_when_its_server_is_killed_the_audience_comes_back_and_says_thanks(
    demo: subprocess.Popen[str],
) -> None:
    links, server = welcome(demo)
    with host_socket(links) as host:
        host.see(lambda: len(host.guests()) == AUDIENCE, ARRIVED_WITHIN)
    os.kill(server, signal.SIGKILL)
    assert demo.stdout is not None
    assert any("The server is back" in line for line in demo.stdout)
    with host_socket(links) as host:
        host.see(lambda: len(host.guests()) == AUDIENCE, ARRIVED_WITHIN)
        for guest in host.guests():
            host.greet(guest)
        before = set(host.messages)
        host.see(lambda: len(set(host.messages) - before) >= AUDIENCE // 3, THANKED_WITHIN)


def test_the_reader_who_asks_is_put_in_the_picture_and_told_after_it_who_wants_to_talk_to_them(
    port: int,
) -> None:
    process = start(port, "--minutes", "10")
    try:
        links, _ = welcome(process)
        base, mission, token = links["mission"]
        session = links["host"][1]
        url = base.replace("http:", "ws:") + f"/live?topic=session/{session}"
        headers = {"Authorization": f"Bearer {token}"}
        with connect(url, additional_headers=headers, max_size=None, proxy=None) as client:
            reader = ReaderSocket(client, session, mission)
            reader.see(lambda: bool(reader.of("participant")), ANSWERED_WITHIN)
            question = reader.do("session", "ask", text="Who charges forty taxis?", shown="named")["id"]
            reader.see(lambda: reader.of("question")[question]["state"] == "live", TOLD_WITHIN)
            reader.see(lambda: len(reader.of("request")) >= 3, TOLD_WITHIN)
            assert reader.of("question")[question]["state"] == "answered", "nothing before it was over"
            assert all(one["began"]["question"] == question for one in reader.of("request").values())
            reader.do("mission", "accept_contacts", requests=list(reader.of("request"))[:2])
            reader.see(lambda: len(reader.of("conversation")) == 2, TOLD_WITHIN)
            whom = next(iter(reader.of("conversation").values()))["whom"]
            in_two_days = (now_ms() // 3_600_000 + 48) * 3_600_000
            meeting = reader.do(
                "mission",
                "propose_meeting",
                whom=whom,
                times=[in_two_days, in_two_days + 3_600_000],
                minutes=30,
            )
            reader.see(lambda: reader.of("meeting")[meeting["id"]]["state"] == "fixed", TOLD_WITHIN)
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=ENDED_WITHIN)
    assert errors == ""


def test_a_demo_ends_by_itself(port: int) -> None:
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "webinar_server.demo",
            "--port",
            str(port),
            "--audience",
            "3",
            "--minutes",
            "0.03",
        ],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_port_in_use_is_said_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        process = start(port)
        output, errors = process.communicate(timeout=30)
    assert process.returncode not in (0, None)
    assert output == ""
    assert len(errors.strip().splitlines()) == 1
    assert str(port) in errors
