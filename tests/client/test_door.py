"""The door: links are read as a browser reads them, and never repeated in an error."""

from __future__ import annotations

import json

import pytest

from webinar_server.client.door import NotIn, Way, by_link, entered, entering

LINK = "https://live.example.org/session/smart-ports#T0KEN"


@pytest.mark.parametrize("page", ["session", "host", "stage"])
def test_a_personal_link_says_where_and_who(page: str) -> None:
    way = by_link(f"https://live.example.org/{page}/smart-ports#T0KEN")
    assert way == Way("wss://live.example.org/live", "session/smart-ports", {"Authorization": "Bearer T0KEN"})
    assert by_link(f"http://127.0.0.1:8000/{page}/s#T").url == "ws://127.0.0.1:8000/live"


@pytest.mark.parametrize(
    "link",
    ["T0KEN", "https://live.example.org/#T0KEN", "ftp://x/session/s#T0KEN", "https://x/session/s?T0KEN"],
)
def test_what_is_no_link_is_told_without_repeating_it(link: str) -> None:
    with pytest.raises(ValueError, match="looks like") as error:
        by_link(link)
    assert "T0KEN" not in str(error.value)


def test_who_comes_by_a_link_of_several_says_who_they_are() -> None:
    asked = entering(LINK, {"name": "Bot"})
    assert asked.url == "https://live.example.org/api/enter"
    assert json.loads(asked.body) == {"token": "T0KEN", "profile": {"name": "Bot"}, "whose": "another"}
    assert asked.headers["Origin"] == "https://live.example.org"


def test_who_is_in_is_known_by_cookie_and_origin() -> None:
    cookies = ["__Host-webinar-a=one.two-three; HttpOnly; Path=/; Secure", "webinar-b=4; Path=/"]
    way = entered(LINK, 200, cookies, b"{}")
    assert way.headers == {
        "Cookie": "__Host-webinar-a=one.two-three; webinar-b=4",
        "Origin": "https://live.example.org",
    }
    assert way.topic == "session/smart-ports"


def test_a_door_that_stays_shut_says_why() -> None:
    with pytest.raises(NotIn, match="Three people") as error:
        entered(LINK, 422, [], b'{"code": "link.shared", "text": "Three people came by it."}')
    assert error.value.code == "link.shared"
    with pytest.raises(NotIn, match="webinar server"):
        entered(LINK, 502, [], b"<html>Bad gateway</html>")
