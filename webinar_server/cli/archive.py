"""`export` and `restore`: a session's whole history as a file, and back into a log of any engine."""

from __future__ import annotations

import asyncio
import logging
import os
import pathlib
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

import click

from webinar_server import __version__
from webinar_server.cli.options import data_options
from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import StorageError
from webinar_server.log import Log
from webinar_server.log.archive import Header, document, lines, take
from webinar_server.log.reading import SqliteReading
from webinar_server.log.redis import RedisLog
from webinar_server.log.restoring import Restored, restore
from webinar_server.log.sqlite import SqliteLog
from webinar_server.state import START
from webinar_server.web.secret import load_secrets, make_folder

FORMATS = {"jsonl": lines, "json": document}


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
@data_options
def export_session(
    session: str, form: str, output: pathlib.Path | None, data: pathlib.Path, redis: str | None
) -> None:
    """Write down everything of a session, also while it runs."""
    _keep_to_one_line()
    header = asyncio.run(_export(session, form, output, data, redis))
    if output is not None:
        click.echo(f"session {session} is in {output}, up to entry {header.at.seq}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=pathlib.Path))
@data_options
def restore_session(file: pathlib.Path, data: pathlib.Path, redis: str | None) -> None:
    """Put an exported session (jsonl) into a log that does not have it, or only its beginning."""
    _keep_to_one_line()
    click.echo(_told(asyncio.run(_restore(file, data, redis))))


def _keep_to_one_line() -> None:
    """What is the matter with a Redis is the one line a command ends with; a server would log it, too."""
    logging.getLogger("webinar_server").setLevel(logging.CRITICAL)


async def _export(
    session: str, form: str, output: pathlib.Path | None, data: pathlib.Path, redis: str | None
) -> Header:
    source = _source(data, redis)
    await source.open()
    try:
        taken = await take(source, f"session/{session}", now_ms(), __version__)
        await _write(FORMATS[form](taken), output)
        return taken.header
    finally:
        await source.close()


async def _write(pieces: AsyncIterator[bytes], output: pathlib.Path | None) -> None:
    with _file(output) if output else _standard_output() as file:
        async for piece in pieces:
            file.write(piece)


@contextmanager
def _file(output: pathlib.Path) -> Iterator[BinaryIO]:
    """A file that takes its name only once it is whole and on the disk."""
    part = output.with_name(f"{output.name}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(output)
    except OSError as error:
        raise StorageError(
            f"{output} cannot be written ({error.strerror}); choose another --output"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    try:
        yield sys.stdout.buffer
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read it has enough, like `head`; what is still unsaid goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


async def _restore(file: pathlib.Path, data: pathlib.Path, redis: str | None) -> Restored:
    log = _log(data, redis)
    await log.open()
    try:
        return await restore(log, file)
    finally:
        await log.close()


def _source(data: pathlib.Path, redis: str | None) -> RedisLog | SqliteReading:
    # what is only read is told to nobody, so it needs no secret
    return RedisLog(redis, fresh_id()) if redis else SqliteReading(data)


def _log(data: pathlib.Path, redis: str | None) -> Log:
    return RedisLog(redis, *load_secrets(data)) if redis else SqliteLog(make_folder(data))


def _told(done: Restored) -> str:
    session = done.topic.removeprefix("session/")
    if done.now == done.before:
        further = done.now.seq - done.at.seq
        return f"session {session} is there already" + (f", and {further} entries further" if further else "")
    if done.before == START:
        return f"session {session} is restored, up to entry {done.at.seq}"
    return (
        f"session {session} is completed: {done.at.seq - done.before.seq} entries more, up to {done.at.seq}"
    )
