"""Output: what a command writes, to a file that somebody names or to standard output.

A file takes the place of one of its own kind only, which is told by how that begins, and never has a name
that a data folder has: a slip of the hand would cost the log of a running server, or what it signs with.
"""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from secrets import token_hex
from typing import BinaryIO

from webinar_server.errors import StorageError
from webinar_server.log import private


def opened(
    output: pathlib.Path | None, overwrite: bool, begins: tuple[bytes, ...]
) -> AbstractContextManager[BinaryIO]:
    """Standard output, or a file; what it may take the place of `begins` so. Raises StorageError."""
    return _file(output, overwrite, begins) if output else _standard_output()


def check_replaceable(path: pathlib.Path, begins: tuple[bytes, ...]) -> None:
    """Raises StorageError unless nothing of another kind is lost where a file takes this name.

    A link gives way to a file; what it leads to stays as it is.
    """
    check_name(path)
    if not os.path.lexists(path) or path.is_symlink():
        return
    if not path.is_file() or not _begin(path, max(map(len, begins))).startswith(begins):
        raise StorageError(f"{path} is there already and is no earlier one of its kind; choose another name")


def check_name(path: pathlib.Path) -> None:
    """Raises StorageError for a name that a data folder has, wherever: it would be taken for the secret."""
    if path.name.casefold() in private.OURS:
        raise StorageError(f"{path} is called like a file of a data folder; choose another name")


def _begin(path: pathlib.Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


@contextmanager
def _file(output: pathlib.Path, overwrite: bool, begins: tuple[bytes, ...]) -> Iterator[BinaryIO]:
    """A file that takes its name only once it is whole and on the disk, for its owner alone.

    Where it is written first has a name that nobody can have foreseen, and no link is followed to another.
    """
    part = output.with_name(f".export-{token_hex(8)}.part")
    try:
        check_name(output)
        if not overwrite and os.path.lexists(output):
            raise FileExistsError
        check_replaceable(output, begins)
        with open(private.open_file(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
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
            os.close(private.open_file(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
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
