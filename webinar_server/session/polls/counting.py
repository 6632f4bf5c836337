"""Counting: what an answer changes of what is counted, and of what is told of that.

Of most forms an answer adds to the count, and another in its place takes that off again. Of words and numbers
all answers there are are counted anew, each time something is to be told; those that are nobody's any more
are in `Loose`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import ClassVar

from webinar_server.session.polls import results, said
from webinar_server.session.polls.ballots import MOVED, SHARE, Count
from webinar_server.session.polls.form import Given, Word
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.vote import Vote
from webinar_server.session.roles import HOSTS
from webinar_server.state import Actor, Command, Draft, Record, Unseen, replace


class Loose(Unseen, frozen=True, kw_only=True):
    """Of a poll of words or numbers, whose id it has: what was said by people of whom it is not known any
    more that they did (a number by its letters), and what of words is told next."""

    KIND: ClassVar[str] = "loose"

    said: tuple[Word, ...] = ()
    next: tuple[Word, ...] = ()


def cast(draft: Draft, actor: Actor, poll: Poll, before: Given, after: Given) -> None:
    """Somebody's answer is another now; its vote is put already."""
    poll = _recounted(poll, before, after)
    if actor.role not in HOSTS:
        poll = replace(poll, telling=poll.telling.cast(actor.id, before.key, after.key))
        step = _step(poll)
        if _at_once(poll) or poll.telling.is_due(poll.voters, step):
            poll = _advanced(draft, poll, actor.fresh)
    draft.put(poll)
    results.tell(draft, poll, actor.id)


def close(draft: Draft, poll: Poll, fresh: str) -> Poll:
    """The poll with all that its end may tell; what is made for it has ids that begin with a fresh one."""
    if not poll.telling.may_close:
        return poll
    now, words = _counted(draft, poll)
    poll = replace(poll, telling=poll.telling.close(now))
    return _with_words(draft, poll, words, words, fresh)


def loosen(draft: Draft, poll: Poll, votes: Iterable[Vote]) -> None:
    """What these said goes on counting, and is nobody's."""
    if not poll.how.ANEW:
        return
    loose = draft.get(Loose, poll.id) or Loose(id=poll.id)
    spoken = Counter({word.text: word.votes for word in loose.said})
    spoken.update(text for vote in votes for text in _said(vote))
    draft.put(replace(loose, said=tuple(Word(text=text, votes=of) for text, of in sorted(spoken.items()))))


def disown(draft: Draft, poll: Poll, vote: Vote) -> None:
    """Somebody is erased: a number stays in the count, words go from wherever they are known to be theirs."""
    if vote.number is not None:
        loosen(draft, poll, [vote])
    elif vote.texts:
        own = poll.how.gather(Word(text=text, votes=1) for text in vote.texts)
        said.without(draft, poll, own)
        loose = draft.get(Loose, poll.id)
        if loose is not None:
            draft.put(replace(loose, next=said.less(loose.next, own)))


def _recounted(poll: Poll, before: Given, after: Given) -> Poll:
    voters = poll.voters - (not before.is_empty) + (not after.is_empty)
    taken, added = poll.how.adds(poll, before), poll.how.adds(poll, after)
    was = poll.count.votes or (0,) * len(added)
    if len(was) < len(added):
        was += (0,) * (len(added) - len(was))
    now = tuple(votes - less + more for votes, less, more in zip(was, taken, added, strict=True))
    options = tuple(replace(option, votes=votes) for option, votes in zip(poll.options, now, strict=False))
    return replace(poll, voters=voters, options=options, counts=now[len(options) :])


def _step(poll: Poll) -> int:
    return max(MOVED, poll.voters // SHARE) if poll.how.ANEW else MOVED


def _at_once(poll: Poll) -> bool:
    """Hosts see whose words they are, so there is nothing to hide from them in steps; what others see of
    them is what hosts show."""
    return poll.form == "text" and poll.names == "hosts" and poll.moderated


def _advanced(draft: Draft, poll: Poll, fresh: str) -> Poll:
    now, words = _counted(draft, poll)
    told = words
    if not _at_once(poll):
        loose = draft.get(Loose, poll.id)
        told = loose.next if loose else ()
    poll = replace(poll, telling=poll.telling.advance(now))
    return _with_words(draft, poll, told, words, fresh)


def _with_words(draft: Draft, poll: Poll, told: tuple[Word, ...], next: tuple[Word, ...], fresh: str) -> Poll:
    """Of words, those that are told now are answers, and others are told next."""
    if poll.how.ANSWER != "texts":
        return poll
    draft.put(replace(draft.get(Loose, poll.id) or Loose(id=poll.id), next=next))
    return said.tell(draft, poll, told, fresh)


def _counted(draft: Draft, poll: Poll) -> tuple[Count, tuple[Word, ...]]:
    """All of it as it is now."""
    if not poll.how.ANEW:
        return poll.count, ()
    loose = draft.get(Loose, poll.id)
    spoken = Counter({word.text: word.votes for word in loose.said} if loose else {})
    spoken.update(text for vote in draft.of(Vote, "poll", poll.id) for text in _said(vote))
    if poll.how.ANSWER == "texts":
        return poll.count, poll.how.gather(Word(text=text, votes=of) for text, of in spoken.items())
    found = poll.how.count(poll, {float(number): of for number, of in spoken.items()})
    return replace(poll.count, numbers=found), ()


def _said(vote: Vote) -> tuple[str, ...]:
    return vote.texts if vote.number is None else (repr(vote.number),)


NAMES_NOBODY = True
RECORDS: list[type[Record]] = [Loose]
COMMANDS: list[type[Command]] = []
