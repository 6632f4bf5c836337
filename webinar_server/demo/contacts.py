"""Who of the audience would like to talk to the reader once that is live, why, and how they go on. Pure.

Those whose organisation offers what the reader seeks, or seeks what the reader offers, follow the mission
beside the session and tap while the reader is in the picture. The reader is Dutch: who shares that language
writes it to them, whatever they speak in the session.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from webinar_server.demo.cast import Guest
from webinar_server.demo.script import SESSION
from webinar_server.demo.watch import Accepted, Live, Proposed, Written
from webinar_server.demo.wishes import WISHES

Language = Literal["nl", "en"]
Step = tuple[float, str, dict[str, Any]]

TAPPERS = 14
FEW = 3
"""So many at least, whatever a small audience offers."""

FITS: dict[Language, tuple[str, ...]] = {
    "en": (
        "We do {tag}. Ten minutes this week?",
        "You asked what our customers ask; {tag} is what we are made for.",
        "{tag}: we have a site you can visit.",
        "We solved this in {city}. I can show you the figures.",
    ),
    "nl": (
        "Wij doen {tag}. Tien minuten deze week?",
        "Precies onze vraag van vorig jaar; {tag} is waar wij voor gemaakt zijn.",
        "{tag}: kom gerust eens bij ons kijken.",
        "In {city} hebben we dit opgelost. Ik laat je de cijfers graag zien.",
    ),
}
IN_DUTCH = {
    "depot charging": "laden op het depot",
    "fleet leasing": "lease van een wagenpark",
    "pilot sites": "een plek voor een proef",
}
"""How the reader's tags are called within a Dutch sentence."""

OTHERS: dict[Language, tuple[str, ...]] = {
    "en": ("We have the same question in {city}. Shall we compare notes?", "Your question is ours, too."),
    "nl": ("We hebben dezelfde vraag in {city}. Zullen we vergelijken?", "Jouw vraag is ook de onze."),
}
THANKS: dict[Language, tuple[str, ...]] = {
    "en": (
        "Thank you for saying yes! When would suit you?",
        "Good to be in touch. Shall we find a quarter of an hour?",
    ),
    "nl": ("Dank voor je ja! Wanneer komt het uit?", "Fijn. Zullen we een kwartier zoeken?"),
}
ANSWERS: dict[Language, tuple[str, ...]] = {
    "en": (
        "Good point, I will ask our engineers.",
        "Gladly. Propose a time, and I will be there.",
        "Yes, that is just it.",
    ),
    "nl": (
        "Goed punt, ik vraag het na.",
        "Graag. Stel een moment voor, dan ben ik er.",
        "Ja, dat is het precies.",
    ),
}


class Reader(NamedTuple):
    """The participant whose links the reader of the demo gets."""

    id: str
    organisation: str
    offers: tuple[str, ...]
    seeks: tuple[str, ...]


def interested(guests: Sequence[Guest], reader: Reader) -> list[int]:
    """The numbers of those who tap."""
    fitting = [number for number, guest in enumerate(guests) if _fits(guest, reader)]
    others = [number for number in range(len(guests)) if number not in fitting]
    return [*fitting, *others[: max(0, FEW - len(fitting))]][:TAPPERS]


def to_live(news: Live, guest: Guest, rng: random.Random, reader: Reader) -> Iterator[Step]:
    """A tap, if it is the reader whom they see, by name or as their organisation."""
    seen = reader.id if news.asker else reader.organisation
    if seen not in (news.asker, news.organisation) or not seen:
        return
    target = {"where": "spotlight", "session": SESSION, "question": news.question}
    tag, tongue = _fits(guest, reader), _tongue(guest)
    lines = (FITS if tag else OTHERS)[tongue]
    reason = rng.choice(lines).format(tag=_within(tag, tongue), city=guest.organisation.city)
    yield rng.uniform(4, 24), "ask_contact", target | {"reason": reason[:1].upper() + reason[1:]}


def to_accepted(news: Accepted, guest: Guest, rng: random.Random) -> Iterator[Step]:
    yield rng.uniform(4, 9), "write", {"to": news.whom, "text": rng.choice(THANKS[_tongue(guest)])}


def to_written(news: Written, guest: Guest, rng: random.Random) -> Iterator[Step]:
    yield rng.uniform(5, 10), "write", {"to": news.whom, "text": rng.choice(ANSWERS[_tongue(guest)])}


def to_proposed(news: Proposed, rng: random.Random) -> Iterator[Step]:
    yield rng.uniform(6, 12), "accept_meeting", {"meeting": news.text, "starts_at": news.at}


def _tongue(guest: Guest) -> Language:
    return "nl" if guest.organisation.country in ("NL", "BE") else guest.language


def _within(tag: str, language: Language) -> str:
    """A tag as it stands within a sentence."""
    small = tag[:1].lower() + tag[1:]
    return IN_DUTCH.get(small, small) if language == "nl" else small


def _fits(guest: Guest, reader: Reader) -> str:
    """What one has that the other wants."""
    wishes = WISHES[guest.organisation.name]
    found = [tag for tag in wishes.offers if tag in reader.seeks]
    found += [tag for tag in wishes.seeks if tag in reader.offers]
    return found[0] if found else ""
