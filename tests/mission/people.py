"""Many participants, the same each time: the records that a large mission holds."""

from __future__ import annotations

from random import Random

from webinar_server.demo.names import DUTCH_FIRST, DUTCH_LAST, US_FIRST, US_LAST
from webinar_server.demo.organisations import SME
from webinar_server.mission import MISSION
from webinar_server.mission.participants import Participant
from webinar_server.state import Change, Entry, State, seal

THEMES = ("charging", "depots", "grid", "batteries", "buses", "trucks", "data", "ports", "bikes", "solar")
DOING = ("planning", "software", "hardware", "finance", "permits", "pilots", "research", "leasing")
TAGS = [f"{theme.capitalize()} {doing}" for theme in THEMES for doing in DOING]
PLACES = ("Rotterdam", "Utrecht", "Oakland", "Seattle", "Portland", "Los Angeles")


def participant(number: int, dice: Random) -> Participant:
    dutch = number % 2 == 0
    first, last = (DUTCH_FIRST, DUTCH_LAST) if dutch else (US_FIRST, US_LAST)
    company = dice.choice(SME)
    return Participant(
        id=f"p{number}",
        name=f"{dice.choice(first).name} {dice.choice(last).name}",
        organisation=f"{company.name} {number % 700}",
        kind=dice.choice(("sme", "consultancy", "knowledge", "local", "federal")),
        country="NL" if dutch else "US",
        place=dice.choice(PLACES),
        sectors=tuple(dice.sample(THEMES, 2)),
        offers=tuple(dice.sample(TAGS, 3)),
        seeks=tuple(dice.sample(TAGS, 2)),
        languages=("nl", "en") if dutch else ("en",),
        pitch=company.pitch,
        here=dice.random() < 0.2,
    )


def state_of(people: list[Participant]) -> State:
    """A mission's state in which these take part."""
    state = State(MISSION.kinds)
    changes = tuple(Change("participant", one.id, one) for one in people)
    put(state, changes)
    return state


def put(state: State, changes: tuple[Change, ...]) -> None:
    entry = Entry(seq=state.position.seq + 1, at=0, by="", command="", ref="", result={}, changes=changes)
    state.put(entry, seal(state.position, entry).tag)


def many(count: int) -> State:
    dice = Random(20)
    return state_of([participant(number, dice) for number in range(count)])
