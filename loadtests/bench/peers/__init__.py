"""Peers: what others would build a fan-out with, each as small as its own documentation shows it.

None of them validates, stores, or knows who is speaking: each says to all what one of them said.
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from loadtests.bench.peers.install import node_modules, python
from loadtests.viewer import SAID, Speech

HERE = pathlib.Path(__file__).parent
PLAIN = Speech(path="/ws", message=f'{{"type":"chat","text":"{SAID}MARK","ref":"m-NUMBER"}}')
SOCKETIO = Speech(
    path="/socket.io/?EIO=4&transport=websocket",
    hello="40",
    ready=re.compile(rb"^40\{"),
    message=f'42["chat",{{"type":"chat","text":"{SAID}MARK","ref":"m-NUMBER"}}]',
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


PEERS = {
    "raw": Peer("raw: one write each", script("raw.py")),
    "websockets": Peer("websockets.broadcast", script("websockets_broadcast.py")),
    "starlette": Peer("Starlette", uvicorn("starlette_app:app")),
    "channels": Peer("Django Channels, Redis", uvicorn("channels_app:application"), redis=True),
    "socketio": Peer("Socket.IO", node("socketio.js"), SOCKETIO, node=True),
    "socketio-redis": Peer("Socket.IO, Redis adapter", node("socketio.js"), SOCKETIO, redis=True, node=True),
}


def environment(peer: Peer, redis_port: int | None) -> dict[str, str]:
    """What its process finds in its environment."""
    told = {"NODE_PATH": str(node_modules())} if peer.node else {}
    return told | ({"BENCH_REDIS": str(redis_port)} if redis_port else {})
