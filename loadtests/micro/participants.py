"""Participants of a mission to measure: a list of them, and what joining a mission of so many takes."""

from __future__ import annotations

import csv
import io
import random
import time
from collections.abc import Iterator

from webinar_server.demo.cast import Guest, cast
from webinar_server.live.telling.codec import CODECS
from webinar_server.live.telling.views import Lens
from webinar_server.mission import MISSION
from webinar_server.mission.announcements import Announcement
from webinar_server.mission.contacts import Began
from webinar_server.mission.leads import Lead, lead_id
from webinar_server.mission.mission import Mission, Place
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import HOUR_MS, Slot
from webinar_server.state import Change, Entry, State

TITLES = ("Name", "Organisation", "Kind", "Country", "Place", "E-mail", "Sectors", "Offers", "Seeks",
          "Languages", "Pitch", "Website")  # fmt: skip
SECTORS = ("Charging", "Logistics", "Ports", "Buses", "Grids", "Batteries", "Bikes", "Data", "Policy")
WHAT = (
    "depot charging|smart charging|shore power|battery storage|grid capacity|fleet leasing|route planning"
    "|payment|charge management|tenders|training|vehicle-to-grid|microgrids|permits|field tests|funding|hubs"
    "|robots|roaming|switchgear"
).split("|")
SLOTS = 12
ROUNDS = 200
LEADS, LEADS_EACH = 30_000, 30

Row = tuple[str, str, str]


def listing(count: int) -> bytes:
    """A CSV file of so many people with full cards, as an import takes it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(TITLES)
    rng, guests = random.Random(5), cast(7, 1_000)
    for number in range(count):
        writer.writerow(_line(number, guests[number % len(guests)], rng))
    return text.getvalue().encode()


def _line(number: int, guest: Guest, rng: random.Random) -> list[str]:
    house = guest.organisation
    return [
        f"{guest.name} {chr(65 + number // 1_000)}.",
        house.name,
        house.kind,
        house.country,
        house.city,
        f"person{number}@{house.name.lower().replace(' ', '').replace('&', '')}.example",
        "; ".join(rng.sample(SECTORS, 2)),
        "; ".join(rng.sample(WHAT, 3)),
        "; ".join(rng.sample(WHAT, 2)),
        "; ".join(rng.sample(("nl", "en", "de", "fr"), 2)),
        house.pitch,
        guest.link,
    ]


def mission_of(count: int) -> State:
    """A mission with a week's programme and so many people, the first of whom have 30 contacts each."""
    place = Place(name="The Hague", zone="Europe/Amsterdam")
    records = [
        Mission(id="m", title="E-mobility", starts_on="2027-03-01", ends_on="2027-03-05", places=(place,)),
        *(Participant(id=f"p{n}", name=f"Person {n}", pitch="What they do " * 8) for n in range(count)),
        *(
            Slot(id=f"s{n}", title=f"Session {n}", starts_at=n * HOUR_MS, ends_at=(n + 1) * HOUR_MS,
                 abstract="What will be talked about. " * 12, hosts=("p1",), speakers=("p2", "p3"))
            for n in range(SLOTS)
        ),
        *(
            Announcement(id=f"a{n}", by="p1", name="Ori", text="Drinks are at six, in the hall. " * 5, at=n)
            for n in range(6)
        ),
        *(_lead(number // LEADS_EACH, number) for number in range(min(LEADS, count * LEADS_EACH))),
    ]  # fmt: skip
    state = State(MISSION.kinds)
    changes = tuple(Change(record.KIND, record.id, record) for record in records)
    state.put(Entry(seq=1, at=0, ref="", by="p1", command="x", result={}, changes=changes), "tag")
    return state


def _lead(owner: int, number: int) -> Lead:
    """One of somebody's, as people have them: every third with notes."""
    now, other = 1_800_000_000_000, f"{number:012x}"
    session, question = f"smart-ports-{number % SLOTS}", f"{number:012x}"
    began = Began(where="spotlight", at=now, session=session, question=question)
    return Lead(
        id=lead_id(f"{owner:012x}", other),
        of=f"p{owner}",
        whom=other,
        name=f"Person {number} of Somewhere",
        organisation=f"Chargers of {number} B.V.",
        kind="sme",
        country="NL",
        place="Rotterdam",
        link=f"https://chargers{number}.example",
        email=f"person{number}@chargers.example",
        phone="+31 6 12345678",
        began=(began,),
        reason="You offer depot charging, which we seek",
        at=now,
        notes="" if number % 3 else "Has twelve depots in the south; wants an offer for two of them in May.",
        tags=("depots",),
    )


def costs_of_a_join(count: int) -> Iterator[Row]:
    """Bytes and processor time of one, of many that follow each other; the first one costs what all share."""
    state = mission_of(count)
    for codec in CODECS.values():
        lens = Lens("mission/m", "participant", codec)
        began = time.process_time()
        first = _size(lens, state, "p1")
        opened = time.process_time() - began
        began = time.process_time()
        for number in range(ROUNDS):
            _size(lens, state, f"p{number}")
        spent = (time.process_time() - began) / ROUNDS * 1000
        yield f"a join to it, {codec.name}", f"{first / 1000:.1f} kB", "20 kB"
        yield "  processor time", f"{spent:.3f} ms", "1 ms"
        yield "  of the first", f"{opened * 1000:.2f} ms", ""


def _size(lens: Lens, state: State, person: str) -> int:
    return sum(map(len, lens.bundle(state, 0).whole(person, False, False)))
