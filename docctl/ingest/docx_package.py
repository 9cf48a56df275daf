"""The parts of a Word file: which member holds the text, which its styles, lists and notes."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from docctl.errors import UsageError
from docctl.ingest.archive import Archive
from docctl.ingest.xml_tree import tree
from docctl.message import msg

_OFFICE = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")  # what most write, and the strict one
PREFIXES: Mapping[str, str] = {
    **{f"{_OFFICE[0]}{path}/2006/{last}": prefix for path, last, prefix in (
        ("wordprocessingml", "main", "w"), ("officeDocument", "relationships", "r"), ("officeDocument", "math", "m"),
        ("drawingml", "picture", "pic"), ("drawingml", "chart", "c"), ("drawingml", "diagram", "dgm"),
        ("package", "relationships", "rel"),
    )},
    f"{_OFFICE[0]}markup-compatibility/2006": "mc",
    **{f"{_OFFICE[1]}{path}": prefix for path, prefix in (
        ("wordprocessingml/main", "w"), ("officeDocument/relationships", "r"), ("officeDocument/math", "m"),
        ("drawingml/picture", "pic"), ("drawingml/chart", "c"), ("drawingml/diagram", "dgm"),
    )},
    "urn:schemas-microsoft-com:vml": "v",
}  # fmt: skip
_MAIN = "word/document.xml"
VALUE = "w_val"


class Package:
    """A .docx file by the roles of its parts. Raises ``UsageError`` for what is no Word file."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.archive = Archive(data, name)
        mains = self._related("").get("officeDocument", [_MAIN])
        self.main = mains[0]
        document = self._tree(self.main)
        if document is None or document.tag != "w_document":
            raise UsageError(
                msg("{path} is a zip file, but no Word document", path=name),
                msg("open it in Word and save it as .docx"),
            )
        self.document = document
        self._roles = self._related(self.main)

    def part(self, role: str) -> Element | None:
        """The part of a role such as ``styles``, ``numbering``, ``footnotes``; None where there is none."""
        targets = self._roles.get(role, ())
        return self._tree(targets[0]) if targets else None

    def parts(self, role: str) -> list[Element]:
        """All parts of a role, such as ``header``."""
        found = (self._tree(each) for each in self._roles.get(role, ()))
        return [each for each in found if each is not None]

    def _tree(self, member: str) -> Element | None:
        data = self.archive.read(member)
        return None if data is None else tree(data, self.name, PREFIXES)

    def _related(self, part: str) -> dict[str, list[str]]:
        """By role, the members that a part (empty: the whole file) names; never anything outside of the file."""
        folder, base = posixpath.split(part)
        root = self._tree(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, list[str]] = {}
        for each in () if root is None else root:
            target, role = each.get("Target", ""), each.get("Type", "").rpartition("/")[2]
            if each.get("TargetMode") != "External" and target:
                member = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found.setdefault(role, []).append(member)
        return found


def value(element: Element | None, name: str) -> str | None:
    """What the child of this name says (``w_val``), or None."""
    child = None if element is None else element.find(name)
    return None if child is None else child.get(VALUE)


def number(element: Element | None, name: str) -> int | None:
    """The same as a number; None where it is none."""
    return whole(value(element, name))


def whole(text: str | None) -> int | None:
    """A number of at most nine digits, or None."""
    if text is None or len(text) > 9 or not text.lstrip("-").isascii():
        return None
    try:
        return int(text)
    except ValueError:
        return None


def switched(element: Element | None, name: str) -> bool | None:
    """Is a property switched on? None where nothing is said about it."""
    child = None if element is None else element.find(name)
    return None if child is None else child.get(VALUE, "1") not in ("0", "false", "off")
