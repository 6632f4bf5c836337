"""What the demo's audience says passes the rules of the nouns, in both languages, with every slot filled."""

import itertools
import random
from collections.abc import Iterator

import pytest

from webinar_server.demo.cast import cast
from webinar_server.demo.react import TEXTS
from webinar_server.demo.script import HELD, POLLS, SESSION, TITLE, Texts, fill
from webinar_server.session import chat, programme, questions
from webinar_server.session.polls import drafting as polls
from webinar_server.words.ids import is_id
from webinar_server.words.text import clean

LONGEST = max(cast(2020, 300), key=lambda guest: len(guest.organisation.name))


def lines(texts: Texts) -> Iterator[str]:
    yield from itertools.chain(texts.topics, texts.hellos, texts.remarks, texts.good_question)
    yield from itertools.chain(texts.thanks_for_greeting, texts.thanks_for_spotlight, texts.thanks_for_answer)
    yield from itertools.chain(texts.about_poll, *texts.threads)


@pytest.mark.parametrize("language", TEXTS)
def test_every_line_passes_the_rules_of_the_chat_unchanged(language: str) -> None:
    for line in lines(TEXTS[language]):
        said = fill(line, LONGEST, random.Random(line), TEXTS[language], host="Marieke Vos")
        assert clean(said, "chat", chat.TEXT_MAX, lines=True) == said
        assert "{" not in said and not said.startswith((">", " ")), said


@pytest.mark.parametrize("language", TEXTS)
def test_questions_are_fit_to_be_asked_and_distinct(language: str) -> None:
    asked = TEXTS[language].questions
    assert len(set(asked)) == len(asked) >= 15
    for text in asked:
        assert clean(text, "question", questions.TEXT_MAX) == text
        assert text.endswith(("?", "."))


@pytest.mark.parametrize("language", TEXTS)
def test_a_thread_has_an_answer(language: str) -> None:
    assert all(len(thread) >= 3 for thread in TEXTS[language].threads)


def test_a_host_is_called_by_the_first_name() -> None:
    thanks = fill("Thanks {host}!", LONGEST, random.Random(1), TEXTS["en"], "Marieke Vos")
    assert thanks == "Thanks Marieke!"


def test_polls_are_fit_to_be_drafted() -> None:
    for poll in POLLS:
        assert clean(poll.question, "poll", polls.QUESTION_MAX) == poll.question
        assert polls.OPTIONS_MIN <= len(poll.options) == len(poll.weights) <= polls.OPTIONS_MAX
        assert [clean(option, "poll", polls.OPTION_MAX) for option in poll.options] == [*poll.options]


def test_the_session_is_fit_to_be_created() -> None:
    assert is_id(SESSION)
    assert clean(TITLE, "session", programme.TITLE_MAX) == TITLE
    assert all(clean(text, "question", questions.TEXT_MAX) == text for text in HELD)
