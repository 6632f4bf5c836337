"""Joined files: a page asks for one of a kind, which holds all that it named, in its order."""

from __future__ import annotations

import json
import re

import pytest

from webinar_server.web.http.joined import joined
from webinar_server.web.http.static import Assets, folder

LINK = '    <link rel="stylesheet" href="{{static}}css/%s.css">\n'
PAGES = ("attendee", "host", "stage", "index", "error")


def source(name: str) -> str:
    return (folder() / name).read_text()


def test_sheets_are_one_in_their_order_where_the_first_was() -> None:
    page = "<head>\n" + LINK % "a" + LINK % "b" + "    <script></script>\n"
    files = {"p.html": page.encode(), "css/a.css": b"p { color: red }", "css/b.css": b"p { color: blue }"}
    served = joined(files)
    assert served["p.html"].decode() == "<head>\n" + LINK % "page-p" + "    <script></script>\n"
    assert served["css/page-p.css"] == b"p { color: red }\np { color: blue }"


def test_a_page_that_names_a_sheet_there_is_not_is_noticed_at_the_start() -> None:
    with pytest.raises(KeyError):
        joined({"p.html": (LINK % "a" + LINK % "b").encode(), "css/a.css": b""})


@pytest.mark.parametrize("page", PAGES)
def test_each_page_asks_for_one_sheet_that_holds_all_it_names(page: str) -> None:
    assets = Assets(folder())
    sheets = re.findall(r'rel="stylesheet" href="{{static}}([^"]+)"', assets.text(f"{page}.html"))
    assert len(sheets) == 1
    named = re.findall(r'rel="stylesheet" href="{{static}}([^"]+)"', source(f"{page}.html"))
    places = [assets.text(sheets[0]).index(assets.text(each)) for each in named]
    assert len(named) > 1 and places == sorted(places)


def test_no_sheet_has_what_must_stand_first() -> None:
    """An `@import` or `@charset` behind other rules means nothing."""
    for sheet in (folder() / "css").glob("*.css"):
        assert not re.search(r"@import|@charset", sheet.read_text()), sheet.name


@pytest.mark.parametrize("language", ["en", "nl"])
def test_words_of_hosts_come_to_hosts_alone(language: str) -> None:
    assets, words = Assets(folder()), json.loads(source(f"i18n/{language}.json"))
    most = json.loads(assets.text(f"i18n/{language}.json"))
    assert json.loads(assets.text(f"i18n/host/{language}.json")) == words
    assert most == {key: text for key, text in words.items() if not key.startswith("host.")}
    assert len(most) < 0.8 * len(words)


def test_no_script_of_another_page_says_a_word_of_hosts() -> None:
    for script in (folder() / "js").rglob("*.js"):
        if "host" not in script.relative_to(folder()).as_posix():
            assert not re.search(r"""["'`]host\.[a-z$]""", script.read_text()), script.name
