"""Forgotten: that what the log holds of something from before is to be given up.

    a noun puts it, in the entry that lets go of what it knew
    ─────────────────────▶ PENDING ──log_cut: the log was cut below that entry──▶ gone

As with somebody who was erased (`erased.py`), any worker that has the topic open goes on with it.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.state.record import Unseen


class Forgotten(Unseen, frozen=True, kw_only=True):
    """What it was about has the same id; `at` is when it was let go of (Unix ms)."""

    KIND: ClassVar[str] = "forgotten"

    at: int
