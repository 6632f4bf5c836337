"""Abuse: floods, commands above one's role, ids of elsewhere, markup. Refused, and the neighbour goes on."""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import pytest
from websockets.frames import Frame, Opcode

from tests.web.client import Client, until
from tests.web.server import TOPIC, LiveServer
from webinar_server.session import SESSION
from webinar_server.session.roles import HOSTS
from webinar_server.settings import Settings


async def raw_frames(client: Client, *frames: Frame) -> None:
    """Frames as they are, past the rules of a well-behaved client library."""
    data = b"".join(frame.serialize(mask=True) for frame in frames)
    client.socket.transport.write(data)


async def test_a_flood_of_pings_is_closed_as_too_many(server: LiveServer) -> None:
    ada, neighbour = await server.joined("Ada"), await server.joined("Bob")
    await raw_frames(ada, *(Frame(Opcode.PING, b"x") for _ in range(200)))
    assert (await ada.ended())[0] == 4429
    await neighbour.alive()


@pytest.mark.parametrize("payload", [b"", b"a"])
async def test_a_flood_of_pongs_is_closed_as_too_many(server: LiveServer, payload: bytes) -> None:
    ada, neighbour = await server.joined("Ada"), await server.joined("Bob")
    await raw_frames(ada, *(Frame(Opcode.PONG, payload) for _ in range(200)))
    assert (await ada.ended())[0] == 4429
    await neighbour.alive()


async def test_pings_at_an_ordinary_pace_are_answered(server: LiveServer) -> None:
    ada = await server.joined()
    for _ in range(15):
        pong = await ada.socket.ping()
        await pong
    await ada.alive()


async def test_a_message_in_endless_fragments_is_closed(server: LiveServer) -> None:
    ada, neighbour = await server.joined("Ada"), await server.joined("Bob")
    await raw_frames(ada, Frame(Opcode.TEXT, b"{", fin=False))
    await raw_frames(ada, *(Frame(Opcode.CONT, b" ", fin=False) for _ in range(500)))
    assert (await ada.ended())[0] == 4400
    await neighbour.alive()


async def test_empty_fragments_are_counted_too(server: LiveServer) -> None:
    ada = await server.joined()
    await raw_frames(ada, Frame(Opcode.TEXT, b"", fin=False))
    await raw_frames(ada, *(Frame(Opcode.CONT, b"", fin=False) for _ in range(500)))
    assert (await ada.ended())[0] == 4400


async def test_a_message_in_some_fragments_with_pings_between_is_understood(server: LiveServer) -> None:
    ada = await server.joined()
    text = json.dumps({"op": "do", "topic": TOPIC, "ref": "r", "command": "say", "args": {"text": "héllo"}})
    parts = [bytes((byte,)) for byte in text.encode()[:50]] + [text.encode()[50:]]
    frames = [Frame(Opcode.TEXT if n == 0 else Opcode.CONT, part, fin=False) for n, part in enumerate(parts)]
    frames[-1] = Frame(Opcode.CONT, parts[-1], fin=True)
    frames[20:20] = [Frame(Opcode.PING, b"between")]
    await raw_frames(ada, *frames)
    await ada.until(lambda: "héllo" in ada.screen.texts())


BROKEN = {
    "reserved bit": b"\xc1\x80\x00\x00\x00\x00",
    "reserved opcode": b"\x83\x80\x00\x00\x00\x00",
    "unmasked": Frame(Opcode.TEXT, b"{}").serialize(mask=False),
    "long ping": b"\x89\xfe\x00\x7e\x00\x00\x00\x00" + b"x" * 126,
    "fragmented ping": b"\x09\x80\x00\x00\x00\x00",
    "continuation of nothing": Frame(Opcode.CONT, b"x").serialize(mask=True),
    "text within text": Frame(Opcode.TEXT, b"a", fin=False).serialize(mask=True) * 2,
    "huge length": b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00",
    "close of one byte": b"\x88\x81\x00\x00\x00\x00x",
    "close with a bad code": b"\x88\x82\x00\x00\x00\x00\x00\x01",
}


