"""Stops: addresses in letters by which their receiver gets no more of that kind, whoever opens them, and
nothing else: a mail program presses it with no cookie. Such an address does not expire."""

from __future__ import annotations

from typing import NamedTuple

from webinar_server.web.who.tokens import Signer

PURPOSE = "webinar.stop.1"


class Stop(NamedTuple):
    """Whose letters, of which mission, `about` what: the kind of the letter that it stands in; empty in those
    of before, by which all of them end."""

    mission: str
    participant: str
    about: str = ""


def sign_stop(signer: Signer, stop: Stop) -> str:
    return signer.sign_for(PURPOSE, stop)


def read_stop(signer: Signer, token: str) -> Stop:
    """Raises TokenError `token.wrong`."""
    return signer.read_for(PURPOSE, token, Stop)
