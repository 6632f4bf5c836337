"""Identity: signed links and cookies. Who-is-who lives in the token for now; a mission's participants will
supply it later, behind the same two functions (`sign`, `read`).

A token is an itsdangerous signature (HMAC-SHA256) over who somebody is, in which session, until when. Links
carry it in the fragment; `POST /api/enter` turns it into a cookie; other clients send it as a bearer.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pathlib
import secrets
from collections.abc import Mapping
from typing import Any

import itsdangerous
import msgspec

from webinar_server.clock import fresh_id, now_ms
from webinar_server.errors import Refusal, StorageError, TokenError
from webinar_server.live.identity import Identity
from webinar_server.log import private
from webinar_server.session.imitation import refuse_reserved
from webinar_server.session.people import (
    OrganisationKind,
    Person,
    clean_name,
    clean_organisation,
    clean_say_as,
)
from webinar_server.state import replace

DAY_MS = 24 * 60 * 60 * 1000
DAYS_VALID = 30
SECRET_BYTES = 32

__all__ = [
    "DAYS_VALID",
    "DAY_MS",
    "Identity",
    "Profile",
    "Signer",
    "key_of",
    "load_secret",
    "make_folder",
    "with_profile",
]


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody confirms or corrects at the door."""

    name: str
    organisation: str = ""
    kind: OrganisationKind = "other"
    country: str = ""
    say_as: str = ""


class Signer:
    """Makes and reads tokens with one secret."""

    def __init__(self, secret: str) -> None:
        self._serializer = itsdangerous.URLSafeSerializer(
            secret,
            salt="webinar.identity.1",
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    def sign(self, identity: Identity) -> str:
        return str(self._serializer.dumps(msgspec.to_builtins(_Compact(**msgspec.structs.asdict(identity)))))

    def read(self, token: str) -> Identity:
        """Raises TokenError `token.wrong` or `token.expired`."""
        try:
            compact = msgspec.convert(self._serializer.loads(token), _Compact)
        except (itsdangerous.BadData, msgspec.ValidationError, UnicodeError):
            raise TokenError(
                "token.wrong", "This link is not valid here; please open the one you were sent again."
            ) from None
        identity = Identity(**msgspec.structs.asdict(compact))
        if identity.expires < now_ms():
            raise TokenError(
                "token.expired", "This link has expired; please ask the organiser for a new one."
            )
        return identity


class _Compact(Identity, frozen=True, kw_only=True, array_like=True):
    """The same without field names, to keep links short."""


def key_of(identity: Identity) -> str:
    """A short name for an identity, no secret: which of a browser's cookies a page means."""
    return hashlib.sha256(f"{identity.session}/{identity.id}".encode()).hexdigest()[:10]


def with_profile(identity: Identity, given: Mapping[str, Any]) -> Identity:
    """The identity with what its person said at the door.

    Raises Refusal `person.…`, `organisation.…` or `say_as.…`: the first word is the field.
    """
    try:
        profile = msgspec.convert(given, Profile, strict=True)
    except msgspec.ValidationError as error:
        raise Refusal("person.invalid", str(error)) from None
    country = profile.country.strip().upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise Refusal("person.country", "A country is its two letters, like NL or US.", field="country")
    name, organisation = clean_name(profile.name), clean_organisation(profile.organisation)
    refuse_reserved(identity.role, name, organisation)
    return replace(
        identity,
        name=name,
        organisation=organisation,
        kind=profile.kind,
        country=country,
        say_as=clean_say_as(profile.say_as),
        entered=True,
    )


def make_folder(data: pathlib.Path) -> pathlib.Path:
    """The data folder, made on first use, for its owner alone."""
    try:
        private.make_folder(data)
    except OSError as error:
        raise _unusable(data, error) from error
    return data


def as_known(identity: Identity, person: Person | None) -> Identity:
    """The identity with what its session knows of the person already."""
    if person is None:
        return identity
    return replace(identity, **{name: getattr(person, name) for name in Profile.__struct_fields__})


def load_secret(data: pathlib.Path) -> str:
    """`WEBINAR_SECRET`, or the one in the data folder, made on first use (mode 0600)."""
    given = os.environ.get("WEBINAR_SECRET")
    if given is not None:
        if len(given) < SECRET_BYTES:
            raise StorageError(f"WEBINAR_SECRET is too short: give it at least {SECRET_BYTES} characters.")
        return given
    path = make_folder(data) / "secret"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(SECRET_BYTES))
        secret = path.read_text("ascii", "replace").strip()
    except OSError as error:
        raise _unusable(data, error) from error
    if len(secret) < SECRET_BYTES or not secret.isascii():
        raise StorageError(
            f"{path} holds no secret any more; bring it back from a backup, or remove it and send new links"
        )
    return secret


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
