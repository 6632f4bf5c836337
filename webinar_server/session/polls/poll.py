"""A poll: a question, in which way it is answered, and what of the answers is told to whom.

      draft_poll        open_poll        close_poll         reveal_poll
    ───────────▶ DRAFT ──────────▶ OPEN ──────────▶ CLOSED ───────────▶ REVEALED
                  │                 ▲                 │ ▲                  │
            discard_poll            └── open_poll ────┘ └─── close_poll ───┘   (each mis-click has a way back)

Who sees results when is the poll's `results`; hosts see how many voted while it runs, and what in steps of
several people, of too few never (`ballots.py`). What an answer is, and how it is counted, its `form` says
(`form.py`). Whether hosts see who said what is its `names`, told to whoever votes before they do.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec

from webinar_server.errors import Refusal
from webinar_server.session.polls.ballots import MOVED, Bin, Count, Numbers, Telling
from webinar_server.session.polls.form import Form, Word
from webinar_server.session.polls.forms import FORMS, FormName
from webinar_server.session.polls.ranking import scores
from webinar_server.session.roles import AUDIENCES
from webinar_server.state import Audience, Command, Draft, Record, View, replace

PollState = Literal["draft", "open", "closed", "revealed"]
Choose = Literal["one", "many"]
Results = Literal["always", "voted", "closed", "revealed", "never"]
Names = Literal["anonymous", "hosts"]


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to choose, and how many chose it; of a ranking, how many put it first."""

    id: str
    text: str
    votes: int = 0


