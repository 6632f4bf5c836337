"""Records: the things of the state. Frozen, with an id; what may be seen of them is part of them.

A command never changes a record: it puts a new version in its place (`replace`). A record says itself
what each audience may see of it (`view`), who its owners are, and what each of them sees instead (`own`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, NamedTuple, Protocol, Self, TypeAlias, TypeVar

import msgspec

from webinar_server.state.roles import Audience, Roles

View: TypeAlias = dict[str, Any]
"""What somebody may see of a record: JSON-ready, field name → value, without the id."""

replace = msgspec.structs.replace

R = TypeVar("R", bound="Record")


class Window(NamedTuple):
    """How much one is told at once of a kind of which there may be thousands: who joins of the `newest`, by
    the field `by`, and so does who missed more than `missed` of them. Older ones are asked for."""

    by: str
    newest: int
    missed: int


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One thing of the state. `KIND` names its kind on the wire."""

    KIND: ClassVar[str] = ""
    INDEXES: ClassVar[tuple[str, ...]] = ()
    """The fields or properties by which such records are looked up: each a text, a tuple of several, or
    `None` where one is not to be found by it."""
    SEEN_BY: ClassVar[tuple[Audience, ...]] = ()
    """Audiences that may ever see such a record; of the others only its owners are told of it."""
    PRIVATE: ClassVar[bool] = False
    """Whether no audience ever sees one: its owners alone are told, if there are any."""
    UNHURRIED: ClassVar[tuple[Audience, ...]] = ()
    """Those of them that do not wait for news of such a record, but where it `hurries`: they come with other
    news, or once in a while. Its owners are told at once."""
    WINDOW: ClassVar[Window | None] = None
    """If there may be so many that not all are told at once."""

    id: str

    def keys(self, index: str) -> tuple[str, ...]:
        """Under what it is found in an index."""
        value: str | tuple[str, ...] | None = getattr(self, index)
        if value is None:
            return ()
        return (value,) if isinstance(value, str) else tuple(dict.fromkeys(value))

    def view(self, audience: Audience) -> View | None:
        """What a whole audience may see; `None` if nothing. Reads nothing but the record."""
        raise NotImplementedError(type(self).__name__)

    def hurries(self, before: Self) -> bool:
        """Whether it became so different that also those are told at once who do not wait for its news."""
        return False

    @property
    def owners(self) -> tuple[str, ...]:
        """The persons who see this record in a way of their own, whatever their audience sees."""
        return ()

    def own(self, person: str, audience: Audience) -> View | None:
        """What an owner, who is in that audience, sees instead of its view. Reads nothing but the record."""
        return self.view(audience)


class Private(Record, frozen=True, kw_only=True):
    """A record that is told to its owners alone; each kind says who they are, and what they see."""

    PRIVATE: ClassVar[bool] = True

    def view(self, audience: Audience) -> None:
        return None

    def own(self, person: str, audience: Audience) -> View | None:
        raise NotImplementedError(type(self).__name__)


class Unseen(Record, frozen=True, kw_only=True):
    """A record that nobody is told of: the server's own."""

    PRIVATE: ClassVar[bool] = True

    def view(self, audience: Audience) -> None:
        return None


def sees(record: Record | None, audience: Audience, person: str = "") -> View | None:
    """What an audience, or one person in it, sees of a record; in one of screens there is no person."""
    if record is None:
        return None
    if person in record.owners:
        return record.own(person, audience)
    return record.view(audience) if audience in record.SEEN_BY else None


class Records(Protocol):
    """A state, or a draft of it."""

    def get(self, kind: type[R], id: str) -> R | None: ...

    def all(self, kind: type[R]) -> Iterable[R]: ...

    def of(self, kind: type[R], index: str, key: str) -> Iterable[R]: ...

    def count(self, kind: type[Record]) -> int: ...


class Kinds(dict[str, type[Record]]):
    """The kinds of records of a topic, by name, and who there is to see them; `windows` of those that have
    one; `erasers` each erase somebody from some (`erasing.py`). Raises TypeError for one that nobody is to
    see, though it does not say so."""

    def __init__(
        self,
        records: Iterable[type[Record]],
        roles: Roles,
        erasers: Sequence[Callable[[Any, str, str], None]] = (),
    ) -> None:
        self.erasers = erasers
        self.windows: dict[str, Window] = {}
        for record in records:
            if bool(record.SEEN_BY) == record.PRIVATE:
                raise TypeError(f"{record.__name__} says not who sees it; is it PRIVATE?")
            self[record.KIND] = record
            if record.WINDOW is not None:
                self.windows[record.KIND] = record.WINDOW
        self.roles = roles
