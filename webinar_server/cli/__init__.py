"""Commands for people at a terminal: serve, mission, session, token, link, export, restore, doctor, schema,
demo.

A mistake is one line on standard error that says what to do, and exit code 1 (2 for a misspelt command).
"""

from __future__ import annotations

import os
import sys
from io import StringIO
from typing import NoReturn

import click

from webinar_server import __version__, logs
from webinar_server.cli.archive import export_session, restore_session
from webinar_server.cli.doctor import doctor
from webinar_server.cli.missions import mission
from webinar_server.cli.people import link, token
from webinar_server.cli.serving import serve
from webinar_server.cli.sessions import session
from webinar_server.errors import Refusal, StorageError
from webinar_server.log.redis.address import without


def main() -> None:
    """Entry point: errors of the product become one line, mistakes in it an event without people's words."""
    logs.setup()
    try:
        cli(standalone_mode=False)
    except (StorageError, Refusal) as error:
        _fail(error.text if isinstance(error, Refusal) else str(error))
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        click.echo(_without_addresses(shown.getvalue()), err=True, nl=False)
        raise SystemExit(error.exit_code) from None
    except (click.Abort, KeyboardInterrupt):
        raise SystemExit(130) from None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="webinar-server")
def cli() -> None:
    """The live interaction and community server for digital missions."""


for command in (serve, mission, session, token, link, export_session, restore_session, doctor):
    cli.add_command(command)


@cli.command()
def schema() -> None:
    """Print the reference of records, commands and HTTP as AsyncAPI and OpenAPI (JSON)."""
    from webinar_server.web.schema import describe

    click.echo(describe())


@cli.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def demo(arguments: tuple[str, ...]) -> None:
    """A running mission with a simulated audience; see `webinar-server demo --help`."""
    from webinar_server.demo import main as run_demo

    run_demo(list(arguments), standalone_mode=False)


def _fail(text: str) -> NoReturn:
    click.echo(f"webinar-server: {_without_addresses(text)}", err=True)
    raise SystemExit(1)


def _without_addresses(text: str) -> str:
    """An address with a password that somebody wrote in the wrong place is not repeated, either."""
    ours = [value for name, value in os.environ.items() if name.startswith("WEBINAR_")]
    return without(text, (*sys.argv[1:], *ours))
