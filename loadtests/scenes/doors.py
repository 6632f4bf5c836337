"""Doors open: everybody comes within ten seconds, as a browser does, page and assets included."""

from loadtests.casts.lurker import Lurker
from loadtests.scenes.scene import COMMON, Scene
from loadtests.thresholds import p99

SCENE = Scene(
    name="doors",
    proves="300 people who open their link within 10 s have a usable page within a second each",
    casting=Lurker,
    seconds=16,
    arrival=10,
    door="page",
    limits=(
        *COMMON,
        p99("DOOR usable", 1000),
        p99("GET page", 250),
        p99("GET asset", 250),
        p99("POST enter", 250),
        p99("WS join", 500),
    ),
)
