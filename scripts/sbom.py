"""What a server consists of, as CycloneDX 1.6 (JSON): what locks/serving.txt installs, and lit-html.

    python scripts/sbom.py FILE

The versions and hashes are those that are installed with `--require-hashes`, and the archive that
hatch_build.py takes lit-html from. The same input gives the same file.
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
    bill["components"].append(lit_html())
    bill["dependencies"] = [one for one in bill["dependencies"] if one["ref"] != ROOT_REF]
    bill["dependencies"] += [{"ref": lit_html()["bom-ref"]}, {"ref": ROOT_REF, "dependsOn": direct(bill)}]
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


def direct(bill: dict[str, Any]) -> list[str]:
    """What the server itself asks for: pyproject.toml's dependencies, and lit-html."""
    asked = map(Requirement, tomllib.loads(PYPROJECT.read_text())["project"]["dependencies"])
    names = {"lit-html", *(canonicalize_name(one.name) for one in asked)}
    return sorted(one["bom-ref"] for one in bill["components"] if canonicalize_name(one["name"]) in names)


def lit_html() -> dict[str, Any]:
    """The JavaScript that is brought along, as hatch_build.py pins it."""
    sys.path.insert(0, str(ROOT))
    from hatch_build import PACKAGE, SHA512

    name, _, version = PACKAGE.partition("@")
    return {
        "bom-ref": PACKAGE,
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:npm/{name}@{version}",
        "licenses": [{"license": {"id": "BSD-3-Clause"}}],
        "hashes": [{"alg": "SHA-512", "content": base64.b64decode(SHA512).hex()}],
    }


if __name__ == "__main__":
    try:
        main(pathlib.Path(sys.argv[1]))
    except StorageError as error:
        raise SystemExit(f"sbom: {error}") from None
