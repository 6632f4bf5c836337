"""Access: from a request to who is asking, and whether the page that asks is ours.

A browser shows a cookie, one per identity, so a host's tab and an attendee's do not disturb each other;
`as=KEY` says which is meant, without it the newest counts. Other clients send a bearer token.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from webinar_server.clock import now_ms
from webinar_server.errors import StorageError, TokenError
from webinar_server.live.hub import Hub
from webinar_server.live.identity import Identity
from webinar_server.state import replace
from webinar_server.web.who.cookies import IDENTITIES_KEPT, IDENTITIES_READ, cookie_of, cookies_of
from webinar_server.web.who.tokens import Signer, key_of

COOKIE = "webinar-"
IDENTITIES = "webinar.identities"
"""In a request's scope: whose its cookies are, once somebody asked."""

NOBODY = TokenError("token.missing", "Please open the link you were sent; it says who you are.")


def clean_url(url: str) -> str:
    """A public address as browsers write an Origin. Raises StorageError with what to give instead."""
    try:
        parts = urlsplit(url)
        usual = {"http": 80, "https": 443}[parts.scheme]
        port = "" if parts.port in (None, usual) else f":{parts.port}"
    except (ValueError, KeyError):
        parts, port = urlsplit(""), ""
    if not parts.hostname or parts.path.strip("/"):
        raise StorageError(f"{url} is no address of a site; give one like https://live.example.org")
    return f"{parts.scheme}://{parts.hostname}{port}"


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
            return bearer or not cookies_of(request, self._prefix(request)) or request.scope["type"] == "http"
        if self._public:
            return origin == f"{self._public.scheme}://{self._public.netloc}"
        host = request.headers.get("host", "")
        return bool(host) and origin in (f"http://{host}", f"https://{host}")

    def check_origin(self, request: HTTPConnection) -> None:
        """Raises TokenError `origin.foreign`."""
        if not self.same_origin(request):
            raise TokenError("origin.foreign", "This page is not from here.")

    def identify(self, request: HTTPConnection, key: str | None = None) -> Identity:
        """Raises TokenError where nobody, or nobody valid, is asking."""
        # another scheme is a proxy's business
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self.signer.read(token.strip())
        key = key or request.query_params.get("as")
        return self._by_key(request, key) if key else self._newest(request)

    async def admitted(self, request: HTTPConnection, hub: Hub) -> Identity:
        """The same of somebody who has not been ended. Raises TokenError or Refusal where they may not ask; a
        log that is away keeps nobody out."""
        identity = self.identify(request)
        if identity.session:
            with suppress(StorageError):
                await hub.room(identity.topic, identity.id)
        hub.standing.refuse_ended(identity)
        return identity

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
        others = (one for one in self._all(request) if (one.session, one.link) == (owner.session, owner.id))
        return own or next(others, None)

    def _by_key(self, request: HTTPConnection, key: str) -> Identity:
        token = cookie_of(request, self._prefix(request) + key)
        if token is None:
            raise NOBODY
        return self._read(token)

    def _newest(self, request: HTTPConnection) -> Identity:
        return max(self._all(request, some=True), key=lambda identity: identity.issued)

    def _all(self, request: HTTPConnection, some: bool = False) -> list[Identity]:
        """Those of a browser. Raises TokenError where there are to be some and none is valid."""
        if IDENTITIES not in request.scope:
            request.scope[IDENTITIES] = self._identities(request)
        identities: list[Identity]
        identities, error = request.scope[IDENTITIES]
        if some and not identities:
            raise error
        return identities

    def _identities(self, request: HTTPConnection) -> tuple[list[Identity], TokenError]:
        """Those that are valid, and what is the matter with another, or that there is none."""
        identities, error = [], NOBODY
        for token in cookies_of(request, self._prefix(request)).values():
            try:
                identities.append(self._read(token))
            except TokenError as problem:
                error = problem
        return identities, error

    def _outworn(self, request: HTTPConnection, new: str) -> set[str]:
        """Keys of cookies that let nobody in, and of the oldest beyond those kept beside a new one."""
        newest = sorted(self._all(request), key=lambda identity: identity.issued, reverse=True)
        kept = [key for key in map(key_of, newest) if key != new][: IDENTITIES_KEPT - 1]
        return cookies_of(request, self._prefix(request), 2 * IDENTITIES_READ).keys() - {*kept, new}

    def _read(self, token: str) -> Identity:
        """A cookie's identity; one from before there were devices is a device by itself."""
        identity = self.signer.read(token)
        return (
            identity if identity.device else replace(identity, device=sha256(token.encode()).hexdigest()[:16])
        )

    def _prefix(self, request: HTTPConnection) -> str:
        # `__Host-` binds a cookie to this host over https; browsers refuse it elsewhere
        return f"__Host-{COOKIE}" if self._secure(request) else COOKIE

    def _secure(self, request: HTTPConnection) -> bool:
        scheme = self._public.scheme if self._public else request.url.scheme
        return scheme in ("https", "wss")
