"""The text of a Word file (.docx) as Word shows it, changes accepted: one paragraph a line.

The label of an automatic list stands before its paragraph (``docx_numbering``). A footnote is ``[1]`` in its place and
a line ``[1] …`` behind the paragraph; endnotes stand at the end. What cannot be plain text is left out and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from docctl.ingest.docx_notes import notes
from docctl.ingest.docx_numbering import Numbering
from docctl.ingest.docx_package import Package
from docctl.ingest.docx_styles import Styles
from docctl.ingest.lines import Gathered, Ingested, finished, row
from docctl.ingest.numerals import FORMATS

_TABLE, _PARAGRAPH = "w_tbl", "w_p"
_SIGNS = {"w_tab": "\t", "w_ptab": "\t", "w_cr": "\n", "w_noBreakHyphen": "-"}
_GONE = {"w_del": "deleted", "w_moveFrom": "deleted"}
_COME = {"w_ins": "inserted", "w_moveTo": "inserted"}
_LEFT_OUT = {
    "pic_pic": "picture", "v_imagedata": "picture", "w_object": "picture", "c_chart": "picture",
    "dgm_relIds": "picture", "m_oMath": "formula",
    "w_altChunk": "embedded", "w_subDoc": "embedded", "w_commentReference": "comment",
}  # fmt: skip
_PASSED = frozenset({"w_pPr", "w_rPr", "w_tblPr", "w_trPr", "w_tcPr", "w_sdtPr", "w_sectPr", "w_rt", "w_instrText"})
_PICTURED = {0xF0A8: "□", 0xF06F: "□", 0xF0FE: "☒", 0xF0FC: "✓", 0xF0B7: "•", 0xF02D: "-"}
_PRIVATE = range(0xE000, 0xF900)
_MOST_OF_LABEL = 120
_LABEL_ALONE = re.compile(r"\s{0,99}+\(?[\w.]{1,7}[.)]\Z")


def text_of(data: bytes, name: str) -> Ingested:
    """The text of the bytes of a .docx file called ``name``. Raises ``UsageError`` for what is none."""
    package = Package(data, name)
    reader = _Reader(package)
    lines = reader.document()
    return finished(lines, notes(package, reader.gathered, reader.numbering.unknown))


class _Flow(Struct):
    """Where the walk stands: the paragraph at hand, the boxes in it, how its words look, tables around it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    mark: str = ""
    style: str = ""
    hidden: bool = False
    capitals: bool = False
    tables: int = 0


