"""Scenes: moments of a mission with a full audience, each with what it proves and its thresholds.

`standard` is what `make load` runs: the three moments that every webinar has.
"""

from loadtests.scenes import doors, five, full_house, keynote, quiz, rehearsal, spotlight, storm
from loadtests.scenes.scene import Scene

SCENES: dict[str, Scene] = {
    module.SCENE.name: module.SCENE
    for module in (doors, keynote, quiz, spotlight, storm, five, full_house, rehearsal)
}
STANDARD = ("keynote", "quiz", "spotlight")
