"""Tallies: what happened in a mission, counted as it happens, and told of five people or more at a time.

          count                                five different people
    ──────────────▶ waiting, seen by nobody ──────────────────────────▶ told

What waits is in no number that anybody is shown, organisers neither, and between two numbers that are told
at least `FEWEST` people did something. So whoever compares two times, two views, or a sum with its parts
compares groups of that many. Each happening is of one tally alone; what is told of several is their sum
(`score.py`). Numbers never go down: what was made was made, whoever left, blocked or dropped it since, and of
none of that may a number tell.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.state import Draft, Record, Records, Unseen, replace

FEWEST = 5
"""People, of whom fewer are no group."""


class Tally(Unseen, frozen=True, kw_only=True):
    """How many of something are `told`, and wait to be, of these `people`."""

    KIND: ClassVar[str] = "tally"
    INDEXES: ClassVar[tuple[str, ...]] = ("people",)

    told: int = 0
    waiting: int = 0
    people: tuple[str, ...] = ()


class Shares(Unseen, frozen=True, kw_only=True):
    """How many `came`, and of them were `greeted`; what is `told` of it: a share in per cent, rounded down to
    tens, 100 where all but fewer than `FEWEST` were, and `None` where fewer than that were, or came. `people`
    are those of whom it changed since."""

    KIND: ClassVar[str] = "shares"
    INDEXES: ClassVar[tuple[str, ...]] = ("people",)

    came: int = 0
    greeted: int = 0
    told: int | None = None
    people: tuple[str, ...] = ()


GREETED = "greeted"
MEETINGS, MESSAGES, FIRST, OTHERS = "meetings", "messages", "voices/first", "voices/others"
"""What is counted: meetings that were agreed, by both; messages, by who writes; and people whose question was
live, in the first session that they came to, or not."""

NEARLY_ALL_OF = 5 * FEWEST
"""People of whom all but fewer than `FEWEST` are nearly all."""


def contacts_by(where: str) -> str:
    """What counts contacts that began there, by both."""
    return f"contacts/{where}"


def count(draft: Draft, what: str, *people: str) -> None:
    """Once more, by these people."""
    tally = draft.get(Tally, what) or Tally(id=what)
    known = _and(tally.people, people)
    if len(known) >= FEWEST:
        draft.put(replace(tally, told=tally.told + tally.waiting + 1, waiting=0, people=()))
    else:
        draft.put(replace(tally, waiting=tally.waiting + 1, people=known))


def count_greeting(draft: Draft, who: str, came: bool, greeted: bool) -> None:
    """Somebody came for the first time, was greeted for the first time, or both."""
    shares = draft.get(Shares, GREETED) or Shares(id=GREETED)
    now = replace(
        shares,
        came=shares.came + came,
        greeted=shares.greeted + greeted,
        people=_and(shares.people, (who,)),
    )
    if len(now.people) >= FEWEST:
        now = replace(now, told=_share(now.came, now.greeted), people=())
    draft.put(now)


def erase(draft: Draft, person: str, stump: str) -> None:
    """Their id is in none of it; what they did stays counted, and waits for five others."""
    kinds: tuple[type[Tally] | type[Shares], ...] = (Tally, Shares)
    for kind in kinds:
        for one in list(draft.of(kind, "people", person)):
            draft.put(replace(one, people=tuple(id for id in one.people if id != person)))


def told(records: Records, what: str) -> int:
    """Of what is told, 0 where that is nothing (yet)."""
    tally = records.get(Tally, what)
    return tally.told if tally else 0


def share_told(records: Records) -> int | None:
    shares = records.get(Shares, GREETED)
    return shares.told if shares else None


def _and(known: tuple[str, ...], people: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *people)))


def _share(came: int, greeted: int) -> int | None:
    if greeted < FEWEST:
        return None
    if came - greeted < FEWEST:
        return 100 if came >= NEARLY_ALL_OF else None
    return 10 * greeted // came * 10


RECORDS: list[type[Record]] = [Tally, Shares]
