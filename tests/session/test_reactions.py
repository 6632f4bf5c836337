"""Reactions: six of them, and nothing else."""

import pytest

from tests.session.scene import scene
from webinar_server.errors import Refusal
from webinar_server.session import SESSION
from webinar_server.session.reactions import REACTIONS


@pytest.mark.parametrize("reaction", REACTIONS)
def test_ours_pass(reaction: str) -> None:
    assert SESSION.check_reaction(reaction) == reaction


@pytest.mark.parametrize("reaction", ["", "Clap", "boo", "<script>", "clap " * 1_000])
def test_others_are_refused_with_what_there_is(reaction: str) -> None:
    with pytest.raises(Refusal, match=r"pulse.unknown: Reactions are clap, heart"):
        SESSION.check_reaction(reaction)


def test_after_the_end_only_hosts_react() -> None:
    story = scene()
    assert SESSION.reacts(story.state, "attendee") and not SESSION.reacts(story.state, "stage")
    story.given("host", "close_session")
    assert not SESSION.reacts(story.state, "attendee") and not SESSION.reacts(story.state, "speaker")
    assert SESSION.reacts(story.state, "host")
