"""Reactions: six of them, and nothing else."""

import pytest

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