@pytest.mark.parametrize("name", BROKEN)
async def test_broken_framing_ends_its_sender_alone(server: LiveServer, name: str) -> None:
    ada, neighbour = await server.joined("Ada"), await server.joined("Bob")
    ada.socket.transport.write(BROKEN[name])
    code, _reason = await ada.ended()
    assert code in (1002, 1007, 1009, 1006, 4400), code
    await neighbour.alive()


async def test_random_bytes_instead_of_frames_end_their_sender_alone(server: LiveServer) -> None:
    neighbour = await server.joined("Bob")
    for _ in range(20):
        ada = await server.connected("Ada")
        ada.socket.transport.write(os.urandom(2000))
        ada.socket.transport.write_eof()
        await ada.ended()
    await neighbour.alive()


async def test_bytes_that_come_one_at_a_time_are_understood(server: LiveServer) -> None:
    ada = await server.joined()
    text = json.dumps({"op": "do", "topic": TOPIC, "ref": "r", "command": "say", "args": {"text": "slowly"}})
    for byte in Frame(Opcode.TEXT, text.encode()).serialize(mask=True):
        ada.socket.transport.write(bytes((byte,)))
        await asyncio.sleep(0)
    await ada.until(lambda: ada.screen.texts() == ["slowly"])


async def test_a_flood_of_frames_is_closed_as_too_many(start: Any) -> None:
    server = await start(Settings())
    ada, neighbour = await server.joined("Ada"), await server.joined("Bob")
    ping = Frame(Opcode.TEXT, b'{"op":"ping"}').serialize(mask=True)
    ada.socket.transport.write(ping * 1000)
    code, reason = await ada.ended()
    assert code == 4429 and json.loads(reason)["retry_after"] > 0
    await neighbour.alive()


async def test_who_comes_back_with_much_to_resend_is_not_cut_off(start: Any) -> None:
    server = await start(Settings())
    host = await server.connected("Grace", "host")
    say = {"op": "do", "topic": TOPIC, "command": "say", "args": {"text": "again"}}
    await host.send(op="join", topic=TOPIC)
    for number in range(150):
        await host.send(**say, ref=f"r{number}")
    await host.until(lambda: host.count("done") + host.count("refused") == 150, "all answered")
    assert host.closed is None and not host.errors and host.count("done") >= 100


async def test_a_hundred_joins_are_borne(server: LiveServer) -> None:
    ada, neighbour = await server.joined("Ada"), await server.joined("Bob")
    for _ in range(60):
        await ada.send(op="join", topic=TOPIC)
    await ada.until(lambda: len(ada.screen.frames) >= 61)
    done = await neighbour.do("say", text="once")
    await ada.until(lambda: done["result"]["id"] in ada.screen.of("message"))


# roles and ids

SERVERS_OWN = sorted(name for name, command in SESSION.commands.items() if command.INTERNAL)
HOST_COMMANDS = sorted(name for name in SESSION.commands.keys() - SERVERS_OWN if SESSION.may(name) <= HOSTS)
FILL: dict[str, Any] = {"message": "m", "question": "q", "person": "p", "poll": "p", "options": ["a", "b"]}
FILL |= {"by": "kind", "answer": "x", "answers": ["x"], "group": "x", "seconds": 60, "polls": []}
FILL |= {"segment": "s", "leaving": "s", "kind": "talk", "minutes": 5, "was": 5, "held": "h", "into": "q"}
FILL |= {"cuts": [{"segment": "s", "minutes": 5, "was": 9}]}


def arguments(command: str) -> dict[str, Any]:
    """Arguments that a host's command would be understood with."""
    fields = SESSION.commands[command]
    required = fields.__struct_fields__[: len(fields.__struct_fields__) - len(fields.__struct_defaults__)]
    return {name: FILL[name] for name in fields.__struct_fields__ if name in FILL and name in required}


