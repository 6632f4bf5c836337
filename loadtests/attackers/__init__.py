"""Attackers: a hostile client beside an audience. What the runner tells it, and where both leave word."""

from __future__ import annotations

import pathlib

import msgspec


class Order(msgspec.Struct, frozen=True):
    """Attack `url` from `begin` to `end` seconds after the scene's beginning, as somebody who has `token`."""

    attack: str
    url: str
    session: str
    token: str
    folder: str
    begin: float
    end: float


class Deeds(msgspec.Struct, frozen=True):
    """What was done, by name, between two moments in monotonic seconds."""

    began: float
    ended: float
    counts: dict[str, int]


def begun(folder: str) -> pathlib.Path:
    """Where locust notes the beginning of the scene, in monotonic seconds; an attacker waits for it."""
    return pathlib.Path(folder) / "begun"


def deeds(folder: str) -> pathlib.Path:
    """Where an attacker leaves what it did."""
    return pathlib.Path(folder) / "deeds.json"
