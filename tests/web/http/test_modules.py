"""Modules joined: what a page's script does stays the same, and what cannot be joined is refused."""

from __future__ import annotations

import json
import pathlib
import subprocess

import pytest

from webinar_server.web.http.modules import Modules, Unjoinable
from webinar_server.web.http.static import Assets, folder

PAGES = ("attendee", "host", "stage", "index", "error")

FILES = {
    "vendor/lit.js": 'const a="lit";export{a as html};',
    "js/page.js": (
        'import { html } from "../vendor/lit.js";\n'
        'import { count, twice as double } from "./lib/a.js";\n'
        'const load = "a name of its own";\n'
        'const one = await import("./later/b.js");\n'
        'const two = await import("./later/b.js");\n'
        "const failed = await import(\"./later/c.js\").catch((error) => error.message);\n"
        "const all = [html, double(4), one.here, one === two, count(), load, failed, await one.last()];\n"
        "console.log(JSON.stringify(all));\n"
    ),
    "js/lib/a.js": (
        'import { base } from "./base.js";\n'
        "const load = 2;\nlet calls = 0;\n"
        '/** Twice {import("./base.js").base} */\n'
        "export function twice(n) { return n * load * base; }\n"
        "export const count = () => ++calls;\n"
    ),
    "js/lib/base.js": (
        "const one = 1;\n// its own\nexport const ten = one * 10;\n"
        "export const base = ten;\nexport { one };\n"
    ),
    "js/later/b.js": (
        'import {\n  count,\n  twice,\n} from "../lib/a.js";\nimport { only } from "./only.js";\n'
        "count();\nexport const here = `b ${twice(1)} ${only}`;\n"
        'export const last = async () => (await import("./last.js")).said;\n'
    ),
    "js/later/only.js": 'export const only = "only";\n',
    "js/later/last.js": 'import { only } from "./only.js";\nexport const said = `last, ${only}`;\n',
    "js/later/c.js": 'export const never = 1;\nthrow new Error("c is broken");\n',
}  # fmt: skip


def said(folder: pathlib.Path, files: dict[str, str]) -> object:
    """What the page's script says in Node."""
    for name, text in (files | {"package.json": '{"type":"module"}'}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    run = subprocess.run(["node", folder / "js/page.js"], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_joined_script_does_what_its_modules_do(tmp_path: pathlib.Path) -> None:
    joined = Modules(FILES).joined("js/page.js")
    assert set(joined) == {"js/page.js", "js/page-more.js", "js/page-rest.js"}
    alone = {"vendor/lit.js": FILES["vendor/lit.js"]} | joined
    wanted = ["lit", 80, "b 20 only", True, 2, "a name of its own", "c is broken", "last, only"]
    assert said(tmp_path / "apart", FILES) == said(tmp_path / "joined", alone) == wanted


def test_each_module_is_in_the_file_that_is_first_needed() -> None:
    joined = Modules(FILES).joined("js/page.js")
    assert '"js/later/last.js":' in joined["js/page-rest.js"]
    assert all("only.js" in joined[f"js/page-{file}.js"] for file in ("more", "rest"))
    assert '"js/later/only.js":' not in joined["js/page-rest.js"]
    assert '"js/later/only.js"' in joined["js/page-more.js"] and "only.js" not in joined["js/page.js"]
    assert '"js/lib/a.js"' in joined["js/page.js"] and '"js/lib/a.js":' not in joined["js/page-more.js"]


@pytest.mark.parametrize(
    "code",
    [
        "export let changing = 1;\n",
        "export default 1;\n",
        'export * from "./lib/base.js";\n',
        'import all from "./lib/base.js";\n',
        'import * as all from "./lib/base.js";\n',
        'import "./lib/base.js";\n',
        "const name = './b.js';\nimport(name);\n",
        'import { twice } from "./lib/a.js";\n',
        "export const here = import.meta.url;\n",
    ],
)
def test_what_cannot_be_joined_is_refused(code: str) -> None:
    with pytest.raises(Unjoinable):
        Modules(FILES | {"js/lib/a.js": code.replace("./lib/", "./")}).joined("js/page.js")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_three_scripts_at_most_and_needs_no_other(page: str) -> None:
    assets = Assets(folder())
    links = assets.preload(f"js/{page}.js").split("\n")
    assert 2 <= len(links) <= 3 and any("vendor/lit-html.js" in link for link in links)
    assert "\nimport {" not in assets.text(f"js/{page}.js")
