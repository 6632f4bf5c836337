"""See one seed again, with everything that happens: `python -m tests.sim SEED`."""

import sys

from tests.sim.world import Wrong, run

try:
    world = run(int(sys.argv[1]), tracing=True)
except Wrong as wrong:
    sys.exit(str(wrong))
print(world.digest, dict(sorted(world.seen.items())))
