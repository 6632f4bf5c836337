"""Weeks: what a mission tells hosts of somebody's week, once others in it were erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from webinar_server.state import View, replace


def week_without(week: View | None, is_out: Callable[[str], bool]) -> View | None:
    """What is told of somebody's week, with no word of those who are out."""
    if not week:
        return week
    greeted, colleague = week.get("greeted") or {}, week.get("colleague") or {}
    ids = {"greeted": (greeted.get("by"),), "colleague": (colleague.get("id"), colleague.get("by"))}
    return {
        name: value for name, value in week.items() if not any(is_out(id or "") for id in ids.get(name, ()))
    }


def unsigned(greeting: Any, person: str) -> Any:
    """A greeting, of nobody where it was of that person."""
    return replace(greeting, by="", name="") if greeting and greeting.by == person else greeting
