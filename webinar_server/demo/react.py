"""How a guest answers what happens: votes, thanks, support, applause. Pure, and repeatable by seed.

Chance comes from the seed, the guest and what the news is about, so the order in which news comes, and a
reconnection that brings it twice, change nothing. What few should do is rarer in a larger audience.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Any

from webinar_server.demo import contacts, texts_en, texts_nl
from webinar_server.demo.act import PULSE, Act
from webinar_server.demo.cast import Guest
from webinar_server.demo.contacts import Reader
from webinar_server.demo.script import POLLS, Lines, Texts, fill
from webinar_server.demo.watch import (
    Accepted,
    Answered,
    Asked,
    Greeted,
    Live,
    News,
    OnDeck,
    PollOpened,
    PollRevealed,
    Proposed,
    Written,
)

TEXTS = {"nl": texts_nl.TEXTS, "en": texts_en.TEXTS}
VOTERS = 0.86
"""Share of the audience that votes when a poll opens."""
WAVERS = 0.5
"""Share of those greeted who wave back while the card is there."""

_Step = tuple[float, str, dict[str, Any]]


class Reactions:
    """The audience's answers to news, as acts `at` so many seconds from now."""

    def __init__(self, guests: list[Guest], seed: int, reader: Reader | None = None) -> None:
        self._guests = guests
        self._seed = seed
        self._reader = reader
        self.interested = contacts.interested(guests, reader) if reader else []
        # whether the reader's question, as it was seen last, was Dutch
        self._dutch = False

    def to(self, news: News, number: int) -> list[Act]:
        """What guest `number` does about a piece of news; mostly nothing."""
        guest = self._guests[number]
        rng = random.Random(f"{self._seed}/{guest.id}/{type(news).__name__}/{news.text}")
        steps = list(_Answer(guest, rng, 1 / len(self._guests)).steps(news))
        if isinstance(news, Accepted):
            steps += contacts.to_accepted(news, contacts.tongue_of(guest, self._dutch), rng)
        if isinstance(news, Live) and self._reader and number in self.interested:
            taps = list(contacts.to_live(news, guest, rng, self._reader))
            if taps:
                self._dutch = contacts.is_dutch(news.text)
            steps += taps
        return [Act(round(wait, 2), number, command, args) for wait, command, args in steps]


class _Answer:
    """One guest's answer to one piece of news. `one` is the chance at which one person of all does it."""

    def __init__(self, guest: Guest, rng: random.Random, one: float) -> None:
        self._guest = guest
        self._rng = rng
        self._one = one
        self._texts: Texts = TEXTS[guest.language]

    def steps(self, news: News) -> Iterable[_Step]:
        match news:
            case Greeted():
                return self._to_greeting(news)
            case PollOpened():
                return self._to_poll(news)
            case PollRevealed():
                return [
                    *self._say(2 * self._one, self._texts.about_poll, 3),
                    *self._pulse(0.08, "wow", "agree"),
                ]
            case Asked():
                return self._to_question(news)
            case OnDeck():
                return self._to_deck(news)
            case Live(mine=True):
                return self._say(0.9, self._texts.thanks_for_spotlight, 5)
            case Live():
                return self._to_spotlight()
            case Answered(mine=True):
                return self._say(0.9, self._texts.thanks_for_answer, 6)
            case Answered():
                return self._pulse(0.2, "clap", "clap", "agree")
            case Accepted():
                return []
            case Written():
                return contacts.to_written(news, self._guest, self._rng)
            case Proposed():
                return contacts.to_proposed(news, self._rng)

    def _to_greeting(self, news: Greeted) -> Iterator[_Step]:
        yield from self._say(0.75, self._texts.thanks_for_greeting, 5, host=news.text)
        yield from self._pulse(0.4, "heart")
        if self._rng.random() < WAVERS:
            yield self._rng.uniform(1.5, 6), "wave_back", {}

    def _to_poll(self, news: PollOpened) -> Iterator[_Step]:
        if self._rng.random() > VOTERS:
            return
        wait = min(1.0 + self._rng.expovariate(1 / 3.0), 11.0)
        yield wait, "vote", {"poll": news.poll, "options": self._choice(news)}
        if self._rng.random() < 0.05:  # on second thoughts
            yield wait + self._rng.uniform(3, 9), "vote", {"poll": news.poll, "options": self._choice(news)}
        yield from self._say(2 * self._one, self._texts.about_poll, 8)

    def _to_question(self, news: Asked) -> Iterator[_Step]:
        # how many like a question depends on the question, who they are on each
        appeal = random.Random(news.text).betavariate(1.3, 9)
        if self._rng.random() < appeal:
            yield 3 + self._rng.expovariate(1 / 50), "support", {"question": news.question}

    def _to_deck(self, news: OnDeck) -> Iterator[_Step]:
        organisation = self._guest.organisation
        if self._rng.random() < 0.8:
            wait = self._rng.uniform(4, 10)
            yield wait, "introduce", {"pitch": organisation.pitch, "link": self._guest.link}
        if news.shown == "anonymous" and self._rng.random() < 0.5:
            wait = self._rng.uniform(3, 8)
            yield wait, "show_as", {"question": news.question, "shown": "organisation"}

    def _to_spotlight(self) -> Iterator[_Step]:
        yield from self._say(4 * self._one, self._texts.good_question, 4)
        yield from self._pulse(0.1, "agree", "idea", "clap")

    def _choice(self, news: PollOpened) -> list[str]:
        weights = _leaning(news)
        if not news.many:
            return self._rng.choices(news.options, weights)
        most = max(weights)
        pairs = zip(news.options, weights, strict=True)
        chosen = [id for id, weight in pairs if self._rng.random() < 0.7 * weight / most]
        return chosen or self._rng.choices(news.options, weights)

    def _say(self, chance: float, lines: Lines, wait: float, host: str = "") -> Iterator[_Step]:
        if self._rng.random() < chance:
            text = fill(self._rng.choice(lines), self._guest, self._rng, self._texts, host)
            yield self._rng.uniform(0.5, 1.6) * wait, "say", {"text": text}

    def _pulse(self, chance: float, *reactions: str) -> Iterator[_Step]:
        if self._rng.random() < chance:
            yield 0.8 + self._rng.expovariate(1 / 2.5), PULSE, {"reaction": self._rng.choice(reactions)}


def _leaning(news: PollOpened) -> tuple[float, ...]:
    """How the audience leans: as the script says for its own polls, else by the question's words."""
    for poll in POLLS:
        if poll.question == news.text and len(poll.weights) == len(news.options):
            return poll.weights
    taste = random.Random(news.text)
    return tuple(0.15 + taste.random() ** 1.5 for _ in news.options)
