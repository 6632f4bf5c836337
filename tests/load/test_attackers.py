"""Attackers: what they send is what they mean, they stop by themselves, and none leaves without a word."""

from __future__ import annotations

import pathlib
import subprocess
import sys
import time

import msgspec
import pytest

from loadtests import attackers, crowd, server
from loadtests.attackers import Deeds, Order
from loadtests.attackers.__main__ import ATTACKS
from loadtests.attackers.line import PONG, TEXT, frame
from loadtests.plan import Entrance, Plan
from loadtests.scenes import GROUPS, SCENES
from tests.fuzz.wires import frame as known_frame
from tests.load.runs import ROOT, WITHIN, run
from tests.load.test_verdict import outcome


@pytest.mark.parametrize("payload", [b"", b"a", b"x" * 125, b"x" * 126, b"x" * 16_000])
def test_a_frame_of_an_attacker_is_one_of_a_client(payload: bytes) -> None:
    assert frame(PONG, payload[:125]) == known_frame(PONG, payload[:125], b"abcd")
    assert frame(TEXT, payload, fin=False) == known_frame(TEXT, payload, b"abcd", False)


def test_there_is_a_scene_for_every_attack_and_the_same_without_one() -> None:
    scenes = {SCENES[name].attack: SCENES[name] for name in GROUPS["attacks"]}
    assert scenes.keys() == {"", *ATTACKS}
    assert {scene.attacked for scene in scenes.values()} == {scenes[""].attacked}
    calm = {limit.what for limit in scenes[""].limits}
    assert all(calm < {limit.what for limit in scene.limits} for name, scene in scenes.items() if name)


def plan(folder: pathlib.Path, scene: str) -> Plan:
    entrance = Entrance("s1", [], hostile=["no token"])
    return Plan(scene, "http://127.0.0.1:9", str(folder), 5, 50, 1, 0, 1, [entrance])


def test_an_attack_without_word_of_it_is_no_verdict(tmp_path: pathlib.Path) -> None:
    with pytest.raises(server.CannotRun, match="no word"):
        crowd.added(SCENES["attack-pongs"], plan(tmp_path, "attack-pongs"), outcome(), None)


def test_what_an_attacker_did_is_counted_beside_what_the_others_saw(tmp_path: pathlib.Path) -> None:
    attackers.deeds(str(tmp_path)).write_bytes(msgspec.json.encode(Deeds(1.0, 2.0, {"joins": 7})))
    seen = crowd.added(SCENES["attack-joins"], plan(tmp_path, "attack-joins"), outcome(said_0=3), None)
    assert seen.counts == {"said 0": 3, "attack joins": 7}


def test_an_attacker_waits_for_the_scene_and_stops_by_itself_where_nobody_answers(
    tmp_path: pathlib.Path,
) -> None:
    given = Order("opens", "http://127.0.0.1:9", "s1", "no token", str(tmp_path), 0.5, 10)
    process = subprocess.Popen([sys.executable, "-m", "loadtests.attackers"], stdin=subprocess.PIPE, cwd=ROOT)
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(given))
    process.stdin.close()
    beginning = time.monotonic() + 1
    attackers.begun(str(tmp_path)).write_text(str(beginning))
    assert process.wait(WITHIN) == 0
    deeds = msgspec.json.decode(attackers.deeds(str(tmp_path)).read_bytes(), type=Deeds)
    assert deeds.began == beginning + 0.5 and deeds.ended >= deeds.began
    # when the time is over each lane has one under way, at most
    under_way = deeds.counts["connections"] - deeds.counts["broken off"]
    assert 0 <= under_way <= ATTACKS["opens"].lanes and deeds.counts["broken off"] > 0


def test_nobody_elses_server_is_attacked(tmp_path: pathlib.Path) -> None:
    (tmp_path / "people.txt").write_text("token\n")
    where = ("--host", "http://127.0.0.1:9", "--tokens", str(tmp_path / "people.txt"))
    code, said = run("attack-slow", *where, "--report", str(tmp_path))
    assert code == 2 and "server of its own" in said
