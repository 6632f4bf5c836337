"""Number: an estimate, told as a distribution with its median and mean.

A few wild answers do not squeeze all others into one column: what lies far out is counted in the first and
the last (beyond three times the middle half's width, Tukey 1977).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING, ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.session.polls.ballots import Bin, Numbers
from webinar_server.session.polls.form import Form, Given
from webinar_server.state import View

if TYPE_CHECKING:
    from webinar_server.session.polls.ballots import Count
    from webinar_server.session.polls.poll import Poll

NUMBER_MAX = 1e12
BINS = 10
FAR = 3.0


class Estimate(Form):
    """Counted anew from all of them."""

    ANSWER: ClassVar[Literal["options", "number", "texts"]] = "number"
    ANEW: ClassVar[bool] = True

    def check(self, poll: Poll, given: Given) -> Given:
        number = plain(given.number or 0.0)
        low, high = limits(poll)
        if number is None or not low <= number <= high:
            raise Refusal("poll.number", f"Give a number from {low:g} to {high:g}.", field="number")
        return Given(number=number)

    def count(self, poll: Poll, values: Mapping[float, int]) -> Numbers | None:
        return numbers(values)

    def tally(self, poll: Poll, count: Count) -> View | None:
        found = count.numbers
        if found is None:
            return None
        bins = [{"from": one.from_, "to": one.to, "votes": one.votes} for one in found.bins]
        middle = {"median": found.median, "mean": found.mean, "low": found.low, "high": found.high}
        return {"count": sum(one.votes for one in found.bins), **middle, "bins": bins}


def plain(number: float) -> float | None:
    """A number of at most twelve digits, and none where it is no number or out of this world."""
    if not isfinite(number) or abs(number) > NUMBER_MAX:
        return None
    return float(f"{number:.12g}") + 0.0


def limits(poll: Poll) -> tuple[float, float]:
    low, high = (poll.number.low, poll.number.high) if poll.number else (None, None)
    return (-NUMBER_MAX if low is None else low, NUMBER_MAX if high is None else high)


def numbers(values: Mapping[float, int]) -> Numbers | None:
    """What came of numbers, each said so often; of none nothing."""
    there = sorted(number for number, votes in values.items() for _ in range(votes))
    if not there:
        return None
    return Numbers(
        median=plain(_at(there, 0.5)) or 0.0,
        mean=plain(sum(there) / len(there)) or 0.0,
        low=there[0],
        high=there[-1],
        bins=_bins(there),
    )


def _at(there: list[float], share: float) -> float:
    """The number below which that share of them lies."""
    place = (len(there) - 1) * share
    below, above = there[floor(place)], there[ceil(place)]
    return below + (above - below) * (place - floor(place))


def _bins(there: list[float]) -> tuple[Bin, ...]:
    """Columns of one round width that hold them all; each holds its lower end, the last one its upper,
    too."""
    first, third = _at(there, 0.25), _at(there, 0.75)
    reach = FAR * (third - first)
    near = [number for number in there if first - reach <= number <= third + reach] if reach else there
    width = _round_width((near[-1] - near[0]) / BINS)
    begin = floor(near[0] / width)
    most = max(floor(near[-1] / width) - begin, 0)
    found = [0] * (most + 1)
    for number in there:
        found[min(max(floor(number / width) - begin, 0), most)] += 1
    edges = [plain((begin + at) * width) or 0.0 for at in range(most + 2)]
    edges[0], edges[-1] = min(edges[0], there[0]), max(edges[-1], there[-1])
    return tuple(Bin(from_=edges[at], to=edges[at + 1], votes=votes) for at, votes in enumerate(found))


def _round_width(width: float) -> float:
    """The next one of 1, 2 and 5 times a power of ten."""
    if width <= 0:
        return 1.0
    power = 10.0 ** floor(log10(width))
    return next((step * power for step in (1, 2, 5) if step * power >= width), 10 * power)
