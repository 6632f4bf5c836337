"""Missed: what a letter says of messages that wait: how many, and from whom by name; never their words."""

from __future__ import annotations

from webinar_server.mission.missing import waiting_for
from webinar_server.post.words import WORDS, Language
from webinar_server.state import Records

NAMED_MAX = 5
"""Names in a letter; of more the number."""


def missed(records: Records, person: str, language: Language) -> dict[str, str]:
    """`count` and `from`, as a letter has them."""
    sides = waiting_for(records, person)
    names = [" ".join(side.name.split()) for side in sides[:NAMED_MAX] if side.name]
    more = len(sides) - len(names)
    if more:
        names.append(WORDS[language].more.format(n=more))
    return {"count": str(sum(side.unread for side in sides)), "from": ", ".join(names).rstrip(".")}
