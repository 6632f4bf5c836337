"""Check: what must hold after any run, judged from the log and from what clients saw.

The log's entries are folded anew, by nothing but `State.put`; everything else is compared with that.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from tests.sim.client import Client, Told
from tests.sim.wire import read
from tests.sim.world import World
from tests.web.screen import Screen
from webinar_server.live.telling.codec import JSON
from webinar_server.live.telling.place import place
from webinar_server.live.telling.views import Lens
from webinar_server.state import START, Answer, Audience, Entry, Errand, Position, State, unseal
from webinar_server.topics import about

LAG = 5.0
KNOWN_AFTER = 3.0
"""Seconds until workers have heard of each other."""

PRESENT_AFTER = 5.0
GRACE, SLACK = 10.0, 1.5


class Truth:
    """The log of a run, folded."""

    def __init__(self, world: World, name: str = "") -> None:
        topic = world.store.topics[name or world.topic]
        kinds = about(name or world.topic).kinds
        self._people = world.about.attendance.record
        self.state = State.load(kinds, topic.first.data) if topic.first else State(kinds)
        self.base = self.state.position
        self.entries: list[Entry] = []
        self.tags: dict[int, str] = {self.base.seq: self.base.tag}
        self._answers: dict[tuple[str, str], Answer] = {}
        # person → when they went away, by the log
        self.departed: list[tuple[str, float]] = []
        for sealed in (*topic.given_up, *topic.entries):
            entry = unseal(sealed, kinds)
            self._note_departure(entry, world.store.taken_at[sealed.tag])
            self.state.put(entry, sealed.tag)
            self.entries.append(entry)
            self.tags[sealed.seq] = sealed.tag
            self._answers[entry.by, entry.ref] = Answer(entry.seq, sealed.tag, entry.result)
            for problem in world.play.wrong_after(self.state):
                world.wrong(f"after entry {entry.seq} ({entry.command}) {problem}")

    def answer(self, by: str, ref: str) -> Told | None:
        """What a command was answered, by its entry; by the state where the log begins later."""
        kept = self._answers.get((by, ref)) or self.state.answer(by, ref)
        return None if kept is None else Told(*kept)

    def has(self, at: tuple[int, str]) -> bool:
        (seq, tag), calm = place(Position(*at))
        known = self.tags.get(seq)
        return calm <= seq and (known == tag if known is not None else self.state.knows(Position(seq, tag)))

    def _note_departure(self, entry: Entry, at: float) -> None:
        for change in entry.changes:
            if isinstance(change.record, self._people) and not change.record.here:
                before = self.state.get(self._people, change.id)
                if before is not None and before.here:
                    self.departed.append((change.id, at))


def newcomer(topic: str, state: State, person: str, audience: Audience) -> Screen:
    """What somebody would be shown who came now."""
    screen = Screen()
    for frame in Lens(topic, audience, JSON).bundle(state, 0).whole(person, reset=False):
        screen.merge(read(frame))
    return screen


def check_lag(world: World, head: Position) -> None:
    """G9, detectors: what was in the log five seconds ago has reached every worker that is well."""
    now = world.loop.time()
    for worker in world.up():
        room = worker.room(world.topic)
        behind = room is not None and room.state.position.seq < head.seq
        if behind and not any(end > now - LAG and who in ("", worker.name) for _, end, who in world.troubles):
            world.wrong(f"{worker.name} has not heard of {head} for {LAG} s")


def check_calm(world: World) -> None:
    """Twelve seconds after the last command: everybody is connected, answered and up to date."""
    head = world.store.head(world.topic)
    for client in world.clients:
        if client.gone:
            continue
        if client.main is None or not client.attached:
            world.wrong(f"{client.name} does not get in again")
        if client.pending:
            world.wrong(f"{client.name} still waits for {list(client.pending)}")
    for worker in world.up():
        room = worker.room(world.topic)
        if room is not None and head.seq - room.state.position.seq > 3:
            world.wrong(f"{worker.name} stands at {room.state.position}, the log at {head}")


def check(world: World) -> None:
    truth = Truth(world)
    _check_workers(world, truth)
    _check_promises(world, truth)
    _check_refusals(world, truth)
    _check_effects(world, truth)
    _check_order(world, truth)
    _check_nouns(world, truth)
    _check_between(world, truth)
    for problem in world.others.wrong():
        world.wrong(problem)
    for client in world.clients:
        _check_screen(world, truth, client)
    _check_presence(world, truth)
    _check_flicker(world, truth)


def _check_workers(world: World, truth: Truth) -> None:
    """I3: who serves, serves the log's state."""
    for worker in world.up():
        room = worker.room(world.topic)
        if room is not None and room.state.position != truth.state.position:
            world.wrong(f"{worker.name} ends at {room.state.position}, the log at {truth.state.position}")
        elif room is not None and _records(room.state) != _records(truth.state):
            world.wrong(f"{worker.name} holds another state than its log")


