"""Strict YAML: one reading or none (docs/formats.md). Built on parser events; no constructor ever runs.

Both parsers of PyYAML, libyaml's and the pure Python one, give the same trees here; where they or
readers of YAML 1.2 disagree about a text, it is refused (``ambiguity.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, cast

import yaml
from msgspec import Struct
from yaml import events as ev

from docctl.finding import Code, Finding, Location, Pointer, Severity, finding
from docctl.message import Message, msg
from docctl.text import ambiguity, codes, scalars
from docctl.text.characters import MOST_FINDINGS, Decoded, Lines, decode, escaped_objections
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


class Reading(Struct, frozen=True):
    """A tree, or none, and everything there was to say. No tree where any finding is an error."""

    tree: Tree | None
    findings: tuple[Finding, ...]


def read(data: bytes, path: str, parser: ParserFactory = _LibParser, most: int = MOST_BYTES) -> Reading:
    """Reads one document. ``path`` is only for the findings (DC101 to DC116, DC119)."""
    if len(data) > most:
        return Reading(None, (too_large(path, len(data), most),))
    decoded = decode(data, path)
    return read_text(decoded, path, parser)


def read_text(decoded: Decoded, path: str, parser: ParserFactory = _LibParser) -> Reading:
    """The same from text; what was said about its characters is kept."""
    if decoded.text is None:
        return Reading(None, decoded.findings)
    builder = _Builder(decoded.text, path)
    value = builder.document(parser)
    findings = (*decoded.findings, *builder.findings)
    if any(each.severity == Severity.ERROR for each in findings):
        return Reading(None, findings)
    return Reading(Tree(path, decoded.text, value, spans), findings)


def too_large(path: str, size: int, most: int = MOST_BYTES) -> Finding:
    """The finding about a file beyond the limit; such a file is not opened at all."""
    text = msg("the file has {size} bytes; docctl reads at most {most}", size=size, most=most)
    return finding(codes.LIMIT, text, Location(path))


def spans(text: str) -> Mapping[Pointer, Span]:
    """Where every value and key of a text stands; as far as it can be parsed."""
    builder = _Builder(text, "")
    builder.spans = {}
    builder.document(_LibParser)
    return builder.spans


class Outline(Struct, frozen=True):
    """What a text holds without docctl's own objections, for comparing it before and after mending."""

    events: tuple[tuple[object, ...], ...]
    quoted: tuple[tuple[int, int], ...]
    quotable: tuple[tuple[int, int, Pointer], ...]
    readable: bool
    duplicates: int = 0


def outline(text: str) -> Outline:
    """Events, spans of quoted and block text, spans that want quotes; as far as the text can be parsed."""
    builder = _Builder(text, "")
    builder.document(_LibParser)
    events: list[tuple[object, ...]] = []
    try:
        parser = _LibParser(text)
        while (event := parser.get_event()) is not None:
            parts = (getattr(event, name, None) for name in ("value", "anchor", "tag"))
            events.append((type(event).__name__, *parts))
    except yaml.YAMLError:
        readable = False
    else:
        readable = True
    duplicates = builder.counts[codes.DUPLICATE_KEY.id]
    return Outline(tuple(events), tuple(builder.quoted), tuple(builder.quotable), readable, duplicates)


class _Stop(Exception):
    """Ends a reading after a finding that leaves nothing to go on with."""


