"""A mission as it is simulated: its people, what organisers make of them, a list that is taken in meanwhile,
and what must hold of all that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import ClassVar

from tests.mission.guests import GUESTS, HOME, SLOTS, Guests
from tests.mission.on_stage import wrong_contacts, wrong_moments
from tests.mission.play_meetings import meet, wrong_meetings
from tests.mission.scene import CREATED
from tests.sim.client import Client
from tests.sim.play import Act, Play
from webinar_server.mission import MISSION
from webinar_server.mission.contacts import Asking, Block, Request, block_id
from webinar_server.mission.conversations import Conversation, order_of, seen_in
from webinar_server.mission.fates import Line
from webinar_server.mission.imports import BeginImport, Import, ImportPart
from webinar_server.mission.leads import lead_of
from webinar_server.mission.mission import CreateMission, Place
from webinar_server.mission.participants import Participant, takes_part
from webinar_server.mission.programme import HOUR_MS
from webinar_server.session import SESSION
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.state import Actor, Command, Draft, Entry, Role, State

PEOPLE = 60
"""More than come in a run; who comes is known by then."""

LINES = 40


class Seat(Command, frozen=True, kw_only=True):
    """Everybody who may come stands in the mission under the id by which they come."""

    NAME: ClassVar[str] = "seat"
    INTERNAL: ClassVar[bool] = True

    def run(self, draft: Draft, actor: Actor) -> None:
        for number in range(PEOPLE):
            role: Role = "organiser" if number == 0 else "participant"
            draft.put(Participant(id=f"p{number}", name=f"Person {number}", role=role, state="invited"))
        for guest in GUESTS:
            draft.put(Participant(id=guest, name=f"Guest {guest}", state="invited"))


def company(dice: Random, most: int) -> list[Role]:
    return ["organiser", *["participant"] * (most - 1)]


def participant(client: Client) -> Act:
    acts = {_card: 5, _turn: 3, _attend: 3, _ask: 4, _answer: 6, _withdraw: 1, _lead: 2, _block: 1}
    acts |= {_write: 6, _read: 2, _report: 1, _meet: 8}
    return client.dice.choices(list(acts), list(acts.values()))[0](client)


def organiser(client: Client) -> Act:
    acts = {_invite: 2, _correct: 3, _announce: 2, _plan: 2}
    acts |= {_name: 6, _change_role: 3, _end_links: 2, _decline: 1, _admit: 3, _settle: 1}
    return client.dice.choices(list(acts), list(acts.values()))[0](client)


def _card(client: Client) -> Act:
    return "change_card", {
        "place": f"Place {len(client.sent)}",
        "email": f"e{client.dice.randrange(8)}@example.org",
    }


def _turn(client: Client) -> Act:
    return "turn", {"switch": client.dice.choice(["listed", "present"]), "on": client.dice.random() < 0.5}


def _attend(client: Client) -> Act:
    return client.dice.choice(["attend", "skip"]), {"slot": client.dice.choice(SLOTS)}


def _ask(client: Client) -> Act:
    whom = f"p{client.dice.randrange(5)}"
    return "ask_contact", {"whom": whom, "where": "directory", "reason": f"reason {len(client.sent)}"}


def _answer(client: Client) -> Act:
    requests = sorted(client.screen.of("request"))
    if not requests:
        return _ask(client)
    answers = ["accept_contacts", "accept_contacts", "put_off_contacts", "decline_contacts"]
    return client.dice.choice(answers), {"requests": requests[: client.dice.choice([1, 2, 9])]}


def _withdraw(client: Client) -> Act:
    askings = sorted(client.screen.of("asking"))
    return ("withdraw_contact", {"asking": client.dice.choice(askings)}) if askings else _ask(client)


def _lead(client: Client) -> Act:
    leads = sorted(client.screen.of("lead"))
    if not leads:
        return _answer(client)
    if client.dice.random() < 0.1:
        return "drop_lead", {"lead": client.dice.choice(leads)}
    return "change_lead", {"lead": client.dice.choice(leads), "notes": f"note {len(client.sent)}"}


def _block(client: Client) -> Act:
    return client.dice.choice(["block", "unblock"]), {"person": f"p{client.dice.randrange(5)}"}


def _meet(client: Client) -> Act:
    return meet(client) or _answer(client)


def _write(client: Client) -> Act:
    connected = sorted(lead["whom"] for lead in client.screen.of("lead").values())
    if not connected:
        return _answer(client)
    return "write", {"to": client.dice.choice(connected), "text": f"text {len(client.sent)}"}


def _read(client: Client) -> Act:
    sides = [side for _, side in sorted(client.screen.of("conversation").items())]
    if not sides:
        return _write(client)
    side = client.dice.choice(sides)
    return "read_conversation", {"whom": side["whom"], "until": side["last"]["at"]}


def _report(client: Client) -> Act:
    newest = [side["last"] for _, side in sorted(client.screen.of("conversation").items())]
    return ("report_message", {"message": client.dice.choice(newest)["id"]}) if newest else _write(client)


def _settle(client: Client) -> Act:
    reported = sorted(client.screen.of("reported"))
    if not reported:
        return _announce(client)
    return "settle_reported", {"reported": reported[0], "remove": client.dice.random() < 0.5}


def _invite(client: Client) -> Act:
    number = client.dice.randrange(8)
    return "invite", {"name": f"Guest {number}", "email": f"e{number}@example.org"}


def _correct(client: Client) -> Act:
    whose = f"p{client.dice.randrange(6)}"
    return "change_card", {"participant": whose, "organisation": f"House {len(client.sent)}"}


def _plan(client: Client) -> Act:
    slot = client.dice.choice(SLOTS)
    times = {"starts_at": client.dice.randrange(9), "ends_at": HOUR_MS}
    if slot in client.screen.of("slot"):
        return client.dice.choice([("drop_slot", {"slot": slot}), ("change_slot", {"slot": slot, **times})])
    return _announce(client)


def _name(client: Client) -> Act:
    """Who leads and who speaks, as it comes; often nobody any more."""
    slots = sorted(client.screen.of("slot"))
    if not slots:
        return _plan(client)
    named = {
        field: client.dice.sample(GUESTS, client.dice.choice([0, 1, 2])) for field in ("hosts", "speakers")
    }
    return "change_slot", {"slot": client.dice.choice(slots), **named}


def _change_role(client: Client) -> Act:
    role = client.dice.choice(["organiser", "participant"])
    return "change_role", {"participant": client.dice.choice(GUESTS), "role": role}


def _end_links(client: Client) -> Act:
    return "end_links_of", {"participant": client.dice.choice(GUESTS)}


def _decline(client: Client) -> Act:
    return "decline", {"participant": client.dice.choice(GUESTS)}


def _admit(client: Client) -> Act:
    return "admit", {"participant": client.dice.choice(GUESTS)}


def _announce(client: Client) -> Act:
    return "announce", {"text": f"news {len(client.sent)} of {client.name}"}


def wrong_after(state: State) -> list[str]:
    """Rules that read what others may be changing at the same time."""
    return (
        []
        if state.kinds is not MISSION.kinds
        else [
            *_shared_mailboxes(state),
            *_wrong_contacts(state),
            *_wrong_sides(state),
            *wrong_meetings(state),
            *wrong_contacts(state),
        ]
    )


def _wrong_contacts(state: State) -> Iterator[str]:
    """Who waits for an answer is asking still, each once, and takes part; nobody asks whom they blocked, or
    have."""
    asked = Counter((one.by, one.target) for one in state.all(Asking) if not one.over)
    yield from (f"{by} asks {target} {count} times" for (by, target), count in asked.items() if count > 1)
    yield from (f"{one.id} asks no more" for one in state.all(Request) if not state.get(Asking, one.id))
    for one in state.all(Request):
        if not takes_part(state.get(Participant, one.by)):
            yield f"{one.id} is asked by {one.by}, who takes part no more"
    for by, whom in asked:
        if state.get(Block, block_id(by, whom)) or lead_of(state, by, whom):
            yield f"{by} asks {whom}, whom they blocked or have"


def _wrong_sides(state: State) -> Iterator[str]:
    """Each side says of its messages what they are: the newest, and how many were not read."""
    for side in state.all(Conversation):
        seen = sorted(seen_in(state, side), key=order_of)
        if not seen or side.last is None or side.last.id != seen[-1].id:
            yield f"{side.id} does not end with its newest message"
        unread = sum(1 for one in seen if one.by != side.of and one.at > side.read)
        if unread != side.unread:
            yield f"{side.id} says {side.unread} are unread, which are {unread}"


def _shared_mailboxes(state: State) -> list[str]:
    each = Counter(one.mailbox for one in state.all(Participant) if one.mailbox)
    return [f"{mailbox} is of {count} people" for mailbox, count in each.items() if count > 1]


def not_taken_in_once(state: State, entries: list[Entry]) -> list[str]:
    """All of the list is there, and none of it twice, whichever workers were there meanwhile."""
    if state.kinds is not MISSION.kinds:
        return []
    named = Counter(one.name for one in state.all(Participant) if one.name.startswith("Line "))
    jobs = list(state.all(Import))
    return [
        *(f"{name} is there {count} times" for name, count in named.items() if count > 1),
        *(f"{len(named)} of {LINES} lines are there" for _ in jobs if len(named) != LINES),
        *(f"{job} has not ended" for job in jobs if job.ended_at is None or job.added != LINES),
        *(f"{part.id} waits still" for part in state.all(ImportPart)),
    ]


PLAY = Play(
    topic=HOME,
    begin=(
        CreateMission(
            **CREATED | {"places": tuple(Place(**place) for place in CREATED["places"])},
        ),
        Seat(),
        BeginImport(
            file="people.csv",
            keeps=True,
            lines=tuple(Line(number=n, said={"name": f"Line {n}"}) for n in range(LINES)),
        ),
    ),
    beside={
        SESSION.topic(slot): (
            CreateSession(session=slot, title=slot, mission=CREATED["mission"]),
            OpenSession(),
        )
        for slot in SLOTS
    },
    roles=company,
    crowd="participant",
    acts={"organiser": organiser, "participant": participant},
    shown=("announce",),
    wrong_after=wrong_after,
    wrong_at_last=not_taken_in_once,
    wrong_between=lambda histories: wrong_moments(histories, HOME, SLOTS),
    others=Guests,
)
