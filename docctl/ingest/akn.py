"""The text of an Akoma Ntoso document (XML) as lines: number and heading on one, each paragraph on one.

Names are read without their namespace, so that documents of older versions and documents without one are read too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from docctl.errors import UsageError
from docctl.ingest.lined import Lined, names
from docctl.ingest.lines import Gathered, Ingested, finished
from docctl.ingest.xml_tree import tree
from docctl.message import Message, msg

ROOT = "akomaNtoso"
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_INLINE = names(
    "a abbr affectedDocument amount argument b change concept courtType date decoration def docAuthority docCommittee"
    " docDate docIntroducer docJurisdiction docNumber docProponent docPurpose docStage docStatus docTitle docType"
    " docketNumber embeddedText entity event extractText fillIn i inline ins judge lawyer legislature location mmod mod"
    " mref neutralCitation object omissis opinion organization outcome party person placeholder process quantity"
    " ref relatedDocument remark rmod role rref scene session shortTitle signature span sub sup term time u"
    " vote"
)
_WORDED = frozenset(
    "p heading subheading crossHeading block longTitle listIntroduction listWrapUp formula from tocItem caption"
)
RUN_ON = names(
    "paragraph subparagraph point indent alinea item clause subclause rule subrule proviso transitional citation"
    " recital list sublist"
)
"""What prints its number before its first words; in others the number stands alone where there is no heading."""

_LEFT_OUT = {
    "img": "picture", "foreign": "picture", "math": "picture", "svg": "picture", "del": "deleted",
    "componentRef": "elsewhere", "documentRef": "elsewhere", "meta": "meta",
}  # fmt: skip


def text_of(data: bytes, name: str) -> Ingested:
    """The text of the bytes of an XML file called ``name``. Raises ``UsageError`` for what is no Akoma Ntoso."""
    root = tree(data, name)
    if root.tag != ROOT:
        raise UsageError(
            msg("{path} is XML, but no Akoma Ntoso document", path=name),
            msg("save the text as .docx, or as plain text in UTF-8 with the suffix .txt"),
        )
    reader = _Reader(name)
    reader.inside(root)
    reader.lined.end()
    return finished(reader.lined.lines, reader.notes())


class _Reader:
    """Walks through the elements; which of them are lines, and which only words, is told by their names."""

    def __init__(self, name: str) -> None:
        self.gathered = Gathered(name)
        self.lined = Lined(self.gathered)

    def inside(self, element: Element) -> None:
        """The words of an element and of all that it holds."""
        self.lined.add(element.text or "")
        for each in element:
            if each.tag == "num":
                self._number(each, element)
            else:
                self._element(each)
            self.lined.add(each.tail or "")

    def _element(self, each: Element) -> None:
        name = each.tag
        if name in _SPECIAL:
            _SPECIAL[name](self, each)
        elif name in _LEFT_OUT:
            self.gathered.counted[_LEFT_OUT[name]] += 1
        elif name in ("eol", "br"):
            self.lined.end()
        elif name in _INLINE:
            self.inside(each)
        elif name in _WORDED:
            self.lined.begin()
            self.inside(each)
            self.lined.end()
        else:
            self._wrapped(each)

    def _wrapped(self, each: Element) -> None:
        """What only holds others; a number before it goes on with the first words inside."""
        if not self.lined.going_on:
            self.lined.end()
        self.inside(each)
        if not self.lined.going_on:
            self.lined.end()

    def _number(self, each: Element, parent: Element) -> None:
        self.lined.begin_numbered()
        self.inside(each)
        follows = parent.find("heading") is not None
        if follows or parent.tag in RUN_ON:
            self.lined.go_on()
        else:
            self.lined.end()

    def _quoted(self, each: Element) -> None:
        """New wording: its quotation marks may be attributes."""
        self.lined.begin()
        opening, closing = each.get("startQuote", ""), each.get("endQuote", "")
        if opening:
            self.lined.open_quotation(opening)
        self.inside(each)
        if closing:
            self.lined.close_quotation(closing)
        self.lined.end()

    def _quoted_words(self, each: Element) -> None:
        self.lined.add(each.get("startQuote", ""))
        self.inside(each)
        self.lined.add(each.get("endQuote", ""))

    def _note(self, each: Element) -> None:
        """A footnote: its mark here, its lines behind the line at hand."""
        marker = each.get("marker", "")
        if marker:
            self.lined.add(f"[{marker.strip('[]() ')}]")
        kept, self.lined = self.lined, Lined(self.gathered)
        if marker:
            self.lined.add(f"[{marker.strip('[]() ')}]")
            self.lined.go_on()
        self.inside(each)
        self.lined.end()
        kept.below.extend(self.lined.lines)
        self.lined = kept

    def _note_mark(self, each: Element) -> None:
        if each.get("marker"):
            self.lined.add(f"[{each.get('marker', '').strip('[]() ')}]")

    def _table(self, each: Element) -> None:
        self.lined.begin_table()
        self.inside(each)
        self.lined.end_table()

    def _row(self, each: Element) -> None:
        self.lined.begin_row()
        self.inside(each)

    def _cell(self, each: Element) -> None:
        self.lined.begin_cell()
        self.inside(each)

    def notes(self) -> Iterator[Message]:
        counted = self.gathered.counted
        if counted["deleted"]:
            yield msg(
                "words that the document marks as deleted were left out, places: {count}", count=counted["deleted"]
            )
        if counted["picture"]:
            yield msg(
                "pictures and charts are not read: {count}; text inside them is missing", count=counted["picture"]
            )
        if counted["elsewhere"]:
            yield msg("parts that stand in other files were not read: {count}", count=counted["elsewhere"])


_SPECIAL: Mapping[str, Callable[[_Reader, Element], None]] = {
    "authorialNote": _Reader._note, "noteRef": _Reader._note_mark,
    "quotedStructure": _Reader._quoted, "quotedText": _Reader._quoted_words,
    "table": _Reader._table, "tr": _Reader._row, "td": _Reader._cell, "th": _Reader._cell,
}  # fmt: skip
