"""Cards: what is said of somebody wherever they are named. Whoever carries one has its fields, flat."""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

OrganisationKind = Literal["", "sme", "consultancy", "knowledge", "local", "federal", "other"]
"""Empty where nobody has said; `other` is said like the rest."""

ORGANISATION_KINDS: tuple[OrganisationKind, ...] = get_args(OrganisationKind)[1:]


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says of themselves when they come in; `say_as` is how their name is said."""

    name: str
    organisation: str = ""
    kind: OrganisationKind = ""
    country: str = ""
    say_as: str = ""


class Card(Profile, frozen=True, kw_only=True):
    """The whole of it, with a line of what they do and where to read more."""

    pitch: str = ""
    link: str = ""


SHOWN = ("name", "organisation", "kind", "country", "pitch", "link")
"""What is there for all to see; how a name is said is for those who say it."""


def fields_of(somebody: object, of: type[Profile] = Profile) -> dict[str, Any]:
    """A profile's fields, or a card's, of anybody who carries one."""
    return {name: getattr(somebody, name) for name in of.__struct_fields__}
