"""Workers: several processes behind one address, on a real Redis or Valkey, told what to do by signals."""

from __future__ import annotations

import asyncio
import json
import os
import pathlib
import signal
import sys
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from websockets.exceptions import WebSocketException

from tests.valkey import Valkey
from tests.web.client import DEADLINE, Client
from tests.web.process import Serving, ended_quietly, fails, of_its_own, prints
from webinar_server.limits import JOINS_AHEAD

TOPIC = "session/s1"
OWN = ("devices", "visit")


@pytest.fixture
def valkey(tmp_path: pathlib.Path) -> Iterator[Valkey]:
    valkey = Valkey(tmp_path / "valkey").start()
    yield valkey
    valkey.kill()


@pytest.fixture
def serving(tmp_path: pathlib.Path, valkey: Valkey) -> Iterator[Serving]:
    """Two workers, with a session."""
    data = tmp_path / "data"
    data.mkdir()
    prints("session", "add", "s1", "--title", "Ports", "--data", data, "--redis", valkey.url)
    serving = Serving(data, "--redis", valkey.url, "--workers", "2").start()
    yield serving
    end(serving)


def end(serving: Serving) -> None:
    """Whatever a test left, the workers included."""
    left = serving.workers()
    serving.kill()
    for pid in left:
        if alive(pid):
            os.kill(pid, signal.SIGCONT)
            os.kill(pid, signal.SIGKILL)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < deadline, f"still not: {what}"
        time.sleep(0.02)


def ready(serving: Serving) -> tuple[int, str]:
    answer = httpx.get(f"{serving.url}/readyz", trust_env=False, timeout=DEADLINE)
    return answer.status_code, answer.text


def tokens(serving: Serving, count: int) -> list[str]:
    options = ("--session", "s1", "--role", "host", "--name", "Guest", "--count", str(count))
    return prints("token", *options, "--data", serving.data)


async def joined(serving: Serving, count: int) -> list[Client]:
    return [await (await Client(serving.url, token).open()).join(TOPIC) for token in tokens(serving, count)]


# starting and ending


def test_all_are_ready_before_one_line_says_so_and_end_together(serving: Serving) -> None:
    workers = serving.workers()
    assert len(workers) == 2
    assert ready(serving) == (200, "ready\n")
    assert ended_quietly(serving)
    assert not any(map(alive, workers))


async def test_all_that_end_together_send_nobody_to_each_other(serving: Serving) -> None:
    guests = await joined(serving, 60)
    code, said = await asyncio.to_thread(serving.stop)
    assert (code, of_its_own(said)) == (0, [])
    for guest in guests:
        assert await guest.ended() == (1012, '{"retry_after": 1}')


def test_a_link_finds_the_workers_by_the_folder_of_their_secret(serving: Serving) -> None:
    options = ("--session", "s1", "--role", "host", "--name", "Anna", "--data", serving.data)
    (link,) = prints("link", *options)
    assert link.startswith(f"{serving.url}/host/s1#")


async def test_a_session_is_added_beside_running_workers_and_joined_at_once(
    serving: Serving, valkey: Valkey
) -> None:
    add = ("session", "add", "s2", "--title", "Later", "--data", serving.data, "--redis", valkey.url)
    assert prints(*add) == ["session s2 is there"]
    assert "already" in fails(*add)
    options = ("--session", "s2", "--role", "attendee", "--name", "Ada", "--data", serving.data)
    ada = await Client(serving.url, prints("token", *options)[0]).open()
    await ada.join("session/s2")
    assert ada.screen.of("session")["s2"]["title"] == "Later"
    await ada.close()


