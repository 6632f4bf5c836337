"""Calls: what there is to say of an HTTP call in the printed reference."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Call(NamedTuple):
    """An HTTP call: what it is for, what is sent as its body, the status of an answer that is as wished."""

    summary: str
    body: type[msgspec.Struct] | None = None
    status: int = 200
