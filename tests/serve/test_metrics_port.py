"""Metrics and health: what an operator's machines are told, where, and that it is true."""

from __future__ import annotations

import asyncio
import os
import pathlib
import re
import signal
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from websockets.exceptions import InvalidStatus

from tests.ports import free_port, free_ports
from tests.valkey import Valkey
from tests.web.client import DEADLINE, Client, until
from tests.web.process import Serving, fails, prints, run
from tests.web.server import LiveServer
from webinar_server import metrics
from webinar_server.logs import WORKER
from webinar_server.serve.metrics_port import _listen, address, serve_metrics
from webinar_server.web.http.hosts import of_this_network

LABELS = set("audience code command detector directive kind le limit outcome status version".split())
"""None of them tells who somebody is, what they said or in which session."""


def number(name: str, **labels: str) -> float:
    """The value of a metric of this process; 0 where it has none yet."""
    return metrics.REGISTRY.get_sample_value(f"webinar_{name}", labels) or 0.0


class Scraped:
    """The metrics port of a server in this process."""

    def __init__(self, server: LiveServer, port: int) -> None:
        self.server = server
        self.url = f"http://127.0.0.1:{port}"

    async def get(self, path: str = "/metrics") -> httpx.Response:
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.get(self.url + path, timeout=DEADLINE)


@pytest.fixture
async def scraped(server: LiveServer) -> AsyncIterator[Scraped]:
    port = free_port()
    task = asyncio.ensure_future(serve_metrics(server.hub, "127.0.0.1", port))
    scraped = Scraped(server, port)
    async with asyncio.timeout(DEADLINE):
        while True:
            try:
                await scraped.get("/livez")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.02)
    yield scraped
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    with pytest.raises(httpx.TransportError):
        await scraped.get("/livez")


async def test_a_name_that_somebody_elsewhere_made_point_here_is_told_no_figures(scraped: Scraped) -> None:
    for host, status in {
        "127.0.0.1": 200,
        "[::1]:9100": 200,
        "10.0.0.5:9100": 200,
        "localhost:9100": 200,
        "webinar:9100": 200,
        "evil.example:9100": 421,
        "127.0.0.1.evil.example": 421,
        "localhost.": 200,
        "[evil": 421,
    }.items():
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"{scraped.url}/metrics", headers={"Host": host}, timeout=DEADLINE)
            # what is asked whether it lives says nothing
            lives = await client.get(f"{scraped.url}/livez", headers={"Host": host}, timeout=DEADLINE)
        assert answer.status_code in (status, 400) and lives.status_code in (200, 400), host
        assert ("webinar_" in answer.text) is (status == 200), host


def test_the_name_a_port_was_given_is_its_own() -> None:
    assert of_this_network("Metrics.example.org:9100", "metrics.example.org")
    assert not of_this_network("metrics.example.org.evil.example", "metrics.example.org")


# what is counted


async def test_who_is_connected_is_counted_by_audience(server: LiveServer) -> None:
    before = {audience: number("connections", audience=audience) for audience in ("host", "attendee")}
    ada, host = await server.joined("Ada"), await server.joined("Grace", "host")
    assert number("connections", audience="attendee") == before["attendee"] + 1
    assert number("connections", audience="host") == before["host"] + 1
    ada.abort()
    host.abort()
    await until(lambda: number("connections", audience="attendee") == before["attendee"], "Ada gone")
    await until(lambda: number("connections", audience="host") == before["host"], "Grace gone")


async def test_commands_are_counted_by_what_came_of_them(server: LiveServer) -> None:
    ada = await server.joined("Ada")

    def counts() -> list[float]:
        return [
            number("commands_total", command="say", outcome="done"),
            number("commands_total", command="say", outcome="refused"),
            number("commands_total", command="say", outcome="repeated"),
            number("refusals_total", code="chat.empty"),
        ]

    before = counts()
    await ada.do("say", ref="r1", text="hello")
    await ada.do("say", ref="r1", text="hello")
    await ada.refused("say", text="  ")
    assert [now - then for now, then in zip(counts(), before, strict=True)] == [1, 1, 1, 1]


async def test_a_word_a_client_made_up_never_becomes_a_label(server: LiveServer) -> None:
    ada = await server.joined("Ada")
    before = number("commands_total", command="unknown", outcome="refused")
    for made_up in ("made-up-1", "made-up-2", 'x"} 1\nfake 1'):
        await ada.refused(made_up)
    assert number("commands_total", command="unknown", outcome="refused") == before + 3
    assert "made-up" not in metrics.text().decode() and "fake" not in metrics.text().decode()


