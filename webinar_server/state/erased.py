"""Erased: that somebody was, by an id that tells nothing more.

    erase: their records go, what others' point to loses its name
    ─────────────────────▶ PENDING ──log_cut: what the log held of before is given up──▶ done

The id alone stays, so that nobody of it comes in again, and what an older copy of the log brings back is
erased once more. As long as it is pending, whoever has the topic open has the log cut (`live/erasing.py`);
so it is finished whichever worker ends meanwhile.
"""

from __future__ import annotations

from typing import ClassVar

from webinar_server.state.record import Unseen


class Erased(Unseen, frozen=True, kw_only=True):
    """Somebody whose id it has was erased at a time (Unix ms). `left` names what of the log could not be made
    to forget."""

    KIND: ClassVar[str] = "erased"
    INDEXES: ClassVar[tuple[str, ...]] = ("pending",)

    at: int
    done: bool = False
    left: tuple[str, ...] = ()

    @property
    def pending(self) -> str | None:
        return None if self.done else "yes"