class _Reader:
    """Walks through the document once. ``_below`` are footnotes of the paragraph at hand, ``_last`` endnotes."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.gathered = Gathered(package.name)
        self.styles = Styles(package.part("styles"))
        self.numbering = Numbering(package.part("numbering"), self.styles)
        self._notes = {kind: _by_id(package.part(kind + "s"), "w_" + kind) for kind in ("footnote", "endnote")}
        self._numbered = {"footnote": 0, "endnote": 0}
        self._flow = _Flow()
        self._below: list[str] = []
        self._last: list[str] = []
        self._in_note = False
        self._fields: list[_Field] = []
        self._balanced = _balanced(package.document)

    def document(self) -> list[str]:
        lines: list[str] = []
        body = self.package.document.find("w_body")
        if body is not None:
            self._blocks(body, lines)
        if self._flow.parts:  # the last paragraph's end was deleted
            lines.append("".join(self._flow.parts))
        return [*lines, *self._below, *self._last]

    def _blocks(self, element: Element, lines: list[str]) -> None:
        """Paragraphs and tables inside an element, through everything that only wraps them."""
        for each in _shown(element):
            if each.tag == _PARAGRAPH:
                self._paragraph(each, lines)
            elif each.tag == _TABLE:
                self._table(each, lines)
            elif each.tag in _GONE:
                self.gathered.counted["deleted"] += 1
            elif each.tag not in _PASSED:
                self._note(each.tag)
                self._blocks(each, lines)
            if not self._flow.tables:
                lines.extend(self._below)
                self._below = []

    def _table(self, table: Element, lines: list[str]) -> None:
        self._flow.tables += 1
        for each in _inside(table, "w_tr"):
            marks = each.find("w_trPr")
            if marks is not None and marks.find("w_del") is not None:
                self.gathered.counted["deleted"] += 1
                continue
            cells: list[list[str]] = []
            for cell in _inside(each, "w_tc"):
                cells.append([])
                self._blocks(cell, cells[-1])
            lines.extend(row(cells))
        self._flow.tables -= 1

    def _paragraph(self, paragraph: Element, lines: list[str]) -> None:
        properties = paragraph.find("w_pPr")
        self._flow.style = self.styles.of_paragraph(properties)
        mark = None if properties is None else properties.find("w_rPr")
        self._inline(paragraph)
        if mark is not None and (mark.find("w_del") is not None or mark.find("w_moveFrom") is not None):
            self.gathered.counted["deleted"] += 1
            return  # its end was deleted: what it says goes on in the next paragraph, which says how it looks
        text = "".join(self._flow.parts).rstrip()
        self._flow.parts = []
        unseen = not text and (self.styles.has(mark, self._flow.style, "w_vanish") or self._muted())
        label = "" if unseen else self.numbering.label(properties)
        lines.extend(self.gathered.measure(label + text).split("\n"))
        lines.extend(self._flow.boxes)
        self._flow.boxes = []

    def _inline(self, element: Element) -> None:
        """The words inside a paragraph, through links, insertions, fields and what else only wraps them."""
        for each in _shown(element):
            tag = each.tag
            if tag in _GONE:
                self.gathered.counted["deleted"] += 1
            elif tag == "w_r":
                self._run(each)
            elif tag == "w_txbxContent":
                self._box(each)
            elif tag in _SPOKEN:
                _SPOKEN[tag](self, each)
            elif tag in _SIGNS:
                self._say(_SIGNS[tag])
            elif tag not in _PASSED:
                self._note(tag)
                self._inline(each)

    def _run(self, run: Element) -> None:
        properties = run.find("w_rPr")
        self._flow.hidden = self.styles.has(properties, self._flow.style, "w_vanish")
        self._flow.capitals = self.styles.has(properties, self._flow.style, "w_caps")
        self._inline(run)
        self._flow.hidden = self._flow.capitals = False

    def _note(self, tag: str) -> None:
        kind = _LEFT_OUT.get(tag) or _COME.get(tag)
        if kind is not None:
            self.gathered.counted[kind] += 1

    def _say(self, text: str) -> None:
        if self._flow.hidden:
            self.gathered.counted["hidden"] += 1
        elif self._muted():
            self.gathered.counted["contents"] += any(each.contents for each in self._fields)
        else:
            self._flow.parts.append(text.upper() if self._flow.capitals else text)

    def _muted(self) -> bool:
        """Inside the instruction of a field, or a table of contents?"""
        return self._balanced and any(each.contents or not each.shown for each in self._fields)

    def _text(self, element: Element) -> None:
        self._say((element.text or "").replace("\n", " "))

    def _break(self, element: Element) -> None:
        page = element.get("w_type") in ("page", "column")
        if not page or "".join(self._flow.parts).strip():
            self._say("\n")

    def _symbol(self, element: Element) -> None:
        try:
            sign = int(element.get("w_char", "")[:6], 16)
        except ValueError:
            return
        if sign in _PRIVATE:
            self.gathered.counted["symbol"] += 1
            self._say(_PICTURED.get(sign, "□"))
        elif 0x20 <= sign < 0xD800 or 0xF900 <= sign < 0xFFFE:
            self._say(chr(sign))

    def _field(self, element: Element) -> None:
        kind = element.get("w_fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, element: Element) -> None:
        if self._fields and not self._fields[-1].shown and (element.text or "").split()[:1] == ["TOC"]:
            self._fields[-1].contents = True

    def _reference(self, element: Element) -> None:
        """A footnote or endnote: its mark here, its words further down."""
        kind = element.tag.removeprefix("w_").removesuffix("Reference")
        note = self._notes[kind].pop(element.get("w_id", ""), None)
        if self._flow.hidden or note is None or self._in_note:
            return  # notes have no notes: a file that says otherwise could chain them without end
        self._numbered[kind] += 1
        shown = FORMATS["lowerRoman"] if kind == "endnote" else str
        mark = f"[{shown(self._numbered[kind])}]"
        if element.get("w_customMarkFollows") in ("1", "true", "on"):
            mark = ""
        parts = self._flow.parts
        alone = len(parts) < _MOST_OF_LABEL and _LABEL_ALONE.match("".join(parts)) is not None
        self._say((" " if mark and alone else "") + mark)
        self._read_note(note, mark, self._last if kind == "endnote" else self._below)

    def _read_note(self, note: Element, mark: str, lines: list[str]) -> None:
        self._in_note = True
        found = self._apart(note, mark)
        self._in_note = False
        first = " ".join(found[:1]).strip()
        if mark and not first.startswith(mark):
            first = f"{mark} {first}"
        lines.extend([re.sub(r"\A(\[\w+\])\s*", r"\1 ", first) if mark else first, *found[1:]])

    def _apart(self, element: Element, mark: str = "") -> list[str]:
        """The lines of something that stands outside of the paragraph at hand; ``mark`` for a note."""
        kept, self._flow = self._flow, _Flow(mark=mark, tables=1 if mark else 0)
        found: list[str] = []
        self._blocks(element, found)
        self._flow = kept
        return found

    def _own_mark(self, _: Element) -> None:
        self._say(self._flow.mark)

    def _box(self, box: Element) -> None:
        """A text box: its lines stand behind the paragraph that holds it."""
        found = self._apart(box)
        self._flow.boxes.extend(found)
        self.gathered.counted["box"] += any(each.strip() for each in found)


class _Field:
    """A field such as a number of a page: ``shown`` from its result on, ``contents`` for a table of contents."""

    def __init__(self) -> None:
        self.shown = self.contents = False


_SPOKEN: Mapping[str, Callable[[_Reader, Element], None]] = {
    "w_t": _Reader._text, "m_t": _Reader._text, "w_br": _Reader._break, "w_sym": _Reader._symbol,
    "w_fldChar": _Reader._field, "w_instrText": _Reader._instruction,
    "w_footnoteReference": _Reader._reference, "w_endnoteReference": _Reader._reference,
    "w_footnoteRef": _Reader._own_mark, "w_endnoteRef": _Reader._own_mark,
}  # fmt: skip


def _shown(element: Element) -> Iterator[Element]:
    """The children of an element; of contents for newer and older programs only the newer."""
    for each in element:
        if each.tag == "mc_AlternateContent":
            choice = each.find("mc_Choice")
            chosen = each.find("mc_Fallback") if choice is None else choice
            if chosen is not None:
                yield chosen
        else:
            yield each


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through what only wraps them."""
    for each in _shown(element):
        if each.tag == name:
            yield each
        elif each.tag not in _PASSED and each.tag not in (_TABLE, _PARAGRAPH):
            yield from _inside(each, name)


def _by_id(root: Element | None, name: str) -> dict[str, Element]:
    """Footnotes or endnotes by id."""
    return {} if root is None else {each.get("w_id", ""): each for each in root.iterfind(name)}


def _balanced(document: Element) -> bool:
    """Does every field end? One that does not would swallow the rest of the text."""
    open_fields = 0
    for each in document.iter("w_fldChar"):
        open_fields += {"begin": 1, "end": -1}.get(each.get("w_fldCharType", ""), 0)
        if open_fields < 0:
            return False
    return open_fields == 0
