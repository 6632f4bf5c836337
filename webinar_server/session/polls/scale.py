"""Scale: a step from one end to the other, each end with a name; told with its mean and how far apart people
are."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.session.polls.form import Form, Given, Weights
from webinar_server.state import View

if TYPE_CHECKING:
    from webinar_server.session.polls.ballots import Count
    from webinar_server.session.polls.poll import Poll


class Scaled(Form):
    """Counted by step."""

    ANSWER: ClassVar[Literal["options", "number", "texts"]] = "number"

    def check(self, poll: Poll, given: Given) -> Given:
        if given.number not in steps(poll):
            raise Refusal("poll.step", "Choose one of the steps of this scale.")
        return Given(number=float(given.number))  # type: ignore[arg-type]

    def adds(self, poll: Poll, given: Given) -> Weights:
        return tuple(int(step == given.number) for step in steps(poll))

    def tally(self, poll: Poll, count: Count) -> View:
        mean, spread = mean_and_spread(steps(poll), count.votes)
        return {"votes": list(count.votes), "mean": mean, "spread": spread}


def steps(poll: Poll) -> range:
    return range(poll.scale.from_, poll.scale.to + 1) if poll.scale else range(0)


def mean_and_spread(steps: range, votes: tuple[int, ...]) -> tuple[float, float]:
    """To the hundredth; the spread is the standard deviation of what these people said."""
    people = sum(votes)
    if not people:
        return 0.0, 0.0
    mean = sum(step * of for step, of in zip(steps, votes, strict=True)) / people
    square = sum((step - mean) ** 2 * of for step, of in zip(steps, votes, strict=True)) / people
    return round(mean, 2), round(sqrt(square), 2)
