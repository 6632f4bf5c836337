"""The figures of contacts, on this machine: `python -m loadtests.contacts`.

A mission of 1,000 people with 30 contacts each, and one who has 1,000. All in one process, by its processor
time: what is measured is what the server does for it, and nothing of a network.
"""

from __future__ import annotations

import argparse
import multiprocessing
import pathlib
import random
import time
import zlib
from collections.abc import Callable, Iterable, Iterator

import msgspec

from loadtests.bench import tables
from loadtests.bench.__main__ import RESULTS
from loadtests.micro.participants import LEADS, LEADS_EACH, WHAT, Row, mission_of
from webinar_server.demo.cast import cast
from webinar_server.live.telling.codec import CODECS
from webinar_server.live.telling.views import Lens
from webinar_server.mission.contacts import Asking, Began, Request, Shown
from webinar_server.mission.conversations import Conversation, Last
from webinar_server.mission.leads import Lead, lead_id, leads_of
from webinar_server.mission.mission import the_mission
from webinar_server.mission.score import score_of
from webinar_server.sheets.leads import objects_of, rows_of
from webinar_server.sheets.written import as_csv, as_xlsx
from webinar_server.state import Change, Entry, Record, State, replace
from webinar_server.vcard import vcards

PEOPLE, ALL, BIG, MANY = 1_000, 5_000, "big", 1_000
ROUNDS = 200
NOW = 1_800_000_000_000


def put(state: State, records: Iterable[Record]) -> None:
    changes = tuple(Change(record.KIND, record.id, record) for record in records)
    seq = state.position.seq + 1
    state.put(Entry(seq=seq, at=0, ref="", by="p1", command="x", result={}, changes=changes), f"tag{seq}")


def joins(state: State, what: str) -> Iterator[Row]:
    """Bytes of one, and processor time of others'."""
    for codec in CODECS.values():
        lens = Lens("mission/m", "participant", codec)
        whole = b"".join(lens.bundle(state, 0).whole("p1", False, False))
        began = time.process_time()
        for number in range(ROUNDS):
            lens.bundle(state, 0).whole(f"p{PEOPLE // 2 + number}", False, False)
        spent = (time.process_time() - began) / ROUNDS * 1000
        yield f"a join {what}, {codec.name}", f"{len(whole) / 1000:.1f} kB", "20 kB"
        yield "  as a browser takes it", f"{len(zlib.compress(whole)) / 1000:.1f} kB", "20 kB"
        yield "  processor time", f"{spent:.2f} ms", "1 ms"


def conversations() -> Iterator[Conversation]:
    """One for each contact of everybody, with an unread message."""
    rng, guests = random.Random(3), cast(7, 1_000)
    for number in range(PEOPLE * LEADS_EACH):
        of, whom = f"p{number // LEADS_EACH}", f"{number:012x}"
        guest, id = guests[number % len(guests)], f"{rng.getrandbits(48):012x}"
        text = "Shall we talk about " + ", ".join(rng.sample(WHAT, 8))
        last = Last(id=id, by=of, text=text[:100], at=NOW - rng.getrandbits(29), before=id[::-1], cut=True)
        yield Conversation(
            id=f"{of}/{whom}",
            of=of,
            whom=whom,
            name=guest.name,
            organisation=guest.organisation.name,
            last=last,
            unread=1,
        )


def askings() -> Iterator[Record]:
    """Everybody asks three, and is asked by three."""
    shown, began = Shown(name="Tim", organisation="Tulip Chargers"), Began(where="directory", at=NOW)
    for number in range(PEOPLE * 3):
        by, to = f"p{number // 3}", f"p{(number * 7 + 1) % PEOPLE}"
        said = {"shown": shown, "reason": "You offer depot charging", "began": began, "until": NOW}
        yield Asking(id=f"c{number}", by=by, whom=to, target=to, **said)
        yield Request(id=f"c{number}", by=by, to=to, **said)


def files(state: State) -> Iterator[Row]:
    """Those of somebody with 1,000 contacts."""
    some = list(state.all(Lead))[:MANY]
    put(state, (replace(lead, id=lead_id(BIG, lead.whom), of=BIG) for lead in some))
    title = the_mission(state).title
    ways: dict[str, Callable[[], bytes]] = {
        "CSV": lambda: as_csv(rows_of(state, BIG, "en"), ","),
        "XLSX": lambda: as_xlsx(rows_of(state, BIG, "en"), title),
        "vCard": lambda: vcards(leads_of(state, BIG), "m", "4.0"),
        "JSON": lambda: msgspec.json.encode(objects_of(state, BIG)),
    }
    for name, make in ways.items():
        began = time.process_time()
        size = len(make())
        spent = (time.process_time() - began) * 1000
        yield f"{MANY:,} leads as {name}, {size / 1000:.0f} kB", f"{spent:.0f} ms", "1 s"


def score(state: State) -> Iterator[Row]:
    began = time.process_time()
    for _ in range(ROUNDS):
        score_of(state)
    yield "the score of the week", f"{(time.process_time() - began) / ROUNDS * 1000:.3f} ms", "100 ms"


def memory(people: int) -> float:
    """Of a mission, in MB; in a process of its own, where nothing was freed before."""
    before = _rss()
    state = mission_of(people)
    return _rss() - before if state.position.seq else 0


def rows() -> Iterator[Row]:
    for people in (PEOPLE, ALL):
        with multiprocessing.get_context("spawn").Pool(1) as one:
            taken = one.apply(memory, (people,))
        yield f"memory of {people:,} people with {LEADS:,} leads", f"{taken:.0f} MB", "60 MB"
    state = mission_of(PEOPLE)
    yield from joins(state, f"with {LEADS_EACH} leads")
    put(state, (*conversations(), *askings()))
    yield from joins(state, "that has a conversation with each, too, and 3 who ask")
    yield from files(state)
    yield from score(state)


def _rss() -> float:
    """Of this process, in MB."""
    line = next(
        line
        for line in pathlib.Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmRSS")
    )
    return int(line.split()[1]) / 1024


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m loadtests.contacts", description=__doc__)
    options.add_argument("--results", type=pathlib.Path, default=RESULTS, help="where they are kept")
    given = options.parse_args()
    found = []
    for what, seen, asked in rows():
        found.append((what, seen, asked))
        print(f"{what:66} {seen:>10}   {'asked: ' + asked if asked else ''}", flush=True)
    tables.keep(given.results, "contacts", found)


if __name__ == "__main__":
    main()
