"""`token` and `link`: the ways in, for programs and for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from webinar_server.cli.options import person_options

if TYPE_CHECKING:
    from webinar_server.state import Identity


@click.command()
@person_options
def token(**options: Any) -> None:
    """Print tokens, one a line."""
    for _, signed in _signed(**options):
        click.echo(signed)


@click.command()
@person_options
@click.option(
    "--url",
    envvar="WEBINAR_PUBLIC_URL",
    help="Address of the server; if left out, of the one that runs on this data folder.",
)
def link(url: str | None, **options: Any) -> None:
    """Print links to open in a browser, one a line."""
    from webinar_server.log.sqlite.lock import holder
    from webinar_server.session import SESSION
    from webinar_server.session.roles import PAGE_OF_ROLE
    from webinar_server.web.who.access import clean_url

    running = holder(options["data"]) or {}
    base = clean_url(url) if url else running.get("public") or running.get("url") or "http://127.0.0.1:8000"
    for identity, signed in _signed(**options):
        click.echo(f"{base}/{PAGE_OF_ROLE[identity.role]}/{SESSION.id_of(identity.topic)}#{signed}")


def _signed(renew: str | None, **options: Any) -> Iterator[tuple[Identity, str]]:
    """New people, or one whose link is renewed, with their tokens."""
    from webinar_server.serve.sessions import renewed, tokens

    if renew is None:
        return tokens(**options)
    where = {name: options[name] for name in ("session", "days", "data", "redis")}
    return iter([renewed(renew, **where)])
