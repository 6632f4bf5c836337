"""A board of notes: a second, tiny kind of topic, which must get by on its nouns alone.

    pin               show            take_down
  ──────▶ ONE'S OWN ──────▶ SHOWN ──────────────▶ gone, as from ONE'S OWN

Members pin notes that only they see until they show them; keepers take down any; a wall is a screen.
Bells ring by themselves when they are due. What is shown on one board is copied to others.
"""

from tests.board import bells, copies, members, notes
from tests.board.roles import ROLES
from webinar_server.limits import Rate
from webinar_server.state import Topic

BOARD = Topic(
    "board",
    roles=ROLES,
    itself=notes.Board,
    nouns=[notes, members, bells, copies],
    attendance=members.ATTENDANCE,
    paces={"pin": Rate(1.0, 10)},
    reactions=("wave",),
    due=bells.due,
    tells=copies.tells,
)
"""Everything a board's log can hold and everything that can be asked of it."""
