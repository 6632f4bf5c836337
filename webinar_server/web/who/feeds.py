"""Feeds: addresses by which a calendar, which holds no cookie, reads one participant's sessions and no more.

Such an address is good until its person's links are ended, or they take part no more.
"""

from __future__ import annotations

from typing import NamedTuple

from webinar_server.web.who.tokens import Signer

PURPOSE = "webinar.feed.1"


class Feed(NamedTuple):
    """Whose it is, of which mission, and when it was made (Unix ms)."""

    mission: str
    participant: str
    issued: int


def sign_feed(signer: Signer, feed: Feed) -> str:
    return signer.sign_for(PURPOSE, feed)


def read_feed(signer: Signer, token: str) -> Feed:
    """Raises TokenError `token.wrong`."""
    return signer.read_for(PURPOSE, token, Feed)
