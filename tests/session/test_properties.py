"""What holds after any history: nothing is live twice, nobody is counted twice, nobody is seen who hid."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.session.client import truth
from tests.session.histories import CAST, Step, World, batches, random_batches
from tests.session.run_steps import check_run
from webinar_server.session import chat
from webinar_server.session.chat import Message
from webinar_server.session.polls.poll import Poll
from webinar_server.session.polls.vote import Vote
from webinar_server.session.questions import Question
from webinar_server.session.roles import AUDIENCES, audience_of
from webinar_server.session.stage import Stage
from webinar_server.session.supports import Support
from webinar_server.state import State

thorough = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
Batches = list[list[Step]]


def check_stage(state: State) -> None:
    stage = state.get(Stage, "now") or Stage()
    by_state: dict[str, list[str]] = {}
    for question in state.all(Question):
        by_state.setdefault(question.state, []).append(question.id)
    assert by_state.get("live", []) == ([stage.live] if stage.live else []), "one is live, the stage's"
    assert by_state.get("on_deck", []) == ([stage.on_deck] if stage.on_deck else [])
    assert sorted(stage.line) == sorted(by_state.get("queued", [])), "the line is the queued, each once"
    assert {asked.question for asked in stage.just_asked} <= set(by_state.get("answered", []))
    next_asker = state.get(Question, stage.on_deck).by if stage.on_deck else None
    assert stage.on_deck_asker == next_asker


def check_counts(state: State) -> None:
    for question in state.all(Question):
        assert question.supporters == sum(support.question == question.id for support in state.all(Support))
        assert f"{question.id}/{question.by}" not in {support.id for support in state.all(Support)}
    for poll in state.all(Poll):
        votes = [vote for vote in state.all(Vote) if vote.poll == poll.id]
        assert poll.voters == len(votes) == len({vote.by for vote in votes})
        # of a ranking an option's votes are those that put it first
        count = Counter(o for vote in votes for o in vote.options[: 1 if poll.form == "ranking" else None])
        assert all(vote.sealed for vote in votes) or poll.state == "open" or poll.names == "hosts"
        assert any(vote.sealed for vote in votes) or {option.id: option.votes for option in poll.options} == {
            o.id: count[o.id] for o in poll.options
        }
        assert poll.state != "draft" or poll.voters == 0


def check_hidden(state: State) -> None:
    """Whoever asks anonymously is named to nobody else, in no audience."""
    for question in state.all(Question):
        for audience in AUDIENCES:
            others = [f"id-{who}" for who in CAST if f"id-{who}" != question.by]
            for person in others if audience == "attendee" else others[:1]:
                seen = truth(state, audience, person).get(("question", question.id), {})
                told = repr(seen.get("asker", {}))
                assert question.shown == "named" or question.asker.name not in told
                assert question.shown != "anonymous" or told == "{}"
                assert question.by not in repr({**seen, "asker": None})


@given(batches)
@thorough
def test_after_any_history_the_stage_the_counts_and_the_hidden_are_right(history: Batches) -> None:
    world = World()
    for batch in history:
        world.play(batch)
        check_stage(world.state)
        check_counts(world.state)
        check_run(world.state)
    check_hidden(world.state)


@pytest.mark.parametrize("seed", range(8))
def test_after_a_long_history_they_are_right_too(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "MESSAGES_KEPT", 20)
    world = World()
    for batch in random_batches(seed, 250):
        world.play(batch)
        check_stage(world.state)
        assert world.state.count(Message) <= 20 + len(batch)
    check_counts(world.state)
    check_run(world.state)
    check_hidden(world.state)
    assert len(world.log) > 200


@given(batches)
@thorough
def test_poll_results_are_a_recount_of_what_was_said(history: Batches) -> None:
    """An oracle that knows nothing of records: it listens to the votes that were taken."""
    world = World()
    for batch in history:
        world.play(batch)
    chosen: dict[str, dict[str, list[str]]] = {}
    for by, command, args in world.done:
        if command == "vote":
            others = [str(args["number"])] if args["number"] is not None else args["texts"]
            chosen.setdefault(args["poll"], {})[by] = args["options"] or others
    for poll in world.state.all(Poll):
        said = chosen.get(poll.id, {}).values()
        firsts = 1 if poll.form == "ranking" else None
        count = Counter(option for options in said for option in options[:firsts])
        assert [option.votes for option in poll.options] == [count[option.id] for option in poll.options]
        assert poll.voters == sum(map(bool, said))


@given(batches)
@thorough
def test_what_is_decided_in_a_batch_is_decided_as_one_by_one(history: Batches) -> None:
    together, alone = World(), World()
    for batch in history:
        requests = [request for step in batch if (request := together._of(step))]
        assert told(together._decide(requests)) == [told(alone._decide([one]))[0] for one in requests]
    assert together.log == alone.log
    assert together.state.dump() == alone.state.dump()


def told(outcomes: list[Any]) -> list[str]:
    return [str(outcome) for outcome in outcomes]


@given(batches)
@thorough
def test_a_ref_sent_again_acts_once_and_answers_the_same(history: Batches) -> None:
    world = World()
    for batch in history:
        requests = [request for step in batch if (request := world._of(step))]
        first = world._decide(requests)
        before = world.state.dump()
        again = [world._decide([request])[0] for request in requests]
        for one, other in zip(first, again, strict=True):
            if isinstance(one, tuple):
                assert other == one
        taken = [request for request, one in zip(requests, first, strict=True) if isinstance(one, tuple)]
        if len(taken) == len(requests):
            assert world.state.dump() == before


def test_the_cast_has_every_audience_of_people() -> None:
    assert {audience_of(role) for role in CAST.values()} == {"host", "attendee"}
