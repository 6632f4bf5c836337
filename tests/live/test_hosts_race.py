"""Two hosts at two workers do the same thing at one moment: it is decided once, and both are told."""

from __future__ import annotations

import asyncio

from tests.live.workers import Worker, in_step
from webinar_server.errors import Refusal
from webinar_server.live.committing import Outcome, Request
from webinar_server.live.saying import said, server, to_nobody
from webinar_server.session.asking import Ask
from webinar_server.session.attendance import Arrive
from webinar_server.session.chat import Message, Say
from webinar_server.session.held import Held
from webinar_server.session.letting_go import LetGo, Stop
from webinar_server.session.merged import Merged
from webinar_server.session.merging import Merge
from webinar_server.session.pacing import SetPacing
from webinar_server.session.questions import Question
from webinar_server.session.taking_on import LetBe, TakenOn, TakeOn
from webinar_server.state import Command, Role

ROUNDS = 8


async def do(worker: Worker, who: str, role: Role, command: Command) -> Outcome:
    actor = server(worker.room)._replace(id=who, name=who.capitalize(), role=role)
    return (await said(worker.room, [Request(actor, "", command, to_nobody)]))[0]


async def both(pair: list[Worker], mine: Command, theirs: Command) -> list[Outcome]:
    """Hal's at one worker and Ida's at the other, at once."""
    one, two = pair
    told = await asyncio.gather(do(one, "hal", "host", mine), do(two, "ida", "host", theirs))
    await in_step(*pair)
    return list(told)


def refused(told: list[Outcome]) -> list[str]:
    return [one.code for one in told if isinstance(one, Refusal)]


async def asked(pair: list[Worker], who: str) -> str:
    for command in (Arrive(), Ask(text="Why?")):
        outcome = await do(pair[0], who, "attendee", command)
        assert not isinstance(outcome, Refusal), outcome
    await in_step(*pair)
    return str(outcome.result["id"])


async def test_of_two_hosts_who_take_on_a_question_one_has_it(pair: list[Worker]) -> None:
    question = await asked(pair, "ada")
    for _ in range(ROUNDS):
        assert refused(await both(pair, TakeOn(question=question), TakeOn(question=question))) == [
            "question.taken_on"
        ]
        holders = {worker.room.state.get(TakenOn, question) for worker in pair}
        assert len(holders) == 1 and None not in holders
        await do(pair[0], "hal", "host", LetBe(question=question))
        await in_step(*pair)


async def test_of_two_hosts_who_put_two_questions_under_each_other_one_does(pair: list[Worker]) -> None:
    for number in range(ROUNDS):
        one, two = [await asked(pair, f"{who}{number}") for who in ("ada", "bob")]
        told = await both(pair, Merge(question=one, into=two), Merge(question=two, into=one))
        assert refused(told) == ["question.dismissed"]
        for worker in pair:
            states = [worker.room.state.get(Question, id).state for id in (one, two)]  # type: ignore[union-attr]
            assert sorted(states) == ["dismissed", "open"]
            assert sum(worker.room.state.get(Merged, id) is not None for id in (one, two)) == 1


async def test_what_one_host_lets_go_another_stops_no_more(pair: list[Worker]) -> None:
    await do(pair[0], "hal", "host", SetPacing(reviewed=True))
    for number in range(ROUNDS):
        outcome = await do(pair[0], "ada", "attendee", Say(text=f"line {number}"))
        assert not isinstance(outcome, Refusal)
        await in_step(*pair)
        id = outcome.result["id"]
        assert refused(await both(pair, LetGo(held=id), Stop(held=id))) == ["held.unknown"]
        for worker in pair:
            assert worker.room.state.get(Held, id) is None and worker.room.state.get(Message, id) is not None
