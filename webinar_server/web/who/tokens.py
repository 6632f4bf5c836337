"""Tokens: signed links and cookies. Who-is-who lives in the token for now; a mission's participants will
supply it later, behind the same two functions (`sign`, `read`).

A token is an itsdangerous signature (HMAC-SHA256) over who somebody is, in which session, until when. Links
carry it in the fragment; `POST /api/enter` turns it into a cookie; other clients send it as a bearer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import itsdangerous
import msgspec

from webinar_server.clock import now_ms
from webinar_server.errors import Refusal, TokenError
from webinar_server.live.identity import Identity
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

SIGNATURE = 43
"""Characters of a signature: HMAC-SHA256 in base64 without its padding. None of another length is tried."""

__all__ = [
    "DAYS_VALID",
    "DAY_MS",
    "Identity",
    "Profile",
    "Signer",
    "key_of",
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
    """Makes tokens with the first secret, reads them with any: see `secret.py`."""

    def __init__(self, *secrets: str) -> None:
        self._serializer = itsdangerous.URLSafeSerializer(
            # the library signs with the last
            list(reversed(secrets)),
            salt="webinar.identity.1",
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    def sign(self, identity: Identity) -> str:
        return str(self._serializer.dumps(msgspec.to_builtins(_Compact(**msgspec.structs.asdict(identity)))))

    def read(self, token: str) -> Identity:
        """Raises TokenError `token.wrong` or `token.expired`."""
        try:
            if len(token) - token.rfind(".") - 1 != SIGNATURE:
                raise itsdangerous.BadSignature("of another length")
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


def as_known(identity: Identity, person: Person | None) -> Identity:
    """The identity with what its session knows of the person already."""
    if person is None:
        return identity
    return replace(identity, **{name: getattr(person, name) for name in Profile.__struct_fields__})
