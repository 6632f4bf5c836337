"""`python -m loadtests.bench.flame`: where the server's time goes under the busy load, as a flame graph.

py-spy looks at the server's Python frames from outside, on the audience's core, so it hardly changes what it
sees. Nothing in the picture says on whose machine it was made.
"""

from __future__ import annotations

import argparse
import asyncio
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile

import uvloop

from loadtests.bench import processes
from loadtests.bench.loads import BUSY, Load
from loadtests.bench.measure import QUIET, talk_and_hear
from loadtests.bench.processes import Process, allow_files, audience_core
from loadtests.swarm import Swarm
from webinar_server.cli.output import check_replaceable

PICTURE = pathlib.Path("docs/pictures/flame.svg")
RATE = 250
"""Looks a second."""

HERE = re.compile(r"(?<=\()/(?:[^/()]+/)+")
"""A folder of this machine before a file's name."""


def record(load: Load, picture: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        audiences = processes.gather(pathlib.Path(folder), load.viewers, load.viewers)
        server, port = processes.serve(pathlib.Path(folder))
        try:
            with audience_core():
                uvloop.run(_talk(load, server, port, audiences[0], picture))
        finally:
            server.end()


async def _talk(
    load: Load, server: Process, port: int, audience: processes.Audience, picture: pathlib.Path
) -> None:
    swarm = Swarm(port)
    await swarm.come(audience.speech, audience.tokens)
    await asyncio.sleep(QUIET)
    spy = await asyncio.create_subprocess_exec(
        *_command(server.pid, picture), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        await talk_and_hear(swarm, load, load.viewers)
    finally:
        # on this signal it writes what it has seen
        spy.send_signal(signal.SIGINT)
        await asyncio.wait_for(spy.wait(), 30)
        swarm.leave()


def _command(pid: int, picture: pathlib.Path) -> list[str]:
    found = shutil.which("py-spy", path=sysconfig.get_path("scripts"))
    if found is None:
        sys.exit("bench: py-spy is missing: pip install -e '.[bench]'")
    looks = ["--rate", str(RATE), "--nolineno", "--nonblocking", "--duration", "60"]
    return [found, "record", "--pid", str(pid), "--format", "flamegraph", "--output", str(picture), *looks]


def anonymous(svg: str) -> str:
    """Without folders of a machine: `/somewhere/lib/python3/asyncio/runners.py` is `runners.py`."""
    titled = re.sub(r"[^<>]*py-spy record[^<]*", "the busy load", svg)
    return re.sub(r"(<title>|<text[^>]*>)([^<]*)", lambda found: found[1] + HERE.sub("", found[2]), titled)


def main() -> None:
    cli = argparse.ArgumentParser(prog="python -m loadtests.bench.flame", description=__doc__)
    cli.add_argument("--picture", type=pathlib.Path, default=PICTURE)
    cli.add_argument("--seconds", type=float, default=10)
    given = cli.parse_args()
    check_replaceable(given.picture, (b"<?xml", b"<svg"))
    allow_files()
    record(BUSY._replace(seconds=given.seconds), given.picture)
    svg = given.picture.read_text(encoding="utf-8")
    given.picture.write_text(anonymous(svg), encoding="utf-8")
    print(given.picture)


if __name__ == "__main__":
    main()
