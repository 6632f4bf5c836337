"""Memory: what of this process holds the canary."""

from __future__ import annotations

import gc

import msgspec

CANARY = "".join(reversed("neohrok"))
"""A word that is read and spelled in no way but this (words/readings.py), and stands as such in no file."""

_ENCODED = CANARY.encode()


def canaries() -> list[str]:
    """Whatever holds a text with it, also what the collector does not track since it holds nothing but texts,
    what was frozen, and what waits in a frame; told without it, or the next look would find this one."""
    gc.unfreeze()
    gc.collect()
    found: list[str] = []
    left = gc.get_objects()
    untracked: set[int] = set()
    while left:
        one = left.pop()
        for value in gc.get_referents(one):
            if isinstance(value, (str, bytes, bytearray)):
                if has_canary(value) and value is not CANARY and value is not _ENCODED:
                    found.append(_told(one, value))
            elif isinstance(value, (tuple, dict, msgspec.Struct)) and not gc.is_tracked(value):
                if id(value) not in untracked:
                    untracked.add(id(value))
                    left.append(value)
    return found


def has_canary(value: str | bytes | bytearray) -> bool:
    return CANARY in value if isinstance(value, str) else _ENCODED in value


def _told(holder: object, value: str | bytes | bytearray) -> str:
    text = value if isinstance(value, str) else bytes(value).decode(errors="replace")
    return f"{type(holder).__name__}: {text[:200].replace(CANARY, '…')!r}"
