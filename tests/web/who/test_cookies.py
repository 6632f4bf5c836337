"""Cookies that are not ours are let go of at once; ours are found however they stand."""

from __future__ import annotations

import pytest

from webinar_server.limits import OUR_COOKIES_MAX
from webinar_server.web.who.cookies import ours


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (b"", b""),
        (b"other=1; more=2", b""),
        (b"webinar-a=1", b"webinar-a=1"),
        (b"other=1; webinar-a=1; more=2; __Host-webinar-b=2;x=3", b"webinar-a=1; __Host-webinar-b=2"),
        (b"webinar-a=1;webinar-b=2 ; \twebinar-c=3", b"webinar-a=1; webinar-b=2 ; webinar-c=3"),
        (b"not-webinar-a=1; x=webinar-b=2; __Host-x=1", b""),
        (b"webinar-a=webinar-b=; other=webinar-c", b"webinar-a=webinar-b="),
    ],
)
def test_ours_are_kept_in_their_order_and_no_others(line: bytes, kept: bytes) -> None:
    assert ours(line) == kept


def test_of_too_many_of_ours_the_newest_are_kept() -> None:
    each = [b"webinar-%d=%b" % (number, b"a" * 1_000) for number in range(60)]
    kept = ours(b"; ".join(each))
    assert kept.split(b"; ") == each[-len(kept.split(b"; ")) :]
    assert OUR_COOKIES_MAX - 1_100 < len(kept) <= OUR_COOKIES_MAX
