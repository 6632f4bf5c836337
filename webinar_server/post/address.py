"""Address: where the mail server is, and as whom letters are sent, as `WEBINAR_SMTP` and its kin say it.

`smtps://user:password@mail.example.org` is encrypted from the first byte (port 465), `smtp+starttls://`
after a word in the clear (587), `smtp://` not at all (25): for one on this machine or its own network. What
stands in a password is never repeated, in no message of ours.
"""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from webinar_server.errors import StorageError

PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
LIKE = (
    "give WEBINAR_SMTP like smtps://user:password@mail.example.org, or smtp+starttls://…, or smtp://localhost"
)
SENDER_LIKE = "give WEBINAR_SMTP_FROM like post@example.org, or The mission <post@example.org>"


class Server(NamedTuple):
    """A mail server; `way` is its scheme."""

    way: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Server({self.way}, {self.port})"


def server_of(address: str) -> Server:
    """Raises StorageError with what to give instead; it repeats nothing of the address."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise StorageError(f"this is no address of a mail server; {LIKE}") from None
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise StorageError(f"this is no address of a mail server; {LIKE}")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise StorageError(f"a mail server wants a user and a password, or neither; {LIKE}")
    if user and parts.scheme == "smtp" and not _is_here(parts.hostname):
        raise StorageError(f"smtp:// would send the password in the clear; {LIKE}")
    return Server(parts.scheme, parts.hostname, port, user, password)


def sender_of(given: str) -> Address:
    """As whom letters are sent; its name is empty where only an address is given. Raises StorageError."""
    name, address = parseaddr(given)
    local, _, domain = address.rpartition("@")
    if not local or "." not in domain or not given.isprintable():
        raise StorageError(f"letters need a sender; {SENDER_LIKE}")
    try:
        return Address(name, addr_spec=address)
    except (ValueError, IndexError):
        raise StorageError(f"letters need a sender; {SENDER_LIKE}") from None


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
