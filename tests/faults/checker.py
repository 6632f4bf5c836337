"""Checker: what must hold of any run, whatever was broken meanwhile.

Works offline, on what clients were told and on the final log alone. Each rule returns what it found wrong,
a sentence each; no sentences is the only good answer. Memory and speed are measured elsewhere, and
that all are alike within a time by the swarm's `settle`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import orjson

from tests.faults.told import Asked, Seen, Told
from webinar_server.log import broken_at
from webinar_server.session import SESSION
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.vote import Vote
from webinar_server.session.questions import Question
from webinar_server.session.roles import audience_of
from webinar_server.session.stage import Stage
from webinar_server.state import START, Entry, Role, Sealed, State, unseal

SHOWN_AT_MOST = 20

Screens = dict[str, dict[str, Any]]


class History:
    """The final log, read once: entries, tags by seq, and what came of them."""

    def __init__(self, sealed: Sequence[Sealed]) -> None:
        self.sealed = sealed
        self.entries = [unseal(entry, SESSION.kinds) for entry in sealed]
        self.tags = {0: "", **{entry.seq: entry.tag for entry in sealed}}
        self.state = State(SESSION.kinds)
        for entry, one in zip(self.entries, sealed, strict=True):
            self.state.put(entry, one.tag)
        self._views: dict[str, list[tuple[str, str, Any, dict[str, Any]]]] = {}

    def at(self, seq: int) -> Entry | None:
        return self.entries[seq - 1] if 0 < seq <= len(self.entries) else None

    def shown_to(self, person: str, role: Role) -> Screens:
        """What somebody who missed nothing has before them."""
        audience = audience_of(role)
        if audience not in self._views:
            self._views[audience] = list(self._seen_by(audience))
        shown: Screens = {}
        for kind, id, view, own in self._views[audience]:
            mine = own.get(person, view)
            if mine is not None:
                shown.setdefault(kind, {})[id] = mine
        return shown

    def _seen_by(self, audience: Any) -> Iterator[tuple[str, str, Any, dict[str, Any]]]:
        for record in self.state.records():
            own = {person: record.own(person, audience) for person in record.owners}
            yield (
                type(record).KIND,
                record.id,
                _as_on_the_wire(record.view(audience)),
                {person: _as_on_the_wire(view) for person, view in own.items()},
            )


def broken(told: Sequence[Told], sealed: Sequence[Sealed]) -> list[str]:
    """All that is wrong with a run in which nothing acknowledged may be lost."""
    if not sealed or (where := broken_at(START, sealed)) is not None:
        return ["the log is empty" if not sealed else f"the log's chain breaks at {where}"]
    history = History(sealed)
    return [
        *kept(told, history),
        *followed(told, history),
        *alike(told, history),
        *refused_without_trace(told, history),
        *in_order(told),
        *counted(history),
        *one_spotlight(history),
        *allowed(told, history),
        *understood(told),
    ]


def report(found: Iterable[str]) -> str:
    listed = list(found)
    lines = [f"{len(listed)} findings", *listed[:SHOWN_AT_MOST]]
    return "\n  ".join(lines)


def kept(told: Sequence[Told], history: History) -> Iterator[str]:
    """I1: what was acknowledged is in the log once, where and as it was acknowledged, each time alike."""
    times = Counter((entry.by, entry.ref) for entry in history.entries if entry.ref)
    yield from (f"I1 doubled: {by} {ref} is {n} times in the log" for (by, ref), n in times.items() if n > 1)
    for person, asked in _acknowledged(told):
        first = asked.done[0]
        if any(done[:3] != first[:3] for done in asked.done):
            yield f"I1 two answers: {person.person} {asked}"
        entry = history.at(first.seq)
        if entry is None or (entry.by, entry.ref) != (person.person, asked.ref):
            yield f"I1 lost: {person.person} {asked}; there the log has {entry}"
        elif history.tags[first.seq] != first.tag or entry.result != first.result:
            yield f"I1 altered: {person.person} {asked}; the log has {entry} {history.tags[first.seq]}"


def followed(told: Sequence[Told], history: History) -> Iterator[str]:
    """I2, I10: every place a screen stood at is in the log, and no screen went back in time unless reset."""
    for person in told:
        for line in person.lines:
            yield from _followed_by(person, line, history)


def followed_since_reset(told: Sequence[Told], history: History) -> Iterator[str]:
    """I2 where acknowledged entries were really lost: who stood beyond them was told to forget."""
    for person in told:
        for line in person.lines:
            last = max((n for n, place in enumerate(line.places) if place.reset), default=0)
            yield from _followed_by(person, Seen(line.screen, line.places[last:]), history)


def alike(told: Sequence[Told], history: History) -> Iterator[str]:
    """I3: every screen shows what the log comes to, for that person."""
    for person in told:
        expected = history.shown_to(person.person, person.role)
        for line in person.lines:
            if line.screen.records != line.screen.part(expected):
                yield f"I3 another screen: {person.person} at {line.screen.at}: {_difference(line, expected)}"


def refused_without_trace(told: Sequence[Told], history: History) -> Iterator[str]:
    """I4: what was refused for good is not in the log."""
    there = {(entry.by, entry.ref): entry for entry in history.entries}
    for person in told:
        for asked in person.asked.values():
            final = any(not refusal.passing for refusal in asked.refused)
            if final and (person.person, asked.ref) in there:
                yield f"I4 refused and done: {person.person} {asked}"


def in_order(told: Sequence[Told]) -> Iterator[str]:
    """I5: one client's commands happened in its order, those apart that it was told to repeat later."""
    for person in told:
        if person.orderly:
            straight = [a for a in person.asked.values() if a.done and not a.refused]
            for before, after in pairwise(straight):
                if before.done[0].seq > after.done[0].seq:
                    yield f"I5 out of order: {person.person} {before} after {after}"


