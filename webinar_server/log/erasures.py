"""Erasures: who was erased from which topic, by ids alone, kept apart from the log.

A log that is restored from an older backup holds them again and does not know that they went; this file does.
It is the data folder's `erased`, a line of JSON each, and every machine that serves has its own. So do not
put an older one in its place when a log is restored.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from webinar_server.errors import StorageError
from webinar_server.log import private

NAME = "erased"


class Erasures:
    """Those that a folder's file knows; of none where there is no folder to keep it in."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = None if folder is None else folder / NAME
        self._known: dict[str, set[str]] = {}

    def read(self) -> Erasures:
        """As the file has it; a line that was not written whole is none. Raises StorageError."""
        try:
            lines = self._path.read_bytes().splitlines() if self._path and self._path.exists() else []
        except OSError as error:
            raise StorageError(
                f"{self._path} cannot be read ({error.strerror}); give this user the right to"
            ) from error
        for line in lines:
            try:
                topic, person = json.loads(line)
            except ValueError:
                continue
            self._known.setdefault(str(topic), set()).add(str(person))
        return self

    @property
    def is_apart(self) -> bool:
        """Whether there is a file."""
        return self._path is not None

    def of(self, topic: str) -> frozenset[str]:
        return frozenset(self._known.get(topic, ()))

    def __contains__(self, topic: str) -> bool:
        return topic in self._known

    @property
    def topics(self) -> list[str]:
        return sorted(self._known)

    def add(self, topic: str, people: Iterable[str]) -> None:
        """Keep these for good. Raises StorageError."""
        known = self._known.setdefault(topic, set())
        new = sorted(set(people) - known)
        if not new:
            return
        if self._path is not None:
            self._write([json.dumps([topic, person], separators=(",", ":")) for person in new], self._path)
        known |= set(new)

    def _write(self, lines: list[str], path: Path) -> None:
        """In one write, so that several workers may; behind one that was not written whole, too."""
        try:
            # nothing else may be kept in it, where the log is a Redis and the secret is in the environment
            private.make_folder(path.parent)
            fd = private.open_file(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            try:
                os.write(fd, ("\n" + "\n".join(lines) + "\n").encode())
                os.fsync(fd)
            finally:
                os.close(fd)
        except OSError as error:
            raise StorageError(
                f"{path} cannot be written ({error.strerror}); nobody is erased for good until it can"
            ) from error
