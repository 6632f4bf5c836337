"""Build hook: brings lit-html and pictures into static/vendor/, so that no foreign code is committed.

`npm pack` fetches the published archives; the sha512 of each must be the pinned one; only what the pages
use is kept. Runs at `pip install .`, `pip install -e .` and `python -m build`; does nothing when all of it
is there. Alone: `python hatch_build.py`.
"""

import base64
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from typing import NamedTuple

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run alone, outside a build
    BuildHookInterface = object

VENDOR = pathlib.Path(__file__).parent / "static" / "vendor"
STAMP = VENDOR / "vendor.version"


class Package(NamedTuple):
    """A package of npm: name, version, what its archive's sha512 must be, and its licence (SPDX)."""

    name: str
    version: str
    sha512: str
    licence: str


LIT = Package(
    "lit-html",
    "3.3.3",
    "el8M6jK2o3RXBnrSHX3ZKrsN8zEV63pSExTO1wYJz7QndGYZ8353e2a5PPX+qHe2aGayfnchQmkAojaWAREOIA==",
    "BSD-3-Clause",
)
LUCIDE = Package(
    "lucide-static",
    "1.62.0",
    "WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA==",
    "ISC",
)
FLAGS = Package(
    "country-flag-icons",
    "1.6.20",
    "py8JiEKzjhYw6HPJ0L7SxLgCYim36UPRTZX43/kqGueUCZLSvnrqAiwW8HtQibur7mdkFQUkjOgdK+o/9FBtaw==",
    "MIT",
)
FLUENT = Package(
    "@iconify-json/fluent-emoji-flat",
    "1.2.6",
    "RY47RgPb47fYUiyrA64sIOL0+UU02s29sXpNBbIQRBUlPlfNFTKUmZDERGuxDs/7yNGWqQYvuaSYM1M4fRXlUw==",
    "MIT",
)
PACKAGES = (LIT, LUCIDE, FLAGS, FLUENT)

ICONS = (
    "arrow-down arrow-up bookmark bookmark-check building-2 calendar-days chart-column check "
    "chevron-down chevron-left chevron-right chevron-up circle-question-mark clock contrast copy "
    "download ellipsis external-link eye globe grip-vertical hand handshake keyboard log-in "
    "message-circle radio search send-horizontal settings settings-2 trash-2 user users x"
).split()
"""Of Lucide, by its own names; in JavaScript `arrowDown`. Only these come along."""

REACTIONS = {
    "clap": "clapping-hands",
    "heart": "red-heart",
    "laugh": "grinning-face-with-smiling-eyes",
    "wow": "face-with-open-mouth",
    "idea": "light-bulb",
    "agree": "thumbs-up",
}
"""Our reactions and their pictures among Microsoft's Fluent emoji, as Iconify packs them."""

MIT_OF_FLUENT = """MIT License

Copyright (c) Microsoft Corporation.

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""
"""Iconify's archive names the licence and leaves its text out."""

Files = dict[str, bytes]


def pack(package: Package, folder: str) -> pathlib.Path:
    """The published archive. Stops the build where npm is missing, silent, or brings something else."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("Building from source needs Node's npm (Node 20 or newer); please install it.")
    wanted = f"{package.name}@{package.version}"
    packed = subprocess.run([npm, "pack", wanted, "--json"], cwd=folder, capture_output=True, text=True)
    if packed.returncode:
        raise SystemExit(f"npm pack {wanted} failed: {packed.stderr.strip()[-300:]}")
    archive = pathlib.Path(folder, json.loads(packed.stdout)[0]["filename"])
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package.sha512:
        raise SystemExit(f"{wanted} is not the archive this project pinned; refusing to use it.")
    return archive


def unpacked(package: Package) -> Files:
    """The files of a package, by their path in it."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(pack(package, folder)) as archive:
        members = ((member.name, archive.extractfile(member)) for member in archive)
        return {name.removeprefix("package/"): held.read() for name, held in members if held is not None}


def lit_html(files: Files) -> Files:
    return {"lit-html.js": files["lit-html.js"], "lit-html.LICENSE": files["LICENSE"]}


def icons(files: Files) -> Files:
    drawn = {_camel(name): _inside(files[f"icons/{name}.svg"].decode()) for name in ICONS}
    return {"icons.js": _module(drawn, "Icons of Lucide, ISC"), "icons.LICENSE": files["LICENSE"]}


def flags(files: Files) -> Files:
    pictures = {name: body for name, body in files.items() if re.fullmatch(r"3x2/[A-Z]{2}\.svg", name)}
    flags = {name.replace("3x2/", "flags/").lower(): body for name, body in pictures.items()}
    codes = " ".join(sorted(pathlib.Path(name).stem for name in flags))
    listed = f'/** Made by hatch_build.py. */\n\nexport const FLAGS = "{codes}".split(" ");\n'
    return {**flags, "flags.js": listed.encode(), "flags.LICENSE": files["LICENSE"]}


def reactions(files: Files) -> Files:
    of_fluent = json.loads(files["icons.json"])["icons"]
    drawn = {name: _rounded(of_fluent[theirs]["body"]) for name, theirs in REACTIONS.items()}
    return {
        "reactions.js": _module(drawn, "Fluent emoji, MIT"),
        "reactions.LICENSE": MIT_OF_FLUENT.encode(),
    }


TAKEN = {LIT: lit_html, LUCIDE: icons, FLAGS: flags, FLUENT: reactions}
"""What is kept of each package, under its name in static/vendor/."""


def vendor() -> None:
    """Put the pinned files into static/vendor/, unless they are there already."""
    asked = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == asked:
        return
    files = {name: body for package, take in TAKEN.items() for name, body in take(unpacked(package)).items()}
    for name, body in files.items():
        (VENDOR / name).parent.mkdir(parents=True, exist_ok=True)
        (VENDOR / name).write_bytes(body)
    STAMP.write_text(asked)


def _module(drawn: dict[str, str], whose: str) -> bytes:
    """Drawings by name, as lit-html's templates: what is inside of an `<svg>`."""
    lines = [f"export const {name} = svg`{inside}`;" for name, inside in drawn.items()]
    head = f'/** {whose}. Made by hatch_build.py. */\n\nimport {{ svg }} from "./lit-html.js";\n\n'
    return (head + "\n".join(lines) + "\n").encode()


def _inside(picture: str) -> str:
    (found,) = re.findall(r"<svg[^>]*>(.*)</svg>", picture, re.DOTALL)
    return re.sub(r"\s+", " ", found).replace(" />", "/>").replace("> <", "><").strip()


def _rounded(picture: str) -> str:
    """Tenths of a thirty-second of it are as fine as they are drawn. Zeros stay: `.5.5` are two numbers."""
    return re.sub(r"\d*\.\d{2,}", lambda found: f"{float(found[0]):.1f}".removeprefix("0"), picture)


def _camel(name: str) -> str:
    return re.sub(r"-(.)", lambda found: found[1].upper(), name)


class VendorHook(BuildHookInterface):  # type: ignore[misc,valid-type]
    """Called by hatchling before every build."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict) -> None:
        vendor()


if __name__ == "__main__":
    vendor()
