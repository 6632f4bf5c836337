"""Joined files: what a page needs of one kind is one file, so that it takes one request. Pure.

A page names its style sheets one by one, in their order; it is served with one that is all of them. Its
script is served with all that it imports in it (`modules.py`). A catalog of words is served twice: without
the words that only hosts need, and whole beside it.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from webinar_server.web.http.modules import Modules

_SHEET = re.compile(r'[ \t]*<link rel="stylesheet" href="{{static}}([^"]+)" ?/?>\n')
HOSTS = "host."
"""What the keys of words begin with that only a host's page says."""


def joined(files: dict[str, bytes]) -> dict[str, bytes]:
    """A folder's files as they are served. Raises KeyError for a sheet that is not there, and Unjoinable."""
    return dict(_joined(tuple(files.items())))


@lru_cache(maxsize=1)
def _joined(given: tuple[tuple[str, bytes], ...]) -> dict[str, bytes]:
    # a tenth of a second; several servers of one process have the same files
    files = dict(given)
    served = dict(files)
    modules = Modules({name: body.decode() for name, body in files.items() if name.endswith(".js")})
    for name, body in files.items():
        script = f"js/{name.removesuffix('.html')}.js"
        if name.endswith(".html"):
            served |= _page(name, body.decode(), files)
        if name.endswith(".html") and script in files:
            served |= {each: text.encode() for each, text in modules.joined(script).items()}
        elif name.startswith("i18n/"):
            served |= _catalog(name, body)
    return served


def _page(name: str, page: str, files: dict[str, bytes]) -> dict[str, bytes]:
    sheets = _SHEET.findall(page)
    if len(sheets) < 2:
        return {}
    sheet = f"css/page-{name.removesuffix('.html')}.css"
    first, rest = page.split(_SHEET.search(page)[0], 1)  # type: ignore[index]
    one = f'    <link rel="stylesheet" href="{{{{static}}}}{sheet}">\n'
    return {
        name: (first + one + _SHEET.sub("", rest)).encode(),
        sheet: b"\n".join(files[each] for each in sheets),
    }


def _catalog(name: str, body: bytes) -> dict[str, bytes]:
    words = json.loads(body)
    most = {key: text for key, text in words.items() if not key.startswith(HOSTS)}
    return {name: _packed(most), name.replace("i18n/", "i18n/host/"): _packed(words)}


def _packed(words: dict[str, str]) -> bytes:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
