"""The socket's door: who gets in, by which token, from which page."""

from __future__ import annotations

import json
from typing import Any

import itsdangerous
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.web.client import until
from tests.web.server import TOPIC, UNPACED, LiveServer
from webinar_server.clock import now_ms
from webinar_server.settings import Settings
from webinar_server.web.http.headers import HEADERS
from webinar_server.web.http.links import terminal
from webinar_server.web.who.tokens import PURPOSE, Signer


async def turned_away(server: LiveServer, token: str | None = None, **handshake: Any) -> tuple[int, str]:
    """The status and code a handshake is refused with; every refusal says what to do."""
    with pytest.raises(InvalidStatus) as refused:
        await server.client(token, **handshake).open()
    answer = refused.value.response
    body = json.loads(answer.body or b"{}")
    assert body["text"] and "Traceback" not in str(answer.body)
    for name, value in HEADERS:
        assert answer.headers[name.decode()] == value.decode()
    return answer.status_code, body["code"]


async def test_without_a_token_one_is_turned_away(server: LiveServer) -> None:
    assert await turned_away(server) == (401, "token.missing")


def forged(server: LiveServer) -> dict[str, str]:
    good = server.token()
    payload, _, signature = good.rpartition(".")
    other = Signer("another-secret-that-is-long-enough-too")
    unsigned = itsdangerous.URLSafeSerializer("x").dumps(["a", "b"])
    return {
        "empty": "",
        "words": "not a token",
        "truncated": good[:-1],
        "payload only": payload,
        "signature only": "." + signature,
        "changed": ("A" if good[0] != "A" else "B") + good[1:],
        "foreign secret": other.sign(server.identity()),
        "no secret": Signer("").sign(server.identity()),
        "another shape": unsigned,
        "no algorithm": "eyJhbGciOiJub25lIn0.eyJpZCI6ImEifQ.",
        "long": "x" * 5000,
    }


async def test_a_token_that_is_not_ours_is_turned_away(server: LiveServer) -> None:
    for name, token in forged(server).items():
        assert await turned_away(server, token) == (401, "token.wrong"), name


async def test_a_token_of_our_own_with_another_purpose_is_turned_away(server: LiveServer) -> None:
    for wrong in ([], ["a"], {"id": "a"}, "a", 5, None):
        token = str(server.signer._serializer(PURPOSE).dumps(wrong))
        assert await turned_away(server, token) == (401, "token.wrong"), wrong


async def test_a_token_of_no_topic_that_is_here_or_of_no_role_in_it_is_turned_away(
    server: LiveServer,
) -> None:
    for token in (
        server.signer.sign(terminal()),
        server.token(topic="shelf/s1"),
        server.token(role="keeper"),
    ):
        assert await turned_away(server, token) == (401, "token.wrong")


async def test_an_expired_token_is_turned_away(server: LiveServer) -> None:
    token = server.token(expires=now_ms() - 1)
    assert await turned_away(server, token) == (401, "token.expired")


async def test_another_scheme_than_bearer_is_turned_away(server: LiveServer) -> None:
    headers = {"Authorization": f"Basic {server.token()}"}
    status, code = await turned_away(server, headers=headers)
    assert status == 401 and code.startswith("token.")


async def test_a_token_of_an_unknown_session_gets_in_but_joins_nothing(server: LiveServer) -> None:
    ada = await server.connected(session="gone")
    await ada.send(op="join", topic="session/gone", at=None)
    await ada.until(lambda: ada.errors == ["topic.unknown"])


async def test_a_token_that_expires_ends_its_socket(server: LiveServer) -> None:
    ada = await server.joined(expires=now_ms() + 1500)
    assert (await ada.ended())[0] == 4401


FOREIGN = (
    "http://evil.example",
    "null",
    "",
    "http://{host}.evil.example",
    "http://evil-{host}",
    "http://{host}@evil.example",
    "http://evil@{host}",
    "http://{host}0",
    "http://127.0.0.1",
    "http://localhost:{port}",
    "ftp://{host}",
    "{host}",
    "//{host}",
    "http://[",
    "http://[::1",
    "http://{host} http://evil.example",
)


async def test_a_page_from_elsewhere_is_turned_away_even_with_a_good_token(server: LiveServer) -> None:
    host = server.url.removeprefix("http://")
    for pattern in FOREIGN:
        origin = pattern.format(host=host, port=host.rpartition(":")[2])
        status = await turned_away(server, server.token(), headers={"Origin": origin})
        assert status == (403, "origin.foreign"), origin


