"""Leading: who is to lead a session, or to speak in one, hears of it by a letter.

Who has not been sent their link yet reads it in the letter that brings it, and that waited for this.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from webinar_server.mission.letters import TWICE_MS, UNDONE_MS, Letter, LetterKind, put, queue, take_back
from webinar_server.mission.participants import Participant
from webinar_server.state import Actor, Draft, Records, replace

FIRST: tuple[LetterKind, ...] = ("invitation", "reminder", "link", "welcome", "admitted")
"""Letters that bring a link, and say what somebody leads."""


class Naming(Protocol):
    """What names who leads and who speaks."""

    @property
    def hosts(self) -> tuple[str, ...]: ...
    @property
    def speakers(self) -> tuple[str, ...]: ...


def tell(
    draft: Draft,
    actor: Actor,
    before: Naming | None,
    after: Naming | None,
    sessions_with: Callable[[Records, str], Sequence[object]],
) -> None:
    """A slot was so, or was none, and is so now; `sessions_with` are those in which somebody is named."""
    were, named = _named(before), _named(after)
    for to in (draft.get(Participant, id) for id in named if id not in were and id != actor.id):
        if to is not None and _knows_way(draft, to):
            _queue(draft, actor, to)
        elif to is not None:
            _hurry(draft, actor, to)
    for to in (draft.get(Participant, id) for id in were if id not in named and not sessions_with(draft, id)):
        if to is not None:
            take_back(draft, to, "leads")


def _named(slot: Naming | None) -> list[str]:
    return [] if slot is None else list(dict.fromkeys((*slot.hosts, *slot.speakers)))


def _queue(draft: Draft, actor: Actor, to: Participant) -> None:
    if queue(draft, actor, to, "leads", UNDONE_MS) != "recent":
        return
    sent = draft.need(Letter, f"leads.{to.id}")
    if sent.state == "sent" and sent.done is not None:
        # they read of another session, so they get it a second time, but no sooner than anybody does
        again = replace(sent, state="queued", mark=actor.fresh, asked=actor.at, done=None)
        put(draft, replace(again, due=sent.done + TWICE_MS))


def _hurry(draft: Draft, actor: Actor, to: Participant) -> None:
    letter, due = draft.get(Letter, f"invitation.{to.id}"), actor.at + UNDONE_MS
    if letter is not None and letter.state == "queued" and not letter.tries and letter.due > due:
        put(draft, replace(letter, due=due))


def _knows_way(records: Records, to: Participant) -> bool:
    letters = (records.get(Letter, f"{about}.{to.id}") for about in FIRST)
    return to.has_come or any(one is not None and one.state in ("claimed", "sent") for one in letters)
