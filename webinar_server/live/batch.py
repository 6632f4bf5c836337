"""Batch: the commands that arrived while the last append was under way, run in order on one draft.

Each is decided on the state it would be committed on: refused, answered from an earlier commit of the same
ref, or sealed as the next entry. Nothing is applied and nobody is answered before the log has taken it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from webinar_server.errors import Refusal, WebinarError
from webinar_server.seldom import seldom
from webinar_server.state import (
    Actor,
    Answer,
    Answered,
    Command,
    Draft,
    Entry,
    Permit,
    Position,
    Sealed,
    State,
    Topic,
    run,
    seal,
)

Outcome: TypeAlias = Answer | Refusal
Reply: TypeAlias = Callable[[Outcome], None]


class Request(NamedTuple):
    """A command on its way into the log. `reply` is called once, after it is durable and applied.

    Without a permit it is the server's own.
    """

    actor: Actor
    ref: str
    command: Command
    reply: Reply
    permit: Permit | None = None


class Batch:
    """Outcome of each request, and the entries that are to be appended after `parent`."""

    def __init__(self, about: Topic, state: State, requests: list[Request]) -> None:
        self.parent = state.position
        self.entries: list[tuple[Entry, Sealed]] = []
        self._ended = about.ends.ended
        self._state = state
        self._draft = Draft(state)
        self._fresh: dict[tuple[str, str], Answered] = {}
        self.outcomes = [(request.reply, self._decide(request)) for request in requests]

    @property
    def sealed(self) -> list[Sealed]:
        return [sealed for _, sealed in self.entries]

    def stands_in(self, missed: Sequence[Sealed]) -> bool:
        """Whether what a log holds after the parent begins with these very entries."""
        tags = [sealed.tag for _, sealed in self.entries]
        return [entry.tag for entry in missed[: len(tags)]] == tags

    def _decide(self, request: Request) -> Outcome:
        try:
            known = self._answered(request)
            return self._commit(request) if known is None else known
        except Refusal as refusal:
            self._draft.forget()
            return refusal
        except WebinarError:
            raise
        except Exception as error:
            # a fault in one rule must not take the room with it
            self._draft.forget()
            seldom.error(f"command {request.command.NAME} failed", error)
            return Refusal("command.failed", "Something went wrong here; it was not your doing.")

    def _answered(self, request: Request) -> Answer | None:
        if not request.ref:
            return None
        key = (request.actor.id, request.ref)
        known = self._fresh.get(key) or self._state.answered(*key)
        return None if known is None else known.again(request.command.NAME)

    def _refuse_ended(self, request: Request) -> None:
        """Decided on the state it is committed on: who is removed elsewhere does nothing here any more."""
        if request.permit is not None:
            refusal = self._ended(self._draft, request.actor.id, request.permit)
            if refusal is not None:
                raise refusal

    def _commit(self, request: Request) -> Answer:
        self._refuse_ended(request)
        result = run(self._draft, request.actor, request.command)
        changes = self._draft.changes()
        last = self.entries[-1][1] if self.entries else None
        parent = Position(last.seq, last.tag) if last else self.parent
        entry = Entry(
            seq=parent.seq + 1,
            at=request.actor.at,
            by=request.actor.id,
            command=request.command.NAME,
            ref=request.ref,
            result=result,
            changes=changes,
        )
        sealed = seal(parent, entry)
        self._draft.keep(changes)
        self.entries.append((entry, sealed))
        answer = Answer(sealed.seq, sealed.tag, result)
        if request.ref:
            self._fresh[entry.by, entry.ref] = Answered(entry.by, entry.ref, entry.at, answer, entry.command)
        return answer
