"""Snapshots: a state as it is kept (msgpack)."""

from __future__ import annotations

import msgspec

from webinar_server.state.answers import Answer, Answered, Answers, without_times
from webinar_server.state.entry import Position
from webinar_server.state.record import Record
from webinar_server.state.roles import Audience
from webinar_server.state.sight import Owning, Sight, sight_of_all


class Kept(msgspec.Struct, array_like=True):
    """A record or tombstone in a snapshot; `sight` is missing where it is that of all."""

    kind: str
    id: str
    seq: int
    record: msgspec.Raw
    sight: list[tuple[Audience, str, int]] | None = None


class Dump(msgspec.Struct, array_like=True):
    """A snapshot. What came later stands last, so that a worker of before reads those of its successor."""

    position: Position
    horizon: int
    records: list[Kept]
    answers: list[Answered] | dict[str, dict[str, Answer]]
    tags: list[tuple[int, str]]
    version: int = 1
    commands: list[str] = []

    def load_answers(self, answers: Answers) -> None:
        if isinstance(self.answers, dict):
            answers.load(without_times(self.answers), ())
        else:
            answers.load(self.answers, self.commands)


class _Glanced(msgspec.Struct, array_like=True):
    kind: str


class _Glance(msgspec.Struct, array_like=True):
    position: msgspec.Raw
    horizon: msgspec.Raw
    records: list[_Glanced]


_GLANCE = msgspec.msgpack.Decoder(_Glance)


def may_hold(data: bytes, *kinds: str) -> bool:
    """Whether there are records of these kinds in a snapshot, for a hundredth of what loading it takes;
    also where that cannot be told."""
    try:
        return any(record.kind in kinds for record in _GLANCE.decode(data).records)
    except msgspec.DecodeError:
        return True


def flat(sight: Sight | None) -> list[tuple[Audience, str, int]] | None:
    return None if sight is None else [(*looker, at) for looker, at in sight.items()]


def kept_sight(kept: Kept, record: Record | None, owning: Owning) -> Sight:
    if kept.sight is not None:
        return {(audience, who): at for audience, who, at in kept.sight}
    return {} if record is None else sight_of_all(record, kept.seq, owning)
