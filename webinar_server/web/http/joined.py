"""Joined files: what a page needs of one kind is one file, so that it takes one request. Pure.

A page names its style sheets in their order, those of all nouns by a star; it is served with one that is all
of them, each in the layer of its folder. Its script is served with all that it imports in it (`modules.py`).
The words of all folders of a session are one catalog a language, whole for hosts; for others without the
words that only hosts need, and in four: most, what is said when something went wrong, what is said in the
place of a page, and what comes with the first poll. A mission's pages have one of their own, with what all
pages say: whole for organisers and who asks to take part, in two for who is in; what a session's page says of
contacts comes once it follows its mission.
"""

from __future__ import annotations

import fnmatch
import json
import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache

from webinar_server.web.http.modules import Modules

_SHEET = re.compile(r'[ \t]*<link rel="stylesheet" href="{{static}}([^"]+)" ?/?>\n')
_WORDS = re.compile(r"([a-z]{2})\.json")
HOSTS = "host."
"""What the keys of words begin with that only a host's page says."""

STAGES = ("stage.", "problem.token.not_stage.")
"""The same of the stage."""

FORMS = re.compile(r"forms\.|refused\.poll\.|poll\.(?!none)")
"""The same of what comes to who attends with the first poll."""

TO_HOSTS = re.compile(
    r"refused\.(session\.(exists|id|join|logo|planned|times|video)|polls\.|said\.|segment\.|timeout\."
    r"|poll\.(draft|few|form|full|limits|locked|never|open|options|right|same_options|scale|seconds)$"
    r"|held\.(gone|unknown)$|person\.(gone|leads|several|yourself)|question\.withdrawn|stage\.|link\.of_mission)"
    r"|problem\.token\.not_host\."
)
"""Refusals of what hosts alone can do, and what is said of a link that is no host's."""

PROBLEM = re.compile(r"whose\.|index\.(what|link)|problem\.(?!other|passing|again|home|code|reason)")
"""The same of what is said in the place of a page: it comes where the server has said so, with that, or where
somebody comes without any."""

RARE = re.compile(
    r"refused\.(?!unknown)"
    r"|settings\.(?!open)|keys\.|card\.|contact\.|feedback\.|introduce\.|leave\."
    r"|device\.(?!leave$|name|program|unknown)"
)
"""How the keys of words begin that a page does without at first: a third of all, for what hardly ever is, or
opens at a press."""

OF_MISSIONS = ("mission", "pages/mission", "pages/organise", "pages/join")
"""Folders in which words stand that only a mission's pages say."""

OF_CONTACTS = ("asking", "contacts")
"""Those of them of which a session's page says words, too, where somebody takes part in its mission."""

ASIDE = ("told", "run", "running", "hosts", "log", "report", "answers", "before")
"""Folders of a session's nouns whose words come with what says them, as `words/NAME`: what opens in the
host's drawer."""

OF_ALL = ("app/", "parts/", "pages/en.json", "pages/nl.json")
"""The same of those that every page says; and of a session's nouns such as a mission's pages say, too, by
their keys."""
SHARED = re.compile(r"host\.(undo|toast\.|copy|copied)")

LATER_OF_MISSIONS = re.compile(
    r"refused\.(?!unknown)|problem\.(?!other|passing|again|home|code|reason)|whose\.|index\.(what|link)|join\."
    r"|contacts?\.|leads\.|sharing\.|reminders\.|conversations\.|meetings\.|me\.|mine\.|consent\.|sign_out\.|leave\."
)
"""How the keys of words begin that a mission's page does without at first: of tabs that are looked at later,
of oneself, and of what went wrong."""

TO_ORGANISERS = re.compile(r"organise\.|imports\.|history\.|refused\.(organise|import)\.")
"""How the keys of words begin that only the organisers' page says: more than half of a mission's."""

LAYERS = {
    "look/tokens": "tokens",
    "look": "base",
    "parts": "parts",
    "session": "nouns",
    "mission": "nouns",
    "pages": "pages",
}
"""How a sheet's name begins, and its layer: each goes before those above, however specific they are."""

_ORDER = f"@layer {', '.join(dict.fromkeys(LAYERS.values()))};\n".encode()
_SCREEN = re.compile(r"look/stage\.css|.*/screen[^/]*\.css")
"""Sheets of what goes on air stand in no layer: OBS brings older browser engines, which do not know them."""


def joined(files: dict[str, bytes]) -> dict[str, bytes]:
    """A folder's files as they are served. Raises KeyError for a sheet that is not there or a word that is
    said twice, and Unjoinable."""
    return dict(_joined(tuple(files.items())))


