"""Look: a mission's picture, kept in its log like all of it, so that no page loads one from elsewhere."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256
from typing import ClassVar

from webinar_server.errors import Refusal
from webinar_server.mission.mission import the_mission
from webinar_server.mission.roles import ORGANISERS
from webinar_server.state import Actor, Command, Draft, Record, Records, Role, replace
from webinar_server.state.record import Unseen

PICTURE_MAX = 48 * 1024
"""Bytes of a picture; the pages make a larger one smaller before they send it."""

NAME_LETTERS = 12


class Picture(Unseen, frozen=True, kw_only=True):
    """That of the mission, whose id it has; fetched by its name (`web/mission/pictures.py`)."""

    KIND: ClassVar[str] = "picture"

    name: str
    data: str
    """Base64: entries are text."""

    @property
    def body(self) -> bytes:
        return b64decode(self.data)


class ShowPicture(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Show a picture, or none; said where it comes in as it is, over HTTP."""

    NAME: ClassVar[str] = "show_picture"
    ROLES: ClassVar[frozenset[Role]] = ORGANISERS
    INTERNAL: ClassVar[bool] = True

    picture: bytes

    def run(self, draft: Draft, actor: Actor) -> dict[str, str]:
        mission = the_mission(draft)
        refuse_no_picture(self.picture)
        name = sha256(self.picture).hexdigest()[:NAME_LETTERS] if self.picture else ""
        if name != mission.picture:
            draft.put(replace(mission, picture=name))
            draft.put(Picture(id=mission.id, name=name, data=b64encode(self.picture).decode()))
        return {"picture": name}


def refuse_no_picture(picture: bytes) -> None:
    """Raises Refusal `mission.picture`: what a browser draws as a picture alone is one, and no drawing that
    may hold a script."""
    if len(picture) > PICTURE_MAX or (picture and not media_type(picture)):
        text = f"A picture is PNG, JPEG or WebP, of up to {PICTURE_MAX // 1024} kB."
        raise Refusal("mission.picture", text, field="picture")


def media_type(picture: bytes) -> str:
    """By how it begins; empty for what is no picture."""
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if picture.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/webp" if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP" else ""


def picture_of(records: Records, name: str) -> bytes | None:
    """The mission's picture, if it is called so."""
    mission = the_mission(records)
    picture = records.get(Picture, mission.id)
    return picture.body if picture is not None and picture.name == name and name else None


NAMES_NOBODY = True


RECORDS: list[type[Record]] = [Picture]
COMMANDS: list[type[Command]] = [ShowPicture]
