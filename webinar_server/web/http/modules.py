"""Modules of a page joined: its entry and all that it needs at once are one file; two are what comes later,
and what hardly any page ever asks for is a file each, with all it needs beside the first two.

Each module becomes a function in a table, called when it is first needed, as the browser would; its names
stay its own. That holds for the plain ES modules of `static/`: named imports and exports that nobody
changes, no cycles. Whatever else one has is refused when the server starts, and by the tests before. Pure.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping

from webinar_server.web.http import spaces

_DOC = re.compile(r"/\*\*.*?\*/", re.DOTALL)
_NOTE = re.compile(r"^[ \t]*(?://.*)?\n", re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";\n', re.MULTILINE)
_LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
_EXPORTED = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_LISTED = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*|\bimport\(.*", re.MULTILINE)
_DRAWING = re.compile(r"^export const (\w+) = .*;\n", re.MULTILINE)
_GOES_ON = re.compile(r"^((?:(?!//).)*[;{,(\[])\n+", re.MULTILINE)
"""Lines that say by their end that they end: but for a remark, nothing is meant by the break."""

_CALLED = re.compile("(\3)?\1(\\d+)\2")
"""Where a module stands for the number by which a page calls it, or for its file there."""

FOREIGN = "vendor/lit"
"""How the names of modules begin that stay files of their own: it has what this cannot join."""

DRAWINGS = "vendor/"
"""How the names of other modules begin that were brought along: each page has the lines that it uses."""

ALONE = (
    *("stream.js", "roving.js", "devices.js", "introduce.js", "leaving.js", "whose.js"),
    *("person_card.js", "over.js", "dialogs.js", "problem.js", "in_session.js", "told.js"),
    *("follow_run.js", "below.js"),
)
"""Modules, by the ends of their names, that are fetched by who needs them alone: others would be sent what
they have no use for. Most of what they do needs the network anyway."""

FORMS = "/polls/forms/"
"""The folder of more such modules: one for each form of a poll, and what all of them have."""

TABLE = """
const $done = {};
const $load = (name) => ($done[name] ??= $modules[name]());
const $later = async (name, file) => {
  if (!$modules[name]) $add((await import(file)).$modules);
  return $load(name);
};
const $add = (more) => {
  for (const [name, module] of Object.entries(more($load, $later))) $modules[name] ??= module;
};
"""


class Unjoinable(ValueError):
    """A module that has what this cannot join."""


class Modules:
    """The scripts of a folder, by their path in it."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = {name: _NOTE.sub("", _DOC.sub("", text)) for name, text in files.items()}
        # what each imports at once, and later
        self._at_once = {name: _found(_IMPORT, name, text) for name, text in self._files.items()}
        self._later = {name: _found(_LATER, name, text) for name, text in self._files.items()}
        self._names = list(files)
        self._numbers = {name: at for at, name in enumerate(self._names)}
        # modules as they are served, but for what they call others: most are in several pages
        self._kept: dict[str, str] = {}

    def joined(self, entry: str) -> dict[str, str]:
        """The entry as it is served, and beside it the files of what it imports later. Raises Unjoinable."""
        first, more, rest, alone = self._needed(entry)
        behind = {name: self._closure([name], {**first, **more}) for name in alone}
        known = list(
            dict.fromkeys([*first, *more, *rest, *(each for names in behind.values() for each in names)])
        )
        self._wanted = self._imported(known)
        self._place = self.places(entry)
        native = [name for name in known if name.startswith(FOREIGN)]
        parts = {later_than(entry): more, last_of(entry): rest}
        for name in alone:
            parts.setdefault(alone_of(entry, name), behind[name])
        places: dict[str, str] = {}
        for file, names in parts.items():
            places = dict.fromkeys(names, "./" + posixpath.basename(file)) | places
        lines = [f'import * as $native{n} from "{_relative(name, entry)}";' for n, name in enumerate(native)]
        table = [f"{self._place[name]}:()=>$native{n}," for n, name in enumerate(native)]
        table += [self._function(name, places) for name in first if name not in (entry, *native)]
        head = spaces.script("\n".join((*lines, "const $modules = {\n")))
        last = spaces.script("};" + TABLE + self._plain(entry)[0])
        files = {entry: "".join((head, *table, self._called(last, places)))}
        for file, names in parts.items():
            table = [self._function(name, places) for name in names if name not in native]
            if table:
                files[file] = "".join(("export const $modules=($load,$later)=>({", *table, "});"))
        return files

    def places(self, entry: str) -> dict[str, int]:
        """The number by which an entry's files call each module: shorter than its name."""
        first, more, rest, alone = self._needed(entry)
        behind = self._closure(alone, {**first, **more, **rest})
        return {name: at for at, name in enumerate([*first, *more, *rest, *behind])}

    def _needed(self, entry: str) -> tuple[dict[str, None], ...]:
        """What an entry imports at once, what it imports later, what that does, and what comes alone."""
        first = self._closure([entry], {})
        more = self._closure(self._all_later(first), first)
        rest: dict[str, None] = {}
        while still := self._closure(self._all_later([*more, *rest]), {**first, **more, **rest}):
            rest |= still
        alone: dict[str, None] = {}
        behind: Iterable[str] = (*first, *more, *rest)
        while called := [
            later for name in behind for later in self._later[name] if _is_alone(later) and later not in alone
        ]:
            alone |= dict.fromkeys(called)
            behind = self._closure(called, {**first, **more, **rest})
        return first, more, rest, alone

    def _closure(self, names: Iterable[str], known: Mapping[str, None]) -> dict[str, None]:
        """These and what they import at once, unless it is known; what is needed comes first."""
        found: dict[str, None] = {}
        for name in names:
            self._visit(name, found, known, ())
        return found

    def _all_later(self, names: Iterable[str]) -> list[str]:
        return [later for name in names for later in self._later[name] if not _is_alone(later)]

    def _visit(
        self, name: str, found: dict[str, None], known: Mapping[str, None], above: tuple[str, ...]
    ) -> None:
        if name in above:
            raise Unjoinable(f"{name} needs itself, by {' '.join(above)}")
        if name in found or name in known:
            return
        for target in self._at_once[name]:
            self._visit(target, found, known, (*above, name))
        found[name] = None

    def _imported(self, names: Iterable[str]) -> set[str]:
        """The names of drawings that these modules import."""
        found = (
            each
            for name in names
            if not name.startswith(DRAWINGS)
            for each in _IMPORT.findall(self._files[name])
        )
        names = (name for names, target in found if f"/{DRAWINGS}" in target for name in names.split(","))
        return {name.partition(" as ")[0].strip() for name in names}

    def _function(self, name: str, places: Mapping[str, str]) -> str:
        # of drawings each page has others
        if name not in self._kept or name.startswith(DRAWINGS):
            self._kept[name] = self._squeezed(name)
        return f"{self._place[name]}{self._called(self._kept[name], places)}"

    def _squeezed(self, name: str) -> str:
        code, exported = self._plain(name)
        if "import.meta" in code and "/" in posixpath.dirname(name):
            raise Unjoinable(f"{name} asks where it is; that is not where its page's file is")
        return spaces.script(f": () => {{\n{code}return {{ {', '.join(exported)} }};\n}},\n")

    def _plain(self, name: str) -> tuple[str, list[str]]:
        """A module's code without imports and exports, and the names it exports; others stand in it as
        `_CALLED` has them."""
        code = self._files[name]
        if name.startswith(DRAWINGS):
            code = _DRAWING.sub(lambda line: line[0] if line[1] in self._wanted else "", code)
        exported = _EXPORTED.findall(code)
        exported += [
            each.strip() for names in _LISTED.findall(code) for each in names.split(",") if each.strip()
        ]
        code = _LISTED.sub("", _EXPORTED.sub("", code))
        code = _IMPORT.sub(lambda found: _named(found[1], self._number(name, found[2])), code)
        code = _LATER.sub(lambda found: '$later({0},"\3{0}")'.format(self._number(name, found[1])), code)
        if left := _LEFT.search(code):
            raise Unjoinable(f"{name}: {left[0][:80]}")
        return _GOES_ON.sub(r"\1", code), exported

    def _number(self, name: str, target: str) -> str:
        return f"\1{self._numbers[_beside(name, target)]}\2"

    def _called(self, code: str, places: Mapping[str, str]) -> str:
        """The code with what this page calls each module, and by which file it comes."""

        def one(found: re.Match[str]) -> str:
            name = self._names[int(found[2])]
            return places.get(name, "") if found[1] else str(self._place[name])

        return _CALLED.sub(one, code)


def _found(pattern: re.Pattern[str], name: str, code: str) -> list[str]:
    """The modules that one imports."""
    matches = () if name.startswith(FOREIGN) else pattern.finditer(code)
    return [_beside(name, match[match.lastindex or 0]) for match in matches]


def later_than(entry: str) -> str:
    """The file of what an entry imports later."""
    return entry.removesuffix(".js") + "-more.js"


def last_of(entry: str) -> str:
    """The file of what is imported later by that."""
    return entry.removesuffix(".js") + "-rest.js"


def _is_alone(name: str) -> bool:
    return posixpath.basename(name) in ALONE or FORMS in name


def alone_of(entry: str, name: str) -> str:
    """The file of a module that is fetched by who needs it alone."""
    return f"{entry.removesuffix('.js')}-{posixpath.basename(name)}"


def _named(names: str, place: str) -> str:
    wanted = ", ".join(each.strip().replace(" as ", ": ") for each in names.split(",") if each.strip())
    return f"const {{ {wanted} }} = $load({place});\n"


def _beside(name: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def _relative(name: str, entry: str) -> str:
    return posixpath.relpath(name, posixpath.dirname(entry))
