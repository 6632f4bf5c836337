"""The bench measures our own server, and writes what it measured into the document and its picture."""

from __future__ import annotations

import json
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest

from loadtests.bench import flame, peers, scale, tables
from loadtests.bench import run as running
from loadtests.bench.document import MEASURED, kept, renew
from loadtests.bench.loads import FILL, IDLE, JOIN, STEADY, Load
from loadtests.bench.peers import NCHAN, PEERS, centrifuge
from loadtests.bench.run import LABELS, keep, line, measure, names_for, report, warnings

ROW = {"us": 4.0, "redis_us": 0.0, "delivered": 1.0, "p50_ms": 20.0, "p99_ms": 61.0, "kb": 31.0, "core": 0.1}
BEGIN, END = tables.marks(MEASURED)
SLOW = ROW | {"us": 16.0, "delivered": 0.42, "audience": 0.95}


def test_a_run_delivers_everything_and_is_printed_and_kept(tmp_path: pathlib.Path) -> None:
    run = [sys.executable, "-m", "loadtests.bench", "--peers", "none", "--viewers", "5", "--seconds", "2"]
    ended = subprocess.run([*run, "--results", str(tmp_path)], capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    assert "delivered 100.0 %" in ended.stdout
    [kept_run] = kept(tmp_path)
    ours = kept_run["rows"]["ours"]
    assert kept_run["words"] == "5 viewers, 50 messages/s"
    assert (ours["messages"], ours["delivered"], ours["lost_viewers"]) == (100, 1.0, 0)
    assert ours["us"] > 0 and 0 < ours["p50_ms"] <= ours["p99_ms"]
    assert 0 < ours["zipped"] < ours["bytes"], "a browser takes it compressed"


def test_those_who_are_there_are_measured_while_others_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "FIRST", 3)
    row = measure("ours", FILL._replace(viewers=8, seconds=2))
    assert row["delivered"] == 1.0 and row["lost_viewers"] == 0
    assert row["p99_ms"] >= row["p50_ms"] > 0 and row["bytes"] > 0


HERE = {
    "centrifuge": pytest.mark.skipif(not centrifuge().exists(), reason="`make bench` builds it, with Go"),
    "nchan": pytest.mark.skipif(not NCHAN.exists(), reason="Debian's libnginx-mod-nchan is not installed"),
}


@pytest.mark.parametrize("peer", [pytest.param(name, marks=mark) for name, mark in HERE.items()])
def test_a_peer_that_is_here_tells_everybody_everything(peer: str) -> None:
    row = measure(peer, STEADY._replace(viewers=5, seconds=1))
    assert row["delivered"] == 1.0 and row["lost_viewers"] == 0


def test_a_peer_that_is_not_here_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    for peer in ("centrifuge", "nchan"):
        monkeypatch.setattr(peers, "centrifuge", lambda: pathlib.Path("nowhere"))
        with pytest.raises(RuntimeError, match=r"Go|nginx"):
            PEERS[peer].command(1)


def test_people_come_in_by_the_page_and_the_door() -> None:
    row = measure("ours", JOIN._replace(viewers=5))
    assert row["join_ms"] > 0 and 0 < row["usable_p50_ms"] <= row["usable_p99_ms"]


def test_idle_connections_are_weighed() -> None:
    row = measure("ours", IDLE._replace(viewers=5, seconds=0.5))
    assert row["kb"] > 0 and 0 <= row["core"] < 1


def test_scale_counts_what_redis_is_asked_for_each_entry() -> None:
    row = scale.measure(scale.Size(sessions=2, each=3, slow=5, fast=100), workers=2, seconds=1, idle=0.5)
    assert row["slow"]["delivered"] == row["fast"]["delivered"] == 1.0
    assert row["fast"]["redis_xadd_per_entry"] == pytest.approx(1, abs=0.3)
    assert row["fast"]["entries"] == row["fast"]["messages"] == 100
    assert row["join_ms"] > 0 and row["join_entries"] == 1


def test_costs_are_split_by_two_rates() -> None:
    slow = {"messages": 10, "tellings": 3_000, "server_s": 10 * 300e-6 + 3_000 * 7e-6}
    fast = {"messages": 400, "tellings": 9_000, "server_s": 400 * 300e-6 + 9_000 * 7e-6}
    costs = scale.solve(slow, fast)
    assert costs == {"message_us": pytest.approx(300), "telling_us": pytest.approx(7)}


def test_peers_are_not_measured_at_a_door_they_do_not_have() -> None:
    assert names_for(JOIN, [*LABELS]) == ["ours", "ours-redis"]
    assert names_for(STEADY, [*LABELS]) == [*LABELS]


# what is told of it


def kept_in(folder: pathlib.Path, *loads: Load) -> None:
    for load in loads:
        keep(folder, report(load, {"ours": ROW, "socketio": SLOW}))


