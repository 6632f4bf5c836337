"""`token` and `link`: the ways in, for programs and for people."""

from __future__ import annotations

from typing import Any

import click

from webinar_server.cli.options import PAGE_OF_ROLE, person_options


@click.command()
@person_options
def token(**options: Any) -> None:
    """Print tokens, one a line."""
    from webinar_server.web.terminal import tokens

    for signed in tokens(**options):
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
    from webinar_server.log.sqlite import holder
    from webinar_server.web.access import clean_url
    from webinar_server.web.terminal import tokens

    running = holder(options["data"]) or {}
    base = clean_url(url) if url else running.get("public") or running.get("url") or "http://127.0.0.1:8000"
    page = PAGE_OF_ROLE[options["role"]]
    for signed in tokens(**options):
        click.echo(f"{base}/{page}/{options['session']}#{signed}")
