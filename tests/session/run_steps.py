"""Steps of the run of show, for histories in any order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from webinar_server.errors import Refusal
from webinar_server.session.run.records import Segment, SegmentKind, the_run
from webinar_server.state import State

KINDS = get_args(SegmentKind)
Args = dict[str, Any]


def _segment(state: State, pick: int) -> str:
    order = the_run(state).order
    return order[pick % len(order)] if order and pick != 40 else "none"


def _leaving(state: State, pick: int) -> str:
    """Mostly the one that is on."""
    ran = the_run(state).ran
    return ran[-1].segment if ran and pick % 4 else _segment(state, pick)


def _length(state: State, id: str) -> int:
    segment = state.get(Segment, id)
    return segment.length if segment else 1


def _few(state: State) -> Args:
    """No more go at once than a state with little memory remembers."""
    if len(the_run(state).order) > 3:
        raise Refusal("segment.full", "Not now.")
    return {}


def _extend(state: State, step: Any) -> Args:
    id = _segment(state, step.pick)
    return {"segment": id, "was": _length(state, id) + step.other % 2, "minutes": 1 + step.other % 5}


def _cut(state: State, step: Any) -> Args:
    id = _segment(state, step.pick)
    return {"cuts": [{"segment": id, "minutes": step.other % 6, "was": _length(state, id)}]}


RUN: dict[str, Callable[[State, Any], Args]] = {
    "add_segment": lambda state, step: {
        "kind": KINDS[step.pick % len(KINDS)],
        "minutes": 1 + step.other,
        "before": _segment(state, step.other) if step.other % 3 == 0 else None,
    },
    "change_segment": lambda state, step: {"segment": _segment(state, step.pick), "minutes": 1 + step.other},
    "move_segment": lambda state, step: {
        "segment": _segment(state, step.pick),
        "before": _segment(state, step.other) if step.other % 2 else None,
    },
    "remove_segment": lambda state, step: {"segment": _segment(state, step.pick)},
    "fill_run": lambda state, step: {"example": "good" if step.pick % 2 else "bad"},
    "empty_run": lambda state, step: _few(state),
    "start_run": lambda state, step: {},
    "next_segment": lambda state, step: {"leaving": _leaving(state, step.pick)},
    "back_segment": lambda state, step: {"leaving": _leaving(state, step.pick)},
    "end_run": lambda state, step: {"leaving": _leaving(state, step.pick)},
    "extend_segment": _extend,
    "show_run": lambda state, step: {"on_stage": step.pick % 2 == 0},
    "check_run": lambda state, step: {},
    "propose_cuts": lambda state, step: {},
    "cut_segments": _cut,
    "say_cue": lambda state, step: {"ready": "slower", "text": f"cue {step.pick}"},
    "clear_cue": lambda state, step: {},
}


def check_run(state: State) -> None:
    """What holds of it after any history."""
    run = the_run(state)
    assert sorted(run.order) == sorted(segment.id for segment in state.all(Segment))
    ran = [one.segment for one in run.ran]
    assert len(set(ran)) == len(ran) and set(ran) <= set(run.order), "each is on once"
    assert all(one.ended_at is not None for one in run.ran[:-1]), "one at a time"
    assert bool(run.ran) == (run.planned_end is not None)
    if run.ran:
        assert (run.ran[-1].ended_at is None) == (run.ended_at is None)
