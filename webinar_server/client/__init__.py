"""The wire for Python programs (docs/bots.md): the demo and the load tests stand on it, and so may a bot.

`copy`, `outbox`, `comeback`, `frames`, `door` and `conversation` are pure: frames go in, events and frames
come out, whatever carries them. `connection` carries them by asyncio, and `bot` is somebody in ten lines.
Nothing here knows the server, only docs/wire.md.
"""

from webinar_server.client.bot import Bot, CommandRefused
from webinar_server.client.comeback import Closed, Turned
from webinar_server.client.copy import Change
from webinar_server.client.door import NotIn
from webinar_server.client.outbox import Full

__all__ = ["Bot", "Change", "Closed", "CommandRefused", "Full", "NotIn", "Turned"]