def _check_promises(world: World, truth: Truth) -> None:
    """I1: what was acknowledged is there, once, as it was answered."""
    times = Counter((entry.by, entry.ref) for entry in truth.entries if entry.ref)
    for (by, ref), count in times.items():
        if count > 1:
            world.wrong(f"{ref} of {by} is in the log {count} times")
    if world.lossy:
        return
    for client in world.clients:
        for ref, told in client.promised.items():
            kept = truth.answer(client.name, ref)
            # before a log that begins with a snapshot it may have been forgotten
            if kept != told and (kept or told.seq > truth.base.seq):
                world.wrong(f"{ref} was acknowledged as {told} and the log has {kept}")


def _check_refusals(world: World, truth: Truth) -> None:
    """I4, I9: what was refused changed nothing, and nobody did what was not theirs to do."""
    acted = {(entry.by, entry.ref) for entry in truth.entries}
    kind, of_leaders = world.about, world.play.of_leaders()
    roles = {client.name: client.identity.role for client in world.clients}
    for client in world.clients:
        for ref in [*client.refused, *sorted(client.given_up)]:
            # of one that was sent twice, another copy may have been done at another time
            if (client.name, ref) in acted and ref not in client.repeated:
                world.wrong(f"{ref} was refused ({client.refused.get(ref)}) and is in the log")
    for entry in truth.entries:
        if entry.command in of_leaders and roles.get(entry.by, kind.roles.server) not in kind.roles.leading:
            world.wrong(f"{entry.by} did {entry.command}, as {roles[entry.by]}")


def _check_effects(world: World, truth: Truth) -> None:
    """The log says what was asked, under the ref it was asked with."""
    clients = {client.name: client for client in world.clients}
    for entry in truth.entries:
        if not entry.ref or entry.by not in clients:
            # the server itself, for another topic
            continue
        sent = clients[entry.by].sent[entry.ref]
        if sent.command != entry.command:
            world.wrong(f"{entry.ref} asked {sent.command} and did {entry.command}")
        said = [getattr(change.record, "text", None) for change in entry.changes]
        if "text" in sent.args and sent.args["text"] not in said:
            world.wrong(f"{entry.ref} said {sent.args['text']!r}; the log has {said}")


def _check_order(world: World, truth: Truth) -> None:
    """I5: a client's commands were done in its order, as far as it sent each once."""
    places: dict[str, list[int]] = defaultdict(list)
    clients = {client.name: client for client in world.clients}
    for entry in truth.entries:
        client = clients.get(entry.by)
        if client is not None and entry.ref and entry.ref not in client.repeated:
            places[entry.by].append(int(entry.ref.partition("-")[2]))
    for name, numbers in places.items():
        if numbers != sorted(numbers):
            world.wrong(f"the commands of {name} came in the order {numbers}")


def _check_nouns(world: World, truth: Truth) -> None:
    """I6: what the nouns promise, as the play says."""
    for problem in world.play.wrong_at_last(truth.state, truth.entries):
        world.wrong(problem)


