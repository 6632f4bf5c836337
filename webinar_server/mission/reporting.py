"""Reporting: who got a message that should not have been written shows it to the organisers: that one, with
who wrote it and who shows it, and nothing of what stands around it.

          report_message                settle_reported
 message ────────────────▶ REPORTED ───────────────────────▶ gone, and the message too, if they remove it

Neither who wrote it nor anybody else is told. Of an organiser who wrote it themselves, the others decide.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from webinar_server.errors import Refusal
from webinar_server.limits_of_conversations import REPORTED_A_DAY, REPORTED_MAX
from webinar_server.mission.contacts import DAY_MS
from webinar_server.mission.conversations import PrivateMessage, change_message, side_seen
from webinar_server.mission.participants import Participant
from webinar_server.mission.roles import ORGANISERS
from webinar_server.mission.writing import ID_MAX
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Record,
    Records,
    Role,
    Unseen,
    View,
    drop_all,
    drop_own,
    replace,
)
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean, is_filled

REASON_MAX = 300


class Reported(Record, frozen=True, kw_only=True):
    """A message, whose id it has, as it was written at a time, and shown `since` one (Unix ms) by `who`."""

    KIND: ClassVar[str] = "reported"
    INDEXES: ClassVar[tuple[str, ...]] = ("by", "who")
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("organiser",)

    by: str
    name: str
    organisation: str
    text: str
    at: int
    who: str
    who_name: str
    reason: str
    since: int

    def view(self, audience: Audience) -> View | None:
        if audience != "organiser":
            return None
        return {name: getattr(self, name) for name in self.__struct_fields__ if name != "id"}

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by, self.who)

    def own(self, person: str, audience: Audience) -> View | None:
        """Who wrote it is told nothing, organiser or not; who shows it that they did."""
        if person == self.by:
            return None
        return self.view(audience) or {"since": self.since}


class Reports(Unseen, frozen=True, kw_only=True):
    """How many somebody, whose id it has, reported since a time (Unix ms): within a day of it no more."""

    KIND: ClassVar[str] = "reports"

    since: int
    count: int


class ReportMessage(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Show the organisers a message that somebody wrote to me, and say why, if I like."""

    NAME: ClassVar[str] = "report_message"

    message: Annotated[str, up_to(ID_MAX)]
    reason: Annotated[str, up_to(REASON_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        message = draft.get(PrivateMessage, self.message)
        if message is None or message.to != actor.id or message.unheard or message.removed:
            raise Refusal("message.unknown", "There is no such message to you (any more).")
        side_seen(draft, actor.id, message.by)
        if draft.get(Reported, message.id) is not None:
            return
        is_said = is_filled(self.reason)
        reason = clean(self.reason, "report", REASON_MAX, lines=True, field="reason") if is_said else ""
        _count(draft, actor)
        draft.put(_reported(draft, message, reason, actor.at))


class SettleReported(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organiser has dealt with it; `remove`: its words are gone, for both of the two."""

    NAME: ClassVar[str] = "settle_reported"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    reported: Annotated[str, up_to(ID_MAX)]
    remove: bool = False

    def run(self, draft: Draft, actor: Actor) -> None:
        reported = draft.get(Reported, self.reported)
        if reported is None or reported.by == actor.id:
            raise Refusal("reported.unknown", "This was settled already.")
        draft.drop(reported)
        message = draft.get(PrivateMessage, reported.id)
        if self.remove and message is not None:
            change_message(draft, replace(message, text="", removed=True))


def drop_reports(draft: Draft, person: str) -> None:
    """For erasing: what somebody wrote or showed."""
    for reported in [*draft.of(Reported, "by", person), *draft.of(Reported, "who", person)]:
        draft.drop(reported)
    reports = draft.get(Reports, person)
    if reports is not None:
        draft.drop(reports)


def _reported(records: Records, message: PrivateMessage, reason: str, now: int) -> Reported:
    writer, who = (records.get(Participant, id) for id in (message.by, message.to))
    return Reported(
        id=message.id,
        by=message.by,
        name=writer.name if writer else "",
        organisation=writer.organisation if writer else "",
        text=message.text,
        at=message.at,
        who=message.to,
        who_name=who.name if who else "",
        reason=reason,
        since=now,
    )


def _count(draft: Draft, actor: Actor) -> None:
    """Raises Refusal `report.day`, or `report.full`."""
    if draft.count(Reported) >= REPORTED_MAX:
        raise Refusal("report.full", "Very many reports wait; please write to the organisers themselves.")
    known = draft.get(Reports, actor.id)
    if known is None or known.since + DAY_MS <= actor.at:
        known = Reports(id=actor.id, since=actor.at, count=0)
    if known.count >= REPORTED_A_DAY:
        text = f"You reported {REPORTED_A_DAY} messages within a day; the next one when that is over."
        raise Refusal("report.day", text, retry_after=(known.since + DAY_MS - actor.at) / 1000)
    draft.put(replace(known, count=known.count + 1))


def erase(draft: Draft, person: str, stump: str) -> None:
    """What they wrote goes; what they showed is shown by nobody, for no reason that is told."""
    drop_own(draft, Reports, person)
    drop_all(draft, Reported, ("by",), person)
    for one in list(draft.of(Reported, "who", person)):
        draft.put(replace(one, who=stump, who_name="", reason=""))


RECORDS: list[type[Record]] = [Reported, Reports]
EXAMPLES = [
    Reported(
        id="m1",
        by="tim",
        name="Tim",
        organisation="Tulip Chargers",
        text="Buy!",
        at=0,
        who="ada",
        who_name="Ada",
        reason="Spam",
        since=0,
    )
]
COMMANDS: list[type[Command]] = [ReportMessage, SettleReported]
