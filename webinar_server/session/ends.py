"""Ends: who is not let in any more, and from when on links count.

             remove                         renew_link
    IN ──────────────▶ REMOVED     LINK ───────────────────▶ only links and cookies made since then
     ▲                    │
     └───── readmit ──────┘

Who is removed, or `out` of the session's mission (members.py), has no hand up, stands in no line and is on no
screen; what they said stays, for hosts can hide it. Questions not asked by name stay where they are: that one
goes with somebody would tell whose it is. What left the line has its place again as its asker may be here.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec

from webinar_server.errors import Refusal
from webinar_server.session import visits
from webinar_server.session.devices import Devices
from webinar_server.session.people import Person
from webinar_server.session.questions import Question
from webinar_server.session.roles import HOSTS, SCREEN
from webinar_server.session.stage import leave_line, line_up, next_in_line, the_stage
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Ends,
    Erased,
    Permit,
    Record,
    Records,
    Role,
    View,
    drop_own,
    erased,
    is_erased,
    replace,
)
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean_or_empty

REASON_MAX = 200


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """By which host, when (Unix ms), and why; the reason is told to who is removed."""

    by: str
    name: str
    at: int
    reason: str = ""


class Standing(Record, frozen=True, kw_only=True):
    """Whether somebody may be here; id = the person's. `out`: they take part in the session's mission no
    more, which is that one's to enforce. Tokens issued before `links_since` (Unix ms) count no more."""

    KIND: ClassVar[str] = "standing"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host",)

    removed: Removal | None = None
    out: bool = False
    links_since: int = 0

    def view(self, audience: Audience) -> View | None:
        if audience != "host":
            return None
        return {"removed": msgspec.to_builtins(self.removed), "links_since": self.links_since}


