"""The generated reference: AsyncAPI 3.1 for the socket and OpenAPI 3.1 for HTTP, from the code's own types.

What is seen of a record is found by asking the examples that stand beside each noun (`EXAMPLES`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import msgspec
import orjson

from webinar_server import __version__
from webinar_server.session.programme import CreateSession
from webinar_server.state import Audience, Command, Record, Topic, Unseen, View
from webinar_server.topics import TOPICS
from webinar_server.web.afterwards import REPORT_PAGE, SESSION_PATH
from webinar_server.web.fields import fields
from webinar_server.web.http.calls import Call
from webinar_server.web.http.entering import Enter, Leave
from webinar_server.web.http.joins import JOIN_PATH
from webinar_server.web.http.links import NewSpeaker, Renew
from webinar_server.web.http.older import path_of
from webinar_server.web.http.run_copies import CopyRun
from webinar_server.web.mission.calls import CALLS
from webinar_server.web.polling import POLLS_PATH
from webinar_server.web.socket.frames import Frame
from webinar_server.web.who.tokens import Profile

REF = "#/components/schemas/{name}"
SERVER_FRAMES = {
    "hello": "first frame: protocol, you (id, name, role), beat in seconds",
    "seat": "in a topic that the connection did not come for: topic, and you there (id, name, role)",
    "state": "bring your copy to `at`: merge `put`, remove `gone`; with `reset` forget what you had first,"
    " with `older` what you had of its kinds: of these there is more, before the record it names",
    "done": "the command is durable and applied: ref, at, result",
    "refused": "it changed nothing: ref, code, text; where it helps retry_after in seconds, and of words that"
    " were refused the argument (field), the code points meant (places), and what is taken (suggestion)",
    "pulse": "reactions since the last pulse, all viewers together",
    "beat": "your positions, after `beat` seconds of silence",
    "pong": "answer to ping",
    "error": "the frame was not understood, or not served: code, text, retry_after where waiting helps,"
    " and the topic that could not be joined, or is not followed any more",
}


HTTP: Mapping[tuple[str, str], Call] = (
    {
        ("post", "/api/enter"): Call("enter with a link's token, or correct the profile", Enter),
        ("get", "/api/me"): Call("who I am"),
        ("post", "/api/leave"): Call("end this identity's cookie, and this device", Leave),
        ("post", "/api/links"): Call(
            "end somebody's links and devices, and make a new link (hosts)", Renew, 201
        ),
        ("post", "/api/stage-links"): Call(
            "make a link for one more screen of the session (hosts)", None, 201
        ),
        ("post", "/api/speaker-links"): Call(
            "make a link for one more speaker of the session (hosts)", NewSpeaker, 201
        ),
        ("post", "/api/run-copies"): Call(
            "begin with the run of show of another session that one leads (hosts)", CopyRun, 201
        ),
        ("post", "/live/stream"): Call("frames of who is told by a stream, one a line (see the wire)"),
        ("get", "/api/trickle"): Call("two events a second apart, to see what a proxy makes of a stream"),
        ("get", JOIN_PATH): Call("where people may come in, as the stage shows it, with its QR code"),
        ("post", "/api/sessions"): Call("create a session (organiser's bearer token)", CreateSession, 201),
        ("get", "/api/address"): Call("as whom limits count me"),
        ("post", "/api/csp"): Call("what a browser kept a page from doing, as it reports that", None, 204),
        ("get", "/livez"): Call("the process answers"),
        ("get", "/readyz"): Call("it can serve"),
        ("get", "/"): Call("page: what this is"),
        ("get", "/session/{id}"): Call("page of attendees and speakers"),
        ("get", "/host/{id}"): Call("page of hosts and organisers"),
        ("get", "/stage/{id}"): Call("page of a screen"),
        ("get", "/speaker/{id}"): Call("page of who speaks: the question, the time, the hosts' line"),
        ("get", REPORT_PAGE): Call("page of an hour's report (hosts)"),
        ("get", f"{POLLS_PATH}.json"): Call("what polls were prepared, as a file (hosts)"),
        ("get", f"{POLLS_PATH}.csv"): Call("the same as a table (hosts)"),
        ("post", POLLS_PATH): Call("take in a file of polls, or those of another session (hosts)", None, 201),
        ("get", f"{SESSION_PATH}/report.html"): Call("the report as a file, with or without names (hosts)"),
        ("get", f"{SESSION_PATH}/report.json"): Call("the same for programs (hosts)"),
        ("get", f"{SESSION_PATH}/sheets.xlsx"): Call("a session as a workbook (hosts)"),
        ("get", f"{SESSION_PATH}/sheets.json"): Call("the same for programs (hosts)"),
        ("get", f"{SESSION_PATH}/sheets/{{sheet}}.csv"): Call("one of its sheets (hosts)"),
        ("get", "/mission/{id}"): Call("page of a mission's people"),
        ("get", "/mission/{id}/join"): Call("page by which somebody new comes to a mission"),
        ("get", "/organise/{id}"): Call("page of a mission's organisers"),
        ("get", "/static/{path}"): Call("what pages are made of"),
    }
    | CALLS
    | {
        ("get", path_of(topic, kind)): Call(f"{kind}s older than the one `before`, at most `count`")
        for topic in TOPICS.values()
        for kind in topic.kinds.windows
    }
)


def describe() -> str:
    """Both documents as indented JSON: `{"asyncapi": {…}, "openapi": {…}}`."""
    return orjson.dumps({"asyncapi": asyncapi(), "openapi": openapi()}, option=orjson.OPT_INDENT_2).decode()


def asyncapi() -> dict[str, Any]:
    """The socket: frames both ways; of every kind of topic its commands and their arguments, its records."""
    frames = get_args(Frame)
    commands = [command for topic in TOPICS.values() for command in asked(topic)]
    shapes, schemas = msgspec.json.schema_components([*frames, *commands], ref_template=REF)
    shape_of = dict(zip([*frames, *commands], shapes, strict=True))
    messages = {
        f"client.{frame.__struct_config__.tag}": {"summary": frame.__doc__, "payload": shape_of[frame]}
        for frame in frames
    }
    messages |= {f"server.{op}": {"summary": text} for op, text in SERVER_FRAMES.items()}
    return {
        "asyncapi": "3.1.0",
        "info": {"title": "webinar-server, the wire, version 1", "version": __version__},
        "channels": {"live": {"address": "/live", "messages": messages}},
        "components": {"schemas": schemas},
        "x-topics": {name: _topic(topic, shape_of) for name, topic in TOPICS.items()},
    }


def openapi() -> dict[str, Any]:
    """The HTTP calls beside the socket."""
    bodies = [call.body for call in HTTP.values() if call.body is not None]
    shapes, schemas = msgspec.json.schema_components([*bodies, Profile], ref_template=REF)
    shape_of = dict(zip([*bodies, Profile], shapes, strict=True))
    paths: dict[str, Any] = {}
    for (method, path), call in HTTP.items():
        told: dict[str, Any] = {
            "summary": call.summary,
            "responses": {str(call.status): {"description": "done"}},
        }
        if call.body is not None:
            told["requestBody"] = {"content": {"application/json": {"schema": shape_of[call.body]}}}
        paths.setdefault(path, {})[method] = told
    return {
        "openapi": "3.1.0",
        "info": {"title": "webinar-server, HTTP", "version": __version__},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def asked(topic: Topic) -> list[type[Command]]:
    """The commands that a socket may bring, by name."""
    return [command for _, command in sorted(topic.commands.items()) if not command.INTERNAL]


def seen(topic: Topic, kind: type[Record], audience: Audience) -> list[str]:
    """The fields that an audience may see of records of a kind."""
    return _fields(example.view(audience) for example in topic.examples if type(example) is kind)


def owned(topic: Topic, kind: type[Record]) -> list[str]:
    """The fields that an owner may see of theirs, in one audience or another."""
    return _fields(
        example.own(owner, audience)
        for example in topic.examples
        if type(example) is kind
        for owner in example.owners
        for audience in topic.roles.owning
    )


def _fields(views: Iterable[View | None]) -> list[str]:
    return sorted({field for view in views for field in view or ()})


def _topic(topic: Topic, shape_of: Mapping[Any, Any]) -> dict[str, Any]:
    commands = {
        command.NAME: {
            "summary": command.__doc__,
            "by": sorted(topic.may(command.NAME)),
            "args": shape_of[command],
        }
        for command in asked(topic)
    }
    told = {name: kind for name, kind in topic.kinds.items() if not issubclass(kind, Unseen)}
    records = {name: _record(topic, kind) for name, kind in told.items()}
    return {"roles": dict(topic.roles.audience_of), "commands": commands, "records": records}


def _record(topic: Topic, kind: type[Record]) -> dict[str, Any]:
    told = {audience: seen(topic, kind, audience) for audience in kind.SEEN_BY}
    return {
        "summary": kind.__doc__,
        "fields": fields(topic, kind),
        "seen_by": told,
        "owners_see": owned(topic, kind),
    }
