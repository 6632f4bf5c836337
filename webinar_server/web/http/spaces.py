"""Spaces, breaks and remarks that mean nothing, left out of scripts and sheets as they are served. Pure.

What stands in strings, templates and patterns is never touched, nor is a break that may end a statement.
"""

from __future__ import annotations

import re

_SIGN = r"(?:[=!]==?|&&|\|\||\?\?|[,;:=?<>])"
"""Around which spaces mean nothing; where there are none it need not be found."""

_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    # a pattern stands where a value is awaited; a division behind one
    r"|(?:(?<=[(,=:\[!&|?{;\n])|(?<=[(,=:\[!&|?{;>] )|(?<=return ))"
    r"/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/"
    r"|(?P<remark> *//[^\n]*|/\*.*?\*/)"
    rf"|(?P<mark>\s+{_SIGN}\s*|{_SIGN}\s+| *(?:=>|\{{)\s*| +\(\s*|\(\s+|\s+\) *|\) +|\s*\}}| *`)",
    re.DOTALL,
)
_TEXT = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)", re.DOTALL)
"""Of a template, up to its end or to code in it."""

_AROUND = re.compile(r'("[^"]*")|\s*([{};,])\s*|(:) +')


def script(code: str) -> str:
    """A script that does the same. Raises ValueError for a template that does not end."""
    parts: list[str] = []
    # the braces open in what stands outermost, and in each piece of code in a template
    braces = [0]
    at = 0
    while found := _TOKEN.search(code, at):
        mark = (found["mark"] or "").strip()
        parts += code[at : found.start()], mark or ("" if found["remark"] else found[0])
        at = found.end()
        if mark == "`" or (mark == "}" and len(braces) > 1 and not braces[-1]):
            if mark == "}":
                braces.pop()
            at = _text(code, at, parts, braces)
        elif mark in ("{", "}"):
            braces[-1] += 1 if mark == "{" else -1
    return "".join((*parts, code[at:]))


def _text(code: str, at: int, parts: list[str], braces: list[int]) -> int:
    """Take over the text of a template; returns where code goes on."""
    if not (text := _TEXT.match(code, at)):
        raise ValueError(f"a template does not end: {code[at : at + 40]!r}")
    parts.append(text[0])
    if text[0].endswith("${"):
        braces.append(0)
    return text.end()


def sheet(rules: str) -> str:
    """A sheet that says the same."""
    return _AROUND.sub(_meant, rules)


def _meant(found: re.Match[str]) -> str:
    return found[found.lastindex or 0]