class Scale(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """From which step to which, and what its two ends are called."""

    from_: int = 1
    to: int = 5
    low: str = ""
    high: str = ""


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a number counts, and between which two it is."""

    unit: str = ""
    low: float | None = None
    high: float | None = None


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation in a quiz: of how many people who wished to count for it, how many were right."""

    organisation: str
    people: int
    points: int


class Move(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """How many went from one option of the first round to another of the second."""

    from_: str
    to: str
    people: int


class Poll(Record, frozen=True, kw_only=True):
    """A question. `voters` counts people; the options' `votes`, then `counts`, what its form counts.

    `seconds` is how long it is open at first, `closes_at` when it closes by itself (Unix ms); `first` the
    poll whose second round it is, `splits` those that are to be made before others. `words` are those of a
    cloud that are shown. `sealed` says that no answer is anybody's any more.
    """

    KIND: ClassVar[str] = "poll"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES
    INDEXES: ClassVar[tuple[str, ...]] = ("awaits",)

    question: str
    options: tuple[Option, ...] = ()
    choose: Choose = "one"
    form: FormName = "choice"
    state: PollState = "draft"
    voters: int = 0
    at: int = 0
    opened_at: int | None = None
    revealed_at: int | None = None
    telling: Telling = Telling()
    results: Results = "revealed"
    names: Names = "anonymous"
    scale: Scale | None = None
    number: Limits | None = None
    right: tuple[str, ...] = ()
    points: bool = False
    moderated: bool = False
    frozen: bool = False
    seconds: int | None = None
    closes_at: int | None = None
    first: str | None = None
    counts: tuple[int, ...] = ()
    words: tuple[Word, ...] = ()
    teams: tuple[Team, ...] = ()
    moved: tuple[Move, ...] | None = None
    splits: tuple[str, ...] = ()
    sealed: bool = False

    @property
    def awaits(self) -> str | None:
        """What the server itself is to do with it, some time: `close` or `seal` it."""
        if self.state == "open":
            return "close"
        return "seal" if self.state != "draft" and self.names == "anonymous" and not self.sealed else None

    @property
    def how(self) -> Form:
        return FORMS[self.form]

    @property
    def count(self) -> Count:
        return Count(voters=self.voters, votes=(*(option.votes for option in self.options), *self.counts))

    @property
    def told(self) -> Count | None:
        """The count that is told to whom any is."""
        # one that was closed before counts were told in steps is told whole, if it is of several people
        is_old = self.state in ("closed", "revealed") and self.telling == Telling() and self.voters >= MOVED
        return self.count if is_old else self.telling.told

    def tells(self, audience: Audience) -> bool:
        """Whether an audience is told what came of it."""
        if self.state == "draft" or audience == "host":
            return self.state != "draft"
        if self.state == "revealed" or self.results == "always":
            return self.results != "never"
        return self.results == "closed" and self.state == "closed"

    def view(self, audience: Audience) -> View | None:
        if self.state == "draft" and audience != "host":
            return None
        told = self.told if self.tells(audience) else None
        return self._asked() | self._of_its_form(audience) | (result(self, told) if told else {})

    def _asked(self) -> View:
        return {
            "question": self.question,
            "choose": self.choose,
            "form": self.form,
            "state": self.state,
            "options": [{"id": option.id, "text": option.text} for option in self.options],
            "voters": self.voters,
            "at": self.at,
            "opened_at": self.opened_at,
            "revealed_at": self.revealed_at,
            "results": self.results,
            "names": self.names,
        }

    def _of_its_form(self, audience: Audience) -> View:
        """What few polls have, left out where there is none: all of it is told anew with every vote."""
        is_known = audience == "host" or (self.state == "revealed" and self.results != "never")
        has = {
            "scale": msgspec.to_builtins(self.scale),
            "number": msgspec.to_builtins(self.number),
            "closes_at": self.closes_at if self.state == "open" else None,
            "first": self.first,
            "right": list(self.right) if self.right and is_known else None,
            "points": self.points or None,
            "teams": [*map(msgspec.to_builtins, self.teams)] if self.teams and is_known else None,
            "frozen": self.frozen or None,
        }
        if audience == "host":
            has |= {
                "moderated": self.moderated or None,
                "seconds": self.seconds,
                "moved": None if self.moved is None else [*map(msgspec.to_builtins, self.moved)],
            }
        return {name: value for name, value in has.items() if value is not None}


def result(poll: Poll, told: Count) -> View:
    """What came of it, as far as it is told: the fields that it is beside the question."""
    options: list[dict[str, Any]] = [
        {"id": option.id, "text": option.text, "votes": votes}
        for option, votes in zip(poll.options, told.votes, strict=False)
    ]
    if poll.form == "ranking":
        options = [
            option | {"score": score} for option, score in zip(options, scores(poll, told), strict=True)
        ]
    tally = poll.how.tally(poll, told)
    view: View = {"options": options, "counted": told.voters}
    return view if tally is None else view | {"tally": tally}


def in_state(draft: Draft, id: str, *states: PollState) -> Poll:
    """Raises Refusal, by the state it is in where that is another."""
    poll = draft.need(Poll, id)
    if poll.state not in states:
        raise Refusal(f"poll.{poll.state}", f"This poll is {poll.state}.")
    return poll


NAMES_NOBODY = True
RECORDS: list[type[Record]] = [Poll]
COMMANDS: list[type[Command]] = []
_SMALL = Poll(id="p1", question="How?", options=(Option(id="1", text="So"),), state="revealed")
_BINS = (Bin(from_=0.0, to=2.0, votes=10),)
_NUMBERS = Numbers(median=1.0, mean=1.0, low=0.0, high=2.0, bins=_BINS)
_TOLD = Telling(told=Count(voters=10, votes=(10, 10), numbers=_NUMBERS))
_QUIZ: dict[str, Any] = {
    "right": ("1",),
    "points": True,
    "teams": (Team(organisation="A", people=2, points=1),),
    "moved": (Move(from_="1", to="2", people=5),),
    "first": "p1",
    "seconds": 60,
    "moderated": True,
    "frozen": True,
}
EXAMPLES = [
    _SMALL,
    replace(_SMALL, id="p2", state="open", closes_at=0),
    replace(_SMALL, id="p3", telling=_TOLD, form="quiz", **_QUIZ),
    replace(_SMALL, id="p4", telling=_TOLD, form="ranking"),
    replace(_SMALL, id="p5", telling=_TOLD, form="number", number=Limits(unit="kW", low=0.0, high=2.0)),
    replace(_SMALL, id="p6", telling=_TOLD, form="cloud", words=(Word(text="sun", votes=5),)),
    Poll(id="p7", question="How?", state="revealed", telling=_TOLD, form="scale", scale=Scale(to=2)),
]
