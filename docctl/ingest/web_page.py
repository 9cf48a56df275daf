"""The text of a web page: blocks are lines, rows of tables are lines, scripts and what is hidden are left out.

The tags are found by one pass of our own: ``html.parser`` of older Python 3.11 needs time by the square of what some
broken pages hold.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator

from docctl.errors import UsageError
from docctl.ingest.lined import Lined, names
from docctl.ingest.lines import Gathered, Ingested, finished
from docctl.ingest.numerals import FORMATS
from docctl.message import Message, msg

_META = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_HEAD = 4096
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSETS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-1": "cp1252",
    "latin1": "cp1252", "windows-1252": "cp1252", "windows-1258": "cp1258", "cp1258": "cp1258",
    "utf-16": "utf-8", "utf-16le": "utf-8",  # a page that says so in plain letters is not in it
}  # fmt: skip
_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+)(?P<rest>(?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^>])*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s=/"'>]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?+""")
_OPENING = re.compile(r"<(?:[A-Za-z]|/[A-Za-z]|!|\?|/)")
_INLINE = names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike"
    " strong sub sup time tt u var wbr img input button o:p ruby rb rt rp nobr svg math"
)
_SKIPPED = names("script style title template iframe noscript noframes")
_RAW = names("script style title iframe noframes")
_VOID = names("area base br col embed hr img input link meta param source track wbr")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDEABLE = frozenset(("div", "span", "section", "article", "a", "font", "table", "b", "i"))
_DEEPEST_TABLES = 200
_LISTS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def text_of(data: bytes, name: str) -> Ingested:
    """The text of the bytes of a page called ``name``. Raises ``UsageError`` for what cannot be read."""
    page = _Page(name)
    page.read(_decoded(data, name))
    page.lined.end()
    while page.lined.tables:
        page.lined.end_table()
    return finished(page.lined.lines, page.notes())


