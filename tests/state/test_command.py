"""Commands: who may, what they carry, and that what they do not declare is refused."""

import pytest

from tests.state.things import ADA, KINDS, SCHEMA, Box, Fill, box
from webinar_server.errors import Refusal
from webinar_server.state import HOSTS, PEOPLE, ROLES, Actor, Draft, State, audience_of, run


def refusal(name: str, args: dict[str, object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        SCHEMA.parse(name, args)
    return refused.value


def test_a_command_is_parsed_from_its_name_and_arguments() -> None:
    assert SCHEMA.parse("fill", {"box": "a"}) == Fill(box="a", times=1)


@pytest.mark.parametrize(
    "args",
    [
        {},
        {"box": 1},
        {"box": None},
        {"box": "a", "times": "2"},
        {"box": "a", "times": 1.5},
        {"box": "a", "x": 1},
    ],
)
def test_arguments_are_exactly_as_declared(args: dict[str, object]) -> None:
    assert refusal("fill", args).code == "command.invalid"


@pytest.mark.parametrize("name", ["", "Fill", "sweep", "x" * 1_000_000])
def test_what_is_unknown_or_the_servers_own_is_refused_briefly(name: str) -> None:
    refused = refusal(name, {})
    assert refused.code == "command.unknown"
    assert len(refused.text) < 100


def test_only_the_roles_named_may_run_it() -> None:
    class Tidy(Fill, frozen=True, kw_only=True, forbid_unknown_fields=True):
        """For hosts."""

        ROLES = HOSTS

        def run(self, draft: Draft, actor: Actor) -> None:
            draft.put(box(self.box, actor.name))

    draft = Draft(State(KINDS))
    with pytest.raises(Refusal, match=r"command.not_allowed"):
        run(draft, ADA, Tidy(box="a"))
    assert draft.keep() == ()
    assert run(draft, ADA._replace(role="host"), Tidy(box="a")) == {}
    assert draft.get(Box, "a") == box("a", "Ada")


def test_a_command_without_a_rule_says_so() -> None:
    with pytest.raises(NotImplementedError, match="Fill"):
        run(Draft(State(KINDS)), ADA, Fill(box="a"))


def test_roles_belong_to_audiences() -> None:
    assert {role: audience_of(role) for role in ROLES} == {
        "organiser": "host",
        "host": "host",
        "speaker": "attendee",
        "attendee": "attendee",
        "stage": "stage",
    }
    assert PEOPLE == set(ROLES) - {"stage"}
