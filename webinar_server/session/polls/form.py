"""A form: what an answer to a poll is, whether it is one, how it is counted, and what is told of that.

Each kind of poll is a file with one of these, and a line in `forms.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

import msgspec

from webinar_server.errors import Refusal
from webinar_server.state import View

if TYPE_CHECKING:
    from webinar_server.session.polls.ballots import Chosen, Count
    from webinar_server.session.polls.poll import Poll

Weights = tuple[int, ...]


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it comes, in one of three ways; in none it is taken back."""

    options: tuple[str, ...] = ()
    number: float | None = None
    texts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Given()

    @property
    def key(self) -> Chosen:
        """What tells two answers apart."""
        if self.texts:
            words = "\n".join(self.texts).encode()
            return (hashlib.blake2b(words, digest_size=8).hexdigest(),)
        return self.options if self.number is None else (repr(self.number),)


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """What people said, as it is spelled most often, and how many said it."""

    text: str
    votes: int


class Form:
    """What every kind has; each says what of it is otherwise."""

    ANSWER: ClassVar[Literal["options", "number", "texts"]] = "options"
    """By which of the three it is answered."""
    ANEW: ClassVar[bool] = False
    """Whether a count needs all answers, and not only what one adds to it."""

    @property
    def has_options(self) -> bool:
        return self.ANSWER == "options"

    def check(self, poll: Poll, given: Given) -> Given:
        """The answer as it is kept. Raises Refusal `poll.…` for one that is none to this poll."""
        raise NotImplementedError(type(self).__name__)

    def adds(self, poll: Poll, given: Given) -> Weights:
        """What an answer, or none, adds to the count."""
        return ()

    def gather(self, said: Iterable[Word]) -> tuple[Word, ...]:
        """Of a form of words, what is said in each way put together."""
        return tuple(said)

    def count(self, poll: Poll, values: Mapping[float, int]) -> object:
        """Of a form of numbers, what came of them."""
        return None

    def tally(self, poll: Poll, count: Count) -> View | None:
        """What is told beside the votes of its options, if anything is."""
        return None


def answered(form: Form, poll: Poll, given: Given) -> Given:
    """An answer, checked; empty if it is taken back. Raises Refusal `poll.answer` where it comes in another
    way than this kind of poll is answered in."""
    if given.is_empty:
        return given
    if any(getattr(given, way) != getattr(Given(), way) for way in _WAYS if way != form.ANSWER):
        raise Refusal("poll.answer", f"This poll is answered by {form.ANSWER}.")
    return form.check(poll, given)


_WAYS = ("options", "number", "texts")
