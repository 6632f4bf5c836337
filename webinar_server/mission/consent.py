"""Consent: what somebody agrees to be seen of them, and the one place that answers what may be shown.

`may_see` is asked by whatever shows anything of a participant: each way of showing is one of `Output`, and
needs the switches that `NEEDS` lists. So a new way of showing is a line there, and what it shows is decided
nowhere else. Whoever never touched a switch has it as `DEFAULTS` say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, get_args

import msgspec

from webinar_server.mission.cards import CLEAN
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.state import (
    Actor,
    Audience,
    Command,
    Draft,
    Private,
    Record,
    Records,
    View,
    drop_own,
    replace,
)

Switch = Literal["listed", "present", "spotlight", "recordings", "details"]
"""Listed in the directory; seen as present; named in the spotlight; named in recordings and replays; contact
details given to whom one accepts."""

SWITCHES: tuple[Switch, ...] = get_args(Switch)

DEFAULTS: Mapping[Switch, bool] = {
    "listed": True,
    "present": True,
    "spotlight": True,
    "recordings": False,
    "details": True,
}

Output = Literal[
    "own",
    "organisers",
    "desk",
    "directory",
    "presence",
    "programme",
    "spotlight",
    "recording",
    "moment",
    "asked",
    "contact",
    "shared",
    "details",
]
"""Where something of somebody is shown: to themselves, on an organiser's pages, at the greeting desk of a
session that they come to, in the directory and on the card that a name opens, as being here, in the programme
where they lead or speak, on the stage, in a recording or replay; to who asks them for contact as the one who
asked a question for their organisation; to who asks them by name, or is asked by them; to somebody with whom
both agreed, to a colleague with whom that one shares their leads, and to the first alone their details."""

NEEDS: Mapping[Output, tuple[Switch, ...]] = {
    "own": (),
    "organisers": (),
    # who comes in is welcomed by somebody who knows whether that was done before
    "desk": (),
    "directory": ("listed",),
    "presence": ("listed", "present"),
    # who leads or speaks does so before everybody
    "programme": (),
    "spotlight": ("spotlight",),
    "recording": ("spotlight", "recordings"),
    "moment": ("spotlight",),
    # who asks says who they are, and whoever is asked by name was named to them elsewhere
    "asked": (),
    "contact": (),
    # who is given it by another would not know of them else
    "shared": ("listed",),
    "details": ("details",),
}

CARD = frozenset(CLEAN) - {"email", "phone"}
DETAILS = frozenset(("email", "phone"))

FIELDS: Mapping[Output, frozenset[str]] = {
    "own": CARD | DETAILS,
    "organisers": CARD | DETAILS,
    "desk": frozenset(("week",)),
    "directory": CARD,
    "presence": frozenset(("here", "attends", "first")),
    "programme": frozenset(("name", "organisation", "country")),
    "spotlight": frozenset(("name", "organisation", "kind", "country", "say_as", "pitch", "link")),
    "recording": frozenset(("name", "organisation", "country")),
    "moment": frozenset(("organisation", "kind", "country")),
    "asked": frozenset(("name", "organisation", "kind", "country")),
    "contact": CARD,
    "shared": frozenset(("name", "organisation", "kind", "country")),
    "details": DETAILS,
}
"""What an output shows at most."""


class Turned(msgspec.Struct, frozen=True, kw_only=True):
    """How a switch stands, and since when (Unix ms)."""

    on: bool
    at: int


class Consent(Private, frozen=True, kw_only=True):
    """The switches of one participant, whose id it has, as far as they turned them."""

    KIND: ClassVar[str] = "consent"

    listed: Turned | None = None
    present: Turned | None = None
    spotlight: Turned | None = None
    recordings: Turned | None = None
    details: Turned | None = None

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return {switch: msgspec.to_builtins(getattr(self, switch)) for switch in SWITCHES}

    def allows(self, switch: Switch) -> bool:
        turned: Turned | None = getattr(self, switch)
        return DEFAULTS[switch] if turned is None else turned.on


class Turn(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """I agree, or do not any more."""

    NAME: ClassVar[str] = "turn"

    switch: Switch
    on: bool

    def run(self, draft: Draft, actor: Actor) -> None:
        consent = consent_of(draft, actor.id)
        turned: Turned | None = getattr(consent, self.switch)
        if turned is None or turned.on != self.on:
            draft.put(replace(consent, **{self.switch: Turned(on=self.on, at=actor.at)}))


def consent_of(records: Records, participant: str) -> Consent:
    """Somebody's switches, untouched before they turned any."""
    return records.get(Consent, participant) or Consent(id=participant)


def may_see(records: Records, participant: str, field: str, output: Output) -> bool:
    """Whether an output may show a field of a participant. Of whom does not take part nothing is shown to
    others."""
    known = records.get(Participant, participant)
    if known is None or field not in FIELDS[output]:
        return False
    if output not in ("own", "organisers") and not takes_part(known):
        return False
    return all(map(consent_of(records, participant).allows, NEEDS[output]))


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_own(draft, Consent, person)


RECORDS: list[type[Record]] = [Consent]
EXAMPLES = [Consent(id="ada", listed=Turned(on=False, at=0))]
COMMANDS: list[type[Command]] = [Turn]
