"""Titles: the session's own is the house's name, alone or with a word of those who make it. Pure."""

from webinar_server.words.house import FILLERS, MAKERS, is_house
from webinar_server.words.names import alike
from webinar_server.words.readings import readings, upright


def is_title(name: str, title: str) -> bool:
    """Whether somebody is called like the session."""
    return bool(title) and alike(name, [title]) is not None


def is_titles_own(name: str, title: str) -> bool:
    """Whether it is the session's title with who makes it: Smart ports team, Helpdesk Smart ports."""
    titles = {_rest(words) for words in readings(title)} - {""}
    return any(_rest(words) in titles and any(map(_makes, words)) for words in readings(name))


def _rest(words: tuple[str, ...]) -> str:
    return "".join(word for word in words if upright(word) not in FILLERS and not _makes(word))


def _makes(word: str) -> bool:
    return upright(word) in MAKERS or is_house(word)
