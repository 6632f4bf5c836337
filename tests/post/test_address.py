"""Where letters go out: addresses as operators write them; what is wrong is said, a password never."""

from __future__ import annotations

import pytest

from webinar_server.errors import StorageError
from webinar_server.post.address import sender_of, server_of
from webinar_server.settings import Settings


def test_an_address_says_where_and_how() -> None:
    assert server_of("smtp://localhost")[:3] == ("smtp", "localhost", 25)
    assert server_of("smtps://mail.example.org")[:3] == ("smtps", "mail.example.org", 465)
    assert server_of("smtp+starttls://ada:p%40ss@mail.example.org") == (
        *("smtp+starttls", "mail.example.org", 587, "ada", "p@ss"),
    )
    assert server_of("smtp://ada:secret@127.0.0.1:1025").port == 1025


@pytest.mark.parametrize(
    "address",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtps://",
        "smtps://ada@mail.example.org",
        "smtps://ada:hunter2@mail.example.org/inbox",
        "smtps://ada:hunter2@mail.example.org?x=1",
        "smtps://ada:hunter2@mail.example.org:no",
        # in the clear, over somebody's network
        "smtp://ada:hunter2@mail.example.org",
    ],
)
def test_what_is_no_address_is_refused_and_repeated_nowhere(address: str) -> None:
    with pytest.raises(StorageError) as refused:
        server_of(address)
    assert "hunter2" not in str(refused.value) and "WEBINAR_SMTP" in str(refused.value)


def test_nothing_that_is_printed_has_the_password() -> None:
    address = "smtps://ada:hunter2@mail.example.org"
    assert "hunter2" not in repr(server_of(address)) + repr(Settings(smtp=address))


def test_a_sender_is_an_address_perhaps_with_a_name() -> None:
    assert sender_of("post@example.org").addr_spec == "post@example.org"
    assert sender_of("The mission <post@example.org>").display_name == "The mission"
    for wrong in ("", "post", "post@host", "post@example.org\r\nBcc: eve@evil.example", "<>"):
        with pytest.raises(StorageError):
            sender_of(wrong)
