"""`doctor`: what stands in the way of a good evening, and what to do about it."""

from __future__ import annotations

import pathlib

import click

from webinar_server.cli.options import data_options


@click.command()
@click.option(
    "--public-url",
    metavar="URL",
    envvar="WEBINAR_PUBLIC_URL",
    help="Where people reach the server; it is asked, and a WebSocket tried.",
)
@data_options
def doctor(public_url: str | None, data: pathlib.Path, redis: str | None) -> None:
    """Look at everything a server needs; one line each, OK, WARN or FAIL. Exit code 1 if any fails."""
    from webinar_server.serve.doctor import examine

    findings = examine(data, redis, public_url)
    for level, about, text in findings:
        click.echo(f"{level:<4}  {about}: {text}")
    if any(finding.level == "FAIL" for finding in findings):
        raise SystemExit(1)
