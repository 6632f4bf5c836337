"""Orders: what the demo tells its audience's process, as one line of JSON. Pure."""

from __future__ import annotations

import msgspec


class Orders(msgspec.Struct, frozen=True):
    """What the audience is to do: where, who (a token each), by which seed, how long."""

    url: str
    topic: str
    seed: int
    seconds: float
    tokens: list[str]
