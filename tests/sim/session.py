"""The session as it is simulated: its audience, and what must hold of its stage, its polls and questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from tests.sim import acts
from tests.sim.play import Play
from webinar_server.session import SESSION
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.vote import Vote
from webinar_server.session.programme import CreateSession, OpenSession
from webinar_server.session.questions import Question
from webinar_server.session.stage import Stage
from webinar_server.session.supports import Support
from webinar_server.state import Entry, Role, State


def audience(dice: Random, most: int) -> list[Role]:
    few: list[Role] = ["host", "attendee", "attendee", dice.choice(["stage", "host"])]
    return few + ["attendee"] * (most - 4)


def wrong_stage(state: State) -> list[str]:
    """I7: at most one question is in the picture, and it is the one the stage names."""
    live = [question.id for question in state.all(Question) if question.state == "live"]
    stage = state.get(Stage, "now")
    named = [stage.live] if stage and stage.live else []
    return [f"{live} are live and the stage shows {named}"] if live != named else []


def wrong_counts(state: State, entries: list[Entry]) -> list[str]:
    """I6: counts are what is counted."""
    return [*_polls(state), *_questions(state)]


def _polls(state: State) -> Iterator[str]:
    votes = list(state.all(Vote))
    if len({(vote.poll, vote.by) for vote in votes}) != len(votes):
        yield "somebody voted twice in one poll"
    for poll in state.all(Poll):
        mine = [vote.options for vote in votes if vote.poll == poll.id]
        chosen = Counter(option for options in mine for option in options)
        told = {option.id: option.votes for option in poll.options}
        if any(vote.sealed for vote in votes if vote.poll == poll.id):
            told = {id: chosen[id] for id in told}  # what they chose is nobody's any more
        if told != {id: chosen[id] for id in told} or poll.voters != len(mine):
            yield f"poll {poll.id} tells {told} of {poll.voters}, a recount {chosen} of {len(mine)}"


def _questions(state: State) -> Iterator[str]:
    supports = Counter(support.question for support in state.all(Support))
    for question in state.all(Question):
        if question.supporters != supports[question.id]:
            yield f"question {question.id} tells {question.supporters} supporters, not {supports}"


PLAY = Play(
    topic=SESSION.topic("s1"),
    begin=(CreateSession(session="s1", title="Ports"), OpenSession()),
    roles=audience,
    crowd="attendee",
    acts={"host": acts.host, "attendee": acts.attendee, "stage": acts.stage},
    shown=("say", "ask"),
    wrong_after=wrong_stage,
    wrong_at_last=wrong_counts,
)
