"""Files over HTTP: what says that an answer is one to keep and what it is called, and how a file that is sent
is called. Both in `Content-Disposition`, never in the address, which others keep (RFC 6266)."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from starlette.requests import Request

_PLAIN = re.compile(r"[^A-Za-z0-9._-]")
_WHOLE = "filename*=UTF-8''"


def to_keep(name: str) -> dict[str, str]:
    """The headers of an answer that is a file of that name, and kept by nothing on its way."""
    plain = _PLAIN.sub("_", name)
    whole = "" if plain == name else f"; {_WHOLE}{quote(name, safe='')}"
    return {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{plain}"{whole}'}


def name_of(request: Request) -> str:
    """What the file in the body is called, as its sender says; empty where they do not."""
    _, _, named = request.headers.get("content-disposition", "").partition(_WHOLE)
    return unquote(named.partition(";")[0].strip(), errors="replace")
