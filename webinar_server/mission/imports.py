"""Imports: a list of people, taken in by parts, and none of it lost or half done.

 begin_import            import_part, 500 lines each, until there is none left
──────────────▶ UNDER WAY ─────────────────────────────────────────────────▶ DONE

All lines stand in the log before the first is taken in, so any worker goes on where another ended (`due`).
What is done with a line is decided when it is its turn, as `fate_of` says, by which it was shown before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import msgspec

from webinar_server.errors import Refusal
from webinar_server.mission.colleagues import move
from webinar_server.mission.fates import Fate, Line, fate_of
from webinar_server.mission.participants import PARTICIPANTS_MAX, Participant
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import (
    Actor,
    Alarm,
    Audience,
    Command,
    Draft,
    Record,
    Records,
    Role,
    State,
    Unseen,
    View,
    replace,
)
from webinar_server.words.text import clean_or_empty

PART = 500  # lines that are taken in at once
IMPORTS_MAX = 50  # imports that are remembered, the newest
FILE_MAX = 100  # characters of a file's name
TOLD_MAX = 200  # refused lines of an import that are remembered, and as many fields that were left open


class Stray(msgspec.Struct, frozen=True, kw_only=True):
    """A line that was not taken in, and why; `field` where it is about one."""

    number: int
    code: str
    field: str = ""


class LeftOpen(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a line that was not taken in with it, since nobody knows what it `said`."""

    number: int
    field: str
    said: str


