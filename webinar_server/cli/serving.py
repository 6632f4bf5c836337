"""`serve`: the server, from a terminal, in one process or as the parent of several."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from webinar_server import logs
from webinar_server.cli import first_link
from webinar_server.cli.options import data_options, metrics_address, proxy_option
from webinar_server.errors import StorageError
from webinar_server.settings import Settings, from_environment

if TYPE_CHECKING:
    from webinar_server.web.who.site import Site

PACE_OFF = "WEBINAR_PACE=off: no limits per person or address; for load measurements only"


class Given(NamedTuple):
    """What a server was told, however many processes it has."""

    settings: Settings
    public: str | None
    proxies: tuple[str, ...]
    data: pathlib.Path
    redis: str | None
    metrics: tuple[str, int] | None


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes; several need --redis. SIGHUP renews them one by one, for an upgrade.",
)
@click.option(
    "--public-url",
    metavar="URL",
    envvar="WEBINAR_PUBLIC_URL",
    help="Where people reach it, like https://live.example.org.",
)
@proxy_option
@click.option(
    "--metrics",
    metavar="[HOST:]PORT",
    callback=metrics_address,
    envvar="WEBINAR_METRICS",
    help="Serve /metrics there, on 127.0.0.1 if no host is given; worker n at PORT + n.",
)
@click.option("--worker", type=(int, int), hidden=True, help="The sockets a worker was given by its parent.")
@data_options
def serve(
    host: str,
    port: int,
    workers: int,
    public_url: str | None,
    trusted_proxy: tuple[str, ...],
    metrics: tuple[str, int] | None,
    worker: tuple[int, int] | None,
    data: pathlib.Path,
    redis: str | None,
) -> None:
    """Serve; one line with the address once ready."""
    from webinar_server.web.who.access import clean_url

    public = clean_url(public_url) if public_url else None
    given = Given(from_environment(), public, trusted_proxy, data, redis, metrics)
    logs.setup()
    if worker is not None:
        _serve_as_worker(*worker, given)
    elif workers == 1:
        _serve_alone(host, port, given)
    else:
        _supervise(host, port, workers, given)


def _serve_alone(host: str, port: int, given: Given) -> None:
    from webinar_server.live.hub import Hub
    from webinar_server.log.erasures import Erasures
    from webinar_server.log.sqlite.engine import SqliteLog
    from webinar_server.serve.process import listen, run
    from webinar_server.serve.process import serve as serve_until_stopped
    from webinar_server.serve.sessions import open_log
    from webinar_server.web.who.secret import load_secrets
    from webinar_server.web.who.tokens import Signer

    signer = Signer(*load_secrets(given.data))
    listener = listen(host, port)
    log = open_log(given.redis, given.data)
    announce = log.announce if isinstance(log, SqliteLog) else _announcing(given.data)
    hub = Hub(log, given.settings, Erasures(given.data).read())

    ready = _ready(listener, given, announce, partial(first_link.begin, hub, signer))
    run(serve_until_stopped(hub, signer, listener, _site(given), ready, _say_waiting, metrics=given.metrics))


def _serve_as_worker(listener: int, parent: int, given: Given) -> None:
    """One of several: everything it has to say it says to its parent."""
    from webinar_server.live.hub import Hub
    from webinar_server.log.erasures import Erasures
    from webinar_server.serve.parent import Parent
    from webinar_server.serve.process import run
    from webinar_server.serve.process import serve as serve_until_stopped
    from webinar_server.serve.sessions import open_log
    from webinar_server.web.who.secret import load_secrets
    from webinar_server.web.who.tokens import Signer

    above = Parent(parent)
    try:
        secrets = load_secrets(given.data)
        hub = Hub(open_log(given.redis, given.data), given.settings, Erasures(given.data).read())
        shared = socket.socket(fileno=listener)
        ready = partial(above.ready, hub.worker.name)
        waits, metrics = above.waits, given.metrics
        run(serve_until_stopped(hub, Signer(*secrets), shared, _site(given), ready, waits, above, metrics))
    except StorageError as error:
        above.failed(str(error))
        raise SystemExit(1) from None


def _site(given: Given) -> Site:
    from webinar_server.web.who.site import Site
    from webinar_server.web.who.visitors import Proxies

    return Site(given.public, Proxies(given.proxies))


def _supervise(host: str, port: int, workers: int, given: Given) -> None:
    from webinar_server.serve.process import listen
    from webinar_server.serve.sessions import open_log
    from webinar_server.serve.workers import Supervisor
    from webinar_server.web.who.secret import load_secrets

    _check_several(given.redis)
    # a wrong address is found here, rather than once by each worker
    open_log(given.redis, given.data)
    # so is a secret that is none
    load_secrets(given.data)
    listener = listen(host, port)
    begin = partial(first_link.begin_of_several, str(given.redis), given.data)
    ready = _ready(listener, given, _announcing(given.data), begin)
    # -P: what lies in the folder that this was started in may be anybody's
    command = [sys.executable, "-P", "-m", "webinar_server", "serve", "--data", str(given.data)]
    command += ["--public-url", given.public] if given.public else []
    command += [f"--trusted-proxy={name}" for name in given.proxies]
    # not on the command line, where everybody on this machine could read its password
    environment = {"WEBINAR_REDIS": str(given.redis)}
    if given.metrics:
        environment["WEBINAR_METRICS"] = "[{}]:{}".format(*given.metrics)

    async def supervise() -> None:
        parent = Supervisor(command, environment, workers, listener, given.settings.drain, ready, _say)
        await parent.run()

    asyncio.run(supervise())


def _check_several(redis: str | None) -> None:
    """Raises StorageError where several workers cannot be."""
    if not redis:
        raise StorageError(
            "a data folder belongs to one process, so several workers need a Redis or Valkey between them; "
            "give its address with --redis, or leave out --workers"
        )
    if sys.platform == "win32":
        raise StorageError("workers share a socket, which Windows does not do; leave out --workers")


def _announcing(data: pathlib.Path) -> Callable[[str, str | None], None]:
    """How `link` on this machine finds a server whose log is elsewhere: by the folder of its secret."""
    from webinar_server.log.sqlite.lock import FolderLock

    lock = FolderLock(data)
    with contextlib.suppress(StorageError):
        # there is no folder where the secret comes from the environment, or another server was before us:
        # then `link` needs to be told
        lock.take()
    return lock.announce


def _ready(
    listener: socket.socket,
    given: Given,
    announce: Callable[[str, str | None], None],
    begin: Callable[[str], None],
) -> Callable[[], None]:
    """What is done once it serves; `begin` is told where."""
    here = _address(listener.getsockname())

    def ready() -> None:
        announce(here, given.public)
        if not given.settings.pace:
            click.echo(PACE_OFF, err=True)
        if given.redis:
            # beside the loop that serves, and only once, however many workers there are
            threading.Thread(target=_advise, args=(given.redis,), daemon=True).start()
        click.echo(f"ready at {given.public or here}")
        begin(given.public or here)

    return ready


def _advise(redis: str) -> None:
    """Say what of Redis' settings is not as it should be."""
    from webinar_server.log.inspect import look_at_redis

    for finding in asyncio.run(look_at_redis(redis)):
        if finding.level != "OK":
            _say(f"{finding.about}: {finding.text}")


def _say_waiting(reason: str) -> None:
    _say(f"not ready yet: {reason}")


def _say(text: str) -> None:
    click.echo(f"webinar-server: {text}", err=True)


def _address(name: tuple[Any, ...]) -> str:
    host = "127.0.0.1" if name[0] in ("0.0.0.0", "::") else name[0]
    return f"http://[{host}]:{name[1]}" if ":" in host else f"http://{host}:{name[1]}"