def test_nothing_runs_that_lies_where_the_server_was_started(
    tmp_path: pathlib.Path, valkey: Valkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a script `webinar-server` is started; the interpreter alone would look there first."""
    (tmp_path / "secrets.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nraise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tests.web.process.COMMAND", [sys.executable, "-P", "-m", "webinar_server"])
    serving = Serving(tmp_path / "data", "--redis", valkey.url, "--workers", "2").start()
    end(serving)
    assert not (tmp_path / "ran").exists()


def test_a_key_pressed_at_the_terminal_reaches_each_worker_once(serving: Serving) -> None:
    assert all(os.getsid(pid) != os.getsid(serving.pid) for pid in serving.workers())
    assert ended_quietly(serving, signal.SIGINT)


def test_when_the_parent_is_killed_its_workers_end_too(serving: Serving) -> None:
    workers = serving.workers()
    serving.kill()
    until(lambda: not any(map(alive, workers)), "the workers ended")


# dying


async def test_a_worker_that_is_killed_is_replaced_while_the_other_serves(serving: Serving) -> None:
    guests = await joined(serving, 10)
    killed = min(serving.workers())
    os.kill(killed, signal.SIGKILL)
    until(lambda: len(serving.workers() - {killed}) == 2, "another one started")
    host = (await joined(serving, 1))[0]
    assert (await host.do("say", text="we go on"))["op"] == "done"
    for guest in (*guests, host):
        await guest.close()
    code, said = serving.stop()
    (told,) = of_its_own(said)
    assert code == 0 and f"worker {killed} ended by SIGKILL; starting another in 0.5 s" in told


def test_one_that_keeps_dying_is_waited_for_longer_each_time(serving: Serving) -> None:
    steady = max(serving.workers())
    for _ in range(3):
        until(lambda: len(serving.workers()) == 2, "another one started")
        (victim,) = serving.workers() - {steady}
        os.kill(victim, signal.SIGKILL)
        until(lambda gone=victim: gone not in serving.workers(), "it ended")  # type: ignore[misc]
    code, said = serving.stop()
    assert code == 0
    assert [line.rpartition(" in ")[2] for line in of_its_own(said)] == ["0.5 s", "1 s", "2 s"]


async def test_one_that_is_stopped_is_given_nobody_and_does_not_keep_the_rest_from_ending(
    serving: Serving,
) -> None:
    stopped = min(serving.workers())
    os.kill(stopped, signal.SIGSTOP)
    guests = await joined(serving, 10)
    for guest in guests:
        await guest.alive()
        await guest.close()
    os.kill(stopped, signal.SIGCONT)
    assert serving.stop()[0] == 0


# renewing


async def test_a_hangup_renews_all_one_by_one_and_somebody_is_always_ready(serving: Serving) -> None:
    guests = await joined(serving, 20)
    before = serving.workers()
    os.kill(serving.pid, signal.SIGHUP)
    most, answers = 0, set()
    deadline = time.monotonic() + DEADLINE
    while len(now := serving.workers()) != 2 or now & before:
        assert time.monotonic() < deadline
        assert len(now) >= 2
        most = max(most, len(now))
        answers.add((await asyncio.to_thread(ready, serving))[0])
        await asyncio.sleep(0.02)
    assert most == 3, "one at a time"
    for guest in guests:
        code, reason = await guest.ended()
        assert code == 1012 and "retry_after" in reason
    host = (await joined(serving, 1))[0]
    assert (await host.do("say", text="on the new ones"))["op"] == "done"
    await host.close()
    assert ended_quietly(serving)


def test_where_the_new_one_does_not_start_the_old_ones_go_on(serving: Serving, valkey: Valkey) -> None:
    before = serving.workers()
    with valkey.client() as client:
        client.set("wb:version", 99)
    os.kill(serving.pid, signal.SIGHUP)
    until(lambda: len(serving.workers()) == 3, "a new one was tried")
    until(lambda: serving.workers() == before, "and ended")
    assert ready(serving) == (200, "ready\n")
    code, said = serving.stop()
    # what is advised about Redis when all are ready may see that version, too
    told = [line for line in of_its_own(said) if not line.startswith("webinar-server: redis: ")]
    assert code == 0 and len(told) == 1
    assert "does not start" in told[0] and "99" in told[0]


class Regular:
    """Comes back whenever it is sent away, with what it saw last, as a browser does."""

    def __init__(self, serving: Serving, token: str) -> None:
        self.client = Client(serving.url, token)
        self.away: list[float] = []
        self.closes: list[tuple[int, str]] = []
        self._token = token
        self._screen = self.client.screen

    async def stay(self) -> None:
        lost = None
        while True:
            try:
                await (await self.client.open()).join(TOPIC, self._screen.at)
                if lost is not None:
                    self.away.append(time.monotonic() - lost)
                self.closes.append(await self.client.ended())
                lost = time.monotonic()
                await asyncio.sleep(json.loads(self.closes[-1][1])["retry_after"])
            except (OSError, WebSocketException):
                await asyncio.sleep(0.5)
            url = self.client._url.replace("ws://", "http://").removesuffix("/live")
            self.client = Client(url, self._token)
            self.client.screen = self._screen


async def test_renewing_all_workers_under_load_is_hardly_felt_and_loses_nothing(serving: Serving) -> None:
    regulars = [Regular(serving, token) for token in tokens(serving, 40)]
    staying = [asyncio.ensure_future(regular.stay()) for regular in regulars]
    await soon(lambda: all(regular.client.screen.at for regular in regulars), "all are in")
    before = serving.workers()
    os.kill(serving.pid, signal.SIGHUP)
    said = []
    while len(now := serving.workers()) != 2 or now & before:
        speaker = regulars[len(said) % len(regulars)].client
        try:
            done = await asyncio.wait_for(speaker.ask("say", topic=TOPIC, text=f"number {len(said)}"), 3)
            said += [done["result"]["id"]] if done["op"] == "done" else []
        except (TimeoutError, OSError, AttributeError, WebSocketException):
            await asyncio.sleep(0.05)
    await soon(lambda: all(set(said) <= set(one.client.screen.of("message")) for one in regulars), "heard")
    await soon(lambda: all(one.away for one in regulars), "everybody was moved and is back")
    await soon(lambda: len({sorted_records(one.client) for one in regulars}) == 1, "alike")
    away = sorted(gap for regular in regulars for gap in regular.away)
    print(f"{len(said)} said; {len(away)} moves, away {away[len(away) // 2]:.2f} s, {away[-1]:.2f} s at most")
    assert len(said) > 20 and len(away) >= 40
    assert {code for regular in regulars for code, _ in regular.closes} == {1012}
    assert not any(regular.client.screen.resets for regular in regulars)
    for task in staying:
        task.cancel()
    assert serving.stop()[0] == 0


async def test_what_one_worker_told_the_next_one_knows_when_asked(serving: Serving) -> None:
    host = (await joined(serving, 1))[0]
    (token,) = tokens(serving, 1)
    # as often as somebody may come from a position that a worker has not heard of yet
    for number in range(JOINS_AHEAD.burst):
        done = await host.do("say", text=f"number {number}")
        client = await Client(serving.url, token).open()
        await client.join(TOPIC, host.screen.at)
        assert host.screen.at is not None and client.screen.at is not None
        assert client.screen.at[0] >= done["at"][0] and not client.screen.resets
        await client.close()
    await host.close()


def sorted_records(client: Client) -> str:
    """What a screen has, in an order of its own: their own person first; not what is theirs alone."""
    records = {kind: views for kind, views in client.screen.records.items() if kind not in OWN}
    return json.dumps(records, sort_keys=True)


async def soon(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < deadline, f"still not: {what}"
        await asyncio.sleep(0.02)


# without a log


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_redis_that_is_away_is_waited_for_and_said_once(tmp_path: pathlib.Path, workers: str) -> None:
    valkey = Valkey(tmp_path / "valkey")
    serving = Serving(tmp_path / "data", "--redis", valkey.url, "--workers", workers).launch()
    try:
        until(lambda: answers(serving), "it listens")
        status, text = ready(serving)
        assert status == 503 and text.startswith("not ready: ") and text.count("\n") == 1
        time.sleep(4)
        valkey.start()
        serving.wait()
        assert ready(serving)[0] == 200
        code, said = serving.stop()
        # a machine that is slow may say more of its own
        assert code == 0 and said.count("not ready yet") == 1, said
        assert said.startswith("webinar-server: not ready yet: ") and valkey.url not in said
    finally:
        end(serving)
        valkey.kill()


def answers(serving: Serving) -> bool:
    try:
        return httpx.get(f"{serving.url}/livez", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def test_data_of_a_newer_version_is_refused_in_one_line(valkey: Valkey, tmp_path: pathlib.Path) -> None:
    with valkey.client() as client:
        client.set("wb:version", 99)
    for workers in ("1", "2"):
        options = ("--data", tmp_path / "data", "--redis", valkey.url, "--port", "0", "--workers", workers)
        assert "99" in fails("serve", *options)


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL])
async def test_told_to_stop_while_the_log_is_away_it_ends_soon(
    serving: Serving, valkey: Valkey, how: signal.Signals
) -> None:
    guests = await joined(serving, 5)
    valkey.signal(how)
    for guest in guests:
        await guest.send(op="do", topic=TOPIC, ref="r", command="say", args={"text": "held"})
    await asyncio.sleep(0.5)
    code, _ = await asyncio.to_thread(serving.stop)
    assert code == 0
    for guest in guests:
        assert (await guest.ended())[0] == 1012
        assert not guest.count("done")
