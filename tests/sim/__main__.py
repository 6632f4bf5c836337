"""See one seed again, with everything that happens: `python -m tests.sim SEED`."""

import sys

from tests.sim.world import Plan, Wrong, run

try:
    world = run(int(sys.argv[1]), Plan(int(sys.argv[2]) if sys.argv[2:] else 0, tuple(sys.argv[3:])), tracing=True)
except Wrong as wrong:
    sys.exit(str(wrong))
print(world.digest, dict(sorted(world.seen.items())))
