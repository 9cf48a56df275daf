"""A legal text that was cut into units, written as Akoma Ntoso 3.0; read again it gives the same lines.

Every line is one ``p``, or a number and a heading, in the order of the text, so that nothing is moved. Words of our
own units stand in ``class``: Vietnamese điểm and tiết are both ``point``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import Struct

from docctl.ingest.akn import NAMESPACE, ROOT, RUN_ON
from docctl.law.address import ANNEX, CONTAINERS, KEM_THEO
from docctl.law.identity import slug
from docctl.law.vn.front import Front
from docctl.model.law_text import LawText, Part, Piece, Unit

_NAMES = {
    "phan": "part", "chuong": "chapter", "muc": "section", "tieu_muc": "subsection", "dieu": "article",
    "khoan": "paragraph", "diem": "point", "tiet": "point", "mau": "hcontainer",
}  # fmt: skip
_IDS = {
    "phan": "part", "chuong": "chp", "muc": "sec", "tieu_muc": "subsec", "dieu": "art", "khoan": "para",
    "diem": "point", "tiet": "point", "mau": "form", ANNEX: "att",
}  # fmt: skip
_PREAMBLE = re.compile(r"\s{0,200}+(?:Căn cứ|CĂN CỨ|Theo đề nghị|Xét|Để )")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME_OF_LEVEL = re.compile("kem_theo|phu_luc|tieu_muc|[a-z]+")
_SOURCE = "#docctl"
UNKNOWN_DAY = date(1, 1, 1)


class Identity(Struct, frozen=True):
    """What the document says about itself; ``issued`` None where nobody knows, ``kind`` as in legal/*.yaml."""

    number: str
    kind: str = "act"
    title: str = ""
    issued: date | None = None
    issuers: Sequence[str] = ()
    written: date | None = None

    @classmethod
    def of(cls, front: Front, number: str = "") -> Identity:
        """As the head of a text says it; ``number`` where the reader knows it better."""
        issuers = () if front.issuer is None else (front.issuer,)
        return cls(number or front.number or "", front.kind or "act", front.title, front.issued, issuers)


def akoma_ntoso(read: LawText, identity: Identity) -> bytes:
    """The document in UTF-8. ``identity.written`` is the day of the file itself (none: that of the text)."""
    root = Element(ROOT, xmlns=NAMESPACE)
    act = SubElement(root, "act", name=identity.kind or "act", contains="originalVersion")
    _meta(act, identity, "!main")
    _Writer(act, read, identity).write()
    indent(root, " ")
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _meta(parent: Element, identity: Identity, component: str, *, references: bool = True) -> None:
    """Who issued what and when."""
    day = identity.issued or UNKNOWN_DAY
    work = f"/akn/vn/act/{identity.kind or 'act'}/{day.isoformat()}/{slug(identity.number) or 'unknown'}"
    expression = f"{work}/vie@{day.isoformat()}"
    issuers = [(f"issuer_{place}", each) for place, each in enumerate(identity.issuers, 1)] or [("issuer_1", "?")]
    meta = SubElement(parent, "meta")
    about = SubElement(meta, "identification", source=_SOURCE)
    authors = [f"#{key}" for key, _ in issuers]
    of_work = _level(about, "FRBRWork", (f"{work}/{component}", work), day, authors)
    SubElement(of_work, "FRBRcountry", value="vn")
    SubElement(of_work, "FRBRsubtype", value=identity.kind or "act")
    for name, value in (("FRBRnumber", identity.number), ("FRBRname", identity.title)):
        if value:
            SubElement(of_work, name, value=_clean(value))
    of_expression = _level(about, "FRBRExpression", (f"{expression}/{component}", expression), day, authors)
    SubElement(of_expression, "FRBRlanguage", language="vie")
    file = (f"{expression}/{component}.xml", expression + ".xml")
    of_file = _level(about, "FRBRManifestation", file, identity.written or day, [_SOURCE])
    SubElement(of_file, "FRBRformat", value="application/xml")
    if not references:
        return
    listed = SubElement(meta, "references", source=_SOURCE)
    for key, each in (*issuers, ("docctl", "docctl")):
        href = f"/ontology/organization/vn/{slug(each) or 'unknown'}"
        SubElement(listed, "TLCOrganization", eId=key, href=href, showAs=_clean(each))


def _level(about: Element, name: str, uris: tuple[str, str], day: date, authors: Iterable[str]) -> Element:
    """What Work, Expression and Manifestation have in common, in the order that the standard asks for."""
    found = SubElement(about, name)
    SubElement(found, "FRBRthis", value=uris[0])
    SubElement(found, "FRBRuri", value=uris[1])
    SubElement(found, "FRBRdate", date=day.isoformat(), name="unknown" if day == UNKNOWN_DAY else "issued")
    for each in authors:
        SubElement(found, "FRBRauthor", href=each)
    return found


def _clean(text: str) -> str:
    return " ".join(_NOT_XML.sub("", text).split())


class _Flow:
    """A body being filled: ``_open`` are the units around the place at hand, from the outside."""

    def __init__(self, body: Element, ids: Counter[str], *, blocks: bool) -> None:
        self.body, self._ids, self._blocks = body, ids, blocks
        self._open: list[tuple[Unit, Element]] = []

    def begin(self, unit: Unit, number: str, rest: str) -> None:
        """A unit begins, inside the last one that can hold it."""
        while self._open and not _holds(self._open[-1][0], unit):
            self._open.pop()
        kind = _kind(unit.address.rpartition("__")[2])
        name = _NAMES.get(kind, "hcontainer")
        above = self._open[-1][1] if self._open else self.body
        own = above.find("content")
        if own is not None:
            own.tag = "intro"  # what was said before the first unit inside
        found = SubElement(above, name, {"eId": _id(unit.address, self._ids), "class": kind})
        if name == "hcontainer":
            found.set("name", kind)
        _headed(found, number, "" if name in RUN_ON else rest)
        self._open.append((unit, found))
        if name in RUN_ON:
            self.say([rest])

    def place(self) -> Element:
        """Where words go: into the unit at hand, or into the body itself."""
        if not self._open and self._blocks:
            return self.body
        if not self._open:
            holder = self.body.find("hcontainer[@name='text']")
            above = SubElement(self.body, "hcontainer", name="text", eId="text") if holder is None else holder
        else:
            above = self._open[-1][1]
        found = above.find("content")
        return SubElement(above, "content") if found is None else found

    def say(self, lines: Iterable[str], kind: str = "") -> None:
        """Lines of the unit at hand."""
        for line in lines:
            SubElement(self.place(), "p", {"class": kind} if kind else {}).text = line


def _headed(element: Element, number: str, heading: str) -> None:
    if number:
        SubElement(element, "num").text = number
    if heading:
        SubElement(element, "heading").text = heading


def _holds(outer: Unit, inner: Unit) -> bool:
    """Does one unit stand inside another one: by its address, or as an article of a chapter?"""
    if inner.address.startswith(outer.address + "__"):
        return True
    before, _, last = outer.address.rpartition("__")
    component = "__".join(each for each in before.split("__") if each and _kind(each) in (KEM_THEO, ANNEX))
    articles = f"{component}__dieu_" if component else "dieu_"
    return _kind(last) in CONTAINERS and inner.address.startswith(articles)


def _id(address: str, ids: Counter[str]) -> str:
    """``art_5__para_2`` for ``dieu_5__khoan_2``; what is printed twice gets a number more."""
    named = "__".join(_id_of(each) for each in address.split("__"))
    ids[named] += 1
    while ids[named] > 1:
        named = f"{named}-{ids[named]}"
        ids[named] += 1
    return named


def _kind(unit: str) -> str:
    """The level of a unit, of one without a label too: a form may be printed as ``MẪU`` alone."""
    match = _NAME_OF_LEVEL.match(unit)
    return unit if match is None else match[0]


def _id_of(unit: str) -> str:
    kind = _kind(unit)
    label = unit.removeprefix(kind).lstrip("_").replace("/", "-")
    name = "att_kem-theo" if kind == KEM_THEO else _IDS[kind]
    return f"{name}_{label}" if label else name


def _lines(text: str) -> list[str]:
    """The lines that say something, without what XML cannot hold."""
    return [line for line in map(_clean, text.split("\n")) if line]


class _Writer:
    """Goes through the pieces once and puts each where the standard wants it; their order never changes."""

    def __init__(self, act: Element, read: LawText, identity: Identity) -> None:
        self.act, self.read, self.identity = act, read, identity
        self.ids: Counter[str] = Counter(each.get("eId", "") for each in act.iter() if each.get("eId"))
        self.attached: Element | None = None
        self.root = ""

    def write(self) -> None:
        pieces = self.read.pieces
        first = next((place for place, piece in enumerate(pieces) if piece.part is Part.UNIT), len(pieces))
        after = self._first_attached()
        ended = self._first_ended(first, after)
        body = Element("body")
        flow = _Flow(body, self.ids, blocks=False)
        if first < len(pieces):
            self._front(pieces[:first])
            self._fill(flow, pieces[first:ended])
        else:
            self._fill(flow, pieces)
        if not len(body):
            flow.say([""])
        self.act.append(body)
        if ended < after:
            conclusions = SubElement(self.act, "conclusions")
            self._fill(_Flow(conclusions, self.ids, blocks=True), pieces[ended:after])
        self._attach(pieces[after:])

    def _first_attached(self) -> int:
        """The first piece of what is attached: behind it no unit of the text itself stands."""
        pieces = self.read.pieces
        after = len(pieces)
        for place in range(len(pieces) - 1, -1, -1):
            piece = pieces[place]
            if piece.part is Part.UNIT:
                if not _attached(self.read.units[piece.unit]):
                    break
                after = place
        return after

    def _first_ended(self, first: int, after: int) -> int:
        """The first piece of who signed, behind the last unit of the text itself."""
        pieces = self.read.pieces
        last = max((place for place in range(first, after) if pieces[place].part is Part.UNIT), default=after)
        return next((place for place in range(last, after) if pieces[place].part is Part.END), after)

    def _front(self, pieces: Sequence[Piece]) -> None:
        """Names, number, title; then what the text rests on."""
        place: Element | None = None
        preamble = False
        for piece in pieces:
            for line in _lines(self.read.text[piece.start : piece.end]):
                begins = not preamble and piece.part is Part.FRONT and _PREAMBLE.match(line) is not None
                if place is None or begins:
                    preamble = preamble or begins
                    place = SubElement(self.act, "preamble" if preamble else "preface")
                if piece.part is Part.FRONT:
                    SubElement(place, "p").text = line
                else:
                    _aside(place, [line], piece.part)

    def _fill(self, flow: _Flow, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            lines = _lines(self.read.text[piece.start : piece.end])
            if piece.part in (Part.NOTE, Part.STAMP):
                if lines:
                    _aside(flow.place(), lines, piece.part)
            elif piece.part is not Part.UNIT:
                flow.say(lines, "" if flow.body.tag == "conclusions" else piece.part.value)
            elif piece.start == self.read.units[piece.unit].start:
                number, rest = self._first_line(piece)
                flow.begin(self.read.units[piece.unit], number, rest)
                flow.say(lines[1:])
            else:
                flow.say(lines)

    def _first_line(self, piece: Piece) -> tuple[str, str]:
        """The number of a unit as printed, and what stands behind it on its line."""
        unit, text = self.read.units[piece.unit], self.read.text
        end = text.find("\n", unit.start)
        end = len(text) if end < 0 else end
        cut = min(max(unit.body, unit.start), end)
        while cut > unit.start and cut < end and text[cut] in ".:":
            cut += 1
        return _clean(text[unit.start : cut]), _clean(text[cut:end])

    def _attach(self, pieces: Sequence[Piece]) -> None:
        """Each annex and each attached text is a document of its own inside the act."""
        flow: _Flow | None = None
        at = 0
        while at < len(pieces):
            piece = pieces[at]
            unit = self.read.units[piece.unit] if piece.part is Part.UNIT else None
            if unit is not None and piece.start == unit.start and self._new_root(unit):
                if flow is not None:
                    self._never_empty(flow.body)
                number, rest = self._first_line(piece) if unit.address == self.root else ("", "")
                flow = self._attachment(number, rest)
                if unit.address == self.root:
                    flow.say(_lines(self.read.text[piece.start : piece.end])[1:])
                    at += 1
                    continue
            if flow is not None:
                self._fill(flow, [piece])
            at += 1
        if flow is not None:
            self._never_empty(flow.body)

    def _new_root(self, unit: Unit) -> bool:
        root = unit.address.partition("__")[0]
        if root == self.root and unit.address != root:
            return False
        self.root = root
        return True

    def _attachment(self, number: str, heading: str) -> _Flow:
        if self.attached is None:
            self.attached = SubElement(self.act, "attachments")
        found = SubElement(self.attached, "attachment", eId=_id(self.root, self.ids))
        _headed(found, number, heading)
        document = SubElement(found, "doc", name=_kind(self.root), contains="originalVersion")
        _meta(document, self.identity, found.get("eId", ""), references=False)
        return _Flow(SubElement(document, "mainBody"), self.ids, blocks=True)

    @staticmethod
    def _never_empty(element: Element) -> None:
        if not len(element):
            SubElement(element, "p")


def _attached(unit: Unit) -> bool:
    return _kind(unit.address.partition("__")[0]) in (KEM_THEO, ANNEX, "mau")


def _aside(place: Element, lines: Sequence[str], part: Part) -> None:
    """A footnote, or what a gazette has put there: in its place, but no words of the text."""
    if part is Part.NOTE:
        note = SubElement(SubElement(place, "p", {"class": "note"}), "authorialNote", placement="bottom")
        for line in lines:
            SubElement(note, "p").text = line
        return
    for line in lines:
        SubElement(SubElement(place, "p", {"class": "stamp"}), "remark", {"class": "stamp"}).text = line
