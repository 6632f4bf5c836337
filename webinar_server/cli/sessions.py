"""`session add`, `session list`, `session show`: sessions of the mission."""

from __future__ import annotations

import asyncio
import pathlib
from typing import get_args

import click

from webinar_server.cli.options import data_options
from webinar_server.session.programme import CreateSession
from webinar_server.words.videos import VideoKind, guess_kind


@click.group()
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
    """Create a session, on a Redis or a data folder, whether a server runs on it or not."""
    from webinar_server.serve.sessions import create_session
    from webinar_server.web.http.api import check_session_id

    command = CreateSession(
        session=id,
        title=title,
        starts_at=_time(starts),
        ends_at=_time(ends),
        video_kind=video_kind or guess_kind(video),
        video=video,
        premoderated=premoderated,
    )
    create_session(check_session_id(command), data, redis)
    click.echo(f"session {id} is there")


@session.command("list")
@click.option("--json", "as_json", is_flag=True, help="One object a line, times in Unix ms.")
@data_options
def list_sessions(as_json: bool, data: pathlib.Path, redis: str | None) -> None:
    """All sessions, by their id; also while a server runs."""
    from webinar_server.cli import session_table

    rows = asyncio.run(session_table.summaries(data, redis))
    click.echo(session_table.as_json(rows) if as_json else session_table.table(rows))


@session.command("show")
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="One object, times in Unix ms.")
@data_options
def show_session(id: str, as_json: bool, data: pathlib.Path, redis: str | None) -> None:
    """One session: its times, its video, and how many people, questions, polls and messages it has."""
    from webinar_server.cli import session_table

    rows = asyncio.run(session_table.summaries(data, redis, id))
    click.echo(session_table.as_json(rows) if as_json else session_table.page(rows[0]))


@session.command("check")
@click.argument("id")
@data_options
def check_session(id: str, data: pathlib.Path, redis: str | None) -> None:
    """What a session's run of show breaks of the rules for an hour that holds an audience. Ends with 1 where
    it breaks one."""
    from webinar_server.cli import run_table

    lines = asyncio.run(run_table.checked(data, redis, id))
    click.echo("\n".join(lines or [run_table.GOOD]))
    if lines:
        raise SystemExit(1)


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
