"""One socket: joining, doing, leaving, in both codecs."""

import pytest

from tests.web.server import TOPIC, LiveServer
from webinar_server.clock import now_ms

CODECS = pytest.mark.parametrize("codec", ["json", "msgpack"])


@CODECS
async def test_who_joins_gets_the_state_and_what_happens_next(server: LiveServer, codec: str) -> None:
    ada, bob = await server.joined("Ada", codec=codec), await server.joined("Bob", codec=codec)
    assert ada.hello["you"]["name"] == "Ada" and ada.hello["protocol"] == 1
    assert bob.screen.of("session")["s1"]["state"] == "open"
    done = await ada.do("say", text="hello")
    await bob.until(lambda: done["result"]["id"] in bob.screen.of("message"))
    await bob.until(lambda: len(bob.screen.of("person")) == 2)
    fresh = await server.joined("Ada", codec=codec, id=ada.hello["you"]["id"])
    await ada.until(lambda: ada.screen.at == fresh.screen.at)
    assert ada.screen.records == fresh.screen.records


@CODECS
async def test_done_comes_after_the_state_that_shows_it(server: LiveServer, codec: str) -> None:
    ada = await server.joined(codec=codec)
    for number in range(20):
        done = await ada.do("say", text=f"number {number}")
        assert ada.screen.at is not None and ada.screen.at[0] >= done["at"][0]
        assert ada.screen.of("message")[done["result"]["id"]]["text"] == f"number {number}"


async def test_who_left_a_topic_hears_no_more_of_it_and_may_come_back(server: LiveServer) -> None:
    ada, bob = await server.joined("Ada"), await server.joined("Bob")
    await ada.send(op="leave", topic=TOPIC)
    assert (await ada.refused("say", text="from outside"))["code"] == "topic.not_joined"
    seen = len(ada.screen.frames)
    await bob.do("say", text="hello")
    await ada.alive()
    assert len(ada.screen.frames) == seen
    await ada.join(TOPIC, ada.screen.at)
    assert ada.screen.texts() == ["hello"] and not ada.screen.resets


async def test_commands_sent_right_behind_the_join_wait_for_it(server: LiveServer) -> None:
    ada = await server.connected()
    ada.topic = TOPIC
    await ada.send(op="join", topic=TOPIC)
    for number in range(10):
        await ada.send(op="do", topic=TOPIC, ref=f"r{number}", command="ask", args={"text": f"Why {number}?"})
    await ada.until(lambda: ada.count("done") == 10, "all done")
    assert [frame["ref"] for frame in ada.said if frame["op"] == "done"] == [f"r{n}" for n in range(10)]


async def test_a_join_of_another_session_or_none_is_told_and_harms_nothing(server: LiveServer) -> None:
    await server.add_session("s2")
    ada = await server.joined()
    for topic in ("session/s2", "session/none", "mission/s1", "", "session/", "s1"):
        await ada.send(op="join", topic=topic)
    await ada.until(lambda: len(ada.errors) == 6)
    assert set(ada.errors) == {"topic.forbidden"}
    assert (await ada.refused("say", topic="session/s2", text="x"))["code"] == "topic.not_joined"
    assert (await ada.do("say", text="still here"))["result"]["id"]


async def test_silence_is_filled_with_beats_that_say_where_the_session_stands(start) -> None:
    from webinar_server.settings import Settings

    server = await start(Settings(pace=False, beat=0.5))
    began = now_ms()
    ada = await server.joined()
    await ada.until(lambda: ada.count("beat") >= 2, "beats")
    beat = next(frame for frame in reversed(ada.said) if frame["op"] == "beat")
    assert ada.screen.at is not None and beat["at"] == {TOPIC: list(ada.screen.at)}
    # Unix ms, so that a page whose clock is wrong shows the right moments
    assert began <= ada.hello["now"] < beat["now"] <= now_ms()
