"""The generated reference: AsyncAPI 3.1 for the socket and OpenAPI 3.1 for HTTP, from the code's own types.

What each audience sees of a record is found by asking an example record, so the reference cannot drift.
"""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import orjson

from webinar_server import __version__
from webinar_server.session import SESSION
from webinar_server.session.chat import Message
from webinar_server.session.people import Person
from webinar_server.session.polls import Option, Poll
from webinar_server.session.programme import Session
from webinar_server.session.questions import Asker, Question
from webinar_server.session.roles import AUDIENCES
from webinar_server.session.stage import Stage
from webinar_server.state import Command, Record
from webinar_server.web.http.entering import Enter, Leave
from webinar_server.web.socket.frames import Frame
from webinar_server.web.who.tokens import Profile

SERVER_FRAMES = {
    "hello": "first frame: protocol, you (id, name, role), beat in seconds",
    "state": "bring your copy to `at`: merge `put`, remove `gone`; with `reset` forget what you had first",
    "done": "the command is durable and applied: ref, at, result",
    "refused": "it changed nothing: ref, code, text; where it helps retry_after in seconds, and of words that"
    " were refused the argument (field), the code points meant (places), and what is taken (suggestion)",
    "pulse": "reactions since the last pulse, all viewers together",
    "beat": "your positions, after `beat` seconds of silence",
    "pong": "answer to ping",
    "error": "the frame was not understood, or not served: code, text, retry_after where waiting helps",
}
HTTP = {
    ("post", "/api/enter"): ("enter with a link's token, or correct the profile", Enter),
    ("get", "/api/me"): ("who I am", None),
    ("post", "/api/leave"): ("end this identity's cookie, and this device", Leave),
    ("post", "/api/sessions"): ("create a session (organiser's bearer token)", None),
    ("get", "/livez"): ("the process answers", None),
    ("get", "/readyz"): ("it can serve", None),
}
_ASKER = Asker(id="p", name="", organisation="", kind="other", country="")
_EXAMPLES: dict[str, Record] = {
    "session": Session(id="s", title=""),
    "person": Person(id="p", name=""),
    "message": Message(id="m", by="p", name="", role="attendee", text="", at=0),
    "question": Question(id="q", by="p", text="", shown="named", asker=_ASKER, at=0, state="answered"),
    "stage": Stage(),
    "poll": Poll(id="o", question="", options=(Option(id="1", text=""),), state="revealed"),
}


def describe() -> str:
    """Both documents as indented JSON: `{"asyncapi": {…}, "openapi": {…}}`."""
    return orjson.dumps({"asyncapi": asyncapi(), "openapi": openapi()}, option=orjson.OPT_INDENT_2).decode()


def asyncapi() -> dict[str, Any]:
    """The socket: frames both ways, every command's arguments, every record kind's fields."""
    names = sorted(name for name, command in SESSION.commands.items() if not command.INTERNAL)
    types = [*get_args(Frame), *(SESSION.commands[name] for name in names)]
    _, schemas = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    said = {frame.__struct_config__.tag: frame for frame in get_args(Frame)}
    messages = {f"client.{tag}": _message(frame.__doc__, frame.__name__) for tag, frame in said.items()}
    messages |= {f"server.{op}": {"summary": text} for op, text in SERVER_FRAMES.items()}
    return {
        "asyncapi": "3.1.0",
        "info": {"title": "webinar-server, the wire, version 1", "version": __version__},
        "channels": {"live": {"address": "/live", "messages": messages}},
        "components": {"schemas": schemas},
        "x-commands": {name: _command(SESSION.commands[name]) for name in names},
        "x-records": {kind: _record(SESSION.kinds[kind]) for kind in SESSION.kinds},
    }


def openapi() -> dict[str, Any]:
    """The HTTP calls beside the socket."""
    _, schemas = msgspec.json.schema_components(
        [Enter, Leave, Profile], ref_template="#/components/schemas/{name}"
    )
    paths: dict[str, Any] = {}
    for (method, path), (summary, body) in HTTP.items():
        call: dict[str, Any] = {"summary": summary, "responses": {"200": {"description": "done"}}}
        if body is not None:
            content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body.__name__}"}}}
            call["requestBody"] = {"content": content}
        paths.setdefault(path, {})[method] = call
    return {
        "openapi": "3.1.0",
        "info": {"title": "webinar-server, HTTP", "version": __version__},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _message(doc: str | None, name: str) -> dict[str, Any]:
    return {"summary": doc, "payload": {"$ref": f"#/components/schemas/{name}"}}


def _command(command: type[Command]) -> dict[str, Any]:
    return {
        "summary": command.__doc__,
        "by": sorted(SESSION.may(command.NAME)),
        "args": {"$ref": f"#/components/schemas/{command.__name__}"},
    }


def _record(kind: type[Record]) -> dict[str, Any]:
    example = _EXAMPLES.get(kind.KIND)
    seen = {
        audience: sorted((example.view(audience) if example else None) or ())
        for audience in AUDIENCES
        if audience in kind.SEEN_BY
    }
    return {"summary": kind.__doc__, "seen_by": seen}
