"""Answering: which of a connection's requests is being answered, so that it learns of the connection's end.

uvicorn's protocol class remembers the request that came last. Of several that wait behind one another that is
the last in the row, while the one whose answer is under way would go on writing to nobody, and fail.
"""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Answering(HttpToolsProtocol):
    """uvicorn's protocol class, whose every answer ends with its connection."""

    _under_way: Any = None
    """The cycle whose application runs, or ran last."""

    def connection_lost(self, exc: Exception | None) -> None:
        self.pipeline.clear()
        if self._under_way is not None:
            self._under_way.disconnected = True
            self._under_way.message_event.set()
        super().connection_lost(exc)

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        self._under_way = cycle
        super()._start_asgi_task(cycle, app)

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete
