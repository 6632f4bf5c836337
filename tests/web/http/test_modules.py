"""Modules joined: what a page's script does stays the same, and what cannot be joined is refused."""

from __future__ import annotations

import json
import pathlib
import re
import subprocess

import pytest

from webinar_server.web.http.modules import Modules, Unjoinable
from webinar_server.web.http.static import Assets, folder

PAGES = ("attendee", "host", "stage", "index", "error", "mission", "organise", "join")

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
    of_each = {
        "const said=": "js/page-rest.js",
        "const{only}=$load(": "js/page-more.js js/page-rest.js",
        'const only="only"': "js/page-more.js",
        "const{base}=$load(": "js/page.js",
    }
    for code, files in of_each.items():
        assert sorted(name for name, text in joined.items() if code in text) == files.split(), code


ALONE = FILES | {
    "js/later/only.js": 'export const only = "only";\n'
    + 'export const far = () => import("../../app/stream.js");\n',
    "js/page.js": FILES["js/page.js"]
    + 'const { far } = await import("./later/only.js");\nconsole.error((await far()).way());\n',
    "app/stream.js": 'import { ten } from "../js/lib/base.js";\nexport const way = () => ten + 1;\n',
}


def test_what_hardly_any_page_asks_for_is_a_file_that_only_those_fetch(tmp_path: pathlib.Path) -> None:
    joined = Modules(ALONE).joined("js/page.js")
    assert [name for name, text in joined.items() if "ten + 1" in text] == ["js/page-stream.js"]
    alone = {"vendor/lit.js": FILES["vendor/lit.js"]} | joined
    assert said(tmp_path / "joined", alone) == said(tmp_path / "apart", ALONE)
    needs = {"app/stream.js": 'import { said } from "../js/later/last.js";\nexport const way = () => said;\n'}
    joined = Modules(ALONE | needs).joined("js/page.js")
    # which is there before what comes last
    assert [name for name, text in joined.items() if "const said=" in text] == [
        "js/page-rest.js",
        "js/page-stream.js",
    ]
    alone = {"vendor/lit.js": FILES["vendor/lit.js"]} | joined
    assert said(tmp_path / "joined2", alone) == said(tmp_path / "apart2", ALONE | needs)


def test_a_page_has_of_the_drawings_those_it_uses() -> None:
    drawings = "export const hand = `h`;\nexport const check = `c`;\n"
    page = 'import { hand as raised } from "../vendor/icons.js";\nconsole.log(raised);\n'
    joined = Modules({"vendor/icons.js": drawings, "js/page.js": page}).joined("js/page.js")
    assert "const hand=`h`" in joined["js/page.js"] and "check" not in joined["js/page.js"]


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
    links = assets.preload(f"pages/{page}.js").split("\n")
    assert 2 <= len(links) <= 3 and any("vendor/lit-html.js" in link for link in links)
    assert not re.search(r"\bimport *\{", assets.text(f"pages/{page}.js"))


@pytest.mark.parametrize("page", PAGES)
def test_each_script_is_whole(page: str, tmp_path: pathlib.Path) -> None:
    assets = Assets(folder())
    files = {name: assets.text(name) for name in sorted(scripts_of(page, assets))}
    for name, text in files.items():
        script = tmp_path / f"{pathlib.PurePath(name).stem}.mjs"
        script.write_text(text)
        run = subprocess.run(["node", "--check", script], capture_output=True, text=True, timeout=60)
        assert run.returncode == 0, run.stderr


def scripts_of(page: str, assets: Assets) -> list[str]:
    links = assets.preload(f"pages/{page}.js").split("\n")
    names = [link.split(assets.prefix)[1].split('"')[0] for link in links]
    return [name for name in names if name.startswith("pages/")]


def test_a_note_before_code_on_its_line_takes_no_code_with_it(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.js").write_text("/** @type {A} */ (b).c();\nd();\n/** e\n * f */\ng();\n")
    assert Assets(tmp_path).text("a.js") == "/** @type {A} */ (b).c();\nd();\n\n\ng();\n"
