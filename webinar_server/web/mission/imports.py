"""Imports over HTTP: a list of people is looked at, and then taken in; and the list of all, to take along.

`POST /api/missions/ID/imports?columns=&keeps=1` with the file as its body, and its name in the header
`Content-Disposition` as `attachment; filename*=UTF-8''…`, says what would happen to each line; with
`go=1` it happens, and the record `import` says how far it is. Nothing is kept between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from webinar_server.clock import monotonic
from webinar_server.errors import Refusal
from webinar_server.limits import IMPORTS
from webinar_server.live.hub import Hub
from webinar_server.live.room import Room
from webinar_server.live.saying import say_for
from webinar_server.mission.fates import Fate, Line, fate_of
from webinar_server.mission.imports import PART, TOLD_MAX, BeginImport, LeftOpen, Stray
from webinar_server.mission.participants import PARTICIPANTS_MAX, Participant
from webinar_server.sheets.aside import Aside
from webinar_server.sheets.listing import TITLES, listed
from webinar_server.sheets.reading import Line as Read
from webinar_server.sheets.reading import Refused, Sheet
from webinar_server.web.mission.files import name_of, to_keep
from webinar_server.web.mission.organisers import MISSION_PATH, organiser
from webinar_server.web.who.access import Access

IMPORTS_PATH = f"{MISSION_PATH}/imports"
LIST_PATH = f"{MISSION_PATH}/participants.csv"

NOT_LISTED = ("declined", "left")
"""Who is not in the list of all: who takes part no more."""


class Imports:
    """Those of one worker's missions."""

    def __init__(self, hub: Hub, access: Access) -> None:
        self._hub = hub
        self._access = access
        self._aside = Aside()

    def routes(self) -> list[Route]:
        return [
            Route(IMPORTS_PATH, self.take, methods=["POST"]),
            Route(LIST_PATH, self.list_all),
        ]

    async def take(self, request: Request) -> Response:
        identity, _, room = await organiser(request, self._hub, self._access)
        pace, rates = self._hub.worker.pace, {"imports": IMPORTS}
        pace.require(identity.id, rates, monotonic(), "pace.imports", "A little slower, please.")
        asked = request.query_params
        columns = asked["columns"].split(",") if "columns" in asked else None
        sheet = await self._aside.read(await request.body(), columns)
        keeps = asked.get("keeps", "1") != "0"
        fates = await _fates(room, sheet.lines, keeps)
        if asked.get("go") != "1":
            told = msgspec.json.encode(_previewed(sheet, fates))
            return Response(told, media_type="application/json", headers={"Cache-Control": "no-store"})
        command = _begun(name_of(request), keeps, sheet, fates)
        return JSONResponse(await say_for(room, identity, command), 201)

    async def list_all(self, request: Request) -> Response:
        _, mission, room = await organiser(request, self._hub, self._access)
        lang = request.query_params.get("lang", "en")
        if lang not in TITLES:
            raise Refusal("query.malformed", f"`lang` is one of {', '.join(TITLES)}.")
        people = [one for one in room.state.all(Participant) if one.state not in NOT_LISTED]
        people.sort(key=lambda one: (one.name.casefold(), one.id))
        return Response(
            await asyncio.to_thread(listed, people, lang),
            media_type="text/csv; charset=utf-8",
            headers=to_keep(f"participants-{mission}.csv"),
        )


async def _fates(room: Room, lines: Sequence[Read], keeps: bool) -> list[tuple[Line, Fate]]:
    """What each line would do now; others have their turn between."""
    free = PARTICIPANTS_MAX - room.state.count(Participant)
    told: list[tuple[Line, Fate]] = []
    for number, line in enumerate(lines):
        if number % PART == PART - 1:
            await asyncio.sleep(0)
        fate = fate_of(room.state, line.said, keeps)
        if fate.what == "new":
            free -= 1
            fate = fate if free >= 0 else Fate("refused", code="participant.full")
        told.append((Line(number=line.number, said=line.said), fate))
    return told


def _previewed(sheet: Sheet, fates: Sequence[tuple[Line, Fate]]) -> dict[str, Any]:
    taken = (_line(read, fate) for read, (_, fate) in zip(sheet.lines, fates, strict=True))
    lines = [*taken, *map(_refused, sheet.refused)]
    return {
        "kind": sheet.kind,
        "encoding": sheet.encoding,
        "separator": sheet.separator,
        "sheet": sheet.sheet,
        "formulas": sheet.formulas,
        "missing": sheet.missing,
        "columns": [
            {"title": column.title, "field": column.field, "note": column.note, "samples": [*column.samples]}
            for column in sheet.columns
        ],
        "lines": sorted(lines, key=lambda line: line["line"]),
    }


def _line(line: Read, fate: Fate) -> dict[str, Any]:
    told: dict[str, Any] = {"line": line.number, "fate": fate.what, "name": line.said["name"]}
    told |= {"organisation": line.said.get("organisation", "")}
    if fate.what == "changed":
        told["fields"] = [*fate.fields]
    if fate.what == "refused":
        told["code"] = fate.code
    if line.unknown:
        told["unknown"] = line.unknown
    return told | ({"kept": [*fate.kept]} if fate.kept else {})


def _refused(line: Refused) -> dict[str, Any]:
    told = {"line": line.number, "fate": "refused", "name": line.called, "code": line.code}
    return told | {"text": line.text, "field": line.field}


def _begun(file: str, keeps: bool, sheet: Sheet, fates: Sequence[tuple[Line, Fate]]) -> BeginImport:
    """What is taken in is what changes something; the rest is only counted."""
    strays = [Stray(number=line.number, code=line.code, field=line.field) for line in sheet.refused]
    strays += [Stray(number=line.number, code=fate.code) for line, fate in fates if fate.what == "refused"]
    return BeginImport(
        file=file,
        keeps=keeps,
        lines=tuple(line for line, fate in fates if fate.what in ("new", "changed")),
        equal=sum(fate.what == "equal" for _, fate in fates),
        refused=len(strays),
        strays=tuple(sorted(strays, key=lambda stray: stray.number)[:TOLD_MAX]),
        left_open=tuple(_left_open(sheet, fates))[:TOLD_MAX],
    )


def _left_open(sheet: Sheet, fates: Sequence[tuple[Line, Fate]]) -> Iterator[LeftOpen]:
    for read, (line, fate) in zip(sheet.lines, fates, strict=True):
        if fate.what != "refused":
            for field, said in read.unknown.items():
                yield LeftOpen(number=line.number, field=field, said=said)
