"""The application: routes, and nothing that decides anything."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, WebSocketRoute

from webinar_server.errors import Refusal, StorageError, TokenError
from webinar_server.live.hub import Hub
from webinar_server.web.afterwards import Afterwards
from webinar_server.web.http.answers import on_refusal, on_storage_error, on_token_error
from webinar_server.web.http.api import Api
from webinar_server.web.http.headers import SecureHeaders, headers_of
from webinar_server.web.http.health import Health
from webinar_server.web.http.hosts import Hosts, OursOnly
from webinar_server.web.http.pages import Pages
from webinar_server.web.http.reports import Reports
from webinar_server.web.http.static import Assets, folder
from webinar_server.web.http.trickle import Trickle
from webinar_server.web.mission import routes as missions
from webinar_server.web.polling import Polling
from webinar_server.web.socket.admission import Admission
from webinar_server.web.socket.door import Sockets
from webinar_server.web.socket.gate import PATH, Gate
from webinar_server.web.socket.posting import Posting
from webinar_server.web.socket.streams import Streams
from webinar_server.web.who.access import Access
from webinar_server.web.who.site import Site
from webinar_server.web.who.tokens import Signer
from webinar_server.web.who.visitors import Visitors


def create_app(hub: Hub, signer: Signer, site: Site) -> Starlette:
    """The ASGI application on a hub that is open. Raises StorageError where the pages are not installed."""
    access = Access(signer, site.public_url)
    headers = headers_of(site.public_url)
    assets = Assets(folder(), headers)
    pages = Pages(hub, assets)
    admission = Admission(hub)
    sockets = Sockets(hub, admission)
    hub.worker.tasks.start("sweep", sockets.sweep())
    hub.worker.tasks.start("watch", admission.watch())
    app = Starlette(
        routes=[
            WebSocketRoute(PATH, sockets.live),
            *Posting(hub, access, admission).routes(),
            Mount("/static", assets),
            *Api(hub, access, site.public_url).routes(),
            *missions.routes(hub, access, site),
            *Reports(hub.worker.pace, site.proxies).routes(),
            *Afterwards(hub, access, pages).routes(),
            *Polling(hub, access).routes(),
            *Health(hub).routes(),
            *Trickle(hub.worker.pace).routes(),
            *pages.routes(),
        ],
        middleware=[
            Middleware(Visitors, site.proxies),
            Middleware(SecureHeaders, headers),
            Middleware(OursOnly, Hosts(site.public_url)),
        ],
        exception_handlers={
            404: pages.missing,
            TokenError: on_token_error,
            Refusal: on_refusal,
            StorageError: on_storage_error,
        },
    )
    # a redirect would be built from the Host of whoever asks, and a browser takes the link's token along
    app.router.redirect_slashes = False
    app.state.assets = assets
    app.state.gate = gate = Gate(hub, access, admission, site, sockets.open_each)
    app.state.streams = Streams(hub, admission, gate, sockets, site)
    return app
