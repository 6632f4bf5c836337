"""Letters: e-mail to participants, each queued in the log, claimed by one worker, sent once as far as it can
be told.

 send_letters, admit, …     claim_letters           letter_sent
────────────────────▶ QUEUED ──────────▶ CLAIMED ───────────────▶ SENT
                        ▲ ▲                 │ │ letter_failed
                        │ └───── later ─────┘ └──────────────────▶ FAILED
                        └───────────────── send_again, send_letters ──┘

A letter says to whom and what for, never what stands in it: it is written when it is sent, of what is so
then, so no address, no link and nobody's words are kept here. There is one of a kind for a participant, and
none goes twice within `TWICE_MS`; of a meeting there is one of a kind for each of the two. A worker that
ended after it claimed one may have sent it, and so may one whose mail server fell silent: it is claimed again
only after that time, under the same `mark`.
"""

from __future__ import annotations

from collections import Counter
from typing import ClassVar, Literal, TypeAlias

from webinar_server.mission.letterbox import takes
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Record,
    Records,
    Unseen,
    View,
    replace,
)

MINUTE_MS = 60_000
TWICE_MS = 10 * MINUTE_MS  # within which nobody gets a letter of a kind twice
LATE_MS = 3 * 24 * 60 * MINUTE_MS  # after which one is given up: what it says may be true no more
AGAIN_MS = (1 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS, 240 * MINUTE_MS)
"""After which one that was put off is tried again: the first time, the second, and so on as the last."""

UNDONE_MS = 15_000  # what an organiser decides is told so much later: longer than it can be taken back
NAMED_MS = 10 * MINUTE_MS  # a letter to whom they are about to name in a session waits so long at most
SAID_MAX = 160  # characters of what a mail server said that are kept
LetterKind = Literal[
    "invitation",
    "reminder",
    "link",
    "welcome",
    "applied",
    "admitted",
    "declined",
    "announcement",
    "organiser",
    "leads",
    "meeting_proposed",
    "meeting_fixed",
    "meeting_changed",
    "meeting_cancelled",
    "meeting_declined",
    "meeting_reminder",
    "digest",
    "follow_up",
]
LetterState = Literal["queued", "claimed", "sent", "failed"]

Reason = Literal["", "refused", "later", "unsure", "late", "out", "no_address", "unwanted", "withdrawn"]
"""Why it is not sent (yet): the mail server refused it for good, or for now; nobody knows whether it took it;
it waited too long; its receiver does not take part, has no address, or wants no such letters; what
it says was withdrawn."""

Skipped: TypeAlias = Literal["", "out", "no_address", "unwanted", "recent"]

BULK: frozenset[LetterKind] = frozenset(
    ("invitation", "reminder", "announcement", "meeting_proposed", "digest", "follow_up")
)
"""Letters that answer nothing their receiver did, which they can do without."""

WAITING = ("queued", "claimed")


class Letter(Unseen, frozen=True, kw_only=True):
    """One to a participant, `about` what, with an announcement or of a meeting perhaps; asked for at a time
    (Unix ms), `since` then if it is sent again. `mark` tells it from others that they get; `due` is from when
    on a worker may claim it, `done` when it was sent, `said` what the mail server answered."""

    KIND: ClassVar[str] = "letter"
    INDEXES: ClassVar[tuple[str, ...]] = ("waiting", "state", "to")

    to: str
    about: LetterKind
    announcement: str = ""
    meeting: str = ""
    mark: str
    asked: int
    since: int = 0
    due: int
    state: LetterState = "queued"
    worker: str = ""
    tries: int = 0
    reason: Reason = ""
    said: str = ""
    done: int | None = None

    @property
    def waiting(self) -> str | None:
        return "yes" if self.state in WAITING else None