@pytest.mark.parametrize("role", ["attendee", "speaker", "stage"])
async def test_who_is_no_host_is_refused_every_command_of_hosts(server: LiveServer, role: Any) -> None:
    assert {"spotlight", "greet", "hide", "open_poll", "close_session"} <= set(HOST_COMMANDS)
    ada = await server.joined("Ada", role)
    before = server.state().position.seq
    for command in HOST_COMMANDS:
        refusal = await ada.refused(command, **arguments(command))
        assert refusal["code"] == "command.not_allowed", (command, refusal)
    assert server.state().position.seq <= before + 1, "at most the own arrival"


@pytest.mark.parametrize("role", ["attendee", "host", "organiser"])
async def test_what_the_server_says_itself_is_taken_from_nobody(server: LiveServer, role: Any) -> None:
    assert {"arrive", "depart", "create_session"} <= set(SERVERS_OWN)
    ada = await server.joined("Ada", role)
    for command in (*SERVERS_OWN, "nothing", "__class__", "run", "", "SAY"):
        assert (await ada.refused(command))["code"] == "command.unknown"


async def test_a_stage_reads_and_does_nothing(server: LiveServer) -> None:
    stage = await server.joined("Screen", "stage")
    assert (await stage.refused("say", text="hello"))["code"] == "command.not_allowed"
    await stage.send(op="pulse", topic=TOPIC, reaction="clap")
    await stage.alive()
    assert not stage.pulses


async def test_after_the_end_nobody_claps(server: LiveServer) -> None:
    ada, host = await server.joined("Ada"), await server.joined("Hanna", "host")
    await ada.send(op="pulse", topic=TOPIC, reaction="clap")
    await until(lambda: bool(host.pulses), "shown")
    await host.do("close_session")
    await ada.send(op="pulse", topic=TOPIC, reaction="wow")
    await ada.alive()
    await host.send(op="pulse", topic=TOPIC, reaction="heart")
    await until(lambda: host.pulses["heart"] == 1, "the next one shown")
    assert not host.pulses["wow"]


async def test_ids_of_another_session_are_unknown_here(server: LiveServer) -> None:
    await server.add_session("s2")
    ada, host = await server.joined("Ada", session="s2"), await server.joined("Host", "host")
    question = (await ada.do("ask", text="Elsewhere?"))["result"]["id"]
    message = (await ada.do("say", text="elsewhere"))["result"]["id"]
    person = ada.hello["you"]["id"]
    for command in ("approve", "dismiss", "queue", "deck", "spotlight", "answer"):
        assert (await host.refused(command, question=question))["code"] == "question.unknown"
    assert (await host.refused("hide", message=message))["code"] == "message.unknown"
    assert (await host.refused("greet", person=person))["code"] == "person.unknown"
    for odd in ("", "'; DROP TABLE entry; --", "../s2", "x" * 5000, "\x00", f"{question}/x"):
        assert (await host.refused("deck", question=odd))["code"] == "question.unknown"
    assert server.state("s2").position.seq > server.state().position.seq - 100


async def test_ones_own_question_is_nobody_elses_to_withdraw(server: LiveServer) -> None:
    ada, bob = await server.joined("Ada"), await server.joined("Bob")
    question = (await ada.do("ask", text="Mine?"))["result"]["id"]
    for command, more in (("withdraw", {}), ("show_as", {"shown": "anonymous"})):
        assert (await bob.refused(command, question=question, **more))["code"] == "question.not_yours"
    assert (await bob.refused("lower_hand", person=ada.hello["you"]["id"]))["code"] == "command.not_allowed"
    await ada.do("withdraw", question=question)


# text

MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "${7*7} #{7*7} %s %n",
    "<!-- --> ]]> &lt;b&gt; &#60;",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE entry; --",
    "\\u003cscript\\u003e",
    "Здравствуй, 世界, مرحبا, नमस्ते, 🦉🏳️‍🌈",
    "line one\nline two",
]


