"""The secret that signs links: `WEBINAR_SECRET`, or the one in the
data folder, made on first use.

    WEBINAR_SECRET      · DATA/secret        signs and reads
    WEBINAR_SECRET_OLD  · DATA/secret-old    reads only: links and cookies from before stay good

So the key can be changed during the day: the old one is kept beside the new until the last link made with it
has expired, or is taken away at once where it leaked.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import secrets

from webinar_server.clock import fresh_id
from webinar_server.errors import StorageError
from webinar_server.log import private

SECRET_BYTES = 32
VARIED = 8
"""Different characters that a secret must have."""

SAMPLES = ("change", "replace", "secret", "password", "example", "sample", "123456")
NEW, OLD = "WEBINAR_SECRET", "WEBINAR_SECRET_OLD"
HOW = "make one: openssl rand -base64 48"

Secrets = tuple[str, ...]
"""The one that signs, then others that are still read."""


def load_secrets(data: pathlib.Path) -> Secrets:
    """Raises StorageError with one line that says what to do."""
    given = os.environ.get(NEW)
    new = _load_or_make(data) if given is None else check_secret(given, NEW)
    old, where = os.environ.get(OLD, ""), OLD
    if not old and given is None:
        old, where = _read(data / "secret-old"), str(data / "secret-old")
    return (new, check_secret(old, where)) if old and old != new else (new,)


def check_secret(secret: str, where: str) -> str:
    """The secret, if nobody can guess it. Raises StorageError, which names `where` and never the secret."""
    if len(secret) < SECRET_BYTES:
        raise StorageError(f"{where} is too short: it needs {SECRET_BYTES} characters or more; {HOW}")
    sample = any(word in secret.lower() for word in SAMPLES)
    # the same again and again: found anew in itself before its end
    if sample or len(set(secret)) < VARIED or secret in (secret * 2)[1:-1]:
        raise StorageError(f"{where} looks like a sample that others know; {HOW}")
    return secret


def make_folder(data: pathlib.Path) -> pathlib.Path:
    """The data folder, made on first use, for its owner alone."""
    try:
        private.make_folder(data)
    except OSError as error:
        raise _unusable(data, error) from error
    return data


def _load_or_make(data: pathlib.Path) -> str:
    path = make_folder(data) / "secret"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(SECRET_BYTES))
    except OSError as error:
        raise _unusable(data, error) from error
    secret = _read(path)
    if len(secret) < SECRET_BYTES or not secret.isascii():
        raise StorageError(
            f"{path} holds no secret any more; bring it back from a backup, or remove it and send new links"
        )
    return secret


def _check_owner(path: pathlib.Path) -> None:
    """Raises StorageError for a secret that somebody else put there, who can sign anybody's links with it."""
    try:
        foreign = path in private.of_others(path.parent)
    except OSError as error:
        raise _unusable(path.parent, error) from error
    if foreign:
        raise StorageError(
            f"another user of this machine owns {path}, and can be anybody with it; remove it and send new"
            " links, or chown it to who runs the server if it is yours"
        )


def _read(path: pathlib.Path) -> str:
    _check_owner(path)
    try:
        return path.read_text("ascii", "replace").strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _unusable(path.parent, error) from error


def _unusable(data: pathlib.Path, error: OSError) -> StorageError:
    return StorageError(
        f"the data folder {data} cannot be used ({error.strerror}); choose another with --data"
    )


def _write_once(path: pathlib.Path, secret: str) -> None:
    """Whole or not at all, and never over another's: two processes may start on one folder at once."""
    draft = path.with_name(f"secret-{fresh_id()}")
    file = private.open_file(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        with os.fdopen(file, "w") as stream:
            stream.write(secret)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
