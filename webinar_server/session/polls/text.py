"""Text: an answer in one's own words. The same words are one answer, with how many gave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Literal

from webinar_server.errors import Refusal
from webinar_server.session.polls.form import Form, Given, Word
from webinar_server.words.folding import folded
from webinar_server.words.text import clean

if TYPE_CHECKING:
    from webinar_server.session.polls.poll import Poll

TEXT_MAX = 300


class Text(Form):
    """Told as answers, once they were looked at."""

    ANSWER: ClassVar[Literal["options", "number", "texts"]] = "texts"
    ANEW: ClassVar[bool] = True
    MOST: ClassVar[int] = 1
    LONGEST: ClassVar[int] = TEXT_MAX

    def check(self, poll: Poll, given: Given) -> Given:
        if len(given.texts) > self.MOST:
            raise Refusal("poll.texts", f"At most {self.MOST}, please.", field="texts")
        texts = [clean(text, "poll", self.LONGEST, field=f"texts.{n}") for n, text in enumerate(given.texts)]
        return Given(texts=tuple({key(text): text for text in texts}.values()))

    def gather(self, said: Iterable[Word]) -> tuple[Word, ...]:
        """Each as it is spelled most often, by its letters."""
        spelled: dict[str, Counter[str]] = {}
        for word in said:
            spelled.setdefault(key(word.text), Counter())[word.text] += word.votes
        return tuple(
            Word(text=min(of, key=lambda text: (-of[text], text)), votes=of.total())
            for _, of in sorted(spelled.items())
        )


def key(text: str) -> str:
    """What is the same of words however they are spelled: case, accents, hyphens and spaces left out."""
    return folded(text).replace(" ", "") or text
