"""`mission add`, `list`, `show` and `link`: missions, and the ways into them."""

from __future__ import annotations

import asyncio
import pathlib

import click

from webinar_server.cli.options import data_options
from webinar_server.errors import Refusal

url_option = click.option(
    "--url",
    envvar="WEBINAR_PUBLIC_URL",
    help="Address of the server; if left out, of the one that runs on this data folder, or did last.",
)


@click.group()
def mission() -> None:
    """Missions: weeks of sessions, with the people who take part."""


@mission.command("add")
@click.argument("id")
@click.option("--title", required=True)
@click.option("--starts-on", metavar="DAY", required=True, help="Like 2027-03-01.")
@click.option("--ends-on", metavar="DAY", required=True)
@click.option(
    "--place",
    "places",
    metavar="NAME ZONE",
    nargs=2,
    multiple=True,
    required=True,
    help="Where its people are, with the time zone there, like 'The Hague' Europe/Amsterdam; repeatable.",
)
@click.option("--organiser", metavar="NAME", required=True)
@url_option
@data_options
def add_mission(
    id: str,
    title: str,
    starts_on: str,
    ends_on: str,
    places: tuple[tuple[str, str], ...],
    organiser: str,
    url: str | None,
    data: pathlib.Path,
    redis: str | None,
) -> None:
    """Begin a mission, and print its organiser's link."""
    from webinar_server.mission.mission import CreateMission, Place
    from webinar_server.serve.missions import begun

    for _, zone in places:
        _check_zone(zone)
    command = CreateMission(
        mission=id,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        places=tuple(Place(name=name, zone=zone) for name, zone in places),
        organiser=organiser,
    )
    _print(begun(command, data, redis), url, data)


@mission.command("link")
@click.argument("id")
@click.argument("person", default="")
@click.option("--renew", is_flag=True, help="A new one in place of a leaked one, which ends.")
@url_option
@data_options
def link_of(
    id: str, person: str, renew: bool, url: str | None, data: pathlib.Path, redis: str | None
) -> None:
    """Print somebody's link, by their id, name or e-mail address; of an organiser if nobody is named."""
    from webinar_server.serve.missions import link_of as path_of

    _print(path_of(id, person, renew, data, redis), url, data)


@mission.command("erase")
@click.argument("id")
@click.argument("person")
@click.confirmation_option(prompt="All that is held of this person goes, for good. Erase?")
@data_options
def erase(id: str, person: str, data: pathlib.Path, redis: str | None) -> None:
    """Erase somebody, by their id, name or e-mail address, from a mission and its sessions."""
    from webinar_server.serve.missions import erased_from

    told = erased_from(id, person, data, redis)
    done = "is erased" if told["finished"] else "is being erased; the server goes on with it"
    click.echo(f"{told['erased']} {done}")
    click.echo(f"not reached: {', '.join(told['left'])}", err=True)


@mission.command("list")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@data_options
def list_missions(as_json: bool, data: pathlib.Path, redis: str | None) -> None:
    """All missions, by their id; also while a server runs."""
    from webinar_server.cli import mission_table, session_table

    rows = asyncio.run(mission_table.summaries(data, redis))
    click.echo(session_table.as_json(rows) if as_json else mission_table.table(rows))


@mission.command("show")
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="One object.")
@data_options
def show_mission(id: str, as_json: bool, data: pathlib.Path, redis: str | None) -> None:
    """One mission: its days and places, its sessions, and how many people take part."""
    from webinar_server.cli import mission_table, session_table

    rows = asyncio.run(mission_table.summaries(data, redis, id))
    click.echo(session_table.as_json(rows) if as_json else session_table.page(rows[0]))


def _check_zone(zone: str) -> None:
    """Raises Refusal `mission.zone` where there is no such one."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        text = f"{zone!r} is no time zone; give one like Europe/Amsterdam"
        raise Refusal("mission.zone", text) from None


def _print(path: str, url: str | None, data: pathlib.Path) -> None:
    from webinar_server.cli.people import address_of
    from webinar_server.web.who.access import clean_url

    base, note = (clean_url(url), "") if url else address_of(data)
    click.echo(f"{base}{path}")
    if note:
        click.echo(note, err=True)
