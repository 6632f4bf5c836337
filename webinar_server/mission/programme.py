"""Programme: what is on when. A slot is one session of the mission, and names who leads and who speaks.

One that is dropped leaves its trace: a calendar that knew of it must be told that it is off.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.mission.leading import tell
from webinar_server.mission.participants import Participant
from webinar_server.mission.roles import AUDIENCES, ORGANISERS
from webinar_server.state import Actor, Audience, Command, Draft, Record, Records, Role, View, replace
from webinar_server.words.addresses import LINK_MAX
from webinar_server.words.ids import ID_MAX, is_id
from webinar_server.words.sizes import Time, so_many, up_to
from webinar_server.words.text import clean, clean_or_empty
from webinar_server.words.videos import clean_video

TITLE_MAX = 120
ABSTRACT_MAX = 1_000
SLOTS_MAX = 200
NAMED_MAX = 10
HOUR_MS = 3_600_000
LONGEST_MS = 12 * HOUR_MS

Ids = Annotated[tuple[str, ...], so_many(0, NAMED_MAX)]

Doors = Literal["waiting", "open", "closed"]
"""What a session told of itself last: it may be open, or over, earlier or later than planned."""

_LANGUAGE = re.compile(r"[a-z]{2}|", re.ASCII)


class Slot(Record, frozen=True, kw_only=True):
    """One session by its id, from `starts_at` until `ends_at` (Unix ms); hosts and speakers by their ids.
    `sequence` counts what organisers changed of it, for calendars too; `doors` and `video` are as the
    session's hosts have them, since they may choose another video there."""

    KIND: ClassVar[str] = "slot"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES
    INDEXES: ClassVar[tuple[str, ...]] = ("hosts", "speakers")

    title: str
    starts_at: int
    ends_at: int
    abstract: str = ""
    language: str = ""
    hosts: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    sequence: int = 0
    doors: Doors = "waiting"
    video: str = ""

    def view(self, audience: Audience) -> View:
        planned = {"video": self.video} if audience == "organiser" else {}
        return planned | {
            "title": self.title,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "abstract": self.abstract,
            "language": self.language,
            "hosts": list(self.hosts),
            "speakers": list(self.speakers),
            "doors": self.doors,
        }


class Cancelled(Record, frozen=True, kw_only=True):
    """A session that stood in the programme, as its slot was; it has that one's id."""

    KIND: ClassVar[str] = "cancelled"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES

    slot: Slot

    def view(self, audience: Audience) -> View:
        return self.slot.view(audience)


