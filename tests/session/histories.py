"""Histories: whatever several people might do in a session, in any order, sensible or not.

A history is a list of plain steps, so that Hypothesis can shrink it; each step picks its targets among what
exists when its turn comes. They are run in batches as a room runs them (live/batch.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.session.run_steps import RUN
from tests.session.scene import PEOPLE, parse
from webinar_server.errors import Refusal
from webinar_server.live.committing import Batch, Outcome, Request
from webinar_server.session import SESSION
from webinar_server.session.polls.forms import FORMS
from webinar_server.session.polls.poll import Poll
from webinar_server.session.roles import HOSTS
from webinar_server.state import START, Actor, Entry, Position, Role, Sealed, State, unseal

CAST: dict[str, Role] = {
    "Ada": "attendee",
    "Bob": "attendee",
    "Cem": "attendee",
    "Dee": "speaker",
    "Hal": "host",
    "Ori": "organiser",
}

Args = dict[str, Any]

FORM_NAMES = tuple(FORMS)


class Step(NamedTuple):
    """Somebody does something; the numbers pick what with."""

    who: str
    command: str
    pick: int
    other: int
    repeats: bool


def _one(kind: str, name: str | None = None) -> Callable[[State, Step], Args]:
    return lambda state, step: {name or kind: _pick(state, kind, step.pick)}


def _vote(state: State, step: Step) -> Args:
    id = _pick(state, "poll", step.pick)
    poll = state.get(Poll, id)
    way = poll.how.ANSWER if poll else "options"
    if way == "number":
        return {"poll": id, "number": step.other % 6}
    if way == "texts":
        return {"poll": id, "texts": ["sun", "Sun", "wind"][step.other % 3 : step.other % 3 + 1]}
    return {"poll": id, "options": [str(n) for n in range(1, 4) if step.other & (1 << n)]}


def _draft(state: State, step: Step) -> Args:
    form = FORM_NAMES[step.pick % len(FORM_NAMES)]
    more: Args = {"options": ["a", "b", "c"]} if FORMS[form].has_options else {}
    more |= {"right": [1 + step.other % 3]} if form == "quiz" else {}
    return more | {
        "question": f"how {step.pick}?",
        "form": form,
        "results": ("always", "voted", "closed", "revealed")[step.other % 4],
        "names": "hosts" if step.other % 5 == 0 else "anonymous",
        "choose": "many" if step.other % 2 else "one",
        "poll": _pick(state, "poll", step.pick) if step.other % 3 == 0 else None,
    }


def _week(step: Step) -> Args:
    """Some come as a mission's participants."""
    return {"week": {"sessions": step.other % 4}} if step.other % 2 else {}


