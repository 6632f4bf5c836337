"""Orders: what the demo tells its audience's process, as one line of JSON. Pure."""

from __future__ import annotations

import msgspec

from webinar_server.demo.contacts import Reader


class Orders(msgspec.Struct, frozen=True):
    """What the audience is to do: where, who (a token each), by which seed, how long; in which mission,
    with whose token somebody leads beside the reader, and who that is."""

    url: str
    topic: str
    seed: int
    seconds: float
    tokens: list[str]
    home: str
    second: str
    reader: Reader
