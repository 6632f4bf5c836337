"""Who sees what: a person's own comes to them alone, and what nobody may see leaves no trace in a frame."""

from __future__ import annotations

import pytest

from tests.live.house import House, Watcher
from webinar_server.live.telling.codec import JSON, MSGPACK, Codec

CODECS = pytest.mark.parametrize("codec", [JSON, MSGPACK], ids=["json", "msgpack"])


class Audience:
    """Everybody who might look: the asker, a neighbour, a host, the stage."""

    def __init__(self, house: House, codec: Codec) -> None:
        self.asker = house.watch("ada", codec=codec)
        self.neighbour = house.watch("bob", codec=codec)
        self.host = house.watch("host", "host", codec=codec)
        self.stage = house.watch("stage", "stage", codec=codec)
        self.all = (self.asker, self.neighbour, self.host, self.stage)

    def seeing(self, kind: str, id: str) -> list[Watcher]:
        return [watcher for watcher in self.all if id in watcher.screen.of(kind)]


def ever(watcher: Watcher) -> str:
    """Everything a watcher was ever told."""
    return str(watcher.screen.frames)


@CODECS
async def test_a_held_question_is_seen_by_its_asker_and_the_hosts(house: House, codec: Codec) -> None:
    await house.do("host", "change_session", premoderated=True)
    await house.arrive("ada", "bob")
    audience = Audience(house, codec)
    id = await house.create("ada", "ask", text="A quiet question?", shown="anonymous")
    await house.told(*audience.all)
    assert audience.seeing("question", id) == [audience.asker, audience.host]
    assert audience.asker.screen.of("question")[id]["mine"] is True
    assert audience.asker.screen.of("question")[id]["asker"]["name"] == "Ada"
    assert audience.host.screen.of("question")[id]["asker"] == {}
    later = house.watch("ada", codec=codec)
    assert later.screen.records == audience.asker.screen.records
    await house.do("host", "approve", question=id)
    await house.told(*audience.all)
    assert audience.neighbour.screen.of("question")[id]["asker"] == {}
    for other in (audience.neighbour, audience.stage):
        assert "A quiet" not in str(other.screen.frames[:-1]) and "reason" not in ever(other)


@CODECS
async def test_who_is_next_is_told_to_them_and_the_hosts(house: House, codec: Codec) -> None:
    await house.arrive("ada", "bob")
    id = await house.create("ada", "ask", text="Why?")
    audience = Audience(house, codec)
    await house.do("host", "deck", question=id)
    await house.told(*audience.all)
    assert audience.asker.screen.of("question")[id]["state"] == "on_deck"
    assert audience.host.screen.of("question")[id]["state"] == "on_deck"
    assert audience.neighbour.screen.of("question")[id]["state"] == "queued"
    assert audience.asker.screen.of("stage")["now"]["on_deck"] == id
    assert audience.host.screen.of("stage")["now"]["on_deck"] == id
    for other in (audience.neighbour, audience.stage):
        assert "on_deck" not in ever(other)
    await house.do("host", "spotlight", question=id)
    await house.told(*audience.all)
    assert all(watcher.screen.of("stage")["now"]["live"] == id for watcher in audience.all)
    assert "on_deck" not in audience.asker.screen.of("stage")["now"]


@CODECS
async def test_ones_vote_comes_to_oneself_and_nobody_learns_of_the_others(house: House, codec: Codec) -> None:
    await house.arrive("ada", "bob")
    poll = await house.create("host", "draft_poll", question="Which?", options=["left", "right"])
    await house.do("host", "open_poll", poll=poll)
    audience = Audience(house, codec)
    await house.do("ada", "vote", poll=poll, options=["2"])
    await house.told(*audience.all)
    assert audience.asker.screen.of("vote") == {f"{poll}/ada": {"poll": poll, "options": ["2"]}}
    for other in (audience.neighbour, audience.host, audience.stage):
        assert "vote" not in {
            kind for frame in other.screen.frames for kind in (*frame["put"], *frame["gone"])
        }
    assert not any('"votes"' in str(ever(one)) or "'votes'" in str(ever(one)) for one in audience.all)
    await house.do("ada", "vote", poll=poll, options=[])
    await house.told(*audience.all)
    assert audience.asker.screen.of("vote") == {}
    await house.do("ada", "vote", poll=poll, options=["2"])
    await house.do("host", "close_poll", poll=poll)
    await house.told(*audience.all)
    assert not any("votes" in str(ever(one)) for one in audience.all), "of one alone nobody is told"
    await house.do("host", "open_poll", poll=poll)
    for another in ("cem", "dee", "eva", "fay"):
        await house.do(another, "vote", poll=poll, options=["2"])
    await house.do("host", "close_poll", poll=poll)
    await house.told(*audience.all)
    assert [o["votes"] for o in audience.host.screen.of("poll")[poll]["options"]] == [0, 5]
    assert not any("votes" in str(ever(one)) for one in (audience.asker, audience.neighbour, audience.stage))


