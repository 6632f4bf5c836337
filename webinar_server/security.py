"""Security: what was tried by who may not, and too much of what may be: counts and causes, of nobody by name.

Each cause is told once a minute at most, with its count, at the level of information: an expired link and an
impatient finger are everyday. Metrics have the counts at any level.
"""

from __future__ import annotations

from webinar_server import metrics
from webinar_server.seldom import seldom

LOGINS = frozenset(("token.wrong", "token.expired", "token.cookie"))
AUTHORITY = {"command.not_allowed", "topic.forbidden", "origin.foreign", "host.foreign"}
"""With the codes by which somebody's being in a topic ends, of every kind of topic (`topics.py`)."""


def refused(code: str) -> None:
    """Somebody was told this; counted where it says that they are not who they should be, or may not."""
    if code in LOGINS or code in AUTHORITY:
        metrics.DENIED.labels(code).inc()
        seldom.info(f"security: {'a login' if code in LOGINS else 'authority'} was refused, {code}")


def exceeded(limit: str) -> None:
    """A limit of docs/security.md was exceeded."""
    metrics.EXCESS.labels(limit).inc()
    seldom.info(f"security: a limit was exceeded, {limit}")
