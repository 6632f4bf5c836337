"""Replay: whatever people do in a mission, live is the log replayed, and what must hold of people does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from tests.mission.canaries import HELD
from tests.mission.scene import Scene, scene
from webinar_server.mission import MISSION
from webinar_server.mission.consent import SWITCHES
from webinar_server.mission.imports import Import
from webinar_server.mission.letters import Letter, Post
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.mission.programme import HOUR_MS
from webinar_server.session import SESSION
from webinar_server.state import Sealed, State, Topic, unseal

Args = dict[str, Any]


def _somebody(story: Scene, dice: Random) -> str:
    return dice.choice([one.id for one in story.state.all(Participant)] + ["nobody"])


def _slot(story: Scene, dice: Random) -> Args:
    return {"session": f"s{dice.randrange(4)}", "title": "Depots", "starts_at": 0, "ends_at": HOUR_MS}


def _part_of(story: Scene) -> Args:
    jobs = [job for job in story.state.all(Import) if job.ended_at is None]
    return {"of": jobs[0].id if jobs else "none", "part": 0}


def _letter(story: Scene, dice: Random) -> Args:
    letters = [(one.id, one.mark) for one in story.state.all(Letter)]
    id, mark = dice.choice(letters or [("link.nobody", "")])
    return {"letter": id, "mark": mark}


BY_SERVER = ("apply", "let_go", "lost_link", "claim_letters", "letter_sent", "letter_failed", "mail_trouble")

ACTS: dict[str, Callable[[Scene, Random], Args]] = {
    "invite": lambda story, dice: {
        "name": f"P {dice.randrange(9)}",
        "email": f"p{dice.randrange(9)}@example.org",
    },
    "apply": lambda story, dice: {"name": "Applicant", "admitted": dice.random() < 0.5},
    "admit": lambda story, dice: {"participant": _somebody(story, dice)},
    "decline": lambda story, dice: {"participant": _somebody(story, dice), "reason": "No."},
    "leave_mission": lambda story, dice: {},
    "change_role": lambda story, dice: {
        "participant": _somebody(story, dice),
        "role": dice.choice(["organiser", "participant"]),
    },
    "end_links_of": lambda story, dice: {"participant": _somebody(story, dice)},
    "change_card": lambda story, dice: {"seeks": ["Grid"], "email": f"p{dice.randrange(9)}@example.org"},
    "turn": lambda story, dice: {"switch": dice.choice(SWITCHES), "on": dice.random() < 0.5},
    "enter": lambda story, dice: {"worker": dice.choice("ab")},
    "exit": lambda story, dice: {"worker": dice.choice("ab")},
    "let_go": lambda story, dice: {"worker": dice.choice("ab")},
    "plan_slot": lambda story, dice: _slot(story, dice) | {"hosts": [_somebody(story, dice)]},
    "change_slot": lambda story, dice: {
        "slot": f"s{dice.randrange(4)}",
        "speakers": [_somebody(story, dice)],
    },
    "drop_slot": lambda story, dice: {"slot": f"s{dice.randrange(4)}"},
    "attend": lambda story, dice: {"slot": f"s{dice.randrange(4)}"},
    "skip": lambda story, dice: {"slot": f"s{dice.randrange(4)}"},
    "announce": lambda story, dice: {"text": "Hear!", "to": dice.choice(["all", "organisers"])},
    "withdraw_announcement": lambda story, dice: {"announcement": f"id{dice.randrange(60)}"},
    "note_part": lambda story, dice: {
        "session": f"s{dice.randrange(4)}",
        "participant": _somebody(story, dice),
        "came": dice.randrange(9),
        "greeted": dice.choice([None, {"by": "hal", "name": "Hal", "at": 1, "aloud": True}]),
    },
    "note_feedback": lambda story, dice: {
        "session": f"s{dice.randrange(4)}",
        "people": dice.randrange(9),
        "answers": {"worth": {"yes": dice.randrange(9)}},
    },
    "note_doors": lambda story, dice: {
        "session": f"s{dice.randrange(4)}",
        "doors": dice.choice(["waiting", "open", "closed"]),
    },
    "note_video": lambda story, dice: {
        "session": f"s{dice.randrange(4)}",
        "video": dice.choice(["", "https://youtu.be/dQw4w9WgXcQ"]),
    },
    "begin_import": lambda story, dice: {
        "file": "people.csv",
        "keeps": dice.random() < 0.5,
        "lines": [{"number": 2, "said": {"name": f"P {dice.randrange(9)}", "place": f"{dice.randrange(3)}"}}],
    },
    "import_part": lambda story, dice: _part_of(story),
    "send_letters": lambda story, dice: {
        "kind": dice.choice(["invitation", "reminder", "link"]),
        "participants": [_somebody(story, dice) for _ in range(3)],
        "absent": dice.random() < 0.2,
    },
    "mail_announcement": lambda story, dice: {"announcement": f"id{dice.randrange(60)}"},
    "send_again": lambda story, dice: {},
    "hand_over": lambda story, dice: {"letters": [one.id for one in story.state.all(Letter)][:2]},
    "want_letters": lambda story, dice: {"on": dice.random() < 0.5},
    "lost_link": lambda story, dice: {"email": f"p{dice.randrange(9)}@example.org"},
    "claim_letters": lambda story, dice: {
        "worker": dice.choice("ab"),
        "letters": [one.id for one in story.state.all(Letter) if dice.random() < 0.5],
    },
    "letter_sent": _letter,
    "letter_failed": lambda story, dice: (
        _letter(story, dice)
        | {"worker": dice.choice("ab"), "reason": dice.choice(["refused", "later", "unsure"])}
    ),
    "mail_trouble": lambda story, dice: {"trouble": dice.choice(["", "away"])},
    "change_mission": lambda story, dice: {"entry": dice.choice(["open", "invited"])},
}

BY_SERVER = ("apply", "let_go", "note_part", "note_feedback", "note_doors", "note_video", "import_part")


def played(seed: int, steps: int = 80) -> Scene:
    dice, story = Random(seed), scene("ada", "bob")
    for _ in range(steps):
        command = dice.choice(list(ACTS))
        internal = MISSION.commands[command].INTERNAL
        who = "server" if command in BY_SERVER else _somebody(story, dice)
        if not internal or command in BY_SERVER or takes_part(story.state.get(Participant, who)):
            story.when(who, command, **ACTS[command](story, dice))
    return story


@pytest.mark.parametrize("seed", range(25))
def test_whatever_happens_the_log_replayed_is_what_lives(seed: int) -> None:
    story = played(seed)
    half = len(story.entries) // 2
    snapshot = replayed(State(MISSION.kinds), story.entries[:half]).dump()
    assert replayed(State(MISSION.kinds), story.entries).dump() == story.state.dump()
    rest = replayed(State.load(MISSION.kinds, snapshot), story.entries[half:])
    assert rest.dump() == story.state.dump()


def replayed(state: State, entries: Sequence[Sealed]) -> State:
    for sealed in entries:
        state.put(unseal(sealed, MISSION.kinds), sealed.tag)
    return state


@pytest.mark.parametrize("seed", range(25))
def test_whatever_happens_an_organiser_is_left_and_a_mailbox_takes_part_once(seed: int) -> None:
    people = list(played(seed).state.all(Participant))
    assert any(one.role == "organiser" and takes_part(one) for one in people)
    boxes = [one.mailbox for one in people if one.mailbox]
    assert len(boxes) == len(set(boxes))
    assert all(not one.here or takes_part(one) for one in people)
    assert all(one.here == bool(one.workers) for one in people)


@pytest.mark.parametrize("seed", range(25))
def test_whatever_happens_letters_are_counted(seed: int) -> None:
    state = played(seed, 200).state
    states = Counter(letter.state for letter in state.all(Letter))
    post = state.get(Post, "post") or Post(id="post")
    assert (post.sent, post.failed) == (states["sent"], states["failed"])
    assert post.waiting == states["queued"] + states["claimed"] == state.count_of(Letter, "waiting", "yes")


@pytest.mark.parametrize("topic", [MISSION, SESSION], ids=lambda topic: topic.name)
def test_of_each_kind_of_record_it_is_known_what_of_somebody_who_is_erased_stands_in_it(topic: Topic) -> None:
    assert set(HELD[topic.name]) == set(topic.kinds), (
        "say in tests/mission/canaries.py what of somebody stands in it, and have Ada or Hal leave "
        "it there; or that it is of nobody"
    )
