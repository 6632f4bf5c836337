"""A mission on several workers while everything breaks: cards change, a list is taken in all the same, and
what organisers make of somebody holds wherever they are.

`SIM_SEEDS` and `SIM_FROM` say how many seeds, and from which.
"""

import os
from collections import Counter

import pytest

from tests.mission.play import PLAY
from tests.sim.world import Wrong, run
from webinar_server.mission import MISSION, imports
from webinar_server.state import unseal

SEEDS = int(os.environ.get("SIM_SEEDS", "12"))
FIRST = int(os.environ.get("SIM_FROM", "0"))

SOMETIMES = (
    "a conflict was merged",
    "a worker was killed",
    *("change_card", "turn", "invite", "change_slot", "change_role", "end_links_of", "decline", "admit"),
    *("ask_contact", "accept_contacts", "put_off_contacts", "decline_contacts", "withdraw_contact"),
    *("change_lead", "block", "unblock", "write", "read_conversation", "report_message"),
    *("propose_meeting", "accept_meeting", "change_meeting", "cancel_meeting"),
    *("note_moment", "a guest did ask_contact", "a guest did accept_contacts", "topics told each other"),
    *("a guest did change_card", "a guest did announce", "a guest did leave_mission"),
    "a guest was told token.role",
    *(f"a guest was ended: {why}" for why in ("participant.declined", "participant.left", "token.renewed")),
    *(f"a guest ended as {role}" for role in ("organiser", "participant", "attendee", "nobody")),
    *(f"a guest {came} as {role}" for role in ("host", "attendee") for came in ("came", "sat beside")),
)


def test_every_promise_holds_for_a_mission(monkeypatch: pytest.MonkeyPatch) -> None:
    # so that it is not over before anything breaks
    monkeypatch.setattr(imports, "PART", 2)
    seen: Counter[str] = Counter()
    wrongs = []
    for seed in range(FIRST, FIRST + SEEDS):
        try:
            world = run(seed, play=PLAY)
        except Wrong as wrong:
            wrongs.append(str(wrong))
            continue
        seen.update(world.seen)
        history = (unseal(sealed, MISSION.kinds) for sealed in world.store.topics[PLAY.topic].entries)
        seen.update(entry.command for entry in history)
    assert not wrongs, f"{len(wrongs)} of {SEEDS} seeds\n" + "\n\n".join(wrongs[:5])
    for what in SOMETIMES:
        assert seen[what], (what, dict(sorted(seen.items())))
    assert seen["import_part"] >= SEEDS, dict(sorted(seen.items()))