async def test_joins_are_counted_as_full_resumed_or_reset(server: LiveServer) -> None:
    kinds = ("full", "resume", "reset")
    before = [number("joins_total", kind=kind) for kind in kinds]
    ada = await server.joined("Ada")
    await server.joined("Bob", at=ada.screen.at)
    await server.joined("Cid", at=[3, "no-such-tag"])
    assert [number("joins_total", kind=kind) - was for kind, was in zip(kinds, before, strict=True)] == [
        1,
        1,
        1,
    ]


async def test_sockets_that_are_not_let_in_are_counted_by_status(server: LiveServer) -> None:
    before = (
        number("handshakes_refused_total", status="401"),
        number("handshakes_refused_total", status="403"),
    )
    for headers in ({"Authorization": "Bearer nonsense"}, {"Origin": "https://elsewhere.example"}):
        with pytest.raises(InvalidStatus):
            await server.client(headers=headers).open()
    after = number("handshakes_refused_total", status="401"), number("handshakes_refused_total", status="403")
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1]


async def test_a_socket_the_server_ends_is_counted_by_its_close_code(server: LiveServer) -> None:
    before = number("closed_total", code="4400")
    ada = await server.joined("Ada")
    for _ in range(60):
        await ada.raw("nonsense")
    assert (await ada.ended())[0] == 4400
    assert number("closed_total", code="4400") == before + 1


async def test_a_flush_says_how_long_it_took_and_how_much_it_told(server: LiveServer) -> None:
    ada = await server.joined("Ada")
    # her arrival is an entry too
    await ada.do("raise_hand")
    before = number("fan_out_seconds_count"), number("flush_entries_sum")
    await ada.do("say", text="hello")
    assert number("fan_out_seconds_count") > before[0]
    assert number("flush_entries_sum") == before[1] + 1


async def test_the_log_says_how_long_it_took_to_be_durable(server: LiveServer) -> None:
    ada = await server.joined("Ada")
    await ada.do("raise_hand")
    before = number("entries_total"), number("append_seconds_count")
    await ada.do("say", text="hello")
    assert (number("entries_total"), number("append_seconds_count")) == (before[0] + 1, before[1] + 1)
    assert number("rooms") == 1


# where it is told


async def test_the_metrics_port_answers_in_prometheus_text(scraped: Scraped) -> None:
    answer = await scraped.get()
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain; version=")
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    assert all(family.documentation for family in families.values())
    ours = {name for name in families if name.startswith("webinar_")}
    assert {"webinar_connections", "webinar_gaps", "webinar_append_seconds", "webinar_build_info"} <= ours
    assert {name for name in families if not name.startswith(("webinar_", "process_"))} == set()
    assert families["webinar_log_reachable"].samples[0].value == 1


async def test_no_metric_tells_who_what_or_where(scraped: Scraped) -> None:
    ada = await scraped.server.joined("Canary Name", organisation="Canary Works")
    await ada.do("say", text="canary text")
    await ada.refused("ask", text="canary question", shown="canary shown")
    told = (await scraped.get()).text
    secrets = ("anary", ada.hello["you"]["id"], "session/s1", "127.0.0.1", 's1"')
    assert [secret for secret in secrets if secret in told] == []
    assert set(re.findall(r'[{,](\w+)="', told)) <= LABELS


async def test_the_loop_says_how_late_it_was(scraped: Scraped) -> None:
    before = number("loop_lag_seconds_count"), number("loop_lag_seconds_sum")
    await asyncio.sleep(0.1)
    # a loop that is held up, on purpose: what the metric is for
    time.sleep(1.5)  # noqa: ASYNC251
    await until(lambda: number("loop_lag_seconds_count") > before[0], "a tick")
    assert number("loop_lag_seconds_sum") - before[1] > 0.5


async def test_each_worker_tells_its_own_health_beside_its_metrics(scraped: Scraped) -> None:
    assert (await scraped.get("/readyz")).text == "ready\n"
    scraped.server.hub.worker.draining = True
    answer = await scraped.get("/readyz")
    scraped.server.hub.worker.draining = False
    assert (answer.status_code, answer.text) == (503, "not ready: this worker is on its way out\n")
    assert (await scraped.get("/anything")).status_code == 404


