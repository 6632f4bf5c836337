"""Score of the week: what came of it between people, as numbers of which none tells of fewer than five.

Organisers decide who is shown it (`Mission.score`): nobody, they themselves, or everybody; whoever is shown
it is shown the same, so two who compare what they see learn no more. It is added up of tallies, which are
counted as things happen: it costs no join anything, and no more in a large mission than in a small one.
"""

from __future__ import annotations

from typing import Any, get_args

from webinar_server.mission.contacts import Where
from webinar_server.mission.mission import the_mission
from webinar_server.mission.roles import ORGANISERS
from webinar_server.mission.tallies import (
    FIRST,
    MEETINGS,
    MESSAGES,
    OTHERS,
    contacts_by,
    share_told,
    told,
)
from webinar_server.state import Records, Role

WHERES: tuple[Where, ...] = get_args(Where)


def score_of(records: Records) -> dict[str, Any]:
    """JSON-ready; what is told of nobody (yet) is `None`, which is all of what fewer than five people did.

    `contacts` are pairs who both agreed, the sum of those of `began`, by where each began. `meetings` were
    agreed, `messages` written. `voices` are people whose question was live, `first` those of them to whom it
    happened in the first session they came to. `greeted` is the share of those who came, in per cent, rounded
    down to tens; 100 says that all but fewer than five were.
    """
    began = {where: told(records, contacts_by(where)) for where in WHERES}
    first, others = told(records, FIRST), told(records, OTHERS)
    numbers = {
        "contacts": sum(began.values()),
        "meetings": told(records, MEETINGS),
        "messages": told(records, MESSAGES),
        "voices": first + others,
        "first": first,
    }
    return {
        **_or_none(numbers),
        "greeted": share_told(records),
        "began": _or_none(began),
    }


def is_shown_to(records: Records, role: Role) -> bool:
    """Whether somebody of that role is shown the score."""
    shown = the_mission(records).score
    return shown == "all" or (shown == "organisers" and role in ORGANISERS)


def _or_none(numbers: dict[Any, int]) -> dict[Any, int | None]:
    return {name: number or None for name, number in numbers.items()}