COMMANDS: dict[str, Callable[[State, Step], Args]] = {
    "arrive": lambda state, step: (
        PEOPLE | {"first_time": step.pick % 2 == 0, "device": _device(step)} | _week(step)
    ),
    "depart": lambda state, step: {},
    "remove": lambda state, step: {"person": _pick(state, "person", step.pick), "reason": "Loud."},
    "readmit": _one("person"),
    "renew_link": _one("person"),
    "end_device": lambda state, step: {"device": _device(step)},
    "come_in": lambda state, step: {"device": _device(step), "first": "Ada" if step.pick % 3 == 0 else ""},
    "leave_device": lambda state, step: {"device": _device(step)},
    "be_another": lambda state, step: {},
    "change_profile": lambda state, step: PEOPLE | {"name": f"{step.who} {step.pick}", "say_as": ""},
    "introduce": lambda state, step: {"pitch": f"pitch {step.pick}"},
    "raise_hand": lambda state, step: {},
    "lower_hand": lambda state, step: {"person": _pick(state, "person", step.pick)},
    "greet": lambda state, step: {"person": _pick(state, "person", step.pick), "aloud": step.other % 2 == 0},
    "ungreet": _one("person"),
    "wave_back": lambda state, step: {},
    "say": lambda state, step: {"text": f"line {step.pick}"},
    "hide": _one("message"),
    "restore": _one("message"),
    "set_pacing": lambda state, step: {
        "slow": step.pick % 3,
        "delay": step.other % 3,
        "reviewed": step.pick % 7 == 0,
        "words": ["4"] if step.other % 5 == 0 else [],
    },
    "let_go": _one("held"),
    "stop": _one("held"),
    "let_go_in_time": lambda state, step: {},
    "time_out": lambda state, step: {
        "person": _pick(state, "person", step.pick),
        "minutes": 1 + step.other % 5,
        "reason": "Loud.",
    },
    "end_timeout": _one("person"),
    "end_timeouts": lambda state, step: {},
    "ask": lambda state, step: {"text": f"why {step.pick}?", "shown": _shown(step)},
    "show_as": lambda state, step: {"question": _pick(state, "question", step.pick), "shown": _shown(step)},
    "withdraw": _one("question"),
    "support": _one("question"),
    "unsupport": _one("question"),
    "approve": _one("question"),
    "merge": lambda state, step: {
        "question": _pick(state, "question", step.pick),
        "into": _pick(state, "question", step.other),
    },
    "take_apart": _one("question"),
    "take_on": _one("question"),
    "let_be": _one("question"),
    "hold": _one("question"),
    "dismiss": lambda state, step: {"question": _pick(state, "question", step.pick), "reason": "Twice."},
    "queue": lambda state, step: {
        "question": _pick(state, "question", step.pick),
        "before": _pick(state, "question", step.other) if step.other % 2 else None,
    },
    "deck": _one("question"),
    "unqueue": _one("question"),
    "spotlight": lambda state, step: {
        "question": _pick(state, "question", step.pick),
        "instead_of": _pick(state, "question", step.other) if step.other % 2 else None,
    },
    "answer": _one("question"),
    "answer_in_writing": lambda state, step: {
        "question": _pick(state, "question", step.pick),
        "text": f"because {step.other}",
    },
    "take_answer_back": _one("question"),
    "clear_stage": lambda state, step: {},
    "draft_poll": _draft,
    "discard_poll": _one("poll"),
    "open_poll": _one("poll"),
    "close_poll": _one("poll"),
    "reveal_poll": _one("poll"),
    "vote": _vote,
    "extend_poll": lambda state, step: {"poll": _pick(state, "poll", step.pick), "seconds": 5 + step.other},
    "copy_poll": lambda state, step: {
        "poll": _pick(state, "poll", step.pick),
        "as_round": step.other % 2 == 0,
    },
    "freeze_poll": lambda state, step: {"poll": _pick(state, "poll", step.pick), "on": step.other % 2 == 0},
    "split_poll": lambda state, step: {
        "poll": _pick(state, "poll", step.pick),
        "by": ("kind", "country", "first_time")[step.other % 3],
        "staged": step.other % 2 == 0,
    },
    "show_answer": _one("said", "answer"),
    "hide_answer": _one("said", "answer"),
    "group_answers": lambda state, step: {
        "answers": [_pick(state, "said", step.pick)],
        "group": ["", "All"][step.other % 2],
    },
    "give_feedback": lambda state, step: {
        "worth": ["yes", "no", None][step.pick % 3],
        "line": f"l {step.other}",
    },
    "open_session": lambda state, step: {},
    "close_session": lambda state, step: {},
    "change_session": lambda state, step: {"premoderated": step.pick % 2 == 0},
    **RUN,
}

_HOSTS = [name for name, role in CAST.items() if role in HOSTS]
_OFTEN = {
    "ask": 3,
    "queue": 3,
    "deck": 3,
    "spotlight": 4,
    "answer": 2,
    "support": 3,
    "vote": 6,
    "open_session": 3,
}
_CHOICE = [command for command in COMMANDS for _ in range(_OFTEN.get(command, 1))]


def _step(command: str, who: int, anybody: bool, pick: int, other: int, luck: int) -> Step:
    """Mostly by somebody who may; one in ten is the step before sent once more."""
    may = _HOSTS if SESSION.may(command) == HOSTS and not anybody else list(CAST)
    return Step(may[who % len(may)], command, pick, other, repeats=luck == 9)


_upto40 = st.integers(0, 40)
steps = st.builds(
    _step, st.sampled_from(_CHOICE), st.integers(0, 5), st.booleans(), _upto40, _upto40, st.integers(0, 9)
)
_batch = st.lists(steps, min_size=1, max_size=6)
batches = st.one_of(st.lists(_batch, max_size=4), st.lists(_batch, min_size=15, max_size=30))
"""Histories as a room sees them: what arrived together is decided together."""


