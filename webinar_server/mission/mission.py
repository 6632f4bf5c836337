"""The mission itself: its days, its places with their time zones, how one gets in, how long it is kept."""

from __future__ import annotations

import re
from calendar import monthrange, timegm
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.mission.participants import Participant
from webinar_server.mission.roles import AUDIENCES, ORGANISERS
from webinar_server.state import Actor, Audience, Command, Draft, Record, Records, Role, View, replace
from webinar_server.words.cards import clean_name
from webinar_server.words.sizes import at_most, so_many, up_to
from webinar_server.words.text import clean, clean_or_empty

TITLE_MAX, PLACE_MAX, PLACES_MAX = 120, 60, 4
CODE_MIN, CODE_MAX = 6, 40
KEPT_DAYS_MAX = 3_650
DAYS_MAX = 31
BRAND_MAX = 40
NOTICE_MAX = 1_000
DAY_MS = 86_400_000

Entry = Literal["invited", "open", "code", "approval"]
"""How somebody gets in who was not invited: not at all, by a form, with a code, once an organiser agrees."""

ScoreFor = Literal["nobody", "organisers", "all"]
"""Who is shown the score of the week."""

_DAY = re.compile(r"(20\d\d)-(\d\d)-(\d\d)", re.ASCII)
_ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]{1,30}(/[A-Z][A-Za-z_+-]{1,30}){1,2}", re.ASCII)
"""A time zone's name (IANA): a region and a city. Whether there is such a one is asked at the door."""
_COLOUR = re.compile(r"#[0-9a-f]{6}|", re.ASCII)


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a mission's people are; `zone` is a time zone by its IANA name, like Europe/Amsterdam."""

    name: Annotated[str, up_to(PLACE_MAX)]
    zone: str


class Notices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What people are told of what becomes of what they say, before they agree; in each language."""

    en: Annotated[str, up_to(NOTICE_MAX)] = ""
    nl: Annotated[str, up_to(NOTICE_MAX)] = ""


class Mission(Record, frozen=True, kw_only=True):
    """One mission: from the day `starts_on` to `ends_on`, as YYYY-MM-DD at its first place. `kept_days` after
    its end its people are forgotten; `accent` is a colour as #rrggbb, `brand` stands beside its `picture`,
    which is named by what it shows (`look.py`). It may be a `copy_of` another, by id."""

    KIND: ClassVar[str] = "mission"
    SEEN_BY: ClassVar[tuple[Audience, ...]] = AUDIENCES

    title: str
    starts_on: str
    ends_on: str
    places: tuple[Place, ...]
    entry: Entry = "invited"
    code: str = ""
    kept_days: int = 90
    accent: str = ""
    brand: str = ""
    picture: str = ""
    notices: Notices = Notices()
    score: ScoreFor = "organisers"
    copy_of: str = ""

    def view(self, audience: Audience) -> View:
        seen = {
            "title": self.title,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "places": [msgspec.to_builtins(place) for place in self.places],
            "kept_days": self.kept_days,
            "accent": self.accent,
            "brand": self.brand,
            "picture": self.picture,
            "notices": msgspec.to_builtins(self.notices),
            "score": self.score,
        }
        return seen | {"entry": self.entry, "code": self.code} if audience == "organiser" else seen


class CreateMission(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First entry of a mission's log, with its first organiser by their name, and by an id of theirs where
    that is to be known before; said by the terminal, never by a socket."""

    NAME: ClassVar[str] = "create_mission"
    INTERNAL: ClassVar[bool] = True

    mission: str
    title: str
    starts_on: str
    ends_on: str
    places: tuple[Place, ...]
    organiser: str
    organiser_id: str = ""

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        if next(draft.all(Mission), None) is not None:
            raise Refusal("mission.exists", f"There is a mission {self.mission!r} already.")
        draft.put(
            checked(
                Mission(
                    id=self.mission,
                    title=clean(self.title, "mission", TITLE_MAX, field="title"),
                    starts_on=self.starts_on,
                    ends_on=self.ends_on,
                    places=_clean_places(self.places),
                )
            )
        )
        name = clean_name(self.organiser)
        id = self.organiser_id or actor.fresh
        draft.put(Participant(id=id, name=name, role="organiser", state="invited"))
        return {"organiser": id}


