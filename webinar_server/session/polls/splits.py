"""Splits: what came of a poll by kind of organisation, by country, by who is here for the first time.

    a poll is closed ──▶ made, as far as it may be told ──split_poll──▶ told to hosts, ──staged──▶ and to all

Which groups may be told of is decided once for all three together (`groups.py`), in the moment the poll is
closed, and what may not is not kept. Hosts who want one of them most ask for it while the poll is open. Once
one was told none is made anew, though the poll is opened again: the difference would tell who came late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal, get_args

import msgspec

from webinar_server.errors import Refusal
from webinar_server.session.people import Person
from webinar_server.session.polls.groups import Member, apart
from webinar_server.session.polls.poll import Poll, in_state
from webinar_server.session.polls.scale import mean_and_spread, steps
from webinar_server.session.polls.vote import Vote
from webinar_server.session.roles import AUDIENCES, HOSTS
from webinar_server.state import Actor, Audience, Command, Draft, Record, Role, View, replace

By = Literal["kind", "country", "first_time"]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a group voted, and what its form counts of them; `mean` where it has one."""

    group: str
    people: int
    votes: tuple[int, ...] = ()
    score: tuple[float, ...] = ()
    mean: float | None = None


class Split(Record, frozen=True, kw_only=True):
    """A poll's results by group; `rest` are all others together. `told` where the poll tells all of them."""

    KIND: ClassVar[str] = "split"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES
    INDEXES: ClassVar[tuple[str, ...]] = ("poll",)

    poll: str
    by: By
    groups: tuple[Group, ...]
    rest: Group | None = None
    asked: bool = False
    staged: bool = False
    told: bool = False

    def view(self, audience: Audience) -> View | None:
        if not (self.asked if audience == "host" else self.staged and self.told):
            return None
        return {
            "poll": self.poll,
            "by": self.by,
            "groups": [_view(group) for group in self.groups],
            "rest": None if self.rest is None else _view(self.rest),
            "staged": self.staged,
        }


class SplitPoll(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tell hosts what came of it by group, and all, with `staged`, as far as they are told what came of it.
    Of an open one: this is the split that is to be made before others."""

    NAME: ClassVar[str] = "split_poll"
    ROLES: ClassVar[frozenset[Role]] = HOSTS

    poll: str
    by: By
    staged: bool = False

    def run(self, draft: Draft, actor: Actor) -> None:
        poll = in_state(draft, self.poll, "open", "closed", "revealed")
        if poll.how.ANSWER == "texts":
            raise Refusal("poll.form", "Answers in words are not split.")
        split = draft.get(Split, f"{poll.id}/{self.by}")
        if split is not None:
            draft.put(replace(split, asked=True, staged=self.staged, told=poll.tells("attendee")))
        elif poll.state == "open":
            draft.put(replace(poll, splits=tuple(dict.fromkeys((*poll.splits, self.by)))))
        else:
            text = "Of these groups nothing can be told without telling of a few people."
            raise Refusal("poll.few", text)


def made(draft: Draft, poll: Poll) -> None:
    """A poll that tells all that was voted is closed: its splits, unless some were told before."""
    known = list(draft.of(Split, "poll", poll.id))
    votes = list(draft.of(Vote, "poll", poll.id))
    is_late = any(split.asked for split in known) or any(vote.sealed for vote in votes)
    if is_late or poll.how.ANSWER == "texts":
        return
    for split in known:
        draft.drop(split)
    people = {vote.by: draft.get(Person, vote.by) for vote in votes}
    members = [Member(_groups(people[vote.by]), _hides(people[vote.by])) for vote in votes]
    # of who was erased meanwhile it is known that they voted
    members += [Member({}, False)] * (poll.voters - len(votes))
    told = apart(members, tuple(dict.fromkeys((*poll.splits, *get_args(By)))))
    for by in filter(told.__contains__, get_args(By)):
        of: dict[str, list[Vote]] = {name: [] for name in sorted(told[by])}
        for vote, member in zip(votes, members, strict=False):
            if member.groups.get(by, "") in of:
                of[member.groups[by]].append(vote)
        groups = tuple(_group(poll, name, found) for name, found in of.items())
        draft.put(Split(id=f"{poll.id}/{by}", poll=poll.id, by=by, groups=groups, rest=_rest(poll, groups)))


def publish(draft: Draft, poll: Poll) -> None:
    """Those of a poll that may tell others now than before."""
    for split in list(draft.of(Split, "poll", poll.id)):
        if split.told != poll.tells("attendee"):
            draft.put(replace(split, told=poll.tells("attendee")))


def _hides(person: Person | None) -> bool:
    return person is not None and person.role not in HOSTS


def _groups(person: Person | None) -> dict[str, str]:
    # hosts know their own votes, so they are in no group but the rest
    if person is None or person.role in HOSTS:
        return {}
    return {
        "kind": person.kind,
        "country": person.country,
        "first_time": "yes" if person.first_time else "no",
    }


def _group(poll: Poll, name: str, votes: Sequence[Vote]) -> Group:
    counted = _sum(poll.how.adds(poll, vote.given) for vote in votes)
    if poll.form == "number":
        mean = sum(vote.number or 0.0 for vote in votes) / len(votes)
        return Group(group=name, people=len(votes), mean=float(f"{mean:.12g}"))
    return _of(poll, name, len(votes), counted)


def _rest(poll: Poll, groups: Iterable[Group]) -> Group | None:
    """All others: what is left of the whole."""
    groups = list(groups)
    people = poll.voters - sum(group.people for group in groups)
    if not people:
        return None
    if poll.form == "number":
        return Group(group="", people=people)
    told = _sum((*group.votes, *_points(poll, group)) for group in groups)
    left = tuple(whole - part for whole, part in zip(poll.count.votes, told, strict=True))
    return _of(poll, "", people, left)


def _of(poll: Poll, name: str, people: int, counted: Sequence[int]) -> Group:
    if poll.form == "ranking":
        many = len(poll.options)
        score = tuple(points / people for points in counted[many:])
        return Group(group=name, people=people, votes=tuple(counted[:many]), score=score)
    mean = mean_and_spread(steps(poll), tuple(counted))[0] if poll.form == "scale" else None
    return Group(group=name, people=people, votes=tuple(counted), mean=mean)


def _points(poll: Poll, group: Group) -> tuple[int, ...]:
    return tuple(round(score * group.people) for score in group.score)


def _sum(all: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*all, strict=True)))


def _view(group: Group) -> View:
    told: dict[str, Any] = {"group": group.group, "people": group.people}
    if group.votes:
        told["votes"] = list(group.votes)
    if group.score:
        told["score"] = [round(score, 2) for score in group.score]
    return told if group.mean is None else told | {"mean": round(group.mean, 6)}


NAMES_NOBODY = True
RECORDS: list[type[Record]] = [Split]
_SOME = Group(group="sme", people=5, votes=(3, 2), score=(1.0, 0.5), mean=1.4)
EXAMPLES = [
    Split(
        id="p1/kind", poll="p1", by="kind", groups=(_SOME,), rest=_SOME, asked=True, staged=True, told=True
    ),
    Split(id="p2/kind", poll="p1", by="kind", groups=(Group(group="sme", people=5),), asked=True),
]
COMMANDS: list[type[Command]] = [SplitPoll]
