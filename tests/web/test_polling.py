"""Polls over HTTP: hosts take them along and in again, from a file or from another session; all of them or
none."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.web.server import LiveServer
from webinar_server.session.polls.poll import Poll
from webinar_server.session.roles import HOSTS, PEOPLE
from webinar_server.state import Role

FILES = ("polls.json", "polls.csv")
PATH = "/api/sessions/s1/polls"
TWO = b"question;form;options\nHow?;choice;A|B\nWhy?;text;\n"


async def ask(
    server: LiveServer, path: str, body: bytes | None = None, role: Role = "host", **fields: Any
) -> httpx.Response:
    token = server.token("Hal", role, **fields)
    headers = {"Origin": server.url, "Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, trust_env=False) as http:
        return await (http.get(path) if body is None else http.post(path, content=body))


def questions(server: LiveServer) -> list[str]:
    return sorted(poll.question for poll in server.state().all(Poll))


async def test_what_is_taken_in_is_there_as_drafts_and_is_taken_along(server: LiveServer) -> None:
    answer = await ask(server, PATH, TWO)
    assert answer.status_code == 201 and len(answer.json()["ids"]) == 2
    assert questions(server) == ["How?", "Why?"]
    for name in FILES:
        file = await ask(server, f"/api/sessions/s1/{name}")
        assert file.headers["content-disposition"] == f'attachment; filename="polls-s1.{name[6:]}"'
        assert file.headers["cache-control"] == "no-store"
        assert (await ask(server, PATH, file.content)).status_code == 201
    assert len(questions(server)) == 8


async def test_of_a_file_with_a_wrong_line_nothing_is_taken_in(server: LiveServer) -> None:
    answer = await ask(server, PATH, TWO + b"What?;choice;A\n")
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "polls.wrong")
    assert [(line["line"], line["code"]) for line in told["lines"]] == [(4, "poll.options")]
    assert questions(server) == []


async def test_what_is_too_much_for_the_session_is_not_taken_in_by_half(server: LiveServer) -> None:
    many = b"question;form\n" + b"So?;text\n" * 60
    assert (await ask(server, PATH, many)).status_code == 201
    answer = await ask(server, PATH, many)
    assert (answer.status_code, answer.json()["code"]) == (422, "poll.full")
    assert len(questions(server)) == 60


async def test_polls_come_from_another_session_to_who_leads_both(server: LiveServer) -> None:
    await ask(server, PATH, TWO)
    answer = await ask(server, f"{PATH}?from=s1", b"")
    assert answer.status_code == 201 and len(questions(server)) == 4
    await server.add_session("s2")
    for other, code in (("s2", "topic.forbidden"), ("none", "topic.forbidden")):
        answer = await ask(server, f"{PATH}?from={other}", b"")
        assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert len(questions(server)) == 4


@pytest.mark.parametrize("role", sorted(PEOPLE - HOSTS))
async def test_files_of_polls_are_for_hosts(server: LiveServer, role: Role) -> None:
    for answer in [await ask(server, f"/api/sessions/s1/{name}", role=role) for name in FILES]:
        assert (answer.status_code, answer.json()["code"]) == (403, "command.not_allowed")
    answer = await ask(server, PATH, TWO, role)
    assert (answer.status_code, answer.json()["code"]) == (403, "command.not_allowed")
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        assert (await http.post(PATH, content=TWO, headers={"Origin": server.url})).status_code == 401