class Import(Record, frozen=True, kw_only=True):
    """One list, and how much of it is taken in: `done` of `lines`, its `part`s by number.

    `due` (Unix ms) is when the next part may be; `keeps` whether what people said themselves stays.
    """

    KIND: ClassVar[str] = "import"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("organiser",)
    INDEXES: ClassVar[tuple[str, ...]] = ("under_way",)

    file: str
    by: str
    at: int
    keeps: bool
    lines: int
    due: int
    part: int = 0
    done: int = 0
    added: int = 0
    changed: int = 0
    equal: int = 0
    refused: int = 0
    strays: tuple[Stray, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()
    ended_at: int | None = None

    @property
    def under_way(self) -> str | None:
        return "yes" if self.ended_at is None else None

    def view(self, audience: Audience) -> View | None:
        if audience not in self.SEEN_BY:
            return None
        names = ("file", "by", "at", "lines", "done", "added", "changed", "equal", "refused", "ended_at")
        return {name: getattr(self, name) for name in names} | {
            "strays": [msgspec.to_builtins(stray) for stray in self.strays],
            "left_open": [msgspec.to_builtins(one) for one in self.left_open],
        }


class ImportPart(Unseen, frozen=True, kw_only=True):
    """Lines that wait; its id is the import's and a number."""

    KIND: ClassVar[str] = "import_part"

    lines: tuple[Line, ...]


class BeginImport(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organiser has a list taken in: the `lines` that change something, and how many others there are."""

    NAME: ClassVar[str] = "begin_import"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS
    INTERNAL: ClassVar[bool] = True

    file: str
    keeps: bool
    lines: tuple[Line, ...]
    equal: int = 0
    refused: int = 0
    strays: tuple[Stray, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        _refuse_second(draft)
        if not self.lines:
            raise Refusal("import.nothing", "All that can be taken in of this file is there already.")
        draft.put(
            Import(
                id=actor.fresh,
                file=clean_or_empty(self.file[:FILE_MAX], "import", FILE_MAX, field="file"),
                by=actor.id,
                at=actor.at,
                keeps=self.keeps,
                lines=len(self.lines),
                due=actor.at,
                equal=self.equal,
                refused=self.refused,
                strays=self.strays[:TOLD_MAX],
                left_open=self.left_open[:TOLD_MAX],
            )
        )
        for number, begin in enumerate(range(0, len(self.lines), PART)):
            lines = self.lines[begin : begin + PART]
            draft.put(ImportPart(id=_part_id(actor.fresh, number), lines=lines))
        _forget_oldest(draft)
        return {"id": actor.fresh}


class TakePart(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The next part of an import is taken in."""

    NAME: ClassVar[str] = "import_part"
    INTERNAL: ClassVar[bool] = True

    of: str
    part: int

    def run(self, draft: Draft, actor: Actor) -> None:
        job = draft.get(Import, self.of)
        part = draft.get(ImportPart, _part_id(self.of, self.part))
        if job is None or part is None or job.part != self.part:
            raise Refusal("import.done", "Another worker was faster.")
        draft.drop(part)
        job = _with_lines(draft, actor, job, part.lines)
        last = draft.get(ImportPart, _part_id(self.of, self.part + 1)) is None
        draft.put(
            replace(
                job,
                part=job.part + 1,
                done=job.done + len(part.lines),
                due=max(actor.at, job.due + 1),
                ended_at=actor.at if last else None,
            )
        )


def _with_lines(draft: Draft, actor: Actor, job: Import, lines: Sequence[Line]) -> Import:
    """The import, once these lines are taken in."""
    strays, count = list(job.strays), {"new": 0, "changed": 0, "equal": 0, "refused": 0}
    for number, line in enumerate(lines):
        fate = fate_of(draft, line.said, job.keeps)
        if fate.what == "new" and draft.count(Participant) >= PARTICIPANTS_MAX:
            fate = Fate("refused", code="participant.full")
        count[fate.what] += 1
        if fate.what == "refused":
            strays.append(Stray(number=line.number, code=fate.code))
        elif fate.what == "new":
            draft.put(_new(f"{actor.fresh}{number:03}", line.said))
        elif fate.what == "changed" and fate.participant is not None:
            move(draft, draft.need(Participant, fate.participant.id), fate.participant)
            draft.put(fate.participant)
    return replace(
        job,
        added=job.added + count["new"],
        changed=job.changed + count["changed"],
        equal=job.equal + count["equal"],
        refused=job.refused + count["refused"],
        strays=tuple(strays[:TOLD_MAX]),
    )


def due(state: State) -> Alarm | None:
    """The next part of what is under way."""
    job = next(iter(state.of(Import, "under_way", "yes")), None)
    return None if job is None else Alarm(job.due, TakePart(of=job.id, part=job.part))


def _new(id: str, said: dict[str, Any]) -> Participant:
    return Participant(id=id, state="invited", **said)


def _part_id(id: str, number: int) -> str:
    return f"{id}.{number:02}"


def _refuse_second(records: Records) -> None:
    if any(True for _ in records.of(Import, "under_way", "yes")):
        raise Refusal("import.under_way", "Another list is being taken in; please wait for its end.")


def _forget_oldest(draft: Draft) -> None:
    jobs = sorted(draft.all(Import), key=lambda job: job.at)
    for job in jobs[: max(0, len(jobs) - IMPORTS_MAX)]:
        draft.drop(job)


def erase(draft: Draft, person: str, stump: str) -> None:
    mailbox = getattr(draft.get(Participant, person), "mailbox", None)
    for part in list(draft.all(ImportPart)):
        lines = [line for line in part.lines if str(line.said.get("email", "-")).casefold() != mailbox]
        draft.put(replace(part, lines=tuple(lines)))
    for job in list(draft.all(Import)):
        draft.put(replace(job, by=stump if job.by == person else job.by, file="", left_open=()))


RECORDS: list[type[Record]] = [Import, ImportPart]
EXAMPLES = [
    Import(
        id="i1",
        file="people.csv",
        by="ada",
        at=0,
        keeps=True,
        lines=1,
        due=0,
        strays=(Stray(number=7, code="participant.email", field="email"),),
        left_open=(LeftOpen(number=8, field="country", said="Atlantis"),),
    )
]
COMMANDS: list[type[Command]] = [BeginImport, TakePart]
