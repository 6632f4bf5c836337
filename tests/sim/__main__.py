"""See one seed again, with everything that happens.

`python -m tests.sim SEED [WORKERS [WAY…]]`: how many workers at first (0: as the seed says), and only these
ways of breaking things, by their names in nemesis.py.
"""

import sys

from tests.sim.world import Plan, Wrong, run

seed, *rest = sys.argv[1:]
plan = Plan(int(rest[0]) if rest else 0, tuple(rest[1:]))
try:
    world = run(int(seed), plan, tracing=True)
except Wrong as wrong:
    sys.exit(str(wrong))
print(world.digest, dict(sorted(world.seen.items())))