def test_the_document_is_renewed_between_its_marks_only(tmp_path: pathlib.Path) -> None:
    kept_in(tmp_path, IDLE, STEADY)
    page = tmp_path / "page.md"
    page.write_text(f"# Before\n{BEGIN}\nold figures\n{END}\nafter\n", encoding="utf-8")
    renew(page, kept(tmp_path))
    once = page.read_text(encoding="utf-8")
    assert once.startswith(f"# Before\n{BEGIN}\n") and once.endswith(f"{END}\nafter\n")
    assert "old figures" not in once
    assert once.index("### 300 viewers, 50 messages/s") < once.index("### 10,000 viewers")
    assert "| steady | p99 | ≤ 80 ms | 61 ms |" in once
    assert "| steady | CPU per delivery ÷ Socket.IO's | ≤ 0.35 | 0.25 |" in once
    assert "| idle | memory per connection | ≤ 25 kB | **31 kB**, not reached |" in once
    assert "| Socket.IO | 16 µs | 0.25 | 42.0% |" in once
    renew(page, kept(tmp_path))
    assert page.read_text(encoding="utf-8") == once


def test_the_picture_shows_each_server_and_who_lost_messages(tmp_path: pathlib.Path) -> None:
    kept_in(tmp_path, STEADY)
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}{END}", encoding="utf-8")
    renew(page, kept(tmp_path))
    drawing = ElementTree.parse(tmp_path / "pictures" / "performance.svg")
    texts = ["".join(text.itertext()) for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[:5] == [
        "300 viewers, 50 messages/s",
        "this server",
        "4 µs",
        "Socket.IO",
        "16 µs, 42% arrived",
    ]
    dots = [dot.get("class") for dot in drawing.iter("{http://www.w3.org/2000/svg}circle")]
    assert dots == ["dot ours", "dot lossy"]


def test_tables_are_kept_and_written_between_their_marks(tmp_path: pathlib.Path) -> None:
    page, (begin, end) = tmp_path / "page.md", tables.marks("join")
    page.write_text(f"before\n{begin}\nold\n{end}\nafter\n", encoding="utf-8")
    tables.keep(tmp_path, "join", [("a join", "3 ms"), ("    compressed", "2 ms")])
    assert [*tables.renew(page, tmp_path)] == ["join"]
    once = page.read_text(encoding="utf-8")
    assert "old" not in once and "| a join | 3 ms |\n| compressed | 2 ms |" in once
    assert once.startswith(f"before\n{begin}\n") and once.endswith(f"{end}\nafter\n")
    assert [*tables.renew(page, tmp_path)] == ["join"] and page.read_text(encoding="utf-8") == once


def test_a_page_without_a_place_for_figures_is_left_alone(tmp_path: pathlib.Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("prose", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        renew(page, [])
    assert page.read_text(encoding="utf-8") == "prose"


def test_the_real_page_has_a_place_for_figures_and_names_every_server() -> None:
    docs = pathlib.Path(__file__).parents[2] / "docs"
    text, prose = ((docs / name).read_text(encoding="utf-8") for name in ("figures.md", "performance.md"))
    for name in (MEASURED, *tables.TABLES):
        begin, end = tables.marks(name)
        assert 0 < text.index(begin) < text.index(end)
    assert [label for label in LABELS.values() if label not in prose] == []


def test_ours_is_told_as_a_share_of_each_peer() -> None:
    rows = {"socketio": SLOW, "ours": ROW}
    assert "ours/it 0.25" in line("socketio", SLOW, rows)
    assert "ours/it" not in line("ours", ROW, rows)


def test_an_audience_that_measured_itself_is_told() -> None:
    assert warnings("ours", ROW) == []
    assert warnings("socketio", SLOW) == ["socketio: the audience used 95% of its core: it measured itself"]


def test_a_run_says_nothing_of_whose_machine_it_was(tmp_path: pathlib.Path) -> None:
    kept_in(tmp_path, STEADY)
    run = json.loads((tmp_path / "steady.json").read_text(encoding="utf-8"))
    assert run.keys() == {"load", "date", "machine", "rows"}
    assert run["machine"].split(", ")[0].endswith("cores")


def test_a_flame_graph_does_not_say_whose_machine_it_was() -> None:
    frame = "<title>run (/home/somebody/lib/python3/asyncio/runners.py) (9 samples)</title>"
    assert flame.anonymous(frame) == "<title>run (runners.py) (9 samples)</title>"
    assert "webinar_server/serve/process.py" in flame.anonymous(
        "<title>run (webinar_server/serve/process.py)</title>"
    )
    titled = "<text x='1'>/home/somebody/bin/py-spy record --pid 1 --output /tmp/x.svg</text>"
    assert flame.anonymous(titled) == "<text x='1'>the busy load</text>"
