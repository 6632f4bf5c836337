"""A vote, as it is kept of somebody."""

from __future__ import annotations

from typing import ClassVar

from webinar_server.session.polls.form import Given
from webinar_server.state import Audience, Record, View


class Vote(Record, frozen=True, kw_only=True):
    """One person's answer in one poll, counted in the poll; `named` where hosts see it. Of one that is
    `sealed` nothing is kept but that there was one."""

    KIND: ClassVar[str] = "vote"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ("host",)
    INDEXES: ClassVar[tuple[str, ...]] = ("by", "poll")

    poll: str
    by: str
    options: tuple[str, ...] = ()
    number: float | None = None
    texts: tuple[str, ...] = ()
    named: bool = False
    team: bool = False
    sealed: bool = False

    @property
    def owners(self) -> tuple[str, ...]:
        return (self.by,)

    @property
    def given(self) -> Given:
        return Given(options=self.options, number=self.number, texts=self.texts)

    def view(self, audience: Audience) -> View | None:
        return self._told() | {"by": self.by} if self.named and audience == "host" else None

    def own(self, person: str, audience: Audience) -> View:
        return self._told()

    def _told(self) -> View:
        seen: View = {"poll": self.poll, "options": list(self.options)}
        if self.number is not None:
            seen["number"] = self.number
        if self.texts:
            seen["texts"] = list(self.texts)
        if self.team:
            seen["team"] = True
        return seen | {"sealed": True} if self.sealed else seen
