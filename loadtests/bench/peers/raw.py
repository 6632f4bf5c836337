"""The raw cost: what one says is written to every viewer's transport, with nothing around it."""

import asyncio
import sys

import uvloop
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

viewers: set[asyncio.WriteTransport] = set()


class Viewer(asyncio.Protocol):
    """One connection; the frame is made once for each message, and written as it is."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.wire = ServerProtocol()

    def data_received(self, data: bytes) -> None:
        self.wire.receive_data(data)
        for event in self.wire.events_received():
            if isinstance(event, Request):
                self.wire.send_response(self.wire.accept(event))
                self.transport.write(b"".join(self.wire.data_to_send()))
                viewers.add(self.transport)
            elif isinstance(event, Frame) and event.opcode == Opcode.TEXT:
                tell(Frame(Opcode.TEXT, event.data).serialize(mask=False))

    def connection_lost(self, error: Exception | None) -> None:
        viewers.discard(self.transport)


def tell(frame: bytes) -> None:
    for transport in viewers:
        transport.write(frame)


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Viewer, "127.0.0.1", int(sys.argv[1]), backlog=1024)
    await server.serve_forever()


uvloop.run(main())