async def test_a_client_without_a_page_needs_only_its_token(server: LiveServer) -> None:
    assert (await server.joined()).screen.of("session")


async def test_a_page_of_ours_gets_in_with_its_cookie(server: LiveServer) -> None:
    headers = {"Origin": server.url, "Cookie": f"webinar-x={server.cookie('Ada')}"}
    ada = await (await server.client(headers=headers).open()).join(TOPIC)
    assert ada.hello["you"]["name"] == "Ada"
    await ada.close()


async def test_a_cookie_without_a_page_is_turned_away(server: LiveServer) -> None:
    headers = {"Cookie": f"webinar-x={server.cookie()}"}
    assert await turned_away(server, headers=headers) == (403, "origin.foreign")


async def test_behind_a_public_address_only_its_pages_get_in(start) -> None:
    server = await start(UNPACED, "https://live.example.org")
    cookie = {"Cookie": f"__Host-webinar-x={server.cookie()}"}
    good = await server.client(headers=cookie | {"Origin": "https://live.example.org"}).open()
    await good.close()
    for origin in ("http://live.example.org", "https://live.example.org:8443", server.url):
        status = await turned_away(server, headers=cookie | {"Origin": origin})
        assert status == (403, "origin.foreign"), origin
    unbound = {"Cookie": f"webinar-x={server.cookie()}", "Origin": "https://live.example.org"}
    assert await turned_away(server, headers=unbound) == (401, "token.missing")


async def test_as_says_which_of_several_identities_is_meant(server: LiveServer) -> None:
    cookies = f"webinar-a={server.cookie('Ada')}; webinar-b={server.cookie('Bob', issued=now_ms() + 9)}; x=y"
    headers = {"Origin": server.url, "Cookie": cookies}
    for path, name in (("/live?as=a", "Ada"), ("/live?as=b", "Bob"), ("/live", "Bob")):
        client = await server.client(headers=headers, path=path).open()
        assert client.hello["you"]["name"] == name
        await client.close()
    assert await turned_away(server, headers=headers, path="/live?as=c") == (401, "token.missing")


async def test_one_spoilt_cookie_does_not_hide_the_good_one(server: LiveServer) -> None:
    cookies = f"webinar-a=nonsense; webinar-b={server.cookie('Bob')}"
    client = await server.client(headers={"Origin": server.url, "Cookie": cookies}).open()
    assert client.hello["you"]["name"] == "Bob"
    await client.close()
    spoilt = {"Origin": server.url, "Cookie": "webinar-a=nonsense"}
    assert await turned_away(server, headers=spoilt) == (401, "token.wrong")


async def test_without_a_subprotocol_of_ours_one_is_answered_in_json(server: LiveServer) -> None:
    for offered in (None, ["chat"]):
        socket = await connect(
            server.url.replace("http", "ws") + "/live",
            additional_headers={"Authorization": f"Bearer {server.token()}"},
            subprotocols=offered,  # type: ignore[arg-type]
            proxy=None,
        )
        assert json.loads(await socket.recv())["op"] == "hello" and socket.subprotocol is None
        await socket.close()


async def test_sockets_elsewhere_are_turned_away(server: LiveServer) -> None:
    for path in ("/", "/elsewhere", "/live/", "/static/x", "/api/me"):
        with pytest.raises(InvalidStatus) as refused:
            await server.client(server.token(), path=path).open()
        assert refused.value.response.status_code in (403, 404, 307), path


async def test_guessing_tokens_is_slowed_down_while_good_ones_get_in(start) -> None:
    server = await start(Settings())
    codes = [(await turned_away(server, "guess"))[1] for _ in range(40)]
    assert "pace.connect" in codes and codes[:20] == ["token.wrong"] * 20
    assert (await server.joined()).screen.of("session")


async def test_one_person_has_so_many_sockets_and_no_more(start) -> None:
    server = await start(Settings(connections_each=2))
    ada = server.identity()
    first = await server.joined(id=ada.id)
    await server.joined(id=ada.id)
    assert await turned_away(server, server.signer.sign(ada)) == (429, "pace.connections")
    await server.joined("Bob")
    await first.close()
    presence = (await server.hub.room(TOPIC)).presence
    await until(lambda: presence.count(ada.id) == 1, "the first is gone")
    await server.joined(id=ada.id)


async def test_three_hundred_good_tokens_from_one_address_pass(start) -> None:
    server = await start(Settings())
    tokens = [server.token(f"Guest {number}") for number in range(300)]
    for token in tokens:
        client = await server.client(token).open()
        server._clients.append(client)
    assert all(client.hello for client in server._clients)
