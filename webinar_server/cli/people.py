"""`token` and `link`: the ways in, for programs and for people."""

from __future__ import annotations

import asyncio
import pathlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from webinar_server.cli.guest_list import Row, with_links
from webinar_server.cli.options import person_options
from webinar_server.errors import Refusal
from webinar_server.session.roles import ROLES
from webinar_server.state.card import ORGANISATION_KINDS

if TYPE_CHECKING:
    from webinar_server.state import Identity

Way: TypeAlias = "Callable[[Identity, str], str]"
"""What is told of somebody and their token."""

ASSUMED = "http://127.0.0.1:8000"
"""Where a server is that nobody has told anything else."""


@click.command()
@person_options
def token(**options: Any) -> None:
    """Print tokens, one a line."""
    _print("token", lambda _, signed: signed, **options)


@click.command()
@person_options
@click.option(
    "--url",
    envvar="WEBINAR_PUBLIC_URL",
    help="Address of the server; if left out, of the one that runs on this data folder, or did last.",
)
def link(url: str | None, **options: Any) -> None:
    """Print links to open in a browser, one a line."""
    from webinar_server.session import SESSION
    from webinar_server.session.roles import PAGE_OF_ROLE
    from webinar_server.web.who.access import clean_url

    base, note = (clean_url(url), "") if url else address_of(options["data"])

    def way(identity: Identity, signed: str) -> str:
        return f"{base}/{PAGE_OF_ROLE[identity.role]}/{SESSION.id_of(identity.topic)}#{signed}"

    _print("link", way, **options)
    if note:
        click.echo(note, err=True)


def address_of(data: pathlib.Path) -> tuple[str, str]:
    """Where the server of a folder is, and what to note where that is not sure."""
    from webinar_server.log.sqlite.lock import holder, remembered

    running, last = holder(data), remembered(data)
    base = last or ASSUMED
    if running and running["url"]:
        return base, ""
    why = "where it was last" if last else "which is assumed"
    return base, f"note: no server runs on {data}; these lead to {base}, {why}. Give another with --url"


def _print(column: str, way: Way, people: pathlib.Path | None, hosts: bool, **options: Any) -> None:
    """A line for each, or a list with what was made for each in a column of its own."""
    if options["renew"] is not None:
        click.echo(way(*_renewed(**options)))
        return
    if people is None:
        for made in _signed(**options):
            click.echo(way(*made))
    else:
        click.echo(with_links(people, column, _of_a_row(way, hosts, **options)), nl=False)
    _tell_unknown(options["session"], options["data"], options["redis"])


def _renewed(*, renew: str, **options: Any) -> tuple[Identity, str]:
    """Somebody whose link is renewed, with their new token."""
    from webinar_server.serve.sessions import renewed

    return renewed(renew, **{name: options[name] for name in ("session", "days", "data", "redis")})


def _signed(*, redis: str | None, renew: None, **options: Any) -> Iterator[tuple[Identity, str]]:
    """New people, with their tokens."""
    from webinar_server.serve.sessions import tokens

    yield from tokens(**options | {"kind": options["kind"] or ""})


def _of_a_row(way: Way, hosts: bool, **options: Any) -> Callable[[Row], str]:
    """What to make of a row; where it is silent, the options say its role and the like."""
    from webinar_server.serve.sessions import inviting

    invite = inviting(options["session"], options["days"], options["data"])
    usual = {name: options[name] or "" for name in ("role", "organisation", "kind", "country")}

    def made(row: Row) -> str:
        profile = usual | {name: cell for name, cell in row.items() if cell}
        role = _one_of("role", ROLES.audience_of, profile.pop("role").casefold())
        if row.get("role") and role in ROLES.leading and not hosts:
            raise Refusal("person.role", f"a list makes a {role} only with --hosts; is it meant?")
        if kind := profile["kind"].casefold():
            profile["kind"] = _one_of("kind", ORGANISATION_KINDS, kind)
        return way(*invite(role, {"name": ""} | profile))

    return made


def _one_of(column: str, choices: Iterable[str], given: str) -> str:
    if given not in choices:
        raise Refusal(f"person.{column}", f"the {column} is one of {', '.join(choices)}")
    return given


def _tell_unknown(session: str, data: pathlib.Path, redis: str | None) -> None:
    """A line on standard error where a link leads nowhere as yet; a session may be made after its links."""
    from webinar_server.errors import StorageError

    try:
        is_there = asyncio.run(_is_there(session, data, redis))
    except (StorageError, TimeoutError):
        # a folder without a log has no session yet; a Redis that does not answer may have it
        is_there = redis is not None
    if not is_there:
        told = f"note: there is no session {session!r} here yet; `webinar-server session add` makes it"
        click.echo(told, err=True)


async def _is_there(session: str, data: pathlib.Path, redis: str | None) -> bool:
    from webinar_server.cli.archive import SEEN_WITHIN, source
    from webinar_server.session import SESSION
    from webinar_server.state import START

    log = source(data, redis)
    async with asyncio.timeout(SEEN_WITHIN):
        await log.open()
        try:
            return await log.head(SESSION.topic(session)) != START
        finally:
            await log.close()
