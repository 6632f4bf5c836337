"""Ranking: the options in an order of one's own, all of them or the first few.

Of n options the first gets n points, the next n - 1 …, and one that was left out none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webinar_server.session.polls.choice import among
from webinar_server.session.polls.form import Form, Given, Weights

if TYPE_CHECKING:
    from webinar_server.session.polls.ballots import Count
    from webinar_server.session.polls.poll import Poll


class Ranking(Form):
    """Counted by how many put an option first, and then by its points."""

    def check(self, poll: Poll, given: Given) -> Given:
        among(poll, given.options)
        return given

    def adds(self, poll: Poll, given: Given) -> Weights:
        place = {id: at for at, id in enumerate(given.options)}
        most = len(poll.options)
        firsts = tuple(int(place.get(option.id) == 0) for option in poll.options)
        points = tuple(most - place[option.id] if option.id in place else 0 for option in poll.options)
        return firsts + points


def scores(poll: Poll, count: Count) -> list[float]:
    """Points of each option, of one person on average, to the hundredth."""
    points = count.votes[len(poll.options) :]
    return [round(point / count.voters, 2) if count.voters else 0.0 for point in points]
