"""The checker itself: a good history has no findings, and each kind of damage is found and named."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.faults import checker
from tests.faults.told import Asked, Done, Place, Refused, Seen, Told
from tests.web.screen import Screen
from webinar_server.errors import Refusal
from webinar_server.live.committing import Batch, Request
from webinar_server.session import SESSION
from webinar_server.session.attendance import Arrive
from webinar_server.session.programme import CreateSession
from webinar_server.state import (
    START,
    Actor,
    Answer,
    Change,
    Command,
    Position,
    Role,
    Sealed,
    State,
    replace,
    seal,
    unseal,
)

ROLES: dict[str, Role] = {"host": "host", "ada": "attendee", "bob": "attendee"}


class Run(NamedTuple):
    told: list[Told]
    log: list[Sealed]


class Story:
    """Commits commands as a room does, and tells each person what they would have been told."""

    def __init__(self) -> None:
        self.state = State(SESSION.kinds)
        self.log: list[Sealed] = []
        self.told = {name: Told(name, role) for name, role in ROLES.items()}
        self._internal("server", CreateSession(session="s1", title="Ports"))
        for name in ROLES:
            self._internal(name, Arrive(organisation="", kind="other", country=""))

    def does(self, who: str, command: str, **args: Any) -> Answer | None:
        """One command, acknowledged or refused."""
        ref = f"{who}-{len(self.told[who].asked)}"
        asked = self.told[who].asked[ref] = Asked(ref, command, args, 0.0, 1)
        outcome = self._commit(who, ref, SESSION.parse(command, args))
        if isinstance(outcome, Refusal):
            asked.refused.append(Refused(outcome.code, False))
            return None
        asked.done.append(Done(*outcome[:2], outcome.result, 0.0))
        return outcome

    def finish(self) -> Run:
        """Everybody's screen as it should be at the end."""
        history = checker.History(self.log)
        for name, told in self.told.items():
            screen = Screen()
            screen._records = copy.deepcopy(history.shown_to(name, told.role))
            screen.at = tuple(self.state.position)
            told.lines.append(Seen(screen, [Place(e.seq, e.tag, False) for e in self.log[4:]]))
        return Run(list(self.told.values()), self.log)

    def _internal(self, who: str, command: Command) -> None:
        self._commit(who, "", command)

    def _commit(self, who: str, ref: str, command: Command) -> Answer | Refusal:
        seq = len(self.log) + 1
        role = ROLES.get(who, "organiser")
        actor = Actor(id=who, name=who, role=role, at=seq, fresh=f"new{seq}")
        batch = Batch(SESSION, self.state, [Request(actor, ref, command, lambda outcome: None)])
        for entry, sealed in batch.entries:
            self.state.put(entry, sealed.tag)
            self.log.append(sealed)
        return batch.outcomes[0][1]


@pytest.fixture
def run() -> Run:
    story = Story()
    story.does("ada", "say", text="one")
    story.does("ada", "say", text="two")
    first = story.does("bob", "ask", text="who?")
    second = story.does("ada", "ask", text="why?")
    poll = story.does("host", "draft_poll", question="tea?", options=["yes", "no"])
    assert first and second and poll
    story.does("host", "open_poll", poll=poll.result["id"])
    story.does("ada", "vote", poll=poll.result["id"], options=["1"])
    story.does("bob", "vote", poll=poll.result["id"], options=["2"])
    story.does("host", "spotlight", question=first.result["id"])
    assert story.does("ada", "hide", message="new5") is None
    story.does("bob", "say", text="three")
    return story.finish()


def findings(run: Run) -> str:
    return "\n".join(checker.broken(run.told, run.log))


def rewritten(run: Run, change: Callable[[list[Any]], None]) -> Run:
    """The same run with another log, in which everybody's places are as the log has them."""
    entries = [unseal(sealed, SESSION.kinds) for sealed in run.log]
    change(entries)
    log: list[Sealed] = []
    position = START
    for seq, entry in enumerate(entries, 1):
        sealed = seal(position, replace(entry, seq=seq))
        log.append(sealed)
        position = Position(sealed.seq, sealed.tag)
    for told in run.told:
        for line in told.lines:
            line.places[:] = [Place(e.seq, e.tag, False) for e in log]
    return Run(run.told, log)


def acknowledged(run: Run, who: int, number: int = 0) -> Asked:
    return [asked for asked in run.told[who].asked.values() if asked.done][number]


def test_a_good_run_has_no_findings(run: Run) -> None:
    assert findings(run) == ""
    assert checker.lost(run.told, checker.History(run.log)) == 0


def test_an_empty_log_and_a_broken_chain_are_found(run: Run) -> None:
    assert "empty" in findings(Run(run.told, []))
    assert "breaks at 7" in findings(Run(run.told, [*run.log[:6], *run.log[7:]]))


