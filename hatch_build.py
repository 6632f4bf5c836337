"""Build hook: brings lit-html into static/vendor/, so that no foreign code is committed.

`npm pack` fetches the published archive; its sha512 must be the pinned one; two named files are kept.
Runs at `pip install .`, `pip install -e .` and `python -m build`; does nothing when the file is there.
Alone: `python hatch_build.py`.
"""

import base64
import hashlib
import json
import pathlib
import shutil
import subprocess
import tarfile
import tempfile

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run alone, outside a build
    BuildHookInterface = object

VENDOR = pathlib.Path(__file__).parent / "static" / "vendor"
PACKAGE = "lit-html@3.3.3"
SHA512 = "el8M6jK2o3RXBnrSHX3ZKrsN8zEV63pSExTO1wYJz7QndGYZ8353e2a5PPX+qHe2aGayfnchQmkAojaWAREOIA=="
FILES = {"package/lit-html.js": "lit-html.js", "package/LICENSE": "lit-html.LICENSE"}
STAMP = VENDOR / "lit-html.version"


def pack(folder: str) -> pathlib.Path:
    """The published archive. Stops the build where npm is missing, silent, or brings something else."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("Building from source needs Node's npm (Node 20 or newer); please install it.")
    packed = subprocess.run([npm, "pack", PACKAGE, "--json"], cwd=folder, capture_output=True, text=True)
    if packed.returncode:
        raise SystemExit(f"npm pack {PACKAGE} failed: {packed.stderr.strip()[-300:]}")
    archive = pathlib.Path(folder, json.loads(packed.stdout)[0]["filename"])
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != SHA512:
        raise SystemExit(f"{PACKAGE} is not the archive this project pinned; refusing to use it.")
    return archive


def vendor() -> None:
    """Put the pinned files into static/vendor/, unless they are there already."""
    if STAMP.exists() and STAMP.read_text() == PACKAGE:
        return
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, tarfile.open(pack(folder)) as archive:
        for inside, outside in FILES.items():
            member = archive.extractfile(inside)
            assert member is not None, inside
            (VENDOR / outside).write_bytes(member.read())
    STAMP.write_text(PACKAGE)


class VendorHook(BuildHookInterface):  # type: ignore[misc,valid-type]
    """Called by hatchling before every build."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict) -> None:
        vendor()


if __name__ == "__main__":
    vendor()
