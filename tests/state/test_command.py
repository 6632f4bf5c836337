"""Commands: who may, what they carry, and that what they do not declare is refused."""

from typing import ClassVar

import pytest

from tests.board import BOARD
from tests.board.notes import Clear, Show
from tests.state.things import ADA, KINDS, Box, box
from webinar_server.errors import Refusal
from webinar_server.session.roles import PEOPLE, ROLES
from webinar_server.state import Actor, Command, Draft, Role, State, run


class Fill(Command, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put a marble into a box; there is no rule for it."""

    NAME: ClassVar[str] = "fill"

    box: str
    times: int = 1


def refusal(name: str, args: dict[str, object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        BOARD.parse(name, args)
    return refused.value


def test_a_command_is_parsed_from_its_name_and_arguments() -> None:
    assert BOARD.parse("show", {"note": "a"}) == Show(note="a")
    assert BOARD.parse("clear", {}) == Clear()


@pytest.mark.parametrize("args", [{}, {"note": 1}, {"note": None}, {"note": ["a"]}, {"note": "a", "x": 1}])
def test_arguments_are_exactly_as_declared(args: dict[str, object]) -> None:
    assert refusal("show", args).code == "command.invalid"


@pytest.mark.parametrize("name", ["", "Show", "let_go", "x" * 1_000_000])
def test_what_is_unknown_or_the_servers_own_is_refused_briefly(name: str) -> None:
    refused = refusal(name, {})
    assert refused.code == "command.unknown"
    assert len(refused.text) < 100


def test_only_the_roles_named_may_run_it() -> None:
    class Tidy(Fill, frozen=True, kw_only=True, forbid_unknown_fields=True):
        """For hosts."""

        ROLES: ClassVar[frozenset[Role]] = frozenset(("host",))

        def run(self, draft: Draft, actor: Actor) -> None:
            draft.put(box(self.box, actor.name))

    draft = Draft(State(KINDS))
    with pytest.raises(Refusal, match=r"command.not_allowed"):
        run(draft, ADA, Tidy(box="a"))
    assert draft.keep() == ()
    assert run(draft, ADA._replace(role="host"), Tidy(box="a")) == {}
    assert draft.get(Box, "a") == box("a", "Ada")


def test_where_none_are_named_everybody_may_but_screens() -> None:
    class Knock(Fill, frozen=True, kw_only=True, forbid_unknown_fields=True):
        """For everybody."""

        def run(self, draft: Draft, actor: Actor) -> None:
            return None

    draft = Draft(State(BOARD.kinds))
    for role in ("keeper", "member"):
        assert run(draft, ADA._replace(role=role), Knock(box="a")) == {}
    with pytest.raises(Refusal, match=r"command.not_allowed"):
        run(draft, ADA._replace(role="wall"), Knock(box="a"))


def test_a_command_without_a_rule_says_so() -> None:
    with pytest.raises(NotImplementedError, match="Fill"):
        run(Draft(State(KINDS)), ADA, Fill(box="a"))


def test_roles_belong_to_audiences() -> None:
    assert ROLES.audience_of == {
        "organiser": "host",
        "host": "host",
        "speaker": "attendee",
        "attendee": "attendee",
        "stage": "stage",
    }
    assert PEOPLE == set(ROLES.audience_of) - {"stage"}
