"""Doctor: what a server needs to run well, looked at from outside of it, one finding at a time.

Reads and asks, changes nothing: no secret is made, no folder, no key. Each check says what it found and,
where that is not good, what to do.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import pathlib
import platform
import shutil
import stat
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from webinar_server.clock import now_ms
from webinar_server.errors import StorageError
from webinar_server.log.erasures import Erasures
from webinar_server.log.inspect import Finding, Level, look_at_folder, look_at_private_files, look_at_redis
from webinar_server.post.opening import look_at_mail
from webinar_server.serve.passage import PATIENCE, look_at_passage
from webinar_server.settings import Settings, from_environment
from webinar_server.web.who.access import clean_url
from webinar_server.web.who.secret import NEW, OLD, check_secret

YEARS = range(2026, 2100)
ROOM_FAIL, ROOM_WARN = 200 << 20, 2 << 30
"""Free bytes on a disk."""

FILES_FAIL, FILES_WARN = 512, 4096
"""Open files: one for each viewer, and some for the rest."""


def examine(data: pathlib.Path, redis: str | None, public_url: str | None) -> list[Finding]:
    """Everything that can be looked at with what is known."""
    findings = [*look_at_program(), look_at_clock(), look_at_open_files(), *look_at_secret(data, bool(redis))]
    findings += [*look_at_private_files(data), look_at_erased(data)]
    if redis:
        findings += asyncio.run(look_at_redis(redis))
    else:
        findings += [*look_at_folder(data), look_at_disk(data)]
    findings.append(judge_mail(from_environment(), public_url))
    if public_url:
        findings += look_at_address(public_url)
    return findings


def look_at_program() -> list[Finding]:
    python = Finding("OK", "python", f"Python {platform.python_version()}")
    try:
        return [python, Finding("OK", "python", f"uvloop {version('uvloop')}")]
    except PackageNotFoundError:
        level: Level = "OK" if sys.platform == "win32" else "WARN"
        return [python, Finding(level, "python", "uvloop is missing, so each viewer costs twice; install it")]


def look_at_clock() -> Finding:
    now = datetime.fromtimestamp(now_ms() / 1000, UTC)
    if now.year not in YEARS:
        return Finding("FAIL", "clock", f"it says {now:%Y-%m-%d}, so links count as expired; set up NTP")
    return Finding("OK", "clock", f"it says {now:%Y-%m-%d %H:%M} UTC")


def look_at_open_files() -> Finding:
    if sys.platform == "win32":
        return Finding("OK", "open files", "no limit on this system")
    import resource

    return judge_open_files(resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def judge_open_files(limit: int) -> Finding:
    unlimited = limit < 0 or limit >= FILES_WARN
    if unlimited:
        return Finding("OK", "open files", f"{'no limit' if limit < 0 else f'{limit} may be open'}")
    level: Level = "FAIL" if limit < FILES_FAIL else "WARN"
    how = "ulimit -n 65536, LimitNOFILE=65536 for systemd, or ulimits in compose.yaml"
    viewers = max(0, limit - 100)
    return Finding(
        level, "open files", f"{limit} are enough for about {viewers} viewers a worker; raise it: {how}"
    )


def look_at_secret(data: pathlib.Path, shared: bool) -> list[Finding]:
    old = [judge_secret(os.environ[OLD], OLD)] if os.environ.get(OLD) else []
    if NEW in os.environ:
        return [judge_secret(os.environ[NEW], NEW), *old]
    return [*_look_at_file(data / "secret", shared), *old]


def _look_at_file(path: pathlib.Path, shared: bool) -> list[Finding]:
    try:
        mode, secret = path.stat().st_mode, path.read_text("ascii", "replace").strip()
    except FileNotFoundError:
        return [_no_secret(path, shared)]
    except OSError as error:
        return [
            Finding(
                "FAIL", "secret", f"{path} cannot be read ({error.strerror}); give this user the right to"
            )
        ]
    findings = [judge_secret(secret, str(path))]
    if stat.S_IMODE(mode) & 0o077 and sys.platform != "win32":
        findings.append(Finding("FAIL", "secret", f"{path} can be read by others; chmod 600 {path}"))
    return findings


def judge_secret(secret: str, where: str) -> Finding:
    try:
        check_secret(secret, where)
    except StorageError as error:
        return Finding("FAIL", "secret", str(error))
    return Finding("OK", "secret", f"{where} is there and long enough")


def _no_secret(path: pathlib.Path, shared: bool) -> Finding:
    if shared:
        text = (
            "none yet, one is made at the first start; with several machines give all the same WEBINAR_SECRET"
        )
        return Finding("WARN", "secret", text)
    return Finding("OK", "secret", f"{path} is made at the first start")


def judge_mail(settings: Settings, public_url: str | None) -> Finding:
    if not settings.smtp:
        return Finding("OK", "mail", "no WEBINAR_SMTP, so no letters go out, and links are copied by hand")
    try:
        trouble = look_at_mail(settings)
    except StorageError as error:
        return Finding("FAIL", "mail", str(error))
    if trouble:
        return Finding("FAIL", "mail", f"letters wait for the mail server: {trouble}")
    if not public_url:
        text = "the mail server answers, and letters would lead to this machine alone; give --public-url"
        return Finding("WARN", "mail", text)
    return Finding("OK", "mail", "the mail server answers and lets us in")


def look_at_erased(data: pathlib.Path) -> Finding:
    try:
        known = Erasures(data).read()
    except StorageError as error:
        return Finding("FAIL", "erased", str(error))
    count = len(set().union(*map(known.of, known.topics)))
    text = (
        f"{count} people; keep the file when a backup is restored, so that nobody comes back"
        if count
        else "nobody"
    )
    return Finding("OK", "erased", text)


def look_at_disk(data: pathlib.Path) -> Finding:
    there = next(folder for folder in (data, *data.resolve().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    level: Level = "FAIL" if free < ROOM_FAIL else "WARN" if free < ROOM_WARN else "OK"
    return Finding(
        level, "disk", f"{free / (1 << 30):.1f} GiB free" + ("" if level == "OK" else "; make room")
    )


# the public address


def look_at_address(url: str) -> list[Finding]:
    """As a browser reaches it: pages, readiness, and what comes through."""
    try:
        site = clean_url(url)
    except StorageError as error:
        return [Finding("FAIL", "public URL", str(error))]
    ready = _ask(site)
    return [ready] if ready.level == "FAIL" else [ready, *_visitors(site), *look_at_passage(site)]


def _ask(site: str) -> Finding:
    try:
        with urllib.request.urlopen(f"{site}/readyz", timeout=PATIENCE) as answer:
            said, status = answer.read(200).decode(errors="replace").strip(), answer.status
    except urllib.error.HTTPError as error:
        said, status = error.read(200).decode(errors="replace").strip(), error.code
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        text = f"{site} does not answer ({reason}); see DNS, the firewall, the certificate and the proxy"
        return Finding("FAIL", "public URL", text)
    if said == "ready":
        return Finding("OK", "public URL", f"{site} is reached and ready")
    if said.startswith("not ready: "):
        return Finding("WARN", "public URL", f"{site} is reached and {said}")
    text = f"{site}/readyz answers {status}, and not from this server; see where the proxy sends it"
    return Finding("FAIL", "public URL", text)


def _visitors(site: str) -> list[Finding]:
    """Whether limits per address count who comes, or the proxy."""
    try:
        with urllib.request.urlopen(f"{site}/api/address", timeout=PATIENCE) as answer:
            return [judge_visitors(json.loads(answer.read(1000)), site.startswith("https:"))]
    except (OSError, http.client.HTTPException, ValueError):
        # an older server, or one that is on its way out
        return []


def judge_visitors(told: dict[str, Any], behind_proxy: bool) -> Finding:
    """`told` is the answer of `GET /api/address`."""
    if peer := told.get("ignored"):
        text = (
            f"a proxy at {peer} says for whom it asks and is not believed, so limits per address count"
            f" everybody together; start the server with --trusted-proxy {peer}"
        )
        return Finding("WARN", "visitors", text)
    if behind_proxy and not told.get("proxy"):
        text = (
            "the proxy does not say for whom it asks, so limits per address count everybody together; have it"
            " send X-Forwarded-For (docs/operating.md)"
        )
        return Finding("WARN", "visitors", text)
    return Finding("OK", "visitors", f"this machine is seen to come from {told.get('address')}")