class PlanSlot(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new session stands in the programme. An organiser says it by HTTP, never by a socket: its log begins
    before it."""

    NAME: ClassVar[str] = "plan_slot"
    INTERNAL: ClassVar[bool] = True
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    session: Annotated[str, up_to(ID_MAX)]
    title: Annotated[str, up_to(TITLE_MAX)]
    starts_at: Time
    ends_at: Time
    abstract: Annotated[str, up_to(ABSTRACT_MAX)] = ""
    language: str = ""
    hosts: Ids = ()
    speakers: Ids = ()
    video: Annotated[str, up_to(LINK_MAX)] = ""

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        if not is_id(self.session):
            text = "An address is up to 60 small letters, digits and dashes, like smart-ports."
            raise Refusal("session.id", text, field="session")
        if draft.get(Slot, self.session) is not None:
            raise Refusal("slot.exists", "There is a session of this address already.", field="session")
        if draft.count(Slot) >= SLOTS_MAX:
            raise Refusal("slot.full", f"A programme holds {SLOTS_MAX} sessions.")
        said = {name: getattr(self, name) for name in self.__struct_fields__ if name != "session"}
        draft.put(Slot(id=self.session, **_taken_back(draft, self.session), **_checked(draft, said)))
        tell(draft, actor, None, self, sessions_with)
        return {"id": self.session}


class ChangeSlot(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change what is given; what is left out stays."""

    NAME: ClassVar[str] = "change_slot"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    slot: str
    title: Annotated[str, up_to(TITLE_MAX)] | UnsetType = UNSET
    starts_at: Time | UnsetType = UNSET
    ends_at: Time | UnsetType = UNSET
    abstract: Annotated[str, up_to(ABSTRACT_MAX)] | UnsetType = UNSET
    language: str | UnsetType = UNSET
    hosts: Ids | UnsetType = UNSET
    speakers: Ids | UnsetType = UNSET
    video: Annotated[str, up_to(LINK_MAX)] | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        slot = draft.need(Slot, self.slot)
        given = {name: getattr(self, name) for name in self.__struct_fields__ if name != "slot"}
        said = {name: getattr(slot, name) if value is UNSET else value for name, value in given.items()}
        changed = replace(slot, **_checked(draft, said))
        if changed != slot:
            draft.put(replace(changed, sequence=slot.sequence + 1))
            tell(draft, actor, slot, changed, sessions_with)


class DropSlot(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The session is not in the programme any more; what was said in it stays where it was said."""

    NAME: ClassVar[str] = "drop_slot"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    slot: str

    def run(self, draft: Draft, actor: Actor) -> None:
        slot = draft.need(Slot, self.slot)
        draft.drop(slot)
        if draft.count(Cancelled) >= SLOTS_MAX:
            draft.drop(min(draft.all(Cancelled), key=lambda old: (old.slot.starts_at, old.id)))
        draft.put(Cancelled(id=slot.id, slot=replace(slot, sequence=slot.sequence + 1)))
        tell(draft, actor, slot, None, sessions_with)


def role_in(records: Records, session: str, participant: str) -> Literal["host", "speaker", "attendee"]:
    """What a participant is in a session of the mission, by its slot."""
    slot = records.get(Slot, session)
    if slot is not None and participant in slot.hosts:
        return "host"
    return "speaker" if slot is not None and participant in slot.speakers else "attendee"


def sessions_with(records: Records, participant: str) -> list[Slot]:
    """Those that somebody leads, then those in which they speak."""
    return [*records.of(Slot, "hosts", participant), *records.of(Slot, "speakers", participant)]


def _taken_back(draft: Draft, session: str) -> dict[str, Any]:
    """What is known of a session that is to be again: where its count goes on, and its doors."""
    cancelled = draft.get(Cancelled, session)
    if cancelled is None:
        return {}
    draft.drop(cancelled)
    return {"sequence": cancelled.slot.sequence + 1, "doors": cancelled.slot.doors}


def _checked(records: Records, said: dict[str, Any]) -> dict[str, Any]:
    """The fields of a slot, cleaned. Raises Refusal `slot.…`."""
    length = said["ends_at"] - said["starts_at"]
    if not 0 < length <= LONGEST_MS:
        text = f"A session ends after it starts, within {LONGEST_MS // HOUR_MS} hours."
        raise Refusal("slot.times", text, field="ends_at")
    if not _LANGUAGE.fullmatch(said["language"]):
        raise Refusal("slot.language", "A language is its two letters, like nl or en.", field="language")
    title = clean(said["title"], "slot", TITLE_MAX, field="title")
    abstract = _clean_abstract(said["abstract"])
    named = {field: _known(records, said[field], field) for field in ("hosts", "speakers")}
    return said | named | {"title": title, "abstract": abstract, "video": clean_video(said["video"], "slot")}


def _clean_abstract(abstract: str) -> str:
    if not clean_or_empty(abstract, "slot", ABSTRACT_MAX, field="abstract"):
        return ""
    return clean(abstract, "slot", ABSTRACT_MAX, lines=True, field="abstract")


def _known(records: Records, ids: tuple[str, ...], field: str) -> tuple[str, ...]:
    if len(ids) > NAMED_MAX:
        raise Refusal("slot.named", f"At most {NAMED_MAX} people here.", field=field)
    if any(records.get(Participant, id) is None for id in ids):
        raise Refusal("slot.stranger", "Only participants of the mission lead or speak.", field=field)
    return tuple(dict.fromkeys(ids))


def erase(draft: Draft, person: str, stump: str) -> None:
    """They lead and speak nowhere; what is on stays on."""
    for slot in list(draft.all(Slot)):
        if person in (*slot.hosts, *slot.speakers):
            draft.put(_without(slot, person))
    for one in list(draft.all(Cancelled)):
        if person in (*one.slot.hosts, *one.slot.speakers):
            draft.put(replace(one, slot=_without(one.slot, person)))


def _without(slot: Slot, person: str) -> Slot:
    hosts, speakers = (tuple(id for id in ids if id != person) for ids in (slot.hosts, slot.speakers))
    return replace(slot, hosts=hosts, speakers=speakers, sequence=slot.sequence + 1)


RECORDS: list[type[Record]] = [Slot, Cancelled]
_PORTS = Slot(
    id="smart-ports", title="Smart ports", starts_at=0, ends_at=HOUR_MS, hosts=("ori",), speakers=("ada",)
)
EXAMPLES = [_PORTS, Cancelled(id="smart-ports", slot=_PORTS)]
COMMANDS: list[type[Command]] = [PlanSlot, ChangeSlot, DropSlot]
