"""Standing: on this worker, the sockets of who may not be here any more, ended the moment its log says so.

Every worker hears of every entry, so a removal ends all sockets of somebody everywhere. What was on its way
is refused where it is decided (batch.py); who comes later is refused at the door and at the join.
"""

from __future__ import annotations

from typing import Protocol

from webinar_server.errors import Refusal
from webinar_server.state import START, Entry, Identity, State
from webinar_server.topics import about


class Holder(Protocol):
    """A socket of somebody."""

    identity: Identity

    def end(self, refusal: Refusal) -> None:
        """Say why, and close."""


class Standing:
    """Whose sockets there are, by topic and person; by whose link they came, too."""

    def __init__(self) -> None:
        self._states: dict[str, State] = {}
        self._holders: dict[str, dict[str, set[Holder]]] = {}

    def refuse_ended(self, identity: Identity) -> None:
        """As far as is known here now. Raises Refusal with one of the topic's `ends.codes`."""
        refusal = self._refusal(identity)
        if refusal is not None:
            raise refusal

    def is_ended(self, identity: Identity) -> bool:
        return self._refusal(identity) is not None

    def _refusal(self, identity: Identity) -> Refusal | None:
        state = self._states.get(identity.topic)
        return about(identity.topic).ends.ended(state, identity.id, identity.permit) if state else None

    def add(self, holder: Holder) -> None:
        """A socket to be ended when it must be, now if it must be now."""
        identity = holder.identity
        people = self._holders.setdefault(identity.topic, {})
        for person in _looked_up(identity):
            people.setdefault(person, set()).add(holder)
        if identity.topic in self._states:
            self._look(people, identity.id, self._states[identity.topic])

    def remove(self, holder: Holder) -> None:
        identity = holder.identity
        people = self._holders.get(identity.topic, {})
        for person in _looked_up(identity):
            people.get(person, set()).discard(holder)
            if not people.get(person):
                people.pop(person, None)
        if not people:
            self._holders.pop(identity.topic, None)

    def changed(self, topic: str, state: State, entry: Entry | None, ours: bool) -> None:
        """An entry, of this worker's perhaps, was applied to a topic's state, or, without one, it was read
        anew."""
        if entry is None and state.position != START:
            self._states[topic] = state
        people = self._holders.get(topic)
        if people is None:
            return
        if entry is None:
            for person in list(people):
                self._look(people, person, state)
            return
        for change in entry.changes:
            if change.kind in about(topic).ends.kinds:
                self._look(people, change.id, state)

    def forget(self, topic: str) -> None:
        """Its room is closed, so its state is kept no longer; it is read anew before anybody joins."""
        self._states.pop(topic, None)

    def _look(self, people: dict[str, set[Holder]], person: str, state: State) -> None:
        for holder in list(people.get(person, ())):
            ended = about(holder.identity.topic).ends.ended
            refusal = ended(state, holder.identity.id, holder.identity.permit)
            if refusal is not None:
                holder.end(refusal)


def _looked_up(identity: Identity) -> set[str]:
    """Whose ends are theirs."""
    return {identity.id, identity.link} - {""}
