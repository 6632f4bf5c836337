"""Headers on every answer: what a page may load and who may frame it."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The video is the host's choice of site, so frames and media come from any https place, and only on a click
# or a setting of the host; scripts and styles are ours alone. YouTube plays only if it is told our origin.
RULES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' https: blob:",
    "frame-src https:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html",
    # the first for browsers that do not know the second
    "report-uri /api/csp",
    "report-to csp",
)
POLICY = "; ".join(RULES)
ON_STAGE = POLICY.replace("img-src 'self' data:", "img-src 'self' data: https:")
"""Of the stage's page: its logo may lie wherever the organiser has it. Nobody types there, and it draws no
picture that people gave."""

DIRECTIVES = frozenset(rule.partition(" ")[0] for rule in RULES)
"""What a report can be about."""

HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"reporting-endpoints", b'csp="/api/csp"'),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]
UNCACHED = (b"cache-control", b"no-store")
ONLY_HTTPS = (b"strict-transport-security", b"max-age=31536000")
"""Where the public address is https (RFC 6797): for this name; those below it are not ours."""


def headers_of(public_url: str | None) -> list[tuple[bytes, bytes]]:
    """Of a server with this public address."""
    return [*HEADERS, ONLY_HTTPS] if public_url and public_url.startswith("https:") else HEADERS


class SecureHeaders:
    """ASGI middleware that adds them to HTTP answers."""

    def __init__(self, app: ASGIApp, headers: list[tuple[bytes, bytes]]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message["headers"])
                names = {name.lower() for name, _ in given}
                ours = (*self._headers, UNCACHED)
                message["headers"] = [*given, *(header for header in ours if header[0] not in names)]
            await send(message)

        await self._app(scope, receive, secured)