class _Builder:
    """One pass over the events of one text: values, findings and, when asked for, spans."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.findings: list[Finding] = []
        self.spans: dict[Pointer, Span] | None = None
        self.quotable: list[tuple[int, int, Pointer]] = []
        self.quoted: list[tuple[int, int]] = []
        self.counts: Counter[str] = Counter()
        self._lines = Lines(text)
        self._escapes = "\\" in text
        self._comments = "#" in text
        self._next: Callable[[], Any] = lambda: None
        self._end = 0  # of the last scalar or closing bracket
        self._flow = 0  # open brackets and braces around the current place
        self._indents = [-1]  # columns of the block collections around the current place

    # -- the document ------------------------------------------------------------------------

    def document(self, parser: ParserFactory) -> Value:
        """The value of the one document, None where it could not be read."""
        value: Value = None
        source: Any = None
        try:
            source = parser(self.text)
            self._next = source.get_event
            value = self._one_document()
        except yaml.YAMLError as error:
            self._syntax(error)
        except (ValueError, OverflowError):  # PyYAML's own parser, at an escape beyond Unicode
            index = min(getattr(source, "index", 0), len(self.text))
            self._say(codes.SYNTAX, msg("a \\x, \\u or \\U escape in double quotes is not a valid character"), index)
        except _Stop:
            return None
        if "\t" in self.text and not any(each.severity == Severity.ERROR for each in self.findings):
            self._say_tabs()
        return value

    def _one_document(self) -> Value:
        self._next()  # stream start
        start = self._next()
        if not isinstance(start, ev.DocumentStartEvent):
            self._stop(codes.SYNTAX, msg("the file is empty"), 0)
        begun: int = cast("Any", start).end_mark.index
        directive = self._directive_before(begun)
        if start.version or start.tags or directive is not None:
            self._stop(codes.TAG, msg("directives (lines that begin with %) are not allowed"), directive or 0)
        self._end = begun
        value = self._value(self._next(), (), 1)
        end: Any = self._next()
        if self._comments:
            self._comment_before(end.start_mark.index)
        after: Any = self._next()
        again = re.compile(r"^\.\.\.", re.MULTILINE).search(self.text, end.end_mark.index)
        if isinstance(after, ev.DocumentStartEvent) or again:
            index = again.start() if again else after.start_mark.index
            self._say(codes.SEVERAL_DOCUMENTS, msg("a second document begins here"), index, index + 3)
        return value

    def _directive_before(self, index: int) -> int | None:
        match = re.compile(r"^%", re.MULTILINE).search(self.text, 0, index)
        return None if match is None else match.start()

    # -- values ------------------------------------------------------------------------------

    def _value(self, event: Any, pointer: Pointer, depth: int, key: Span | None = None) -> Value:
        kind = type(event)
        start: int = event.start_mark.index
        if self._comments:
            self._comment_before(start)
        value: Value
        if kind is ev.ScalarEvent:
            value = self._scalar(event, pointer)
        elif kind is ev.AliasEvent:
            end = event.end_mark.index
            self._stop(codes.ANCHOR, msg("the alias {text} is not allowed", text=self.text[start:end]), start, end)
        else:
            if event.anchor is not None or event.tag is not None:
                self._decorated(event)
            if depth > MOST_LEVELS:
                self._stop(codes.LIMIT, msg("more than {most} levels", most=MOST_LEVELS), start)
            value = self._collection(event, pointer, depth)
        if self.spans is not None:
            own = Span(start, max(start, self._end))
            if key is not None:
                own = Span(own.start, own.end, key.start, key.end)
            self.spans[pointer] = own
        return value

    def _collection(self, event: Any, pointer: Pointer, depth: int) -> Value:
        start = event.start_mark.index
        if event.flow_style:
            self._flow += 1
            self._end = start + 1
        else:
            self._indents.append(event.start_mark.column)
        many = self._mapping if type(event) is ev.MappingStartEvent else self._sequence
        value, end = many(pointer, depth)
        if self._comments:
            self._comment_before(end.start_mark.index)
        if event.flow_style:
            self._flow -= 1
            self._end = end.end_mark.index
            if not self._flow:
                self._object(ambiguity.continued(self.text, start, self._end, self._indents[-1]))
        else:
            self._indents.pop()  # a block "ends" at the next token, far below; its last scalar is the true end
        return value

    def _mapping(self, pointer: Pointer, depth: int) -> tuple[Value, Any]:
        result: dict[str, Value] = {}
        first: dict[str, int] = {}
        while type(event := self._next()) is not ev.MappingEndEvent:
            start = event.start_mark.index
            if self._comments:
                self._comment_before(start)
            key = self._key(event, start)
            if key in result:
                line, _ = self._lines.place(first[key])
                text = msg('the field "{key}" stands twice (first in line {line})', key=key, line=line)
                self._say(codes.DUPLICATE_KEY, text, start, event.end_mark.index, (*pointer, key))
            else:
                first[key] = start
            span = None if self.spans is None else Span(start, event.end_mark.index)
            result[key] = self._value(self._next(), (*pointer, key), depth + 1, span)
        return result, event

    def _sequence(self, pointer: Pointer, depth: int) -> tuple[Value, Any]:
        result: list[Value] = []
        while type(event := self._next()) is not ev.SequenceEndEvent:
            result.append(self._value(event, (*pointer, len(result)), depth + 1))
        return result, event

    def _key(self, event: Any, start: int) -> str:
        end = event.end_mark.index
        if type(event) is not ev.ScalarEvent:
            self._stop(codes.KEY, msg("a list or a group of fields cannot be a field's name"), start, start + 1)
        if event.anchor is not None or event.tag is not None:
            self._decorated(event)
        text: str = event.value
        self._end = end
        if event.style:
            self._check_quoted(event, start, end)
            return text
        if self._flow:
            self._object(ambiguity.flow_plain(self.text, start, end, key=True))
        if scalars.is_name(text):
            return text
        if text == "<<":
            self._stop(codes.MERGE_KEY, msg("the merge key << is not allowed"), start, end)
        if not text or not isinstance(scalars.plain(text), str) or scalars.LONG_INTEGER.fullmatch(text):
            shown = text or "?"
            self._say(codes.KEY, msg('the field name "{key}" is not text', key=shown), start, max(end, start + 1))
        elif text not in scalars.OWN_KEYS and scalars.read_otherwise(text):
            self._quote(text, start, end, ())
        return text

    def _scalar(self, event: Any, pointer: Pointer) -> scalars.Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor is not None or event.tag is not None:
            self._decorated(event)
        text: str = event.value
        if event.style:
            self._check_quoted(event, start, end)
            self._end = end if event.style in "'\"" else start + len(self.text[start:end].rstrip())
            return text
        self._end = end
        if self._flow:
            self._object(ambiguity.flow_plain(self.text, start, end, key=False))
        value = scalars.plain(text)
        if value is text:
            suspect = text[:1] in scalars.FIRST
            if not text or text == "~":
                self._empty(pointer, start, end)
            elif suspect and scalars.LONG_INTEGER.fullmatch(text):
                message = msg("the number {text} has more than 15 digits", text=text)
                self._say(codes.LONG_INTEGER, message, start, end, pointer)
            elif suspect and scalars.read_otherwise(text):
                self._quote(text, start, end, pointer)
            elif text[-1] in ambiguity.CLOSING and ambiguity.stray(text):
                message = msg("{text} ends with a mark that was never opened", text=text)
                self._say(codes.STRAY_MARK, message, start, end, pointer)
        return value

    def _check_quoted(self, event: Any, start: int, end: int) -> None:
        """Of quoted and block text: what readers differ in, and what escapes wrote into it."""
        if event.style in "|>":
            self.quoted.append((ambiguity.header_end(self.text, start), end))
            self._object(ambiguity.block(self.text, start, end))
            return
        self.quoted.append((start, end))
        if self._escapes:
            self._object(ambiguity.quoted(self.text, start, end))
            for message in escaped_objections(event.value):
                self._say(codes.CHARACTER, message, start, end)
        if not self._flow:
            self._object(ambiguity.continued(self.text, start, end, self._indents[-1]))

    def _comment_before(self, start: int) -> None:
        if self._end < start:
            self._object(ambiguity.comment(self.text, self._end, start))

    def _decorated(self, event: Any) -> None:
        start = event.start_mark.index
        written = re.compile(r"[^\s,\[\]{}]+").match(self.text, start)
        word = written[0] if written else "&!"[event.anchor is None]
        if word.startswith("!"):
            self._stop(codes.TAG, msg("the tag {tag} is not allowed", tag=word), start, start + len(word))
        self._stop(codes.ANCHOR, msg("the anchor {name} is not allowed", name=word), start, start + len(word))

    # -- saying it ---------------------------------------------------------------------------

    def _empty(self, pointer: Pointer, start: int, end: int) -> None:
        last = pointer[-1] if pointer else ""
        fix = None
        if isinstance(last, int):
            message = msg("an item of the list has no value")
        elif pointer:
            message = msg('the field "{key}" has no value', key=last)
            if self._flow and not str(last).isascii():
                fix = msg("if the comma before it belongs to a text, put the whole text in quotes")
        else:
            message = msg("the file holds no value")
        self._say(codes.EMPTY_VALUE, message, start, end, pointer, fix)

    def _quote(self, text: str, start: int, end: int, pointer: Pointer) -> None:
        self.quotable.append((start, end, pointer))
        message = msg("{text} is kept as text, but other YAML readers would not read it as text", text=text)
        self._say(codes.QUOTE, message, start, end, pointer, msg('put it in quotes: "{text}"', text=text))

    def _object(self, objection: ambiguity.Objection | None) -> None:
        if objection is not None:
            code, message, index = objection
            self._say(code, message, index)

    def _say(
        self,
        code: Code,
        message: Message,
        start: int,
        end: int | None = None,
        pointer: Pointer = (),
        fix: Message | None = None,
    ) -> None:
        """Adds a finding; of each code only the first ones, and one that says there are more."""
        self.counts[code.id] += 1
        if self.counts[code.id] > MOST_FINDINGS + 1:
            return
        if self.counts[code.id] > MOST_FINDINGS:
            message, fix = msg("more of the same follow ({count} are shown)", count=MOST_FINDINGS), None
        place = self._lines.location(self.path, start, start if end is None else end, pointer)
        self.findings.append(finding(code, message, place, fix=fix))

    def _stop(self, code: Code, message: Message, start: int, end: int | None = None) -> NoReturn:
        self._say(code, message, start, end)
        raise _Stop

    def _say_tabs(self) -> None:
        spans = iter([*self.quoted, (len(self.text), len(self.text))])
        start, end = next(spans)
        for match in re.finditer("\t", self.text):
            index = match.start()
            while index >= end and start < len(self.text):
                start, end = next(spans)
            if not start <= index < end:
                self._say(codes.TAB, msg("a tab stands outside quoted text"), index, index + 1)
                return

    def _syntax(self, error: yaml.YAMLError) -> None:
        explained = explain(error, self.text, self.quoted[-1] if self.quoted else None)
        index = min(explained.index, len(self.text))
        self._say(codes.TAB if explained.tab else codes.SYNTAX, explained.message, index)
