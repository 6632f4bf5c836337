"""Access: from a request to who is asking, and whether the page that asks is ours.

A browser shows a cookie, one per identity, so a host's tab and an attendee's do not disturb each other;
`as=KEY` says which is meant, without it the newest counts that suits the topic asked about. Other clients
send a link's token as a bearer."""

from __future__ import annotations

import re
from contextlib import suppress
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from webinar_server.clock import monotonic, now_ms
from webinar_server.errors import StorageError, TokenError
from webinar_server.limits import BAD_TOKEN
from webinar_server.live.hub import Hub
from webinar_server.session.devices import PROGRAM
from webinar_server.state import Identity, replace
from webinar_server.web.entrance import is_lent, known
from webinar_server.web.who.cookies import (
    BOUND,
    COOKIE,
    IDENTITIES_KEPT,
    IDENTITIES_READ,
    cookie_of,
    cookies_of,
)
from webinar_server.web.who.listing import list_device
from webinar_server.web.who.tokens import Signer, key_of
from webinar_server.web.who.visitors import address_of

PROTOCOL = "webinar-protocol"
"""The header by which a page of ours asks for a stream: browsers name no Origin where they only read."""

IDENTITIES = "webinar.identities"
"""In a request's scope: whose its cookies are, once somebody asked."""


_AMISS = re.compile(r"[\s\x00-\x1f\x7f-\x9f@?#\\]")
"""What no address of a site has, and where a name, a password or a token may stand beside it."""


def clean_url(url: str) -> str:
    """A public address as browsers write an Origin. Raises StorageError with what to give instead; it repeats
    nothing that may be secret.
    """
    if _AMISS.search(url):
        raise StorageError(
            "the address of the site has a name, a password, a ?, a # or white space in it; give one like "
            "https://live.example.org"
        )
    try:
        parts = urlsplit(url)
        usual = {"http": 80, "https": 443}[parts.scheme]
        port = "" if parts.port in (None, usual) else f":{parts.port}"
    except (ValueError, KeyError):
        parts, port = urlsplit(""), ""
    if not parts.hostname or parts.path.strip("/"):
        raise StorageError(f"{url} is no address of a site; give one like https://live.example.org")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def topic_of(request: HTTPConnection) -> str:
    """In which topic somebody asks, where they say so."""
    return request.query_params.get("topic", "")


