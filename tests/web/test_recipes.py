"""The recipe of docs/export.md, as it stands there: what people wrote reaches a spreadsheet as text."""

from __future__ import annotations

import csv
import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

from tests.web.client import DEADLINE, Client
from tests.web.process import Serving, environment_of, prints

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs" / "export.md"
LEADING = ("=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0+", "＝", "＋", "－", "＠")
ASKED = ('=HYPERLINK("https://evil.example","Click")', "+1+1", "-2", "@SUM(A1)", 'He said "why", and, well')


def recipe() -> str:
    (found,) = [
        block for block in re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text(), re.S) if "csv" in block
    ]
    return found


def cook(text: str, folder: pathlib.Path, data: pathlib.Path) -> list[list[str]]:
    """The table that comes of it."""
    path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = environment_of({"PATH": path, "WEBINAR_DATA": str(data)})
    subprocess.run(["sh", "-ec", text], cwd=folder, env=environment, check=True, timeout=DEADLINE)
    with (folder / "questions.csv").open(newline="") as file:
        return [*csv.reader(file)]


async def test_what_people_asked_is_a_table_that_runs_nothing(tmp_path: pathlib.Path) -> None:
    data = tmp_path / "data"
    serving = Serving(data, WEBINAR_PACE="off").start()
    try:
        prints("session", "add", "smart-ports", "--title", "Ports", "--data", data)
        options = ("--session", "smart-ports", "--role", "attendee", "--name", "Ada", "--data", data)
        ada = await Client(serving.url, prints("token", *options)[0]).open()
        await ada.join("session/smart-ports")
        for text in ASKED:
            await ada.do("ask", text=text, shown="named")
        await ada.close()
        table = cook(recipe(), tmp_path, data)
    finally:
        serving.kill()
    assert {row[3] for row in table} == {"'" + text for text in ASKED[:4]} | {ASKED[4]}
    assert {row[1] for row in table} == {"0"} and {row[2] for row in table} == {"Ada"}


@pytest.mark.parametrize("begin", LEADING)
def test_no_cell_begins_like_a_formula_whatever_is_in_the_records(tmp_path: pathlib.Path, begin: str) -> None:
    asked = {"state": "open", "supporters": -3, "asker": {"name": begin + "A"}, "text": begin + "1"}
    made = tmp_path / "made.json"
    made.write_text(json.dumps({"records": {"question": [asked]}}))
    text = re.sub(r"^webinar-server [^|]*", f"cat {made} ", recipe())
    assert cook(text, tmp_path, tmp_path) == [["open", "-3", f"'{begin}A", f"'{begin}1"]]


def test_a_session_in_which_nobody_asked_is_an_empty_table(tmp_path: pathlib.Path) -> None:
    made = tmp_path / "made.json"
    made.write_text('{"records": {}}')
    assert cook(re.sub(r"^webinar-server [^|]*", f"cat {made} ", recipe()), tmp_path, tmp_path) == []
