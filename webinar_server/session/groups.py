"""Groups: numbers of people by what they have in common; none is told that is of fewer than `FEWEST`.

Nor can one be taken from the whole: too small ones are told as the others in one, with the next smallest
where they are few even so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FEWEST = 5
"""People, of whom fewer are no group."""

Numbers = Mapping[str, int]


def grouped(groups: Mapping[str, Numbers], size: str) -> dict[str, Any]:
    """`groups`, the largest by their `size` first, and the `others` in one: `None` where there are none, or
    all together are too few."""
    sizes = {name: numbers[size] for name, numbers in groups.items() if numbers[size]}
    by_size = sorted(sizes, key=lambda name: (-sizes[name], name))
    others: list[str] = []
    while by_size and (sizes[by_size[-1]] < FEWEST or 0 < sum(sizes[name] for name in others) < FEWEST):
        others.append(by_size.pop())
    is_told = sum(sizes[name] for name in others) >= FEWEST
    return {
        "groups": [{"name": name, **groups[name]} for name in by_size],
        "others": _sum([groups[name] for name in others]) if is_told else None,
    }


def _sum(of_each: list[Numbers]) -> dict[str, int]:
    return {name: sum(numbers[name] for numbers in of_each) for name in of_each[0]}
