"""Tokens: signed links and cookies.

A token is an itsdangerous signature (HMAC-SHA256) over who somebody is, in which session, until when, and
what it is for: the token of a link names no device, that of a cookie names its browser's. Of somebody in a
topic that knows its people itself (`Topic.lends`) it says which of them, and since when, and nothing else:
such an identity is whole once that topic was asked (`web/entrance`).

Links carry theirs in the fragment; `POST /api/enter` turns it into a cookie; other clients send a link's as a
bearer. Neither is taken for the other: a link in the place of a cookie would be a device that nobody was told
of, and a cookie elsewhere would be its browser on a machine that it was never on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import itsdangerous
import msgspec

from webinar_server.clock import now_ms
from webinar_server.errors import Refusal, TokenError
from webinar_server.session import SESSION
from webinar_server.session.imitation import refuse_reserved
from webinar_server.state import Here, Identity, card, replace
from webinar_server.topics import find
from webinar_server.words.cards import clean_name, clean_organisation, clean_say_as, country_code

DAY_MS = 24 * 60 * 60 * 1000
DAYS_VALID = 30

FIELDS = (
    *("id", "name", "role", "topic", "organisation", "kind", "country", "say_as", "entered", "issued"),
    *("expires", "device", "browser", "system", "link"),
)
"""An identity's, in the order of a token, which names none of them, to keep links short."""

KNOWN_FIELDS = ("topic", "id", "issued", "device", "browser", "system")
"""The same where the topic knows the rest; of a link the first three."""

LINK_SIZE = 3
KNOWN_SIZES = (LINK_SIZE, len(KNOWN_FIELDS))

PURPOSE = "webinar.identity.1"
"""What tokens of identities are signed for."""

T = TypeVar("T")

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


class Profile(card.Profile, frozen=True, forbid_unknown_fields=True):
    """What somebody confirms or corrects at the door."""


class Signer:
    """Makes tokens with the first secret, reads them with any: see `secret.py`."""

    def __init__(self, *secrets: str) -> None:
        self._secrets = secrets
        self._serializers: dict[str, itsdangerous.URLSafeSerializer] = {}

    def sign(self, identity: Identity) -> str:
        return self.sign_for(PURPOSE, _values(identity))

    def sign_for(self, purpose: str, values: Sequence[Any]) -> str:
        """A token of these values: for one purpose, and of no use for another."""
        return str(self._serializer(purpose).dumps(list(values)))

    def read_for(self, purpose: str, token: str, kind: type[T]) -> T:
        """What was signed for that. Raises TokenError `token.wrong`."""
        try:
            if len(token) - token.rfind(".") - 1 != SIGNATURE:
                raise itsdangerous.BadSignature("of another length")
            return msgspec.convert(self._serializer(purpose).loads(token), kind)
        except (itsdangerous.BadData, msgspec.ValidationError, UnicodeError) as problem:
            # the library's frame keeps its error, and that all frames that led to it, with the request
            problem.__traceback__ = None
            raise wrong() from None

    def read_link(self, token: str) -> Identity:
        """Whose link it is. Raises TokenError `token.wrong`, `token.expired`, or `token.cookie`."""
        identity = self._read(token)
        if identity.device:
            raise TokenError(
                "token.cookie", "This is the cookie of a browser, good there alone; take a personal link."
            )
        return identity

    def read_cookie(self, token: str) -> Identity:
        """Whose browser's it is. Raises TokenError `token.wrong` (for a link, too) or `token.expired`."""
        identity = self._read(token)
        if not identity.device:
            raise wrong()
        return identity

    def _serializer(self, purpose: str) -> itsdangerous.URLSafeSerializer:
        if purpose not in self._serializers:
            self._serializers[purpose] = itsdangerous.URLSafeSerializer(
                # the library signs with the last
                list(reversed(self._secrets)),
                salt=purpose,
                signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
            )
        return self._serializers[purpose]

    def _read(self, token: str) -> Identity:
        values = self.read_for(PURPOSE, token, list[Any])
        try:
            identity = _identity(values)
        except msgspec.ValidationError as problem:
            # it would keep its frames, and they the request
            problem.__traceback__ = None
            raise wrong() from None
        if not _is_known(identity, by_itself=len(values) in KNOWN_SIZES):
            raise wrong()
        if identity.expires < now_ms() and not identity.home:
            raise TokenError(
                "token.expired", "This link has expired; please ask the organiser for a new one."
            )
        return identity


def _values(identity: Identity) -> list[Any]:
    home = replace(identity, topic=identity.home or identity.topic)
    if _lends(home.topic):
        return [getattr(home, field) for field in KNOWN_FIELDS[: None if home.device else LINK_SIZE]]
    short = replace(identity, topic=_short(identity.topic))
    return [getattr(short, field) for field in FIELDS]


def _identity(values: list[Any]) -> Identity:
    if len(values) in KNOWN_SIZES:
        said = dict(zip(KNOWN_FIELDS, values, strict=False))
        return msgspec.convert(said | {"home": said["topic"], "name": "", "role": ""}, Identity)
    short = msgspec.convert(dict(zip(FIELDS, values, strict=False)), Identity)
    return replace(short, topic=_whole(short.topic))


def _lends(topic: str) -> bool:
    kind = find(topic)
    return kind is not None and kind.lends is not None


def _short(topic: str) -> str:
    """A topic as links name it: a session by its id alone, as they did before there was anything else."""
    return SESSION.id_of(topic)


def _whole(short: str) -> str:
    return short if "/" in short or not short else SESSION.topic(short)


def _is_known(identity: Identity, by_itself: bool) -> bool:
    """Whether there is such a role in such a topic, or a topic that says so; the terminal is of none."""
    kind = find(identity.topic)
    if by_itself or _lends(identity.topic):
        return by_itself and _lends(identity.topic)
    return kind is not None and identity.role in kind.roles.audience_of if identity.topic else True


def wrong() -> TokenError:
    """A new one each time: an error that is raised again keeps the frames of every time before."""
    return TokenError("token.wrong", "This link is not valid here; please open the one you were sent again.")


def key_of(identity: Identity) -> str:
    """A short name for an identity, no secret: which of a browser's cookies a page means."""
    home = identity.home or identity.topic
    return hashlib.sha256(f"{_short(home)}/{identity.id}".encode()).hexdigest()[:10]


def with_profile(identity: Identity, given: Mapping[str, Any]) -> Identity:
    """The identity with what its person said at the door.

    Raises Refusal `person.…`, `organisation.…` or `say_as.…`: the first word is the field.
    """
    try:
        profile = msgspec.convert(given, Profile, strict=True)
    except msgspec.ValidationError as error:
        raise Refusal("person.invalid", str(error)) from None
    country = country_code(profile.country)
    if country is None:
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


def as_known(identity: Identity, person: Here | None) -> Identity:
    """The identity with what its topic knows of the person already."""
    if person is None:
        return identity
    return replace(identity, **card.fields_of(person))
