"""Fan-out: encoded once, told in ticks, and nobody waited for."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.live.house import TOPIC, House, Watcher
from tests.web.client import until
from webinar_server.live.telling.codec import JSON, MSGPACK, JsonCodec

# encoded once


class Counted(JsonCodec):
    """The codec, counting what it is asked for."""

    def __init__(self) -> None:
        self.views = 0
        self.states = 0

    def view(self, view: Any) -> bytes:
        self.views += 1
        return super().view(view)

    def around(self, *args: Any) -> list[bytes]:
        self.states += 1
        return super().around(*args)


class Listener(Watcher):
    """A watcher that keeps the frames and does not look into them."""

    def write(self, frame: bytes) -> None:
        self.frames.append(frame)


def crowd(house: House, codec: Counted, size: int = 300) -> list[Listener]:
    listeners = [Listener(f"p{number}", "attendee", codec) for number in range(size)]
    for listener in listeners:
        house.room.fanout.attach(listener, None)
    return listeners


async def one_more(listeners: list[Listener], codec: Counted, told: asyncio.Future[Any]) -> None:
    """Wait until a command is done and all have heard of it, counting from here."""
    before = [len(listener.frames) for listener in listeners]
    codec.views = codec.states = 0
    await told
    await until(lambda: all(len(li.frames) > n for li, n in zip(listeners, before, strict=True)), "heard")


async def test_three_hundred_who_join_share_one_frame(house: House) -> None:
    await house.do("host", "say", text="welcome")
    codec = Counted()
    listeners = crowd(house, codec)
    assert codec.states == 1 and codec.views == 2, "the session and the message"
    assert len({id(listener.frames[0]) for listener in listeners}) == 1


async def test_a_message_is_encoded_once_for_three_hundred_viewers(house: House) -> None:
    codec = Counted()
    listeners = crowd(house, codec)
    await one_more(listeners, codec, house.send("host", "say", text="hello all"))
    assert (codec.views, codec.states) == (1, 1)
    assert len({id(listener.frames[1]) for listener in listeners}) == 1


async def test_a_late_joiner_encodes_no_record_anew_and_shares_the_frame_of_the_tick(house: House) -> None:
    codec = Counted()
    listeners = crowd(house, codec, 10)
    await one_more(
        listeners, codec, asyncio.gather(*(house.send("host", "say", text=f"{n}") for n in range(50)))
    )
    codec.views = codec.states = 0
    late = crowd(house, codec, 30)
    assert (codec.views, codec.states) == (0, 1), "every record was encoded when it came"
    assert len({id(listener.frames[0]) for listener in late}) == 1


async def test_a_message_makes_no_task(house: House) -> None:
    listeners = crowd(house, Counted())
    await house.do("host", "say", text="the first")
    loop, made = asyncio.get_running_loop(), []

    def factory(loop: asyncio.AbstractEventLoop, work: Any, **more: Any) -> asyncio.Task[Any]:
        made.append(work)
        return asyncio.Task(work, loop=loop, **more)

    told = [house.send("host", "say", text=f"{number}") for number in range(100)]
    loop.set_task_factory(factory)
    while not all(one.done() for one in told):  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    loop.set_task_factory(None)
    assert made == [] and all(len(listener.frames) > 1 for listener in listeners)


async def test_many_messages_of_one_tick_are_one_frame(house: House) -> None:
    codec = Counted()
    listeners = crowd(house, codec)
    told = [house.send("host", "say", text=f"{number}") for number in range(100)]
    await one_more(listeners, codec, asyncio.gather(*told))
    assert (codec.views, codec.states) == (100, 1)
    assert all(len(listener.frames) == 2 for listener in listeners)


async def test_each_audience_and_codec_is_encoded_for_once(house: House) -> None:
    watchers = [
        house.watch(f"p{number}", audience, codec=codec)
        for audience in ("attendee", "host", "stage")
        for codec in (JSON, MSGPACK)
        for number in range(10)
    ]
    await house.do("host", "change_session", title="A new title")
    await house.told(*watchers)
    assert len({id(watcher.frames[-1]) for watcher in watchers}) == 6


async def test_voters_and_others_share_the_frame_of_a_result(house: House) -> None:
    people = [f"p{number}" for number in range(300)]
    await house.arrive(*people[:2])
    poll = await house.create("host", "draft_poll", question="Which?", options=["a", "b", "c"], choose="many")
    await house.do("host", "open_poll", poll=poll)
    for number, who in enumerate(people):
        if number % 3:
            house.send(who, "vote", poll=poll, options=[str(number % 3)])
    await house.do("host", "close_poll", poll=poll)
    codec = Counted()
    listeners = crowd(house, codec)
    await one_more(listeners, codec, house.send("host", "reveal_poll", poll=poll))
    assert codec.views == 1 and codec.states == 1
    assert len({id(listener.frames[-1]) for listener in listeners}) == 1


# slow viewers


async def test_a_slow_viewer_is_skipped_and_later_gets_all_of_it_in_one_frame(house: House) -> None:
    slow, quick = house.watch("slow"), house.watch("quick")
    slow.unsent = house.settings.high_water + 1
    for number in range(10):
        await house.do("host", "say", text=f"{number}")
    await house.told(quick)
    assert len(slow.frames) == 1
    slow.unsent = house.settings.high_water
    house.room.fanout.notify()
    await house.told(slow)
    assert len(slow.frames) == 2 and slow.screen.records == quick.screen.records


async def test_who_came_back_to_speed_sees_the_latest_version_only(house: House) -> None:
    slow = house.watch("slow")
    slow.unsent = house.settings.high_water + 1
    id = await house.create("host", "say", text="seen by the quick")
    await house.do("host", "hide", message=id)
    slow.unsent = 0
    house.room.fanout.notify()
    await house.told(slow)
    assert slow.screen.of("message") == {} and "quick" not in str(slow.screen.frames)


# pulses


async def test_reactions_of_a_tick_are_one_pulse_and_never_in_the_log(house: House) -> None:
    watchers = [house.watch(f"p{number}", codec=codec) for number in range(3) for codec in (JSON, MSGPACK)]
    slow = house.watch("slow")
    slow.unsent = house.settings.high_water + 1
    head = await house.log.head(TOPIC)
    for _ in range(40):
        house.room.fanout.pulse("clap")
    house.room.fanout.pulse("heart")
    await until(lambda: all(watcher.pulses for watcher in watchers), "a pulse")
    assert all(watcher.pulses == [{"clap": 40, "heart": 1}] for watcher in watchers)
    assert len({id(watcher.frames[-1]) for watcher in watchers}) == 2
    assert slow.pulses == [] and await house.log.head(TOPIC) == head
    house.room.fanout.pulse("wow")
    await until(lambda: len(watchers[0].pulses) == 2, "the next pulse")
    assert watchers[0].pulses[1] == {"wow": 1}
