"""Scenes: moments of a mission with a full audience, each with what it proves and its verdict.

The group `standard` is what `make load` runs: the three moments that every webinar has.
"""

from loadtests.scenes import attacks, hours
from loadtests.scenes.scene import Scene

SCENES: dict[str, Scene] = {scene.name: scene for scene in (*hours.SCENES, *attacks.SCENES)}
GROUPS = {"standard": ("keynote", "quiz", "spotlight"), "attacks": tuple(s.name for s in attacks.SCENES)}
"""Several scenes, one after the other."""
