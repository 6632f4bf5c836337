"""The show: a fresh data folder, the server and the audience as processes, and an end without remains."""

from __future__ import annotations

import asyncio
import pathlib
import signal
import socket
import tempfile
from asyncio.subprocess import Process
from typing import NamedTuple

import click
import msgspec

from webinar_server.clock import monotonic
from webinar_server.demo import mission, week
from webinar_server.demo.cast import CAST_MAX, cast
from webinar_server.demo.orders import Orders
from webinar_server.demo.processes import Server, end, start_audience
from webinar_server.demo.screen import Screen, welcome
from webinar_server.demo.script import TOPIC
from webinar_server.demo.seed import Tokens, seed
from webinar_server.demo.tally import line
from webinar_server.errors import StorageError

HERE, EVERYWHERE = "127.0.0.1", "0.0.0.0"
ELSEWHERE = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737): asking the way there sends nothing."""


class Options(NamedTuple):
    """What the reader asked for."""

    audience: int
    host: str
    port: int
    seed: int
    minutes: float


@click.command()
@click.option("--audience", type=click.IntRange(1, CAST_MAX), default=300, show_default=True)
@click.option(
    "--host",
    default=HERE,
    show_default=True,
    help=f"{EVERYWHERE} lets other devices of this network in, too.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--seed", default=2020, show_default=True, help="The same seed brings the same people.")
@click.option("--minutes", type=click.FloatRange(min=0), default=120, show_default=True)
def main(audience: int, host: str, port: int, seed: int, minutes: float) -> None:
    """A running session with a simulated audience, on a data folder that is removed at the end."""
    try:
        asyncio.run(Show(Options(audience, host, port or _free_port(), seed, minutes)).run())
    except StorageError as error:
        raise click.ClickException(str(error)) from None


class Show:
    """One demo, from the empty folder to the last line."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._screen = Screen()
        self._over = asyncio.Event()

    async def run(self) -> None:
        """Until the time is up or somebody ends it. Raises StorageError where it cannot begin."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._over.set)
        with tempfile.TemporaryDirectory(prefix="webinar-demo-") as folder:
            data = pathlib.Path(folder)
            guests = cast(self._options.seed, self._options.audience)
            tokens = await seed(data, guests, self._options.seed)
            server = Server(data, self._options.host, self._options.port, self._screen.say)
            try:
                await server.start()
                await self._perform(server, tokens)
            finally:
                await server.end()
        self._screen.end("The demo has ended; its data folder is removed.")

    async def _perform(self, server: Server, tokens: Tokens) -> None:
        options = self._options
        base = f"http://{_reached_at(options.host)}:{options.port}"
        self._screen.say(welcome(base, tokens, options.audience, options.minutes, server.pid))
        audience = await start_audience(self._orders(tokens))
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(server.keep()), group.create_task(self._report(audience))]
                await self._until_over()
                for task in tasks:
                    task.cancel()
        finally:
            await end(audience)

    def _orders(self, tokens: Tokens) -> Orders:
        options = self._options
        url = f"ws://{HERE if options.host == EVERYWHERE else options.host}:{options.port}/live?topic={TOPIC}"
        reader = week.reader(mission.READER)
        return Orders(
            url, TOPIC, options.seed, options.minutes * 60, tokens.guests, week.TOPIC, tokens.second, reader
        )

    async def _report(self, audience: Process) -> None:
        assert audience.stdout is not None
        started = monotonic()
        async for report in audience.stdout:
            self._screen.status(monotonic() - started, line(msgspec.json.decode(report)))

    async def _until_over(self) -> None:
        try:
            async with asyncio.timeout(self._options.minutes * 60):
                await self._over.wait()
        except TimeoutError:
            pass


def _reached_at(host: str) -> str:
    """Where other devices reach what listens there: on all addresses, at the one that leads out of here."""
    if host != EVERYWHERE:
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(ELSEWHERE)
        except OSError:
            return HERE
        return str(way.getsockname()[0])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
        return port
