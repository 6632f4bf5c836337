"""Reading a connection: every message once and in order, however it is cut; nothing behind an end."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from websockets.frames import Frame, Opcode

from webinar_server.web.socket.meter import Meter
from webinar_server.web.socket.protocol import LiveProtocol

LIMIT = 100


class Heard:
    """A receiver that keeps what it hears, and may have enough."""

    def __init__(self, protocol: Any, enough: int = 1_000_000) -> None:
        self.messages: list[bytes] = []
        self._protocol, self._enough = protocol, enough

    def received(self, data: bytes, text: bool) -> None:
        self.messages.append(data)
        self._protocol.transport.closing = len(self.messages) >= self._enough


class Transport(SimpleNamespace):
    closing = False

    def is_closing(self) -> bool:
        return self.closing


def open_connection(enough: int = 1_000_000) -> tuple[Any, Heard]:
    """The protocol class as it is once the handshake is over, without a network."""
    protocol: Any = LiveProtocol.__new__(LiveProtocol)
    protocol.config = SimpleNamespace(ws_max_size=LIMIT)
    protocol.transport = Transport()
    protocol.frames, protocol.close_sent, protocol.meter = [], False, Meter(paced=False)
    protocol.receiver = heard = Heard(protocol, enough)
    return protocol, heard


def masked(payload: bytes, opcode: Opcode = Opcode.TEXT) -> bytes:
    return Frame(opcode, payload).serialize(mask=True)


MESSAGES = [b"number %d" % number for number in range(30)]
BURST = b"".join(map(masked, MESSAGES))


@pytest.mark.parametrize("step", [1, 2, 3, 7])
def test_a_burst_longer_than_a_message_may_be_is_heard_whole_wherever_it_is_cut(step: int) -> None:
    assert len(BURST) > 3 * LIMIT
    for cut in range(1, len(BURST), step):
        protocol, heard = open_connection()
        protocol.data_received(BURST[:cut])
        protocol.data_received(BURST[cut:])
        assert heard.messages == MESSAGES, cut


def test_a_burst_is_heard_byte_by_byte() -> None:
    protocol, heard = open_connection()
    for byte in BURST:
        protocol.data_received(bytes((byte,)))
    assert heard.messages == MESSAGES


def test_answers_to_pings_say_nothing_wherever_they_are_cut() -> None:
    data = masked(b"", Opcode.PONG) + masked(b"a pong of theirs", Opcode.PONG) + masked(b"hello")
    for cut in range(1, len(data)):
        protocol, heard = open_connection()
        protocol.data_received(data[:cut])
        protocol.data_received(data[cut:])
        assert heard.messages == [b"hello"] and protocol.heard, cut


def test_nothing_behind_an_end_is_carried_out() -> None:
    protocol, heard = open_connection(enough=3)
    protocol.data_received(BURST)
    assert heard.messages == MESSAGES[:3]
