"""One card: whoever is named carries the same fields; what was stored and signed before is read as it was."""

from __future__ import annotations

import hashlib

import itsdangerous
import msgspec
import pytest

from webinar_server.session.attendance import Arrive
from webinar_server.session.people import Person
from webinar_server.session.profile import ChangeProfile
from webinar_server.session.questions import Asker, Question
from webinar_server.state import Here, Identity
from webinar_server.state.card import SHOWN, Card, Profile, fields_of
from webinar_server.web.who import tokens

SECRET = "tests-have-one-of-their-own-b7Kx2mQ9vR4tZ8wY"


def shape(of: type[msgspec.Struct]) -> dict[str, object]:
    """Fields with their types and defaults."""
    return {field.encode_name: (field.type, field.default) for field in msgspec.structs.fields(of)}


@pytest.mark.parametrize(
    ("carrier", "carried"),
    [
        (Here, Card),
        (Person, Card),
        (Asker, Card),
        (Identity, Profile),
        (tokens.Profile, Profile),
        (ChangeProfile, Profile),
    ],
)
def test_whoever_is_named_carries_the_card(carrier: type[msgspec.Struct], carried: type[Profile]) -> None:
    assert shape(carried).items() <= shape(carrier).items()


def test_an_arrival_carries_it_too_though_the_actor_may_give_the_name() -> None:
    given = shape(Profile)
    del given["name"]
    assert given.items() <= shape(Arrive).items()
    assert Arrive().name == ""


def test_what_all_may_see_is_of_the_card_and_says_not_how_a_name_is_said() -> None:
    assert set(Card.__struct_fields__) - set(SHOWN) == {"say_as"}
    ada = Person(id="a", name="Ada", organisation="Engines", say_as="AY-da", pitch="Looms")
    assert fields_of(ada) == {
        "name": "Ada",
        "organisation": "Engines",
        "kind": "",
        "country": "",
        "say_as": "AY-da",
    }
    assert set(SHOWN) <= set(ada.view("attendee") or ())
    asker = Asker.of(ada)
    assert asker.pitch == "Looms" and "say_as" not in asker.seen_as("named")


def test_a_question_stored_before_there_was_a_card_is_read() -> None:
    asker = {"id": "a", "name": "Ada", "organisation": "", "kind": "sme", "country": "NL", "pitch": "Looms"}
    stored = {"id": "q", "by": "a", "text": "Why?", "shown": "named", "asker": asker, "at": 1}
    question = msgspec.msgpack.decode(msgspec.msgpack.encode(stored), type=Question)
    assert question.asker == Asker(id="a", name="Ada", kind="sme", country="NL", pitch="Looms")


VALUES = ["a", "Ada", "host", "s1", "Engines", "sme", "NL", "AY-da", True, 5, 4 * 10**12, "d", "F", "A", "l"]
ADA = Identity(
    id="a",
    name="Ada",
    role="host",
    topic="session/s1",
    organisation="Engines",
    kind="sme",
    country="NL",
    say_as="AY-da",
    entered=True,
    issued=5,
    expires=4 * 10**12,
    device="d",
    browser="F",
    system="A",
    link="l",
)


def serializer() -> itsdangerous.URLSafeSerializer:
    options = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return itsdangerous.URLSafeSerializer([SECRET], salt="webinar.identity.1", signer_kwargs=options)


def test_links_are_signed_as_ever_and_those_from_before_are_read() -> None:
    signer = tokens.Signer(SECRET)
    assert signer.sign(ADA) == serializer().dumps(VALUES)
    assert signer.read_cookie(str(serializer().dumps(VALUES))) == ADA
    early = signer.read_link(str(serializer().dumps(VALUES[:11])))
    assert early == msgspec.structs.replace(ADA, device="", browser="", system="", link="")


@pytest.mark.parametrize(
    "values",
    [
        {"id": "a"},
        "a",
        7,
        VALUES[:2],
        [*VALUES[:2], "keeper", *VALUES[3:]],
        [*VALUES[:3], "shelf/s1", *VALUES[4:]],
        [*VALUES[:3], "board/b1", *VALUES[4:]],
        [*VALUES[:5], "huge", *VALUES[6:]],
    ],
)
def test_what_was_signed_of_nobody_who_can_be_here_is_wrong(values: object) -> None:
    with pytest.raises(tokens.TokenError, match="not valid"):
        tokens.Signer(SECRET).read_link(str(serializer().dumps(values)))
