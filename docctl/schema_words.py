"""A schema error as sentences a civil servant understands, at the line and column of the value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from jsonschema.exceptions import ValidationError

from docctl import schema_codes as codes
from docctl.finding import Code, Finding, Pointer, finding
from docctl.message import Bilingual, Message, Param, mark, msg
from docctl.text.tree import Tree
from docctl.text.vietnamese import nearest

_TYPES: Mapping[str, Message] = {
    "string": msg("text"),
    "integer": msg("a whole number"),
    "boolean": msg("true or false"),
    "array": msg("a list (lines beginning with -)"),
    "object": msg("a group of fields"),
    "null": msg("null"),
}


_OTHER_TYPE = msg("another kind of value")


def explain(error: ValidationError, tree: Tree, fields: Mapping[str, Any] = MappingProxyType({})) -> Iterator[Finding]:
    """The findings of one error; a branching keyword is followed to the branch that was meant.

    ``fields`` are those of the document: an if/then about them does not describe them itself.
    """
    if not error.absolute_path and not error.schema.get("properties"):
        error.schema = {**error.schema, "properties": fields}
    keyword = str(error.validator)
    handler = _HANDLERS.get(keyword, _other)
    yield from handler(error, tree)


def _at(error: ValidationError) -> Pointer:
    return tuple(error.absolute_path)


def _name(error: ValidationError) -> str:
    """The field the error is about: the last key on the way to it."""
    return next((str(part) for part in reversed(_at(error)) if isinstance(part, str)), "")


def _say(
    code: Code, message: Message, tree: Tree, pointer: Pointer, *, key: bool = False, fix: Message | None = None
) -> Finding:
    return finding(code, message, tree.locate(pointer, key=key), element=tree.element(pointer), fix=fix)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"


def _description(schema: object) -> Param:
    """The first sentence of a field's description, in both languages."""
    if not isinstance(schema, dict) or "description" not in schema:
        return ""
    en, _, vi = str(schema["description"]).partition("\n")
    return Bilingual(en, vi or en)


