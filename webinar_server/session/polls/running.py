"""Running: a poll is opened, for as long as is said or until it is closed, and revealed.

Who closes it may be the server itself, once it is time (`due`); a host gives it more. As it is closed, what
an end may tell is told, and one that is anonymous is sealed.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.session.polls import results, said, sealing, splits
from webinar_server.session.polls.drafting import SECONDS_MAX, checked_seconds
from webinar_server.session.polls.poll import Poll, in_state
from webinar_server.session.programme import Session
from webinar_server.session.roles import HOSTS
from webinar_server.state import Actor, Alarm, Command, Draft, Record, Records, Role, replace

AFTER_THE_END = 60_000
"""Ms after which a poll that was left open in a session that ended is closed: a mis-click has its way
back."""


class OpenPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let people vote, for so many seconds if any are given; also takes a closing back."""

    NAME: ClassVar[str] = "open_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str
    seconds: int | None = None

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = in_state(draft, self.poll, "draft", "closed", "open")
        seconds = poll.seconds if self.seconds is None and poll.state == "draft" else self.seconds
        closes_at = poll.closes_at if poll.state == "open" else None
        if seconds is not None:
            closes_at = actor.at + checked_seconds(seconds) * 1_000
        poll = replace(poll, state="open", opened_at=poll.opened_at or actor.at, closes_at=closes_at)
        # what comes of it now is somebody's again
        draft.put(replace(poll, sealed=False))
        said.publish(draft, poll)
        splits.publish(draft, poll)


class ExtendPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It closes by itself so many seconds later, or from now if it would not."""

    NAME: ClassVar[str] = "extend_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str
    seconds: int

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = in_state(draft, self.poll, "open")
        later = max(poll.closes_at or 0, actor.at) + checked_seconds(self.seconds) * 1_000
        draft.put(replace(poll, closes_at=min(later, actor.at + SECONDS_MAX * 1_000)))


class ClosePoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No more votes; also hides results that were revealed by mistake."""

    NAME: ClassVar[str] = "close_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = in_state(draft, self.poll, "open", "revealed", "closed")
        if poll.state == "open":
            _close(draft, poll, actor)
        elif poll.state == "revealed":
            _turn(draft, replace(poll, state="closed"))


class ClosePollDue(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Its time is over."""

    NAME: ClassVar[str] = "close_poll_due"
    INTERNAL: ClassVar[bool] = True

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = draft.get(Poll, self.poll)
        at = None if poll is None else _closes_at(draft, poll)
        if poll is None or poll.state != "open" or at is None or at > actor.at:
            raise Refusal("errand.done", "It is closed, or has more time.")
        _close(draft, poll, actor)


class RevealPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Show everybody the results."""

    NAME: ClassVar[str] = "reveal_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = in_state(draft, self.poll, "closed", "revealed")
        if poll.results == "never":
            raise Refusal(
                "poll.never", "What comes of this poll is for hosts alone, as its voters were told."
            )
        if poll.state != "revealed":
            _turn(draft, replace(poll, state="revealed", revealed_at=actor.at))


def due(state: Records) -> Alarm | None:
    """The next poll that closes by itself."""
    alarms = (
        Alarm(at, ClosePollDue(poll=poll.id))
        for poll in state.of(Poll, "awaits", "close")
        if (at := _closes_at(state, poll)) is not None
    )
    return min(alarms, key=lambda alarm: alarm.at, default=None)


def _closes_at(records: Records, poll: Poll) -> int | None:
    session = next(iter(records.all(Session)), None)
    if session is not None and session.state == "closed" and session.closed_at is not None:
        ended = session.closed_at + AFTER_THE_END
        return ended if poll.closes_at is None else min(ended, poll.closes_at)
    return poll.closes_at


def _close(draft: Draft, poll: Poll, actor: Actor) -> None:
    _turn(draft, sealing.ended(draft, poll, actor))


def _turn(draft: Draft, poll: Poll) -> None:
    """It is in another state, in which others may be told."""
    draft.put(poll)
    said.publish(draft, poll)
    splits.publish(draft, poll)
    results.tell(draft, poll, last=True)


NAMES_NOBODY = True
RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [OpenPoll, ExtendPoll, ClosePoll, ClosePollDue, RevealPoll]
