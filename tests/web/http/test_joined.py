"""Joined files: a page asks for one of a kind, which holds all that it named, in its order."""

from __future__ import annotations

import json
import re

import brotli
import pytest

from webinar_server.web.http.joined import ASIDE, FORMS, STAGES, TO_HOSTS, joined, sheets_of
from webinar_server.web.http.static import Assets, folder

LINK = '    <link rel="stylesheet" href="{{static}}css/%s.css">\n'
ALL = '    <link rel="stylesheet" href="{{static}}p-all.css">\n'
PAGES = ("attendee", "host", "stage", "speaker", "index", "error", "mission", "organise", "join")


def source(name: str) -> str:
    return (folder() / name).read_text()


def test_sheets_are_one_in_their_order_where_the_first_was() -> None:
    page = "<head>\n" + LINK % "a" + LINK % "b" + "    <script></script>\n"
    files = {"p.html": page.encode(), "css/a.css": b"p { color: red }", "css/b.css": b"p { color: blue }"}
    served = joined(files)
    assert served["p.html"].decode() == "<head>\n" + ALL + "    <script></script>\n"
    assert served["p-all.css"].endswith(b";\n\np { color: red }\np { color: blue }")


def test_sheets_of_all_nouns_are_named_by_a_star_and_stand_in_the_layer_of_their_folder() -> None:
    sheets = (
        "look/tokens.css",
        "parts/a.css",
        "session/b/x.css",
        "session/a/x.css",
        "pages/p.css",
        "session/a/screen.css",
    )
    page = "".join(
        f'<link rel="stylesheet" href="{{{{static}}}}{each}">\n'
        for each in (sheets[0], "session/*/x.css", *sheets[4:])
    )
    served = joined({"p.html": page.encode()} | {name: name.encode() for name in sheets})
    assert served["p-all.css"].decode().replace("\n", "") == (
        "@layer tokens, base, parts, nouns, pages;@layer tokens {look/tokens.css}"
        "@layer nouns {session/a/x.css}@layer nouns {session/b/x.css}"
        "@layer pages {pages/p.css}session/a/screen.css"
    )


def test_words_of_all_folders_are_one_catalog_and_none_is_said_twice() -> None:
    files = {"a/en.json": b'{"b": "B", "host.c": "C"}', "x/y/en.json": b'{"a": "A"}', "a/nl.json": b"{}"}
    served = joined(files)
    assert served["words/en.json"] == b'{"a":"A","b":"B"}' and served["words/nl.json"] == b"{}"
    assert served["words/host/en.json"] == b'{"a":"A","b":"B","host.c":"C"}'
    with pytest.raises(KeyError, match=r"x/en.json says again: b"):
        joined(files | {"x/en.json": b'{"b": "B"}'})


def test_a_page_that_names_a_sheet_there_is_not_is_noticed_at_the_start() -> None:
    with pytest.raises(KeyError):
        joined({"p.html": (LINK % "a" + LINK % "b").encode(), "css/a.css": b""})


@pytest.mark.parametrize("page", PAGES)
def test_each_page_asks_for_one_sheet_that_holds_all_it_names(page: str) -> None:
    assets = Assets(folder())
    sheets = re.findall(r'rel="stylesheet" href="{{static}}([^"]+)"', assets.text(f"pages/{page}.html"))
    assert len(sheets) == 1
    named = re.findall(r'rel="stylesheet" href="{{static}}([^"]+)"', source(f"pages/{page}.html"))
    names = [path.relative_to(folder()).as_posix() for path in folder().rglob("*.css")]
    meant = [each for sheet in named for each in sheets_of(sheet, names)]
    places = [assets.text(sheets[0]).index(assets.text(each)) for each in meant]
    assert len(meant) > 1 and places == sorted(places)


def test_no_sheet_has_what_must_stand_first() -> None:
    """An `@import` or `@charset` behind other rules means nothing."""
    for sheet in folder().rglob("*.css"):
        assert not re.search(r"@import|@charset", sheet.read_text()), sheet.name


ELSEWHERE = {"mission", "organise", "join", *ASIDE}
"""Folders of words that no page of a session says, or with what comes later."""


