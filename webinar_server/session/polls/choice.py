"""Choice: one of the options, or as many as one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webinar_server.errors import Refusal
from webinar_server.session.polls.form import Form, Given, Weights

if TYPE_CHECKING:
    from webinar_server.session.polls.poll import Poll


class Choice(Form):
    """Counted by option."""

    def check(self, poll: Poll, given: Given) -> Given:
        among(poll, given.options)
        if poll.choose == "one" and len(given.options) > 1:
            raise Refusal("poll.one_option", "Choose one option.")
        wanted = set(given.options)
        return Given(options=tuple(option.id for option in poll.options if option.id in wanted))

    def adds(self, poll: Poll, given: Given) -> Weights:
        return tuple(int(option.id in given.options) for option in poll.options)


def among(poll: Poll, ids: tuple[str, ...]) -> None:
    """Raises Refusal `poll.no_such_option` unless these are options of the poll, each at most once."""
    wanted = set(ids)
    if len(wanted) != len(ids) or not wanted <= {option.id for option in poll.options}:
        raise Refusal("poll.no_such_option", "Choose among the options of this poll, each at most once.")