class Remove(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Not in this session any more, on no device."""

    NAME: ClassVar[str] = "remove"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    person: str
    reason: Annotated[str, up_to(REASON_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        person = _below(draft, actor, self.person)
        reason = clean_or_empty(self.reason, "person", REASON_MAX, field="reason")
        standing = standing_of(draft, person.id)
        if standing.removed is not None:
            return
        removal = Removal(by=actor.id, name=actor.name, at=actor.at, reason=reason)
        draft.put(replace(standing, removed=removal))
        step_down(draft, person, actor.at)


class Readmit(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The way back: the same link, the same devices, the same places in the line."""

    NAME: ClassVar[str] = "readmit"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    person: str

    def run(self, draft: Draft, actor: Actor) -> None:
        person = _below(draft, actor, self.person)
        standing = standing_of(draft, person.id)
        if standing.removed is not None:
            draft.put(replace(standing, removed=None))
            step_up(draft, person.id)


class RenewLink(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody's link is in other hands: it and all that came of it counts no more. Those of the stage that
    hosts made are ended together, by `SCREEN`."""

    NAME: ClassVar[str] = "renew_link"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    person: str

    def run(self, draft: Draft, actor: Actor) -> None:
        if self.person == SCREEN:
            renew(draft, SCREEN, actor.at)
            return
        person = _below(draft, actor, self.person)
        if person.known_as is not None:
            text = "Their link is good for the whole mission; its organisers renew it."
            raise Refusal("link.of_mission", text)
        renew(draft, person.id, actor.at)


class EndLinks(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same for anybody, hosts and who never came among them: for whoever has the secret."""

    NAME: ClassVar[str] = "end_links"
    INTERNAL: ClassVar[bool] = True

    person: str

    def run(self, draft: Draft, actor: Actor) -> None:
        renew(draft, self.person, actor.at)


def standing_of(records: Records, person: str) -> Standing:
    """Somebody's standing; nobody is born removed."""
    return records.get(Standing, person) or Standing(id=person)


def renew(draft: Draft, person: str, at: int) -> None:
    """Tokens from before `at` (Unix ms) end, and with them all devices."""
    standing = standing_of(draft, person)
    # a host's clock may be behind that of who renewed it before
    draft.put(replace(standing, links_since=max(at, standing.links_since + 1)))
    devices = draft.get(Devices, person)
    if devices is not None:
        draft.drop(devices)


def ended(records: Records, person: str, permit: Permit) -> Refusal | None:
    """Why somebody may not be here by that token; `None` if they may. Code `person.removed`, `token.renewed`
    or `token.ended`. Whoever came in by another's link is out when that other one is, or their link ends."""
    if is_erased(records, person):
        return erased()
    standing = records.get(Standing, person)
    if standing is not None and standing.removed is not None:
        text = "A host removed you from this session."
        return Refusal("person.removed", text, reason=standing.removed.reason)
    lender = records.get(Standing, permit.link) if permit.link else None
    if lender is not None and lender.removed is not None:
        return Refusal("person.removed", "A host removed the person whose link you came in by.", reason="")
    if any(one is not None and permit.issued < one.links_since for one in (standing, lender)):
        return Refusal("token.renewed", "This link was replaced by a new one; please open that.")
    devices = records.get(Devices, person) if permit.device else None
    if devices is not None and devices.is_ended(permit.device, permit.issued):
        return Refusal("token.ended", "This device was signed out; please open your link again.")
    return None


def _below(draft: Draft, actor: Actor, id: str) -> Person:
    """Somebody of less say: an organiser decides about hosts, hosts about the audience, nobody about
    themselves. So a leaked link throws nobody out who can end it."""
    person = draft.need(Person, id)
    if person.id == actor.id:
        raise Refusal("person.yourself", "This is you; another host can do that, or an organiser.")
    if person.role == "organiser" or (person.role == "host" and actor.role != "organiser"):
        raise Refusal("person.leads", "Only an organiser decides about a host, and the terminal about both.")
    return person


def step_down(draft: Draft, person: Person, at: int) -> None:
    """Somebody is not here any more (`at`, Unix ms), has no hand up, stands in no line, is on no screen."""
    draft.put(replace(person, here=False, workers=(), hand=None))
    if person.here:
        visits.end(draft, person, at)
    for question in list(draft.of(Question, "by", person.id)):
        if question.shown == "named" and question.state in ("queued", "on_deck", "live"):
            _leave_picture(draft, question)


def step_up(draft: Draft, person: str) -> None:
    """What left the line with somebody stands there again, unless they may still not be here, or hosts made
    something else of it."""
    standing = standing_of(draft, person)
    if standing.removed is not None or standing.out:
        return
    left = {one.id: one for one in draft.of(Question, "by", person) if one.stepped_down}
    while left:
        # first those before whom others of theirs stood
        id = next((id for id, one in left.items() if one.was_before not in left), next(iter(left)))
        question = left.pop(id)
        if question.state == "open":
            line_up(draft, id, question.was_before)
            question = replace(question, state="queued")
        draft.put(replace(question, stepped_down=False))


def _leave_picture(draft: Draft, question: Question) -> None:
    behind = next_in_line(draft, question.id)
    if question.state == "live":
        stage = the_stage(draft)
        behind = stage.line[0] if stage.line else None
        draft.put(replace(stage, live=None))
    leave_line(draft, question.id)
    draft.put(replace(question, state="open", live_at=None, was_before=behind, stepped_down=True))


def erase(draft: Draft, person: str, stump: str) -> None:
    """Whom they removed is removed still, by nobody and for no reason that is told."""
    drop_own(draft, Standing, person)
    for other in list(draft.all(Standing)):
        if other.removed is not None and other.removed.by == person:
            draft.put(replace(other, removed=replace(other.removed, by="", name="", reason="")))


RECORDS: list[type[Record]] = [Standing]
EXAMPLES = [Standing(id="ada")]
COMMANDS: list[type[Command]] = [Remove, Readmit, RenewLink, EndLinks]
ENDS = Ends(
    ended=ended,
    kinds=frozenset((Devices.KIND, Standing.KIND, Erased.KIND)),
    codes=frozenset(("person.erased", "person.removed", "token.renewed", "token.ended")),
)