async def test_a_log_that_hangs_is_not_waited_for(scraped: Scraped) -> None:
    let_go = threading.Event()
    stuck = asyncio.ensure_future(scraped.server.hub.worker.log._write(lambda db: let_go.wait(2 * DEADLINE)))  # type: ignore[attr-defined]
    await asyncio.sleep(0.1)
    ready, told = await asyncio.gather(scraped.get("/readyz"), scraped.get())
    let_go.set()
    assert ready.status_code == 503 and "has not answered for 2 seconds" in ready.text
    assert "webinar_log_reachable 0.0" in told.text
    await stuck
    assert (await scraped.get("/readyz")).status_code == 200
    assert "webinar_log_reachable 1.0" in (await scraped.get()).text


async def test_the_port_of_the_people_tells_no_metrics(server: LiveServer) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"{server.url}/metrics")).status_code == 404
        assert (await client.get(f"{server.url}/livez")).text == "alive\n"
        assert (await client.get(f"{server.url}/readyz")).text == "ready\n"


# as a process


@pytest.fixture
def data(tmp_path: pathlib.Path) -> Iterator[pathlib.Path]:
    prints("session", "add", "s1", "--title", "Ports", "--data", tmp_path / "data")
    yield tmp_path / "data"


async def scrape(port: int) -> str:
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(DEADLINE):
        while True:
            try:
                return (await client.get(f"http://127.0.0.1:{port}/metrics")).text
            except httpx.TransportError:
                await asyncio.sleep(0.05)


async def test_serve_tells_metrics_on_loopback_alone(data: pathlib.Path) -> None:
    port = free_port()
    serving = Serving(data, "--metrics", str(port), WEBINAR_LOG_LEVEL="info").start()
    try:
        (token,) = prints("token", "--session", "s1", "--role", "attendee", "--name", "Ada", "--data", data)
        client = await Client(serving.url, token).open()
        assert 'webinar_connections{audience="attendee"} 1.0' in await scrape(port)
        await client.close()
        code, said = serving.stop()
        assert code == 0 and f"http://127.0.0.1:{port}/metrics" in said
    finally:
        serving.kill()


async def test_a_taken_metrics_port_stops_nobody_and_is_used_once_free(data: pathlib.Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        serving = Serving(data, "--metrics", str(port)).start()
        assert serving._process is not None and serving._process.stderr is not None
        said = await asyncio.to_thread(serving._process.stderr.readline)
        assert "trying again" in said and "Address already in use" in said
    try:
        assert "webinar_connections" in await scrape(port)
        assert serving.stop()[0] == 0
    finally:
        serving.kill()


async def test_a_worker_that_renews_another_takes_its_port_without_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(WORKER, "0")
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        listening = asyncio.ensure_future(_listen("127.0.0.1", port))
        await asyncio.sleep(0.3)
        assert not listening.done()
    async with asyncio.timeout(DEADLINE):
        (await listening).close()
    assert "cannot be used" not in caplog.text


def test_an_address_for_metrics_is_a_port_or_a_host_and_a_port(monkeypatch: Any) -> None:
    assert address("9100") == ("127.0.0.1", 9100)
    assert address("10.0.0.5:9100") == ("10.0.0.5", 9100)
    assert address("[::1]:9100") == ("::1", 9100)
    monkeypatch.setenv(WORKER, "2")
    assert address("9100") == ("127.0.0.1", 9102)
    assert run("serve", "--metrics", "many").returncode == 2
    assert "no port" in run("serve", "--metrics", "1.2.3.4:70000").stderr
    assert "short" in fails("serve", "--metrics", "9100", WEBINAR_SECRET="short")


async def test_each_worker_has_a_port_of_its_own_and_keeps_it_through_a_renewal(
    tmp_path: pathlib.Path,
) -> None:
    valkey = Valkey(tmp_path / "valkey").start()
    base, _ = free_ports(2)
    options = ("--redis", valkey.url, "--workers", "2", "--metrics", str(base))
    serving = Serving(tmp_path / "data", *options).start()
    try:
        before = [began(await scrape(base + number)) for number in range(2)]
        assert "webinar_log_reachable 1.0" in await scrape(base)
        os.kill(serving.pid, signal.SIGHUP)
        for number in range(2):
            await renewed(base + number, max(before))
        assert serving.stop()[0] == 0
    finally:
        serving.kill()
        valkey.kill()


async def renewed(port: int, before: float) -> None:
    """Another worker has a port."""
    for _ in range(600):
        if began(await scrape(port)) > before:
            return
        await asyncio.sleep(0.2)
    raise AssertionError("the worker before is still there")


def began(told: str) -> float:
    """When a worker's process was started, Unix seconds."""
    name = "process_start_time_seconds "
    return next(float(line.removeprefix(name)) for line in told.splitlines() if line.startswith(name))