class ChangeMission(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change what is given; what is left out stays."""

    NAME: ClassVar[str] = "change_mission"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS

    title: Annotated[str, up_to(TITLE_MAX)] | UnsetType = UNSET
    starts_on: str | UnsetType = UNSET
    ends_on: str | UnsetType = UNSET
    places: Annotated[tuple[Place, ...], so_many(1, PLACES_MAX)] | UnsetType = UNSET
    entry: Entry | UnsetType = UNSET
    code: Annotated[str, up_to(CODE_MAX)] | UnsetType = UNSET
    kept_days: Annotated[int, at_most(KEPT_DAYS_MAX)] | UnsetType = UNSET
    accent: str | UnsetType = UNSET
    brand: Annotated[str, up_to(BRAND_MAX)] | UnsetType = UNSET
    notices: Notices | UnsetType = UNSET
    score: ScoreFor | UnsetType = UNSET

    def run(self, draft: Draft, actor: Actor) -> None:
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        given = {name: value for name, value in given.items() if value is not UNSET}
        if self.title is not UNSET:
            given["title"] = clean(self.title, "mission", TITLE_MAX, field="title")
        if self.places is not UNSET:
            given["places"] = _clean_places(self.places)
        if self.code is not UNSET:
            given["code"] = clean_or_empty(self.code, "mission", CODE_MAX, field="code")
        if self.brand is not UNSET:
            given["brand"] = clean_or_empty(self.brand, "mission", BRAND_MAX, field="brand")
        if self.notices is not UNSET:
            given["notices"] = _clean_notices(self.notices)
        changed = checked(replace(the_mission(draft), **given))
        _refuse_sudden(kept_until(the_mission(draft)), kept_until(changed), actor.at)
        draft.put(changed)


def the_mission(records: Records) -> Mission:
    """The one mission of this log. Refused where the log has none."""
    mission = next(iter(records.all(Mission)), None)
    if mission is None:
        raise Refusal("mission.unknown", "There is no such mission.")
    return mission


def kept_until(mission: Mission) -> int:
    """When its people are erased (Unix ms): so many days after its end, wherever on earth that is."""
    return (day_number(mission.ends_on, "ends_on") + 2 + mission.kept_days) * DAY_MS


def day_number(text: str, field: str) -> int:
    """Which day it is, counted from 1970. Raises Refusal `mission.day`."""
    found = _DAY.fullmatch(text)
    if found is not None:
        year, month, day = map(int, found.groups())
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            return timegm((year, month, day, 0, 0, 0)) // 86_400
    raise Refusal("mission.day", "A day is written like 2027-03-01.", field=field)


def checked(mission: Mission) -> Mission:
    """What of it must fit together. Raises Refusal `mission.…`."""
    first, last = day_number(mission.starts_on, "starts_on"), day_number(mission.ends_on, "ends_on")
    if not 0 <= last - first < DAYS_MAX:
        text = f"A mission ends on the day it starts or later, within {DAYS_MAX} days."
        raise Refusal("mission.days", text, field="ends_on")
    if mission.entry == "code" and len(mission.code) < CODE_MIN:
        text = f"A code has at least {CODE_MIN} characters, so that nobody guesses it."
        raise Refusal("mission.code", text, field="code")
    if not 0 <= mission.kept_days <= KEPT_DAYS_MAX:
        text = f"People are kept 0 to {KEPT_DAYS_MAX} days after the end."
        raise Refusal("mission.kept_days", text, field="kept_days")
    if not _COLOUR.fullmatch(mission.accent):
        raise Refusal("mission.accent", "A colour is written like #0a7d55.", field="accent")
    return mission


def _refuse_sudden(before: int, after: int, now: int) -> None:
    """Raises Refusal `mission.kept`: nobody is erased by a slip of the pen."""
    if after < before and after < now + DAY_MS:
        text = "Everybody would be erased within a day; choose a later end, or keep people longer."
        raise Refusal("mission.kept", text, field="kept_days")


def _clean_notices(notices: Notices) -> Notices:
    """Raises Refusal `mission.…`."""
    said = {name: text for name, text in msgspec.structs.asdict(notices).items() if text.strip()}
    clean_each = {
        name: clean(text, "mission", NOTICE_MAX, lines=True, field="notices") for name, text in said.items()
    }
    return Notices(**clean_each)


def is_zone(name: str) -> bool:
    """Whether a time zone may be named so; not whether there is such a one."""
    return _ZONE.fullmatch(name) is not None


def _clean_places(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Raises Refusal `mission.places` or `mission.zone`."""
    if not 1 <= len(places) <= PLACES_MAX:
        raise Refusal("mission.places", f"A mission has one to {PLACES_MAX} places.", field="places")
    for place in places:
        if not is_zone(place.zone):
            text = "A time zone is named by region and city, like Europe/Amsterdam."
            raise Refusal("mission.zone", text, field="places")
    return tuple(
        replace(place, name=clean(place.name, "mission", PLACE_MAX, field="places")) for place in places
    )


NAMES_NOBODY = True


RECORDS: list[type[Record]] = [Mission]
EXAMPLES = [
    Mission(
        id="ev-2027",
        title="Electric mobility",
        starts_on="2027-03-01",
        ends_on="2027-03-05",
        places=(Place(name="The Hague", zone="Europe/Amsterdam"),),
    )
]
COMMANDS: list[type[Command]] = [CreateMission, ChangeMission]
