"""Cards: what somebody says of themselves, and what of it is kept; each field alike, whoever says it: they
themselves, an organiser, a form at the door, a line of an import."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar

from msgspec import UNSET, UnsetType

from webinar_server.errors import Refusal
from webinar_server.mission.colleagues import move
from webinar_server.mission.participants import Participant
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import Actor, Command, Draft, Record, Records, replace
from webinar_server.state.card import OrganisationKind
from webinar_server.words.addresses import LINK_MAX, clean_link
from webinar_server.words.cards import (
    NAME_MAX,
    ORGANISATION_MAX,
    PITCH_MAX,
    clean_name,
    clean_organisation,
    clean_say_as,
    country_code,
    refuse_house,
)
from webinar_server.words.names import has_letter
from webinar_server.words.sizes import so_many, up_to
from webinar_server.words.text import clean_or_empty

TAG_MAX = 40
TAGS_MAX = 12
PHONE_MIN, PHONE_MAX = 3, 30
"""Digits of a telephone number at least, and characters at most."""

EMAIL_MAX = 254
"""Characters of an address (RFC 5321, erratum 1690)."""

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@(?:[^\s@<>()\[\],;:\"\\.]{1,63}\.)+[^\s@.\d]{2,63}")
_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)

Tags = Annotated[tuple[Annotated[str, up_to(TAG_MAX)], ...], so_many(0, TAGS_MAX)]
"""Short words: sectors, what somebody offers or seeks; languages by two letters."""


class Said(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A command that says things of somebody's card; what is left out stays."""

    name: Annotated[str, up_to(NAME_MAX)] | UnsetType = UNSET
    organisation: Annotated[str, up_to(ORGANISATION_MAX)] | UnsetType = UNSET
    kind: OrganisationKind | UnsetType = UNSET
    country: Annotated[str, up_to(2)] | UnsetType = UNSET
    say_as: Annotated[str, up_to(NAME_MAX)] | UnsetType = UNSET
    pitch: Annotated[str, up_to(PITCH_MAX)] | UnsetType = UNSET
    link: Annotated[str, up_to(LINK_MAX)] | UnsetType = UNSET
    place: Annotated[str, up_to(TAG_MAX)] | UnsetType = UNSET
    sectors: Tags | UnsetType = UNSET
    offers: Tags | UnsetType = UNSET
    seeks: Tags | UnsetType = UNSET
    languages: Tags | UnsetType = UNSET
    email: Annotated[str, up_to(EMAIL_MAX)] | UnsetType = UNSET
    phone: Annotated[str, up_to(PHONE_MAX)] | UnsetType = UNSET

    def said(self) -> dict[str, Any]:
        """What was given, cleaned. Raises Refusal `person.…`, `organisation.…` or `participant.…`."""
        given = {name: getattr(self, name) for name in CLEAN}
        return {name: CLEAN[name](value, name) for name, value in given.items() if value is not UNSET}


