"""Limits of contacts: what one person may ask of others in a mission, and hold of it; as in `limits.py`.

Each counts what they did themselves alone: by none of them could somebody learn what others made of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from webinar_server.limits import Rate

PACES: Mapping[str, Rate] = {
    "ask_contact": Rate(2.0, 10),
    "withdraw_contact": Rate(1.0, 10),
    "accept_contacts": Rate(1.0, 20),
    "put_off_contacts": Rate(1.0, 20),
    "decline_contacts": Rate(1.0, 20),
    "block": Rate(2.0, 10),
    "unblock": Rate(2.0, 10),
    "change_lead": Rate(0.5, 20),
    "drop_lead": Rate(0.5, 20),
    "want_reminders": Rate(1.0, 10),
    "drop_reminders": Rate(1.0, 20),
    "ask_sharing": Rate(2.0, 10),
    "agree_sharing": Rate(2.0, 10),
    "end_sharing": Rate(2.0, 10),
}
"""As `COMMANDS` of `limits.py`."""

ASKED_A_DAY = 40
"""People whom one asks for contact within 24 hours."""

ASKED_MAX = 200
"""Of them, those who have not accepted yet, and whom nobody withdrew from."""

REQUESTS_MAX = 500
"""Who waits for one person's answer; of more the oldest goes, and whoever asked is told nothing of it."""

SHARINGS_MAX = 20
"""Colleagues with whom one shares one's leads, or whom one asked to."""

BLOCKED_MAX = 500
LEADS_MAX = 2_000

LEAD_LISTS = Rate(10.0, 10)
"""By participant: files of all their leads, of which 1,000 take a fifth of a second."""
