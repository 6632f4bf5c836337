"""Limits of meetings: what one person may propose to others in a mission, and keep; as in `limits.py`."""

from __future__ import annotations

from collections.abc import Mapping

from webinar_server.limits import Rate

PACES: Mapping[str, Rate] = {
    "propose_meeting": Rate(1.0, 10),
    "propose_other_times": Rate(1.0, 10),
    "accept_meeting": Rate(1.0, 10),
    "decline_meeting": Rate(1.0, 10),
    "change_meeting": Rate(0.5, 10),
    "cancel_meeting": Rate(1.0, 10),
    "keep_diary": Rate(1.0, 10),
}
"""As `COMMANDS` of `limits.py`."""

PROPOSED_A_DAY = 30
"""Meetings that one proposes within 24 hours."""

PROPOSED_EACH = 3
"""Of those that wait for one person's answer."""

MEETINGS_MAX = 300
"""Of one person; of more the oldest goes that will not be, and where there is none, no more are proposed."""

FREE_TIMES = Rate(1.0, 10)
"""By participant: looks at when both are free."""
