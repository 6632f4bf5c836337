"""Guests: some of a simulated mission's people, who come by their links into the mission and its sessions.

What becomes of them is said by its organisers meanwhile. A worker is looked at as it stands: once its copy of
the mission says that somebody is out, or something else, no line that it serves may say otherwise.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from typing import Any, cast

import orjson

from tests.mission.on_stage import Seen, acts, next_live
from tests.mission.scene import CREATED
from tests.sim.check import Truth
from tests.sim.wire import Wire
from tests.sim.worker import Worker
from tests.sim.world import World
from webinar_server.live.committing import Request
from webinar_server.live.saying import to_nobody
from webinar_server.mission import MISSION
from webinar_server.mission.participants import Participant
from webinar_server.mission.programme import HOUR_MS, PlanSlot, Slot
from webinar_server.session import SESSION
from webinar_server.state import Actor, Entry, Identity, Records, State, unseal
from webinar_server.web.socket.connection import Connection

HOME = MISSION.topic(CREATED["mission"])
SLOTS = ("depots", "grids")
GUESTS = ("g0", "g1", "g2")
ORGANISERS_SAY = {name for name in MISSION.commands if MISSION.may(name) == {"organiser"}}

LOOK_S = 0.2
PLAN_S = 0.7
LEAD_S = 0.5
GRACE_S = 1.0
"""Seconds in which a line may still be closed: what was asked by it before is refused first."""

SILENCE_S = 9.0
FINAL = ("participant.declined", "participant.left", "token.renewed")
PASSING = ("log.unavailable", "topic.unknown", "room.behind", "pace.join", "token.role")


class Guest:
    """One of them in one topic, and in another beside it by the same line, by the newest link they were sent.
    They come back, whatever they hear."""

    def __init__(self, world: World, person: str, topic: str) -> None:
        self.person, self.topic = person, topic
        self.beside = SESSION.topic(SLOTS[0]) if topic == HOME else HOME
        self.wires: dict[Wire, int] = {}
        """Each line, and since when the link counts by which it was asked for."""
        self.said: dict[str, int] = {}
        """The same of what was said, by its ref."""
        self.line: Wire | None = None
        self.role, self.attached = "", False
        self.role_beside, self.attached_beside = "", False
        self._world = world
        self._seen = Seen()
        self._dice = random.Random(f"{world.seed}/{person}/{topic}")
        self._since, self._heard_at = 0, 0.0
        self._later(self._dice.uniform(0.0, 2.0), self._connect)
        self._later(1.0, self._live)

    def _connect(self) -> None:
        worker = self._world.door(self._dice)
        if worker is None:
            self._later(self._dice.uniform(0.1, 1.0), self._connect)
            return
        link = Identity(id=self.person, name="", role="", topic=HOME, home=HOME, issued=self._since)
        self.line = worker.accept(self, link, self.topic)
        self.wires[self.line] = self._since
        self.attached = self.attached_beside = False
        self._heard_at = self._world.loop.time()
        self._join(self.line, self.topic)
        self._join(self.line, self.beside)

    def _join(self, wire: Wire, topic: str) -> None:
        if wire is self.line:
            wire.send({"op": "join", "topic": topic, "at": None})

    def _live(self) -> None:
        """Says something, if there is a line, and gives one up that is silent."""
        self._later(self._dice.uniform(0.3, 2.0), self._live)
        if self.line is None:
            return
        if self._world.loop.time() - self._heard_at > SILENCE_S:
            self.line.hang_up()
            self._come_back(0.1)
        elif self.attached and self._world.clients[0].acting:
            self._dice.choices([self._say, Wire.drop, Wire.mute], [25, 2, 1])[0](self.line)

    def _say(self, wire: Wire) -> None:
        if self.topic != HOME and not self.attached_beside:
            return
        number = len(self.said)
        here = [
            (HOME, "change_card", {"place": f"Place {number}"}),
            (HOME, "announce", {"text": f"news {number} of {self.person}"}),
            (HOME, "leave_mission", {}),
        ]
        topic, command, args = self._dice.choices(here, [20, 20, int(self.topic == HOME)])[0]
        if self.topic != HOME and self._dice.random() < 0.6:
            on_stage = acts(self._seen, self._dice, self.role, SESSION.id_of(self.topic), HOME, number)
            topic, command, args = self._dice.choice(on_stage)
        ref = f"{self.person}-{self.topic}-{number}"
        self.said[ref] = self.wires[wire]
        wire.send({"op": "do", "topic": topic, "ref": ref, "command": command, "args": args})

    def hear(self, wire: Wire, message: dict[str, Any]) -> None:
        if wire is not self.line:
            return
        self._heard_at = self._world.loop.time()
        if message["op"] == "state":
            self._seen.hear(message)
        match message["op"]:
            case "hello":
                self.role = message["you"]["role"]
                self._world.seen[f"a guest came as {self.role}"] += 1
            case "seat":
                self.role_beside = message["you"]["role"]
                self._world.seen[f"a guest sat beside as {self.role_beside}"] += 1
            case "state" if message["topic"] == self.beside:
                self.attached_beside = True
            case "state":
                self.attached = True
            case "error" if message.get("topic") == self.beside:
                self.attached_beside = False
                self._refused(wire, message)
            case "error":
                self._refused(wire, message)

    def _refused(self, wire: Wire, message: dict[str, Any]) -> None:
        # who is out of one by their mission is told so before the line ends
        if message["code"] not in (*PASSING, *FINAL):
            self._world.wrong(f"{self.person} in {self.topic} was told {message}")
        self._world.seen[f"a guest was told {message['code']}"] += 1
        self._later(0.3, self._join, wire, message["topic"])

    def closed(self, wire: Wire, code: int, reason: str) -> None:
        self._world.trace(f"{self.person} lost a line to {wire.worker} in {self.topic}: {code} {reason}")
        said = orjson.loads(reason) if reason.startswith("{") else {}
        if 4400 <= code < 4500:
            self._ended(code, said.get("code", ""))
        if wire is self.line:
            self._come_back(said.get("retry_after", 1.0 if code >= 4400 else 0.05))

    def _ended(self, code: int, why: str) -> None:
        self._world.seen[f"a guest was ended: {why}"] += 1
        if why not in FINAL and not self._world.lossy:
            self._world.wrong(f"{self.person} in {self.topic} was ended: {code} {why}")
        if why == "token.renewed":
            self._since = self._newest_link()

    def _newest_link(self) -> int:
        """As somebody makes one at a worker, which may not have heard the last of it."""
        rooms = [room for worker in self._world.up() if (room := worker.room(HOME))]
        known = self._dice.choice(rooms).state.get(Participant, self.person) if rooms else None
        return known.generation if known else self._since

    def misled(self, wire: Wire) -> None:
        self._world.wrong(f"{wire.worker} slept longer than its lease and told {self.person} something")

    def _come_back(self, wait: float) -> None:
        self.line, self.attached, self.attached_beside = None, False, False
        self._later(wait * self._dice.uniform(1.0, 2.0), self._connect)

    def _later(self, delay: float, call: Callable[..., None], *args: Any) -> None:
        self._world.loop.call_later(delay, call, *args)


def role_at(records: Records, participant: Participant, topic: str) -> str:
    """What somebody is in the mission, or by its slot in a session of it."""
    slot = None if topic == HOME else records.get(Slot, SESSION.id_of(topic))
    if topic == HOME or participant.role == "organiser":
        return participant.role
    if slot is None or participant.id not in (*slot.hosts, *slot.speakers):
        return "attendee"
    return "host" if participant.id in slot.hosts else "speaker"


def is_in(participant: Participant | None, since: int) -> bool:
    """Whether they may be there by a link that counts since then."""
    return participant is not None and (
        participant.state in ("invited", "admitted") and since >= participant.generation
    )


def _standing(participant: Participant | None) -> str:
    return f"{participant.state} since {participant.generation}" if participant else "unknown"


class Guests:
    """All of them, and who looks after the workers meanwhile."""

    def __init__(self, world: World) -> None:
        self._world = world
        topics = (HOME, *map(SESSION.topic, SLOTS))
        self._guests = [Guest(world, person, topic) for person in GUESTS for topic in topics]
        # since when something is not as it must be
        self._amiss: dict[tuple[Wire, str], float] = {}
        self._told: set[tuple[Wire, str]] = set()
        self._dice = random.Random(f"{world.seed}/slots")
        self._look()
        self._plan()
        self._lead()

    def _plan(self) -> None:
        """What organisers do by HTTP, which is not simulated: some worker says it for them."""
        asyncio.get_running_loop().call_later(PLAN_S, self._plan)
        rooms = [room for worker in self._world.up() if (room := worker.room(HOME))]
        if rooms and self._world.clients and self._world.clients[0].acting:
            room, slot = self._dice.choice(rooms), self._dice.choice(SLOTS)
            command = PlanSlot(session=slot, title=slot, starts_at=self._dice.randrange(9), ends_at=HOUR_MS)
            by = Actor("server", "server", "organiser", 0, f"{slot}-{self._dice.random()}")
            room.submit(Request(by, "", command, to_nobody))

    def _lead(self) -> None:
        """What hosts do whom nobody sees here: likewise."""
        asyncio.get_running_loop().call_later(LEAD_S, self._lead)
        topic = SESSION.topic(self._dice.choice(SLOTS))
        rooms = [room for worker in self._world.up() if (room := worker.room(topic))]
        if rooms and self._world.clients and self._world.clients[0].acting:
            room = self._dice.choice(rooms)
            if (command := next_live(room.state, self._dice)) is not None:
                by = Actor("server", "server", "host", 0, f"stage-{self._dice.random()}")
                room.submit(Request(by, "", command, to_nobody))

    def _look(self) -> None:
        asyncio.get_running_loop().call_later(LOOK_S, self._look)
        now = self._world.loop.time()
        found = dict(self._amiss_now())
        self._amiss = {each: self._amiss.get(each, now) for each in found}
        for each, since in self._amiss.items():
            if now - since > GRACE_S and each not in self._told:
                self._told.add(each)
                self._world.wrong(found[each])

    def _amiss_now(self) -> Iterator[tuple[tuple[Wire, str], str]]:
        """Lines of workers that run, judged by their own copy of the mission."""
        up = {worker.name: worker for worker in self._world.up()}
        for guest in self._guests:
            for wire, since in guest.wires.items():
                worker = up.get(wire.worker)
                if worker is not None and wire.served and (why := _wrong_at(worker, guest, wire, since)):
                    yield (wire, why), f"{guest.person} is at {wire.worker} in {guest.topic}, {why}"

    def wrong(self) -> list[str]:
        return [*self._wrong_copies(), *self._wrong_entries(), *self._wrong_at_last()]

    def _wrong_copies(self) -> Iterator[str]:
        """Every worker holds what the log holds, of each topic."""
        for topic in self._world.play.topics:
            truth = _records(Truth(self._world, topic).state)
            for worker in self._world.up():
                room = worker.room(topic)
                if room is not None and _records(room.state) != truth:
                    yield f"{worker.name} holds another {topic} than its log"

    def _wrong_entries(self) -> Iterator[str]:
        """Nobody did anything who was out by then, nor what was not theirs any more."""
        said: dict[str, dict[str, int]] = {person: {} for person in GUESTS}
        for guest in self._guests:
            said[guest.person] |= guest.said
        for state, entry in _history(self._world):
            if entry.by in said and entry.ref in said[entry.by]:
                me = state.get(Participant, entry.by)
                if not is_in(me, said[entry.by][entry.ref]):
                    yield f"{entry.by} did {entry.command} at {entry.seq} and was out: {_standing(me)}"
                elif me is not None and entry.command in ORGANISERS_SAY and me.role != "organiser":
                    yield f"{entry.by} did {entry.command} at {entry.seq} as {me.role}"
                self._world.seen[f"a guest did {entry.command}"] += 1

    def _wrong_at_last(self) -> Iterator[str]:
        """Who takes part is there, as what they are; nobody else is."""
        state = Truth(self._world).state
        for guest in self._guests:
            me = state.get(Participant, guest.person)
            takes_part = me is not None and is_in(me, me.generation)
            if guest.attached != takes_part:
                yield f"{guest.person} in {guest.topic}: attached {guest.attached}, takes part {takes_part}"
            elif me is not None and takes_part and guest.role != (must := role_at(state, me, guest.topic)):
                yield f"{guest.person} in {guest.topic} is told {guest.role}, and is {must}"
            elif me is not None and takes_part and guest.role_beside != role_at(state, me, guest.beside):
                yield f"{guest.person} beside {guest.topic} is told {guest.role_beside}"
            for role in (guest.role, guest.role_beside) if guest.attached else ("nobody",):
                self._world.seen[f"a guest ended as {role}"] += 1


def _wrong_at(worker: Worker, guest: Guest, wire: Wire, since: int) -> str:
    """What a worker's own copy of the mission says against a line; empty for nothing."""
    room = worker.room(HOME)
    if room is None or wire.receiver is None:
        return ""
    me = room.state.get(Participant, guest.person)
    if me is None or not is_in(me, since):
        return f"by a link since {since}, and is out: {_standing(me)}"
    for topic, role in _parts(wire, guest).items():
        if role != (must := role_at(room.state, me, topic)):
            return f"as {role} of {topic}, and is {must}"
    return ""


def _parts(wire: Wire, guest: Guest) -> dict[str, str]:
    """As what a line's person is served, by topic."""
    connection = cast(Connection, wire.receiver)
    seats = connection._joining._seats
    return {guest.topic: connection.identity.role} | {
        topic: seat.identity.role for topic, seat in seats.items()
    }


def _history(world: World) -> Iterator[tuple[State, Entry]]:
    """Each entry of the mission's log, with the state before it."""
    kept, kinds = world.store.topics[HOME], MISSION.kinds
    state = State.load(kinds, kept.first.data) if kept.first else State(kinds)
    for sealed in (*kept.given_up, *kept.entries):
        entry = unseal(sealed, kinds)
        yield state, entry
        state.put(entry, sealed.tag)


def _records(state: State) -> dict[tuple[str, str], object]:
    return {(record.KIND, record.id): record for record in state.records()}
