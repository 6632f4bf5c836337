"""Frames nobody should send: each gets its answer, the neighbour notices nothing, the server lives."""

from __future__ import annotations

import json
import random
from typing import Any

import msgpack
import pytest

from tests.web.server import UNPACED, LiveServer
from tests.web.socket.shapes import SAY, odd_frames, raw_json, raw_msgpack
from webinar_server.settings import Settings

PATIENT = Settings(pace=False, errors_max=1_000_000)


async def survives(server: LiveServer, codec: str, frames: list[Any]) -> None:
    """Send all from somebody; a neighbour goes on talking, and the sender is still answered."""
    sender, neighbour = await server.joined("Sender", codec=codec), await server.joined("Neighbour")
    for number, frame in enumerate(frames):
        await sender.raw(frame)
        if number % 100 == 0:
            await neighbour.do("say", text=f"undisturbed {number}")
    await sender.alive()
    await neighbour.alive()
    assert sender.closed is None and neighbour.closed is None and not neighbour.errors
    assert (
        neighbour.screen.records == (await server.joined("N", id=neighbour.hello["you"]["id"])).screen.records
    )
    answered = len(sender.errors) + sender.count("refused") + sender.count("done") + sender.count("pong")
    assert answered > len(frames) * 0.8, "next to nothing goes unanswered"
    assert all(code.startswith(("frame.", "topic.", "pulse.")) for code in sender.errors), set(sender.errors)
    for frame in sender.said:
        assert "Traceback" not in str(frame) and "/" not in frame.get("code", "")


@pytest.mark.parametrize("codec", ["json", "msgpack"])
async def test_messages_of_wrong_shapes_are_each_answered(start: Any, codec: str) -> None:
    server = await start(PATIENT)
    pack = json.dumps if codec == "json" else msgpack.packb
    await survives(server, codec, [pack(frame) for frame in odd_frames()])


async def test_five_hundred_texts_that_are_not_json_are_each_answered(start: Any) -> None:
    await survives(await start(PATIENT), "json", raw_json(random.Random(7)))


async def test_five_hundred_byte_strings_that_are_not_msgpack_are_each_answered(start: Any) -> None:
    await survives(await start(PATIENT), "msgpack", raw_msgpack(random.Random(7)))


async def test_the_other_codecs_frames_harm_nothing(start: Any) -> None:
    server = await start(PATIENT)
    await survives(server, "json", [frame for frame in raw_msgpack(random.Random(8)) if frame])
    await survives(server, "msgpack", raw_json(random.Random(8)))


async def test_bad_utf8_in_a_text_frame_ends_its_sender_alone(server: LiveServer) -> None:
    neighbour = await server.joined("Bob")
    for data in (b"\xff", b"\xc3\x28", b'{"op":"ping\xed\xa0\x80"}', b"\xf0\x9f\x98"):
        ada = await server.joined()
        await ada.socket.send(data, text=True)
        assert (await ada.ended())[0] == 1007
        assert not ada.errors
    await neighbour.alive()


async def test_a_client_that_keeps_on_is_closed_and_told_not_to_come_back(server: LiveServer) -> None:
    ada, neighbour = await server.joined("Ada"), await server.joined("Bob")
    for _ in range(UNPACED.errors_max + 40):
        await ada.raw("nonsense")
    code, _reason = await ada.ended()
    assert code == 4400 and len(ada.errors) >= UNPACED.errors_max
    await neighbour.alive()


async def test_a_client_that_errs_now_and_then_below_the_limit_stays(server: LiveServer) -> None:
    ada = await server.joined()
    for _ in range(UNPACED.errors_max - 1):
        await ada.raw("nonsense")
        await ada.do("say", text="well meant")
    assert len(ada.errors) == UNPACED.errors_max - 1


# limits


def exactly(size: int, codec: str) -> str | bytes:
    """A frame of so many bytes."""
    pack = json.dumps if codec == "json" else msgpack.packb
    frame = SAY | {"args": {"text": "x" * 1000}}
    fill = size - len(pack(frame))
    return pack(SAY | {"args": {"text": "x" * (1000 + fill)}})  # type: ignore[no-any-return]


@pytest.mark.parametrize("codec", ["json", "msgpack"])
@pytest.mark.parametrize(
    ("role", "limit"), [("attendee", UNPACED.frame_max), ("host", UNPACED.frame_max_host)]
)
async def test_a_message_may_be_so_large_and_not_a_byte_more(
    server: LiveServer, codec: str, role: Any, limit: int
) -> None:
    ada = await server.joined("Ada", role, codec=codec)
    for size, expected in (
        (limit - 1, "chat.too_long"),
        (limit, "chat.too_long"),
        (limit + 1, "frame.too_large"),
    ):
        before = len(ada.said)
        frame = exactly(size, codec)
        assert len(frame) == size
        await ada.raw(frame)
        await ada.until(lambda before=before: len(ada.said) > before)
        assert ada.said[-1]["code"] == expected, size
    await ada.alive()


async def test_a_message_beyond_all_limits_ends_its_sender_alone(server: LiveServer) -> None:
    ada, neighbour = await server.joined("Ada"), await server.joined("Bob")
    await ada.raw("x" * (UNPACED.frame_max_host + 2000))
    assert (await ada.ended())[0] == 1009
    await neighbour.alive()


@pytest.mark.parametrize(("command", "field", "limit"), [("say", "text", 500), ("ask", "text", 500)])
async def test_a_text_may_be_so_long_and_not_a_character_more(
    server: LiveServer, command: str, field: str, limit: int
) -> None:
    ada = await server.joined()
    for character in ("x", "é", "\U0001f600", "字"):
        for size in (limit - 1, limit):
            await ada.do(command, **{field: character * size})
        assert (await ada.refused(command, **{field: character * (limit + 1)}))["code"].endswith(".too_long")


async def test_refs_topics_and_names_have_lengths(server: LiveServer) -> None:
    ada = await server.joined()
    await ada.do("say", "r" * 80, text="hi")
    for wrong in ({"ref": "r" * 81}, {"ref": ""}, {"topic": "t" * 121}, {"command": "c" * 41}):
        before = len(ada.errors)
        await ada.send(**(SAY | wrong))
        await ada.until(lambda before=before: len(ada.errors) > before)
        assert ada.errors[-1] == "frame.invalid"


def test_the_suite_holds_well_over_a_thousand_frames() -> None:
    dice = random.Random(7)
    assert len(odd_frames()) * 2 + len(raw_json(dice)) + len(raw_msgpack(dice)) > 1_000
