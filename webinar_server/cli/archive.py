"""`export` and `restore`: a session's whole history as a file, and back into a log of any engine."""

from __future__ import annotations

import asyncio
import logging
import os
import pathlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from secrets import token_hex
from typing import BinaryIO, TypeAlias

import click

from webinar_server import __version__
from webinar_server.cli.options import data_options
from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import StorageError
from webinar_server.log import Log
from webinar_server.log.archive.restore import Restored, restore
from webinar_server.log.archive.write import Header, document, lines, take
from webinar_server.log.private import open_file
from webinar_server.log.redis.engine import RedisLog
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.log.sqlite.reading import SqliteReading
from webinar_server.session import SESSION
from webinar_server.state import START
from webinar_server.web.who.secret import load_secrets, make_folder

Opened: TypeAlias = Callable[[], AbstractContextManager[BinaryIO]]
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
@click.option("--overwrite", is_flag=True, help="Take the place of a file of that name.")
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
    header = asyncio.run(_export(session, form, partial(_opened, output, overwrite), data, redis))
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
        click.echo(_told(asyncio.run(_restore(path, called, data, redis))))


def _keep_to_one_line() -> None:
    """What is the matter with a Redis is the one line a command ends with; a server would log it, too."""
    logging.getLogger("webinar_server").setLevel(logging.CRITICAL)


async def _export(session: str, form: str, opened: Opened, data: pathlib.Path, redis: str | None) -> Header:
    source = _source(data, redis)
    await source.open()
    try:
        taken = await take(source, SESSION.topic(session), now_ms(), __version__)
        with opened() as file:
            async for piece in FORMATS[form](taken):
                file.write(piece)
        return taken.header
    finally:
        await source.close()


def _opened(output: pathlib.Path | None, overwrite: bool) -> AbstractContextManager[BinaryIO]:
    return _file(output, overwrite) if output else _standard_output()


@contextmanager
def _file(output: pathlib.Path, overwrite: bool) -> Iterator[BinaryIO]:
    """A file that takes its name only once it is whole and on the disk, for its owner alone.

    Where it is written first has a name that nobody can have foreseen, and no link is followed to another.
    """
    part = output.with_name(f".export-{token_hex(8)}.part")
    try:
        if not overwrite and os.path.lexists(output):
            raise FileExistsError
        with open(open_file(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _place(part, output, overwrite)
    except FileExistsError:
        raise StorageError(
            f"{output} is there already; choose another --output, or put this in its place with --overwrite"
        ) from None
    except OSError as error:
        raise StorageError(
            f"{output} cannot be written ({error.strerror}); choose another --output"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _place(part: pathlib.Path, output: pathlib.Path, overwrite: bool) -> None:
    """Raises FileExistsError where something has the name since, unless it may be overwritten."""
    if not overwrite:
        try:
            os.link(part, output)
            return
        except FileExistsError:
            raise
        except OSError:
            # a disk without hard links: hold the name with an empty file of ours, then replace that one
            os.close(open_file(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    part.replace(output)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    try:
        yield sys.stdout.buffer
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read it has enough, like `head`; what is still unsaid goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None


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
                shutil.copyfileobj(source, kept)
            kept.flush()
        except OSError as error:
            raise StorageError(f"{called} cannot be read ({error.strerror})") from error
        yield pathlib.Path(kept.name), called


async def _restore(file: pathlib.Path, called: str, data: pathlib.Path, redis: str | None) -> Restored:
    log = _log(data, redis)
    await log.open()
    try:
        return await restore(log, file, called)
    finally:
        await log.close()


def _source(data: pathlib.Path, redis: str | None) -> RedisLog | SqliteReading:
    # what is only read is told to nobody, so it needs no secret
    return RedisLog(redis, fresh_id()) if redis else SqliteReading(data)


def _log(data: pathlib.Path, redis: str | None) -> Log:
    return RedisLog(redis, *load_secrets(data)) if redis else SqliteLog(make_folder(data))


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
