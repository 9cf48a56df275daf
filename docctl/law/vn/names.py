"""Titles of laws, codes and ordinances of the central state: where the name of a law ends, no grammar can tell.

``Luật hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác`` is one name; ``Luật Đầu tư, Luật Nhà ở`` are two.
The list (``names.txt``, one title a line) says nothing about numbers or force: those are the register's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

_HEAD = 8
"""No name is shorter."""
_MOST = 260
_MARKED = (("oa", "óòỏõọ", "áàảãạ"), ("oe", "óòỏõọ", "éèẻẽẹ"), ("uy", "úùủũụ", "ýỳỷỹỵ"))
_TONES = [
    (base[0] + second, first + base[1])
    for base, firsts, seconds in _MARKED
    for first, second in zip(firsts, seconds, strict=True)
]


def fold(text: str) -> str:
    """Small letters, with the tone mark where newer spelling has it (hoá: hóa); as long as the text itself."""
    folded = text.lower()
    for old, new in _TONES:
        folded = folded.replace(old, new)
    return folded


@cache
def _names() -> Mapping[str, Sequence[str]]:
    """The folded names by their beginning, the longest first."""
    found: dict[str, set[str]] = {}
    for line in (files(__package__) / "names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name = fold(line)
            found.setdefault(name[:_HEAD], set()).add(name)
    return {head: sorted(names, key=len, reverse=True) for head, names in found.items()}


def known_end(text: str, start: int, stop: int) -> int | None:
    """Where the longest known name that stands at a place ends; None where none stands there."""
    head = " ".join(fold(text[start : start + 2 * _HEAD]).split())[:_HEAD]
    candidates = _names().get(head)
    if candidates is None:
        return None
    window = fold(text[start : min(stop, start + _MOST)])
    for name in candidates:
        size = _size(window, name)
        if size is not None and not window[size : size + 1].isalpha():
            return start + size
    return None


def _size(window: str, name: str) -> int | None:
    """How long a name is where the window begins with it, whatever blank space stands between its words."""
    at = 0
    for word in name.split():
        while at and at < len(window) and window[at].isspace():
            at += 1
        if not window.startswith(word, at):
            return None
        at += len(word)
    return at
