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
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = pathlib.Path(__file__).parents[1]
SERVING = ROOT / "locks" / "serving.txt"


def main(path: pathlib.Path) -> None:
    bill = json.loads(python_part())
    bill["components"].append(lit_html())
    for depends in bill["dependencies"]:
        if depends["ref"] == bill["metadata"]["component"]["bom-ref"]:
            depends["dependsOn"] = sorted([*depends.get("dependsOn", ()), lit_html()["bom-ref"]])
    text = json.dumps(bill, indent=2, ensure_ascii=False) + "\n"
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if error is not None:
        raise SystemExit(f"sbom: this is no CycloneDX: {error}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{path}: {len(bill['components'])} components")


def python_part() -> bytes:
    """cyclonedx-py's own document of the packages, with their hashes."""
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--spec-version", "1.6"]
    command += [
        "--output-reproducible",
        "--pyproject",
        str(ROOT / "pyproject.toml"),
        "--mc-type",
        "application",
    ]
    return subprocess.run([*command, str(SERVING)], check=True, stdout=subprocess.PIPE).stdout


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
    main(pathlib.Path(sys.argv[1]))
