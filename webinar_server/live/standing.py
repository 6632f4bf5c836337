"""Standing: on this worker, the sockets of who may not be here any more, ended the moment its log says so;
and of whom their home knows otherwise now, told so.

Every worker hears of every entry, so a removal ends all sockets of somebody everywhere, and a new part in the
topic that lends them is felt wherever they are. What was on its way is refused where it is decided
(batch.py); who comes later is refused at the door and at the join.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from webinar_server.errors import Refusal
from webinar_server.state import START, Entry, Erased, Identity, State
from webinar_server.topics import about


class Holder(Protocol):
    """A socket of somebody."""

    identity: Identity

    def end(self, refusal: Refusal) -> None:
        """Say why, and close."""

    def renewed(self, identity: Identity) -> None:
        """They are known otherwise now."""


class Standing:
    """Whose sockets there are, by topic and person: by whose link they came, and the topic that lends them,
    too."""

    def __init__(self) -> None:
        self._states: dict[str, State] = {}
        self._holders: dict[str, dict[str, set[Holder]]] = {}

    def refuse_ended(self, identity: Identity) -> None:
        """As far as is known here now. Raises Refusal with one of the `ends.codes` of its topic, or of that
        which lends them."""
        refusal = self._refusal(identity)
        if refusal is not None:
            raise refusal

    def is_ended(self, identity: Identity) -> bool:
        return self._refusal(identity) is not None

    def needs(self, topic: str) -> bool:
        """Whether somebody's socket hangs on what becomes of a topic, wherever they are."""
        return topic in self._holders

    def _refusal(self, identity: Identity) -> Refusal | None:
        permits = {identity.topic: identity.permit}
        if identity.home not in ("", identity.topic):
            permits[identity.home] = identity.permit_at_home
        for topic, permit in permits.items():
            state = self._states.get(topic)
            refusal = about(topic).ends.ended(state, identity.id, permit) if state else None
            if refusal is not None:
                return refusal
        return None

    def add(self, holder: Holder) -> None:
        """A socket to be ended when it must be, now if it must be now."""
        for topic, person in _looked_up(holder.identity):
            self._holders.setdefault(topic, {}).setdefault(person, set()).add(holder)
        self._look(holder)

    def remove(self, holder: Holder) -> None:
        for topic, person in _looked_up(holder.identity):
            people = self._holders.get(topic, {})
            people.get(person, set()).discard(holder)
            if not people.get(person):
                people.pop(person, None)
            if not people:
                self._holders.pop(topic, None)

    def changed(self, topic: str, state: State, entry: Entry | None, ours: bool) -> None:
        """An entry, of this worker's perhaps, was applied to a topic's state, or, without one, it was read
        anew."""
        if entry is None and state.position != START:
            self._states[topic] = state
        people = self._holders.get(topic)
        if people is None:
            return
        for person in list(people) if entry is None else _concerned(topic, entry, people):
            for holder in list(people.get(person, ())):
                self._look(holder)

    def forget(self, topic: str) -> None:
        """Its room is closed, so its state is kept no longer; it is read anew before anybody joins."""
        self._states.pop(topic, None)

    def _look(self, holder: Holder) -> None:
        identity = holder.identity
        now = self._known(identity)
        refusal = self._refusal(now)
        if refusal is not None:
            holder.end(refusal)
        elif now != identity:
            holder.renewed(now)

    def _known(self, identity: Identity) -> Identity:
        """Somebody as their home knows them now, as far as that is known here."""
        home = self._states.get(identity.home)
        lends = about(identity.home).lends if home is not None else None
        if home is None or lends is None:
            return identity
        try:
            return lends.known(home, identity, identity.topic)
        except Refusal:
            # nobody there of this id: an end
            return identity


def _concerned(topic: str, entry: Entry, people: Iterable[str]) -> list[str]:
    """Those for whom an entry may mean something: a record of theirs changed, or one that says who is
    what."""
    kind, kinds = about(topic), {change.kind for change in entry.changes}
    if kind.lends is not None and (kinds & kind.lends.kinds or Erased.KIND in kinds):
        return list(people)
    of_people = kind.ends.kinds | (kind.lends.people if kind.lends else frozenset())
    return [change.id for change in entry.changes if change.kind in of_people]


def _looked_up(identity: Identity) -> set[tuple[str, str]]:
    """In which topics whose ends are theirs."""
    places = {(identity.topic, person) for person in (identity.id, identity.link) if person}
    return places | ({(identity.home, identity.id)} if identity.home else set())
