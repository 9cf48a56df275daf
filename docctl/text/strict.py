"""Strict YAML: one reading or none (docs/formats.md). Built on parser events; no constructor ever runs.

Both parsers of PyYAML, libyaml's and the pure Python one, give the same trees here; where they
disagree about a text, it is refused (``_where_parsers_differ``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import events as ev

from docctl.finding import Code, Finding, Location, Pointer, finding
from docctl.message import Message, msg
from docctl.text import codes, scalars
from docctl.text.characters import Decoded, Lines, decode, forbidden_characters
from docctl.text.parser_words import explain
from docctl.text.tree import Span, Tree, Value

MOST_BYTES = 1024 * 1024
MOST_LEVELS = 40


class PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser, for machines whose PyYAML was built without libyaml."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


ParserFactory = Callable[[str], Any]
"""A text in; an object with ``get_event()`` and ``dispose()`` out."""


def _fastest() -> ParserFactory:
    try:
        from yaml._yaml import CParser
    except ImportError:  # pragma: no cover - wheels of PyYAML carry libyaml
        return PureParser
    parser: ParserFactory = CParser
    return parser


_LibParser = _fastest()


@dataclass(frozen=True, slots=True)
class Reading:
    """A tree, or none, and everything there was to say. No tree where any finding is an error."""

    tree: Tree | None
    findings: tuple[Finding, ...]


def read(data: bytes, path: str, parser: ParserFactory = _LibParser) -> Reading:
    """Reads one document. ``path`` is only for the findings (DC101 to DC116, DC119)."""
    if len(data) > MOST_BYTES:
        return Reading(None, (too_large(path, len(data)),))
    decoded = decode(data, path)
    return read_text(decoded, path, parser)


def read_text(decoded: Decoded, path: str, parser: ParserFactory = _LibParser) -> Reading:
    """The same from text; what was said about its characters is kept."""
    if decoded.text is None:
        return Reading(None, decoded.findings)
    builder = _Builder(decoded.text, path)
    value = builder.document(parser)
    findings = (*decoded.findings, *builder.findings)
    if any(each.severity == each.severity.ERROR for each in findings):
        return Reading(None, findings)
    return Reading(Tree(path, decoded.text, value, _spans), findings)


def too_large(path: str, size: int) -> Finding:
    """The finding about a file beyond the limit; such a file is not opened at all."""
    text = msg("the file has {size} bytes; docctl reads at most {most}", size=size, most=MOST_BYTES)
    return finding(codes.LIMIT, text, Location(path))


def _spans(text: str) -> Mapping[Pointer, Span]:
    builder = _Builder(text, "")
    builder.spans = {}
    builder.document(_LibParser)
    return builder.spans


class _Stop(Exception):
    """Ends a reading after a finding that leaves nothing to go on with."""


class _Builder:
    """One pass over the events of one text: values, findings and, when asked for, spans."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.findings: list[Finding] = []
        self.spans: dict[Pointer, Span] | None = None
        self._lines = Lines(text)
        self._escapes = "\\" in text
        self._tabs = "\t" in text
        self._protected: list[tuple[int, int]] = []
        self._next: Callable[[], Any] = lambda: None
        self._end = 0

    # -- the document ------------------------------------------------------------------------

    def document(self, parser: ParserFactory) -> Value:
        """The value of the one document, None where it could not be read."""
        value: Value = None
        try:
            source = parser(self.text)
            self._next = source.get_event
            value = self._one_document()
        except yaml.YAMLError as error:
            self._syntax(error)
        except _Stop:
            return None
        if self._tabs and not self.findings:
            self._say_tabs()
        return value

    def _one_document(self) -> Value:
        self._next()  # stream start
        start = self._next()
        if not isinstance(start, ev.DocumentStartEvent):
            self._stop(codes.SYNTAX, msg("the file is empty"), 0, 0)
        if start.version or start.tags or self._directive_before(start.end_mark.index):
            self._stop(codes.TAG, msg("directives (lines that begin with %) are not allowed"), 0, 0)
        value = self._value(self._next(), (), 1)
        self._next()  # document end
        after = self._next()
        if isinstance(after, ev.DocumentStartEvent):
            mark: Any = after.start_mark
            self._say(codes.SEVERAL_DOCUMENTS, msg("a second document begins here"), mark.index, mark.index + 3)
        return value

    def _directive_before(self, index: int) -> bool:
        return "%" in self.text and any(line.startswith("%") for line in self.text[:index].splitlines())

    # -- values ------------------------------------------------------------------------------

    def _value(self, event: Any, pointer: Pointer, depth: int, key: Span | None = None) -> Value:
        kind = type(event)
        value: Value
        if kind is ev.ScalarEvent:
            value = self._scalar(event, pointer)
        elif kind is ev.AliasEvent:
            start, end = event.start_mark.index, event.end_mark.index
            self._stop(codes.ANCHOR, msg("the alias {text} is not allowed", text=self.text[start:end]), start, end)
        else:
            self._not_decorated(event)
            if depth > MOST_LEVELS:
                self._stop(codes.LIMIT, msg("more than {most} levels", most=MOST_LEVELS), event.start_mark.index)
            value = self._mapping(pointer, depth) if kind is ev.MappingStartEvent else self._sequence(pointer, depth)
        if self.spans is not None:
            start = event.start_mark.index
            own = Span(start, max(start, self._end))
            if key is not None:
                own = Span(own.start, own.end, key.start, key.end)
            self.spans[pointer] = own
        return value

    def _mapping(self, pointer: Pointer, depth: int) -> Value:
        result: dict[str, Value] = {}
        first: dict[str, int] = {}
        while type(event := self._next()) is not ev.MappingEndEvent:
            key = self._key(event)
            start = event.start_mark.index
            if key in result:
                line, _ = self._lines.place(first[key])
                text = msg('the field "{key}" stands twice (first in line {line})', key=key, line=line)
                self._say(codes.DUPLICATE_KEY, text, start, event.end_mark.index, (*pointer, key))
            first[key] = start
            span = Span(start, event.end_mark.index)
            result[key] = self._value(self._next(), (*pointer, key), depth + 1, span)
        self._flow_end(event)
        return result

    def _sequence(self, pointer: Pointer, depth: int) -> Value:
        result: list[Value] = []
        while type(event := self._next()) is not ev.SequenceEndEvent:
            result.append(self._value(event, (*pointer, len(result)), depth + 1))
        self._flow_end(event)
        return result

    def _flow_end(self, event: Any) -> None:
        # A block collection "ends" at the next token, far below; its last scalar is the true end.
        if event.end_mark.index > event.start_mark.index:
            self._end = event.end_mark.index

    def _key(self, event: Any) -> str:
        start, end = event.start_mark.index, event.end_mark.index
        if type(event) is not ev.ScalarEvent:
            self._stop(codes.KEY, msg("a list or a group of fields cannot be a field's name"), start, start + 1)
        self._not_decorated(event)
        text: str = event.value
        if not event.style:
            if text == "<<":
                self._stop(codes.MERGE_KEY, msg("the merge key << is not allowed"), start, end)
            if not text or not isinstance(scalars.plain(text), str) or scalars.LONG_INTEGER.fullmatch(text):
                shown = text or "?"
                self._say(codes.KEY, msg('the field name "{key}" is not text', key=shown), start, max(end, start + 1))
            elif scalars.read_otherwise(text):
                self._quote(text, start, end, ())
        self._check_scalar(event, start, end)
        return text

    def _scalar(self, event: Any, pointer: Pointer) -> scalars.Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        self._not_decorated(event)
        text: str = event.value
        style = event.style
        if style:
            self._check_scalar(event, start, end)
            self._end = end if style in "'\"" else start + len(self.text[start:end].rstrip())
            return text
        self._end = end
        value = scalars.plain(text)
        if value is text:
            if not text or text == "~":
                self._empty(pointer, start, end)
            elif scalars.LONG_INTEGER.fullmatch(text):
                self._say(
                    codes.LONG_INTEGER, msg("the number {text} has more than 15 digits", text=text), start, end, pointer
                )
            elif scalars.read_otherwise(text):
                self._quote(text, start, end, pointer)
        return value

    def _check_scalar(self, event: Any, start: int, end: int) -> None:
        """Marks the text inside quotes as free for tabs, and looks at what escapes wrote into it."""
        if event.style:
            if self._tabs:
                self._protected.append((start, end))
            if self._escapes and event.style == '"':
                for _, _, text in forbidden_characters(event.value):
                    self._say(codes.CHARACTER, text, start, end)

    def _not_decorated(self, event: Any) -> None:
        if event.anchor is not None:
            text = msg("the anchor &{name} is not allowed", name=event.anchor)
            self._stop(codes.ANCHOR, text, event.start_mark.index)
        if event.tag is not None:
            self._stop(codes.TAG, msg("the tag {tag} is not allowed", tag=event.tag), event.start_mark.index)

    # -- saying it ---------------------------------------------------------------------------

    def _empty(self, pointer: Pointer, start: int, end: int) -> None:
        name = next((str(part) for part in reversed(pointer) if isinstance(part, str)), "")
        text = msg('the field "{key}" has no value', key=name) if name else msg("the file holds no value")
        self._say(codes.EMPTY_VALUE, text, start, end, pointer)

    def _quote(self, text: str, start: int, end: int, pointer: Pointer) -> None:
        message = msg("{text} is kept as text, but other YAML readers would not read it as text", text=text)
        quoted = msg('write "{text}"', text=text)
        place = self._lines.location(self.path, start, end, pointer)
        self.findings.append(finding(codes.QUOTE, message, place, fix=quoted))

    def _say(self, code: Code, message: Message, start: int, end: int | None = None, pointer: Pointer = ()) -> None:
        place = self._lines.location(self.path, start, start if end is None else end, pointer)
        self.findings.append(finding(code, message, place))

    def _stop(self, code: Code, message: Message, start: int, end: int | None = None) -> None:
        self._say(code, message, start, end)
        raise _Stop

    def _say_tabs(self) -> None:
        inside = sorted(self._protected)
        for index, character in enumerate(self.text):
            if character == "\t" and not any(start <= index < end for start, end in inside):
                self._say(codes.TAB, msg("a tab stands outside quoted text"), index, index + 1)
                return

    def _syntax(self, error: yaml.YAMLError) -> None:
        explained = explain(error, self.text)
        index = min(explained.index, len(self.text))
        code = codes.TAB if explained.tab else codes.SYNTAX
        self._say(code, explained.message, index, index)
