"""vCards: somebody's leads for an address book, as RFC 6350 (4.0) or RFC 2426 (3.0) has them. Pure.

A lead has the same UID always, so that an address book which knows it takes the newer. A name is one text,
written whole as it is shown: nobody takes it apart into family and given name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from webinar_server.mission import MISSION
from webinar_server.mission.leads import Lead

MEDIA_TYPE = "text/vcard"
Version = Literal["3.0", "4.0"]

LINE_MAX = 75
"""Bytes of a line; what is longer goes on in the next, behind a space."""


def vcards(leads: list[Lead], mission: str, version: Version) -> bytes:
    """One after the other; `mission` is the id of theirs."""
    lines = (line for lead in leads for line in _card(lead, mission, version))
    return b"".join(map(_folded, lines))


def _card(lead: Lead, mission: str, version: Version) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"UID:urn:uuid:{uuid5(NAMESPACE_URL, f'{MISSION.topic(mission)}/{lead.id}')}"
    if version == "4.0":
        yield "KIND:individual"
    yield f"FN:{_text(lead.name)}"
    # 3.0 wants one, and address books show its given name first
    yield f"N:;{_text(lead.name)};;;"
    said = {"ORG": lead.organisation, "EMAIL": lead.email, "TEL": lead.phone, "NOTE": _note(lead)}
    yield from (f"{name}:{_text(value)}" for name, value in said.items() if value)
    if lead.place or lead.country:
        yield f"ADR:;;;{_text(lead.place)};;;{_text(lead.country)}"
    if lead.link:
        yield f"URL:{_address(lead.link)}"
    if lead.tags:
        yield f"CATEGORIES:{','.join(map(_text, lead.tags))}"
    yield "END:VCARD"


def _note(lead: Lead) -> str:
    step = " ".join(filter(None, (lead.next_step, lead.due and f"({lead.due})")))
    return "\n".join(filter(None, (lead.reason, lead.notes, step)))


def _text(value: str) -> str:
    for sign in ("\\", ",", ";"):
        value = value.replace(sign, f"\\{sign}")
    return "\\n".join(value.splitlines())


def _address(link: str) -> str:
    """Signs that would end it are none of an address."""
    return "".join(link.split())


def _folded(line: str) -> bytes:
    """A line's bytes, none longer than `LINE_MAX`, and no sign parted."""
    parts, part = [], b""
    for sign in line:
        encoded = sign.encode()
        if len(part) + len(encoded) > LINE_MAX:
            parts.append(part)
            part = b" "
        part += encoded
    return b"\r\n".join((*parts, part)) + b"\r\n"
