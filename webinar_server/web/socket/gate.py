"""The gate: who may connect, decided by a request's head alone.

Whoever is refused costs what a head costs: neither the library's half of a connection is made for them, nor a
task, nor a way through the application. The answer has the shape of all refusals, and says when to come back.
"""

from __future__ import annotations

from collections import Counter

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from webinar_server import metrics, security
from webinar_server.clock import monotonic
from webinar_server.errors import Refusal, TokenError
from webinar_server.limits import BAD_TOKEN, HANDSHAKE, HANDSHAKE_EACH, Rate
from webinar_server.live.hub import Hub
from webinar_server.state import Identity
from webinar_server.web.entrance import known_now
from webinar_server.web.http.answers import busy, refusal_answer, refused, written
from webinar_server.web.http.headers import headers_of
from webinar_server.web.http.hosts import Hosts
from webinar_server.web.socket.admission import Admission
from webinar_server.web.who.access import Access, topic_of
from webinar_server.web.who.site import Site
from webinar_server.web.who.tokens import wrong
from webinar_server.web.who.visitors import address_of, visitor

PATH, STREAM = "/live", "/live/stream"


class Gate:
    """Of one worker, to sockets and streams alike. `open_each` is how many each person has open with it."""

    def __init__(
        self, hub: Hub, access: Access, admission: Admission, site: Site, open_each: Counter[str]
    ) -> None:
        self._hub, self._worker = hub, hub.worker
        self._access = access
        self._admission = admission
        self._hosts = Hosts(site.public_url)
        self._proxies = site.proxies
        self._headers = headers_of(site.public_url)
        self._open_each = open_each

    def __call__(self, scope: Scope, path: str = PATH) -> Identity | bytes:
        """Who asks for a socket or a stream and may have it, or the whole answer to who may not. Who is lent
        by a topic that is not open here is asked about later (`entrance.known`)."""
        client = scope["client"]
        if client:
            scope["client"] = (visitor(client[0], scope["headers"], self._proxies), client[1])
        admitted = self._admit(HTTPConnection(scope), path)
        if isinstance(admitted, Identity):
            return admitted
        metrics.HANDSHAKES_REFUSED.labels(admitted.status_code).inc()
        return written(admitted, self._headers)

    def _admit(self, asking: HTTPConnection, path: str) -> Identity | Response:
        if foreign := self._hosts.refusal(asking.scope):
            return foreign
        if asking.scope["path"] != path:
            return refused(404, "page.missing", f"Sockets are at {PATH}.")
        if not self._access.same_origin(asking):
            return refused(403, "origin.foreign", "This page is not from here; open ours.")
        if closed := self._admission.closed(monotonic()):
            return busy(closed)
        try:
            identity = self._access.identify(asking)
            if not identity.topic:
                raise wrong()
            self._hub.standing.refuse_ended(identity)
            identity = known_now(self._hub, identity, topic_of(asking)) or identity
        except Refusal as ended:
            return refusal_answer(ended)
        except TokenError as error:
            return self._too_often(address_of(asking), "bad tokens", BAD_TOKEN) or refused(
                401, error.code, error.text
            )
        return self._too_many(identity, address_of(asking)) or identity

    def _too_many(self, identity: Identity, address: str) -> Response | None:
        settings = self._worker.settings
        if settings.pace and self._open_each[identity.id] >= settings.connections_each:
            security.exceeded("sockets of a person")
            return refused(429, "pace.connections", "You have this open in many places; close some.", 10)
        # the person before the address: whoever comes too often uses up nothing of their neighbours'
        return (
            self._too_often(identity.id, "handshakes of a person", HANDSHAKE_EACH)
            or self._too_often(address, "handshakes", HANDSHAKE)
            or self._too_full()
        )

    def _too_often(self, who: str, what: str, rate: Rate) -> Response | None:
        wait = self._worker.pace.wait(who, what, rate, monotonic())
        return refused(429, "pace.connect", "Too many at once; please wait.", wait) if wait else None

    def _too_full(self) -> Response | None:
        full = self._admission.full(monotonic())
        return busy(full) if full else None
