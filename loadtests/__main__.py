"""`python -m loadtests SCENE`: play a scene, say what held; exit 0, 1 (a threshold broke) or 2 (no run)."""

from __future__ import annotations

import pathlib
import signal
import sys
from typing import Any

import click

from loadtests.run import Options, run_all
from loadtests.scenes import GROUPS, SCENES
from loadtests.server import CannotRun

BROKEN, NO_RUN = 1, 2


@click.command(context_settings={"show_default": True})
@click.argument("scene", type=click.Choice([*GROUPS, *SCENES]), default="standard")
@click.option("--people", type=click.IntRange(2, 20_000), help="In each session.  [default: the scene's]")
@click.option(
    "--seconds", type=click.FloatRange(3), help="Length; all its moments move.  [default: the scene's]"
)
@click.option("--processes", type=click.IntRange(1, 64), default=1, help="Locust processes.")
@click.option("--slack", type=click.FloatRange(0), default=1.0, help="Multiplies the times of all verdict.")
@click.option("--seed", default=2020, help="The same seed brings the same people.")
@click.option("--report", default="load-report", type=click.Path(path_type=pathlib.Path), help="Its folder.")
@click.option("--host", metavar="URL", help="A running server, in place of one of our own.")
@click.option(
    "--tokens", type=click.Path(exists=True, path_type=pathlib.Path), help="Attendees' tokens or links."
)
@click.option("--hosts", type=click.Path(exists=True, path_type=pathlib.Path), help="Hosts' tokens or links.")
def main(**options: Any) -> None:
    """Play SCENE, or several of them, with a full audience. See docs/load.md."""
    # ended by `kill` as by Ctrl-C, so that the server and locust are not left behind
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        held = run_all(Options(**options), click.echo)
    except CannotRun as error:
        click.echo(f"loadtests: {error}", err=True)
        sys.exit(NO_RUN)
    except KeyboardInterrupt:
        sys.exit(NO_RUN)
    sys.exit(0 if held else BROKEN)


if __name__ == "__main__":
    main()
