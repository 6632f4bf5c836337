"""Manners: which refusals are part of an ordinary hour, and which are failures. Pure."""

from __future__ import annotations

TRIES = 4
"""How often a command is sent while the server asks to wait (`retry_after`)."""

_RACES = {
    "vote": ("poll.closed", "poll.revealed"),
    "support": ("question.not_open", "question.yours"),
    "unsupport": ("question.not_open", "question.yours"),
    "withdraw": ("question.",),
    "show_as": ("question.",),
    "deck": ("question.",),
    "queue": ("question.",),
    "spotlight": ("question.", "stage.taken"),
    "answer": ("question.",),
    "approve": ("question.",),
}
"""What people run into who act on a screen that is a moment old, by the beginning of the code."""


def expected(command: str, code: str) -> bool:
    """Whether somebody who acts in good faith may be told this."""
    return code.startswith(("session.closed", "pace.", *_RACES.get(command, ())))
