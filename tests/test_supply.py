"""Supply: what is installed is what locks/ says, byte for byte, and that is what pyproject.toml asks for."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
EXTRAS = PROJECT["project"]["optional-dependencies"]
LOCKS = {"serving": [], "bench": ["bench"], "development": ["test", "check", "load", "supply"]}
"""What each installs beside the server's own dependencies."""
BROUGHT = {"lit-html", "lucide-static", "country-flag-icons", "@iconify-json/fluent-emoji-flat"}
"""What hatch_build.py brings from npm."""


@cache
def locked(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Package → its one version, and the hashes its files may have."""
    text = (ROOT / "locks" / f"{name}.txt").read_text().replace("\\\n", " ")
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        asked, *hashes = re.split(r"\s+--hash=", line)
        requirement = Requirement(asked)
        found[canonicalize_name(requirement.name)] = requirement, hashes
    return found


def asked(name: str) -> list[Requirement]:
    texts = [*PROJECT["project"]["dependencies"], *(text for extra in LOCKS[name] for text in EXTRAS[extra])]
    return [*map(Requirement, texts)]


def version(requirement: Requirement) -> str:
    (only,) = requirement.specifier
    assert only.operator == "==", requirement
    return only.version


each_lock = pytest.mark.parametrize("name", LOCKS)


@each_lock
def test_every_package_has_one_version_and_hashes(name: str) -> None:
    assert len(locked(name)) > 10
    for requirement, hashes in locked(name).values():
        assert version(requirement) and not requirement.url
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes)


@each_lock
def test_a_lock_says_nothing_of_where_packages_come_from(name: str) -> None:
    text = (ROOT / "locks" / f"{name}.txt").read_text()
    for word in ("://", "--index", "--extra-index", "--find-links", "--trusted-host"):
        assert word not in text


@each_lock
def test_a_lock_is_within_the_ranges_of_the_project(name: str) -> None:
    for requirement in asked(name):
        found = locked(name).get(canonicalize_name(requirement.name))
        assert found is not None, f"{requirement} is not in locks/{name}.txt; make lock"
        assert requirement.specifier.contains(version(found[0])), f"{requirement}; make lock"


def test_the_build_backend_is_locked_since_it_is_used_without_isolation() -> None:
    for text in PROJECT["build-system"]["requires"]:
        requirement = Requirement(text)
        found, _ = locked("development")[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version(found))


def test_all_locks_agree() -> None:
    for name in ("serving", "bench"):
        for package, (requirement, _) in locked(name).items():
            whole = locked("development").get(package)
            assert whole is None or version(whole[0]) == version(requirement), package


def test_what_is_installed_here_is_what_is_locked() -> None:
    for package, (requirement, _) in locked("development").items():
        if requirement.marker is None or requirement.marker.evaluate():
            assert importlib.metadata.version(package) == version(requirement), package


def test_all_that_is_installed_here_is_locked() -> None:
    names = {canonicalize_name(each.metadata["Name"]) for each in importlib.metadata.distributions()}
    # the project, what a virtual environment begins with, and what `make bench` adds
    others = {"webinar-server", "pip", "setuptools"} | locked("bench").keys()
    assert names - locked("development").keys() - others == set()


def test_an_altered_file_is_not_installed(tmp_path: Path) -> None:
    """The way scripts/environment installs, with one digit of a hash changed."""
    assert (
        "--require-hashes --requirement locks/development.txt" in (ROOT / "scripts/environment").read_text()
    )
    requirement, hashes = locked("serving")["segno"]
    wrong = [one[:-1] + ("0" if one[-1] != "0" else "1") for one in hashes]
    (tmp_path / "lock.txt").write_text(" ".join([str(requirement), *(f"--hash={one}" for one in wrong)]))
    command = [sys.executable, "-m", "pip", "download", "--require-hashes", "--no-deps", "--quiet"]
    options = ["--requirement", tmp_path / "lock.txt", "--dest", tmp_path]
    ended = subprocess.run([*command, *options], capture_output=True, text=True, timeout=120)
    assert ended.returncode and "DO NOT MATCH THE HASHES" in ended.stderr


def test_the_bill_of_materials_names_all_that_serves_with_its_hashes(tmp_path: Path) -> None:
    path = tmp_path / "sbom.json"
    subprocess.run([sys.executable, ROOT / "scripts/sbom.py", path], check=True, stdout=subprocess.DEVNULL)
    bill = json.loads(path.read_text())
    parts = {part["name"]: part for part in bill["components"]}
    assert bill["bomFormat"] == "CycloneDX" and bill["metadata"]["component"]["name"] == "webinar-server"
    assert {canonicalize_name(name) for name in parts.keys() - BROUGHT} == {*locked("serving")}
    assert parts.keys() >= BROUGHT
    assert all(told(part) for part in parts.values())
    assert "pkg:npm/lit-html@" in parts["lit-html"]["purl"]
    direct = {*BROUGHT, *(canonicalize_name(one.name) for one in asked("serving"))}
    (needed,) = [one["dependsOn"] for one in bill["dependencies"] if one["ref"] == "root-component"]
    named = {parts[name]["bom-ref"] for name in parts if {name, canonicalize_name(name)} & direct}
    assert set(needed) == named and len(named) == len(direct)
    subprocess.run([sys.executable, ROOT / "scripts/sbom.py", tmp_path / "again"], check=True)
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def test_the_bill_of_materials_takes_the_place_of_an_earlier_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "sbom.json"
    for there, taken in (('{\n  "bomFormat": "CycloneDX",', True), ("mine", False), ("", False)):
        path.write_text(there)
        ended = subprocess.run(
            [sys.executable, ROOT / "scripts/sbom.py", path], capture_output=True, text=True, timeout=120
        )
        assert (ended.returncode == 0) is taken and (path.read_text() == there) is not taken
        assert taken or f"{path} is there already and is no earlier one" in ended.stderr


def told(part: dict[str, object]) -> bool:
    """Whether a component has a version and the hashes of its files, wherever CycloneDX has them."""
    return bool(part["version"]) and '"alg"' in json.dumps(part)
