"""Scenes: a session's history told in lines. Given what was, when somebody does something, then …

Nothing here waits or listens. Every command takes the way it takes in the server: parsed from its
arguments, run on a draft, sealed into an entry's bytes, read back from them and put into the state.

    scene().given("ada", "ask", id="q", text="Why?").when("host", "spotlight", question="q").then(...)
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from webinar_server.errors import Refusal
from webinar_server.session import SESSION
from webinar_server.session.stage import Stage
from webinar_server.state import (
    Actor,
    Audience,
    Draft,
    Entry,
    Record,
    Result,
    Role,
    Sealed,
    State,
    Topic,
    View,
    run,
    seal,
    unseal,
)

R = TypeVar("R", bound=Record)

START_MS = 1_000_000
STEP_MS = 1_000
PEOPLE: dict[str, Any] = {"organisation": "Tulip Chargers", "kind": "sme", "country": "NL"}


def scene(*, session: bool = True, **settings: Any) -> Scene:
    """An open session called `s1`, nobody there yet; without `session` an empty log."""
    new = Scene()
    if session:
        new.given("organiser", "create_session", session="s1", title="Charging", **settings)
        new.given("organiser", "open_session")
    return new


class Scene:
    """A session and what happened in it so far. People arrive with their first command."""

    about: Topic = SESSION

    def __init__(self) -> None:
        self.state = State(self.about.kinds)
        self.at = START_MS
        self.entries: list[Sealed] = []
        # of the last `when`
        self.refusal: Refusal | None = None
        self.result: Result = {}
        self._roles: dict[str, Role] = {"host": "host", "organiser": "organiser", "speaker": "speaker"}

    def with_role(self, who: str, role: Role) -> Scene:
        """Somebody who is not an attendee."""
        self._roles[who] = role
        return self

    def given(self, who: str, command: str, /, *, id: str | None = None, **args: Any) -> Scene:
        """Something that happened; `id` is that of what it creates."""
        self.result = self._do(who, command, id, args)
        return self

    def given_each(self, whos: list[str], command: str, **args: Any) -> Scene:
        for who in whos:
            self.given(who, command, **args)
        return self

    def when(self, who: str, command: str, /, *, id: str | None = None, **args: Any) -> Scene:
        """Somebody tries something; a refusal is remembered, and must leave no trace."""
        self._arrive_first(who, command)
        before = self.state.dump()
        self.refusal, self.result = None, {}
        try:
            self.result = self._do(who, command, id, args)
        except Refusal as refusal:
            self.refusal = refusal
            assert self.state.dump() == before
        return self

    def later(self, ms: int) -> Scene:
        self.at += ms
        return self

    # what is seen

    def then(self, kind: type[Record], id: str, /, **fields: Any) -> Scene:
        """The record has these fields; with none, it is there."""
        self.then_done()
        record = self.state.get(kind, id)
        assert record is not None, f"no {kind.KIND} {id}"
        assert {name: getattr(record, name) for name in fields} == fields
        return self

    def then_gone(self, kind: type[Record], id: str) -> Scene:
        assert self.state.get(kind, id) is None
        return self

    def then_done(self) -> Scene:
        assert self.refusal is None, f"refused: {self.refusal}"
        return self

    def then_refused(self, code: str) -> Scene:
        """It was refused with this code and a line for the asker."""
        assert self.refusal is not None, f"not refused, it answered {self.result}"
        assert self.refusal.code == code, str(self.refusal)
        assert self.refusal.text.strip()
        return self

    def then_stage(self, live: str | None = None, on_deck: str | None = None, line: str = "") -> Scene:
        """The stage holds exactly this; `line` lists ids."""
        self.then_done()
        stage = self.the(Stage, "now")
        assert (stage.live, stage.on_deck, " ".join(stage.line)) == (live, on_deck, line)
        return self

    def the(self, kind: type[R], id: str) -> R:
        record = self.state.get(kind, id)
        assert record is not None, f"no {kind.KIND} {id}"
        return record

    def sees(self, who: str, kind: type[Record], id: str) -> View | None:
        """What a person, or a whole audience (`host`, `attendee`, `stage`), sees of a record."""
        record = self.state.get(kind, id)
        return None if record is None else seen_by(record, self._audience(who), who)

    def _audience(self, who: str) -> Audience:
        roles = self.about.roles
        return who if who in roles.audiences else roles.audience_of[self._role(who)]

    # how it is done

    def _role(self, who: str) -> Role:
        return self._roles.get(who, "attendee")

    def _arrive_first(self, who: str, command: str) -> None:
        named = SESSION.commands.get(command)
        if named is None or named.INTERNAL or who in self._roles or self._role(who) == "stage":
            return
        if self.state.get(SESSION.kinds["person"], who) is None:
            self._do(who, "arrive", None, PEOPLE)

    def _do(self, who: str, command: str, id: str | None, args: dict[str, Any]) -> Result:
        self._arrive_first(who, command)
        self.at += STEP_MS
        seq = self.state.position.seq + 1
        actor = Actor(who, who.capitalize(), self._role(who), self.at, id or f"id{seq}")
        draft = Draft(self.state)
        result = run(draft, actor, parse(command, args, self.about))
        entry = Entry(
            seq=seq, at=self.at, by=who, command=command, ref=f"r{seq}", result=result, changes=draft.keep()
        )
        sealed = seal(self.state.position, entry)
        self.entries.append(sealed)
        self.state.put(unseal(sealed, self.about.kinds), sealed.tag)
        return result


def parse(command: str, args: dict[str, Any], about: Topic = SESSION) -> Any:
    """As the socket does; what the server itself says is not accepted from there."""
    known = about.commands.get(command)
    if known is not None and known.INTERNAL:
        return msgspec.convert(args, known)
    return about.parse(command, args)


def seen_by(record: Record, audience: Audience, person: str) -> View | None:
    """What somebody sees of a record, told in the plainest way: their own view, else their audience's."""
    return record.own(person, audience) if person in record.owners else record.view(audience)
