"""What the terminal's commands do beyond printing: tokens by the dozen, a session on a data folder.

A data folder belongs to one process. Where a server holds it, that server is asked over HTTP instead; a
Redis is written to directly.
"""

from __future__ import annotations

import asyncio
import pathlib
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import msgspec

from webinar_server.clock import fresh_id, monotonic, now_ms
from webinar_server.errors import StorageError
from webinar_server.live.hub import Hub
from webinar_server.log import Log
from webinar_server.log.sqlite import SqliteLog, holder
from webinar_server.session.people import OrganisationKind
from webinar_server.session.programme import CreateSession
from webinar_server.settings import from_environment
from webinar_server.state import Role, replace
from webinar_server.web.identity import DAY_MS, Identity, Signer, with_profile
from webinar_server.web.secret import Secrets, load_secrets, make_folder

MINUTE_MS = 60_000
PATIENCE = 5.0
"""Seconds a command at a terminal waits for a log that does not answer."""


def tokens(
    *,
    session: str,
    role: Role,
    name: str,
    organisation: str,
    kind: OrganisationKind,
    country: str,
    count: int | None,
    days: int,
    data: pathlib.Path,
    **_: Any,
) -> Iterator[str]:
    """Signed tokens; with `count` that many, names numbered. Raises Refusal for a name not kept."""
    signer = Signer(*load_secrets(data))
    now = now_ms()
    for number in range(1, (count or 1) + 1):
        profile = {
            "name": f"{name} {number}" if count else name,
            "organisation": organisation,
            "kind": kind,
            "country": country,
        }
        blank = Identity(
            id=fresh_id(), name="", role=role, session=session, issued=now, expires=now + days * DAY_MS
        )
        # attendees confirm these words themselves, at the door
        yield signer.sign(replace(with_profile(blank, profile), entered=role != "attendee"))


def open_log(redis: str | None, data: pathlib.Path, secrets: Secrets) -> Log:
    """The log that was asked for, not open yet. Raises StorageError for an address that cannot be one."""
    if redis is None:
        return SqliteLog(make_folder(data))
    # most servers need no client for Redis
    from webinar_server.log.redis import RedisLog

    return RedisLog(redis, *secrets)


def create_session(command: CreateSession, data: pathlib.Path, redis: str | None = None) -> None:
    """Raises Refusal or StorageError, each one line that says what to do."""
    secrets = load_secrets(data)
    running = None if redis else holder(data)
    if running is not None and running.get("url"):
        _ask_server(str(running["url"]), command, secrets)
    else:
        asyncio.run(_write(command, open_log(redis, data, secrets)))


async def _write(command: CreateSession, log: Log) -> None:
    hub = Hub(log, from_environment())
    await hub.open()
    try:
        await _until_there(hub)
        await hub.create_session(command)
    finally:
        await hub.close()


async def _until_there(hub: Hub) -> None:
    """A shared log may take a moment to answer. Raises StorageError if it does not."""
    began = monotonic()
    while True:
        try:
            await hub.check()
            return
        except StorageError:
            if monotonic() - began > PATIENCE:
                raise
        await asyncio.sleep(0.1)


def _ask_server(url: str, command: CreateSession, secrets: Secrets) -> None:
    now = now_ms()
    organiser = Identity(
        id="terminal", name="Terminal", role="organiser", session="", issued=now, expires=now + MINUTE_MS
    )
    headers = {
        "Authorization": f"Bearer {Signer(*secrets).sign(organiser)}",
        "Content-Type": "application/json",
    }
    request = urllib.request.Request(f"{url}/api/sessions", msgspec.json.encode(command), headers)
    # a proxy from the environment is not meant for this machine itself
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(request, timeout=10).close()
    except urllib.error.HTTPError as error:
        raise StorageError(_reason(error)) from None
    except OSError as error:
        raise StorageError(
            f"the server at {url} holds this data folder but does not answer ({error}); restart it"
        ) from error


def _reason(error: urllib.error.HTTPError) -> str:
    try:
        return str(msgspec.json.decode(error.read())["text"])
    except (msgspec.DecodeError, KeyError, TypeError):
        return f"the server answered {error.code} {error.reason}"
