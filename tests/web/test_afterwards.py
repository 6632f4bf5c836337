"""Looking back over HTTP: for those who lead an hour alone, at any moment; the report stands by itself."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import httpx
import openpyxl
import pytest

from tests.web.server import LiveServer
from webinar_server.documents.html import policy
from webinar_server.session.roles import HOSTS, PEOPLE
from webinar_server.state import Role

CALLS = ("report.html", "report.json", "sheets.xlsx", "sheets.json", "sheets/chat.csv")
HOSTILE = '</p><script>alert(1)</script><img src=x onerror=alert(1)> & "quotes"'


async def get(server: LiveServer, path: str, role: Role = "host", **fields: Any) -> httpx.Response:
    token = server.token("Hal", role, **fields)
    headers = {"Origin": server.url, "Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
        return await http.get(path)


async def asked(server: LiveServer) -> None:
    ada = await server.joined("Ada")
    await ada.do("ask", text=HOSTILE)
    await ada.do("say", text=HOSTILE)


@pytest.mark.parametrize("role", sorted(PEOPLE))
async def test_only_hosts_look_back(server: LiveServer, role: Role) -> None:
    for call in CALLS:
        answer = await get(server, f"/api/sessions/s1/{call}", role)
        if role in HOSTS:
            assert answer.status_code == 200, call
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["content-disposition"].startswith("attachment; filename=")
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "command.not_allowed"), call
    assert (await get(server, "/report/s1", role)).status_code == (200 if role in HOSTS else 403)


async def test_nobody_else_is_told_anything(server: LiveServer) -> None:
    await server.add_session("s2")
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        for call in CALLS:
            assert (await http.get(f"/api/sessions/s1/{call}")).status_code == 401
            other = await get(server, f"/api/sessions/s2/{call}")
            assert (other.status_code, other.json()["code"]) == (403, "topic.forbidden")
        page = await http.get("/report/s1")
        assert page.status_code == 401 and "token.missing" in page.text


class Seen(HTMLParser):
    """The elements of a page, and what would fetch or run something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.fetched: list[str] = []
        self.languages: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.fetched += [
            name for name, _ in attrs if name.startswith("on") or name in ("src", "style", "srcset")
        ]
        if tag == "article":
            self.languages.append(dict(attrs)["lang"] or "")


@pytest.mark.parametrize(
    "path", ["/report/s1", "/api/sessions/s1/report.html", "/api/sessions/s1/report.html?names=0"]
)
async def test_the_report_stands_by_itself_and_what_people_wrote_is_text(
    server: LiveServer, path: str
) -> None:
    await asked(server)
    answer = await get(server, path)
    seen = Seen(answer.text)
    assert not seen.names & {"script", "link", "img", "iframe", "object", "form"} and seen.fetched == []
    assert seen.languages == ["en", "nl"]
    assert answer.text.count("&lt;script&gt;alert(1)") == 2
    assert answer.headers["content-security-policy"] == f"{policy()}; frame-ancestors 'none'"
    assert "url(" not in answer.text and "@import" not in answer.text and "@font-face" not in answer.text
    assert ("Ada" in answer.text) == ("names" not in path)


async def test_its_page_leads_to_its_files_as_whom_and_in_which_zone_it_was_asked(server: LiveServer) -> None:
    page = await get(server, "/report/s1?as=ab12&zone=Asia/Tokyo&lang=nl")
    links = set(re.findall(r'<a href="([^"]+)"', page.text))
    kept = "?as=ab12&amp;zone=Asia%2FTokyo&amp;lang=nl"
    assert links == {
        f"/api/sessions/s1/report.html{kept}",
        f"/api/sessions/s1/report.html{kept}&amp;names=0",
        f"/api/sessions/s1/sheets.xlsx{kept}",
        f"/api/sessions/s1/sheets.json{kept}",
    }
    assert '<html lang="nl">' in page.text and "Asia/Tokyo" in page.text


async def test_all_of_it_is_a_workbook_also_during_the_hour(server: LiveServer) -> None:
    await asked(server)
    book = openpyxl.load_workbook(
        io.BytesIO((await get(server, "/api/sessions/s1/sheets.xlsx?lang=nl")).content)
    )
    assert book["Vragen"]["B2"].value == book["Chat"]["D2"].value == HOSTILE
    told = (await get(server, "/api/sessions/s1/sheets.json")).json()
    assert told["chat"][0]["text"] == told["questions"][0]["text"] == HOSTILE


@pytest.mark.parametrize(
    "path",
    ["sheets/votes.csv", "sheets/chat.csv?separator=x", "report.html?names=2", "report.json?names=yes"],
)
async def test_what_there_is_not_is_refused(server: LiveServer, path: str) -> None:
    answer = await get(server, f"/api/sessions/s1/{path}")
    assert (answer.status_code, answer.json()["code"]) == (400, "query.malformed")


@pytest.mark.parametrize("zone", ["../../etc/passwd", "No/Where", "", "%00"])
async def test_a_zone_that_there_is_not_is_utc(server: LiveServer, zone: str) -> None:
    assert "(UTC)" in (await get(server, f"/report/s1?zone={zone}")).text