@pytest.mark.parametrize("codec", ["json", "msgpack"])
async def test_markup_comes_back_as_the_text_it_is(server: LiveServer, codec: str) -> None:
    ada, bob = await server.joined("Ada", codec=codec), await server.joined("Bob", codec=codec)
    for text in MARKUP:
        done = await ada.do("say", text=text)
        await bob.until(lambda id=done["result"]["id"]: id in bob.screen.of("message"))
        assert bob.screen.of("message")[done["result"]["id"]]["text"] == text
    assert (await ada.refused("introduce", link="javascript:alert(1)"))["code"] == "person.link"
    assert (await ada.refused("introduce", link='https://x"onclick="x'))["code"] == "person.link"


async def test_unreadable_text_is_refused_with_its_reason(server: LiveServer) -> None:
    ada, host = await server.joined("Ada"), await server.joined("Grace", "host")
    for text, reason in (
        ("", "empty"),
        ("  ", "empty"),
        ("x" * 501, "too_long"),
        ("a\u202eb", "bidi"),
        ("a\U000e0041b", "invisible"),
        ("a\uf8ffb", "control"),
        ("a" + "\u0336" * 6, "zalgo"),
    ):
        assert (await ada.refused("say", text=text))["code"] == f"chat.{reason}"
        assert (await ada.refused("ask", text=text))["code"] == f"question.{reason}"
        poll = {"question": text, "options": ["a", "b"]}
        assert (await host.refused("draft_poll", **poll))["code"] == f"poll.{reason}"
    assert server.state().count(SESSION.kinds["message"]) == 0


async def test_one_vote_from_five_tabs_at_once_is_one(server: LiveServer) -> None:
    host = await server.joined("Grace", "host")
    poll = (await host.do("draft_poll", question="Which?", options=["a", "b"]))["result"]["id"]
    await host.do("open_poll", poll=poll)
    me = server.identity().id
    tabs = [await server.joined("Ada", id=me) for _ in range(5)]
    await asyncio.gather(*(tab.do("vote", poll=poll, options=[str(n % 2 + 1)]) for n, tab in enumerate(tabs)))
    await host.until(lambda: host.screen.of("poll")[poll]["voters"] == 1)
    for _ in range(4):
        await (await server.joined("Bob")).do("vote", poll=poll, options=["1"])
    await host.do("close_poll", poll=poll)
    assert sum(option["votes"] for option in host.screen.of("poll")[poll]["options"]) == 5


async def test_a_ref_sent_over_two_connections_at_once_acts_once(server: LiveServer) -> None:
    me = server.identity().id
    one, two = await server.joined("Ada", id=me), await server.joined("Ada", id=me)
    for number in range(20):
        ref = f"same-{number}"
        first, second = await asyncio.gather(one.do("say", ref, text="hi"), two.do("say", ref, text="hi"))
        assert first == second
    assert server.state().count(SESSION.kinds["message"]) == 20


async def test_two_hosts_who_spotlight_at_once_put_one_question_live(server: LiveServer) -> None:
    ada = await server.joined("Ada")
    one, two = await server.joined("Grace", "host"), await server.joined("Edsger", "host")
    first, second = [(await ada.do("ask", text=f"Why {n}?"))["result"]["id"] for n in range(2)]
    answers = await asyncio.gather(
        one.ask("spotlight", question=first), two.ask("spotlight", question=second)
    )
    assert sorted(answer["op"] for answer in answers) == ["done", "refused"]
    refusal = next(answer for answer in answers if answer["op"] == "refused")
    assert refusal["code"] == "stage.taken"
    live = [q for q in ada.screen.of("question").values() if q["state"] == "live"]
    await ada.until(lambda: "now" in ada.screen.of("stage"))
    assert len(live) <= 1
