"""HTML: texts as markup that says what they say, and the page around them, whole in one file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from webinar_server.documents.look import CSS


class Link(NamedTuple):
    """Where a press leads, in the words of each language."""

    href: str
    words: Mapping[str, str]


def said(text: str) -> str:
    """What somebody wrote, in a direction of its own."""
    return f'<bdi dir="auto">{escape(text)}</bdi>'


def lines(text: str) -> str:
    """The same of several lines, as a block."""
    return f'<p class="said" dir="auto">{escape(text)}</p>'


def bar(part: int, whole: int) -> str:
    """How much of a whole, as long as it is; the number stands beside it."""
    width = round(100 * part / whole, 1) if whole else 0
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="whole" width="100" height="8"/>'
        f'<rect class="part" width="{width}" height="8"/></svg>'
    )


def share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "–"


def policy() -> str:
    """The Content Security Policy of such a page: nothing but its own style."""
    return f"default-src 'none'; style-src '{_hash(CSS)}'; base-uri 'none'; form-action 'none'"


def page(lang: str, titles: Mapping[str, str], bodies: Mapping[str, str], links: Sequence[Link] = ()) -> str:
    """Of each language a body, of which the one in `lang` is seen first; `links` stand above, and on no
    paper."""
    names = {"en": "English", "nl": "Nederlands"}
    choices = "".join(
        f'<input type="radio" name="lang" id="lang-{one}"{" checked" if one == lang else ""}>'
        f'<label for="lang-{one}" lang="{one}">{names[one]}</label>'
        for one in bodies
    )
    articles = "".join(
        f'<article lang="{one}">{_links(links, one)}{body}</article>' for one, body in bodies.items()
    )
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy())}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="color-scheme" content="light">'
        f"<title>{escape(titles[lang])}</title><style>{CSS}</style></head>"
        f"<body>{choices}{articles}</body></html>\n"
    )


def _links(links: Sequence[Link], lang: str) -> str:
    if not links:
        return ""
    told = "".join(f'<a href="{escape(link.href)}">{escape(link.words[lang])}</a>' for link in links)
    return f"<nav>{told}</nav>"


def _hash(css: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}"
