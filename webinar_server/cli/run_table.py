"""The programme check at a terminal: a line for each rule that a session's run of show breaks, and why."""

from __future__ import annotations

import pathlib

from webinar_server.cli.session_table import states
from webinar_server.session import SESSION
from webinar_server.session.run.check import Finding, check
from webinar_server.session.run.records import Segment, in_order
from webinar_server.state import State

GOOD = "nothing to mend"
NONE = "there is no run of show; hosts begin one in the drawer of their page"


async def checked(data: pathlib.Path, redis: str | None, id: str) -> list[str]:
    """Raises StorageError where there is no such session."""
    return [line async for state in states(SESSION, data, redis, id) for line in _lines(state)]


def _lines(state: State) -> list[str]:
    plan = in_order(state)
    return [_line(finding, plan) for finding in check(plan)] if plan else [NONE]


def _line(finding: Finding, plan: list[Segment]) -> str:
    called = [
        f"{at}. {one.title or one.kind}" for at, one in enumerate(plan, 1) if one.id in finding.segments
    ]
    where = f" ({', '.join(called)})" if called else ""
    return f"{finding.rule}{where}: {finding.reason}"
