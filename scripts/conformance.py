"""Autobahn's suite asks our WebSocket protocol class for RFC 6455: `make conformance`.

The suite runs on Python 2.7 only. Where there is one, the suite is installed into `.conformance/` (nothing
else on the machine changes) and put to an echo on the protocol class (`webinar_server/web/echo.py`). Its
judgements are printed by section. Exit 0: none failed but by a bound of our own; 1: some did; 2: no run.
"""

from __future__ import annotations

import asyncio
import json
import os
import pathlib
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from webinar_server.web.echo import serving

ROOT = pathlib.Path(__file__).parents[1]
FOLDER = ROOT / ".conformance"
WANTED = pathlib.Path(__file__).with_suffix(".txt")
WITHIN = 15 * 60.0
AGENT = "webinar-server"
RUN = "import site; site.addsitedir({packages!r}); from autobahntestsuite.wstest import run; run()"
"""`addsitedir` and not PYTHONPATH: zope.interface is found by a .pth file only."""

NEEDED = (
    "Autobahn's suite needs Python 2.7 with pip, and none was found: install one (pyenv install 2.7.18), "
    "or name it: make conformance PYTHON2=/path/to/python2.7"
)
NO_COMPRESSION = ["12.*", "13.*"]
SECTIONS = {
    "1": "framing",
    "2": "pings and pongs",
    "3": "reserved bits",
    "4": "opcodes",
    "5": "fragments",
    "6": "UTF-8",
    "7": "closing",
    "9": "limits",
    "10": "writing in pieces",
}
BOUNDS = {
    "more bytes than a socket may send at once": ("9.1.5", "9.1.6", "9.2.5", "9.2.6"),
    "more than 64 fragments": (*(f"9.3.{n}" for n in range(1, 7)), *(f"9.4.{n}" for n in range(1, 7))),
}
"""Messages of 8 and 16 MB, and of 4 MB in 65 fragments or more: turned away on purpose."""

OURS = {case for cases in BOUNDS.values() for case in cases}
BOUND_CODES = (4400, 4429, None)
"""None where the suite, still writing, had not read why."""

GOOD = ("OK", "NON-STRICT", "INFORMATIONAL")
BOUND = "by our bounds"


class NoRun(Exception):
    """There is nothing to judge; the message says what to do."""


class Judged(NamedTuple):
    """A case, and one of the suite's words for how it went; `by our bounds` instead of `FAILED` where so."""

    case: str
    word: str


def main() -> int:
    try:
        judged = judge(asyncio.run(_asked(_python2())))
    except NoRun as problem:
        print(f"conformance: {problem}", file=sys.stderr)
        return 2
    for line in table(judged):
        print(line)
    return 1 if failed(judged) else 0


# what the suite found; pure


def judge(index: Mapping[str, Mapping[str, Any]]) -> list[Judged]:
    """Of the suite's `index.json`, our part."""
    return [Judged(case, _word(case, found)) for case, found in index.items()]


def _word(case: str, found: Mapping[str, Any]) -> str:
    word: str = found["behavior"]
    turned_away = case in OURS and found["remoteCloseCode"] in BOUND_CODES
    return BOUND if turned_away and word not in GOOD else word


def failed(judged: Iterable[Judged]) -> list[str]:
    return sorted(one.case for one in judged if one.word not in (*GOOD, BOUND))


def table(judged: list[Judged]) -> Iterable[str]:
    """A line a section, then all, then what failed."""
    words = [*GOOD, BOUND, "FAILED"]
    yield _row("section", [*words, "cases"])
    for number, name in SECTIONS.items():
        yield _counts(f"{number} {name}", [one for one in judged if one.case.split(".")[0] == number], words)
    yield _counts("all", judged, words)
    yield from (f"failed: {case}" for case in failed(judged))


def _counts(name: str, judged: list[Judged], words: list[str]) -> str:
    count = Counter(one.word if one.word in words else "FAILED" for one in judged)
    return _row(name, [*(count[word] or "" for word in words), len(judged)])


def _row(name: str, cells: Iterable[object]) -> str:
    return f"{name:22}" + "".join(f"{cell!s:>15}" for cell in cells)


# asking


async def _asked(python: str) -> dict[str, Any]:
    """Put the suite to an echo; what it found of us."""
    packages, folder = _installed(python), FOLDER / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    async with serving("127.0.0.1", 0) as url:
        (folder / "spec.json").write_text(json.dumps(_spec(url)))
        await _run(python, packages, folder)
    try:
        return dict(json.loads((folder / "reports" / "index.json").read_text())[AGENT])
    except (OSError, KeyError):
        raise NoRun(f"the suite left no judgement; see {folder / 'suite.log'}") from None


def _spec(url: str) -> dict[str, Any]:
    return {
        "outdir": "reports",
        "servers": [{"agent": AGENT, "url": "ws" + url.removeprefix("http")}],
        "cases": ["*"],
        "exclude-cases": NO_COMPRESSION,
        "exclude-agent-cases": {},
    }


async def _run(python: str, packages: pathlib.Path, folder: pathlib.Path) -> None:
    with (folder / "suite.log").open("w") as out:
        suite = await asyncio.create_subprocess_exec(
            *(python, "-c", RUN.format(packages=str(packages)), "-m", "fuzzingclient", "-s", "spec.json"),
            cwd=folder,
            stdout=out,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            await asyncio.wait_for(suite.wait(), WITHIN)
        except TimeoutError:
            raise NoRun(f"the suite did not end within {WITHIN / 60:.0f} minutes") from None
        finally:
            if suite.returncode is None:
                suite.kill()
                await suite.wait()


def _installed(python: str) -> pathlib.Path:
    """The suite's packages, installed once for each list of them."""
    packages, stamp = FOLDER / "packages", FOLDER / "installed.txt"
    wanted = WANTED.read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return packages
    print("installing Autobahn's suite into .conformance/ (a minute or two) …", file=sys.stderr)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run(
        [*pip, "--target", str(packages), "-r", str(WANTED)], capture_output=True, text=True
    )
    if done.returncode:
        raise NoRun(f"its packages could not be installed: {done.stderr.strip()[-300:]}")
    stamp.write_text(wanted)
    return packages


def _python2() -> str:
    """A Python 2.7 with pip. Raises NoRun where there is none."""
    named = os.environ.get("PYTHON2")
    pyenvs = sorted(pathlib.Path.home().glob(".pyenv/versions/2.7*/bin/python2.7"))
    for python in [named] if named else ["python2.7", "python2", *map(str, pyenvs)]:
        if _is_2_7(python):
            return python
    raise NoRun(NEEDED)


def _is_2_7(python: str) -> bool:
    look = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        said = subprocess.run([python, "-c", look], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and said.stdout.strip() == "2.7"


if __name__ == "__main__":
    sys.exit(main())
