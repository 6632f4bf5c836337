"""Modules of a page joined: its entry and all that it needs at once are one file; two are what comes later.

Each module becomes a function in a table, called when it is first needed, as the browser would; its names
stay its own. That holds for the plain ES modules of `static/js`: named imports and exports that nobody
changes, no cycles. Whatever else one has is refused when the server starts, and by the tests before. Pure.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

_DOC = re.compile(r"/\*\*.*?\*/", re.DOTALL)
_NOTE = re.compile(r"^[ \t]*(?://.*)?\n", re.MULTILINE)
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";\n', re.MULTILINE)
_LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
_EXPORTED = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_LISTED = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*|\bimport\(.*", re.MULTILINE)
OURS = "js/"

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

    def joined(self, entry: str) -> dict[str, str]:
        """The entry as it is served, and beside it the files of what it imports later. Raises Unjoinable."""
        first = self._closure([entry], {})
        more = self._closure(self._all_later(first), first)
        rest: dict[str, None] = {}
        while still := self._closure(self._all_later([*more, *rest]), {**first, **more, **rest}):
            rest |= still
        known = [*first, *more, *rest]
        native = [name for name in known if not name.startswith(OURS)]
        where = dict.fromkeys(more, later_than(entry)) | dict.fromkeys(rest, last_of(entry))
        places = {name: "./" + posixpath.basename(file) for name, file in where.items()}
        lines = [f'import * as $native{n} from "{_relative(name, entry)}";' for n, name in enumerate(native)]
        table = [f'"{name}": () => $native{n},' for n, name in enumerate(native)]
        table += [self._function(name, places) for name in first if name not in (entry, *native)]
        head = "\n".join((*lines, "const $modules = {", *table, "};"))
        files = {entry: head + TABLE + self._plain(entry, places)[0]}
        for file in dict.fromkeys(where.values()):
            table = [
                self._function(name, places) for name in where if where[name] == file and name not in native
            ]
            files[file] = "\n".join(("export const $modules = ($load, $later) => ({", *table, "});\n"))
        return files

    def _closure(self, names: Iterable[str], known: Mapping[str, None]) -> dict[str, None]:
        """These and what they import at once, unless it is known; what is needed comes first."""
        found: dict[str, None] = {}
        for name in names:
            self._visit(name, found, known, ())
        return found

    def _all_later(self, names: Iterable[str]) -> list[str]:
        return [later for name in names for later in self._later(name)]

    def _visit(
        self, name: str, found: dict[str, None], known: Mapping[str, None], above: tuple[str, ...]
    ) -> None:
        if name in above:
            raise Unjoinable(f"{name} needs itself, by {' '.join(above)}")
        if name in found or name in known:
            return
        for _, target in _IMPORT.findall(self._files[name]) if name.startswith(OURS) else ():
            self._visit(_beside(name, target), found, known, (*above, name))
        found[name] = None

    def _later(self, name: str) -> Iterator[str]:
        for target in _LATER.findall(self._files[name]) if name.startswith(OURS) else ():
            yield _beside(name, target)

    def _function(self, name: str, places: Mapping[str, str]) -> str:
        code, exported = self._plain(name, places)
        if "import.meta" in code and posixpath.dirname(name) != OURS.rstrip("/"):
            raise Unjoinable(f"{name} asks where it is; that is not where its page's file is")
        getters = ", ".join(f"get {each}() {{ return {each}; }}" for each in exported)
        return f'"{name}": () => {{\n{code}return {{ {getters} }};\n}},'

    def _plain(self, name: str, places: Mapping[str, str]) -> tuple[str, list[str]]:
        """A module's code without imports and exports, and the names it exports."""
        code = self._files[name]
        exported = _EXPORTED.findall(code)
        exported += [
            each.strip() for names in _LISTED.findall(code) for each in names.split(",") if each.strip()
        ]
        code = _LISTED.sub("", _EXPORTED.sub("", code))
        code = _IMPORT.sub(lambda found: _named(found[1], _beside(name, found[2])), code)
        code = _LATER.sub(lambda found: _called(_beside(name, found[1]), places), code)
        if left := _LEFT.search(code):
            raise Unjoinable(f"{name}: {left[0][:80]}")
        return code, exported


def later_than(entry: str) -> str:
    """The file of what an entry imports later."""
    return entry.removesuffix(".js") + "-more.js"


def last_of(entry: str) -> str:
    """The file of what is imported later by that."""
    return entry.removesuffix(".js") + "-rest.js"


def _named(names: str, target: str) -> str:
    wanted = ", ".join(each.strip().replace(" as ", ": ") for each in names.split(",") if each.strip())
    return f'const {{ {wanted} }} = $load("{target}");\n'


def _called(target: str, places: Mapping[str, str]) -> str:
    return f'$later("{target}", "{places.get(target, "")}")'


def _beside(name: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def _relative(name: str, entry: str) -> str:
    return posixpath.relpath(name, posixpath.dirname(entry))
