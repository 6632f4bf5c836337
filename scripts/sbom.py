"""What a server consists of, as CycloneDX 1.6 (JSON): what locks/serving.txt installs, and what pages bring.

    python scripts/sbom.py FILE

The versions and hashes are those that are installed with `--require-hashes`, and of the archives that
hatch_build.py takes lit-html and pictures from. The same input gives the same file.
"""

from __future__ import annotations

import base64
import json
import pathlib
import subprocess
import sys
import tomllib
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from webinar_server.cli.output import check_replaceable
from webinar_server.errors import StorageError

ROOT = pathlib.Path(__file__).parents[1]
PYPROJECT = ROOT / "pyproject.toml"
ROOT_REF = "root-component"
SERVING = ROOT / "locks" / "serving.txt"
BEGINS = (b'{\n  "bomFormat": "CycloneDX"', b'{\n  "components": [\n    {\n      "bom-ref"')
"""How such a file begins, this one and one of before."""


def main(path: pathlib.Path) -> None:
    bill = json.loads(python_part())
    brought = from_npm()
    bill["components"] += brought
    bill["dependencies"] = [one for one in bill["dependencies"] if one["ref"] != ROOT_REF]
    bill["dependencies"] += [{"ref": one["bom-ref"]} for one in brought]
    bill["dependencies"] += [{"ref": ROOT_REF, "dependsOn": direct(bill, brought)}]
    bill = {"bomFormat": bill["bomFormat"], **bill}
    text = json.dumps(bill, indent=2, ensure_ascii=False) + "\n"
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error is not None:
        raise SystemExit(f"sbom: this is no CycloneDX: {error}")
    check_replaceable(path, BEGINS)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{path}: {len(bill['components'])} components")


def python_part() -> bytes:
    """cyclonedx-py's own document of the packages, with their hashes."""
    # it warns that it knows no graph; what is needed directly is added here
    command = [sys.executable, "-W", "ignore::UserWarning", "-m", "cyclonedx_py", "requirements"]
    command += ["--spec-version", "1.6", "--output-reproducible", "--mc-type", "application"]
    command += ["--pyproject", str(PYPROJECT)]
    return subprocess.run([*command, str(SERVING)], check=True, stdout=subprocess.PIPE).stdout


def direct(bill: dict[str, Any], brought: list[dict[str, Any]]) -> list[str]:
    """What the server itself asks for: pyproject.toml's dependencies, and what is brought along."""
    asked = map(Requirement, tomllib.loads(PYPROJECT.read_text())["project"]["dependencies"])
    names = {canonicalize_name(one.name) for one in asked}
    wanted = [one for one in bill["components"] if one in brought or canonicalize_name(one["name"]) in names]
    return sorted(one["bom-ref"] for one in wanted)


def from_npm() -> list[dict[str, Any]]:
    """The JavaScript and the pictures that are brought along, as hatch_build.py pins them."""
    sys.path.insert(0, str(ROOT))
    from hatch_build import PACKAGES

    return [
        {
            "bom-ref": f"{name}@{version}",
            "type": "library",
            "name": name,
            "version": version,
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{version}",
            "licenses": [{"license": {"id": licence}}],
            "hashes": [{"alg": "SHA-512", "content": base64.b64decode(sha512).hex()}],
        }
        for name, version, sha512, licence in PACKAGES
    ]


if __name__ == "__main__":
    try:
        main(pathlib.Path(sys.argv[1]))
    except StorageError as error:
        raise SystemExit(f"sbom: {error}") from None
