"""Limits of conversations: what one person may write to those whom they are connected with, and what is kept
of it; as in `limits.py`. Each counts what they did themselves alone."""

from __future__ import annotations

from collections.abc import Mapping

from webinar_server.limits import Rate

PACES: Mapping[str, Rate] = {
    "write": Rate(2.0, 10),
    "read_conversation": Rate(0.5, 20),
    "report_message": Rate(5.0, 5),
}
"""As `COMMANDS` of `limits.py`."""

WRITTEN_A_DAY = 500
"""Messages that one writes within 24 hours, from the first of them."""

WRITTEN_MAX = 1_000
"""Messages of a conversation; of more the oldest goes, on both sides."""

LAST_MAX = 100
"""Characters of the newest message that come with its conversation: what a line of a list has room for."""

REPORTED_A_DAY = 20
"""Messages that one reports within 24 hours, from the first of them."""

REPORTED_MAX = 300
"""Reports that wait for the organisers of a mission."""
