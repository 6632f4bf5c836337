"""`export` and `restore`: a session's whole history as a file, and back into a log of any engine."""

from __future__ import annotations

import asyncio
import logging
import pathlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING, BinaryIO, TypeAlias

import click

from webinar_server import __version__, limits
from webinar_server.cli.options import data_options
from webinar_server.cli.output import opened
from webinar_server.clock import now_ms
from webinar_server.errors import StorageError
from webinar_server.log import Log
from webinar_server.log.archive.read import not_an_export
from webinar_server.log.archive.restore import Restored, restore
from webinar_server.log.archive.write import DOCUMENT, FORMAT, Header, document, lines, take
from webinar_server.log.erasures import Erasures
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.log.sqlite.reading import SqliteReading
from webinar_server.session import SESSION
from webinar_server.state import START
from webinar_server.web.who.secret import make_folder

if TYPE_CHECKING:
    from webinar_server.log.redis.engine import RedisLog

Opened: TypeAlias = Callable[[], AbstractContextManager[BinaryIO]]
PIECE = 1 << 20
SEEN_WITHIN = 3.0
"""Seconds to see whether a session is there."""
FORMATS = {"jsonl": lines, "json": document}
EARLIER = tuple(f'{{"format":"{name}",'.encode() for name in (FORMAT, DOCUMENT))
"""How an export begins, of any version."""


@click.command("export")
@click.argument("session")
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS]),
    default="jsonl",
    show_default=True,
    help="jsonl to keep and restore, json to read.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=pathlib.Path, dir_okay=False),
    help="Where to, readable by you alone; standard output if left out.",
)
@click.option("--overwrite", is_flag=True, help="Take the place of an earlier export of that name.")
@data_options
def export_session(
    session: str,
    form: str,
    output: pathlib.Path | None,
    overwrite: bool,
    data: pathlib.Path,
    redis: str | None,
) -> None:
    """Write down everything of a session, also while it runs."""
    _keep_to_one_line()
    header = asyncio.run(_export(session, form, partial(opened, output, overwrite, EARLIER), data, redis))
    if output is not None:
        click.echo(f"session {session} is in {output}, up to entry {header.at.seq}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=pathlib.Path))
@data_options
def restore_session(file: pathlib.Path, data: pathlib.Path, redis: str | None) -> None:
    """Put an exported session (jsonl) into a log that does not have it, or only its beginning.

    FILE may be `-` for standard input, or a pipe.
    """
    _keep_to_one_line()
    with _readable_twice(file) as (path, called):
        done = asyncio.run(_restore(path, called, data, redis))
        click.echo(_told(done))
        if erased := Erasures(data).read().of(done.topic):
            text = f"{len(erased)} people were erased since; the server erases them again when it starts"
            click.echo(text, err=True)


def _keep_to_one_line() -> None:
    """What is the matter with a Redis is the one line a command ends with; a server would log it, too."""
    logging.getLogger("webinar_server").setLevel(logging.CRITICAL)


async def _export(session: str, form: str, opened: Opened, data: pathlib.Path, redis: str | None) -> Header:
    log = source(data, redis)
    await log.open()
    try:
        taken = await take(log, SESSION.topic(session), now_ms(), __version__)
        with opened() as file:
            async for piece in FORMATS[form](taken):
                file.write(piece)
        return taken.header
    finally:
        await log.close()


@contextmanager
def _readable_twice(file: pathlib.Path) -> Iterator[tuple[pathlib.Path, str]]:
    """Where to read, and what to call it: all of it is verified before anything is written, so what comes
    through a pipe is kept meanwhile, for us alone.
    """
    called = "standard input" if str(file) == "-" else str(file)
    if called == str(file) and (file.is_file() or not file.exists() or file.is_dir()):
        yield file, called
        return
    with tempfile.NamedTemporaryFile(prefix="restore-") as kept:
        try:
            with sys.stdin.buffer if str(file) == "-" else file.open("rb") as source:
                _copy(source, kept, called)
            kept.flush()
        except OSError as error:
            raise StorageError(f"{called} cannot be read ({error.strerror})") from error
        yield pathlib.Path(kept.name), called


def _copy(source: BinaryIO, kept: IO[bytes], called: str) -> None:
    """Raises StorageError for what is no export, or has no end in sight."""
    size = 0
    while piece := source.read(PIECE):
        # in an encoding of two bytes a letter the first line is twice as long
        if not size and b"\n" not in piece[: 2 * limits.EXPORT_HEADER_MAX]:
            raise not_an_export(called)
        size += len(piece)
        if size > limits.RESTORED_MAX:
            raise StorageError(
                f"{called} is larger than {limits.RESTORED_MAX} bytes, so it may have no end; nothing was "
                "changed. Write it to a file and restore that"
            )
        kept.write(piece)


async def _restore(file: pathlib.Path, called: str, data: pathlib.Path, redis: str | None) -> Restored:
    log = _log(data, redis)
    await log.open()
    try:
        return await restore(log, file, called)
    finally:
        await log.close()


def source(data: pathlib.Path, redis: str | None) -> RedisLog | SqliteReading:
    return _redis(redis) if redis else SqliteReading(data)


def _log(data: pathlib.Path, redis: str | None) -> Log:
    return _redis(redis) if redis else SqliteLog(make_folder(data))


def _redis(url: str) -> RedisLog:
    # most commands need no client for Redis, and loading it takes a third of their time
    from webinar_server.log.redis.engine import RedisLog

    return RedisLog(url)


def _told(done: Restored) -> str:
    session = SESSION.id_of(done.topic)
    if done.now == done.before:
        further = done.now.seq - done.at.seq
        return f"session {session} is there already" + (f", and {further} entries further" if further else "")
    if done.before == START:
        return f"session {session} is restored, up to entry {done.at.seq}"
    return (
        f"session {session} is completed: {done.at.seq - done.before.seq} entries more, up to {done.at.seq}"
    )
