"""Follow-ups: what stands in a letter of the leads that somebody is reminded of, a line each."""

from __future__ import annotations

from collections.abc import Mapping

from webinar_server.mission.leads import Lead
from webinar_server.mission.letters import Letter
from webinar_server.mission.reminders import reminded_since
from webinar_server.mission.reminding import ReminderKind
from webinar_server.post.words import Language
from webinar_server.state import Records

FOLLOW_UPS_MAX = 10
"""Leads that a letter names; all are on the page."""

WORDS: Mapping[Language, Mapping[ReminderKind | str, str]] = {
    "en": {
        "three": "{who}: three days ago you got in contact. Nothing is noted yet.",
        "fourteen": "{who}: two weeks ago you got in contact. Nothing is noted yet.",
        "day": "{who}: today is the day of “{step}”.",
        "day_alone": "{who}: today is the day that you noted.",
        "more": "And {count} more.",
    },
    "nl": {
        "three": "{who}: drie dagen geleden legden jullie contact. Er is nog niets genoteerd.",
        "fourteen": "{who}: twee weken geleden legden jullie contact. Er is nog niets genoteerd.",
        "day": "{who}: vandaag is de dag van ‘{step}’.",
        "day_alone": "{who}: vandaag is de dag die je noteerde.",
        "more": "En nog {count}.",
    },
}


def follow_ups(records: Records, letter: Letter, language: Language) -> list[str]:
    """Of who asked for nothing more since: those first whose day it is."""
    leads = reminded_since(records, letter.to, letter.since or letter.asked)
    lines = [_line(lead, language) for lead in leads[:FOLLOW_UPS_MAX]]
    more = len(leads) - len(lines)
    return [*lines, *([WORDS[language]["more"].format(count=more)] if more else [])]


def _line(lead: Lead, language: Language) -> str:
    assert lead.reminder is not None
    who = f"{lead.name} ({lead.organisation})" if lead.organisation else lead.name
    alone = lead.reminder.kind == "day" and not lead.next_step
    return WORDS[language]["day_alone" if alone else lead.reminder.kind].format(who=who, step=lead.next_step)
