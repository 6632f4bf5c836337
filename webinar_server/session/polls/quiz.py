"""Quiz: a choice of which some options are right; of a choice of many, all of these and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webinar_server.session.polls.choice import Choice

if TYPE_CHECKING:
    from webinar_server.session.polls.poll import Poll


class Quiz(Choice):
    """Counted as a choice is; which are right is told with the results."""


def is_right(poll: Poll, options: tuple[str, ...]) -> bool:
    """Whether an answer is."""
    if poll.choose == "one":
        return bool(options) and options[0] in poll.right
    return set(options) == set(poll.right)
