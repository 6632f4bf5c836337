"""Kept: what was worked out of people's words, by these words, until somebody of whom they may be is erased.

Nothing in here is pure to look at, and all of it to use: what is given up is worked out again, the same.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_FORGETTING: list[Callable[[], None]] = []


def kept_by_words(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A function of people's words whose newest results are kept, up to so many, until `forget_words`."""

    def keeping(work: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(size)(work)
        _FORGETTING.append(kept.cache_clear)
        return kept  # type: ignore[return-value]

    return keeping


def forget_words() -> None:
    """Nothing is kept by anybody's words any more."""
    for forget in _FORGETTING:
        forget()
    # patterns are made of names, too (readings.py), and links are taken apart; the library keeps what it made
    # of them
    re.purge()
    urllib.parse.clear_cache()  # type: ignore[attr-defined]
