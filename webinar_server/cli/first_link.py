"""The first link: told by a server that has nothing yet, to standard output alone, since whoever reads it
organises, and logs are read by others."""

from __future__ import annotations

import contextlib
import pathlib
import threading
from typing import TYPE_CHECKING

import click

from webinar_server.errors import StorageError

if TYPE_CHECKING:
    from webinar_server.live.hub import Hub
    from webinar_server.web.who.tokens import Signer


def begin(hub: Hub, signer: Signer, base: str) -> None:
    """Tell it by a server that serves at `base`, once its log answered."""
    hub.worker.tasks.start("first link", _look(hub, signer, base))


def begin_of_several(redis: str, data: pathlib.Path, base: str) -> None:
    """The same of several workers, beside them, as a terminal would."""
    threading.Thread(target=_look_beside, args=(redis, data, base), daemon=True).start()


async def _look(hub: Hub, signer: Signer, base: str) -> None:
    from webinar_server.serve.missions import first_link

    _tell(base, await first_link(hub, signer))


def _look_beside(redis: str, data: pathlib.Path, base: str) -> None:
    from webinar_server.serve.missions import first_link_on

    with contextlib.suppress(StorageError):
        _tell(base, first_link_on(redis, data))


def _tell(base: str, path: str | None) -> None:
    if path:
        click.echo(f"to set up a mission, open {base}{path}")
