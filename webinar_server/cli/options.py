"""Options that several commands share: where the log is, and who a token is for."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from typing import Any, TypeVar

import click

from webinar_server.session.roles import ROLES
from webinar_server.state.card import ORGANISATION_KINDS

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_DATA = "webinar-data"


def data_options(command: F) -> F:
    """Where the log is: a folder, or a Redis."""
    command = click.option(
        "--redis",
        metavar="URL",
        envvar="WEBINAR_REDIS",
        help="Redis or Valkey, for several workers; the folder then holds only the secret.",
    )(command)
    return click.option(
        "--data",
        metavar="DIR",
        default=DEFAULT_DATA,
        show_default=True,
        envvar="WEBINAR_DATA",
        type=click.Path(path_type=pathlib.Path),
        help="Folder of the log and the secret.",
    )(command)


def proxy_option(command: F) -> F:
    """Whose word is taken for the address that somebody comes from."""
    return click.option(
        "--trusted-proxy",
        metavar="ADDRESS",
        multiple=True,
        callback=_proxies,
        envvar="WEBINAR_TRUSTED_PROXY",
        help="Address or network of a proxy that says for whom it asks, like 127.0.0.1; may be repeated.",
    )(command)


def _proxies(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    from webinar_server.web.who.visitors import Proxies

    named = tuple(name for given in value for name in given.replace(",", " ").split())
    Proxies(named)
    return named


def metrics_address(context: click.Context, option: click.Parameter, value: str | None) -> Any:
    """`[HOST:]PORT` on the command line, as host and port."""
    from webinar_server.serve.metrics_port import address

    try:
        return address(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no port; give one like 9100, or 10.0.0.5:9100") from None


def _needed(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    listed = context.params.get("people") is not None
    if value is None and not context.params.get("renew") and not (listed and option.name != "session"):
        raise click.MissingParameter(ctx=context, param=option)
    if listed and option.name == "name" and value is not None:
        raise click.UsageError("the people are in the list; leave out --name, or --people", context)
    return value


def person_options(command: F) -> F:
    """Who a token is for; or, with `--renew`, whose it replaces."""
    options = (
        click.option("--session", metavar="ID", callback=_needed),
        click.option("--role", type=click.Choice(list(ROLES.audience_of)), callback=_needed),
        click.option("--name", callback=_needed),
        click.option(
            "--renew",
            metavar="WHO",
            is_eager=True,
            help="A new one in place of a leaked one, which ends with all that came of it: the old link, or "
            "an id or name in the session.",
        ),
        click.option(
            "--people",
            metavar="FILE",
            is_eager=True,
            type=click.Path(path_type=pathlib.Path, dir_okay=False, exists=True),
            help="A list of them (CSV) with a column `name`, perhaps `organisation`, `kind`, `country`, "
            "`role`; it is printed with one column more.",
        ),
        click.option("--hosts", is_flag=True, help="The list may make hosts and organisers, too."),
        click.option("--organisation", default=""),
        click.option("--kind", type=click.Choice(ORGANISATION_KINDS), help="Asked at the door if left out."),
        click.option("--country", metavar="CC", default="", help="Two letters, like NL."),
        click.option("--count", type=click.IntRange(1, 100_000), help="So many, with numbered names."),
        click.option(
            "--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="Valid so long."
        ),
    )
    for option in options:
        command = option(command)
    return data_options(command)
