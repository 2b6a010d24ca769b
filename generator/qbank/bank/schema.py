"""The files of a bank as the model describes them: which there are, and the JSON Schema of each, for editors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from qbank.bank.layout import ORIGINS, RETIREMENTS, SCHEMAS, SETTINGS, WORKS
from qbank.bank.model import TRUTH, Origins, Question, Retirements, Work
from qbank.bank.settings import Limits, Settings
from qbank.bank.shape import Choices, Slot, slots
from qbank.problem import SEVERITIES

#: What other readers of YAML make of texts that are words of its older version.
_READ_AS = {TRUTH: (True, False), SEVERITIES: (False,)}


class File(NamedTuple):
    """A sort of file in a bank: its path (`*` stands for any name), and what it holds.

    That is one value of a class, or, where it is `keyed`, one for each key.
    """

    name: str
    path: str
    of: type
    keyed: bool = False


FILES = (
    File("question", "*/*.yaml", Question),
    File("bank", SETTINGS, Settings),
    File("references", WORKS, Work, keyed=True),
    File("retired", RETIREMENTS, Retirements),
    File("origins", ORIGINS, Origins),
)

#: What .vscode/extensions.json recommends: the extension that reads the schemas.
EXTENSIONS = {"recommendations": ["redhat.vscode-yaml"]}


def schema_path(file: File) -> str:
    """Where the schema of a file lies in its bank."""
    return f"{SCHEMAS}/{file.name}.json"


def schemas(settings: Settings) -> dict[str, dict[str, Any]]:
    """The JSON Schema of every file of a bank with these settings, by the schema's path in the bank."""
    return {
        schema_path(file): json_schema(
            file.of,
            settings.choices,
            settings.limits,
            keyed=file.keyed,
            wanted=settings.required if file.of is Question else (),
        )
        for file in FILES
    }


def editor_settings(prefix: str) -> dict[str, Any]:
    """What .vscode/settings.json says so that its YAML extension finds the schemas of the bank in the folder `prefix`.

    See https://github.com/redhat-developer/vscode-yaml: `yaml.schemas` maps schemas to the files that they are for.
    """
    found = {f"./{prefix}/{schema_path(file)}": f"{prefix}/{file.path}" for file in FILES}
    return {"yaml.schemas": found, "yaml.schemaStore.enable": False}


def json_schema(
    cls: type, choices: Choices, limits: Limits | None = None, *, keyed: bool = False, wanted: Iterable[str] = ()
) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file that holds one `cls`, for editors that complete and check YAML.

    With `keyed` the file holds one for each of its keys. `wanted` names fields that must be there beside those that
    always must.
    """
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": cls.__name__}
    one = _object(cls, choices, limits or Limits())
    one["required"] = list(dict.fromkeys([*one["required"], *wanted]))
    return {**head, **({"type": "object", "additionalProperties": one} if keyed else one)}


def _object(cls: type, choices: Choices, limits: Limits) -> dict[str, Any]:
    known = slots(cls)
    return {
        "description": " ".join((cls.__doc__ or "").partition("\n\n")[0].split()),
        "type": "object",
        "additionalProperties": False,
        "required": [slot.name for slot in known.values() if slot.required],
        "properties": {slot.name: _property(slot, choices, limits) for slot in known.values()},
    }


def _property(slot: Slot, choices: Choices, limits: Limits) -> dict[str, Any]:
    if slot.keyed:
        held = _property(list(slots(slot.of).values())[1], choices, limits)
        return {"description": slot.description, "type": "object", "additionalProperties": held}
    inner = _object(slot.of, choices, limits) if slot.nested else _scalar(slot, choices, limits)
    said = " ".join((slot.description, *demands(slot, limits)))
    if slot.many:
        return {"description": said, "type": "array", "items": inner}
    return {**inner, "description": said}


def _scalar(slot: Slot, choices: Choices, limits: Limits) -> dict[str, Any]:
    values = choices.get(slot.choices, ()) if isinstance(slot.choices, str) else slot.choices
    # YAML reads an unquoted 2026 as a number and true as a truth value; the bank reads every scalar as text.
    if slot.of in (bool, int):
        return {"type": "boolean"} if slot.of is bool else {"type": "integer", "minimum": 1}
    inner: dict[str, Any] = {"type": ["string", "number", "boolean"]}
    inner |= {"enum": [*_READ_AS.get(tuple(values), ()), *values]} if values else {"minLength": 1}
    if slot.form:
        inner |= {"pattern": f"^(?:{slot.form.pattern})$", "patternErrorMessage": f"This must be {slot.form.says}."}
        if slot.form.longest:
            inner["maxLength"] = slot.form.longest
    if slot.characters:
        inner["maxLength"] = getattr(limits, slot.characters)
    return inner


def required_fields(settings: Settings) -> frozenset[str]:
    """The fields that a question of the bank's first kind has."""
    kind = settings.kinds[0]
    names = {slot.name for slot in slots(Question).values() if slot.required} | set(settings.required)
    names |= {name for name, needed in (("references", kind.references), ("code", kind.code)) if needed}
    return frozenset(names)


def demands(slot: Slot, limits: Limits) -> list[str]:
    """What a field asks of its text, in sentences: its form, and how long it may be."""
    out = []
    each = "Each at" if slot.many else "At"
    if slot.form:
        out.append(f"{'Each is' if slot.many else 'It is'} {slot.form.says}: {slot.form.example}.")
    if slot.form and slot.form.longest:
        out.append(f"{each} most {slot.form.longest} characters.")
    if slot.characters:
        out.append(f"{each} most {getattr(limits, slot.characters)} characters.")
    if slot.words:
        out.append(f"{each} most {getattr(limits, slot.words)} words.")
    return out
