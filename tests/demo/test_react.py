"""What a guest knows from frames, and how the audience answers: plausibly, and the same by seed."""

from typing import Any

from webinar_server.demo.act import PULSE, Act
from webinar_server.demo.cast import cast
from webinar_server.demo.react import Reactions
from webinar_server.demo.watch import Answered, Asked, Greeted, Live, News, OnDeck, PollOpened, Watch
from webinar_server.session import SESSION

GUESTS = cast(2020, 300)
POLL = PollOpened("Tea or coffee?", "p1", ("1", "2"), False)


def everybody(news: News, seed: int = 2020) -> list[Act]:
    reactions = Reactions(GUESTS, seed)
    return [act for number in range(len(GUESTS)) for act in reactions.to(news, number)]


def put(at: int, **records: Any) -> dict[str, Any]:
    return {"op": "state", "at": [at, "tag"], "put": records, "gone": {}}


def question(state: str, **more: Any) -> dict[str, Any]:
    return {"text": "Why?", "state": state, "shown": "named"} | more


def told(watch: Watch, frame: dict[str, Any]) -> list[News]:
    """What is news to a guest in a frame."""
    fresh = bool(frame.get("reset")) or not watch.is_whole
    return watch.news(watch.merge(frame), fresh)


# reactions


def test_the_same_seed_answers_alike_in_any_order() -> None:
    assert everybody(POLL) == everybody(POLL)
    reactions = Reactions(GUESTS, 2020)
    backwards = [act for number in reversed(range(300)) for act in reactions.to(POLL, number)]
    assert sorted(backwards, key=lambda act: act.guest) == everybody(POLL)
    assert everybody(POLL, seed=7) != everybody(POLL)


def test_most_vote_within_ten_seconds_at_different_speeds() -> None:
    waits = [act.at for act in everybody(POLL) if act.command == "vote"]
    assert len(waits) >= 230
    assert sum(wait <= 10 for wait in waits) >= 0.9 * len(waits)
    assert min(waits) < 1.5 and len(set(waits)) > 150


def test_a_vote_is_among_the_options_and_one_unless_many() -> None:
    many = PollOpened("What next?", "p2", ("1", "2", "3"), True)
    for act in (act for act in everybody(POLL) if act.command == "vote"):
        assert len(act.args["options"]) == 1
    chosen = [act.args["options"] for act in everybody(many) if act.command == "vote"]
    assert all(set(options) <= {"1", "2", "3"} and options for options in chosen)
    assert any(len(options) > 1 for options in chosen)


def test_whoever_is_greeted_mostly_says_thanks_to_the_host_by_name() -> None:
    said = [act.args["text"] for act in everybody(Greeted("Marieke Vos")) if act.command == "say"]
    assert 200 <= len(said) <= 260
    assert any("Marieke" in text for text in said)


def test_a_spotlight_brings_a_few_words_and_some_applause() -> None:
    acts = everybody(Live("Why?", mine=False))
    assert 1 <= sum(act.command == "say" for act in acts) <= 12
    assert 15 <= sum(act.command == PULSE for act in acts) <= 60


def test_the_asker_says_thanks_when_live_and_when_answered() -> None:
    assert sum(act.command == "say" for act in everybody(Live("Why?", mine=True))) >= 250
    assert sum(act.command == "say" for act in everybody(Answered("Why?", mine=True))) >= 250


def test_some_support_a_question_and_most_do_not() -> None:
    assert 0 < len(everybody(Asked("What would you do differently?", "q1"))) < 150


def test_on_deck_people_introduce_themselves_and_some_anonymous_ones_show_more() -> None:
    acts = everybody(OnDeck("Why?", "q1", "anonymous"))
    assert {act.command for act in acts} == {"introduce", "show_as"}


def test_every_answer_is_a_command_the_session_knows() -> None:
    news: list[News] = [POLL, Greeted("M"), Asked("a", "q"), OnDeck("a", "q", "anonymous"), Live("a", False)]
    for act in (act for item in news for act in everybody(item) if act.command != PULSE):
        SESSION.parse(act.command, act.args)


# what is news


def test_in_the_first_frame_only_an_open_poll_is_news() -> None:
    poll = {"question": "Tea?", "state": "open", "choose": "one", "options": [{"id": "1"}]}
    news = told(
        Watch("me"), put(1, poll={"p": poll}, question={"q": question("open")}, stage={"now": {"live": "q"}})
    )
    assert news == [PollOpened("Tea?", "p", ("1",), False)]


def test_a_poll_i_voted_in_is_no_news() -> None:
    poll = {"question": "Tea?", "state": "open", "choose": "one", "options": [{"id": "1"}]}
    vote = {"p/me": {"poll": "p", "options": ["1"]}}
    assert told(Watch("me"), put(1, poll={"p": poll}, vote=vote)) == []


def test_the_way_of_a_question_is_told_once_each() -> None:
    watch = Watch("me")
    told(watch, put(1))
    mine = question("open", mine=True)
    assert told(watch, put(2, question={"q": question("open"), "m": mine})) == [Asked("Why?", "q")]
    assert told(watch, put(3, stage={"now": {"live": None, "on_deck": "m"}})) == [
        OnDeck("Why?", "m", "named")
    ]
    live = put(4, stage={"now": {"live": "m"}}, question={"m": mine | {"state": "live"}})
    assert told(watch, live) == [Live("Why?", True, "m")]
    assert told(watch, live) == []
    answered = put(5, stage={"now": {"live": None}}, question={"m": mine | {"state": "answered"}})
    assert told(watch, answered) == [Answered("Why?", mine=True)]


def test_a_greeting_is_told_once() -> None:
    watch = Watch("me")
    told(watch, put(1, person={"me": {"greeted": None}}))
    greeted = {"greeted": {"name": "Marieke Vos"}}
    assert told(watch, put(2, person={"me": greeted, "other": greeted})) == [Greeted("Marieke Vos")]
    assert told(watch, put(3, person={"me": greeted})) == []


def test_a_reset_forgets_and_tells_nothing_old() -> None:
    watch = Watch("me")
    told(watch, put(1, question={"q": question("open")}))
    assert told(watch, put(9, question={"r": question("open")}) | {"reset": True}) == []
    assert set(watch.of("question")) == {"r"}
