"""Spaces that mean nothing are left out, and nothing else: a script means what it meant."""

from __future__ import annotations

import json
import subprocess

import pytest

from webinar_server.web.http import modules, spaces
from webinar_server.web.http.static import _REMARKS, _served, folder

PAGES = ("attendee", "host", "stage", "index", "error")

TRICKY = r"""
const a = 6, b = 3, g = 2; // a remark: `not a template`, "nor a string
const words = "a => { b }, 'c' ; // d" + 'e : " f';
const pattern = / [ / ] { 2 , } ` " \/ /g, divided = a / b / g;
const told = `text = { ${ [1, 2].map((n) => `${ n } } , ${ { n: `<${ n }>` }.n }`)
  .join(" ; ") } } // kept : ${ "}" } \` \${ x }`;
const chosen = a > b ? .5 : - 1
const read = { in: a, of: [b, g] }
const sum = () => {
  let n = 0
  for (const x of [a, b]) n += x
  if (n < 1) return
  else { n = n + + 1 }
  return (
    n
  )
}
/* more
   of them */
const wide = (/ x /.test(" x "), a - - b)
const found = "6 [/]{2,}".replace(pattern, " ")
console.log(JSON.stringify([words, found, divided, told, chosen, read, sum(), wide]))
"""

SAME = """
const { parse } = require("internal/deps/acorn/acorn/dist/acorn");
const meaning = (code) => JSON.stringify(parse(code, { ecmaVersion: "latest", sourceType: "module" }),
  (key, value) => (["start", "end"].includes(key) ? undefined
    : value instanceof RegExp ? String(value) : value));
const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"));
const same = ([one, other]) => one.length > other.length && meaning(one) === meaning(other);
console.log(JSON.stringify(pairs.map(same)));
"""
"""Node's own parser sees the same tree of both, and the second is shorter."""


def said(*how: str, given: str = "") -> object:
    run = subprocess.run(["node", *how], input=given, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_script_says_the_same_without_its_spaces() -> None:
    squeezed = spaces.script(TRICKY)
    assert said("-e", TRICKY) == said("-e", squeezed)
    assert said("--expose-internals", "-e", SAME, given=json.dumps([[TRICKY, squeezed]])) == [True]
    assert len(squeezed) < 0.9 * len(TRICKY) and "remark" not in squeezed and "them" not in squeezed


def test_a_template_that_does_not_end_is_refused() -> None:
    with pytest.raises(ValueError, match="does not end"):
        spaces.script("const a = `${ b } and so on;")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_means_what_was_written(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {each.relative_to(folder()).as_posix(): each for each in folder().rglob("*.js")}
    written = {name: _served(path).decode() for name, path in files.items()}
    squeezed = modules.Modules(written).joined(f"pages/{page}.js")
    monkeypatch.setattr(spaces, "script", lambda code: code)
    whole = modules.Modules(written).joined(f"pages/{page}.js")
    pairs = [[text, squeezed[name]] for name, text in whole.items()]
    assert pairs and said("--expose-internals", "-e", SAME, given=json.dumps(pairs)) == [True] * len(pairs)


def test_a_sheet_keeps_what_its_spaces_mean() -> None:
    rules = 'a :hover > b,\nc { content: "x ; { y: z }";\n  inset: 0 1px; }\n'
    rules += "@media (width > 3px) {\n  a { color: red }\n}\n"
    assert spaces.sheet(rules) == (
        'a :hover > b,c{content:"x ; { y: z }";inset:0 1px;}@media (width > 3px){a{color:red}}'
    )
    # other strings than these have none
    sheets = "".join(_REMARKS.sub("", path.read_text()) for path in folder().rglob("*.css"))
    assert "'" not in sheets and "url(" not in sheets
