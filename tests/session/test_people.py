"""People arrive and leave, are greeted, say how their name is said, raise a hand."""

import msgspec
import pytest

from tests.session.scene import PEOPLE, Scene, scene
from webinar_server.errors import Refusal
from webinar_server.session import SESSION, attendance
from webinar_server.session.people import Greeting, Person
from webinar_server.words.cards import clean_name, clean_organisation


def arrived(**more: object) -> Scene:
    return scene().given("ada", "arrive", **PEOPLE, **more)


def test_who_arrives_is_here_with_who_they_are() -> None:
    story = arrived(say_as="AH-dah", first_time=True)
    story.then(
        Person,
        "ada",
        name="Ada",
        organisation="Tulip Chargers",
        kind="sme",
        country="NL",
        role="attendee",
        here=True,
        since=story.at,
        say_as="AH-dah",
        first_time=True,
        greeted=None,
        hand=None,
    )


def test_who_departs_is_away_but_not_forgotten_and_their_hand_is_down() -> None:
    story = arrived().given("ada", "raise_hand").given("ada", "introduce", pitch="We charge boats.")
    story.given("ada", "depart").then(Person, "ada", here=False, hand=None, pitch="We charge boats.")


def test_who_returns_is_here_again_since_now() -> None:
    story = arrived().given("ada", "depart").later(60_000).given("ada", "arrive", **PEOPLE)
    story.then(Person, "ada", here=True, since=story.at)


def test_a_second_arrival_while_here_keeps_since_when() -> None:
    story = arrived()
    since = story.at
    story.given("ada", "arrive", **PEOPLE).then(Person, "ada", since=since)


def test_first_time_is_decided_at_the_first_arrival_and_stays() -> None:
    arrived(first_time=True).given("ada", "depart").given("ada", "arrive", **PEOPLE, first_time=False).then(
        Person, "ada", first_time=True
    )
    arrived(first_time=False).given("ada", "arrive", **PEOPLE, first_time=True).then(
        Person, "ada", first_time=False
    )


def test_a_return_keeps_how_the_name_is_said_unless_it_is_given_anew() -> None:
    story = arrived().given("ada", "introduce", say_as="AY-da").given("ada", "arrive", **PEOPLE)
    story.then(Person, "ada", say_as="AY-da")
    story.given("ada", "arrive", **PEOPLE, say_as="AH-da").then(Person, "ada", say_as="AY-da")


@pytest.mark.parametrize("command", ["arrive", "depart", "create_session"])
def test_what_the_server_says_is_not_accepted_from_a_socket(command: str) -> None:
    with pytest.raises(Refusal, match=r"command.unknown"):
        SESSION.parse(command, {})


def test_somebody_who_never_arrived_cannot_depart() -> None:
    scene().when("ghost", "depart").then_refused("person.unknown")


def test_a_full_session_takes_no_more_people_but_its_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attendance, "PEOPLE_MAX", 2)
    story = scene().given("a", "arrive", **PEOPLE).given("b", "arrive", **PEOPLE)
    story.when("c", "arrive", **PEOPLE).then_refused("session.full")
    story.when("a", "arrive", **PEOPLE).then_done()
    story.when("host", "arrive", **PEOPLE).then_done()


# introducing oneself


def test_after_the_end_attendees_introduce_themselves_no_more_and_hosts_do() -> None:
    story = arrived().given("host", "arrive", **PEOPLE).given("host", "close_session")
    story.when("ada", "introduce", pitch="Still here.").then_refused("session.closed")
    story.when("host", "introduce", pitch="Thank you.").then_done()


def test_what_is_left_out_of_an_introduction_stays() -> None:
    story = arrived().given("ada", "introduce", say_as="AH-da", pitch="Boats.", link="https://boats.example")
    story.given("ada", "introduce", pitch="Ships.").then(
        Person, "ada", say_as="AH-da", pitch="Ships.", link="https://boats.example"
    )


def test_an_empty_field_of_an_introduction_takes_it_away() -> None:
    story = arrived().given("ada", "introduce", say_as="AH-da", pitch="Boats.", link="https://boats.example")
    story.given("ada", "introduce", say_as="", pitch=" ", link="").then(
        Person, "ada", say_as="", pitch="", link=""
    )


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.example", "www.x.example", 'https://x"y'])
def test_a_link_is_a_web_address(link: str) -> None:
    arrived().when("ada", "introduce", link=link).then_refused("person.link")


@pytest.mark.parametrize(("size", "code"), [(159, None), (160, None), (161, "person.too_long")])
def test_a_pitch_is_one_line_of_160_characters(size: int, code: str | None) -> None:
    story = arrived().when("ada", "introduce", pitch="x" * size)
    story.then_refused(code) if code else story.then_done()
    story.when("ada", "introduce", pitch="two\nlines").then(Person, "ada", pitch="two lines")