class Post(Record, frozen=True, kw_only=True):
    """How many letters stand where; and what is the matter with the mail server, since when (Unix ms)."""

    KIND: ClassVar[str] = "post"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("organiser",)
    UNHURRIED: ClassVar[tuple[Audience, ...]] = ("organiser",)

    waiting: int = 0
    sent: int = 0
    failed: int = 0
    trouble: str = ""
    since: int = 0

    def view(self, audience: Audience) -> View | None:
        if audience != "organiser":
            return None
        counts = {"waiting": self.waiting, "sent": self.sent, "failed": self.failed}
        return counts | {"trouble": self.trouble, "since": self.since}


def queue(
    draft: Draft,
    actor: Actor,
    to: Participant,
    about: LetterKind,
    after: int = 0,
    announcement: str = "",
    meeting: str = "",
) -> Skipped:
    """Have a letter sent, so many ms later; says why not, if it is not."""
    why = skipped(draft, actor.at, to, about, meeting)
    if not why:
        letter = Letter(
            id=letter_id(about, to.id, meeting),
            to=to.id,
            about=about,
            announcement=announcement,
            meeting=meeting,
            mark=actor.fresh,
            asked=actor.at,
            due=actor.at + after,
        )
        put(draft, letter)
    return why


def take_back(draft: Draft, to: Participant, about: LetterKind) -> bool:
    """Whether a letter was on nobody's way yet: it is not sent. One that the mail server may have taken is
    on its way."""
    return drop_queued(draft, draft.get(Letter, letter_id(about, to.id)))


def drop_queued(draft: Draft, letter: Letter | None) -> bool:
    """The same of a letter, if it is one."""
    if letter is None or letter.state != "queued" or letter.reason == "unsure":
        return False
    post = draft.need(Post, "post")
    draft.put(replace(post, waiting=post.waiting - 1))
    draft.drop(letter)
    return True


def letter_id(about: LetterKind, to: str, meeting: str = "") -> str:
    return ".".join(filter(None, (about, to, meeting)))


def skipped(records: Records, now: int, to: Participant, about: LetterKind, meeting: str = "") -> Skipped:
    """Why a letter is not sent, if it is not. Each change of a meeting wants one, however soon."""
    why = unsent(records, to, about)
    before = records.get(Letter, letter_id(about, to.id, meeting))
    if why or before is None or before.state == "failed":
        return why
    if meeting:
        return "recent" if before.state == "queued" else ""
    return "recent" if before.done is None or now - before.done < TWICE_MS else ""


def unsent(
    records: Records, to: Participant, about: LetterKind
) -> Literal["", "out", "no_address", "unwanted"]:
    """Why somebody is to get no such letter, if so."""
    meant: dict[LetterKind, bool] = {
        "applied": to.state == "applied",
        "declined": to.state == "declined",
        "organiser": takes_part(to) and to.role == "organiser",
    }
    if not meant.get(about, takes_part(to)):
        return "out"
    if not to.email:
        return "no_address"
    return "unwanted" if about in BULK and not takes(records, to.id, about) else ""


def answer_to(known: Participant) -> LetterKind:
    """The letter that answers whoever asks for their link, or applies again."""
    return "applied" if known.state == "applied" else "link"


def put(draft: Draft, letter: Letter) -> None:
    """As draft.put, and counted."""
    before = draft.get(Letter, letter.id)
    post = draft.get(Post, "post") or Post(id="post")
    counts = Counter(waiting=post.waiting, sent=post.sent, failed=post.failed)
    if before is not None:
        counts[_counted(before)] -= 1
    counts[_counted(letter)] += 1
    draft.put(replace(post, **counts))
    draft.put(letter)


def _counted(letter: Letter) -> str:
    return "waiting" if letter.state in WAITING else letter.state


def erase(draft: Draft, person: str, stump: str) -> None:
    for letter in list(draft.of(Letter, "to", person)):
        post = draft.need(Post, "post")
        draft.put(replace(post, waiting=post.waiting - (letter.state in WAITING)))
        draft.drop(letter)


RECORDS: list[type[Record]] = [Letter, Post]
EXAMPLES = [Post(id="post", waiting=3, sent=40, failed=1)]
COMMANDS: list[type[Command]] = []