class ChangeCard(Said, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody says their own card anew; an organiser corrects that of a `participant`."""

    NAME: ClassVar[str] = "change_card"

    participant: str = ""

    def run(self, draft: Draft, actor: Actor) -> None:
        whose = self.participant or actor.id
        if whose != actor.id and actor.role not in ORGANISERS:
            raise Refusal("command.not_allowed", "Only an organiser corrects somebody else's card.")
        known, said = draft.need(Participant, whose), self.said()
        if actor.role in ORGANISERS:
            refuse_known(draft, said.get("email", ""), besides=whose)
        else:
            refuse_like_house(said)
        own_words = _own_words(known, said, theirs=whose == actor.id)
        changed = replace(known, **_proven(draft, said, besides=whose), own_words=own_words)
        move(draft, known, changed)
        draft.put(changed)


def refuse_like_house(said: Mapping[str, Any]) -> None:
    """Who says their own card does not say that they organise. Raises Refusal `person.reserved` or
    `organisation.reserved`."""
    refuse_house(said.get("name", ""), said.get("organisation", ""))


def _proven(records: Records, said: dict[str, Any], besides: str) -> dict[str, Any]:
    """What was said, with an address that somebody else has kept apart. Nobody is told of that: else they
    would know who takes part."""
    if "email" not in said:
        return said
    owner = owner_of(records, said["email"])
    if owner is None or owner.id == besides:
        return said | {"unproven": ""}
    return said | {"email": "", "unproven": said["email"]}


def owner_of(records: Records, email: str) -> Participant | None:
    """Who has an address."""
    return next(iter(records.of(Participant, "mailbox", email.casefold())), None) if email else None


def refuse_known(records: Records, email: str, besides: str) -> None:
    """Raises Refusal `participant.known` where somebody else has this address."""
    owner = owner_of(records, email)
    if owner is not None and owner.id != besides:
        text = "Somebody with this e-mail address takes part already."
        raise Refusal("participant.known", text, field="email")


def _own_words(known: Participant, said: Mapping[str, Any], theirs: bool) -> tuple[str, ...]:
    """What somebody said themselves, now that they, or an organiser, said this."""
    otherwise = {field for field, value in said.items() if getattr(known, field) != value}
    before = set(known.own_words)
    return tuple(sorted(before | otherwise if theirs else before - otherwise))


def _clean_pitch(pitch: str, field: str) -> str:
    return clean_or_empty(pitch, "participant", PITCH_MAX, card=True, field=field)


def _clean_place(place: str, field: str) -> str:
    return _worded(clean_or_empty(place, "participant", TAG_MAX, card=True, field=field))


def _clean_phone(phone: str, field: str) -> str:
    """Raises Refusal `participant.phone`, which repeats nothing of it."""
    number = _worded(clean_or_empty(phone, "participant", PHONE_MAX, card=True, field=field))
    if number and sum(map(str.isdecimal, number)) < PHONE_MIN:
        raise Refusal(
            "participant.phone", "A telephone number is digits, like +31 70 123 45 67.", field=field
        )
    return number


def _worded(text: str) -> str:
    """The same, or the empty string: a dash in the place of a word says that there is none."""
    return text if has_letter(text) or any(map(str.isdecimal, text)) else ""


def _clean_country(country: str, field: str) -> str:
    code = country_code(country)
    if code is None:
        raise Refusal("participant.country", "A country is its two letters, like NL or US.", field=field)
    return code


def _clean_email(email: str, field: str) -> str:
    """Raises Refusal `participant.email`, which repeats nothing of it."""
    email = email.strip()
    if email and (len(email) > EMAIL_MAX or not _EMAIL.fullmatch(email)):
        raise Refusal("participant.email", "An e-mail address looks like name@example.org.", field=field)
    return email


def _clean_tags(tags: tuple[str, ...], field: str) -> tuple[str, ...]:
    """Each once, however it is written: as it was first; without those that say nothing."""
    _refuse_many(tags, field)
    said = (clean_or_empty(tag, "participant", TAG_MAX, card=True, field=field) for tag in tags)
    kept = [tag for tag in said if _worded(tag)]
    return tuple({tag.casefold(): tag for tag in reversed(kept)}.values())[::-1]


def _clean_languages(languages: tuple[str, ...], field: str) -> tuple[str, ...]:
    _refuse_many(languages, field)
    if not all(map(_LANGUAGE.fullmatch, languages)):
        raise Refusal("participant.language", "A language is its two letters, like nl or en.", field=field)
    return tuple(dict.fromkeys(languages))


def _refuse_many(tags: tuple[str, ...], field: str) -> None:
    if len(tags) > TAGS_MAX:
        raise Refusal("participant.tags", f"At most {TAGS_MAX} of these, please.", field=field)


CLEAN: Mapping[str, Callable[[Any, str], Any]] = {
    "name": lambda name, field: clean_name(name),
    "organisation": lambda organisation, field: clean_organisation(organisation),
    "say_as": lambda say_as, field: _worded(clean_say_as(say_as)),
    "kind": lambda kind, field: kind,
    "country": _clean_country,
    "place": _clean_place,
    "pitch": _clean_pitch,
    "link": lambda link, field: clean_link(link, "participant", field=field, named=True),
    "sectors": _clean_tags,
    "offers": _clean_tags,
    "seeks": _clean_tags,
    "languages": _clean_languages,
    "email": _clean_email,
    "phone": _clean_phone,
}
"""How each field that is said is kept, by its value and name."""

RECORDS: list[type[Record]] = []
COMMANDS: list[type[Command]] = [ChangeCard]
