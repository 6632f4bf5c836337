"""Writes what records are to pages into the `records.d.ts` of each kind of topic, from the printed schema.

python scripts/records.py
"""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator
from typing import Any

from webinar_server.web.schema import asyncapi

STATIC = pathlib.Path(__file__).parents[1] / "static"
FILES = {topic: STATIC / topic / "records.d.ts" for topic in ("session", "mission")}
HEAD = "/** Records as pages are told of them. Made by scripts/records.py from the printed schema. */\n\n"
KINDS = "\nexport type Kinds = {{ {kinds} }};\n"
PARTS = {
    "session": """
export type Asker = Question["asker"];
export type Greeting = NonNullable<Person["greeted"]>;
export type Option = Poll["options"][number];
export type QuestionState = Question["state"];
""",
    "mission": """
export type Place = Mission["places"][number];
""",
}
TYPES = {"integer": "number", "null": "null"}


def script(topic: str) -> str:
    """The declarations, as they should be."""
    records = asyncapi()["x-topics"][topic]["records"]
    kinds = ", ".join(f"{kind}: {_name(kind)}" for kind in records)
    declared = (_declared(kind, record["fields"]) for kind, record in records.items())
    return HEAD + "\n".join(declared) + KINDS.format(kinds=kinds) + PARTS[topic]


def _declared(kind: str, fields: dict[str, Any]) -> str:
    lines = "".join(f"  {line};\n" for line in ["id: string", *_members(fields)])
    return f"export interface {_name(kind)} {{\n{lines}}}\n"


def _members(shape: dict[str, Any]) -> Iterator[str]:
    for name, field in shape["properties"].items():
        yield f"{name}{'' if name in shape['required'] else '?'}: {_type(field)}"


def _type(shape: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return " | ".join(map(_type, shape["anyOf"]))
    if "enum" in shape:
        return " | ".join(map(json.dumps, shape["enum"]))
    if shape["type"] == "array":
        return f"({_type(shape['items'])})[]"
    if shape["type"] == "object":
        return f"{{ {'; '.join(_members(shape))} }}"
    return TYPES.get(shape["type"], shape["type"])


def _name(kind: str) -> str:
    return kind.capitalize()


if __name__ == "__main__":
    for topic, file in FILES.items():
        file.write_text(script(topic))
