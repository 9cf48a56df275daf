"""Where a reader of a legal text is, and which line can begin the next unit: numbering decides, not the words alone."""

from __future__ import annotations

import re

from docctl.law.address import ANNEX, KEM_THEO, LEVELS
from docctl.law.vn.letters import ascii_label
from docctl.law.vn.lines import DIEM, DIEU, KHOAN, MAU, TIET, Head
from docctl.law.vn.order import MOST_MISSING, follows_letter, follows_number, is_next, number_key, roman

CONTAINERS = LEVELS[: LEVELS.index(DIEU)]
_INNER = (DIEU, KHOAN, DIEM, TIET)
_LETTERED = re.compile(r"(\d{1,2}[a-zđ])[1-9]\d{0,2}")
_MOST_GLUED = 6
_MOST_AHEAD = 30
"""So many footnotes may be printed at the end of the page, or of the text, behind the mark of a later one."""


class Place:
    """The component (the text itself, an attached text, an annex), and the labels of the units around.

    ``articled`` tells whether the text has articles; without them its sections and numbers are its units.
    ``ended`` is set by the reader where the words of the text itself are over.
    """

    def __init__(self, *, articled: bool, consolidated: bool) -> None:
        self.articled = articled
        self.consolidated = consolidated
        self.component = ""
        self.containers: dict[str, str] = {}
        self.inner: dict[str, str] = {}
        self.articles: dict[str, str] = {}  # by component, the last one
        self.ended = False
        self.begun = False
        self.note = 0  # the last footnote
        self.annex = ""  # the last label
        self.missed: set[str] = set()  # the articles that the last one has jumped over

    # -- may it begin here? ----------------------------------------------------------------------------

    def accepts(self, found: Head, rest: str, *, broken: bool, jumps: bool, fresh: bool = False) -> Head | None:
        """The unit that a line begins, None where it is only words. ``rest`` stands behind the label.

        ``broken`` tells that the line before breaks off in the middle of a sentence, ``fresh`` that it ends one;
        ``jumps`` that articles may be left out, as in an extract.
        """
        level = found.level
        if level == ANNEX:
            return self._annex(found, rest, broken=broken)
        if level == MAU:
            return self._form(found, rest, broken=broken)
        if MAU in self.inner or (found.note and not self._noted(found.note)):
            return None
        if level == DIEU:
            return self._article(found, rest, broken=broken, jumps=jumps)
        if self.ended and not self.component:
            return None
        if level in CONTAINERS:
            return self._container(found, rest)
        if self.articled and not self.component and DIEU not in self.inner:
            return None
        if level == KHOAN:
            return self._clause(found, rest, fresh=fresh)
        return self._point(found) if self.begun else None

    def follows(self, found: Head) -> bool:
        """Does an article, a clause, an annex behind the signature continue the numbering where the reader is?"""
        if found.level == ANNEX:
            return self.ended and self.annex != "" and found.sure and follows_number(found.label, self.annex)
        if found.level == DIEU:
            return follows_number(found.label, self.articles.get(self.component))
        last = self.inner.get(KHOAN)
        return found.level == KHOAN and last is not None and is_next(found.label, last)

    @property
    def in_annex(self) -> bool:
        return self.component.split("__")[-1].startswith(ANNEX)

    def _noted(self, mark: str) -> bool:
        """Can these digits behind a label be the mark of a footnote? Three may be thousands, as in 3.500."""
        return self.consolidated and (len(mark) < 3 or self.note < int(mark) <= self.note + _MOST_AHEAD)

    def _annex(self, found: Head, rest: str, *, broken: bool) -> Head | None:
        if found.note and not self.consolidated:
            return None
        wrapped = broken and not found.printed.isupper()
        if wrapped or not self.begun or not (found.sure or rest[:1] in ("", "(", ":", ".", "-", "–")):
            return None
        if not self.ended and not self.component and rest[:1] not in ("", "("):
            return None
        return self._numbered(found, self.annex or None) if self.consolidated else found

    def _form(self, found: Head, rest: str, *, broken: bool) -> Head | None:
        """A form stands behind the signature; without a number it is one only as a title in capital letters."""
        if not self.ended and not self.in_annex:
            return None
        if broken and not found.printed.isupper():
            return None
        if not found.label:
            title = rest.split("(")[0]
            return found if found.sure and title == title.upper() else None
        if not found.sure and (not rest[:1].isupper() or rest.startswith("Phụ lục")):
            return None
        return self._numbered(found, self.inner.get(MAU) or None) if self.consolidated else found

    def _clause(self, found: Head, rest: str, *, fresh: bool) -> Head | None:
        last = self.inner.get(KHOAN)
        if follows_number(found.label, last):
            return found
        if self.consolidated:
            bare = self._without_note(found, last or "0")
            return bare if bare is not found else None
        twice = found.label == last and fresh and DIEU in self.inner and not self.component
        return found if twice and rest[:1].isupper() else None

    def _article(self, found: Head, rest: str, *, broken: bool, jumps: bool) -> Head | None:
        """A new article follows the last one; in an attached text and in an annex they begin anew."""
        last = self.articles.get(self.component)
        if self._wrapped(found, rest, last or "0", broken=broken):
            return None
        if self.consolidated:
            found = self._without_note(found, last or "0")
        if found.label in self.missed and found.sure and rest[:1].isupper():
            return found  # the one before came too early: 9a, 9, 10
        outside = self.ended and not self.component
        if follows_number(found.label, last) and not (outside and last is None):
            return found
        if outside:
            return found if found.label == "1" else None
        if self.component or not (rest and jumps and found.sure):
            return None
        here, there = number_key(found.label), number_key(last or "0")
        return found if here is not None and there is not None and here > there else None

    def _wrapped(self, found: Head, rest: str, last: str, *, broken: bool) -> bool:
        """Is it the middle of a sentence that names an article, where a line was broken?"""
        near = is_next(found.label, last)
        if not found.sure:
            return broken or not rest[:1].isupper() or self.in_annex
        if self.component and not rest and (self.in_annex or (last == "0" and self.inner)):
            return True  # the cell of a table
        return broken and not near and (not rest or not _beside(found.label, last))

    def _without_note(self, found: Head, last: str) -> Head:
        """``Điều 54`` after Điều 4 is Điều 5 with the mark of footnote 4."""
        if is_next(found.label, last):
            return found
        for size in range(1, len(found.label)):
            label, note = found.label[:size], found.label[size:]
            if is_next(label, last) and note.isdigit() and self.note < int(note) <= self.note + _MOST_GLUED:
                return found._replace(label=label)
        return found

    def _numbered(self, found: Head, last: str | None) -> Head:
        """An annex or a form whose label has a footnote: ``35`` after 2 is 3 with 5, ``14a20`` is 14a with 20."""
        lettered = _LETTERED.fullmatch(found.label)
        if lettered is not None:
            return found._replace(label=lettered[1])
        if not found.label.isdigit() or (last is not None and follows_number(found.label, last)):
            return found
        for size in range(1, len(found.label)):
            label, note = found.label[:size], found.label[size:]
            anew = size == 2 and label[0] == "0"  # 017: texts that write 01 begin their numbers anew
            near = last is not None or self.note < int(note) <= self.note + _MOST_GLUED
            if note[0] != "0" and (anew or (near and follows_number(label, last))):
                return found._replace(label=label)
        return found

    def _container(self, found: Head, rest: str) -> Head | None:
        """A part, chapter or section; ``II.`` without a word only where there are no articles."""
        last = self.containers.get(found.level)
        if self.consolidated:
            found = self._without_note(found, last or "0")
        if found.named:
            titled = found.sure or rest.strip(" .:-–")[:1].isupper()
            return found if titled and found.label != last else None
        if self.articled and not self.component:
            return None
        follows = follows_number if found.label.isdigit() else follows_letter
        return found if follows(found.label, last) else None

    def _point(self, found: Head) -> Head | None:
        """``a)``, ``1.1.`` and ``i)``."""
        label, last = found.label, self.inner.get(DIEM)
        if found.level == DIEM and label[0].isdigit():
            clause = self.inner.get(KHOAN)
            return found if clause is not None and label.split(".")[0] == clause and label != last else None
        if found.level == DIEM and follows_letter(label, last):
            return found
        if last is None:
            return None
        below = found._replace(level=TIET)
        if "." in label:
            return below if label.split(".")[0] == last else None
        value, before = roman(label), self.inner.get(TIET)
        return below if value is not None and value == 1 + (0 if before is None else roman(before) or 0) else None

    # -- it begins -------------------------------------------------------------------------------------

    def enter(self, found: Head, attached: bool | None = None) -> str | None:
        """Goes to the unit that a line begins; gives its address, None where it is only the name of the one before.

        ``attached`` tells of an annex or a form that it is issued with a law, a decree, a circular (True), with
        something else, or does not say.
        """
        level, label = found.level, found.label
        self.begun = True
        if level == ANNEX:
            return self._enter_annex(label, attached)
        if level == MAU:
            return self._enter_form(label, attached)
        if level in CONTAINERS:
            outer = CONTAINERS[: CONTAINERS.index(level)]
            self.containers = {each: self.containers[each] for each in outer if each in self.containers}
            self.containers[level] = label
            self.inner = {}
        else:
            if level == DIEU:
                if self.ended and not self.component and label == "1":
                    self._component(KEM_THEO)
                self.missed = _jumped(label, self.articles.get(self.component, "0"))
                self.articles[self.component] = label
            outer = _INNER[: _INNER.index(level)]
            self.inner = {each: self.inner[each] for each in outer if each in self.inner}
            self.inner[level] = label
        return self._address(level)

    def _outside(self, attached: bool | None) -> str:
        """What an annex belongs to: the attached text that it follows, where it does not name a decree or the like."""
        return f"{KEM_THEO}__" if self.component.startswith(KEM_THEO) and not attached else ""

    def _enter_annex(self, label: str, attached: bool | None) -> str | None:
        name = self._outside(attached) + (f"{ANNEX}_{_plain(label)}" if label else ANNEX)
        if self.component == name and not self.inner and not self.containers:
            return None
        self.annex = label if number_key(label) else ""
        self._component(name)
        return name

    def _enter_form(self, label: str, attached: bool | None) -> str | None:
        """A form without a number has the address of its annex, or is what is issued with the text: none is its own."""
        title = self.in_annex and not self.inner and not self.containers
        if not label and not self.in_annex:
            if attached is None:
                return None
            self._component(KEM_THEO if attached else self._outside(attached) + ANNEX)
        elif not self.in_annex:
            self._component(self._outside(attached).removesuffix("__"))
        self.containers, self.inner = {}, {MAU: label}
        return None if title and not label else self._address(MAU)

    def attach(self) -> str:
        """Goes into a text that is issued with this one."""
        self._component(KEM_THEO)
        return KEM_THEO

    def _component(self, name: str) -> None:
        self.component = name
        self.articles.pop(name, None)
        self.containers, self.inner = {}, {}

    def _address(self, level: str) -> str:
        parts = [self.component] if self.component else []
        if level in CONTAINERS or (DIEU not in self.inner and MAU not in self.inner):
            parts += [f"{name}_{_plain(label)}" for name, label in self.containers.items()]
        if level not in CONTAINERS:
            parts += [f"{name}_{_plain(label)}" for name, label in self.inner.items() if label]
        return "__".join(parts)


def _beside(label: str, last: str) -> bool:
    """Is it the next number, with or without a letter?"""
    here, there = number_key(label), number_key(last)
    return here is not None and there is not None and here[0] - there[0] in (0, 1)


def _jumped(label: str, last: str) -> set[str]:
    """The whole numbers between two articles that do not follow each other at once."""
    here, there = number_key(label), number_key(last)
    if here is None or there is None or here[0] - there[0] > 1 + MOST_MISSING:
        return set()
    return {str(each) for each in range(there[0] + 1, here[0] + (here[1] != ""))}


def _plain(label: str) -> str:
    """A label as addresses write it: small letters, dd for đ, no zeros in front."""
    plain = ascii_label(label.lower())
    return re.sub(r"(?<![a-z0-9])0+(?=[0-9])", "", plain)
