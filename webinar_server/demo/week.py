"""The demo's mission: three days of programme around now, and the cards of its people. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from webinar_server.demo.cast import Guest
from webinar_server.demo.contacts import Reader
from webinar_server.demo.script import EARLIER_SESSION, SESSION, TITLE
from webinar_server.demo.wishes import WISHES
from webinar_server.mission import MISSION
from webinar_server.mission.mission import Place
from webinar_server.session import SESSION as SESSIONS

ID = "ev-nl-california"
TOPIC = MISSION.topic(ID)
MISSION_TITLE = "Electric mobility: the Netherlands and California"
ORGANISER, HOST, SECOND, READER = "Sanne Hofland", "Marieke Vos", "Daan Mulder", "Robin Jansen"
HOSTED_BY = "Stichting Overzee"

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
LASTS_MS = HOUR_MS

PLACES = (
    Place(name="Den Haag", zone="Europe/Amsterdam"),
    Place(name="Sacramento", zone="America/Los_Angeles"),
)


class Planned(NamedTuple):
    """A session of the week: how many minutes from now it begins, whether the host of the demo leads, and the
    organisations of which somebody speaks; where she does not, the first one's leads."""

    session: str
    title: str
    language: str
    after: int
    abstract: str
    ours: bool = False
    houses: tuple[str, ...] = ()


PROGRAMME = (
    Planned(
        SESSIONS.id_of(EARLIER_SESSION),
        "Opening day: who is here, and what we look for",
        "en",
        -24 * 60,
        "Everybody introduces their organisation in one line, and we draw the map of who could meet whom.",
        ours=True,
    ),
    Planned(
        "room-on-the-grid",
        "Room on the grid: waiting lists and ways around them",
        "en",
        -22 * 60,
        "Grid operators, yards and cities about connections that take years, and what helps meanwhile.",
        houses=("Pinecrest Grid Partners", "Directie Laadnetten"),
    ),
    Planned(
        "slim-laden",
        "Slim laden in de praktijk",
        "nl",
        -3 * 60,
        "Drie Nederlandse depots over laden als de stroom goedkoop is. In het Nederlands, slides Engels.",
        ours=True,
        houses=("Laadlinde", "Technisch Instituut Waalstad"),
    ),
    Planned(
        SESSION,
        TITLE,
        "en",
        0,
        "Depots, ports and streets: what did it take to get from one charger to a thousand, and what would we"
        " do otherwise? Questions from everybody; partners for depot charging are in the room.",
        ours=True,
    ),
    Planned(
        "shore-power",
        "Shore power in two ports",
        "en",
        2 * 60,
        "A Dutch and a Californian port about quays, ships and the bill.",
        houses=("Harbor & Hill Advisory", "Havenbedrijf Nieuwersluis"),
    ),
    Planned(
        "meet-a-partner",
        "Meet a partner: three minutes each",
        "en",
        4 * 60,
        "You said what you offer and seek. We bring you together, in rounds.",
        ours=True,
    ),
    Planned(
        "vehicle-to-grid",
        "Vehicle-to-grid: school buses that feed the evening",
        "en",
        22 * 60,
        "Field data of two years, and the contracts behind them.",
        houses=("San Marino Bay Institute", "Bayshore Fleetworks"),
    ),
    Planned(
        "technicians",
        "Who will repair a million chargers?",
        "en",
        24 * 60,
        "Schools and companies on training that leads to a job.",
        ours=True,
        houses=("Central Valley Polytechnic",),
    ),
    Planned(
        "closing",
        "Closing: what we take home",
        "en",
        26 * 60,
        "What was agreed, what comes next, and when the next mission leaves.",
        ours=True,
    ),
)

ANNOUNCEMENTS = (
    "Welcome! Say on your card what you offer and what you seek: it is what others find you by.",
    "The slides of the opening day are on their way; ask Marieke if you cannot wait.",
)


def times(planned: Planned, now: int) -> tuple[int, int]:
    """From when until when it is on (Unix ms); that which is on now began at the last five minutes."""
    begins = now - now % (5 * MINUTE_MS) + planned.after * MINUTE_MS
    return begins, begins + LASTS_MS


def card_of(guest: Guest) -> dict[str, Any]:
    """What stands on somebody's card; colleagues offer the same, in another order, and not always all."""
    rng, house = random.Random(f"card/{guest.id}"), guest.organisation
    wishes = WISHES[house.name]
    return {
        "name": guest.name,
        "say_as": guest.say_as,
        "organisation": house.name,
        "kind": house.kind,
        "country": house.country,
        "place": house.city,
        "pitch": house.pitch,
        "link": guest.link,
        "sectors": wishes.sectors,
        "offers": tuple(rng.sample(wishes.offers, len(wishes.offers))),
        "seeks": tuple(rng.sample(wishes.seeks, rng.randint(1, len(wishes.seeks)))),
        "languages": tuple(dict.fromkeys((guest.language, "en"))),
        "email": f"{guest.id}@{guest.link.removeprefix('https://')}",
    }


def led_by(planned: Planned, guests: Sequence[Guest]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who of them leads, where the host of the demo does not, and who speaks: their ids."""
    of_houses = [
        next((one.id for one in guests if one.organisation.name == name), "") for name in planned.houses
    ]
    there = [id for id in of_houses if id]
    if planned.session == SESSION:
        there += [guest.id for guest in guests if guest.speaker]
    return ((), tuple(there)) if planned.ours else (tuple(there[:1]), tuple(there[1:]))


HOST_CARD = {
    "organisation": HOSTED_BY,
    "kind": "other",
    "country": "NL",
    "place": "Den Haag",
    "pitch": "We bring people together who would not have met",
    "offers": ("Introductions",),
    "languages": ("nl", "en"),
}
READER_CARD = {
    "organisation": "Waterweg Taxi's",
    "kind": "sme",
    "country": "NL",
    "place": "Maassluis",
    "pitch": "Forty taxis, soon all of them electric",
    "sectors": ("Fleets", "Charging"),
    "offers": ("Pilot sites",),
    "seeks": ("Depot charging", "Fleet leasing"),
    "languages": ("nl", "en"),
}
"""Of the participant whose links the reader gets: somebody who looks for a partner."""


def reader(id: str) -> Reader:
    """Whom others notice once they ask."""
    card: Any = READER_CARD
    return Reader(id, card["organisation"], card["offers"], card["seeks"])


def attended(guests: list[Guest], now: int) -> Iterator[tuple[Guest, str, int, bool]]:
    """Who was where before: a guest, a session, when they came (Unix ms), whether the host greeted them."""
    past = [planned for planned in PROGRAMME if planned.after < 0]
    for guest in guests:
        rng = random.Random(f"week/{guest.id}")
        for planned in past:
            if guest.seen_before and (planned is past[0] or rng.random() < 0.4):
                begins, _ = times(planned, now)
                came = begins + rng.randrange(10) * MINUTE_MS
                yield guest, planned.session, came, planned.ours and rng.random() < 0.25
