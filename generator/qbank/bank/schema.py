"""What a question's file may hold, for editors: its JSON Schema, and the file to fill in."""

from __future__ import annotations

from typing import Any

from qbank.bank.shape import Choices, Slot, slots


def json_schema(cls: type, choices: Choices) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file that holds one `cls`, for editors that complete and check YAML."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": cls.__name__}
    return {**head, **_object(cls, choices)}


def _object(cls: type, choices: Choices) -> dict[str, Any]:
    known = slots(cls)
    return {
        "description": (cls.__doc__ or "").strip().splitlines()[0],
        "type": "object",
        "additionalProperties": False,
        "required": [slot.name for slot in known.values() if slot.required],
        "properties": {slot.name: _property(slot, choices) for slot in known.values()},
    }


def _property(slot: Slot, choices: Choices) -> dict[str, Any]:
    if slot.nested:
        inner = _object(slot.of, choices)
    else:
        # YAML reads an unquoted 2026 as a number and true as a truth value; the bank reads every scalar as text.
        inner = {"type": ["string", "number", "boolean"]}
        values = choices.get(slot.choices, ()) if isinstance(slot.choices, str) else slot.choices
        if values:
            inner["enum"] = [*values, *([True, False] if values == ("true", "false") else [])]
    if slot.many:
        return {"description": slot.description, "type": "array", "items": inner}
    return {**inner, "description": slot.description}
