"""Address: a Redis address taken apart, so that nothing else ever holds it whole, and nothing repeats it.

Half of an address may be a password, and which half is unknown once it cannot be read: `redis://:a/b@host`
reads as the host `:a`. So whatever was written there, a trouble says only what is amiss and how to write it.
What reads doubtfully is refused rather than guessed, and no library is handed an address to complain about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal, NoReturn, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

from webinar_server.errors import StorageError

Kind: TypeAlias = Literal["one", "socket", "sentinel", "cluster"]
Node: TypeAlias = tuple[str, int]

FORMS = (
    "redis://[user:password@]host:6379[/db], rediss://… with TLS, unix:///path, "
    "redis+cluster://host:port,host:port or redis+sentinel://host:port,host:port/service[/db]"
)
ADVICE = f"give {FORMS}; in user and password percent-encode all but letters and digits, like %40 for @"

TLS_OPTIONS = frozenset(
    ("ssl_ca_certs", "ssl_ca_path", "ssl_cert_reqs", "ssl_certfile", "ssl_check_hostname", "ssl_keyfile")
)
OPTIONS = frozenset(("db", "username", "password")) | TLS_OPTIONS
PORTS = {"one": 6379, "cluster": 6379, "sentinel": 26379}

_HOST = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+(?:%[\w.-]+)?)\]|(?P<name>[\w.-]+))(?::(?P<port>\d{1,5}))?")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_SCHEME = re.compile(r"(?i)(redis|rediss|valkey|valkeys|unix)(\+\w*)?:/*")
_BETWEEN = re.compile(r"[\s,=]+")
_LOGIN = re.compile(r"[^\s/@]*:.*@")


@dataclass(frozen=True, repr=False)
class Address:
    """Where a log in Redis is. Its `repr` is the kind alone."""

    kind: Kind
    nodes: tuple[Node, ...] = ()
    path: str = ""
    service: str = ""
    db: int = 0
    login: dict[str, str] = field(default_factory=dict)
    tls: dict[str, str | bool] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Address({self.kind})"


def read(text: str) -> Address:
    """Raises StorageError with what is amiss and the forms there are, and nothing of the text."""
    try:
        return _read(text.strip())
    except _Amiss as error:
        reason = error.args[0]
    except ValueError:
        # urllib's words repeat what it could not read
        reason = "it cannot be read"
    raise StorageError(f"this is no Redis address ({reason}); {ADVICE}")


class _Amiss(ValueError):
    """Words of ours, without any of the address."""


def _amiss(reason: str) -> NoReturn:
    raise _Amiss(reason)


def _read(text: str) -> Address:
    if _BLANK.search(text):
        _amiss("there is white space in it")
    parts = urlsplit(text)
    if "://" not in text or not parts.scheme:
        _amiss("it does not begin with redis://")
    kind, tls = _kind(parts.scheme)
    before, _, hosts = parts.netloc.rpartition("@")
    if "#" in text or "@" in parts.path + parts.query:
        _amiss("there is a /, ? or # before its @, or a # in it")
    asked = _asked(parts.query, tls)
    login = _login(before) | {name: asked[name] for name in ("username", "password") if name in asked}
    if kind == "socket":
        if hosts or not parts.path:
            _amiss("unix:// is followed by a path, like unix:///run/redis.sock")
        return Address(kind, path=unquote(parts.path), db=_db(asked.get("db", "")), login=login)
    service, _, db = parts.path.strip("/").partition("/") if kind == "sentinel" else ("", "", parts.path)
    if kind == "sentinel" and not service:
        _amiss("the service's name is missing")
    return Address(
        kind,
        nodes=_nodes(kind, hosts),
        service=unquote(service),
        db=_db(asked.get("db", "") or db),
        login=login,
        tls=_tls(asked) if tls else {},
    )


def _kind(scheme: str) -> tuple[Kind, bool]:
    first, _, what = scheme.partition("+")
    if scheme == "unix":
        return "socket", False
    if first in ("redis", "rediss") and what in ("", "cluster", "sentinel"):
        kinds: dict[str, Kind] = {"": "one", "cluster": "cluster", "sentinel": "sentinel"}
        return kinds[what], first == "rediss"
    _amiss("what stands before :// is not known")


def _nodes(kind: Kind, hosts: str) -> tuple[Node, ...]:
    nodes = []
    for host in hosts.split(",") if kind != "one" else [hosts]:
        found = _HOST.fullmatch(host)
        port = int(found["port"] or PORTS[kind]) if found else 0
        if found is None or not 0 < port < 65536:
            _amiss("a host is missing, or followed by more than : and a port")
        nodes.append((found["six"] or found["name"], port))
    return tuple(nodes)


def _login(before: str) -> dict[str, str]:
    user, _, password = before.partition(":")
    named = {"username": unquote(user), "password": unquote(password)}
    return {name: value for name, value in named.items() if value}


def _asked(query: str, tls: bool) -> dict[str, str]:
    asked = parse_qsl(query, keep_blank_values=True)
    known = OPTIONS if tls else OPTIONS - TLS_OPTIONS
    if not known.issuperset(name for name, _ in asked):
        _amiss("behind its ? stands what is not known, or only with TLS")
    return dict(asked)


def _tls(asked: dict[str, str]) -> dict[str, str | bool]:
    given: dict[str, str | bool] = {name: asked[name] for name in TLS_OPTIONS & asked.keys()}
    if given.get("ssl_cert_reqs", "required") not in ("required", "optional", "none"):
        _amiss("ssl_cert_reqs is required, optional or none")
    if "ssl_check_hostname" in given:
        given["ssl_check_hostname"] = str(given["ssl_check_hostname"]).lower() in ("1", "true", "yes")
    return {"ssl": True, **given}


def _db(path: str) -> int:
    number = path.strip("/") or "0"
    # digits of other scripts are not what Redis reads, and longer numbers are none of a database
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        _amiss("the database is no number")
    return int(number)


def without(text: str, given: Iterable[str]) -> str:
    """A line for a terminal in which none of the given words stands that may hold a password.

    Whoever forgets `--redis` before an address finds it among the words that a command did not expect; and an
    address of another kind may have a login, too.
    """
    for word in given:
        for one in (word, word.partition("=")[2], *_BETWEEN.split(word)):
            if _SCHEME.match(one) or _LOGIN.match(one):
                # as written, as a path, and as Python quotes either
                shapes = {one, str(PurePath(one))}
                for shape in sorted(shapes | {repr(shape)[1:-1] for shape in shapes}, key=len, reverse=True):
                    text = text.replace(shape, "…")
    return text
