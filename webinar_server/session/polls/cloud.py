"""Cloud: up to three words each; told as words with how many said them, the most usual spelling of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from webinar_server.session.polls.text import Text
from webinar_server.state import View

if TYPE_CHECKING:
    from webinar_server.session.polls.ballots import Count
    from webinar_server.session.polls.poll import Poll

WORDS_MAX = 3
WORD_MAX = 30
WORDS_TOLD = 60


class Cloud(Text):
    """Told as a tally of what is shown of it; a host can freeze it."""

    MOST: ClassVar[int] = WORDS_MAX
    LONGEST: ClassVar[int] = WORD_MAX

    def tally(self, poll: Poll, count: Count) -> View:
        return {"words": [{"text": word.text, "votes": word.votes} for word in poll.words]}