_TALK = ["say", "say", "hide", "restore"]


def random_batches(seed: int, count: int, talk: float = 0.0) -> list[list[Step]]:
    """A long history, the same for the same seed in every process; so much of it is `talk`."""
    dice = Random(seed)

    def step() -> Step:
        pick = [dice.randrange(n) for n in (6, 41, 41, 10)]
        command = dice.choice(_TALK if talk and dice.random() < talk else _CHOICE)
        return _step(command, pick[0], dice.random() < 0.2, *pick[1:])

    return [[step() for _ in range(dice.randint(1, 6))] for _ in range(count)]


class World:
    """A session's log and a live state of it; three questions are asked and a poll is open."""

    def __init__(self) -> None:
        self.state = State(SESSION.kinds)
        self.log: list[Sealed] = []
        # what was done, by entry: the actor, the command's name and its arguments
        self.done: list[tuple[str, str, Args]] = []
        self._asked = 0
        self._last: Request | None = None
        self._decide([self._request("Ori", "create_session", {"session": "s1", "title": "Charging"})])
        self._decide([self._request("Ori", "open_session", {})])
        self._decide([self._request(who, "arrive", PEOPLE) for who in CAST])
        self._decide([self._request(who, "ask", {"text": "Why?"}) for who in ("Ada", "Bob", "Cem")])
        poll = {"question": "How?", "options": ["a", "b", "c"], "choose": "many"}
        self._decide([self._request("Hal", "draft_poll", poll)])
        self._decide([self._request("Hal", "open_poll", {"poll": _pick(self.state, "poll", 0)})])

    def play(self, batch: Sequence[Step]) -> list[Outcome]:
        """Run the commands of one batch, as a room does."""
        return self._decide([request for step in batch if (request := self._of(step))])

    def replayed(self, start: State | None = None) -> State:
        """The state that a worker gets who reads the log, from nothing or from a snapshot."""
        state = start or State(SESSION.kinds)
        for sealed in self.log[state.position.seq :]:
            state.put(unseal(sealed, SESSION.kinds), sealed.tag)
        return state

    def _of(self, step: Step) -> Request | None:
        if step.repeats and self._last is not None:
            return self._last
        try:
            return self._request(step.who, step.command, COMMANDS[step.command](self.state, step))
        except Refusal:
            return None

    def _request(self, who: str, command: str, args: Args) -> Request:
        self._asked += 1
        actor = Actor(f"id-{who}", who, CAST[who], self._asked * 40_000, f"{command}-{self._asked}")
        asked = parse(command, args)
        self._last = Request(
            actor, f"ref-{self._asked}", asked, lambda outcome: None, salt=_salt(self._asked)
        )
        return self._last

    def _decide(self, requests: list[Request]) -> list[Outcome]:
        batch = Batch(SESSION, self.state, requests)
        for entry, sealed in batch.entries:
            self.log.append(sealed)
            self.done.append((entry.by, entry.command, self._args(requests, entry)))
            self.state.put(entry, sealed.tag)
        return [outcome for _, outcome in batch.outcomes]

    def _args(self, requests: list[Request], entry: Entry) -> Args:
        command = next(r.command for r in requests if (r.actor.id, r.ref) == (entry.by, entry.ref))
        return {name: getattr(command, name) for name in command.__struct_fields__}


def _salt(number: int) -> bytes:
    """As the room gives it: nothing that anybody could write by chance."""
    return hashlib.sha256(f"salt {number}".encode()).digest()[:18]


def chained(log: Sequence[Sealed]) -> Position:
    return Position(log[-1].seq, log[-1].tag) if log else START


def _pick(state: State, kind: str, pick: int) -> str:
    """One of the newest of a kind, or now and then one that is not there."""
    there = sorted(record.id for record in state.all(SESSION.kinds[kind]))[-6:]
    return there[pick % len(there)] if there and pick != 40 else "none"


def _device(step: Step) -> str:
    return ("", "phone", "desk")[step.other % 3]


def _shown(step: Step) -> str:
    return ("named", "organisation", "anonymous")[step.other % 3]
