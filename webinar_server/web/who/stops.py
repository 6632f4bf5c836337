"""Stops: addresses in letters by which their receiver gets no more of that kind, whoever opens them, and
nothing else: a mail program presses it with no cookie. Such an address does not expire."""

from __future__ import annotations

from typing import NamedTuple

import itsdangerous
import msgspec

from webinar_server.web.who.tokens import SIGNATURE, Signer, wrong

SALT = "webinar.stop.1"


class Stop(NamedTuple):
    """Whose letters, of which mission."""

    mission: str
    participant: str


def sign_stop(signer: Signer, stop: Stop) -> str:
    return str(signer.serializer(SALT).dumps(list(stop)))


def read_stop(signer: Signer, token: str) -> Stop:
    """Raises TokenError `token.wrong`."""
    try:
        if len(token) - token.rfind(".") - 1 != SIGNATURE:
            raise itsdangerous.BadSignature("of another length")
        return msgspec.convert(signer.serializer(SALT).loads(token), Stop)
    except (itsdangerous.BadData, msgspec.ValidationError, UnicodeError) as problem:
        # the library's frame keeps its error, and that all frames that led to it, with the request
        problem.__traceback__ = None
        raise wrong() from None
