"""Static files: joined and compressed once, served from memory under a content hash, cached for ever.

Starlette's StaticFiles costs twenty times the CPU per request, at the very moment 300 people open the page.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
import pathlib
import re
import sys
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import brotli
from starlette.types import Receive, Scope, Send

from webinar_server.errors import StorageError
from webinar_server.web.http import spaces
from webinar_server.web.http.headers import HEADERS
from webinar_server.web.http.joined import joined
from webinar_server.web.http.modules import later_than

_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"'();]*?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
_NOTES = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*$", re.MULTILINE | re.DOTALL)
"""Comments with lines of their own: a fifth of the scripts, and written for who reads the source."""

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_REMARKS = re.compile(r"/\*.*?\*/", re.DOTALL)
_KEPT_HERE = (".version", ".LICENSE", ".ts", "tsconfig.json")
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".css": "text/css; charset=utf-8",
}
_Compress = Callable[[bytes], bytes]
_QUICK: dict[str, _Compress] = {
    "br": partial(brotli.compress, quality=5),
    "gzip": partial(gzip.compress, compresslevel=5),
}
_WELL: dict[str, _Compress] = {"br": partial(brotli.compress, quality=11), "gzip": gzip.compress}
_NEVER = re.compile(r"q=0(\.0*)?")
_SMALL = 200
"""Bytes below which compressing gains nothing."""


def folder() -> pathlib.Path:
    """The checkout's `static/`, else the wheel's: an editable install's copy would go stale."""
    package = pathlib.Path(__file__).parents[2]
    for candidate in (package.parent / "static", package / "static"):
        if (candidate / "pages" / "attendee.html").exists():
            return candidate
    raise StorageError("the pages are missing from this installation; install it again with pip")


class Assets:
    """All files of the static folder, in memory."""

    def __init__(self, root: pathlib.Path, headers: Sequence[tuple[bytes, bytes]] = HEADERS) -> None:
        self._headers = headers
        read = {
            path.relative_to(root).as_posix(): _served(path)
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.name.endswith(_KEPT_HERE)
        }
        self._files = joined(read)
        digest = hashlib.sha256(b"\0".join(name.encode() + body for name, body in self._files.items()))
        self.prefix = f"/static/{digest.hexdigest()[:12]}/"
        self._compressed: dict[tuple[str, str], bytes] = {}
        self._finished: dict[tuple[str, str], bytes] = {}
        self._one_at_a_time = threading.Lock()

    def text(self, name: str) -> str:
        return self._files[name].decode()

    def preload(self, entry: str) -> str:
        """`modulepreload` links for all that an entry imports, at once or later: it loads side by side."""
        names = [*self._imports(entry), *filter(self._files.__contains__, [later_than(entry)])]
        links = (f'<link rel="modulepreload" href="{self.prefix}{name}">' for name in names)
        return "\n".join(links)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
            return
        name = scope["path"].removeprefix(self.prefix)
        body = self._files.get(name)
        if body is None or scope["method"] not in ("GET", "HEAD"):
            await _send(send, 404 if body is None else 405, [(b"content-type", b"text/plain")], b"not here")
            return
        headers, body = self._answer(name, _best(dict(scope["headers"]).get(b"accept-encoding", b"")))
        await _send(send, 200, headers, body if scope["method"] == "GET" else b"")

    def ready(self, path: bytes, accepted: bytes) -> bytes | None:
        """The answer to a GET as it goes over the wire, from its first header on; `None` for what is no file.
        `path` is as it was asked, `accepted` the encodings the client takes."""
        name = path[len(self.prefix) :].decode("latin-1")
        if not path.startswith(self.prefix.encode()) or name not in self._files:
            return None
        asked = name, _best(accepted)
        return self._finished.get(asked) or self._finish(*asked)

    def _finish(self, name: str, encoding: str) -> bytes:
        headers, body = self._answer(name, encoding)
        lines = (b"%b: %b\r\n" % header for header in (*headers, *self._headers))
        finished = self._finished[name, encoding] = b"".join((*lines, b"\r\n", body))
        return finished

    def _answer(self, name: str, encoding: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
        body = self._files[name]
        if len(body) < _SMALL or not encoding:
            encoding = ""
        else:
            body = self._compressed.get((name, encoding)) or self._compress(name, encoding)
        headers = [
            (b"content-type", _type(name).encode()),
            (b"cache-control", b"public, max-age=31536000, immutable"),
            (b"vary", b"accept-encoding"),
            (b"content-length", str(len(body)).encode()),
        ]
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
        return headers, body

    def _compress(self, name: str, encoding: str) -> bytes:
        """Quickly for who asks first, since the loop waits; what all later ones get is made meanwhile."""
        quick = self._compressed[name, encoding] = _QUICK[encoding](self._files[name])
        threading.Thread(target=self._compress_well, args=(name, encoding), daemon=True).start()
        return quick

    def _compress_well(self, name: str, encoding: str) -> None:
        """On a thread of its own: the scripts of one page take 0.3 s."""
        if sys.platform == "linux":
            # of this thread alone, elsewhere of the whole process
            os.nice(19)
        with self._one_at_a_time:
            self._compressed[name, encoding] = _WELL[encoding](self._files[name])
        self._finished.pop((name, encoding), None)

    def _imports(self, entry: str) -> list[str]:
        """An entry and what it imports statically, each once, nearest first."""
        found = [entry] if entry in self._files else []
        for name in found:
            base = pathlib.PurePosixPath(name).parent
            for target in _IMPORT.findall(self.text(name)):
                path = _normal(base / target)
                if path in self._files and path not in found:
                    found.append(path)
        return found


def _served(path: pathlib.Path) -> bytes:
    """A file as browsers get it: sheets of ours without notes and spaces, scripts in their lines still."""
    if path.suffix == ".css":
        return spaces.sheet(_REMARKS.sub("", path.read_text())).encode()
    if path.suffix != ".js" or "vendor" in path.parts:
        return path.read_bytes()
    text = _NOTES.sub(lambda note: "\n" * note[0].count("\n"), path.read_text())
    return _INDENT.sub("", text).encode()


def _normal(path: pathlib.PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _best(accepted: bytes) -> str:
    # browsers send a few short ones
    return _best_known(accepted) if len(accepted) < _SMALL else _best_of(accepted)


def _best_of(accepted: bytes) -> str:
    words = accepted.decode("latin-1").lower().replace(" ", "").split(",")
    parts = (part.partition(";") for part in words)
    offered = {name for name, _, quality in parts if not _NEVER.fullmatch(quality)}
    return next((encoding for encoding in _WELL if encoding in offered), "")


_best_known = lru_cache(maxsize=100)(_best_of)


def _type(name: str) -> str:
    known = _TYPES.get(pathlib.PurePosixPath(name).suffix)
    return known or mimetypes.guess_type(name)[0] or "application/octet-stream"


async def _send(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
