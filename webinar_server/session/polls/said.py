"""Said: what people wrote, in a text or a cloud, without who did.

                        show_answer
    ───▶ HELD or SHOWN ◀───────────▶ HIDDEN      (held where the poll is moderated)
                        hide_answer

Hosts are told of them in steps, like all that comes of a poll, and everybody of those of a text that are
shown, as far as the poll tells results. Of a cloud the poll has what is shown. Answers that mean the same
a host puts into a group, which is a word of the cloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.session.polls.cloud import WORDS_TOLD
from webinar_server.session.polls.form import Word
from webinar_server.session.polls.poll import Poll, in_state
from webinar_server.session.polls.text import key
from webinar_server.session.roles import AUDIENCES, HOSTS
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, replace
from webinar_server.words.sizes import so_many, up_to
from webinar_server.words.text import clean_or_empty

GROUP_MAX = 60
GROUPED_MAX = 500

SaidState = Literal["held", "shown", "hidden"]


class Said(Record, frozen=True, kw_only=True):
    """Words that `votes` people said; `told` where the poll tells all what came of it."""

    KIND: ClassVar[str] = "said"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES
    INDEXES: ClassVar[tuple[str, ...]] = ("poll",)

    poll: str
    text: str
    votes: int = 1
    state: SaidState = "held"
    group: str = ""
    told: bool = False

    def view(self, audience: Audience) -> View | None:
        if audience != "host" and not (self.told and self.state == "shown"):
            return None
        seen: View = {"poll": self.poll, "text": self.text, "votes": self.votes, "state": self.state}
        return seen | {"group": self.group}


class ShowAnswer(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For all to see, once the poll tells results."""

    NAME: ClassVar[str] = "show_answer"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    answer: str

    def run(self, draft: Draft, actor: Actor) -> None:
        _change(draft, [self.answer], state="shown")


class HideAnswer(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For hosts alone again."""

    NAME: ClassVar[str] = "hide_answer"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    answer: str

    def run(self, draft: Draft, actor: Actor) -> None:
        _change(draft, [self.answer], state="hidden")


class GroupAnswers(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """These mean the same, and this is what it is called; an empty name takes them out."""

    NAME: ClassVar[str] = "group_answers"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    answers: Annotated[list[str], so_many(1, GROUPED_MAX)]
    group: Annotated[str, up_to(GROUP_MAX)]

    def run(self, draft: Draft, actor: Actor) -> None:
        if len(self.answers) > GROUPED_MAX:
            raise Refusal("said.many", f"At most {GROUPED_MAX} at once.")
        group = clean_or_empty(self.group, "said", GROUP_MAX, field="group")
        _change(draft, self.answers, group=group)


class FreezePoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing is added to what is shown of a cloud any more; with `on` false it is again."""

    NAME: ClassVar[str] = "freeze_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str
    on: bool = True

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = in_state(draft, self.poll, "open", "closed", "revealed")
        if poll.form != "cloud":
            raise Refusal("poll.form", "Only a cloud can be frozen.")
        draft.put(_with_words(draft, replace(poll, frozen=self.on)))


def tell(draft: Draft, poll: Poll, words: Iterable[Word], fresh: str) -> Poll:
    """The poll once these are its answers, of which some may be new."""
    there = {key(answer.text): answer for answer in draft.of(Said, "poll", poll.id)}
    for number, word in enumerate(words):
        known = there.pop(key(word.text), None)
        if known is None:
            draft.put(_new(poll, word, f"{fresh}.{number}"))
        elif (known.text, known.votes) != (word.text, word.votes):
            draft.put(replace(known, text=word.text, votes=word.votes))
    for gone in there.values():
        draft.drop(gone)
    return _with_words(draft, poll)


def publish(draft: Draft, poll: Poll, anew: bool = False) -> None:
    """The answers of a poll that may tell them to others now than before; `anew` all of them, so that
    nothing of when each was given is kept."""
    for answer in list(draft.of(Said, "poll", poll.id)):
        told = _is_told(poll)
        if anew or answer.told != told:
            draft.put(replace(answer, told=told))


def without(draft: Draft, poll: Poll, words: Iterable[Word]) -> None:
    """Less so many of each."""
    answers = list(draft.of(Said, "poll", poll.id))
    left = {key(word.text) for word in less([Word(text=a.text, votes=a.votes) for a in answers], words)}
    taken = {key(word.text): word.votes for word in words}
    for answer in answers:
        if key(answer.text) not in left:
            draft.drop(answer)
        elif key(answer.text) in taken:
            draft.put(replace(answer, votes=answer.votes - taken[key(answer.text)]))
    draft.put(_with_words(draft, replace(poll, frozen=False)))


def less(words: Iterable[Word], taken: Iterable[Word]) -> tuple[Word, ...]:
    """Words without as many as are taken of each."""
    gone = {key(word.text): word.votes for word in taken}
    rest = (replace(word, votes=word.votes - gone.get(key(word.text), 0)) for word in words)
    return tuple(word for word in rest if word.votes > 0)


def _new(poll: Poll, word: Word, id: str) -> Said:
    state: SaidState = "held" if poll.moderated else "shown"
    return Said(id=id, poll=poll.id, text=word.text, votes=word.votes, state=state, told=_is_told(poll))


def _is_told(poll: Poll) -> bool:
    # of a cloud the poll tells the words, and no more of them than can be shown
    return poll.form == "text" and poll.tells("attendee")


def _change(draft: Draft, ids: list[str], **how: str) -> None:
    answers = [draft.need(Said, id) for id in dict.fromkeys(ids)]
    for answer in answers:
        draft.put(replace(answer, **how))
    for id in dict.fromkeys(answer.poll for answer in answers):
        draft.put(_with_words(draft, draft.need(Poll, id), more=True))


def _with_words(draft: Draft, poll: Poll, more: bool = False) -> Poll:
    """A cloud with the words it shows; a frozen one with no more than it did."""
    if poll.form != "cloud":
        return poll
    shown = _shown(draft, poll)
    if poll.frozen and not more:
        return poll
    if poll.frozen:
        kept = {word.text for word in shown}
        return replace(poll, words=tuple(word for word in poll.words if word.text in kept))
    return replace(poll, words=tuple(shown[:WORDS_TOLD]))


def _shown(draft: Draft, poll: Poll) -> list[Word]:
    """Most first; what is in a group counts for it."""
    votes: dict[str, int] = {}
    for text, of in _told_words(draft, poll):
        votes[text] = votes.get(text, 0) + of
    return sorted(
        (Word(text=text, votes=of) for text, of in votes.items()), key=lambda word: (-word.votes, word.text)
    )


def _told_words(draft: Draft, poll: Poll) -> Iterator[tuple[str, int]]:
    for answer in draft.of(Said, "poll", poll.id):
        if answer.state == "shown":
            yield answer.group or answer.text, answer.votes


NAMES_NOBODY = True
RECORDS: list[type[Record]] = [Said]
EXAMPLES = [Said(id="a1", poll="p1", text="sun", state="shown", told=True)]
COMMANDS: list[type[Command]] = [ShowAnswer, HideAnswer, GroupAnswers, FreezePoll]
