"""Salts are told to nobody: not in a view, an answer or a refusal, nor kept where such are made from."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import msgpack
import orjson
from hypothesis import HealthCheck, given, settings

from tests.session.client import payload
from tests.session.histories import CAST, Step, World, batches
from webinar_server.errors import Refusal
from webinar_server.live.telling.codec import JSON, MSGPACK, Codec
from webinar_server.live.telling.views import Lens
from webinar_server.session import SESSION
from webinar_server.session.roles import AUDIENCES
from webinar_server.state import Answer, unseal

thorough = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def spellings(salt: bytes) -> list[bytes]:
    """As it may stand in bytes or in text; an encoder that is helpful makes numbers of it."""
    texts = [salt, salt.hex().encode(), base64.b64encode(salt), base64.urlsafe_b64encode(salt)]
    return [*texts, orjson.dumps([*salt])[1:-1], msgpack.packb([*salt])[3:]]


def spelt(world: World) -> list[bytes]:
    """All salts of a log, in all spellings."""
    salts = [unseal(sealed, SESSION.kinds).salt for sealed in world.log]
    assert len(set(salts)) == len(salts) and all(salts)
    return [spelling for salt in salts for spelling in spellings(salt)]


def told_to_everybody(world: World) -> Iterator[bytes]:
    """What each would be shown who came now, and what a tick from the beginning would bring them."""
    for codec in (JSON, MSGPACK):
        for audience in AUDIENCES:
            lens = Lens("session/s1", audience, codec)
            for who in CAST:
                yield from map(payload, lens.bundle(world.state, 0).whole(f"id-{who}", reset=True))
                yield payload(lens.bundle(world.state, 1).frame(f"id-{who}", deflates=False) or b"\x82\x00")


def answered(outcome: Any, codec: Codec) -> bytes:
    if isinstance(outcome, Refusal):
        return codec.frame(outcome.told())
    assert isinstance(outcome, Answer)
    return codec.frame({"at": outcome[:2], "result": outcome.result})


@given(batches)
@thorough
def test_after_any_history_no_salt_is_in_what_anybody_is_told(history: list[list[Step]]) -> None:
    world, answers = World(), []
    for batch in history:
        answers += [answered(outcome, codec) for outcome in world.play(batch) for codec in (JSON, MSGPACK)]
    everything = b"\n".join([*answers, *told_to_everybody(world), world.state.dump()])
    assert world.log[-1].tag.encode() in everything
    assert [secret for secret in spelt(world) if secret in everything] == []