def counted(history: History) -> Iterator[str]:
    """I6: each poll's numbers are what its votes come to, counted anew from the log."""
    votes: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in history.entries:
        for kind, id, record in entry.changes:
            if kind == Vote.KIND:
                poll, _, person = id.partition("/")
                votes[poll, person] = record.options if isinstance(record, Vote) else ()
    for poll in history.state.all(Poll):
        cast = [chosen for (of, _), chosen in votes.items() if of == poll.id and chosen]
        tally = Counter(option for chosen in cast for option in chosen)
        if poll.voters != len(cast) or any(option.votes != tally[option.id] for option in poll.options):
            yield f"I6 miscounted: {poll}, but the log has {len(cast)} voters, {dict(tally)}"


def one_spotlight(history: History) -> Iterator[str]:
    """I7: after every entry at most one question is live, and it is the one the stage shows."""
    live: set[str] = set()
    on_stage: str | None = None
    for entry in history.entries:
        for _kind, id, record in entry.changes:
            if isinstance(record, Question):
                (live.add if record.state == "live" else live.discard)(id)
            elif isinstance(record, Stage):
                on_stage = record.live
        if live != ({on_stage} if on_stage else set()):
            yield f"I7 at {entry.seq} {entry.command}: live {sorted(live)}, on stage {on_stage}"


def allowed(told: Sequence[Told], history: History) -> Iterator[str]:
    """I9: nothing was done by somebody whose role may not."""
    roles: dict[str, Role] = {person.person: person.role for person in told}
    for entry in history.entries:
        command = SESSION.commands[entry.command]
        role = roles.get(entry.by)
        if entry.ref and (role is None or command.INTERNAL or role not in SESSION.may(entry.command)):
            yield f"I9 not allowed: {entry.by} ({role}) did {entry}"


def understood(told: Sequence[Told]) -> Iterator[str]:
    """Nobody was sent what the protocol does not know, and everything asked was answered."""
    for person in told:
        yield from (f"odd frame for {person.person}: {odd}" for line in person.lines for odd in line.odd)
        for asked in person.asked.values():
            if not asked.done and all(refusal.passing for refusal in asked.refused):
                yield f"never answered: {person.person} {asked}"


def lost(told: Sequence[Told], history: History) -> int:
    """How many acknowledged commands the log does not have."""
    return sum(
        history.tags.get(asked.done[0].seq) != asked.done[0].tag for _person, asked in _acknowledged(told)
    )


def doubled(history: History) -> int:
    times = Counter((entry.by, entry.ref) for entry in history.entries if entry.ref)
    return sum(count - 1 for count in times.values())


def _acknowledged(told: Sequence[Told]) -> Iterator[tuple[Told, Asked]]:
    return ((person, asked) for person in told for asked in person.asked.values() if asked.done)


def _followed_by(person: Told, line: Seen, history: History) -> Iterator[str]:
    stood = 0
    for place in line.places:
        # behind a dash: how much of what is not told at once they wait for (docs/wire.md)
        if history.tags.get(place.seq) != place.tag.partition("-")[0]:
            yield f"I2 elsewhere: {person.person} stood at {place}, the log has {history.tags.get(place.seq)}"
        if place.seq < stood and not place.reset:
            yield f"I10 back in time: {person.person} from {stood} to {place}"
        stood = place.seq


def _as_on_the_wire(view: Any) -> Any:
    return None if view is None else orjson.loads(orjson.dumps(view))


def _difference(line: Seen, expected: Screens) -> str:
    shown = line.screen.records
    for kind in sorted(shown.keys() | expected.keys()):
        here, there = shown.get(kind, {}), line.screen.part(expected).get(kind, {})
        for id in here.keys() | there.keys():
            if here.get(id) != there.get(id):
                return f"{kind} {id} shows {here.get(id)}, should be {there.get(id)}"
    return "nothing"
