"""Meetings as they are simulated: what people say of them, by what they see; and what must hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tests.mission.meeting import QUARTER, TUESDAY
from tests.sim.client import Client
from tests.sim.play import Act
from webinar_server.mission.meetings import MINUTE_MS, Meeting
from webinar_server.state import State

HOURS = [TUESDAY + number * QUARTER for number in range(4)]
"""Few, so that many meetings want the same."""


def meet(client: Client) -> Act | None:
    """Something about meetings; nothing where they know nobody."""
    acts = {_propose: 3, _accept: 6, _other: 1, _decline: 1, _move: 2, _cancel: 1}
    order = client.dice.sample(list(acts), counts=list(acts.values()), k=sum(acts.values()))
    return next((said for act in order if (said := act(client)) is not None), None)


def _propose(client: Client) -> Act | None:
    leads = [lead["whom"] for _, lead in sorted(client.screen.of("lead").items())]
    whom = client.dice.choice(leads) if leads else None
    return ("propose_meeting", {"whom": whom, **_times(client)}) if whom else None


def _accept(client: Client) -> Act | None:
    id = _one(client, "proposed", mine=False)
    times = client.screen.of("meeting")[id]["times"] if id else []
    return ("accept_meeting", {"meeting": id, "starts_at": client.dice.choice(times)}) if id else None


def _other(client: Client) -> Act | None:
    id = _one(client, "proposed", mine=False)
    return ("propose_other_times", {"meeting": id, **_times(client)}) if id else None


def _decline(client: Client) -> Act | None:
    id = _one(client, "proposed", mine=False)
    return ("decline_meeting", {"meeting": id}) if id else None


def _move(client: Client) -> Act | None:
    id = _one(client, "fixed")
    return ("change_meeting", {"meeting": id, "starts_at": client.dice.choice(HOURS)}) if id else None


def _cancel(client: Client) -> Act | None:
    id = _one(client, "fixed")
    return ("cancel_meeting", {"meeting": id}) if id else None


def _one(client: Client, state: str, mine: bool | None = None) -> str | None:
    found = [
        id
        for id, one in sorted(client.screen.of("meeting").items())
        if one["state"] == state and mine in (None, one["mine"])
    ]
    return client.dice.choice(found) if found else None


def _times(client: Client) -> dict[str, object]:
    return {"times": sorted(client.dice.sample(HOURS, 2)), "minutes": client.dice.choice([15, 30])}


def wrong_meetings(state: State) -> Iterator[str]:
    """Nobody is in two at once, counted anew from all there is."""
    fixed = [one for one in state.all(Meeting) if one.state == "fixed"]
    for person in sorted({who for one in fixed for who in one.people}):
        mine = [one for one in fixed if person in one.people]
        spans = sorted((one.starts_at, one.starts_at + one.minutes * MINUTE_MS) for one in mine)
        if any(following[0] < before[1] for before, following in pairwise(spans)):
            yield f"{person} is in two meetings at once"
