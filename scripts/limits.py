"""Writes what an argument of a command may hold into static/app/limits.js, from the printed schema.

python scripts/limits.py
"""

from __future__ import annotations

import json
import pathlib
from typing import Any

from webinar_server.session import SESSION
from webinar_server.web.schema import asked, asyncapi

FILE = pathlib.Path(__file__).parents[1] / "static" / "app" / "limits.js"
HEAD = "/** What an argument of a command may hold. Made by scripts/limits.py from the printed schema. */\n\n"


def limits() -> dict[str, Any]:
    """By command and argument, in the words of JSON Schema."""
    schemas = asyncapi()["components"]["schemas"]
    found = {command.NAME: arguments(schemas[command.__name__]) for command in asked(SESSION)}
    return {name: found[name] for name in sorted(found) if found[name]}


def script() -> str:
    """The module, as it should be."""
    return f"{HEAD}export const LIMITS = {json.dumps(limits(), indent=2)};\n"


def arguments(schema: dict[str, Any]) -> dict[str, Any]:
    found = {name: limits_of(argument) for name, argument in schema.get("properties", {}).items()}
    return {name: limits for name, limits in found.items() if limits}


def limits_of(schema: dict[str, Any]) -> dict[str, Any]:
    """What is said of the size of a value, or of what it holds."""
    found = {name: schema[name] for name in ("maxLength", "minItems", "maxItems") if name in schema}
    for kind in schema.get("anyOf", ()):
        found |= limits_of(kind)
    if isinstance(items := schema.get("items"), dict) and (each := limits_of(items)):
        found["items"] = each
    return found


if __name__ == "__main__":
    FILE.write_text(script())
