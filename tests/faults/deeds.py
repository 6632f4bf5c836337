"""What people of a swarm do: everything a session knows, chosen by dice from what is on their screen.

Some of it is wrong on purpose, and must be refused and leave no trace.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from tests.web.screen import Screen
from webinar_server.session.chat import TEXT_MAX

Deed = tuple[str, dict[str, Any]]


def of_attendee(screen: Screen, dice: random.Random, words: str) -> Deed:
    """Mostly talk."""
    choice: Callable[..., Deed] = dice.choices(
        [_say, _ask, _support, _vote, _hand, _shout, _meddle], [60, 10, 8, 12, 4, 3, 3]
    )[0]
    return choice(screen, dice, words)


def of_host(screen: Screen, dice: random.Random, words: str) -> Deed:
    """Mostly moderation."""
    choice: Callable[..., Deed] = dice.choices([_say, _moderate, _stage, _poll], [20, 15, 40, 25])[0]
    return choice(screen, dice, words)


def _say(_screen: Screen, _dice: random.Random, words: str) -> Deed:
    return "say", {"text": words}


def _ask(_screen: Screen, dice: random.Random, words: str) -> Deed:
    return "ask", {"text": words, "shown": dice.choice(["named", "organisation", "anonymous"])}


def _support(screen: Screen, dice: random.Random, words: str) -> Deed:
    question = _one(screen, "question", dice)
    return (
        (dice.choice(["support", "unsupport"]), {"question": question})
        if question
        else _say(screen, dice, words)
    )


def _vote(screen: Screen, dice: random.Random, words: str) -> Deed:
    poll = _one(screen, "poll", dice)
    if poll is None:
        return _say(screen, dice, words)
    options = [option["id"] for option in screen.of("poll")[poll]["options"]]
    return "vote", {"poll": poll, "options": dice.sample(options, dice.choice([0, 1, 1, 1]))}


def _hand(_screen: Screen, dice: random.Random, _words: str) -> Deed:
    return dice.choice(["raise_hand", "lower_hand"]), {}


def _shout(_screen: Screen, _dice: random.Random, _words: str) -> Deed:
    return "say", {"text": "A" * (TEXT_MAX + 1)}


def _meddle(screen: Screen, dice: random.Random, words: str) -> Deed:
    """What is a host's to do."""
    message = _one(screen, "message", dice)
    return ("hide", {"message": message}) if message else _shout(screen, dice, words)


def _moderate(screen: Screen, dice: random.Random, words: str) -> Deed:
    message = _one(screen, "message", dice)
    return (dice.choice(["hide", "restore"]), {"message": message}) if message else _say(screen, dice, words)


def _stage(screen: Screen, dice: random.Random, words: str) -> Deed:
    question = _one(screen, "question", dice)
    if question is None:
        return _say(screen, dice, words)
    command = dice.choice(["queue", "deck", "spotlight", "spotlight", "answer", "clear_stage"])
    return command, ({} if command == "clear_stage" else {"question": question})


def _poll(screen: Screen, dice: random.Random, words: str) -> Deed:
    poll = _one(screen, "poll", dice)
    if poll is None or (len(screen.of("poll")) < 4 and dice.random() < 0.3):
        options = ["yes", "no", "perhaps"]
        # of an anonymous one the log is cut as it is closed, and a trial wants all of it
        return "draft_poll", {"question": words, "options": options, "names": "hosts"}
    return dice.choice(["open_poll", "open_poll", "close_poll", "reveal_poll"]), {"poll": poll}


def _one(screen: Screen, kind: str, dice: random.Random) -> str | None:
    """An id from among the newest of a kind."""
    ids = list(screen.of(kind))[-20:]
    return dice.choice(ids) if ids else None
