"""`python -m loadtests.bench --load steady --peers raw,socketio`: one run, printed and kept.

CPU is user and system time of all the server's processes; a Redis is counted beside it. It does not depend
on how busy a machine is otherwise, so the ratio of two servers of one run is the figure to quote.
"""

from __future__ import annotations

import argparse
import pathlib
import sys

from loadtests.bench.loads import LOADS, Load
from loadtests.bench.peers import PEERS, install
from loadtests.bench.processes import allow_files
from loadtests.bench.run import LABELS, OURS, keep, line, measure, names_for, report, warnings

RESULTS = pathlib.Path("bench-results")


def parse() -> argparse.Namespace:
    cli = argparse.ArgumentParser(prog="python -m loadtests.bench", description=__doc__)
    cli.add_argument("--load", default="steady", help=f"one or more of {', '.join(LOADS)}, or all")
    cli.add_argument("--peers", default="raw,socketio", help=f"some of {', '.join(LABELS)}, all or none")
    cli.add_argument("--results", type=pathlib.Path, default=RESULTS, help="where runs are kept")
    cli.add_argument("--viewers", type=int, help="so many, instead of the load's own number")
    cli.add_argument("--rate", type=float, help="so many messages a second, instead of the load's own number")
    cli.add_argument("--seconds", type=float, help="so long, instead of the load's own time")
    return cli.parse_args()


def chosen(wanted: str, known: list[str]) -> list[str]:
    """Names out of a list with commas. Ends the program at one that is not known."""
    names = known if wanted == "all" else [name for name in wanted.split(",") if name and name != "none"]
    if unknown := set(names) - set(known):
        sys.exit(f"bench: not known: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return names


def main() -> None:
    given = parse()
    loads = chosen(given.load, [*LOADS])
    peers = chosen(given.peers, [*LABELS])
    # ours comes last, so that each peer's line can be printed before, and its ratio after it
    names = [name for name in peers if name != "ours"] + ["ours"]
    allow_files()
    if PEERS.keys() & set(names):
        install()
    for name in loads:
        changed = {
            key: value for key in ("viewers", "rate", "seconds") if (value := getattr(given, key)) is not None
        }
        run_one(LOADS[name]._replace(**changed), names, given.results)


def run_one(load: Load, names: list[str], results: pathlib.Path) -> None:
    print(f"\n{load.name}: {load.words}", flush=True)
    rows = {}
    for name in names_for(load, names):
        print(f"  {name} …", file=sys.stderr, flush=True)
        try:
            rows[name] = measure(name, load)
        except (OSError, RuntimeError) as error:
            if name in OURS:
                raise
            print(f"  ! {name} could not be measured: {error!r}", flush=True)
    for name, row in rows.items():
        print(line(name, row, rows), flush=True)
        for warning in warnings(name, row):
            print(f"  ! {warning}", flush=True)
    print(f"kept in {keep(results, report(load, rows))}", flush=True)


if __name__ == "__main__":
    main()
