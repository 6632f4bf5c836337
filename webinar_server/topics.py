"""The kinds of topics there are: the one table from the word before the slash to what describes them."""

from __future__ import annotations

from webinar_server import security
from webinar_server.mission import MISSION
from webinar_server.session import SESSION
from webinar_server.state import Identity, Topic

TOPICS: dict[str, Topic] = {topic.name: topic for topic in (MISSION, SESSION)}

security.AUTHORITY |= {code for topic in TOPICS.values() for code in topic.ends.codes}


def find(topic: str) -> Topic | None:
    """What kind a topic is of; `None` for one of none there is."""
    word, slash, id = topic.partition("/")
    return TOPICS.get(word) if slash and id else None


def about(topic: str) -> Topic:
    """The same of a topic that is there. Raises KeyError."""
    return TOPICS[topic.partition("/")[0]]


def ends_of(identity: Identity) -> frozenset[str]:
    """The codes by which somebody's being in a topic may end."""
    return about(identity.topic).ends.codes | (
        about(identity.home).ends.codes if identity.home else frozenset()
    )
