"""Sending: what postmen say of letters: they claim them, and tell what came of each."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.mission.announcements import Announcement
from webinar_server.mission.letters import (
    AGAIN_MS,
    LATE_MS,
    SAID_MAX,
    TWICE_MS,
    WAITING,
    Letter,
    Post,
    Reason,
    put,
    unsent,
)
from webinar_server.mission.meetings_telling import is_stale
from webinar_server.mission.missing import waiting_for
from webinar_server.mission.participants import Participant
from webinar_server.mission.reminders import reminded_since
from webinar_server.state import Actor, Command, Draft, Record, Records, replace
from webinar_server.words.sizes import up_to


class ClaimLetters(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A worker will send these; answers which of them are its own. Those that are not to be sent any more
    fail."""

    NAME: ClassVar[str] = "claim_letters"
    INTERNAL: ClassVar[bool] = True

    worker: str
    letters: tuple[str, ...]

    def run(self, draft: Draft, actor: Actor) -> dict[str, list[str]]:
        found = (draft.get(Letter, id) for id in self.letters)
        due = [one for one in found if one is not None and is_due(one, actor.at)]
        if not due:
            raise Refusal("letter.claimed", "Somebody else sends them.")
        return {"letters": [one.id for one in due if self._claim(draft, one, actor.at)]}

    def _claim(self, draft: Draft, letter: Letter, now: int) -> bool:
        to = draft.get(Participant, letter.to)
        reason: Reason = "out" if to is None else unsent(draft, to, letter.about)
        if letter.announcement and draft.get(Announcement, letter.announcement) is None:
            reason = reason or "withdrawn"
        # what it says is over, or was read meanwhile
        unasked = letter.about == "digest" and not waiting_for(draft, letter.to)
        unasked |= letter.about == "follow_up" and not reminded_since(
            draft, letter.to, letter.since or letter.asked
        )
        if unasked or is_stale(draft, letter, now):
            reason = reason or "withdrawn"
        if not reason and now - letter.asked > LATE_MS:
            reason = "late"
        if reason:
            put(draft, replace(letter, state="failed", reason=reason))
            return False
        claimed = replace(letter, state="claimed", worker=self.worker, tries=letter.tries + 1)
        put(draft, replace(claimed, due=now + TWICE_MS))
        return True


class LetterSent(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The mail server has taken it."""

    NAME: ClassVar[str] = "letter_sent"
    INTERNAL: ClassVar[bool] = True

    letter: str
    mark: str

    def run(self, draft: Draft, actor: Actor) -> None:
        letter = _marked(draft, self.letter, self.mark)
        put(draft, replace(letter, state="sent", worker="", reason="", said="", done=actor.at))
        _say_trouble(draft, actor, "")


class LetterFailed(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It was not taken by the mail server: for good, for now, or nobody knows; or its receiver is to have
    none any more."""

    NAME: ClassVar[str] = "letter_failed"
    INTERNAL: ClassVar[bool] = True

    letter: str
    mark: str
    worker: str
    reason: Literal["refused", "later", "unsure", "out", "no_address", "unwanted", "withdrawn"]
    said: Annotated[str, up_to(SAID_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        letter = _marked(draft, self.letter, self.mark)
        if letter.worker != self.worker:
            raise Refusal("letter.claimed", "Somebody else sends it by now.")
        told = replace(letter, worker="", reason=self.reason, said=self.said)
        if self.reason in ("later", "unsure"):
            put(draft, replace(told, state="queued", due=self._again(letter, actor.at)))
        else:
            put(draft, replace(told, state="failed"))

    def _again(self, letter: Letter, now: int) -> int:
        # it may have been taken: whoever gets it twice gets it twice within that time
        least = TWICE_MS if self.reason == "unsure" else 0
        return now + max(least, AGAIN_MS[min(letter.tries, len(AGAIN_MS)) - 1])


class PutBack(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A worker did not come to these."""

    NAME: ClassVar[str] = "put_back"
    INTERNAL: ClassVar[bool] = True

    worker: str
    letters: tuple[str, ...]

    def run(self, draft: Draft, actor: Actor) -> None:
        for id in self.letters:
            letter = draft.get(Letter, id)
            if letter is not None and letter.state == "claimed" and letter.worker == self.worker:
                back = replace(letter, state="queued", worker="", tries=letter.tries - 1)
                put(draft, replace(back, due=actor.at))


class MailTrouble(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No letters go out, since something is the matter with the mail server; nothing, if it is empty."""

    NAME: ClassVar[str] = "mail_trouble"
    INTERNAL: ClassVar[bool] = True

    trouble: str

    def run(self, draft: Draft, actor: Actor) -> None:
        if not _say_trouble(draft, actor, self.trouble):
            raise Refusal("letter.known", "That is known already.")


def is_due(letter: Letter, now: int) -> bool:
    """Whether somebody may claim it."""
    return letter.state in WAITING and letter.due <= now


def next_due(records: Records) -> int | None:
    """When the next letter is due (Unix ms), if any waits."""
    return min((letter.due for letter in records.of(Letter, "waiting", "yes")), default=None)


def _marked(draft: Draft, id: str, mark: str) -> Letter:
    letter = draft.need(Letter, id)
    if letter.mark != mark or letter.state not in WAITING:
        raise Refusal("letter.other", "That letter was asked for anew, or is done.")
    return letter


def _say_trouble(draft: Draft, actor: Actor, trouble: str) -> bool:
    post = draft.get(Post, "post") or Post(id="post")
    if post.trouble == trouble:
        return False
    draft.put(replace(post, trouble=trouble, since=actor.at if trouble else 0))
    return True


RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [ClaimLetters, LetterSent, LetterFailed, PutBack, MailTrouble]