@lru_cache(maxsize=1)
def _joined(given: tuple[tuple[str, bytes], ...]) -> dict[str, bytes]:
    # a tenth of a second; several servers of one process have the same files
    files = dict(given)
    served = files | _catalogs(files)
    modules = Modules({name: body.decode() for name, body in files.items() if name.endswith(".js")})
    for name, body in files.items():
        script = name.removesuffix(".html") + ".js"
        if name.endswith(".html"):
            served |= _page(name, body.decode(), files)
        if name.endswith(".html") and script in files:
            served |= {each: text.encode() for each, text in modules.joined(script).items()}
    return served


def _page(name: str, page: str, files: dict[str, bytes]) -> dict[str, bytes]:
    sheets = [each for named in _SHEET.findall(page) for each in sheets_of(named, files)]
    if len(sheets) < 2:
        return {}
    sheet = name.removesuffix(".html") + "-all.css"
    first, rest = page.split(_SHEET.search(page)[0], 1)  # type: ignore[index]
    one = f'    <link rel="stylesheet" href="{{{{static}}}}{sheet}">\n'
    return {
        name: (first + one + _SHEET.sub("", rest)).encode(),
        sheet: b"\n".join((_ORDER, *(_layered(each, files[each]) for each in sheets))),
    }


def sheets_of(named: str, files: Iterable[str]) -> list[str]:
    """What a page means by a sheet: those that there are, where it has a star, else that one."""
    return sorted(fnmatch.filter(files, named)) if "*" in named else [named]


def _layered(name: str, body: bytes) -> bytes:
    layer = next((layer for begin, layer in LAYERS.items() if name.startswith(begin)), "")
    return body if _SCREEN.fullmatch(name) or not layer else b"@layer %b {\n%b}\n" % (layer.encode(), body)


def _catalogs(files: dict[str, bytes]) -> dict[str, bytes]:
    sessions: dict[str, dict[str, str]] = {}
    missions: dict[str, dict[str, str]] = {}
    contacts: dict[str, dict[str, str]] = {}
    aside: dict[str, bytes] = {}
    for name, body in sorted(files.items()):
        if found := _WORDS.fullmatch(posixpath.basename(name)):
            language, words = found[1], json.loads(body)
            under, _, noun = posixpath.dirname(name).partition("/")
            if under == "session" and noun in ASIDE:
                aside[f"words/{noun}/{language}.json"] = _packed(words)
                continue
            of_mission = name.startswith(tuple(f"{folder}/" for folder in OF_MISSIONS))
            shared = words if of_mission or name.startswith(OF_ALL) else _shared(words)
            _add(name, words, sessions.setdefault(language, {}), not of_mission)
            _add(name, shared, missions.setdefault(language, {}))
            _add(
                name,
                words,
                contacts.setdefault(language, {}),
                of_mission and posixpath.basename(posixpath.dirname(name)) in OF_CONTACTS,
            )
    served = {name: body for language, words in sessions.items() for name, body in _catalog(language, words)}
    served |= aside | {
        f"words/contacts/{language}.json": _packed(words) for language, words in contacts.items()
    }
    for language, words in missions.items():
        most = {key: text for key, text in words.items() if not TO_ORGANISERS.match(key)}
        later = {key: text for key, text in most.items() if LATER_OF_MISSIONS.match(key)}
        first = {key: text for key, text in most.items() if key not in later}
        served |= {
            f"words/mission/{language}.json": _packed(first),
            f"words/mission/rare/{language}.json": _packed(later),
            f"words/join/{language}.json": _packed(most),
            f"words/organise/{language}.json": _packed(words),
        }
    return served


def _add(name: str, words: dict[str, str], catalog: dict[str, str], wanted: bool = True) -> None:
    if wanted:
        if twice := catalog.keys() & words:
            raise KeyError(f"{name} says again: {', '.join(sorted(twice))}")
        catalog |= words


def _shared(words: dict[str, str]) -> dict[str, str]:
    return {key: text for key, text in words.items() if SHARED.match(key)}


def _catalog(language: str, words: dict[str, str]) -> Iterable[tuple[str, bytes]]:
    ours = {key: text for key, text in words.items() if not key.startswith(HOSTS) and not TO_HOSTS.match(key)}
    most = {key: text for key, text in ours.items() if not key.startswith(STAGES)}
    parts: dict[str, dict[str, str]] = {"": {}, "rare/": {}, "problem/": {}, "forms/": {}}
    for key, text in most.items():
        parts[_part(key)][key] = text
    for part, words_of_it in parts.items():
        yield f"words/{part}{language}.json", _packed(words_of_it)
    yield f"words/stage/{language}.json", _packed(ours)
    yield f"words/host/{language}.json", _packed(words)


def _part(key: str) -> str:
    if FORMS.match(key):
        return "forms/"
    return "problem/" if PROBLEM.match(key) else "rare/" if RARE.match(key) else ""


def _packed(words: dict[str, str]) -> bytes:
    return json.dumps(dict(sorted(words.items())), ensure_ascii=False, separators=(",", ":")).encode()
