"""Connection: a conversation over asyncio and `websockets`, that comes back by itself."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from webinar_server.client.comeback import FOR_GOOD, Closed, Comeback, Turned
from webinar_server.client.conversation import Conversation, Event, Here
from webinar_server.client.copy import Frame
from webinar_server.client.door import Way
from webinar_server.client.frames import JSON, Codec

CLOSE_WITHIN = 2.0
"""Seconds for a server to answer a goodbye."""


class Connection:
    """Keeps one conversation going and tells `hear` of each event, `ended` of how each socket ended.

    It is made where a loop runs. `options` are those of `websockets.connect`.
    """

    def __init__(
        self,
        way: Way,
        conversation: Conversation,
        hear: Callable[[Event], None],
        codec: Codec = JSON,
        ended: Callable[[Exception], None] = lambda end: None,
        **options: Any,
    ) -> None:
        self._way = way
        self._conversation = conversation
        self._hear = hear
        self._ended = ended
        self._codec = codec
        self._options = options
        self._comeback = Comeback(random.random)
        self._now = asyncio.get_running_loop().time
        self._unsent: deque[Frame] = deque()
        self._socket: ClientConnection | None = None

    async def live(self) -> Exception:
        """Until it is over for good; the Closed or Turned by which it ended."""
        end: Exception = Closed(1006)
        while not self._comeback.leaves:
            try:
                end = await self._stay()
            finally:
                self._socket = None
                self._unsent.clear()
                self._conversation.lost()
            self._ended(end)
            pause = self._comeback.after(end, self._now())
            if pause == FOR_GOOD:
                return end
            await asyncio.sleep(pause)
        return end

    def drop(self, seconds: float) -> None:
        """Lose the connection without a word; come back after so long, or never (`FOR_GOOD`)."""
        if self._socket is not None:
            self._comeback.plan(seconds)
            self._socket.transport.abort()
        elif seconds == FOR_GOOD:
            self._comeback.plan(seconds)

    async def flush(self) -> None:
        """Send what the conversation has to say; what is not sent now goes after the next join."""
        if self._socket is not None:
            self._unsent += self._conversation.outgoing(self._now())
        # one by one, so that whoever gives up in between loses none and all keep their order
        with contextlib.suppress(ConnectionClosed):  # whoever reads notices
            while self._unsent and self._socket is not None:
                await self._socket.send(self._codec.encode(self._unsent.popleft()))

    async def _stay(self) -> Exception:
        """One connection, until its end; what that was."""
        options = {"max_size": None, "close_timeout": CLOSE_WITHIN, "ping_interval": None} | self._options
        subprotocols: Any = [self._codec.subprotocol]
        try:
            async with connect(
                self._way.url, additional_headers=self._way.headers, subprotocols=subprotocols, **options
            ) as socket:
                if not self._comeback.leaves:
                    self._socket = socket
                    self._conversation.opened(self._now())
                    await self._talk(socket)
        except InvalidStatus as error:
            return Turned(error.response.status_code, _seconds(error.response.headers.get("Retry-After")))
        except ConnectionClosed as error:
            return Closed(error.rcvd.code, error.rcvd.reason) if error.rcvd else Closed(1006)
        except Closed as error:
            return error
        except (OSError, TimeoutError, WebSocketException) as error:
            return Closed(1006, str(error))
        return Closed(1006)

    async def _talk(self, socket: ClientConnection) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                # set anew when it is over, and not for each frame
                async with asyncio.timeout_at(self._conversation.wakes) as alarm:
                    await self._read(socket, alarm)
            if self._conversation.is_silent(self._now()):
                raise Closed(1006, "nothing was heard")

    async def _read(self, socket: ClientConnection, alarm: asyncio.Timeout) -> None:
        while True:
            await self.flush()
            if self._conversation.wakes < (alarm.when() or 0):
                alarm.reschedule(self._conversation.wakes)
            data = await socket.recv(decode=False)
            for event in self._conversation.received(self._codec.decode(data), self._now()):
                if isinstance(event, Here):
                    self._comeback.here(self._now())
                self._hear(event)


def _seconds(told: str | None) -> float | None:
    """Of a `Retry-After`; a date is as good as nothing."""
    return float(told) if told is not None and told.isascii() and told.isdigit() else None
