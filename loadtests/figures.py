"""The figures of one live webinar, measured on this machine: `python loadtests/figures.py [--seconds 60]`.

Starts a server of its own on a fresh data folder and core 0, brings 300 viewers from core 1, and prints what
it saw beside what was asked. Everything is on but the pace per person. Loopback only; it stops by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

from swarm import Viewer, come_within, quantile, talk

CLI = pathlib.Path(sys.executable).with_name("webinar-server")
TOPIC = "session/figures"
TICKS = os.sysconf("SC_CLK_TCK")


def run(*arguments: str) -> str:
    done = subprocess.run([str(CLI), *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def start(data: str, core: str | None) -> tuple[subprocess.Popen[str], int, float]:
    """A server, its port, and seconds from the command to its being ready."""
    began = time.monotonic()
    pinned = ["taskset", "-c", core] if core else []
    server = subprocess.Popen(
        [*pinned, str(CLI), "serve", "--port", "0", "--data", data],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"WEBINAR_PACE": "off"},
    )
    assert server.stdout is not None
    ready = server.stdout.readline()
    return server, int(ready.rsplit(":", 1)[1]), time.monotonic() - began


def cpu(pid: int) -> float:
    """Seconds of user and system time of a process."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def rss_kb(pid: int) -> int:
    return int(re.findall(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[0])


def page_weight(port: int) -> tuple[int, int]:
    """Bytes (compressed) and requests before the attendee's page is usable."""
    base = f"http://127.0.0.1:{port}"
    page = fetch(f"{base}/session/figures")
    links = re.findall(rb'(?:src|href)="(/static/[^"]+)"', page)
    parts = [fetch(base + link.decode(), compressed=True) for link in dict.fromkeys(links)]
    return len(gzip.compress(page)) + sum(map(len, parts)), 1 + len(parts)


def fetch(url: str, compressed: bool = False) -> bytes:
    headers = {"Accept-Encoding": "br"} if compressed else {}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        return bytes(answer.read())


async def measure(port: int, pid: int, tokens: list[str], seconds: float) -> None:
    viewers = [Viewer(token) for token in tokens]
    before_kb, before = rss_kb(pid), time.monotonic()
    waits = await come_within(viewers, port, TOPIC, 1.0)
    row("300 connect in 1 s, all hold the state after", f"{time.monotonic() - before:.2f} s", "3 s")
    row("  each, from connecting to the state, p99", f"{quantile(waits, 0.99) * 1000:.0f} ms", "")
    watching = [asyncio.ensure_future(viewer.watch()) for viewer in viewers]
    await asyncio.sleep(5)
    row("memory per connection", f"{(rss_kb(pid) - before_kb) / len(viewers):.1f} kB", "60 kB")
    await idle(pid)
    await steady(viewers, pid, seconds)
    for viewer in viewers:
        assert viewer.socket is not None
        await viewer.socket.close()
    await asyncio.gather(*watching)


async def idle(pid: int) -> None:
    before = cpu(pid)
    await asyncio.sleep(20)
    row("300 idle viewers", f"{(cpu(pid) - before) / 20:.2%} of a core", "2 %")


async def steady(viewers: list[Viewer], pid: int, seconds: float) -> None:
    for viewer in viewers:
        viewer.latencies.clear()
    before = cpu(pid)
    sent = await talk(viewers, TOPIC, 50, seconds)
    await asyncio.sleep(3)
    latencies = [latency for viewer in viewers for latency in viewer.latencies]
    row(
        f"50 messages/s for {seconds:.0f} s, delivered",
        f"{len(latencies) / (sent * len(viewers)):.2%}",
        "100 %",
    )
    row("  p50", f"{quantile(latencies, 0.5) * 1000:.0f} ms", "")
    row("  p99", f"{quantile(latencies, 0.99) * 1000:.0f} ms", "100 ms")
    row("  server CPU per delivery", f"{(cpu(pid) - before) / max(1, len(latencies)) * 1e6:.1f} µs", "15 µs")


def row(what: str, seen: str, asked: str) -> None:
    print(f"{what:48} {seen:>14}   {'asked: ' + asked if asked else ''}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    seconds = options.parse_args().seconds
    with tempfile.TemporaryDirectory() as data:
        run("session", "add", "figures", "--title", "Figures", "--data", data)
        made = run("token", "--session", "figures", "--role", "attendee", "--name", "Viewer",
                   "--organisation", "Voltline", "--kind", "sme", "--country", "NL",
                   "--count", "300", "--data", data)  # fmt: skip
        two_cores = (os.cpu_count() or 1) > 1
        server, port, ready = start(data, "0" if two_cores else None)
        try:
            row("from command to ready", f"{ready:.2f} s", "1.5 s")
            weight, requests = page_weight(port)
            row(f"attendee's page, {requests} requests", f"{weight / 1000:.1f} kB", "60 kB")
            if two_cores:
                os.sched_setaffinity(0, {1})
            asyncio.run(measure(port, server.pid, made.split(), seconds))
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
