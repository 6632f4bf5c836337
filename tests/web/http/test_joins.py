"""Where people may come in, as the stage shows it: an address, and a code of that very address."""

from __future__ import annotations

import re

import httpx
import pytest
import segno

from tests.web.http.test_entering import said
from tests.web.server import LiveServer
from webinar_server.web.http.joins import is_open


async def asked(server: LiveServer, token: str, session: str = "s1") -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
        return await http.get(f"/api/sessions/{session}/join")


def modules(size: int, path: str) -> list[list[int]]:
    """The code, put together again from what is drawn."""
    drawn = [[0] * size for _ in range(size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        for at in range(int(x), int(x) + int(width)):
            drawn[int(y)][at] = 1
    return drawn


async def test_the_code_is_of_the_address_that_is_told(server: LiveServer) -> None:
    answer = (await asked(server, server.token("Stage", "stage"))).json()
    assert answer["address"] == f"{server.url}/session/s1"
    code = segno.make(answer["address"], error="m", micro=False)
    assert modules(answer["size"], answer["path"]) == [list(row) for row in code.matrix]


async def test_a_host_says_where_people_come_in(server: LiveServer) -> None:
    host = await server.joined("Host", "host")
    await host.do("change_session", join="https://mission.example/join")
    answer = (await asked(server, server.token("Stage", "stage"))).json()
    assert answer["address"] == "https://mission.example/join"


async def test_attendees_are_told_no_more_than_by_the_record(server: LiveServer) -> None:
    for role in ("attendee", "speaker"):
        assert said(await asked(server, server.token("Ada", role))) == (403, "command.not_allowed")  # type: ignore[arg-type]
    for role in ("host", "organiser", "stage"):
        assert (await asked(server, server.token("Who", role))).status_code == 200  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "base", "open"),
    [
        ("", "https://live.example.org", False),
        ("https://live.example.org/host/s1#token", "https://live.example.org", False),
        ("https://other.example/#token", "https://live.example.org", False),
        ("https://Live.example.org:443/host/s1", "https://live.example.org", False),
        ("https://live.example.org/", "https://live.example.org", False),
        ("https://live.example.org/session/s2", "https://live.example.org", True),
        ("https://live.example.org:8443/join", "https://live.example.org", True),
        ("https://mission.example/join", "https://live.example.org", True),
    ],
)
def test_of_what_a_log_of_before_has_only_what_is_for_anybody_is_told(
    address: str, base: str, open: bool
) -> None:
    assert is_open(address, base) is open


async def test_it_is_told_to_nobody_without_a_link_for_that_session(server: LiveServer) -> None:
    await server.add_session("s2")
    assert said(await asked(server, "nonsense")) == (401, "token.wrong")
    assert said(await asked(server, server.token("Stage", "stage"), "s2")) == (403, "topic.forbidden")


async def test_only_the_stages_page_takes_a_picture_from_elsewhere(server: LiveServer) -> None:
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        rules = {
            page: (await http.get(f"/{page}/s1")).headers.get_list("content-security-policy")
            for page in ("stage", "host", "session")
        }
    assert [len(each) for each in rules.values()] == [1, 1, 1]
    images = {page: re.search(r"img-src ([^;]+)", each[0]) for page, each in rules.items()}
    assert images["stage"] and images["stage"][1] == "'self' data: https:"
    assert images["host"] and images["host"][1] == images["session"][1] == "'self' data:"  # type: ignore[index]
    assert rules["stage"][0].replace(" data: https:", " data:") == rules["host"][0]