@pytest.mark.parametrize("language", ["en", "nl"])
def test_words_of_hosts_come_to_hosts_alone(language: str) -> None:
    assets, found = Assets(folder()), folder().rglob(f"{language}.json")
    catalogs = [each for each in found if not ELSEWHERE & set(each.relative_to(folder()).parts)]
    words = {key: text for each in catalogs for key, text in json.loads(each.read_text()).items()}
    parts = ("", "rare/", "problem/", "forms/")
    most, rare, problem, forms = (json.loads(assets.text(f"words/{part}{language}.json")) for part in parts)
    assert json.loads(assets.text(f"words/host/{language}.json")) == words
    stage = json.loads(assets.text(f"words/stage/{language}.json"))
    kept = {key for key in words if key.startswith("host.") or TO_HOSTS.match(key)}
    assert stage == {key: text for key, text in words.items() if key not in kept}
    assert most | rare | problem | forms == {
        key: text for key, text in stage.items() if not key.startswith(STAGES)
    }
    assert len(most | rare) < 0.75 * len(words)
    assert not problem.keys() & (most | rare).keys()
    assert all(key.startswith(("problem.", "whose.", "index.")) for key in problem)
    assert "forms.send" in forms and all(FORMS.match(key) for key in forms)
    assert not any(FORMS.match(key) for key in most | rare | problem)
    opened = ("settings.", "keys.", "introduce.", "device.", "card.", "contact.", "feedback.", "leave.")
    said = ("refused.", "problem.", "whose.", *opened)
    assert not most.keys() & rare and all(key.startswith(said) for key in rare)
    # what a page says where the rare ones could not be had
    assert {"refused.unknown", "problem.other.title", "problem.passing.text", "problem.home"} < most.keys()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_words_of_what_opens_beside_the_panels_come_with_it(language: str) -> None:
    assets = Assets(folder())
    there = [noun for noun in ASIDE if (folder() / "session" / noun).exists()]
    assert "run" in there
    for noun in there:
        assert json.loads(assets.text(f"words/{noun}/{language}.json")) == json.loads(
            source(f"session/{noun}/{language}.json")
        )


def test_who_comes_first_is_sent_no_more_than_they_need() -> None:
    assets = Assets(folder())
    page = assets.text("pages/attendee.html").replace("{{lang}}", "en")
    page = page.replace("{{static}}", assets.prefix).replace(
        "{{preload}}", assets.preload("pages/attendee.js")
    )
    names = dict.fromkeys(re.findall(rf'(?:src|href)="{assets.prefix}([^"]+)"', page))
    sent = sum(len(brotli.compress(text.encode())) for text in (page, *map(assets.text, names)))
    assert len(names) < 14 and sent <= 45_400, "what opens at a press, or hardly ever, comes later"


@pytest.mark.parametrize("page", PAGES)
def test_no_script_of_another_page_of_a_session_says_a_word_of_hosts(page: str) -> None:
    files = {path.relative_to(folder()).as_posix(): path.read_bytes() for path in folder().rglob("*.*")}
    scripts = [
        text.decode()
        for name, text in joined(files).items()
        if re.fullmatch(rf"pages/{page}(-[a-z]+)?\.js", name)
    ]
    assert any(re.search(r"""["'`]host\.[a-z$]""", script) for script in scripts) is (
        # with toasts as hosts have them
        page in ("host", "organise")
    )


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_missions_pages_have_words_of_their_own_and_what_all_pages_say(language: str) -> None:
    assets = Assets(folder())
    words = json.loads(assets.text(f"words/join/{language}.json"))
    assert {"refused.participant.known", "problem.mission.unknown.title", "join.title"} < words.keys()
    assert {"problem.home", "index.eyebrow", "kind.sme", "dialog.close"} < words.keys()
    assert not [key for key in words if key.startswith(("door.", "poll.", "chat.", "organise.", "imports."))]
    organisers = json.loads(assets.text(f"words/organise/{language}.json"))
    assert words.items() < organisers.items() and "organise.tab.people" in organisers
    first, later = (json.loads(assets.text(f"words/mission/{part}{language}.json")) for part in ("", "rare/"))
    assert first | later == words and not first.keys() & later.keys() and len(first) < 0.4 * len(words)


def test_what_a_missions_page_shows_first_waits_for_no_word_that_comes_later() -> None:
    assets = Assets(folder())
    later = json.loads(assets.text("words/mission/rare/en.json"))
    scripts = assets.text("pages/mission.js") + assets.text("pages/mission-more.js")
    said = set(re.findall(r"""["'`]([a-z_]+\.[\w.]*)""", scripts)) - {"refused.", "refused.take"}
    assert "week.title" in said or "week.now" in said
    # a refusal is told in the server's words until then
    assert sorted(begin for begin in said if any(key.startswith(begin) for key in later)) == []


@pytest.mark.parametrize("page", ["mission", "join"])
def test_no_script_of_who_takes_part_says_a_word_of_organisers(page: str) -> None:
    files = {path.relative_to(folder()).as_posix(): path.read_bytes() for path in folder().rglob("*.*")}
    scripts = [
        text.decode()
        for name, text in joined(files).items()
        if re.fullmatch(rf"pages/{page}(-[a-z]+)?\.js", name)
    ]
    said = {word for script in scripts for word in re.findall(r"""["'`]([a-z_]+\.)[a-z_$]""", script)}
    assert {"directory.", "organise.", "imports."} & said == ({"directory."} if page == "mission" else set())