class Access:
    """Reads identities and sets cookies. `public_url` is where people reach this server, if not directly."""

    def __init__(self, signer: Signer, public_url: str | None = None) -> None:
        self.signer = signer
        self._public = urlsplit(public_url) if public_url else None

    def same_origin(self, request: HTTPConnection) -> bool:
        """Whether the page that asks was served here; a client without a page sends no Origin."""
        origin = request.headers.get("origin")
        if origin is None:
            # browsers name it on every upgrade, so a cookie without one was taken somewhere
            bearer = request.headers.get("authorization", "").lower().startswith("bearer ")
            # what no other page may send without asking us first (a preflight)
            told = bearer or PROTOCOL in request.headers
            return told or not cookies_of(request, self._prefix(request)) or request.scope["type"] == "http"
        if self._public:
            return origin == f"{self._public.scheme}://{self._public.netloc}"
        host = request.headers.get("host", "")
        # a proxy may have rewritten the Host line; this is the browser's own word, which no page can change
        told = request.headers.get("sec-fetch-site") == "same-origin"
        return told or (bool(host) and origin in (f"http://{host}", f"https://{host}"))

    def check_origin(self, request: HTTPConnection) -> None:
        """Raises TokenError `origin.foreign`."""
        if not self.same_origin(request):
            raise TokenError("origin.foreign", "This page is not from here.")

    def identify(self, request: HTTPConnection, key: str | None = None) -> Identity:
        """Raises TokenError where nobody, or nobody valid, is asking."""
        # another scheme is a proxy's business
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._by_program(token.strip())
        key = key or request.query_params.get("as")
        return self._by_key(request, key) if key else self._newest(request, topic_of(request))

    async def admitted(self, request: HTTPConnection, hub: Hub) -> Identity:
        """The same of somebody who has not been ended, as their home knows them; `topic=` in the address says
        in which of those that borrow its people. Raises TokenError or Refusal where they may not ask. A log
        that is away keeps nobody out of whom a token says all, and StorageError is raised of others."""
        identity = self._identified(request, hub)
        if is_lent(identity):
            identity = await known(hub, identity, topic_of(request))
        room = None
        if identity.topic:
            with suppress(StorageError):
                room = await hub.room(identity.topic, identity.id)
        hub.standing.refuse_ended(identity)
        if room is not None and identity.browser == PROGRAM:
            await list_device(room, identity)
        return identity

    def _identified(self, request: HTTPConnection, hub: Hub) -> Identity:
        """Programs that try tokens are slowed down; a whole office may have cookies of yesterday."""
        try:
            return self.identify(request)
        except TokenError:
            if "authorization" in request.headers:
                text = "Too many tries just now; please wait a moment."
                rates = {"bad tokens": BAD_TOKEN}
                hub.worker.pace.require(address_of(request), rates, monotonic(), "pace.connect", text)
            raise

    def remember(self, request: HTTPConnection, response: Response, identity: Identity) -> None:
        """Set the identity's cookie; whatever this browser has of ours that is of no use any more goes."""
        for key in self._outworn(request, key_of(identity)):
            self.forget(request, response, key)
        response.set_cookie(
            self._prefix(request) + key_of(identity),
            self.signer.sign(identity),
            max_age=max(0, (identity.expires - now_ms()) // 1000),
            path="/",
            secure=self._secure(request),
            httponly=True,
            samesite="lax",
        )

    def forget(self, request: HTTPConnection, response: Response, key: str) -> None:
        response.delete_cookie(
            self._prefix(request) + key, path="/", secure=self._secure(request), httponly=True, samesite="lax"
        )

    def known(self, request: HTTPConnection, key: str) -> Identity | None:
        """Whose cookie it is, if it is anybody's."""
        try:
            return self._by_key(request, key)
        except TokenError:
            return None

    def others(self, request: HTTPConnection, key: str) -> bool:
        """Whether this browser holds identities beside this one."""
        return any(key_of(identity) != key for identity in self._all(request))

    def came_by(self, request: HTTPConnection, owner: Identity) -> Identity | None:
        """As whom this browser came in by somebody's link before: as them, or as another person."""
        own = self.known(request, key_of(owner))
        others = (one for one in self._all(request) if (one.topic, one.link) == (owner.topic, owner.id))
        return own or next(others, None)

    def _by_key(self, request: HTTPConnection, key: str) -> Identity:
        token = cookie_of(request, self._prefix(request) + key)
        if token is None:
            raise _nobody()
        return self.signer.read_cookie(token)

    def _newest(self, request: HTTPConnection, topic: str) -> Identity:
        """Of those who are of the topic that is asked about; else of who may be lent to it, else of all."""

        def fits(identity: Identity) -> tuple[int, int]:
            suits = 2 if identity.topic == topic else int(bool(topic) and is_lent(identity))
            return suits, identity.issued

        return max(self._all(request, some=True), key=fits)

    def _all(self, request: HTTPConnection, some: bool = False) -> list[Identity]:
        """Those of a browser. Raises TokenError where there are to be some and none is valid."""
        if IDENTITIES not in request.scope:
            request.scope[IDENTITIES] = self._identities(request)
        identities: list[Identity]
        identities, code, text = request.scope[IDENTITIES]
        if some and not identities:
            raise TokenError(code, text)
        return identities

    def _identities(self, request: HTTPConnection) -> tuple[list[Identity], str, str]:
        """Those that are valid; and code and text of what is the matter with another, or that there is none:
        an error would keep its frames, they the request, and that the error."""
        identities, code, text = [], _nobody().code, _nobody().text
        for token in cookies_of(request, self._prefix(request)).values():
            try:
                identities.append(self.signer.read_cookie(token))
            except TokenError as problem:
                code, text = problem.code, problem.text
        return identities, code, text

    def _outworn(self, request: HTTPConnection, new: str) -> set[str]:
        """Keys of cookies that let nobody in, and of the oldest beyond those kept beside a new one."""
        newest = sorted(self._all(request), key=lambda identity: identity.issued, reverse=True)
        kept = [key for key in map(key_of, newest) if key != new][: IDENTITIES_KEPT - 1]
        return cookies_of(request, self._prefix(request), 2 * IDENTITIES_READ).keys() - {*kept, new}

    def _by_program(self, token: str) -> Identity:
        """Whose link a program has: by itself it is one device."""
        identity = self.signer.read_link(token)
        return replace(identity, browser=PROGRAM, device=sha256(token.encode()).hexdigest()[:16])

    def _prefix(self, request: HTTPConnection) -> str:
        # browsers refuse it elsewhere
        return BOUND + COOKIE if self._secure(request) else COOKIE

    def _secure(self, request: HTTPConnection) -> bool:
        scheme = self._public.scheme if self._public else request.url.scheme
        return scheme in ("https", "wss")


def _nobody() -> TokenError:
    return TokenError("token.missing", "Please open the link you were sent; it says who you are.")
