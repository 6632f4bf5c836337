"""Every scene, small and short, on a real server: thresholds hold, and a broken one is an exit code."""

from __future__ import annotations

import json
import pathlib
import re
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import psutil
import pytest

from loadtests import server
from loadtests.scenes import SCENES
from tests.load.runs import Run, finish, run, start

SIZES = {
    "doors": (12, 6),
    "keynote": (12, 7),
    "quiz": (16, 7),
    "spotlight": (10, 8),
    "storm": (16, 8),
    "five": (8, 7),
    "full-house": (20, 8),
    "talk": (20, 10),
    "attack-headers": (20, 10),
    "attack-pongs": (20, 10),
    "attack-joins": (20, 10),
    "attack-slow": (20, 10),
    "attack-renames": (20, 10),
    "attack-opens": (20, 10),
    "attack-unknown": (20, 10),
    "attack-cookies": (20, 10),
    "attack-unread": (20, 10),
    "attack-behind": (20, 10),
}
"""People in each session, and seconds."""

AT_ONCE = 3
SLACK = "20"
"""These runs show that scenes work, not how fast this machine is: others may be busy on it."""


@pytest.fixture(scope="module", autouse=True)
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[Run]]]:
    """All scenes, a few at a time and beside the other tests here, since most of a run is waiting."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        started = {}
        for name, (people, seconds) in SIZES.items():
            report = tmp_path_factory.getbasetemp() / "reports"
            size = ("--people", str(people), "--seconds", str(seconds), "--slack", SLACK)
            started[name] = pool.submit(run, name, *size, "--report", str(report))
        yield started


def test_there_is_a_smoke_of_every_scene_with_thresholds() -> None:
    assert SIZES.keys() == {name for name, scene in SCENES.items() if scene.limits}


def test_a_broken_threshold_is_an_exit_code_and_is_named(tmp_path: pathlib.Path) -> None:
    size = ("--people", "6", "--seconds", "4", "--slack", "0.0001")
    code, said = run("doors", *size, "--report", str(tmp_path))
    assert code == 1, said
    line = next(line for line in said.splitlines() if "DOOR usable" in line)
    assert line.endswith("BROKEN")
    # the times; who came in has no slack, and breaks only where this machine is too busy for six people
    assert re.search("BROKEN: [567] of 7 thresholds", said)


def test_a_run_that_is_killed_leaves_no_server_no_locust_and_no_attacker(tmp_path: pathlib.Path) -> None:
    process = start("attack-slow", "--people", "6", "--seconds", "60", "--report", str(tmp_path))
    assert process.stdout is not None
    process.stdout.readline()  # said once the server serves, just before locust starts
    log = tmp_path / "attack-slow.log"
    while not log.exists() or "users" not in log.read_text():
        assert process.poll() is None
        time.sleep(0.05)
    children = psutil.Process(process.pid).children(recursive=True)
    assert len(children) >= 3
    process.terminate()
    code, said = finish(process)
    assert code == 2, said
    assert "ended early" in said
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []


def test_a_server_that_does_not_answer_is_no_verdict(tmp_path: pathlib.Path) -> None:
    (tmp_path / "people.txt").write_text("no-token\n")
    where = ("--host", "http://127.0.0.1:9", "--tokens", str(tmp_path / "people.txt"))
    code, said = run("keynote", *where, "--hosts", str(tmp_path / "people.txt"), "--report", str(tmp_path))
    assert code == 2
    assert "does not answer" in said


def test_a_scene_can_be_played_again_in_a_session_of_a_running_server(tmp_path: pathlib.Path) -> None:
    (entrance,) = server.entrances(tmp_path, 1, 8, 1)
    (tmp_path / "people.txt").write_text("\n".join(entrance.attendees))
    (tmp_path / "host.txt").write_text("\n".join(entrance.hosts))
    who = ("--tokens", str(tmp_path / "people.txt"), "--hosts", str(tmp_path / "host.txt"))
    how = ("--seconds", "8", "--slack", SLACK, "--report", str(tmp_path))
    with server.serve(tmp_path) as (url, _):
        for _ in range(2):  # the same people, seed and words, and everything is said and seen anew
            code, said = run("keynote", "--host", url, *who, *how)
            assert code == 0, said


def test_a_rehearsal_brings_people_with_names_to_a_session_of_ones_own(tmp_path: pathlib.Path) -> None:
    data = ("--data", str(tmp_path))
    server.webinar_server("session", "add", "mine", "--title", "Mine", *data)
    person = ("--session", "mine", "--role", "attendee", "--name", "Guest", "--count", "20")
    with server.serve(tmp_path, pace="on") as (url, _):
        (tmp_path / "people.txt").write_text(server.webinar_server("link", *person, *data))
        where = ("--host", url, "--tokens", str(tmp_path / "people.txt"))
        code, said = run("rehearsal", *where, "--seconds", "8", "--report", str(tmp_path))
        written = json.loads(server.webinar_server("export", "mine", "--format", "json", *data))
    assert code == 0, said
    assert "failed:" not in said
    people = written["records"]["person"]
    assert len(people) >= 8  # the others are late, as in life
    assert all(not person["name"].startswith("Guest") and person["organisation"] for person in people)


@pytest.mark.parametrize("scene", SIZES)
def test_a_scene_plays_and_its_thresholds_hold(
    scene: str, runs: dict[str, Future[Run]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    code, said = runs[scene].result()
    assert code == 0, said
    assert f"all {len(SCENES[scene].limits)} thresholds hold" in said
    assert "failed:" not in said
    report = tmp_path_factory.getbasetemp() / "reports" / f"{scene}.html"
    assert "LOCUST" in report.read_text(encoding="utf-8")
