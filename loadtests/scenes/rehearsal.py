"""Rehearsal: simulated people in a host's own session, to practise with. No thresholds, no marks."""

from loadtests.casts.guest import Guest
from loadtests.scenes.scene import Scene

SCENE = Scene(
    name="rehearsal",
    proves="a host practises with people who behave like people",
    casting=Guest,
    seconds=3600,
    door="profile",
    marks=False,
)
