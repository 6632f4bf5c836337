"""Pacing: how fast the chat goes and what is looked at first; set by hosts, at once, for all.

      slow       how many seconds lie between two messages of one person
      delay      how many seconds hosts see a message before the others, and may stop it
      reviewed   every message waits until a host lets it go
      words      what has one of these waits, too, and so does a question; its writer is told that it waits

Nothing of it concerns what hosts and speakers say in the chat. What waits stands in `held.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar

import msgspec
from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.session.roles import HOSTS
from webinar_server.state import Actor, Audience, Command, Draft, Record, Records, Role, View, replace
from webinar_server.words.folding import folded
from webinar_server.words.sizes import up_to
from webinar_server.words.text import clean

SLOW_MAX = 120
DELAY_MAX = 60
"""In seconds."""

WORDS_MAX = 100
WORD_MAX = 40

Slow = Annotated[int, msgspec.Meta(ge=0, le=SLOW_MAX)]
Delay = Annotated[int, msgspec.Meta(ge=0, le=DELAY_MAX)]
Words = Annotated[list[Annotated[str, up_to(WORD_MAX)]], msgspec.Meta(max_length=WORDS_MAX)]


class Pacing(Record, frozen=True, kw_only=True):
    """The one there is, `now`; as long as there is none, nothing is slowed down and nothing waits."""

    KIND: ClassVar[str] = "pacing"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host", "attendee")

    slow: int = 0
    delay: int = 0
    reviewed: bool = False
    words: tuple[str, ...] = ()

    def view(self, audience: Audience) -> View | None:
        if audience not in self.SEEN_BY:
            return None
        seen: View = {"slow": self.slow, "delay": self.delay, "reviewed": self.reviewed}
        return seen | {"words": list(self.words)} if audience == "host" else seen

    def has_word(self, text: str) -> bool:
        """Whether one of the list's words, or several that stand together there, is in a text."""
        around = f" {_plain(text)} "
        return any(f" {_plain(word)} " in around for word in self.words)


class SetPacing(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change what is given; what is left out stays."""

    NAME: ClassVar[str] = "set_pacing"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    slow: Slow | UnsetType = UNSET
    delay: Delay | UnsetType = UNSET
    reviewed: bool | UnsetType = UNSET
    words: Words | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        given = {name: value for name, value in given.items() if value is not UNSET}
        if self.words is not UNSET:
            given["words"] = tuple(_cleaned(self.words))
        draft.put(replace(pacing_of(draft), **given))


def pacing_of(records: Records) -> Pacing:
    """What holds now."""
    return records.get(Pacing, "now") or Pacing(id="now")


def refuse_too_soon(slow: int, at: int, times: Iterable[int]) -> None:
    """Raises Refusal `chat.slow` where one of these times (Unix ms) is less than so many seconds ago."""
    left = max(times, default=at - slow * 1_000) + slow * 1_000 - at
    if slow and left > 0:
        text = f"One message each {slow} seconds, please; yours is kept."
        raise Refusal("chat.slow", text, round(left / 1_000 + 0.05, 1))


def _cleaned(words: list[str]) -> Iterable[str]:
    """Each once, in the order given. Raises Refusal `pacing.…`."""
    cleaned = (clean(word, "pacing", WORD_MAX, field=f"words.{at}") for at, word in enumerate(words))
    return {_plain(word): word for word in cleaned if _plain(word)}.values()


def _plain(text: str) -> str:
    """Its words alone, as they are looked for, so that a full stop hides none."""
    kept = (letter if letter.isalnum() else " " for letter in folded(text))
    return " ".join("".join(kept).split())


NAMES_NOBODY = True
RECORDS: list[type[Record]] = [Pacing]
EXAMPLES = [Pacing(id="now", words=("lottery",))]
COMMANDS: list[type[Command]] = [SetPacing]