def test_names_have_something_to_read() -> None:
    assert clean_name("  Nguyễn   Văn Đức ") == "Nguyễn Văn Đức"
    assert clean_organisation("  ") == ""
    with pytest.raises(Refusal, match=r"person.empty"):
        clean_name("   ")


# hands


def test_a_hand_is_raised_and_lowered_again() -> None:
    story = arrived().given("ada", "raise_hand")
    raised = story.at
    story.then(Person, "ada", hand=raised).given("ada", "raise_hand").then(Person, "ada", hand=raised)
    story.given("ada", "lower_hand").then(Person, "ada", hand=None)


def test_a_host_may_lower_anybodys_hand_others_only_their_own() -> None:
    story = arrived().given("ada", "raise_hand")
    story.when("bob", "lower_hand", person="ada").then_refused("command.not_allowed")
    story.when("ada", "lower_hand", person="ada").then(Person, "ada", hand=None)
    story.given("ada", "raise_hand").when("host", "lower_hand", person="ada").then(Person, "ada", hand=None)
    story.when("host", "lower_hand", person="ghost").then_refused("person.unknown")


# greeting


def test_a_host_greets_somebody_and_everybody_who_hosts_sees_who_did() -> None:
    story = arrived().given("host", "greet", person="ada")
    greeted = story.sees("host", Person, "ada")["greeted"]
    assert greeted == {"by": "host", "name": "Host", "at": story.at, "aloud": False, "waved": None}


def test_the_first_greeting_counts_and_a_later_one_may_only_make_it_aloud() -> None:
    story = arrived().given("host", "greet", person="ada").given("organiser", "greet", person="ada")
    assert story.the(Person, "ada").greeted.by == "host"
    story.given("organiser", "greet", person="ada", aloud=True)
    assert (story.the(Person, "ada").greeted.by, story.the(Person, "ada").greeted.aloud) == (
        "organiser",
        True,
    )
    story.given("host", "greet", person="ada", aloud=True).given("host", "greet", person="ada")
    assert story.the(Person, "ada").greeted.by == "organiser"


def test_a_greeting_by_mistake_is_taken_back() -> None:
    arrived().given("host", "greet", person="ada").given("host", "ungreet", person="ada").then(
        Person, "ada", greeted=None
    )


@pytest.mark.parametrize("command", ["greet", "ungreet"])
def test_only_hosts_greet_and_only_who_is_known(command: str) -> None:
    story = arrived()
    story.when("bob", command, person="ada").then_refused("command.not_allowed")
    story.when("speaker", command, person="ada").then_refused("command.not_allowed")
    story.when("host", command, person="ghost").then_refused("person.unknown")


def test_who_was_greeted_waves_back_once_for_each_greeting_and_hosts_see_when() -> None:
    story = arrived()
    story.when("ada", "wave_back").then_refused("person.not_greeted")
    story.given("host", "greet", person="ada").given("ada", "wave_back")
    waved = story.at
    assert story.sees("host", Person, "ada")["greeted"]["waved"] == waved
    story.later(5_000).given("ada", "wave_back")
    assert story.sees("ada", Person, "ada")["greeted"]["waved"] == waved
    story.given("host", "greet", person="ada", aloud=True)
    assert story.sees("host", Person, "ada")["greeted"]["waved"] is None
    assert "greeted" not in story.sees("bob", Person, "ada")


def test_a_greeting_that_was_taken_back_takes_the_wave_along_and_none_is_waved_after_the_end() -> None:
    story = arrived().given("host", "greet", person="ada").given("ada", "wave_back")
    story.given("host", "ungreet", person="ada").when("ada", "wave_back").then_refused("person.not_greeted")
    story.given("host", "greet", person="ada").given("host", "close_session")
    story.when("ada", "wave_back").then_refused("session.closed")


def test_a_greeting_of_before_there_were_waves_is_read() -> None:
    old = b'{"by":"h","name":"Hal","at":5,"aloud":false}'
    assert msgspec.json.decode(old, type=Greeting) == Greeting(by="h", name="Hal", at=5, aloud=False)


# who sees what


def test_hands_greetings_and_how_a_name_is_said_are_between_a_person_and_the_hosts() -> None:
    story = arrived(say_as="AH-da").given("ada", "raise_hand").given("bob", "raise_hand")
    private = {"say_as", "since", "first_time", "greeted", "hand"}
    assert private <= story.sees("host", Person, "ada").keys()
    assert private <= story.sees("ada", Person, "ada").keys()
    assert not private & story.sees("bob", Person, "ada").keys()
    assert not private & story.sees("attendee", Person, "ada").keys()
    assert story.sees("stage", Person, "ada") is None
