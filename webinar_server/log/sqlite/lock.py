"""The lock of a data folder: one process at a time, and anybody can ask which.

The file `lock` holds `{"pid": …, "url": …, "public": …}` of whoever holds it, or held it last, and
`last`: where a server was before that. What counts is the operating system's lock on it, which ends with the
process however it ends, so a file left by a crash locks nobody out.
"""

import json
import os
import sys
from pathlib import Path
from time import sleep
from typing import Any

from webinar_server.errors import StorageError
from webinar_server.log import private

_TRIES, _PAUSE_S = 10, 0.02
"""`holder` takes the lock for an instant to see whether it is free; a server starting then waits it out."""

_LOCKED_BYTE = 1 << 20
"""Windows keeps others from reading a locked byte, so a byte is locked where the file has none."""

_SIZE = 1024
"""What is written is padded to this, so that one write replaces it and nobody reads half of it."""


_SAID = ("pid", "url", "public", "last")


class FolderLock:
    """Held by the one process that may write into a data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # the open file while we hold it
        self._fd: int | None = None
        self._last: str | None = None

    def take(self) -> None:
        """Hold the folder. Raises StorageError with whoever holds it, or with what is wrong with it."""
        fd = _open(self._folder)
        if not _wait_for_lock(fd):
            said = _read(fd)
            os.close(fd)
            raise StorageError(_in_use(self._folder, said))
        self._fd = fd
        try:
            private.narrow(self._folder)
            self._last = _where(_read(fd))
            self.announce(None)
        except OSError as error:
            self.release()
            raise unwritable(self._folder, error) from error

    def announce(self, url: str | None, public: str | None = None) -> None:
        """Write down where we can be reached from this machine, and where by everybody."""
        if self._fd is not None:
            said = {"pid": os.getpid(), "url": url, "public": public, "last": self._last}
            os.lseek(self._fd, 0, os.SEEK_SET)
            os.write(self._fd, json.dumps(said).encode().ljust(_SIZE))

    def release(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


def holder(folder: Path) -> dict[str, Any] | None:
    """Who holds a data folder (`pid`; `url` and `public` once known; `last`), or `None` if nobody does."""
    try:
        fd = os.open(folder / "lock", os.O_RDONLY)
    except OSError:
        return None
    try:
        return None if _lock(fd) else _read(fd)
    finally:
        os.close(fd)


def remembered(folder: Path) -> str | None:
    """Where people reach the server that holds a folder, or else where the last one was."""
    try:
        fd = os.open(folder / "lock", os.O_RDONLY)
    except OSError:
        return None
    try:
        return _where(_read(fd))
    finally:
        os.close(fd)


def _where(said: dict[str, Any]) -> str | None:
    return next((str(said[name]) for name in ("public", "url", "last") if said[name]), None)


def unwritable(folder: Path, error: OSError) -> StorageError:
    """What to tell somebody whose data folder cannot be written."""
    return StorageError(
        f"cannot write in the data folder {folder} ({error.strerror}); give this user the right to and "
        "room on the disk, or choose another folder with --data"
    )


def _open(folder: Path) -> int:
    if not folder.is_dir():
        raise StorageError(f"there is no folder {folder}; create it, or choose another with --data")
    try:
        return private.open_file(folder / "lock", os.O_RDWR | os.O_CREAT)
    except OSError as error:
        raise unwritable(folder, error) from error


def _in_use(folder: Path, said: dict[str, Any]) -> str:
    where = f" at {said['url']}" if said["url"] else ""
    return (
        f"the data folder {folder} is in use by process {said['pid']}{where}; "
        "stop that one first, or choose another folder with --data"
    )


def _read(fd: int) -> dict[str, Any]:
    os.lseek(fd, 0, os.SEEK_SET)
    try:
        said = json.loads(os.read(fd, _SIZE))
        return {name: said.get(name) for name in _SAID}
    except (ValueError, AttributeError):
        return dict.fromkeys(_SAID)


def _wait_for_lock(fd: int) -> bool:
    for _ in range(_TRIES):
        if _lock(fd):
            return True
        sleep(_PAUSE_S)
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> bool:
        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
