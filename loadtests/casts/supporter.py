"""Supporter: when a question is in the spotlight, taps on the one that comes next.

This version of the server has no command for a contact ("bring me in touch with this asker"). The tap is a
`support` instead: as a contact would, it writes one record for a person and a question and changes one that
all see. The live question takes no support, so the tap goes to the one that is waiting behind it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from loadtests.casts.cast import Cast
from loadtests.seat import Seat
from webinar_server.demo.act import Act
from webinar_server.demo.watch import Asked, Live, News, Records

WAITING = ("open", "queued", "on_deck")


class Supporter(Cast):
    """Taps within `within` seconds of a question going live; `likes` is the chance to support any new one."""

    def __init__(self, seat: Seat, within: float, likes: float = 0.0) -> None:
        super().__init__(seat)
        self._within = within
        self._likes = likes

    def hear(self, news: News) -> Iterable[Act]:
        if isinstance(news, Live):
            question = next_waiting(self.watch.questions, self.watch.supported)
            if question is not None:
                yield self.act(self.rng.random() * self._within, "support", question=question)
        elif isinstance(news, Asked) and self.rng.random() < self._likes:
            yield self.act(self.rng.uniform(1, 5), "support", question=news.question)


def next_waiting(questions: Records, supported: Container[str]) -> str | None:
    """The oldest question that waits and is neither mine nor supported by me yet."""
    waiting = (
        (question["at"], id)
        for id, question in questions.items()
        if question["state"] in WAITING and not question.get("mine") and id not in supported
    )
    return min(waiting, default=(0, None))[1]