def test_a_lost_command_is_found(run: Run) -> None:
    cut = Run(run.told, run.log[:-1])
    assert "I1 lost: bob" in findings(cut)
    assert checker.lost(cut.told, checker.History(cut.log)) == 1


def test_a_command_another_took_the_place_of_is_found(run: Run) -> None:
    acknowledged(run, 1).done[0] = acknowledged(run, 2).done[0]
    assert "I1 lost: ada" in findings(run)


def test_a_command_done_twice_is_found(run: Run) -> None:
    again = rewritten(run, lambda entries: entries.append(entries[4]))
    assert "I1 doubled: ada ada-0 is 2 times" in findings(again)
    assert checker.doubled(checker.History(again.log)) == 1


def test_two_different_answers_are_found(run: Run) -> None:
    done = acknowledged(run, 1).done
    done.append(done[0]._replace(result={"id": "other"}))
    assert "I1 two answers: ada" in findings(run)


def test_an_answer_that_the_log_has_otherwise_is_found(run: Run) -> None:
    done = acknowledged(run, 1).done
    done[0] = done[0]._replace(result={"id": "other"})
    assert "I1 altered: ada" in findings(run)


def test_a_screen_that_stood_elsewhere_is_found(run: Run) -> None:
    places = run.told[1].lines[0].places
    places[2] = places[2]._replace(tag="0123456789abcdef")
    assert "I2 elsewhere: ada" in findings(run)
    places.insert(3, places[3]._replace(reset=True))
    history = checker.History(run.log)
    assert list(checker.followed_since_reset(run.told, history)) == [], "told to forget what was"


def test_a_screen_that_went_back_in_time_is_found_unless_it_was_reset(run: Run) -> None:
    places = run.told[1].lines[0].places
    places.append(places[0])
    assert "I10 back in time: ada" in findings(run)
    places[-1] = places[0]._replace(reset=True)
    assert findings(run) == ""


def test_a_screen_that_shows_something_else_is_found(run: Run) -> None:
    screen = run.told[2].lines[0].screen
    message = next(iter(screen.of("message").values()))
    message["text"] = "never said"
    assert "I3 another screen: bob" in findings(run)


def test_a_screen_that_misses_something_is_found(run: Run) -> None:
    del run.told[2].lines[0].screen._records["poll"]
    assert "I3 another screen: bob" in findings(run)


def test_a_refusal_that_left_a_trace_is_found(run: Run) -> None:
    acknowledged(run, 1).refused.append(Refused("chat.too_long", False))
    assert "I4 refused and done: ada" in findings(run)


def test_being_told_to_come_back_and_then_being_done_is_right(run: Run) -> None:
    acknowledged(run, 1).refused.append(Refused("log.unavailable", True))
    assert findings(run) == ""


def test_a_command_nobody_answered_is_found(run: Run) -> None:
    run.told[1].asked["ada-x"] = Asked("ada-x", "say", {}, 0.0, 3)
    assert "never answered: ada" in findings(run)


def test_commands_in_another_order_than_they_were_sent_are_found(run: Run) -> None:
    ada = run.told[1]
    refs = list(ada.asked)
    ada.asked = {ref: ada.asked[ref] for ref in (refs[1], refs[0], *refs[2:])}
    assert "I5 out of order: ada" in findings(run)
    ada.orderly = False
    assert findings(run) == ""


def test_a_miscounted_poll_is_found(run: Run) -> None:
    def miscount(entries: list[Any]) -> None:
        number = next(n for n, entry in enumerate(entries) if entry.ref == "bob-1")
        vote, poll = entries[number].changes
        wrong = Change("poll", poll.id, replace(poll.record, voters=3))
        entries[number] = replace(entries[number], changes=(vote, wrong))

    assert "I6 miscounted" in findings(rewritten(run, miscount))


def test_two_questions_in_the_spotlight_are_found(run: Run) -> None:
    def second(entries: list[Any]) -> None:
        asked = next(entry for entry in entries if entry.ref == "ada-2")
        question = asked.changes[-1]
        live = Change("question", question.id, replace(question.record, state="live"))
        entries.append(replace(entries[-1], ref="", changes=(live,)))

    assert "I7 at" in findings(rewritten(run, second))


def test_a_deed_beyond_a_role_is_found(run: Run) -> None:
    def usurp(entries: list[Any]) -> None:
        number = next(n for n, entry in enumerate(entries) if entry.command == "open_poll")
        entries[number] = replace(entries[number], by="ada")

    assert "I9 not allowed: ada (attendee)" in findings(rewritten(run, usurp))


def test_a_frame_nobody_knows_is_found(run: Run) -> None:
    run.told[0].lines[0].odd.append('{"op": "surprise"}')
    assert "odd frame for host" in findings(run)
