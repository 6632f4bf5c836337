"""Cards: what somebody may be called, and how much a card holds. Whose name it is already, a topic says."""

from __future__ import annotations

from webinar_server.errors import Refusal
from webinar_server.words.house import is_reserved, is_reserved_organisation
from webinar_server.words.names import has_letter, suggesting_names
from webinar_server.words.text import clean, clean_or_empty

NAME_MAX = 64
ORGANISATION_MAX = 100
PITCH_MAX = 160


def clean_name(name: str) -> str:
    """A person's name as it is kept. Raises Refusal `person.…`."""
    with suggesting_names():
        called = clean(name, "person", NAME_MAX, card=True, field="name")
    if not has_letter(called):
        text = "A name needs a letter, of whatever script; please write how you are called."
        raise Refusal("person.no_letter", text, field="name")
    return called


def clean_organisation(organisation: str) -> str:
    """An organisation's name, or the empty string. Raises Refusal `organisation.…`."""
    with suggesting_names():
        called = clean_or_empty(
            organisation, "organisation", ORGANISATION_MAX, card=True, field="organisation"
        )
    if called and not has_letter(called) and not any(map(str.isdecimal, called)):
        text = "A name of an organisation needs a letter or a digit; please write it, or leave it empty."
        raise Refusal("organisation.no_letter", text, field="organisation")
    return called


def country_code(country: str) -> str | None:
    """A country as it is kept, two letters (ISO 3166-1) or the empty string; `None` for anything else."""
    code = country.strip().upper()
    return code if not code or (len(code) == 2 and code.isascii() and code.isalpha()) else None


def clean_say_as(say_as: str) -> str:
    """How a name is said, or the empty string. Raises Refusal `say_as.…`."""
    return clean_or_empty(say_as, "say_as", NAME_MAX, card=True, field="say_as")


def refuse_house(name: str, organisation: str) -> None:
    """Who does not lead is not called like the house. Raises Refusal `person.reserved` or
    `organisation.reserved`."""
    if name and is_reserved(name):
        raise reserved("name")
    if organisation and is_reserved_organisation(organisation):
        raise reserved("organisation")


def reserved(field: str) -> Refusal:
    """What is said of a `name` or an `organisation` that is the house's."""
    if field == "name":
        text = "This name says that you are of the organisers; please use your own name."
        return Refusal("person.reserved", text, field=field)
    text = "This says that you are of the organisers; please use the name of your organisation, or none."
    return Refusal("organisation.reserved", text, field=field)
