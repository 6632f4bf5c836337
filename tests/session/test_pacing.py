"""Pacing: a slow chat, messages that wait and are let go or stopped; nothing is dropped in silence."""

import pytest

from tests.session.scene import Scene, scene
from webinar_server.session import SESSION
from webinar_server.session.chat import Message
from webinar_server.session.due import due
from webinar_server.session.held import HELD_EACH, Held
from webinar_server.session.pacing import DELAY_MAX, SLOW_MAX, WORDS_MAX, Pacing
from webinar_server.session.questions import Question


def paced(**how: object) -> Scene:
    return scene().given("host", "set_pacing", **how)


def test_everybody_is_told_how_fast_the_chat_goes_and_hosts_alone_of_which_words_wait() -> None:
    story = paced(slow=30, words=["Lottery"])
    assert story.sees("ada", Pacing, "now") == {"slow": 30, "delay": 0, "reviewed": False}
    assert story.sees("host", Pacing, "now") == {
        "slow": 30,
        "delay": 0,
        "reviewed": False,
        "words": ["Lottery"],
    }
    assert story.sees("stage", Pacing, "now") is None


def test_what_is_left_out_stays() -> None:
    paced(slow=30).given("organiser", "set_pacing", delay=5).then(Pacing, "now", slow=30, delay=5)


@pytest.mark.parametrize("how", [{"slow": SLOW_MAX + 1}, {"slow": -1}, {"delay": DELAY_MAX + 1}])
def test_there_is_a_slowest(how: dict[str, int]) -> None:
    scene().when("host", "set_pacing", **how).then_refused("command.invalid")
    scene().when("host", "set_pacing", words=["x"] * (WORDS_MAX + 1)).then_refused("command.invalid")


def test_only_hosts_set_it() -> None:
    for who in ("ada", "speaker"):
        scene().when(who, "set_pacing", slow=1).then_refused("command.not_allowed")


def test_in_a_slow_chat_one_waits_between_two_messages_and_is_told_how_long() -> None:
    story = paced(slow=30).given("ada", "say", text="One")
    story.when("ada", "say", text="Two").then_refused("chat.slow")
    assert story.refusal is not None and story.refusal.retry_after == pytest.approx(29, abs=0.2)
    story.when("bob", "say", text="Mine").then_done()
    story.later(29_000).when("ada", "say", text="Two").then_done()


def test_who_leads_or_speaks_is_not_slowed_down_nor_looked_at_first() -> None:
    story = paced(slow=120, delay=60, reviewed=True, words=["lottery"])
    for who in ("host", "speaker", "organiser"):
        story.given(who, "say", text="The lottery of life").when(who, "say", text="Again").then_done()
    assert story.state.count(Held) == 0


def test_what_waits_in_a_slow_chat_counts_as_said() -> None:
    story = paced(slow=30, reviewed=True).given("ada", "say", text="One")
    story.when("ada", "say", text="Two").then_refused("chat.slow")


def test_with_a_delay_hosts_see_a_message_before_the_others() -> None:
    story = paced(delay=5).given("ada", "say", id="m", text="Hello")
    assert story.sees("bob", Held, "m") is None and story.state.get(Message, "m") is None
    seen = story.sees("host", Held, "m")
    assert seen is not None and (seen["text"], seen["why"], seen["until"]) == (
        "Hello",
        "delay",
        story.at + 5_000,
    )
    assert story.sees("ada", Held, "m") == seen, "its writer is told that it waits, and until when"
    alarm = due(story.state)
    assert alarm is not None and alarm.at == story.at + 5_000
    story.later(4_000).when("organiser", "let_go_in_time").then_done().then_gone(Held, "m")
    told = story.sees("bob", Message, "m")
    assert told is not None and told["text"] == "Hello"
    assert due(story.state) is None


def test_it_is_never_let_go_early_and_only_once() -> None:
    story = paced(delay=5).given("ada", "say", id="m", text="Hello")
    story.when("organiser", "let_go_in_time").then_refused("held.gone")
    story.later(5_000).given("organiser", "let_go_in_time")
    story.when("organiser", "let_go_in_time").then_refused("held.gone")


def test_several_are_let_go_in_the_order_in_which_they_were_said() -> None:
    story = paced(delay=5)
    for n, who in enumerate(("bob", "ada", "bob")):
        story.given(who, "say", id=f"m{9 - n}", text=f"line {n}")
    story.later(10_000).given("organiser", "let_go_in_time")
    assert [one.text for one in sorted(story.state.all(Message), key=lambda one: one.at)] == [
        "line 0",
        "line 1",
        "line 2",
    ]
    assert len({one.at for one in story.state.all(Message)}) == 3


def test_a_host_stops_one_and_its_writer_sees_that() -> None:
    story = paced(delay=5).given("ada", "say", id="m", text="Hello").given("host", "stop", held="m")
    story.then_gone(Held, "m")
    assert story.sees("bob", Message, "m") is None
    mine = story.sees("ada", Message, "m")
    assert mine is not None and mine["hidden"]
    story.given("host", "restore", message="m")
    assert story.sees("bob", Message, "m") is not None


def test_where_a_host_looks_first_nothing_goes_by_itself() -> None:
    story = paced(reviewed=True).given("ada", "say", id="m", text="Hello")
    assert due(story.state) is None
    story.given("host", "let_go", held="m").then_gone(Held, "m").then(Message, "m", text="Hello", by="ada")
    assert story.the(Message, "m").at >= story.at, "it is said now, where people look"


@pytest.mark.parametrize(
    "text", ["Win the LOTTERY!", "lottery.", "a lóttery", "free-money now", "my lottery, yours"]
)
def test_what_has_a_word_of_the_list_waits_and_its_writer_is_told(text: str) -> None:
    story = paced(words=["lottery", "Free money"]).given("ada", "say", id="m", text=text)
    mine = story.sees("ada", Held, "m")
    assert mine is not None and (mine["why"], mine["until"]) == ("word", None)
    story.given("host", "let_go", held="m").then(Message, "m", text=text)


@pytest.mark.parametrize("text", ["lotteries", "Freemoney", "hello"])
def test_other_words_do_not_wait(text: str) -> None:
    paced(words=["lottery", "free money"]).given("ada", "say", id="m", text=text).then(Message, "m")


def test_a_question_with_such_a_word_waits_too_and_its_asker_sees_that() -> None:
    story = paced(words=["lottery"]).given("ada", "ask", id="q", text="Is it a lottery?")
    story.then(Question, "q", state="held")
    mine = story.sees("ada", Question, "q")
    assert mine is not None and mine["state"] == "held"
    story.given("host", "arrive").given("host", "ask", id="r", text="A lottery?").then(
        Question, "r", state="open"
    )


def test_nobody_fills_the_line_of_what_waits() -> None:
    story = paced(reviewed=True)
    for n in range(HELD_EACH):
        story.given("ada", "say", text=f"line {n}")
    story.when("ada", "say", text="one more").then_refused("held.too_many")
    story.when("bob", "say", text="mine").then_done()


def test_the_words_that_wait_are_each_kept_once() -> None:
    paced(words=["Lottery", "lottery", "LOTTERY!"]).then(Pacing, "now", words=("LOTTERY!",))


def test_what_was_held_is_erased_with_who_wrote_it() -> None:
    story = paced(reviewed=True).given("ada", "say", id="m", text="Hello")
    story.given("organiser", "forget_people", people=["ada"]).then_gone(Held, "m")


def test_the_server_alone_lets_go_in_time() -> None:
    assert SESSION.commands["let_go_in_time"].INTERNAL and SESSION.commands["end_timeouts"].INTERNAL
