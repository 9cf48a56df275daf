"""Marked-up text (web pages, Akoma Ntoso) as lines: blank space is one space, elements begin and end lines."""

from __future__ import annotations

from docctl.ingest.lines import Gathered, row

_BLANK = " \t\n\r\f"


def names(text: str) -> frozenset[str]:
    """The names of elements in a text, parted by spaces."""
    return frozenset(text.split())


class Lined:
    """Gathers words into lines; inside a cell of a table into those of the cell."""

    def __init__(self, gathered: Gathered) -> None:
        self.lines: list[str] = []
        self.below: list[str] = []
        self._gathered = gathered
        self._parts: list[str] = []
        self._joined = self._quoting = False
        self._outside: list[tuple[list[str], list[list[str]]]] = []
        self._cells: list[list[str]] = []

    @property
    def tables(self) -> int:
        """How many tables are open."""
        return len(self._outside)

    def add(self, text: str, *, lines: bool = False) -> None:
        """Words of the line at hand; with ``lines`` its ends of lines count."""
        if lines and "\n" in text:
            for each in text.splitlines(keepends=True):
                self.add(each)
                if each[-1] in "\r\n":
                    self.end()
            return
        if not text:
            return
        words = " ".join(text.split())  # no-break spaces too: they are spaces in the end
        if text[0].isspace() and not self._quoting:
            self._parts.append(" ")
        if words:
            self._joined = self._quoting = False
            self._parts.append(words)
            if text[-1].isspace():
                self._parts.append(" ")

    def begin(self) -> None:
        """A line begins here, unless it goes on behind a number (``go_on``)."""
        if not self._joined:
            self.end()
        self._joined = self._quoting = False

    def go_on(self) -> None:
        """What is there is a number such as ``1.``: the next line goes on behind it."""
        self._parts.append(" ")
        self._joined = True

    def open_quotation(self, mark: str) -> None:
        """A quotation mark: the next line goes on right behind it."""
        self._parts.append(mark)
        self._joined = self._quoting = True

    def begin_numbered(self) -> None:
        """A number begins a line, except right behind a quotation mark."""
        if not self._quoting:
            self.end()
        self._joined = self._quoting = False

    def close_quotation(self, mark: str) -> None:
        """A quotation mark behind the last line."""
        self.end()
        if self.lines:
            self.lines[-1] += mark

    @property
    def going_on(self) -> bool:
        """Does the next line go on behind a number?"""
        return self._joined

    def end(self) -> None:
        """The line at hand ends; nothing happens where there is none."""
        self._joined = self._quoting = False
        line = "".join(self._parts).strip(_BLANK)
        self._parts = []
        while "  " in line:
            line = line.replace("  ", " ")
        if line:
            self.lines.append(self._gathered.measure(line))
        if self.below and not self._outside:
            self.lines.extend(self.below)
            self.below = []

    def begin_table(self) -> None:
        """A table begins, maybe inside a cell of another one."""
        self.end()
        self._outside.append((self.lines, self._cells))
        self._cells, self.lines = [], []

    def begin_row(self) -> None:
        """A row begins; one that is open ends."""
        if self._outside:
            self.end()
            self._stray()
            self._outside[-1][0].extend(row(self._cells))
            self._cells, self.lines = [], []

    def begin_cell(self) -> None:
        """A cell begins; one that is open ends."""
        if self._outside:
            self.end()
            self._stray()
            self.lines = []
            self._cells.append(self.lines)

    def _stray(self) -> None:
        """Words between the cells are lines before the table's next row, as browsers show them."""
        if not self._cells or self._cells[-1] is not self.lines:
            self._outside[-1][0].extend(self.lines)

    def end_table(self) -> None:
        """The table that is open ends."""
        if self._outside:
            self.begin_row()
            self.lines, self._cells = self._outside.pop()
            self.end()
