"""Writes the pages that come from the code: docs/rules/*.md, docs/fields.md, docs/cli-help.md.

``make docs`` runs it with the installed docctl; a test compares what it would write with what stands.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docctl.cli.language import translator
from docctl.cli.main import COMMANDS, parser
from docctl.finding import Code
from docctl.rules import codes
from docctl.schema import KINDS, schema

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "tests" / "rules"
MARKER = "# <- "
NEIGHBOURS = 4

FAMILIES = {
    "DC1": "Reading, schema, file names",
    "DC2": "References inside the repository, the legal register",
    "DC3": "Revisions and lifecycle",
    "DC4": "Policy, approvals, integrity",
    "DC5": "Currency of the legal basis",
    "DC7": "Coverage of the official catalogue",
    "DC9": "docctl itself",
}


def pages() -> dict[str, str]:
    """Every generated page: path below docs/ and text."""
    made = {f"rules/{code.id}.md": "\n".join(_rule(code)) + "\n" for code in codes()}
    made["rules/README.md"] = "\n".join(_index()) + "\n"
    made["fields.md"] = "\n".join(_fields()) + "\n"
    made["cli-help.md"] = "\n".join(_help()) + "\n"
    return made


def _index() -> Iterator[str]:
    yield "# Rules\n"
    yield "What docctl can say. `docctl rule CODE` shows the same in the terminal. Made by `make docs`.\n"
    for family, title in FAMILIES.items():
        yield f"## {title} ({family}xx)\n"
        yield "| code | name | severity | says |"
        yield "|---|---|---|---|"
        for code in codes():
            if code.family == family:
                yield f"| [{code.id}]({code.id}.md) | {code.name} | {code.severity.word} | {_cell(code.title)} |"
        yield ""


def _rule(code: Code) -> Iterator[str]:
    vietnamese = translator("vi")
    yield f"# {code.id} {code.name}\n"
    yield f"{code.title}. *{vietnamese(code.title)}.*\n"
    fixable = " · `docctl fix` mends it" if code.fixable else ""
    yield f"{code.severity.word} · since {code.since}{fixable}\n"
    for english, label in ((code.why, "Why"), (code.remedy, "What to do")):
        yield f"**{label}.** {english}\n"
        yield f"*{vietnamese(english)}*\n"
    for folder, label in (("bad", "Found"), ("good", "Not found")):
        example = _example(code, folder)
        if example:
            yield f"## {label}\n"
            yield from example


def _example(code: Code, folder: str) -> list[str]:
    """The part of the example file that shows the case, or nothing where it is no readable text."""
    for path in sorted((EXAMPLES / code.id / folder).rglob("*.yaml")):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        marked = [index for index, line in enumerate(lines) if MARKER + code.id in line]
        if folder == "bad" and not marked:
            continue
        first = max(0, marked[0] - NEIGHBOURS) if marked else 0
        last = marked[-1] + NEIGHBOURS + 1 if marked else 60
        name = path.relative_to(EXAMPLES / code.id / folder).as_posix()
        return [f"`{name}`" + (f", from line {first + 1}" if first else ""), "```yaml", *lines[first:last], "```\n"]
    return []


def _fields() -> Iterator[str]:
    yield "# Fields\n"
    yield "Every field of every file, from the schemas. Made by `make docs`. Examples: [formats.md](formats.md).\n"
    for kind in KINDS:
        data = schema(kind)
        english, _, vietnamese = data["description"].partition("\n")
        yield f"## {kind}\n"
        yield f"{english} *{vietnamese}*\n"
        yield "| field | kind | meaning | nghĩa |"
        yield "|---|---|---|---|"
        yield from _rows(data, data, "")
        yield ""


def _rows(whole: Mapping[str, Any], part: Mapping[str, Any], prefix: str) -> Iterator[str]:
    required = part.get("required", ())
    for name, field in part.get("properties", {}).items():
        resolved = _resolved(whole, field)
        english, _, vietnamese = field.get("description", resolved.get("description", "")).partition("\n")
        star = " *" if name in required else ""
        yield f"| `{prefix}{name}`{star} | {_kind(whole, resolved)} | {_cell(english)} | {_cell(vietnamese)} |"
        items = _resolved(whole, resolved.get("items", {}))
        inner, mark = (items, "[]") if items.get("properties") else (resolved, "")
        if inner.get("properties") and prefix.count(".") < 3:
            yield from _rows(whole, inner, f"{prefix}{name}{mark}.")


def _resolved(whole: Mapping[str, Any], field: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = field.get("$ref")
    if reference is None:
        return field
    resolved: Mapping[str, Any] = whole["$defs"][reference.rsplit("/", 1)[-1]]
    return resolved


def _kind(whole: Mapping[str, Any], field: Mapping[str, Any]) -> str:
    constants = [each for each in field.get("oneOf", ()) if "const" in each]
    if constants:
        return ", ".join(
            f"`{each['const']}` ({_cell(each['description'].replace(chr(10), ' / '))})" for each in constants
        )
    if "const" in field:
        return f"`{json.dumps(field['const']).strip(chr(34))}`"
    if field.get("type") == "array":
        return "list of " + _kind(whole, _resolved(whole, field.get("items", {})))
    names = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "fields"}
    if "oneOf" in field and field.get("type") != "object":
        return " or ".join(_kind(whole, _resolved(whole, each)) for each in field["oneOf"])
    return names.get(str(field.get("type")), str(field.get("type")))


def _help() -> Iterator[str]:
    yield "# Help of every command\n"
    yield "As `docctl COMMAND --help` prints it. Made by `make docs`. Explained: [cli.md](cli.md).\n"
    for name in COMMANDS:
        whole = parser(translator("en"), name)
        commands = next(each for each in whole._actions if isinstance(each, argparse._SubParsersAction))
        command = commands.choices[name]
        command.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=100)
        yield f"## docctl {name}\n"
        yield "```"
        yield command.format_help().rstrip()
        yield "```\n"
        for nested in (each for each in command._actions if isinstance(each, argparse._SubParsersAction)):
            for inner, below in nested.choices.items():
                below.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=100)
                yield f"### docctl {name} {inner}\n"
                yield "```"
                yield below.format_help().rstrip()
                yield "```\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def main() -> int:
    """Writes the pages and removes those of codes that are gone."""
    made = pages()
    for path, text in made.items():
        target = HERE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for old in (HERE / "rules").glob("*.md"):
        if f"rules/{old.name}" not in made:
            old.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
