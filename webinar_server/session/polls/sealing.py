"""Sealing: once a poll is closed, nobody's answer is known to be theirs, if that is what its voters were
told.

What is told of people together (teams, moves between two rounds, splits) is made at that moment, and only as
far as it may be told: of what is left out nothing is kept. Votes become that somebody voted. What the log
held of before is given up (`state/forgotten.py`), and the answers are written once more, so that not even the
order in which they came is left.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.polls import counting, rounds, said, splits, teams
from webinar_server.session.polls.ballots import Telling
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.vote import Vote
from webinar_server.state import Actor, Alarm, Command, Draft, Forgotten, Record, Records, replace


class SealPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One that was closed before polls were sealed."""

    NAME: ClassVar[str] = "seal_poll"
    INTERNAL: ClassVar[bool] = True

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = draft.get(Poll, self.poll)
        if poll is None or poll.awaits != "seal":
            raise Refusal("errand.done", "It is sealed.")
        # what is told of it stays: it was told whole
        draft.put(_sealed(draft, poll, actor.at))


def due(state: Records) -> Alarm | None:
    """The first poll that is still to be sealed: at once."""
    waiting = (Alarm(0, SealPoll(poll=poll.id)) for poll in state.of(Poll, "awaits", "seal"))
    return next(waiting, None)


def ended(draft: Draft, poll: Poll, actor: Actor) -> Poll:
    """The poll once nobody votes any more, with all that its end may tell."""
    is_told, poll = poll.telling.may_close, counting.close(draft, poll, actor.fresh)
    if is_told:
        splits.made(draft, poll)
    poll = rounds.compared(draft, teams.counted(draft, poll))
    poll = replace(poll, state="closed", closes_at=None)
    return _sealed(draft, poll, actor.at) if poll.names == "anonymous" else poll


def _sealed(draft: Draft, poll: Poll, at: int) -> Poll:
    votes = [vote for vote in draft.of(Vote, "poll", poll.id) if not vote.sealed]
    counting.loosen(draft, poll, votes)
    for vote in votes:
        draft.put(Vote(id=vote.id, poll=vote.poll, by=vote.by, sealed=True))
    said.publish(draft, poll, anew=True)
    if votes or poll.telling != Telling():
        draft.put(Forgotten(id=poll.id, at=at))
    # one from before there were steps is told as it is now, once it cannot be another any more
    return replace(poll, telling=replace(poll.telling.sealed(), told=poll.told), sealed=True)


NAMES_NOBODY = True
RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [SealPoll]
