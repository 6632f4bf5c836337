"""The second way in: what a socket tells comes as events, and what is said by posts."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any

import pytest

from tests.web.conftest import Starter
from tests.web.listener import Listener, by_cookie, by_link
from tests.web.raw import told
from tests.web.server import TOPIC, LiveServer
from webinar_server import metrics
from webinar_server.clock import now_ms
from webinar_server.settings import Settings
from webinar_server.web.socket.stream import Stream


def said(text: str) -> Any:
    return lambda frame: (
        frame["op"] == "state" and text in {one["text"] for one in frame["put"].get("message", {}).values()}
    )


def streams() -> float:
    return metrics.STREAMS._value.get()


def narrow(transport: Any, side: int) -> None:
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, side, 8_192)


async def quiet(wanted: Any) -> None:
    for _ in range(500):
        if wanted():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never was so")


async def test_both_ways_tell_the_same_frames_at_the_same_positions(server: LiveServer) -> None:
    ada, bob = await by_link(server, "Ada").joined(), await server.joined("Bob")
    assert ada.seen[0]["op"] == "hello" and ada.seen[0]["you"]["name"] == "Ada"
    assert ada.status == 200 and b"text/event-stream" in ada.head and b"x-accel-buffering: no" in ada.head
    await bob.do("say", text="by socket")
    done = await ada.say("by post")
    assert done["op"] == "done"
    news = await ada.until(said("by post"))
    await bob.until(lambda: bob.screen.at == tuple(news["at"]))
    assert news["at"] == done["at"] and news["put"]["message"].keys() == {done["result"]["id"]}
    seen = {
        one["text"]
        for frame in ada.seen
        if frame["op"] == "state"
        for one in frame["put"].get("message", {}).values()
    }
    assert seen == {"by socket", "by post"}
    ada.abort()


async def test_who_comes_back_is_told_what_changed_since(server: LiveServer) -> None:
    ada, bob = await by_link(server).joined(), await server.joined("Bob")
    at = ada.seen[-1]["at"]
    ada.abort()
    await bob.do("say", text="meanwhile")
    again = await Listener(server.url, *ada.lines).joined(at)
    assert not again.seen[-1].get("reset") and said("meanwhile")(again.seen[-1])
    assert "session" not in again.seen[-1]["put"]
    again.abort()


async def test_it_passes_what_speaks_the_old_http(server: LiveServer) -> None:
    ada = await by_link(server).open({"op": "join", "topic": TOPIC, "at": None}, version="1.0")
    assert (await ada.frame())["op"] == "hello" and b"transfer-encoding" not in ada.head.lower()
    ada.abort()


async def test_a_life_ends_with_a_word_and_the_next_goes_on(server: LiveServer) -> None:
    ada = await by_link(server).joined(more="life=0.1")
    end = await ada.until(lambda frame: frame["op"] == "close")
    assert end["code"] == 1012 and json.loads(end["reason"]) == {"retry_after": 0}
    with pytest.raises(EOFError):
        await ada.frame()


async def test_who_is_here_by_a_stream_is_here_and_goes_when_it_ends(start: Starter) -> None:
    server = await start(Settings(pace=False, grace=0.2))
    host = await server.joined("Host", "host")
    before = streams()
    ada = await by_link(server, id="ada").joined()
    await host.until(lambda: host.screen.records.get("person", {}).get("ada", {}).get("here"))
    assert streams() == before + 1
    ada.abort()
    await host.until(lambda: not host.screen.records["person"]["ada"]["here"])
    assert streams() == before


async def test_who_is_removed_is_told_so_in_the_stream_and_says_nothing_more(server: LiveServer) -> None:
    host = await server.joined("Host", "host")
    ada = await by_link(server, id="ada").joined()
    await host.do("remove", person="ada", reason="rude")
    end = await ada.until(lambda frame: frame["op"] == "close")
    assert end["code"] == 4403 and json.loads(end["reason"])["code"] == "person.removed"
    status, refusal = await ada.post(ada.do("say", text="no"))
    assert (status, refusal["code"]) == (403, "person.removed")
    assert (await Listener(server.url, *ada.lines).open()).status == 403


async def test_a_ref_acts_once_however_often_it_is_posted(server: LiveServer) -> None:
    ada = await by_link(server).joined()
    frame = ada.do("say", text="once")
    answers = [(await ada.post(frame))[1][0] for _ in range(3)]
    assert answers[0] == answers[1] == answers[2] and answers[0]["op"] == "done"
    ada.abort()


async def test_answers_stand_in_the_post_that_asked(server: LiveServer) -> None:
    ada = await by_link(server).joined()
    status, frames = await ada.post(
        ada.do("say", text="one"),
        ada.do("spotlight", question="q"),
        {"op": "ping"},
        {"op": "pulse", "topic": TOPIC, "reaction": "clap"},
        {"op": "pulse", "topic": "session/other", "reaction": "clap"},
        {"op": "join", "topic": TOPIC},
        "{not json",
    )
    told_of = [(frame["op"], frame.get("code")) for frame in frames]
    assert status == 200 and sorted(told_of, key=str) == [
        ("done", None),
        ("error", "frame.invalid"),
        ("error", "frame.malformed"),
        ("error", "topic.not_joined"),
        ("pong", None),
        ("refused", "command.not_allowed"),
    ]
    assert (await ada.until(lambda frame: frame["op"] == "pulse"))["reactions"] == {"clap": 1}
    ada.abort()


async def test_who_never_came_says_nothing(server: LiveServer) -> None:
    status, refusal = await by_link(server).post({"op": "ping"})
    assert (status, refusal["code"]) == (403, "person.absent")


async def test_the_expired_are_ended_and_the_unknown_kept_out(start: Starter) -> None:
    server = await start(Settings(pace=False, beat=0.5))
    nobody = await Listener(server.url).open()
    assert nobody.status == 401
    status, refusal = await Listener(server.url).post({"op": "ping"})
    assert (status, refusal["code"]) == (401, "token.missing")
    ada = await by_link(server, expires=now_ms() + 1500).joined()
    end = await ada.until(lambda frame: frame["op"] == "close")
    assert end["code"] == 4401


async def test_a_silent_stream_beats(start: Starter) -> None:
    server = await start(Settings(pace=False, beat=0.5, pong_within=0.5))
    ada = await by_link(server).joined()
    for _ in range(2):
        beat = await ada.until(lambda frame: frame["op"] == "beat")
    assert beat["at"][TOPIC]
    ada.abort()


@pytest.mark.parametrize(
    "query",
    [
        "join=x",
        "join=%7B%22op%22%3A%22ping%22%7D",
        "life=nan",
        "life=x",
        "join=%ff",
        "&".join(["join=1"] * 20),
    ],
)
async def test_an_address_that_asks_for_something_else_is_refused(server: LiveServer, query: str) -> None:
    asking = await by_link(server).open(more=query)
    assert asking.status == 400


async def test_a_command_in_an_address_does_nothing(server: LiveServer) -> None:
    ada = by_link(server)
    asking = await ada.open(ada.do("say", text="by address"))
    assert asking.status == 400


async def test_when_the_server_stops_everybody_is_told_when_to_come_back(server: LiveServer) -> None:
    ada = await by_link(server).joined()
    stopping = asyncio.ensure_future(server.stop())
    end = await ada.until(lambda frame: frame["op"] == "close")
    assert (end["code"], json.loads(end["reason"])) == (1012, {"retry_after": 1})
    await stopping
    await server.start()


# whose page asks


@pytest.mark.parametrize("way", ["stream", "post"])
async def test_only_a_page_of_ours_is_told_by_its_cookie(server: LiveServer, way: str) -> None:
    cookie = server.cookie(id="ada")
    first = await by_cookie(server, cookie, "Webinar-Protocol: webinar.v1.json").joined()

    async def status(*lines: str) -> int:
        asking = by_cookie(server, cookie, *lines)
        if way == "post":
            return (await asking.post({"op": "ping"}))[0]
        return (await asking.open()).status

    # what a page elsewhere can make a browser send: a link, a picture, a form, a request in blindness
    assert await status() == 403
    assert await status("Sec-Fetch-Site: cross-site", "Accept: text/event-stream") == 403
    assert await status("Origin: https://evil.example") == 403
    assert await status("Origin: https://evil.example", "Webinar-Protocol: webinar.v1.json") == 403
    assert await status("Origin: null") == 403
    assert await status(f"Origin: {server.url}") == 200
    assert await status("Webinar-Protocol: webinar.v1.json") == 200
    # a proxy that rewrites the Host line
    rewritten = ("Host: backend:1", f"Origin: {server.url}")
    assert await status(*rewritten) == 403
    assert await status(*rewritten, "Sec-Fetch-Site: same-origin") == 200
    assert await status(*rewritten, "Sec-Fetch-Site: same-site") == 403
    first.abort()


async def test_under_another_name_than_the_public_address_nobody_is_told(start: Starter) -> None:
    server = await start(public_url="https://live.example.org")
    ada = by_link(server)
    ada.lines = (*ada.lines, "Host: evil.example")
    assert (await ada.open()).status == 421
    assert (await ada.post({"op": "ping"}))[0] == 421


async def test_no_other_method_begins_a_stream(server: LiveServer) -> None:
    before = streams()
    who = f"Authorization: Bearer {server.token()}"
    for method in ("HEAD", "PUT", "DELETE", "OPTIONS"):
        raw = await told(
            server,
            f"{method} /live/stream HTTP/1.1\r\nHost: x\r\n{who}\r\nConnection: close\r\n\r\n".encode(),
        )
        assert raw[0] in (404, 405), (method, raw)
    assert streams() == before


# who attacks it


async def test_streams_count_as_sockets_of_a_person(start: Starter) -> None:
    server = await start(Settings(connections_each=3))
    ada = server.token(id="ada")
    sockets = [await server.client(ada).open() for _ in range(2)]
    open_ = await Listener(server.url, f"Authorization: Bearer {ada}").open()
    assert open_.status == 200
    assert (await Listener(server.url, f"Authorization: Bearer {ada}").open()).status == 429
    open_.abort()
    again = await Listener(server.url, f"Authorization: Bearer {ada}").open()
    for _ in range(100):
        if again.status == 200:
            break
        await asyncio.sleep(0.05)
        again = await Listener(server.url, f"Authorization: Bearer {ada}").open()
    assert again.status == 200
    again.abort()
    for one in sockets:
        one.abort()


async def test_who_sends_behind_a_stream_is_cut_off(server: LiveServer) -> None:
    before = streams()
    who = f"Authorization: Bearer {server.token()}"
    ask = f"GET /live/stream HTTP/1.1\r\nHost: x\r\n{who}\r\n\r\n".encode()
    assert (await told(server, ask + ask))[0] == 400
    ada = await by_link(server).joined()
    assert ada._raw is not None
    ada._raw.write(b"GET / HTTP/1.1\r\n")
    with pytest.raises((EOFError, ConnectionError)):
        while True:
            await ada.frame()
    await quiet(lambda: streams() == before)


async def test_a_flood_of_posts_is_slowed_down(start: Starter) -> None:
    server = await start(Settings())
    ada = await by_link(server).joined()
    answers = await asyncio.gather(*(ada.post({"op": "ping"}) for _ in range(100)))
    refused = [answer for status, answer in answers if status == 429]
    assert len(refused) >= 20 and all(one["code"] == "pace.posts" and one["retry_after"] for one in refused)
    ada.abort()


async def test_who_reads_nothing_is_ended_and_holds_nobody_up(start: Starter) -> None:
    server = await start(Settings(pace=False, stalled_after=1.0, high_water=2048))
    bob = await server.joined("Bob")
    before = streams()
    ada = await by_link(server).joined()
    assert ada._raw is not None
    ada._raw.reader._transport.pause_reading()  # type: ignore[attr-defined]
    narrow(ada._raw.writer.transport, socket.SO_RCVBUF)
    connections = server._server.server_state.connections
    narrow(next(one for one in connections if isinstance(one, Stream)).transport, socket.SO_SNDBUF)
    for number in range(400):
        await bob.do("say", text=f"{number} " + "x" * 400)
    await quiet(lambda: streams() == before)
