"""Writes what an argument of a command may hold into a script for each kind of topic.

python scripts/limits.py
"""

from __future__ import annotations

import json
import pathlib
from typing import Any

from msgspec.json import schema_components

from webinar_server.mission import MISSION
from webinar_server.mission.programme import PlanSlot
from webinar_server.session import SESSION
from webinar_server.state import Topic
from webinar_server.web.mission.copies import Copy
from webinar_server.web.schema import REF, asked, asyncapi
from webinar_server.words.sizes import TIME_MAX

STATIC = pathlib.Path(__file__).parents[1] / "static"
FILES = {SESSION: STATIC / "app" / "limits.js", MISSION: STATIC / "mission" / "limits.js"}
SIZES = ("maxLength", "minItems", "maxItems", "minimum", "maximum")
HEAD = "/** What an argument of a command may hold. Made by scripts/limits.py from the printed schema. */\n\n"


def limits(topic: Topic = SESSION) -> dict[str, Any]:
    """By command and argument, in the words of JSON Schema; also of what is said by HTTP alone."""
    schemas = asyncapi()["components"]["schemas"]
    found = {command.NAME: arguments(schemas[command.__name__], schemas) for command in asked(topic)}
    if topic is MISSION:
        shape, parts = schema_components([PlanSlot, Copy], ref_template=REF)
        found["plan_slot"], found["copy"] = (
            arguments(parts[named["$ref"].rpartition("/")[2]], parts) for named in shape
        )
    return {name: found[name] for name in sorted(found) if found[name]}


def script(topic: Topic) -> str:
    """The module, as it should be: an argument a line."""
    lines = [line for command, held in limits(topic).items() for line in _lines(command, held)]
    return "\n".join((f"{HEAD}export const LIMITS = {{", *lines, "};\n"))


def _lines(command: str, held: dict[str, Any]) -> list[str]:
    arguments = [f"    {json.dumps(name)}: {json.dumps(limits)}," for name, limits in held.items()]
    return [f"  {json.dumps(command)}: {{", *arguments, "  },"]


def arguments(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    found = {name: limits_of(argument, schemas) for name, argument in schema.get("properties", {}).items()}
    return {name: limits for name, limits in found.items() if limits}


def limits_of(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """What is said of the size of a value, or of what it holds; of a struct, by its fields."""
    if "$ref" in schema:
        return arguments(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    # of a time no page says how late it may be
    sizes = SIZES if schema.get("maximum") != TIME_MAX else ()
    found = {name: schema[name] for name in sizes if name in schema}
    for kind in schema.get("anyOf", ()):
        found |= limits_of(kind, schemas)
    if isinstance(items := schema.get("items"), dict) and (each := limits_of(items, schemas)):
        found["items"] = each
    return found


if __name__ == "__main__":
    for topic, file in FILES.items():
        file.write_text(script(topic))
