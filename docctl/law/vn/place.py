"""Where a reader of a legal text is, and which line can begin the next unit: numbering decides, not the words alone."""

from __future__ import annotations

import re

from docctl.law.address import ANNEX, KEM_THEO, LEVELS
from docctl.law.vn.letters import ascii_label
from docctl.law.vn.lines import DIEM, DIEU, KHOAN, MAU, TIET, Head
from docctl.law.vn.order import follows_letter, follows_number, is_next, number_key, roman

CONTAINERS = LEVELS[: LEVELS.index(DIEU)]
_INNER = (DIEU, KHOAN, DIEM, TIET)
_MOST_GLUED = 6


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

    # -- may it begin here? ----------------------------------------------------------------------------

    def accepts(self, found: Head, rest: str, *, broken: bool, jumps: bool) -> Head | None:
        """The unit that a line begins, None where it is only words. ``rest`` stands behind the label.

        ``broken`` tells that the line before breaks off in the middle of a sentence, ``jumps`` that articles may be
        left out, as in an extract.
        """
        level = found.level
        if level == ANNEX:
            closed = rest[:1] in ("", "(", ":", ".", "-", "–") or found.sure
            return found if closed and self.begun and (self.ended or self.component or rest[:1] in ("", "(")) else None
        if level == MAU:
            return found if self.ended or self.component.startswith(ANNEX) else None
        if MAU in self.inner:
            return None
        if level == DIEU:
            loose = broken and not rest and not is_next(found.label, self.articles.get(self.component, "0"))
            return None if loose else self._article(found, rest, jumps=jumps)
        if self.ended and not self.component:
            return None
        if level in CONTAINERS:
            return self._container(found, rest)
        if self.articled and not self.component and DIEU not in self.inner:
            return None
        if level == KHOAN:
            return found if follows_number(found.label, self.inner.get(KHOAN)) else None
        return self._point(found) if self.begun else None

    def follows(self, found: Head) -> bool:
        """Does an article or a clause continue the numbering where the reader is?"""
        if found.level == DIEU:
            return follows_number(found.label, self.articles.get(self.component))
        last = self.inner.get(KHOAN)
        return found.level == KHOAN and last is not None and is_next(found.label, last)

    def _article(self, found: Head, rest: str, *, jumps: bool) -> Head | None:
        """A new article follows the last one; in an attached text and in an annex they begin anew."""
        if not found.sure and not rest[:1].isupper():
            return None
        last = self.articles.get(self.component)
        if self.consolidated:
            found = self._without_note(found, last or "0")
        outside = self.ended and not self.component
        if follows_number(found.label, last) and not (outside and last is None):
            return found
        if outside:
            return found if found.label == "1" else None
        if self.component or not (rest and jumps and found.sure):
            return None
        here, there = number_key(found.label), number_key(last or "0")
        return found if here is not None and there is not None and here > there else None

    def _without_note(self, found: Head, last: str) -> Head:
        """``Điều 54`` after Điều 4 is Điều 5 with the mark of footnote 4."""
        if is_next(found.label, last):
            return found
        for size in range(1, len(found.label)):
            label, note = found.label[:size], found.label[size:]
            if is_next(label, last) and note.isdigit() and self.note < int(note) <= self.note + _MOST_GLUED:
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

    def enter(self, found: Head) -> str | None:
        """Goes to the unit that a line begins; gives its address, None where the annex is only named again."""
        level, label = found.level, found.label
        if level == ANNEX:
            name = f"{ANNEX}_{_plain(label)}" if label else ANNEX
            if self.component == name and not self.inner and not self.containers:
                return None
            self._component(name)
        elif level == MAU:
            if not self.component.startswith(ANNEX):
                self._component("")
            self.containers, self.inner = {}, {MAU: label}
        elif level in CONTAINERS:
            outer = CONTAINERS[: CONTAINERS.index(level)]
            self.containers = {each: self.containers[each] for each in outer if each in self.containers}
            self.containers[level] = label
            self.inner = {}
        else:
            if level == DIEU:
                if self.ended and not self.component and label == "1":
                    self._component(KEM_THEO)
                self.articles[self.component] = label
            outer = _INNER[: _INNER.index(level)]
            self.inner = {each: self.inner[each] for each in outer if each in self.inner}
            self.inner[level] = label
        self.begun = True
        return self._address(level)

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
            parts += [f"{name}_{_plain(label)}" if label else name for name, label in self.inner.items()]
        return "__".join(parts)


def _plain(label: str) -> str:
    """A label as addresses write it: small letters, dd for đ, no zeros in front."""
    plain = ascii_label(label.lower())
    return re.sub(r"(?<![a-z0-9])0+(?=[0-9])", "", plain)
