"""A schema error as sentences a civil servant understands, at the line and column of the value."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
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


def explain(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    """The findings of one error; a branching keyword is followed to the branch that was meant."""
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
    known = error.schema.get("properties", {})
    misspelt = {nearest(each, known) for each in error.instance if each not in known}  # said by DC131
    for name in required:
        if name not in error.instance and name not in misspelt:
            meaning = _description(error.schema.get("properties", {}).get(name))
            message = msg('the field "{name}" is missing', name=name)
            fix = msg('add "{name}": {meaning}', name=name, meaning=meaning) if meaning else None
            yield _say(codes.MISSING_FIELD, message, tree, _at(error), key=True, fix=fix)


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
    allowed = [branch["const"] for branch in branches if isinstance(branch, dict) and "const" in branch]
    if len(allowed) == len(branches):
        yield _not_allowed(error, tree, allowed)
        return
    required = [branch["required"] for branch in branches if isinstance(branch, dict) and "required" in branch]
    if len(required) == len(branches):
        groups = [" + ".join(names) for names in required]
        message = msg("exactly one of these must be given: {groups}", groups=", ".join(groups))
        yield _say(codes.EXACTLY_ONE, message, tree, _at(error), key=True)
        return
    yield from _best_branch(error, tree)


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


def _not_allowed(error: ValidationError, tree: Tree, allowed: Sequence[object]) -> Finding:
    value = error.instance
    names = ", ".join(str(each) for each in allowed)
    message = msg('"{name}" has a value that is not allowed: {found}', name=_name(error), found=_shown(value))
    meant = nearest(str(value), map(str, allowed)) if isinstance(value, str) else None
    if meant is not None:
        fix = msg('did you mean "{meant}"? Allowed: {names}', meant=meant, names=names)
    else:
        fix = msg("allowed: {names}", names=names)
    return _say(codes.NOT_ALLOWED, message, tree, _at(error), fix=fix)


def _const(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    yield _not_allowed(error, tree, [error.validator_value])


def _enum(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    yield _not_allowed(error, tree, list(error.validator_value))


def _shape(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    message = msg('"{name}" is not written as it must be: {found}', name=_name(error), found=_shown(error.instance))
    meaning = _description(error.schema)
    yield _say(codes.SHAPE, message, tree, _at(error), fix=msg("{meaning}", meaning=meaning) if meaning else None)


def _format(error: ValidationError, tree: Tree) -> Iterator[Finding]:
    if error.validator_value == "date":
        message = msg("{found} is not a day of the calendar", found=_shown(error.instance))
        yield _say(codes.SHAPE, message, tree, _at(error))
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
