"""The printed reference says all there is: each record's fields, each command, each route."""

from __future__ import annotations

import pathlib
from typing import Any

import pytest
from starlette.routing import Mount, Route, WebSocketRoute

from tests.board import BOARD
from tests.session.histories import World, random_batches
from webinar_server.live.hub import Hub
from webinar_server.log.sqlite.engine import SqliteLog
from webinar_server.session import SESSION
from webinar_server.settings import Settings
from webinar_server.state import Private, Record, Topic
from webinar_server.topics import TOPICS
from webinar_server.web.app import create_app
from webinar_server.web.fields import fields
from webinar_server.web.schema import HTTP, asyncapi, openapi, owned, seen
from webinar_server.web.who.site import Site
from webinar_server.web.who.tokens import Signer

KINDS = [(topic, kind) for topic in (SESSION, BOARD) for kind in topic.kinds.values()]


def named(value: object) -> str:
    return value.KIND if isinstance(value, type) and issubclass(value, Record) else getattr(value, "name", "")


@pytest.mark.parametrize(("topic", "kind"), KINDS, ids=named)
def test_every_kind_has_an_example_for_each_audience_that_may_see_it(
    topic: Topic, kind: type[Record]
) -> None:
    for audience in kind.SEEN_BY:
        assert seen(topic, kind, audience), audience
    assert owned(topic, kind) or not issubclass(kind, Private)


@pytest.mark.parametrize("audience", SESSION.roles.audiences)
def test_examples_show_every_field_that_anybody_sees_in_any_history(audience: str) -> None:
    for seed in range(12):
        world = World()
        for batch in random_batches(seed, 40):
            world.play(batch)
            for record in world.state.records():
                told = set(record.view(audience) or ()) if audience in record.SEEN_BY else set()
                assert told <= set(seen(SESSION, type(record), audience)), record.KIND
                if audience in SESSION.roles.owning:
                    own = {field for owner in record.owners for field in record.own(owner, audience) or ()}
                    assert own <= set(owned(SESSION, type(record))), record.KIND


def test_what_anybody_sees_in_any_history_is_as_the_reference_says() -> None:
    for seed in range(12):
        world = World()
        for batch in random_batches(seed, 40):
            world.play(batch)
        for record in world.state.records():
            told = fields(SESSION, type(record))
            own = [record.own(owner, each) for owner in record.owners for each in SESSION.roles.owning]
            for view in (*(record.view(audience) for audience in record.SEEN_BY), *own):
                assert view is None or fits(view, told), (view, told)


def fits(value: object, told: dict[str, Any]) -> bool:
    if "anyOf" in told:
        return any(fits(value, each) for each in told["anyOf"])
    if "enum" in told:
        return value in told["enum"]
    if told["type"] == "object":
        within, needed = told["properties"], set(told["required"])
        return (
            isinstance(value, dict)
            and needed <= value.keys() <= within.keys()
            and all(fits(held, within[name]) for name, held in value.items())
        )
    if told["type"] == "array":
        return isinstance(value, list | tuple) and all(fits(item, told["items"]) for item in value)
    if told["type"] == "number":
        return type(value) in (int, float)
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
    return type(value) is kinds[told["type"]]


def test_the_reference_tells_each_kind_of_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TOPICS, BOARD.name, BOARD)
    told = asyncapi()["x-topics"]
    assert set(told) == {"mission", "session", "board"}
    assert told["board"]["roles"] == {"keeper": "keepers", "member": "members", "wall": "walls"}
    assert told["board"]["records"]["note"]["seen_by"]["walls"] == ["at", "text"]
    assert told["board"]["records"]["note"]["owners_see"] == ["at", "by", "shown", "text"]
    assert set(told["board"]["commands"]) == {"clear", "pin", "set_bell", "show", "take_down"}
    assert told["board"]["commands"]["clear"]["by"] == ["keeper"]
    assert told["board"]["commands"]["pin"]["by"] == ["keeper", "member"]
    assert told["session"]["records"]["support"] == {
        "summary": SESSION.kinds["support"].__doc__,
        "fields": {
            "type": "object",
            "properties": {"question": {"type": "string"}},
            "required": ["question"],
        },
        "seen_by": {},
        "owners_see": ["question"],
    }
    assert told["session"]["records"]["vote"]["seen_by"]["host"] == [
        "by",
        "number",
        "options",
        "poll",
        "texts",
    ]
    assert "hidden" in told["session"]["records"]["message"]["seen_by"]["host"]


def test_every_command_points_to_its_arguments() -> None:
    told = asyncapi()
    for topic in told["x-topics"].values():
        for command in topic["commands"].values():
            name = command["args"]["$ref"].rpartition("/")[2]
            assert told["components"]["schemas"][name]["type"] == "object"


async def test_every_route_of_the_server_is_listed_and_no_other(tmp_path: pathlib.Path) -> None:
    hub = Hub(SqliteLog(tmp_path), Settings())
    await hub.open()
    app = create_app(hub, Signer("a secret of the test, long enough to sign"), Site())
    there = set()
    for route in app.routes:
        if isinstance(route, Mount):
            there.add(("get", route.path + "/{path}"))
        elif isinstance(route, Route):
            there |= {(method.lower(), route.path) for method in (route.methods or set()) - {"HEAD"}}
        else:
            assert isinstance(route, WebSocketRoute) and route.path == "/live"
    assert there == set(HTTP)
    await hub.close()


def test_http_calls_say_what_is_sent_and_answered() -> None:
    paths = openapi()["paths"]
    assert set(paths["/api/links"]["post"]["responses"]) == {"201"}
    body = paths["/api/sessions"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/CreateSession"}
