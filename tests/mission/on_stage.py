"""On stage, as it is simulated: guests ask in the sessions of a mission, tap whom they see, and answer; and
what must hold between its topics, whatever was killed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from webinar_server.mission import MISSION
from webinar_server.mission.contacts import Asking, Request
from webinar_server.mission.leads import Lead, lead_id
from webinar_server.mission.moments import Moment, NoteMoment, is_live, moment_id
from webinar_server.session import SESSION
from webinar_server.session.people import Person
from webinar_server.session.questions import Question
from webinar_server.session.spotlight import Answer, Spotlight
from webinar_server.session.stage import Stage
from webinar_server.state import Command, Entry, State

Said = tuple[str, str, dict[str, Any]]
"""Which topic it is said to, the command, its arguments."""


def next_live(state: State, dice: Random) -> Command | None:
    """What a host would do now: the next question is live, or the one that is was answered."""
    stage = state.get(Stage, "now")
    live = stage.live if stage else None
    if live is not None and dice.random() < 0.5:
        return Answer(question=live)
    waiting = sorted(one.id for one in state.all(Question) if one.state == "open")
    return Spotlight(question=dice.choice(waiting), instead_of=live) if waiting else None


class Seen:
    """What a guest was told of questions of a session, and of who waits for their own answer."""

    def __init__(self) -> None:
        self.questions: set[str] = set()
        self.requests: set[str] = set()

    def hear(self, message: dict[str, Any]) -> None:
        put, gone = message.get("put", {}), message.get("gone", {})
        self.questions |= put.get("question", {}).keys()
        self.requests |= put.get("request", {}).keys()
        self.requests -= set(gone.get("request", ()))


def acts(seen: Seen, dice: Random, role: str, session: str, home: str, number: int) -> list[Said]:
    """What may be done in a session by who is there as that, and in its mission by who sees it."""
    there = SESSION.topic(session)
    shown = dice.choice(["named", "organisation", "anonymous"])
    found: list[Said] = [(there, "ask", {"text": f"Why {number}?", "shown": shown})]
    if seen.questions:
        question = dice.choice(sorted(seen.questions))
        if role in ("host", "organiser"):
            return [(there, command, {"question": question}) for command in ("spotlight", "answer")]
        tap = {"where": "spotlight", "session": session, "question": question}
        found += [(home, "ask_contact", tap)] * 2
    if seen.requests:
        request = {"requests": [dice.choice(sorted(seen.requests))]}
        found += [(home, f"{act}_contacts", request) for act in ("accept", "accept", "decline")]
    return found


def wrong_contacts(state: State) -> Iterator[str]:
    """Nobody is kept waiting to be told but while they are live; who has somebody is had by them."""
    for request in state.all(Request):
        if request.waits and not is_live(state, request.to):
            yield f"{request.id} is not told to {request.to}, who is not live"
    for lead in state.all(Lead):
        asked = state.get(Asking, lead.id)
        if asked is not None:
            yield f"{lead.id} is asked still"


def wrong_moments(histories: Mapping[str, list[Entry]], home: str, sessions: tuple[str, ...]) -> list[str]:
    """What went live is known to the mission, once, as it stands; and of who did not agree to it nothing."""
    mission = _last(histories[home], home)
    moments = {moment.id: moment for moment in mission.all(Moment)}
    amiss = []
    for session in sessions:
        state = _last(histories[SESSION.topic(session)], SESSION.topic(session))
        asked = {moment_id(session, one.id): one for one in state.all(Question)}
        for id, question in asked.items():
            known, must = moments.get(id), _is_known(state, question)
            if must and (known is None or known.live != (question.state == "live")):
                amiss.append(f"{id} is {question.state}, and known as {known}")
            if known is not None and known.participant != question.by:
                amiss.append(f"{id} is of {question.by}, and known as of {known.participant}")
            if known is not None and question.shown == "anonymous":
                amiss.append(f"{id} was asked by nobody, and is known")
        own = {id for id, moment in moments.items() if moment.session == session}
        amiss += [f"{id} is known, and was never asked" for id in own - asked.keys()]
    return [*amiss, *_one_sided(histories[home]), *wrong_waiting(histories[home])]


def _is_known(state: State, question: Question) -> bool:
    """Whether it was in the picture, of somebody of the mission who agreed to be known by it."""
    person = state.get(Person, question.by)
    of_mission = person is not None and person.week is not None
    return (
        question.live_at is not None and question.shown != "anonymous" and question.asker.named and of_mission
    )


def _one_sided(history: list[Entry]) -> Iterator[str]:
    """By one acceptance both have each other, or none."""
    state = State(MISSION.kinds)
    for entry in history:
        new = {
            change.id for change in entry.changes if change.kind == Lead.KIND and change.record is not None
        }
        was = {id for id in new if state.get(Lead, id) is not None}
        state.put(entry, str(entry.seq))
        for id in new - was:
            of, _, whom = id.partition("/")
            if state.get(Lead, lead_id(whom, of)) is None:
                yield f"{of} has {whom} since {entry.seq}, and is not had by them"


def wrong_waiting(history: list[Entry]) -> Iterator[str]:
    """Nobody is told of a request while they are live; and what waits is there when that is over."""
    state = State(MISSION.kinds)
    for entry in history:
        new = [change for change in entry.changes if change.kind == Request.KIND]
        was = {change.id: state.get(Request, change.id) for change in new}
        state.put(entry, str(entry.seq))
        for id, before in was.items():
            request = state.get(Request, id)
            told = request is not None and not request.waits and (before is None or before.waits)
            if told and request is not None and is_live(state, request.to):
                yield f"{id} was told to {request.to}, who is live, at {entry.seq}"
            if request is None and entry.command == NoteMoment.NAME:
                yield f"{id} was lost at {entry.seq}, as a moment began or ended"


def _last(history: list[Entry], topic: str) -> State:
    state = State((MISSION if topic.startswith(MISSION.name) else SESSION).kinds)
    for entry in history:
        state.put(entry, str(entry.seq))
    return state