def _check_between(world: World, truth: Truth) -> None:
    """I10: what topics told each other was done there once, and nothing waits to be."""
    truths = {world.topic: truth, **{topic: Truth(world, topic) for topic in world.play.beside}}
    for topic, found in truths.items():
        times = Counter(entry.ref for entry in found.entries if entry.by == "server" and entry.ref)
        if times and max(times.values()) > 1:
            world.wrong(f"{topic} did {times.most_common(1)} times what it was told once")
        if waiting := found.state.count(Errand):
            world.wrong(f"{waiting} errands of {topic} are not done")
    if not world.lossy and all(found.base == START for found in truths.values()):
        world.seen["topics told each other"] += len(truths) > 1
        for problem in world.play.wrong_between({topic: each.entries for topic, each in truths.items()}):
            world.wrong(problem)


def _check_screen(world: World, truth: Truth, client: Client) -> None:
    """I2, I3: a screen only ever stood where the log did, and shows what a newcomer would be shown."""
    if client.gone and world.lossy:
        # never came back to hear that what they saw was lost
        return
    for at in client.stood:
        if not truth.has(at):
            world.wrong(f"{client.name} stood at {at}, which is not in the log")
            return
    if client.gone:
        return
    kind = world.about
    fresh = newcomer(world.topic, truth.state, client.name, kind.audience_of(client.identity))
    if not client.screen.is_like(fresh):
        world.wrong(f"{client.name} at {client.screen.at} sees {_differ(client.screen, fresh)}")


def check_presence(world: World) -> None:
    """I8, some time after the last fault: who is connected is here, and who is not is not.

    Later where a worker ended whom nobody that is up knew: its people are given time to come back.
    """
    ended = [worker.ended_at for worker in world.workers if worker.state == "dead"]
    began = [worker.started_at for worker in world.up()]
    if all(min(began) < at - KNOWN_AFTER for at in ended):
        _check_presence(world, Truth(world))


def _check_presence(world: World, truth: Truth) -> None:
    now, kind = world.loop.time(), world.about
    for client in world.clients:
        person = truth.state.get(kind.attendance.record, client.name)
        if client.identity.role not in kind.roles.people:
            continue
        here = person is not None and person.here
        lines = [wire for wire in client.wires if wire.until is None and wire.since is not None]
        if here and not lines:
            world.wrong(f"{client.name} is gone, and here in the log")
        if not here and any(now - (wire.since or 0.0) > PRESENT_AFTER for wire in lines):
            world.wrong(f"{client.name} is connected, and not here in the log")


def _check_flicker(world: World, truth: Truth) -> None:
    """Nobody is told to have left who was connected to a worker that was well."""
    wires = {client.name: client.wires for client in world.clients}
    for person, at in truth.departed:
        for wire in wires.get(person, []):
            connected = wire.since is not None and wire.since < at - 1.0
            recent = min(wire.until or at, wire.muted or at) > at - (GRACE - SLACK)
            if connected and recent and not _trouble(world, at, wire.worker):
                world.wrong(f"{person} left at {at:.1f}, who was on {wire.worker} since {wire.since:.1f}")


def _trouble(world: World, at: float, worker: str) -> bool:
    """Whether a worker could not serve at some time in the grace before."""
    return any(
        begin < at and end > at - GRACE - 8.0 and who in ("", worker) for begin, end, who in world.troubles
    )


def _records(state: State) -> dict[tuple[str, str], object]:
    return {(record.KIND, record.id): record for record in state.records()}


def _differ(seen: Screen, fresh: Screen) -> str:
    """The first differences of two screens."""
    told = []
    for kind in sorted({*seen.records, *fresh.records}):
        mine, theirs = seen.of(kind), fresh.of(kind)
        for id in sorted({*mine, *theirs}):
            if mine.get(id) != theirs.get(id):
                told.append(f"{kind} {id}: {mine.get(id)} and not {theirs.get(id)}")
    return "; ".join(told[:3])
