"""The wheel holds what it needs: a wheel without its pages has been shipped by others, and once is enough."""

from __future__ import annotations

import pathlib
import subprocess
import sys
import venv
import zipfile

import pytest

ROOT = pathlib.Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("webinar_server-*.whl"))


def test_the_wheel_holds_every_page_and_lit_html(wheel: pathlib.Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "static").rglob("*") if path.is_file()}
    assert {f"webinar_server/{page}" for page in pages} <= names
    assert "webinar_server/static/vendor/lit-html.js" in names


def test_the_wheel_holds_no_tests_and_no_data(wheel: pathlib.Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"webinar_server"}


def test_an_installed_wheel_finds_its_pages_outside_any_checkout(
    wheel: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    venv.create(tmp_path / "venv", system_site_packages=False, with_pip=False)
    python = tmp_path / "venv/bin/python"
    site = next((tmp_path / "venv/lib").glob("python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    # the dependencies are this environment's; the package itself must be the wheel's
    ours = next(path for path in sys.path if path.endswith("site-packages"))
    script = (
        f"import sys; sys.path.append({ours!r})\n"
        "from webinar_server.web.http.static import folder\n"
        "print(folder())"
    )
    done = subprocess.run([python, "-c", script], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert pathlib.Path(done.stdout.strip()) == site / "webinar_server/static"
