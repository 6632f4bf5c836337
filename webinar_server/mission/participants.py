"""Participants: who takes part in a mission, with their card.

Nobody is told of one but they themselves, for there are thousands: who else may see what of them, consent
says (`consent.py`), and the directory and an organiser's pages show it a page at a time.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.state import Audience, Command, Draft, Here, Record, Role, View, drop_own, replace
from webinar_server.words.folding import folded

PARTICIPANTS_MAX = 6_000

ParticipantState = Literal["invited", "applied", "admitted", "declined", "left"]

Reads = Literal["", "en", "nl"]
"""A language in which we have words, or that none is known."""


class Participant(Here, frozen=True, kw_only=True):
    """Somebody of this mission, with their card. `generation` (Unix ms) is since when their links count,
    `came` when they first were here, `reason` why they were declined, `own_words` the fields that they said
    themselves, which no list overwrites unasked. `unproven` is an address that they say is theirs though
    somebody else has it: no letter goes there, and they are told nothing of it. `reads` is the
    language in which they filled in the form at the door, or in which whoever invited them reads: letters are
    written in it, to whom names none of their own."""

    KIND: ClassVar[str] = "participant"
    INDEXES: ClassVar[tuple[str, ...]] = ("held_by", "role", "mailbox", "called", "state", "employer")
    PRIVATE: ClassVar[bool] = True

    role: Role = "participant"
    place: str = ""
    sectors: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    email: str = ""
    unproven: str = ""
    phone: str = ""
    state: ParticipantState = "admitted"
    reason: str = ""
    generation: int = 0
    came: int | None = None
    own_words: tuple[str, ...] = ()
    reads: Reads = ""

    @property
    def mailbox(self) -> str | None:
        """By what two are the same; how a mailbox is written matters to nobody in practice."""
        return self.email.casefold() or None

    @property
    def employer(self) -> str | None:
        """By what two are colleagues: their organisation, however it is written."""
        return folded(self.organisation) or None

    @property
    def called(self) -> str:
        """By what two may be the same where an address does not tell."""
        return called(self.name, self.organisation)

    @property
    def has_come(self) -> bool:
        return self.came is not None

    def view(self, audience: Audience) -> None:
        return None

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.id,)

    def own(self, person: str, audience: Audience) -> View:
        return card_of(self) | {
            "role": self.role,
            "state": self.state,
            "reason": self.reason,
            "email": self.email or self.unproven,
            "phone": self.phone,
        }


def called(name: str, organisation: str) -> str:
    """What `Participant.called` is of that name there."""
    return f"{name.casefold()}\n{organisation.casefold()}"


SHOWN = (
    *("name", "organisation", "kind", "country", "place", "sectors", "offers", "seeks", "languages"),
    *("pitch", "link", "say_as"),
)
"""The fields of a card."""


def card_of(participant: Participant) -> View:
    """What a card shows, JSON-ready."""
    shown = {name: getattr(participant, name) for name in SHOWN}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in shown.items()}


def takes_part(participant: Participant | None) -> bool:
    """Whether they may be here."""
    return participant is not None and participant.state in ("invited", "admitted")


def unknown() -> Refusal:
    return Refusal("participant.unknown", "Nobody with this link takes part in this mission.")


def out(participant: Participant, state: ParticipantState, reason: str = "") -> Participant:
    """Not here any more, with no worker."""
    return replace(participant, state=state, reason=reason, here=False, workers=())


def erase(draft: Draft, person: str, stump: str) -> None:
    drop_own(draft, Participant, person)


RECORDS: list[type[Record]] = [Participant]
EXAMPLES = [Participant(id="ada", name="Ada")]
COMMANDS: list[type[Command]] = []
