"""What the fields of records hold, as JSON Schema: from what examples show, and from what a record may hold.

A view has fields that its record has not, and leaves some out of parts of it; so which there are is read off
the examples, and what the record says of a field of the same name is said of it too: its choices, and what
else it may be. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from webinar_server.state import Record, Topic, View

Schema: TypeAlias = dict[str, Any]

_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}
_REF = "{name}"


def fields(topic: Topic, kind: type[Record]) -> Schema:
    """The object that records of a kind are to those who see them; `required` is what everybody sees."""
    [shape], parts = msgspec.json.schema_components([kind], ref_template=_REF)
    return _object([*views(topic, kind)], shape, parts)


def views(topic: Topic, kind: type[Record]) -> Iterator[View]:
    """All that anybody sees of the examples of a kind."""
    for example in (each for each in topic.examples if type(each) is kind):
        told = [example.view(audience) for audience in kind.SEEN_BY]
        for owner in example.owners:
            told += [example.own(owner, audience) for audience in topic.roles.owning]
        yield from filter(None, told)


def _object(values: Sequence[Mapping[str, Any]], shape: Schema, parts: Schema) -> Schema:
    known = _choices(shape, parts, "object").get("properties", {})
    names = sorted({name for value in values for name in value})
    held = {name: [value[name] for value in values if name in value] for name in names}
    return {
        "type": "object",
        "properties": {name: _any(held[name], known.get(name, {}), parts) for name in names},
        "required": [name for name in names if len(held[name]) == len(values)],
    }


def _any(values: Sequence[Any], shape: Schema, parts: Schema) -> Schema:
    """What all these values are, and what else the record may hold there."""
    found = [*_each(values, shape, parts)]
    types = {each.get("type", "string") for each in found}
    found += [each for each in _whole(shape, parts) if each.get("type", "string") not in types]
    return _one(found)


def _each(values: Sequence[Any], shape: Schema, parts: Schema) -> Iterator[Schema]:
    if objects := [value for value in values if isinstance(value, Mapping)]:
        yield _object(objects, shape, parts)
    if lists := [value for value in values if isinstance(value, list | tuple)]:
        items = [item for value in lists for item in value]
        within = _choices(shape, parts, "array").get("items", {})
        yield {"type": "array", "items": _any(items, within, parts) if items else within}
    for name in sorted({_TYPES[type(value)] for value in values if type(value) in _TYPES}):
        yield {"enum": shape["enum"]} if name == "string" and "enum" in shape else {"type": name}


def _choices(shape: Schema, parts: Schema, name: str) -> Schema:
    """Of what something may be, what is of that type; empty if it cannot be."""
    found = (parts.get(each.get("$ref", ""), each) for each in shape.get("anyOf", [shape]))
    return next((each for each in found if each.get("type") == name), {})


def _whole(shape: Schema, parts: Schema) -> Iterator[Schema]:
    """All that something may be, with what it refers to; no defaults and no words."""
    for each in shape.get("anyOf", [shape] if shape else []):
        held = parts.get(each.get("$ref", ""), each)
        if held.get("type") == "object":
            within = {name: _one([*_whole(part, parts)]) for name, part in held.get("properties", {}).items()}
            yield {"type": "object", "properties": within, "required": sorted(within)}
        elif held.get("type") != "array":
            yield {name: held[name] for name in ("type", "enum") if name in held}


def _one(found: Sequence[Schema]) -> Schema:
    return found[0] if len(found) == 1 else {"anyOf": [*found]}