@CODECS
async def test_votes_and_supports_appear_in_no_frame_of_others_neither_put_nor_gone(
    house: House, codec: Codec
) -> None:
    await house.arrive("ada", "bob")
    question = await house.create("ada", "ask", text="Why?")
    poll = await house.create("host", "draft_poll", question="Which?", options=["a", "b"])
    await house.do("host", "open_poll", poll=poll)
    audience = Audience(house, codec)
    for options in (["1"], ["2"], []):
        await house.do("bob", "vote", poll=poll, options=options)
        await house.told(*audience.all)
    for command in ("support", "unsupport", "support"):
        await house.do("bob", command, question=question)
        await house.told(*audience.all)
    position = house.room.state.position
    returned = [
        house.watch(w.person, w.audience, at=w.screen.frames[0]["at"], codec=codec) for w in audience.all
    ]
    assert position == house.room.state.position
    for watcher in (*audience.all, *returned):
        for frame in watcher.screen.frames:
            kinds = set(frame["put"]) | set(frame["gone"])
            assert watcher.person == "bob" or not kinds & {"vote", "support"}, frame
    assert audience.neighbour.screen.of("support") == {f"{question}/bob": {"question": question}}


@CODECS
async def test_a_hidden_message_stays_with_its_writer_and_the_hosts(house: House, codec: Codec) -> None:
    audience = Audience(house, codec)
    id = await house.create("ada", "say", text="oops")
    await house.do("host", "hide", message=id)
    await house.told(*audience.all)
    assert audience.seeing("message", id) == [audience.asker, audience.host]
    assert audience.asker.screen.of("message")[id]["hidden"] is True
    assert "oops" not in ever(audience.stage)
    assert "host" not in str(audience.asker.screen.of("message")[id].get("hidden_by", ""))


@CODECS
async def test_what_hosts_know_of_people_is_told_to_hosts_and_to_oneself(house: House, codec: Codec) -> None:
    await house.arrive("ada", "bob")
    audience = Audience(house, codec)
    await house.do("host", "greet", person="ada", aloud=True)
    await house.do("ada", "introduce", say_as="AY-da")
    await house.do("ada", "raise_hand")
    await house.told(*audience.all)
    for watcher in (audience.asker, audience.host):
        seen = watcher.screen.of("person")["ada"]
        assert seen["say_as"] == "AY-da" and seen["hand"] and seen["greeted"]["aloud"]
    assert set(audience.neighbour.screen.of("person")["ada"]) == {
        "name", "organisation", "kind", "country", "role", "imitates", "here", "pitch", "link"
    }  # fmt: skip
    assert audience.stage.screen.of("person") == {} and "AY-da" not in ever(audience.stage)


async def test_a_draft_of_a_poll_is_the_hosts_own(house: House) -> None:
    audience = Audience(house, JSON)
    poll = await house.create("host", "draft_poll", question="A secret plan?", options=["a", "b"])
    await house.told(*audience.all)
    assert audience.seeing("poll", poll) == [audience.host]
    for other in (audience.asker, audience.stage):
        assert "secret" not in ever(other)


@CODECS
async def test_what_an_audience_cannot_see_change_is_not_told_to_it(house: House, codec: Codec) -> None:
    await house.do("host", "change_session", premoderated=True)
    await house.arrive("ada", "bob")
    approved = await house.create("ada", "ask", text="An approved question?")
    await house.do("host", "approve", question=approved)
    await house.do("host", "queue", question=approved)
    audience = Audience(house, codec)
    heard = {watcher: len(watcher.screen.frames) for watcher in (audience.neighbour, audience.stage)}
    await house.create("ada", "ask", text="A held question?")
    await house.create("host", "draft_poll", question="Which?", options=["a", "b"])
    await house.do("host", "greet", person="ada")
    await house.do("ada", "raise_hand")
    await house.do("host", "deck", question=approved)
    await house.told(audience.asker, audience.host)
    assert audience.asker.screen.of("question")[approved]["state"] == "on_deck"
    for watcher, before in heard.items():
        assert watcher.screen.frames[before:] == []


@CODECS
async def test_a_vote_taken_back_leaves_the_voters_own_mark_too(house: House, codec: Codec) -> None:
    await house.arrive("ada", "bob")
    poll = await house.create("host", "draft_poll", question="Which?", options=["a", "b"])
    await house.do("host", "open_poll", poll=poll)
    audience = Audience(house, codec)
    await house.do("ada", "vote", poll=poll, options=["1"])
    await house.told(audience.asker)
    assert audience.asker.screen.of("vote")[f"{poll}/ada"]["options"] == ["1"]
    await house.do("ada", "vote", poll=poll, options=[])
    await house.told(audience.asker)
    assert audience.asker.screen.of("vote") == {}
