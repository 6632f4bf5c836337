"""Sessions at a terminal, beyond printing: tokens by the dozen, a session on a data folder.

A data folder belongs to one process. Where a server holds it, that server is asked over HTTP instead; a
Redis is written to directly.
"""

from __future__ import annotations

import asyncio
import pathlib
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import msgspec

from webinar_server.clock import fresh_id, monotonic, now_ms
from webinar_server.errors import StorageError, TokenError
from webinar_server.live.hub import Hub
from webinar_server.log import Log
from webinar_server.log.erasures import Erasures
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.log.sqlite.lock import holder
from webinar_server.session import SESSION
from webinar_server.session.programme import CreateSession
from webinar_server.settings import from_environment
from webinar_server.state import Role, replace
from webinar_server.web.http.links import Renew, renew, terminal
from webinar_server.web.sessions import create_session as create_session_in
from webinar_server.web.who.secret import Secrets, load_secrets, make_folder
from webinar_server.web.who.tokens import DAY_MS, Identity, Signer, with_profile

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds a command at a terminal waits for a log that does not answer."""


Invite = Callable[[Role, dict[str, str]], tuple[Identity, str]]
"""Somebody new and their token, by a role and a profile. Raises Refusal for a name that is not kept."""


def inviting(session: str, days: int, data: pathlib.Path) -> Invite:
    """Who invites into a session, for so many days from now."""
    signer, now = Signer(*load_secrets(data)), now_ms()
    blank = Identity(
        id="", name="", role="attendee", topic=SESSION.topic(session), issued=now, expires=now + days * DAY_MS
    )

    def invite(role: Role, profile: dict[str, str]) -> tuple[Identity, str]:
        somebody = with_profile(replace(blank, id=fresh_id(), role=role), profile)
        # attendees confirm these words themselves, at the door
        identity = replace(somebody, entered=role != "attendee")
        return identity, signer.sign(identity)

    return invite


def tokens(
    *, session: str, role: Role, name: str, count: int | None, days: int, data: pathlib.Path, **said: str
) -> Iterator[tuple[Identity, str]]:
    """People and their tokens; with `count` that many, names numbered. Raises Refusal for a name not kept."""
    invite = inviting(session, days, data)
    for number in range(1, (count or 1) + 1):
        yield invite(role, {"name": f"{name} {number}" if count else name, **said})


def open_log(redis: str | None, data: pathlib.Path) -> Log:
    """The log that was asked for, not open yet. Raises StorageError for an address that cannot be one."""
    if redis is None:
        return SqliteLog(make_folder(data))
    # most servers need no client for Redis
    from webinar_server.log.redis.engine import RedisLog

    return RedisLog(redis)


def create_session(command: CreateSession, data: pathlib.Path, redis: str | None = None) -> None:
    """Raises Refusal or StorageError, each one line that says what to do."""
    secrets = load_secrets(data)
    url = server_of(data, redis)
    if url:
        ask_server(url, "/api/sessions", command, secrets)
    else:
        asyncio.run(with_hub(open_log(redis, data), lambda hub: create_session_in(hub, command)))


def renewed(
    who: str, *, session: str | None, days: int, data: pathlib.Path, redis: str | None
) -> tuple[Identity, str]:
    """Somebody's new token, once the old ones have ended; `who` is an old link or token, an id or a name.

    Raises Refusal or StorageError, each one line that says what to do.
    """
    secrets = load_secrets(data)
    signer = Signer(*secrets)
    body, given = _asked(who.rpartition("#")[2], session, days, signer)
    url = server_of(data, redis)
    if url:
        token = str(ask_server(url, "/api/links", body, secrets)["token"])
        return signer.read_link(token), token

    async def renew_in(hub: Hub) -> Identity:
        room = await hub.room(SESSION.topic(body.session))
        if room is None:
            raise StorageError(f"there is no session {body.session!r}")
        return await renew(room, terminal(), body, given)

    identity = asyncio.run(with_hub(open_log(redis, data), renew_in))
    return identity, signer.sign(identity)


def _asked(who: str, session: str | None, days: int, signer: Signer) -> tuple[Renew, Identity | None]:
    try:
        given = signer.read_link(who)
    except TokenError as error:
        if error.code == "token.expired":
            raise StorageError(
                "this link has expired by itself; give the id or name to make a new one"
            ) from None
        if session is None:
            raise StorageError("name the session, or give the old link whole") from None
        return Renew(person=who, session=session, days=days), None
    return Renew(person=given.id, session=SESSION.id_of(given.topic), token=who, days=days), given


def server_of(data: pathlib.Path, redis: str | None) -> str:
    """The address of the server that holds this folder, if one does."""
    running = None if redis else holder(data)
    return str((running or {}).get("url") or "")


async def with_hub(log: Log, do: Callable[[Hub], Awaitable[T]], erased: Erasures | None = None) -> T:
    hub = Hub(log, from_environment(), erased)
    await hub.open()
    try:
        await _until_there(hub)
        return await do(hub)
    finally:
        await hub.close()


async def _until_there(hub: Hub) -> None:
    """A shared log may take a moment to answer. Raises StorageError if it does not."""
    began = monotonic()
    while True:
        try:
            await hub.worker.check()
            return
        except StorageError:
            if monotonic() - began > PATIENCE:
                raise
        await asyncio.sleep(0.1)


def ask_server(url: str, path: str, body: msgspec.Struct, secrets: Secrets) -> dict[str, Any]:
    headers = {
        "Authorization": f"Bearer {Signer(*secrets).sign(terminal())}",
        "Content-Type": "application/json",
    }
    request = urllib.request.Request(f"{url}{path}", msgspec.json.encode(body), headers)
    # a proxy from the environment is not meant for this machine itself
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            told: dict[str, Any] = msgspec.json.decode(answer.read())
            return told
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
