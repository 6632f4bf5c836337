"""Files over HTTP: what a file is called, told to who keeps it and by who sends it."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from starlette.requests import Request

from webinar_server.web.mission.files import name_of, to_keep

NAMES = ["leads-ev-2027.csv", 'Zoë "and" \\ co; 2027.csv', "line\r\nSet-Cookie: a=b.csv", "東京.ics"]


def sent(disposition: str) -> Request:
    headers = [(b"content-disposition", disposition.encode("latin-1"))]
    return Request({"type": "http", "headers": headers})


@pytest.mark.parametrize("name", NAMES)
def test_a_file_keeps_its_name_whatever_that_holds(name: str) -> None:
    told = to_keep(name)["Content-Disposition"]
    assert told.isascii() and told.isprintable()
    message = EmailMessage()
    message["Content-Disposition"] = told
    assert message.get_content_disposition() == "attachment"
    if "*=" in told:
        assert name_of(sent(told)) == name
    else:
        assert message.get_filename() == name


def test_a_file_that_is_kept_is_kept_by_nothing_on_its_way() -> None:
    assert to_keep("a.csv")["Cache-Control"] == "no-store"


def test_who_sends_a_file_without_a_name_is_taken_at_that() -> None:
    assert name_of(Request({"type": "http", "headers": []})) == ""
    assert name_of(sent('attachment; filename="x.csv"')) == ""
