"""Agents: what kind of browser somebody came with, as coarse as people speak of it.

A User-Agent line (RFC 9110, 10.1.5) says much more, which is nobody's business and is kept nowhere; what it
says is not to be relied on, so it is only ever shown to who came with it.
"""

from __future__ import annotations

# the first that is found counts: most claim to be others as well
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def agent(line: str) -> tuple[str, str]:
    """Browser and system of a User-Agent line; empty where they are none of those above."""
    return _first(BROWSERS, line), _first(SYSTEMS, line)


def _first(known: tuple[tuple[str, str], ...], line: str) -> str:
    return next((name for mark, name in known if mark in line), "")
