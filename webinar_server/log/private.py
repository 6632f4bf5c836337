"""Private: a data folder and its files are their owner's alone (0700 and 0600), whatever the umask.

The log tells who asked without a name and who voted for what; the secret signs everybody's links. Windows has
no such modes; there a folder is as private as the one it is in.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077
OURS = (
    *("log.db", "log.db-wal", "log.db-shm", "log.db-journal"),
    *("lock", "secret", "secret-old", "erased"),
)
"""What a server keeps in its folder; SQLite gives the files beside `log.db` the mode that one has."""

_NOT_A_LINK = getattr(os, "O_NOFOLLOW", 0)


def make_folder(path: Path) -> None:
    """A folder, made where there is none; those above it are as the umask says. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(FOLDER)
    except FileExistsError:
        if not path.is_dir():
            raise
    else:
        # the umask may have taken the owner's own rights
        path.chmod(FOLDER)


def open_file(path: Path, flags: int) -> int:
    """A descriptor of a file that is its owner's alone; with O_CREAT it is made where there is none, and a
    link is not followed. Raises OSError.
    """
    fd = os.open(path, flags | _NOT_A_LINK, FILE)
    try:
        if sys.platform != "win32" and stat.S_IMODE(os.fstat(fd).st_mode) != FILE:
            with suppress(PermissionError):  # another owner's, who lets us write
                os.fchmod(fd, FILE)
    except BaseException:
        os.close(fd)
        raise
    return fd


def narrow(folder: Path) -> None:
    """Take from others what an older version, or a copy, gave them. What is not ours to change is left.

    The folder itself only where nothing else is in it: it may be somebody's home.
    """
    if sys.platform == "win32":
        return
    for path in wide(folder):
        with suppress(OSError):
            if path == folder:
                if {name.name for name in folder.iterdir()} <= {*OURS}:
                    folder.chmod(FOLDER)
            else:
                os.close(open_file(path, os.O_RDONLY | os.O_NONBLOCK))


def wide(folder: Path) -> list[Path]:
    """The folder and those of its files that others may use. Raises OSError where it cannot be looked at."""
    if sys.platform == "win32" or not folder.exists():
        return []
    files = [folder / name for name in OURS if _regular(folder / name)]
    return [path for path in (folder, *files) if path.stat().st_mode & OTHERS]


def of_others(folder: Path) -> list[Path]:
    """The folder and those of its files that belong to a user who is neither this one nor root, and who can
    read and change them therefore. Raises OSError where it cannot be looked at."""
    if sys.platform == "win32" or not folder.exists():
        return []
    ours = [folder, *(folder / name for name in OURS if os.path.lexists(folder / name))]
    return [path for path in ours if path.stat().st_uid not in (0, os.geteuid())]


def _regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False
