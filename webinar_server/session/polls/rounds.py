"""Rounds: the same question twice, and how people moved from one option to another.

Two rounds stand beside each other with what is told of each. Who moved from where to where is only known of
polls whose hosts see who chose what, and told as numbers of several people each; of an anonymous poll nobody
knows any more what somebody chose once it is closed, so there is no such thing to tell.
"""

from __future__ import annotations

from collections import Counter

from webinar_server.session.polls.ballots import MOVED
from webinar_server.session.polls.poll import Move, Poll
from webinar_server.session.polls.vote import Vote
from webinar_server.state import Draft, replace


def compared(draft: Draft, poll: Poll) -> Poll:
    """A second round with its moves, if they can be told."""
    first = draft.get(Poll, poll.first) if poll.first else None
    if first is None or "anonymous" in (first.names, poll.names) or poll.choose == "many":
        return poll
    if poll.form not in ("choice", "quiz") or len(first.options) != len(poll.options):
        return poll
    moves = Counter(
        (before.options[0], vote.options[0])
        for vote in draft.of(Vote, "poll", poll.id)
        if (before := draft.get(Vote, f"{first.id}/{vote.by}")) and before.options and vote.options
    )
    told = tuple(
        Move(from_=one, to=other, people=people)
        for (one, other), people in sorted(moves.items())
        if people >= MOVED
    )
    return replace(poll, moved=told)
