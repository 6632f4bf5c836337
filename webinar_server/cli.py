"""Commands for people at a terminal: serve, session add, token, link, schema, demo.

A mistake is one line on standard error that says what to do, and exit code 1 (2 for a misspelt command).
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, get_args

import click

from webinar_server import __version__
from webinar_server.errors import Refusal, StorageError
from webinar_server.session.people import ORGANISATION_KINDS
from webinar_server.session.programme import CreateSession, VideoKind, guess_kind
from webinar_server.settings import from_environment

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_DATA = "webinar-data"
PACE_OFF = "WEBINAR_PACE=off: no limits per person or address; for load measurements only"
PAGE_OF_ROLE = {
    "organiser": "host",
    "host": "host",
    "speaker": "session",
    "attendee": "session",
    "stage": "stage",
}


def main() -> None:
    """Entry point: errors of the product become one line."""
    try:
        cli(standalone_mode=False)
    except (StorageError, Refusal) as error:
        _fail(error.text if isinstance(error, Refusal) else str(error))
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except (click.Abort, KeyboardInterrupt):
        raise SystemExit(130) from None


def data_options(command: F) -> F:
    """Where the log is: a folder, or a Redis."""
    command = click.option("--redis", metavar="URL", help="Redis or Valkey, for several workers.")(command)
    return click.option(
        "--data",
        metavar="DIR",
        default=DEFAULT_DATA,
        show_default=True,
        envvar="WEBINAR_DATA",
        type=click.Path(path_type=pathlib.Path),
        help="Folder of the log and the secret.",
    )(command)


def person_options(command: F) -> F:
    """Who a token is for."""
    options = (
        click.option("--session", required=True, metavar="ID"),
        click.option("--role", required=True, type=click.Choice([*PAGE_OF_ROLE])),
        click.option("--name", required=True),
        click.option("--organisation", default=""),
        click.option("--kind", type=click.Choice(ORGANISATION_KINDS), default="other", show_default=True),
        click.option("--country", metavar="CC", default="", help="Two letters, like NL."),
        click.option("--count", type=click.IntRange(1, 100_000), help="So many, with numbered names."),
        click.option(
            "--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="Valid so long."
        ),
    )
    for option in options:
        command = option(command)
    return data_options(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="webinar-server")
def cli() -> None:
    """The live interaction and community server for digital missions."""


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True)
@click.option(
    "--public-url",
    metavar="URL",
    envvar="WEBINAR_PUBLIC_URL",
    help="Where people reach it, like https://live.example.org.",
)
@data_options
def serve(
    host: str, port: int, workers: int, public_url: str | None, data: pathlib.Path, redis: str | None
) -> None:
    """Serve; one line with the address once ready."""
    from webinar_server.live.hub import Hub
    from webinar_server.log.sqlite import SqliteLog
    from webinar_server.web.access import clean_url
    from webinar_server.web.identity import Signer, load_secret, make_folder
    from webinar_server.web.serve import listen, run
    from webinar_server.web.serve import serve as serve_until_stopped

    _refuse_redis(redis, workers)
    settings = from_environment()
    signer = Signer(load_secret(data))
    listener = listen(host, port)
    log = SqliteLog(make_folder(data))
    public = clean_url(public_url) if public_url else None
    here = _address(listener.getsockname())

    def ready() -> None:
        log.announce(here, public)
        if not settings.pace:
            click.echo(PACE_OFF, err=True)
        click.echo(f"ready at {public or here}")

    run(serve_until_stopped(Hub(log, settings), signer, listener, public, ready))


@cli.group()
def session() -> None:
    """Sessions of the mission."""


@session.command("add")
@click.argument("id")
@click.option("--title", required=True)
@click.option("--starts", metavar="TIME", help="ISO 8601 with offset, like 2026-11-24T17:00+01:00.")
@click.option("--ends", metavar="TIME")
@click.option("--video", metavar="URL", default="")
@click.option(
    "--video-kind", type=click.Choice(get_args(VideoKind)), help="Guessed from the URL if left out."
)
@click.option("--premoderated", is_flag=True, help="Questions wait for a host's approval.")
@data_options
def add_session(
    id: str,
    title: str,
    starts: str | None,
    ends: str | None,
    video: str,
    video_kind: VideoKind | None,
    premoderated: bool,
    data: pathlib.Path,
    redis: str | None,
) -> None:
    """Create a session, on a stopped server's data folder or a running one's."""
    from webinar_server.web.api import check_session_id
    from webinar_server.web.terminal import create_session

    _refuse_redis(redis, 1)
    command = CreateSession(
        session=id,
        title=title,
        starts_at=_time(starts),
        ends_at=_time(ends),
        video_kind=video_kind or guess_kind(video),
        video=video,
        premoderated=premoderated,
    )
    create_session(check_session_id(command), data)
    click.echo(f"session {id} is there")


@cli.command()
@person_options
def token(**options: Any) -> None:
    """Print tokens, one a line."""
    from webinar_server.web.terminal import tokens

    for signed in tokens(**options):
        click.echo(signed)


@cli.command()
@person_options
@click.option(
    "--url", envvar="WEBINAR_PUBLIC_URL", help="Address of the server; the running one's if left out."
)
def link(url: str | None, **options: Any) -> None:
    """Print links to open in a browser, one a line."""
    from webinar_server.log.sqlite import holder
    from webinar_server.web.access import clean_url
    from webinar_server.web.terminal import tokens

    running = holder(options["data"]) or {}
    base = clean_url(url) if url else running.get("public") or running.get("url") or "http://127.0.0.1:8000"
    page = PAGE_OF_ROLE[options["role"]]
    for signed in tokens(**options):
        click.echo(f"{base}/{page}/{options['session']}#{signed}")


@cli.command()
def schema() -> None:
    """Print the reference of records, commands and HTTP as AsyncAPI and OpenAPI (JSON)."""
    from webinar_server.web.schema import describe

    click.echo(describe())


@cli.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def demo(arguments: tuple[str, ...]) -> None:
    """A running mission with a simulated audience; see `webinar-server demo --help`."""
    from webinar_server.demo import main as run_demo

    run_demo(list(arguments), standalone_mode=False)


def _refuse_redis(redis: str | None, workers: int) -> None:
    if redis or workers > 1:
        raise StorageError(
            "this version keeps its log in a data folder, for one worker; leave out --redis and --workers"
        )


def _address(name: tuple[Any, ...]) -> str:
    host = "127.0.0.1" if name[0] in ("0.0.0.0", "::") else name[0]
    return f"http://[{host}]:{name[1]}" if ":" in host else f"http://{host}:{name[1]}"


def _time(text: str | None) -> int | None:
    """Unix ms of an ISO 8601 time with an offset."""
    import datetime

    if text is None:
        return None
    try:
        at = datetime.datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise click.BadParameter(f"{text!r} is not a time with an offset, like 2026-11-24T17:00+01:00")
    return round(at.timestamp() * 1000)


def _fail(text: str) -> NoReturn:
    click.echo(f"webinar-server: {text}", err=True)
    raise SystemExit(1)
