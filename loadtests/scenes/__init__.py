"""Scenes: moments of a mission with a full audience, each with what it proves and its thresholds.

The group `standard` is what `make load` runs: the three moments that every webinar has.
"""

from loadtests.scenes import attacks, doors, five, full_house, keynote, quiz, rehearsal, spotlight, storm
from loadtests.scenes.scene import Scene

SCENES: dict[str, Scene] = {
    scene.name: scene
    for scene in (
        *(module.SCENE for module in (doors, keynote, quiz, spotlight, storm, five, full_house, rehearsal)),
        *attacks.SCENES,
    )
}
GROUPS = {"standard": ("keynote", "quiz", "spotlight"), "attacks": tuple(s.name for s in attacks.SCENES)}
"""Several scenes, one after the other."""