def _unknown_fields(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    known = error.schema.get("properties", {})
    for name in sorted(set(error.instance) - set(known)):
        meant = nearest(name, known)
        message = msg('there is no field "{name}" here', name=name)
        if meant is not None and "extra" in known:
            fix = msg('did you mean "{meant}"? An own field goes into extra', meant=meant)
        elif meant is not None:
            fix = msg('did you mean "{meant}"?', meant=meant)
        else:
            fix = msg("known fields: {names}", names=", ".join(known))
        yield _say(codes.UNKNOWN_FIELD, message, tree, (*_at(error), name), key=True, fix=fix)


def _missing(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    required = error.validator_value
    if isinstance(required, dict):  # dependentRequired
        required = [name for key, names in required.items() if key in error.instance for name in names]
    known = error.schema.get("properties", {}) or _fields_around(error)
    misspelt = {nearest(each, known) for each in error.instance if each not in known}  # said by DC131
    missing = [name for name in required if name not in error.instance and name not in misspelt]
    if "then" in error.absolute_schema_path and missing:
        yield _missing_together(error, tree, {name: known.get(name, {}) for name in missing})
        return
    for name in missing:
        meaning = _description(known.get(name))
        message = msg('the field "{name}" is missing', name=name)
        fix = msg('add "{name}": {meaning}', name=name, meaning=meaning) if meaning else None
        yield _say(codes.MISSING_FIELD, message, tree, _at(error), key=True, fix=fix)


def _fields_around(error: ValidationError) -> Mapping[str, Any]:
    """The fields that the schema around an if/then describes."""
    while error.parent is not None and not error.schema.get("properties"):
        error = error.parent
    return dict(error.schema.get("properties", {}))


def _missing_together(error: ValidationError, tree: Tree, missing: Mapping[str, Any]) -> Finding:
    """Fields that another one makes necessary, in one sentence with the reason."""
    names = Bilingual(
        *(", ".join(f"{name} ({_gloss(field, place)})" for name, field in missing.items()) for place in (0, 1))
    )
    message = msg("these fields are missing: {names}", names=names)
    if "covers" in error.instance:
        fix = msg("an administrative procedure (covers) must state them: 63/2010/NĐ-CP, Điều 8 khoản 2")
        return _say(codes.MISSING_FIELD, message, tree, (*_at(error), "covers"), key=True, fix=fix)
    fix = msg("or write stub: true while only number, kind and title are known")
    return _say(codes.MISSING_FIELD, message, tree, _at(error), key=True, fix=fix)


def _gloss(schema: Any, place: int) -> str:
    """The description in English (0) or Vietnamese (1), without its full stop."""
    lines = str(schema.get("description", "")).split("\n")
    return lines[min(place, len(lines) - 1)].rstrip(".")


def _type(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    expected = str(error.validator_value)
    value = error.instance
    message = msg(
        '"{name}" must be {expected}, but {found} stands here',
        name=_name(error), expected=_TYPES.get(expected, _OTHER_TYPE), found=_shown(value),
    )  # fmt: skip
    fix = None
    if value is None:
        fix = msg("write its value, or remove the field")
    elif expected == "string" and isinstance(value, (bool, int)):
        fix = msg('put it in quotes: "{text}"', text=_shown(value))
    elif expected == "integer" and isinstance(value, str):
        fix = msg("write digits only, without quotes, dots or units")
    elif expected == "array":
        fix = msg('write a list: a line "- " for each value, or [value]')
    yield _say(codes.WRONG_TYPE, message, tree, _at(error), fix=fix)


def _one_of(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    branches: Sequence[Any] = error.validator_value
    allowed = {str(branch["const"]): branch for branch in branches if isinstance(branch, dict) and "const" in branch}
    if len(allowed) == len(branches):
        yield _not_allowed(error, tree, allowed)
        return
    required = [branch["required"] for branch in branches if isinstance(branch, dict) and "required" in branch]
    if len(required) == len(branches):
        yield _exactly_one(error, tree, required)
        return
    yield from _best_branch(error, tree)


def _exactly_one(error: ValidationError, tree: Tree, required: Sequence[Sequence[str]]) -> Finding:
    """Of groups of fields none, a part of one, or several are given."""
    groups = ", ".join(" + ".join(names) for names in required)
    begun = [names for names in required if any(name in error.instance for name in names)]
    if len(begun) > 1:
        message = msg("only one of these may be given: {groups}", groups=groups)
        name = next(name for name in begun[-1] if name in error.instance)
        return _say(codes.EXACTLY_ONE, message, tree, (*_at(error), name), key=True)
    if begun:
        lacking = ", ".join(name for name in begun[0] if name not in error.instance)
        message = msg('the field "{name}" is missing', name=lacking)
        return _say(codes.MISSING_FIELD, message, tree, _at(error), key=True)
    fix = msg("add one of them")
    return _say(
        codes.EXACTLY_ONE,
        msg("one of these must be given: {groups}", groups=groups),
        tree,
        _at(error),
        key=True,
        fix=fix,
    )


def _best_branch(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    """The errors of the branch that came nearest: the one that fails deepest, and not by type."""
    by_branch: dict[object, list[ValidationError]] = {}
    for each in error.context or ():
        by_branch.setdefault(each.schema_path[0], []).append(each)

    def nearness(errors: list[ValidationError]) -> tuple[bool, int]:
        return all(each.validator != "type" for each in errors), max(len(each.absolute_path) for each in errors)

    best = max(by_branch.values(), key=nearness, default=[])
    if not best:
        yield from _other(error, tree)
    for each in best:
        yield from explain(each, tree)


def _not_allowed(error: ValidationError, tree: Tree, allowed: Mapping[str, Any]) -> Finding:
    """``allowed``: each value with the schema that describes it."""
    value = error.instance
    message = msg('"{name}" has a value that is not allowed: {found}', name=_name(error), found=_shown(value))
    listed = Bilingual(
        *(", ".join(_glossed(name, field, place) for name, field in allowed.items()) for place in (0, 1))
    )
    meant = _meant(value, allowed) if isinstance(value, str) else None
    if meant is not None:
        fix = msg('did you mean "{meant}"? Allowed: {names}', meant=meant, names=listed)
    else:
        fix = msg("allowed: {names}", names=listed)
    return _say(codes.NOT_ALLOWED, message, tree, _at(error), fix=fix)


def _glossed(name: str, field: Any, place: int) -> str:
    gloss = _gloss(field, place) if isinstance(field, dict) else ""
    return f"{name} ({gloss})" if gloss else name


def _meant(value: str, allowed: Mapping[str, Any]) -> str | None:
    """The allowed value that was meant: misspelt, or said in words."""
    words = {
        _gloss(field, place): name for name, field in allowed.items() for place in (0, 1) if isinstance(field, dict)
    }
    by_words = nearest(value, words)
    return nearest(value, allowed) or (words[by_words] if by_words else None)


def _const(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    yield _not_allowed(error, tree, {json.dumps(error.validator_value): None})


def _enum(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    yield _not_allowed(error, tree, {str(each): None for each in error.validator_value})


def _shape(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    message = msg('"{name}" is not written as it must be: {found}', name=_name(error), found=_shown(error.instance))
    meaning = _description(error.schema)
    yield _say(codes.SHAPE, message, tree, _at(error), fix=msg("{meaning}", meaning=meaning) if meaning else None)


def _format(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    if error.validator_value == "date":
        if not re.search(str(error.schema.get("pattern", "")), str(error.instance)):
            return  # said by the pattern
        message = msg("{found} is not a day of the calendar", found=_shown(error.instance))
        fix = msg("check day and month: not every month has 31 days")
        yield _say(codes.SHAPE, message, tree, _at(error), fix=fix)
    else:
        yield from _shape(error, tree)


def _property_names(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    name = str(error.instance)
    message = msg('the name "{name}" cannot stand here', name=name)
    meaning = _description(error.parent.schema.get("propertyNames")) if error.parent else _description(error.schema)
    fix = msg("{meaning}", meaning=meaning) if meaning else None
    yield _say(codes.SHAPE, message, tree, (*_at(error), name), key=True, fix=fix)


def _names(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    for each in error.context or (error,):
        yield from _property_names(each, tree)


def _not(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    if error.validator_value == {"pattern": "\n"}:
        message = msg('"{name}" must stand on one line', name=_name(error))
        yield _say(codes.SHAPE, message, tree, _at(error))
    else:
        yield from _other(error, tree)


_LIMITS: Mapping[str, str] = {
    "minimum": mark('"{name}" must be at least {limit}'),
    "maximum": mark('"{name}" may be at most {limit}'),
    "minLength": mark('"{name}" may not be empty (at least {limit} characters)'),
    "maxLength": mark('"{name}" is too long (at most {limit} characters)'),
    "minItems": mark('"{name}" needs at least {limit} entries'),
    "maxItems": mark('"{name}" has too many entries (at most {limit})'),
    "maxProperties": mark('"{name}" has too many fields (at most {limit})'),
}


def _limit(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    template = _LIMITS[str(error.validator)]
    message = msg(template, name=_name(error), limit=int(error.validator_value))
    meaning = _description(error.schema)
    yield _say(codes.SIZE, message, tree, _at(error), fix=msg("{meaning}", meaning=meaning) if meaning else None)


def _twice(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    seen: list[object] = []
    for index, value in enumerate(error.instance):
        if value in seen:
            message = msg('{value} stands twice in "{name}"', value=_shown(value), name=_name(error))
            yield _say(codes.SIZE, message, tree, (*_at(error), index))
        seen.append(value)


def _other(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    message = msg('"{name}" does not fit its schema: {found}', name=_name(error), found=_shown(error.instance))
    yield _say(codes.OTHER, message, tree, _at(error))


_HANDLERS = {
    "additionalProperties": _unknown_fields,
    "required": _missing,
    "dependentRequired": _missing,
    "type": _type,
    "oneOf": _one_of,
    "anyOf": _best_branch,
    "const": _const,
    "enum": _enum,
    "pattern": _shape,
    "format": _format,
    "propertyNames": _names,
    "not": _not,
    "uniqueItems": _twice,
    **dict.fromkeys(_LIMITS, _limit),
}
