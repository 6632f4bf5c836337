"""Post: who asks for letters, and who wants none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.mission.announcements import Announcement
from webinar_server.mission.letterbox import SWITCH_OF, LetterSwitch, turn
from webinar_server.mission.letters import (
    NAMED_MS,
    Letter,
    LetterKind,
    answer_to,
    drop_queued,
    queue,
    skipped,
    take_back,
)
from webinar_server.mission.participants import Participant, Reads, takes_part
from webinar_server.mission.reminders import wanted_by
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import Actor, Command, Draft, Record, Records, Role, replace
from webinar_server.words.sizes import so_many, up_to

SENT_AT_ONCE = 500


class SendLetters(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of a kind to each of these participants; `absent` instead: to all who were invited and have not
    come, an invitation to those alone who had none, a command's worth at a time. Answers how many are
    `queued`, and how many not and why: `recent` had one in the last minutes; `left` are for the next command.
    Somebody of whom nothing tells what they read is taken to read what the organiser `reads`. `naming`: they
    are about to be named in a session, and the letter waits for that (`leading.py`)."""

    NAME: ClassVar[str] = "send_letters"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    kind: Literal["invitation", "reminder", "link"]
    reads: Reads = ""
    participants: Annotated[tuple[Annotated[str, up_to(40)], ...], so_many(0, SENT_AT_ONCE)] = ()
    absent: bool = False
    naming: bool = False

    def run(self, draft: Draft, actor: Actor) -> dict[str, int]:
        if len(self.participants) > SENT_AT_ONCE:
            raise Refusal("letter.many", f"At most {SENT_AT_ONCE} letters at once; send the rest after them.")
        told: Counter[str] = Counter(queued=0)
        for participant in self._to(draft):
            if told["queued"] >= SENT_AT_ONCE:
                told["left"] += not skipped(draft, actor.at, participant, self.kind)
            else:
                to = _reading(draft, participant, self.reads)
                told[queue(draft, actor, to, self.kind, NAMED_MS if self.naming else 0) or "queued"] += 1
        return dict(told)

    def _to(self, draft: Draft) -> Iterable[Participant]:
        if self.absent:
            return absent(draft, self.kind)
        found = (draft.get(Participant, id) for id in dict.fromkeys(self.participants))
        return [one for one in found if one is not None]


def absent(records: Records, about: LetterKind) -> list[Participant]:
    """To whom such a letter goes, of all who were invited and have not come."""
    waited_for = (one for one in records.of(Participant, "state", "invited") if not one.has_come)
    return [one for one in waited_for if about != "invitation" or not _was_invited(records, one)]


def _was_invited(records: Records, to: Participant) -> bool:
    """Whether a letter said so, or is about to."""
    letter = records.get(Letter, f"invitation.{to.id}")
    return letter is not None and letter.state != "failed"


def ready(records: Records, now: int, about: LetterKind) -> int:
    """How many letters `absent` would send now (Unix ms)."""
    return sum(not skipped(records, now, one, about) for one in absent(records, about))


class MailAnnouncement(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was announced goes to whom it is for by e-mail, too, a command's worth at a time; answers as
    `send_letters` does."""

    NAME: ClassVar[str] = "mail_announcement"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    announcement: Annotated[str, up_to(40)]

    def run(self, draft: Draft, actor: Actor) -> dict[str, int]:
        announcement = draft.need(Announcement, self.announcement)
        told: Counter[str] = Counter(queued=0)
        for to in filter(takes_part, draft.all(Participant)):
            if announcement.to != "organisers" or to.role in ORGANISERS:
                told[self._one(draft, actor, to, full=told["queued"] >= SENT_AT_ONCE)] += 1
        return dict(told)

    def _one(self, draft: Draft, actor: Actor, to: Participant, full: bool) -> str:
        known = draft.get(Letter, f"announcement.{to.id}")
        if known is not None and known.announcement == self.announcement and known.state != "failed":
            return "recent"
        if full:
            return skipped(draft, actor.at, to, "announcement") or "left"
        return queue(draft, actor, to, "announcement", announcement=self.announcement) or "queued"


class SendAgain(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Letters that failed are tried once more: these, or all, a command's worth at a time."""

    NAME: ClassVar[str] = "send_again"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    letters: Annotated[tuple[Annotated[str, up_to(80)], ...], so_many(0, SENT_AT_ONCE)] = ()

    def run(self, draft: Draft, actor: Actor) -> dict[str, int]:
        failed = draft.of(Letter, "state", "failed")
        again = [one for one in failed if not self.letters or one.id in self.letters]
        told: Counter[str] = Counter(queued=0)
        for letter in again[:SENT_AT_ONCE]:
            to = draft.need(Participant, letter.to)
            about, of = letter.about, (letter.announcement, letter.meeting)
            why = queue(draft, actor, to, about, announcement=of[0], meeting=of[1])
            if not why:
                # what it was to tell came up before it was asked for anew
                draft.put(replace(draft.need(Letter, letter.id), since=letter.since or letter.asked))
            told[why or "queued"] += 1
        told["left"] = len(again[SENT_AT_ONCE:])
        return dict(told)


class HandOver(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organiser told people what these letters, or all that wait, would have said: they are not sent any
    more. Answers how many; one that is on its way stays."""

    NAME: ClassVar[str] = "hand_over"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    letters: Annotated[tuple[Annotated[str, up_to(80)], ...], so_many(0, SENT_AT_ONCE)] = ()

    def run(self, draft: Draft, actor: Actor) -> dict[str, int]:
        waiting = [one for one in draft.of(Letter, "waiting", "yes") if one.state == "queued"]
        told = [one for one in waiting if not self.letters or one.id in self.letters]
        done = sum(drop_queued(draft, letter) for letter in told[:SENT_AT_ONCE])
        return {"handed": done, "left": len(told) - done}


class LostLink(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody asks for the link of whoever has an address; said at the door, and told to nobody what came of
    it."""

    NAME: ClassVar[str] = "lost_link"
    INTERNAL: ClassVar[bool] = True

    email: str

    def run(self, draft: Draft, actor: Actor) -> None:
        for known in list(draft.of(Participant, "mailbox", self.email.casefold())):
            queue(draft, actor, known, answer_to(known))


class WantLetters(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether I want letters that answer nothing I did; `of` one kind, or all."""

    NAME: ClassVar[str] = "want_letters"

    on: bool
    of: LetterSwitch | None = None

    def run(self, draft: Draft, actor: Actor) -> None:
        turn(draft, actor, actor.id, self.of, self.on)


class StopLetters(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody said so by a letter of theirs, of the kind `about`; empty: of all."""

    NAME: ClassVar[str] = "stop_letters"
    INTERNAL: ClassVar[bool] = True

    participant: str
    about: str = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        if self.about == "follow_up":
            to = draft.need(Participant, self.participant)
            draft.put(replace(wanted_by(draft, to.id), mail=False))
            take_back(draft, to, "follow_up")
        else:
            turn(draft, actor, self.participant, SWITCH_OF.get(self.about), False)


def _reading(draft: Draft, to: Participant, reads: Reads) -> Participant:
    """Somebody of whom nothing tells what they read is taken to read what this organiser does."""
    if not reads or to.reads or to.languages or to.country:
        return to
    to = replace(to, reads=reads)
    draft.put(to)
    return to


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [
    SendLetters,
    MailAnnouncement,
    SendAgain,
    HandOver,
    LostLink,
    WantLetters,
    StopLetters,
]
