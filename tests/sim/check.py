"""Check: what must hold after any run, judged from the log and from what clients saw.

The log's entries are folded anew, by nothing but `State.put`; everything else is compared with that.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from tests.sim.client import TOPIC, Client, Told
from tests.sim.wire import read
from tests.sim.world import World
from tests.web.screen import Screen
from webinar_server.live.telling.codec import JSON
from webinar_server.live.telling.views import Lens
from webinar_server.session import SESSION
from webinar_server.session.people import Person
from webinar_server.session.polls import Poll
from webinar_server.session.questions import Question
from webinar_server.session.stage import Stage
from webinar_server.session.supports import Support
from webinar_server.session.votes import Vote
from webinar_server.state import HOSTS, Audience, Entry, Position, State, unseal

LAG = 5.0
KNOWN_AFTER = 3.0
"""Seconds until workers have heard of each other."""

PRESENT_AFTER = 5.0
GRACE, SLACK = 10.0, 1.5
HOST_COMMANDS = {name for name, command in SESSION.commands.items() if command.ROLES == HOSTS}


class Truth:
    """The log of a run, folded."""

    def __init__(self, world: World) -> None:
        topic = world.store.topics[TOPIC]
        self.base = topic.base
        self.state = State.load(SESSION.kinds, topic.begin.data) if topic.begin else State(SESSION.kinds)
        self.entries: list[Entry] = []
        self.tags: dict[int, str] = {topic.base.seq: topic.base.tag}
        # person → when they went away, by the log
        self.departed: list[tuple[str, float]] = []
        for sealed in topic.entries:
            entry = unseal(sealed, SESSION.kinds)
            self._note_departure(entry, world.store.taken_at[sealed.tag])
            self.state.put(entry, sealed.tag)
            self.entries.append(entry)
            self.tags[sealed.seq] = sealed.tag
            for problem in self._stage():
                world.wrong(f"after entry {entry.seq} ({entry.command}) {problem}")

    def has(self, at: tuple[int, str]) -> bool:
        known = self.tags.get(at[0])
        return known == at[1] if known is not None else self.state.knows(Position(*at))

    def _note_departure(self, entry: Entry, at: float) -> None:
        for change in entry.changes:
            if isinstance(change.record, Person) and not change.record.here:
                before = self.state.get(Person, change.id)
                if before is not None and before.here:
                    self.departed.append((change.id, at))

    def _stage(self) -> list[str]:
        """I7: at most one question is in the picture, and it is the one the stage names."""
        live = [question.id for question in self.state.all(Question) if question.state == "live"]
        stage = self.state.get(Stage, "now")
        named = [stage.live] if stage and stage.live else []
        return [f"{live} are live and the stage shows {named}"] if live != named else []


def newcomer(state: State, person: str, audience: Audience) -> Screen:
    """What somebody would be shown who came now."""
    screen = Screen()
    for frame in Lens(TOPIC, audience, JSON).bundle(state, 0).whole(person, reset=False):
        screen.merge(read(frame))
    return screen


def check_lag(world: World, head: Position) -> None:
    """G9, detectors: what was in the log five seconds ago has reached every worker that is well."""
    now = world.loop.time()
    for worker in world.up():
        room = worker.room(TOPIC)
        behind = room is not None and room.state.position.seq < head.seq
        if behind and not any(end > now - LAG and who in ("", worker.name) for _, end, who in world.troubles):
            world.wrong(f"{worker.name} has not heard of {head} for {LAG} s")


def check_calm(world: World) -> None:
    """Twelve seconds after the last command: everybody is connected, answered and up to date."""
    head = world.store.head(TOPIC)
    for client in world.clients:
        if client.gone:
            continue
        if client.main is None or not client.attached:
            world.wrong(f"{client.name} does not get in again")
        if client.pending:
            world.wrong(f"{client.name} still waits for {list(client.pending)}")
    for worker in world.up():
        room = worker.room(TOPIC)
        if room is not None and head.seq - room.state.position.seq > 3:
            world.wrong(f"{worker.name} stands at {room.state.position}, the log at {head}")


def check(world: World) -> None:
    truth = Truth(world)
    _check_workers(world, truth)
    _check_promises(world, truth)
    _check_refusals(world, truth)
    _check_effects(world, truth)
    _check_order(world, truth)
    _check_polls(world, truth)
    for client in world.clients:
        _check_screen(world, truth, client)
    _check_presence(world, truth)
    _check_flicker(world, truth)


def _check_workers(world: World, truth: Truth) -> None:
    """I3: who serves, serves the log's state."""
    for worker in world.up():
        room = worker.room(TOPIC)
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
            kept = truth.state.answer(client.name, ref)
            if kept is None or Told(*kept) != told:
                world.wrong(f"{ref} was acknowledged as {told} and the log has {kept}")


def _check_refusals(world: World, truth: Truth) -> None:
    """I4, I9: what was refused changed nothing, and nobody did what was not theirs to do."""
    acted = {(entry.by, entry.ref) for entry in truth.entries}
    roles = {client.name: client.identity.role for client in world.clients}
    for client in world.clients:
        for ref in [*client.refused, *sorted(client.given_up)]:
            # of one that was sent twice, another copy may have been done at another time
            if (client.name, ref) in acted and ref not in client.repeated:
                world.wrong(f"{ref} was refused ({client.refused.get(ref)}) and is in the log")
    for entry in truth.entries:
        if entry.command in HOST_COMMANDS and roles.get(entry.by, "host") not in HOSTS:
            world.wrong(f"{entry.by} did {entry.command}, as {roles[entry.by]}")


def _check_effects(world: World, truth: Truth) -> None:
    """The log says what was asked, under the ref it was asked with."""
    clients = {client.name: client for client in world.clients}
    for entry in truth.entries:
        if not entry.ref:
            continue
        sent = clients[entry.by].sent[entry.ref]
        if sent.command != entry.command:
            world.wrong(f"{entry.ref} asked {sent.command} and did {entry.command}")
        said = [c.record.text for c in entry.changes if c.record and c.record.KIND in ("message", "question")]
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


def _check_polls(world: World, truth: Truth) -> None:
    """I6: counts are what is counted."""
    votes = list(truth.state.all(Vote))
    if len({(vote.poll, vote.by) for vote in votes}) != len(votes):
        world.wrong("somebody voted twice in one poll")
    for poll in truth.state.all(Poll):
        mine = [vote.options for vote in votes if vote.poll == poll.id]
        chosen = Counter(option for options in mine for option in options)
        told = {option.id: option.votes for option in poll.options}
        if told != {id: chosen[id] for id in told} or poll.voters != len(mine):
            world.wrong(f"poll {poll.id} tells {told} of {poll.voters}, a recount {chosen} of {len(mine)}")
    supports = Counter(support.question for support in truth.state.all(Support))
    for question in truth.state.all(Question):
        if question.supporters != supports[question.id]:
            world.wrong(f"question {question.id} tells {question.supporters} supporters, not {supports}")


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
    fresh = newcomer(truth.state, client.name, client.identity.audience)
    if client.screen.records != fresh.records:
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
    now = world.loop.time()
    for client in world.clients:
        person = truth.state.get(Person, client.name)
        if client.identity.role == "stage":
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
