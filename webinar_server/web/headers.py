"""Headers on every answer: what a page may load and who may frame it (reliability.md 4.4)."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The video is the host's choice of site, so frames and media come from any https place, and only on a click
# or a setting of the host; scripts and styles are ours alone. YouTube plays only if it is told our origin.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self' https: blob:",
        "frame-src https:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    )
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]
UNCACHED = (b"cache-control", b"no-store")


class SecureHeaders:
    """ASGI middleware that adds them to HTTP answers, refused handshakes of sockets included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                given = list(message["headers"])
                cached = any(name.lower() == b"cache-control" for name, _ in given)
                message["headers"] = [*given, *HEADERS, *([] if cached else [UNCACHED])]
            await send(message)

        await self._app(scope, receive, secured)
