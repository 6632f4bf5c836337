"""What a join into a room late in its hour takes: bytes on the wire, and processor time for the telling.

    python -m loadtests.micro.joining [--messages 500]

Bytes are exact whatever the machine does; times are those of this one, and their ratios can be compared.
"""

from __future__ import annotations

import argparse
import pathlib
import time
from collections.abc import Callable, Iterator

from loadtests.bench import tables
from loadtests.bench.__main__ import RESULTS
from loadtests.micro.room import Counting, Hour, late
from webinar_server.live.telling.codec import CODECS, JSON, Codec
from webinar_server.live.telling.fanout import FanOut
from webinar_server.live.telling.views import Lens
from webinar_server.live.worker import Worker
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session.roles import AUDIENCES
from webinar_server.settings import Settings
from webinar_server.state import Audience

ROUNDS = 40
TICK = 18
"""Messages of a flush, at three hundred a second."""

Row = tuple[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=500, help="said in the hour's chat")
    parser.add_argument("--results", type=pathlib.Path, default=RESULTS, help="where they are kept")
    given = parser.parse_args()
    hour = late(messages=given.messages)
    rows = [*sizes(hour), *costs(hour), *news(hour)]
    for what, figure in rows:
        print(f"{what:<58} {figure:>12}")
    tables.keep(given.results, "join", rows)


def sizes(hour: Hour) -> Iterator[Row]:
    """Of all that somebody who votes is sent."""
    for codec in CODECS.values():
        for audience in AUDIENCES:
            plain, deflated = (joined(hour, audience, codec, deflates) for deflates in (False, True))
            yield f"a join: {audience}, {codec.name}", f"{plain / 1000:.1f} kB"
            yield "    compressed", f"{deflated / 1000:.1f} kB"


def joined(hour: Hour, audience: Audience, codec: Codec, deflates: bool) -> int:
    bundle = Lens("session/s", audience, codec).bundle(hour.state, 0)
    return sum(map(len, bundle.whole(hour.guests[0].id, False, deflates)))


def costs(hour: Hour) -> Iterator[Row]:
    """Processor time of a join where nothing changed, and where somebody came or said something before it."""
    cases: dict[str, Callable[[], None]] = {"at once": lambda: None, "after an arrival": hour.come}
    for what, change in (cases | {"after a message": hour.say}).items():
        for deflates in (False, True):
            fanout = FanOut("session/s", hour.state, Worker(SqliteLog("."), Settings()))
            join(fanout, hour, deflates)
            spent = 0.0
            for _ in range(ROUNDS):
                change()
                began = time.process_time()
                join(fanout, hour, deflates)
                spent += time.process_time() - began
            yield f"a join {what}{', compressed' * deflates}", f"{spent / ROUNDS * 1000:.3f} ms"


def join(fanout: FanOut, hour: Hour, deflates: bool) -> None:
    viewer = Counting(hour.guests[0].id, "attendee", JSON)
    viewer.deflates = deflates
    fanout.attach(viewer, None)
    fanout.detach(viewer)


def news(hour: Hour) -> Iterator[Row]:
    """The frame of a flush, for who says nothing themselves."""
    for count in (1, 2, 5, TICK):
        seq = hour.state.position.seq
        for _ in range(count):
            hour.say()
        bundle = Lens("session/s", "attendee", JSON).bundle(hour.state, seq)
        plain = bundle.frame("somebody")
        began = time.process_time()
        deflated = bundle.frame("somebody", deflates=True)
        spent = (time.process_time() - began) * 1000
        yield f"news of {count}", f"{len(plain)} B"
        yield f"    compressed (once, {spent:.3f} ms)", f"{len(deflated)} B"


if __name__ == "__main__":
    main()
