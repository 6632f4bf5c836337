"""What a page needs before it can be used, as a browser reads it from the page's head. Pure."""

from __future__ import annotations

import re

_LINKED = re.compile(r'<(?:link|script)[^>]*?(?:src|href)="([^"]+)"[^>]*>')
_LATER = ('rel="prefetch"', 'rel="icon"', 'rel="manifest"')


def assets(page: str) -> list[str]:
    """Styles, scripts and preloaded modules, in order and each once."""
    found = (match for match in _LINKED.finditer(page) if not any(rel in match[0] for rel in _LATER))
    return list(dict.fromkeys(match[1] for match in found))