def _decoded(data: bytes, name: str) -> str:
    """The page's characters, by its mark, else by what it declares, else as UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _in(data[len(mark) :], encoding, name)
    declared = _META.search(data, 0, _HEAD)
    charset = "utf-8" if declared is None else declared[1].decode("ascii").lower()
    encoding = _CHARSETS.get(charset, "")
    if not encoding:
        raise UsageError(
            msg('{path} says that it is in "{charset}", which is not read', path=name, charset=charset),
            msg("open it in a browser or in Word and save it in UTF-8"),
        )
    return _in(data, encoding, name)


def _in(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UsageError(
            msg("{path} is not in the encoding that it should be in ({encoding})", path=name, encoding=encoding),
            msg("open it in a browser or in Word and save it in UTF-8"),
        ) from error


class _Page:
    """Goes through a page once. ``_skipped`` is the element that is being left out, and how often it is open."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.gathered = Gathered(name)
        self.lined = Lined(self.gathered)
        self._skipped: tuple[str, int] | None = None
        self._lists: list[tuple[str, int]] = []
        self._exactly = 0

    def read(self, text: str) -> None:
        at, size = 0, len(text)
        while at < size:
            found = _OPENING.search(text, at)
            start = size if found is None else found.start()
            if start > at:
                self._words(html.unescape(text[at:start]))
            if found is None:
                return
            at = self._mark_up(text, start)

    def _mark_up(self, text: str, start: int) -> int:
        """What begins with ``<``; gives where it ends."""
        if text[start + 1] in "!?" or (text[start + 1] == "/" and not text[start + 2 : start + 3].isalpha()):
            closing = "-->" if text.startswith("<!--", start) else "]]>" if text.startswith("<![CDATA[", start) else ">"
            end = text.find(closing, start)
            return end + len(closing) if end >= 0 else self._broken_off(text)
        match = _TAG.match(text, start)
        if match is None:
            return self._broken_off(text)
        name = match["name"].lower()
        if match["end"]:
            self._close(name)
            return match.end()
        self._open(name, match["rest"])
        return self._raw(text, name, match.end()) if name in _RAW and not match["rest"].endswith("/") else match.end()

    def _raw(self, text: str, name: str, start: int) -> int:
        """Behind the content of a script or the like, in which tags mean nothing."""
        end = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(text, start)
        return self._broken_off(text) if end is None else end.start()

    def _broken_off(self, text: str) -> int:
        self.gathered.counted["broken"] += 1
        return len(text)

    def _words(self, text: str) -> None:
        if self._skipped is None:
            self.lined.add(text, lines=self._exactly > 0)
        elif self._skipped[0] not in _SKIPPED:
            self.gathered.counted["hidden"] += bool(text.strip())

    def _open(self, name: str, rest: str) -> None:
        if self._skipped is not None:
            if name == self._skipped[0]:
                self._skipped = (name, self._skipped[1] + 1)
            return
        attributes = dict(_attributes(rest))
        if name in _SKIPPED or (name in _HIDEABLE and _is_hidden(attributes)):
            if name not in _VOID and not (rest.endswith("/") and name == "iframe"):
                self._skipped = (name, 1)
            return
        self._shown(name, attributes)

    def _shown(self, name: str, attributes: dict[str, str]) -> None:
        """An element that people see begins."""
        lined = self.lined
        if name == "table":
            if lined.tables >= _DEEPEST_TABLES:
                raise UsageError(msg("{path} is nested too deeply to be a text", path=self.name))
            lined.begin_table()
        elif name == "tr":
            lined.begin_row()
        elif name in ("td", "th"):
            lined.begin_cell()
        elif name in ("ol", "ul"):
            lined.begin()
            kind = _LISTS.get(attributes.get("type", "1"), "decimal") if name == "ol" else ""
            self._lists.append((kind, _whole(attributes.get("start"), 1)))
        elif name == "li":
            lined.end()
            self._item(attributes)
        elif name == "img":
            self.gathered.counted["picture"] += 1
        elif name == "br":
            lined.end()
        elif name not in _INLINE:
            lined.begin()
            self._exactly += name == "pre"

    def _item(self, attributes: dict[str, str]) -> None:
        """The number or the dash of a list, which is not in the page's text."""
        kind, following = self._lists[-1] if self._lists else ("", 1)
        following = _whole(attributes.get("value"), following)
        if self._lists:
            self._lists[-1] = (kind, following + 1)
        self.lined.add(f"{FORMATS[kind](following)}." if kind else "-")
        self.lined.go_on()

    def _close(self, name: str) -> None:
        if self._skipped is not None:
            skipped, depth = self._skipped
            if name == skipped:
                self._skipped = (skipped, depth - 1) if depth > 1 else None
            return
        lined = self.lined
        if name == "table":
            lined.end_table()
        elif name == "tr":
            lined.begin_row()
        elif name in ("ol", "ul"):
            lined.end()
            self._lists[-1:] = []
        elif name not in _INLINE and name not in _VOID:
            lined.end()
            self._exactly -= name == "pre" and self._exactly > 0

    def notes(self) -> Iterator[Message]:
        counted = self.gathered.counted
        if counted["hidden"]:
            yield msg("hidden text was left out, places: {count}", count=counted["hidden"])
        if counted["picture"]:
            yield msg(
                "pictures and charts are not read: {count}; text inside them is missing", count=counted["picture"]
            )
        if counted["broken"]:
            yield msg("the page breaks off inside a tag; what follows there was not read")


def _attributes(rest: str) -> Iterator[tuple[str, str]]:
    for match in _ATTRIBUTE.finditer(rest):
        yield match[1].lower(), html.unescape(match[2] or match[3] or match[4] or "")


def _is_hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None


def _whole(text: str | None, otherwise: int) -> int:
    found = re.fullmatch(r"\s*(-?[0-9]{1,9})\s*", text or "")
    return otherwise if found is None else int(found[1])
