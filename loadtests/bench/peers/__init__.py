"""Peers: what others would build a fan-out with, each as small as its own documentation shows it.

None of them validates, stores, or knows who is speaking: each says to all what one of them said.
"""

from __future__ import annotations

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from loadtests.viewer import SAID, Speech

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


def centrifuge() -> pathlib.Path:
    """Where the server of Centrifugo's library is, if there is Go to build it."""
    sources = sorted((HERE / "centrifuge").iterdir())
    what = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    return folder().parent / f"centrifuge-{what}"


def build() -> None:
    """Build what is written in Go; two minutes the first time, nothing after that."""
    if shutil.which("go") and not centrifuge().exists():
        print(f"building {centrifuge()} …", file=sys.stderr, flush=True)
        subprocess.run(["go", "build", "-o", centrifuge(), "."], cwd=HERE / "centrifuge", check=True)


def install() -> None:
    """Have all of them; some minutes the first time, nothing after that."""
    build()
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


HERE = pathlib.Path(__file__).parent
NCHAN = pathlib.Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
PLAIN = Speech(path="/ws", message=f'{{"type":"chat","text":"{SAID}MARK","ref":"m-NUMBER"}}')
SOCKETIO = Speech(
    path="/socket.io/?EIO=4&transport=websocket",
    hello="40",
    ready=re.compile(rb"^40\{"),
    message=f'42["chat",{{"type":"chat","text":"{SAID}MARK","ref":"m-NUMBER"}}]',
)

CENTRIFUGE = Speech(
    path="/ws",
    hello='{"id":1,"connect":{}}',
    ready=re.compile(rb'^\{"id":1,"connect"'),
    message='{"id":1NUMBER,"publish":{"channel":"viewers","data":' + PLAIN.message + "}}",
)

Command: TypeAlias = Callable[[int], list[object]]
"""The command that serves on a port."""


class Peer(NamedTuple):
    """One of them. `redis` says whether it needs one, which it finds by BENCH_REDIS."""

    label: str
    command: Command
    speech: Speech = PLAIN
    redis: bool = False
    node: bool = False


def script(name: str) -> Command:
    return lambda port: [python(), HERE / name, port]


def uvicorn(app: str) -> Command:
    """Served as we are: uvloop, the same WebSocket implementation, no compression."""
    options = ("--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--log-level", "error")
    return lambda port: [python(), "-m", "uvicorn", app, "--app-dir", HERE, "--port", port, *options]


def node(name: str) -> Command:
    return lambda port: ["node", HERE / name, port]


def go(*options: object) -> Command:
    def command(port: int) -> list[object]:
        if not centrifuge().exists():
            raise RuntimeError("there is no Go to build it with")
        return [centrifuge(), port, *options]

    return command


def nginx(port: int) -> list[object]:
    """Debian's nginx with its module, one worker."""
    if not shutil.which("nginx") or not NCHAN.exists():
        raise RuntimeError("Debian's nginx and libnginx-mod-nchan are not installed")
    told = folder().parent / "nchan.conf"
    text = (HERE / "nchan.conf").read_text()
    for word, value in (("MODULE", NCHAN), ("PORT", port), ("PID", told.with_suffix(".pid"))):
        text = text.replace(word, str(value))
    told.write_text(text)
    return ["nginx", "-c", told, "-e", "stderr"]


PEERS = {
    "raw": Peer("raw: one write each", script("raw.py")),
    "websockets": Peer("websockets.broadcast", script("websockets_broadcast.py")),
    "starlette": Peer("Starlette", uvicorn("starlette_app:app")),
    "channels": Peer("Django Channels, Redis", uvicorn("channels_app:application"), redis=True),
    "socketio": Peer("Socket.IO", node("socketio.js"), SOCKETIO, node=True),
    "centrifuge": Peer("Centrifugo's library", go(), CENTRIFUGE),
    "centrifuge-58": Peer("Centrifugo's library, gathering for 58 ms", go(58), CENTRIFUGE),
    "nchan": Peer("nginx with nchan", nginx),
    "socketio-redis": Peer("Socket.IO, Redis adapter", node("socketio.js"), SOCKETIO, redis=True, node=True),
}


def environment(peer: Peer, redis_port: int | None) -> dict[str, str]:
    """What its process finds in its environment."""
    told = {"NODE_PATH": str(node_modules())} if peer.node else {}
    return told | ({"BENCH_REDIS": str(redis_port)} if redis_port else {})
