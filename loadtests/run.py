"""A run: the server (ours, or a named one), who comes in, locust, and the verdict."""

from __future__ import annotations

import contextlib
import json
import pathlib
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import NamedTuple

from loadtests import crowd, server, verdict
from loadtests.plan import Entrance, Plan
from loadtests.scenes import GROUPS, SCENES
from loadtests.scenes.scene import Scene
from loadtests.server import CannotRun, Usage
from loadtests.verdict import check

SAMPLES = 100
"""Viewers who time a message; more of them would measure locust."""

EARLY = 2.0
"""Seconds before its end at which a scene may be over."""


class Options(NamedTuple):
    """What was asked for at the terminal."""

    scene: str
    people: int | None = None
    seconds: float | None = None
    processes: int = 1
    slack: float = 1.0
    seed: int = 2020
    report: pathlib.Path = pathlib.Path("load-report")
    host: str | None = None
    tokens: pathlib.Path | None = None
    hosts: pathlib.Path | None = None


class Stage(NamedTuple):
    """Where a scene is played: an address, who may come in, and the server's usage if it is ours."""

    url: str
    entrances: list[Entrance]
    usage: Usage | None


def run_all(options: Options, say: Callable[[str], None]) -> bool:
    """Whether every threshold of every scene held. Raises CannotRun."""
    names = GROUPS.get(options.scene, (options.scene,))
    held = [_run(SCENES[name], options, say) for name in names]
    return all(held)


def _run(scene: Scene, options: Options, say: Callable[[str], None]) -> bool:
    options.report.mkdir(parents=True, exist_ok=True)
    report = (options.report / f"{scene.name}.html").resolve()
    with tempfile.TemporaryDirectory(prefix="webinar-load-") as folder, _stage(scene, options) as stage:
        plan = _plan(scene, options, stage, folder)
        say(f"{scene.name}: {_audience(plan)}, {plan.seconds:g} s{_in_full(scene, plan)}: {scene.proves}")
        with server.pinned(set() if options.host else server.cores()[1]), crowd.attacked(scene, plan):
            outcome, own, cost = crowd.run(plan, report, options.processes, stage.usage)
        if scene.limits and outcome.ended - outcome.began < plan.seconds - EARLY:
            raise CannotRun(f"{scene.name} was ended early, which proves nothing")
        outcome = crowd.added(scene, plan, outcome, stage.usage)
    checked = check(scene.limits, outcome, options.slack)
    for line in verdict.lines(outcome, checked, own, cost, options.processes):
        say(line)
    broken = verdict.broken(checked)
    say(f"  {_words(len(checked), len(broken))}; report: {report}\n")
    return not broken


def _words(checked: int, broken: int) -> str:
    if not checked:
        return "no thresholds"
    return f"BROKEN: {broken} of {checked} thresholds" if broken else f"all {checked} thresholds hold"


def _audience(plan: Plan) -> str:
    sizes = {len(entrance.attendees) for entrance in plan.entrances}
    people = " and ".join(map(str, sorted(sizes)))
    return f"{people} people" + (
        f" in each of {len(plan.entrances)} sessions" if len(plan.entrances) > 1 else ""
    )


def _in_full(scene: Scene, plan: Plan) -> str:
    """What this run is a smaller, shorter or other form of; what a scene proves is about its full one."""
    people = {len(entrance.attendees) for entrance in plan.entrances}
    if not scene.limits or (people == {scene.people} and plan.seconds == scene.seconds):
        return ""
    return f" (in full {scene.people} people, {scene.seconds:g} s)"


def _plan(scene: Scene, options: Options, stage: Stage, folder: str) -> Plan:
    people = max(len(entrance.attendees) for entrance in stage.entrances)
    return Plan(
        scene=scene.name,
        url=stage.url,
        folder=folder,
        seconds=options.seconds or scene.seconds,
        full=scene.seconds,
        arrival=scene.arrival,
        seed=options.seed,
        sample=max(1, people // SAMPLES),
        entrances=stage.entrances,
    )


@contextlib.contextmanager
def _stage(scene: Scene, options: Options) -> Iterator[Stage]:
    if options.host:
        yield _elsewhere(scene, options, options.host.rstrip("/"))
        return
    if scene.door == "profile":
        raise CannotRun("a rehearsal is held on a running server: --host URL --tokens FILE; see docs/load.md")
    people = options.people or scene.people
    with tempfile.TemporaryDirectory(prefix="webinar-load-data-") as folder:
        data = pathlib.Path(folder)
        entrances = server.entrances(data, scene.sessions, people, scene.hosts, int(bool(scene.attack)))
        with server.pinned(server.cores()[0]):
            serving = contextlib.ExitStack()
            url, pid = serving.enter_context(server.serve(data, "on" if scene.attacked else "off"))
        with serving:
            usage = Usage(pid)
            serving.callback(usage.stop)
            yield Stage(url, entrances, usage)


def _elsewhere(scene: Scene, options: Options, url: str) -> Stage:
    """A server of somebody else's: people come with the tokens that its operator made."""
    if options.tokens is None:
        raise CannotRun(
            "with --host, --tokens FILE says who comes: what `webinar-server token` or `link` printed"
        )
    if scene.sessions > 1 or scene.attacked:
        raise CannotRun(f"{scene.name} needs a server of its own; leave --host out")
    if scene.hosts and options.hosts is None:
        raise CannotRun(
            f"{scene.name} has a host: --hosts FILE, made with `webinar-server token --role host`"
        )
    attendees = _tokens(options.tokens)[: options.people or None]
    hosts = _tokens(options.hosts)[: scene.hosts] if options.hosts and scene.hosts else []
    return Stage(url, [Entrance(_session_of(url, attendees[0]), attendees, hosts)], None)


def _tokens(path: pathlib.Path) -> list[str]:
    """One a line; of a link, what follows the `#`."""
    found = [line.strip().rsplit("#", 1)[-1] for line in path.read_text().splitlines() if line.strip()]
    if not found:
        raise CannotRun(f"{path} holds no tokens")
    return found


def _session_of(url: str, token: str) -> str:
    """The server knows which session a token is for."""
    body = json.dumps({"token": token, "whose": "mine"}).encode()
    request = urllib.request.Request(f"{url}/api/enter", body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return str(json.load(answer)["session"])
    except urllib.error.HTTPError as error:
        raise CannotRun(
            f"{url} does not take the first token: {error.read().decode(errors='replace')}"
        ) from None
    except (OSError, ValueError, KeyError) as error:
        raise CannotRun(f"{url} does not answer as a webinar server: {error}") from None
