"""The peers' own packages: installed once, pinned, into a cache folder that is no part of this tree."""

from __future__ import annotations

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
PINS = ("requirements.txt", "package.json")


def folder() -> pathlib.Path:
    """Named by what is pinned: other versions go into another folder."""
    pins = b"".join((HERE / name).read_bytes() for name in PINS)
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    return cache / "webinar-server-peers" / hashlib.sha256(pins).hexdigest()[:12]


def python() -> pathlib.Path:
    return folder() / "venv" / "bin" / "python"


def node_modules() -> pathlib.Path:
    return folder() / "node_modules"


def install() -> None:
    """Have all of them; a minute the first time, nothing after that."""
    done = folder() / "installed"
    if done.exists():
        return
    shutil.rmtree(folder(), ignore_errors=True)
    folder().mkdir(parents=True)
    print(f"installing the peers into {folder()} …", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", folder() / "venv"], check=True)
    pip = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", HERE / "requirements.txt"], check=True)
    shutil.copy(HERE / "package.json", folder())
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder(), check=True)
    done.touch()
