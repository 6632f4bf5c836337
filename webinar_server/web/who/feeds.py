"""Feeds: addresses by which a calendar, which holds no cookie, reads one participant's sessions and no more.

Such an address is good until its person's links are ended, or they take part no more.
"""

from __future__ import annotations

from typing import NamedTuple

import itsdangerous
import msgspec

from webinar_server.web.who.tokens import SIGNATURE, Signer, wrong

SALT = "webinar.feed.1"


class Feed(NamedTuple):
    """Whose it is, of which mission, and when it was made (Unix ms)."""

    mission: str
    participant: str
    issued: int


def sign_feed(signer: Signer, feed: Feed) -> str:
    return str(signer.serializer(SALT).dumps(list(feed)))


def read_feed(signer: Signer, token: str) -> Feed:
    """Raises TokenError `token.wrong`."""
    try:
        if len(token) - token.rfind(".") - 1 != SIGNATURE:
            raise itsdangerous.BadSignature("of another length")
        return msgspec.convert(signer.serializer(SALT).loads(token), Feed)
    except (itsdangerous.BadData, msgspec.ValidationError, UnicodeError) as problem:
        # the library's frame keeps its error, and that all frames that led to it, with the request
        problem.__traceback__ = None
        raise wrong() from None
