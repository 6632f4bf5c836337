"""The cast: about 300 invented people of a Dutch–Californian mission on smart and electric mobility. Pure.

The same seed brings the same people with the same ids, so that a second demo shows familiar faces.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Literal, NamedTuple

from webinar_server.demo import names
from webinar_server.demo.names import Spoken
from webinar_server.demo.organisations import ORGANISATIONS, Organisation

Language = Literal["nl", "en"]
CAST_MAX = 1_000
SPEAKERS = 2
EARLIER = 0.6
"""Share of the cast that has been at an earlier session of the mission."""

_WEIGHT = {"sme": 5, "consultancy": 4, "knowledge": 4, "local": 4, "federal": 4, "other": 3}
"""How many people of one organisation of each kind come, roughly."""


class Guest(NamedTuple):
    """Somebody of the audience. `talk` is how readily they write, 0 to 1; most people mostly read.

    `registered_hint` says that how the name is said was given when registering; others say it themselves.
    """

    id: str
    name: str
    say_as: str
    organisation: Organisation
    language: Language
    talk: float
    seen_before: bool
    registered_hint: bool = True
    speaker: bool = False

    @property
    def first(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def link(self) -> str:
        """Under `.example`, which is reserved: it leads nowhere (RFC 2606)."""
        letters = "".join(c for c in self.organisation.name.lower() if c.isascii() and c.isalnum())
        return f"https://{letters}.example"


def cast(seed: int, size: int) -> list[Guest]:
    """`size` distinct people; the first ones of a larger cast are those of a smaller one."""
    rng = random.Random(f"cast/{seed}")
    spoken = _distinct_names(rng)
    weights = [_WEIGHT[organisation.kind] for organisation in ORGANISATIONS]
    guests: list[Guest] = []
    for number in range(min(size, CAST_MAX)):
        organisation = rng.choices(ORGANISATIONS, weights)[0]
        name = next(spoken[_origin(organisation, rng)])
        guests.append(_guest(number, name, organisation, rng))
    return guests


def _guest(number: int, name: Spoken, organisation: Organisation, rng: random.Random) -> Guest:
    dutch = organisation.country in ("NL", "BE")
    return Guest(
        id=f"demo-{number:03d}",
        name=name.name,
        say_as=name.hint,
        organisation=organisation,
        language="nl" if dutch and rng.random() < 0.65 else "en",
        talk=round(rng.random() ** 3, 3),
        seen_before=rng.random() < EARLIER,
        registered_hint=rng.random() < 0.7,
        speaker=number < SPEAKERS,
    )


def _origin(organisation: Organisation, rng: random.Random) -> str:
    """Where somebody's name is from: mostly the country they work in, some have crossed the ocean."""
    if organisation.country not in ("NL", "US"):
        return "other"
    crossed = {"NL": "US", "US": "NL"}[organisation.country]
    return crossed if rng.random() < 0.06 else organisation.country


def _distinct_names(rng: random.Random) -> dict[str, Iterator[Spoken]]:
    """Every pair of a first and a last name once, in an order of chance, for each origin."""
    return {
        "NL": _pairs(names.DUTCH_FIRST, names.DUTCH_LAST, rng),
        "US": _pairs(names.US_FIRST, names.US_LAST, rng),
        "other": _pairs(names.OTHER_FIRST, names.OTHER_LAST, rng),
    }


def _pairs(firsts: tuple[Spoken, ...], lasts: tuple[Spoken, ...], rng: random.Random) -> Iterator[Spoken]:
    pairs = list(itertools.product(firsts, lasts))
    rng.shuffle(pairs)
    return (_whole(first, last) for first, last in pairs)


def _whole(first: Spoken, last: Spoken) -> Spoken:
    """A hint for the whole name if either half needs one."""
    hint = f"{first.hint or first.name} {last.hint or last.name}" if first.hint or last.hint else ""
    return Spoken(f"{first.name} {last.name}", hint)
