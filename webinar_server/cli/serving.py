"""`serve`: the server, from a terminal."""

from __future__ import annotations

import pathlib
from typing import Any

import click

from webinar_server import logs
from webinar_server.cli.options import data_options, metrics_address, refuse_redis
from webinar_server.settings import from_environment

PACE_OFF = "WEBINAR_PACE=off: no limits per person or address; for load measurements only"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True)
@click.option(
    "--public-url",
    metavar="URL",
    envvar="WEBINAR_PUBLIC_URL",
    help="Where people reach it, like https://live.example.org.",
)
@click.option(
    "--metrics",
    metavar="[HOST:]PORT",
    callback=metrics_address,
    envvar="WEBINAR_METRICS",
    help="Serve /metrics there, on 127.0.0.1 if no host is given; worker n at PORT + n.",
)
@data_options
def serve(
    host: str,
    port: int,
    workers: int,
    public_url: str | None,
    metrics: tuple[str, int] | None,
    data: pathlib.Path,
    redis: str | None,
) -> None:
    """Serve; one line with the address once ready."""
    from webinar_server.live.hub import Hub
    from webinar_server.log.sqlite import SqliteLog
    from webinar_server.web.access import clean_url
    from webinar_server.web.identity import Signer, load_secret, make_folder
    from webinar_server.web.metrics import serve_metrics
    from webinar_server.web.serve import listen, run
    from webinar_server.web.serve import serve as serve_until_stopped

    refuse_redis(redis, workers)
    settings = from_environment()
    signer = Signer(load_secret(data))
    listener = listen(host, port)
    log = SqliteLog(make_folder(data))
    public = clean_url(public_url) if public_url else None
    here = _address(listener.getsockname())
    hub = Hub(log, settings)
    logs.setup()

    def ready() -> None:
        log.announce(here, public)
        if metrics:
            hub.tasks.start("metrics", serve_metrics(hub, *metrics))
        if not settings.pace:
            click.echo(PACE_OFF, err=True)
        click.echo(f"ready at {public or here}")

    run(serve_until_stopped(hub, signer, listener, public, ready))


def _address(name: tuple[Any, ...]) -> str:
    host = "127.0.0.1" if name[0] in ("0.0.0.0", "::") else name[0]
    return f"http://[{host}]:{name[1]}" if ":" in host else f"http://{host}:{name[1]}"
