"""Starlette as its documentation has it: a set of sockets, and a loop that awaits each."""

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

viewers: set[WebSocket] = set()


async def follow(viewer: WebSocket) -> None:
    await viewer.accept()
    viewers.add(viewer)
    try:
        async for message in viewer.iter_text():
            await tell(message)
    finally:
        viewers.discard(viewer)


async def tell(message: str) -> None:
    for viewer in list(viewers):
        try:
            await viewer.send_text(message)
        except (RuntimeError, WebSocketDisconnect):
            viewers.discard(viewer)


app = Starlette(routes=[WebSocketRoute("/ws", follow)])
