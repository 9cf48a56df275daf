"""What the styles of a Word file say: which list paragraphs are in, which words are hidden or in capitals.

A ``.docx`` is read here and in its neighbours, without python-docx: that one knows neither the numbers of lists nor
tracked changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from docctl.ingest.docx_package import number, switched, value


class InList(NamedTuple):
    """The list (``w_num``) of a style, the level it names, and the style that says so."""

    list: int
    level: int | None
    style: str


class Styles:
    """Looks things up along the chain of styles, each based on another one."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._shown: dict[tuple[str, str], bool] = {}
        self._default: str | None = None
        for each in () if root is None else root.iter("w_style"):
            name = each.get("w_styleId", "")
            self._styles.setdefault(name, each)
            if each.get("w_type") == "paragraph" and each.get("w_default") in ("1", "true", "on"):
                self._default = name

    def of_paragraph(self, properties: Element | None) -> str:
        """The style of a paragraph: what it names, or the default one; empty where there is none."""
        return value(properties, "w_pStyle") or self._default or ""

    def in_list(self, style: str) -> InList | None:
        """The list that a style puts its paragraphs in."""
        level: int | None = None
        for name, each in self._chain(style):
            listed = each.find("w_pPr/w_numPr")
            if listed is None:
                continue
            level = number(listed, "w_ilvl") if level is None else level
            found = number(listed, "w_numId")
            if found is not None:
                return InList(found, level, name)
        return None

    def has(self, properties: Element | None, style: str, name: str) -> bool:
        """Have words a property (``w_vanish``, ``w_caps``), their own or that of their style or paragraph?"""
        own = switched(properties, name)
        if own is not None:
            return own
        return any(self._says(each, name) for each in (value(properties, "w_rStyle"), style) if each)

    def _says(self, style: str, name: str) -> bool:
        key = (style, name)
        if key not in self._shown:
            found = (switched(each.find("w_rPr"), name) for _, each in self._chain(style))
            self._shown[key] = next((each for each in found if each is not None), False)
        return self._shown[key]

    def _chain(self, style: str) -> Iterator[tuple[str, Element]]:
        """The style and those it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            each = self._styles[style]
            yield style, each
            style = value(each, "w_basedOn") or ""
