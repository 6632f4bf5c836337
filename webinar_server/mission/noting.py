"""Noting: what somebody writes of a lead of theirs, for themselves alone, and what they do next.

      change_lead: notes, tags, next step, day, done
──────────────────────────────────────────────────────▶ …
      drop_lead: this side is gone
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar

from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.mission.leads import answered, mine
from webinar_server.mission.mission import day_number
from webinar_server.state import Actor, Command, Draft, Record, replace
from webinar_server.words.sizes import so_many, up_to
from webinar_server.words.text import clean, clean_or_empty, is_filled

NOTES_MAX = 1_000
TAG_MAX = 40
TAGS_MAX = 10
STEP_MAX = 160


class ChangeLead(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Write down what is given; what is left out stays."""

    NAME: ClassVar[str] = "change_lead"

    lead: Annotated[str, up_to(100)]
    notes: Annotated[str, up_to(NOTES_MAX)] | UnsetType = UNSET
    tags: Annotated[tuple[Annotated[str, up_to(TAG_MAX)], ...], so_many(0, TAGS_MAX)] | UnsetType = UNSET
    next_step: Annotated[str, up_to(STEP_MAX)] | UnsetType = UNSET
    due: Annotated[str, up_to(10)] | UnsetType = UNSET
    done: bool | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        lead = mine(draft, actor, self.lead)
        given = {name: getattr(self, name) for name in self.__struct_fields__ if name != "lead"}
        said = {name: _CLEAN[name](value) for name, value in given.items() if value is not UNSET}
        changed = replace(lead, **said)
        if changed != lead:
            draft.put(answered(changed, actor.at))


class DropLead(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """My side of a contact is gone, with what I wrote; the other keeps theirs."""

    NAME: ClassVar[str] = "drop_lead"

    lead: Annotated[str, up_to(100)]

    def run(self, draft: Draft, actor: Actor) -> None:
        draft.drop(mine(draft, actor, self.lead))


def _clean_notes(notes: str) -> str:
    return clean(notes, "lead", NOTES_MAX, lines=True, field="notes") if is_filled(notes) else ""


def _clean_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    if len(tags) > TAGS_MAX:
        raise Refusal("lead.tags", f"At most {TAGS_MAX} tags.", field="tags")
    cleaned = [clean(tag, "lead", TAG_MAX, field="tags") for tag in tags if is_filled(tag)]
    return tuple({tag.casefold(): tag for tag in reversed(cleaned)}.values())[::-1]


def _clean_step(step: str) -> str:
    return clean_or_empty(step, "lead", STEP_MAX, field="next_step")


def _clean_day(day: str) -> str:
    if day:
        day_number(day, "due")
    return day


_CLEAN: Mapping[str, Callable[[Any], Any]] = {
    "notes": _clean_notes,
    "tags": _clean_tags,
    "next_step": _clean_step,
    "due": _clean_day,
    "done": bool,
}

RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [ChangeLead, DropLead]
