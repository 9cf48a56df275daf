"""What a rule has to say: a finding, its code, its severity and its place.

Lines and columns are 1-based and count code points; the end is exclusive. A finding about a whole
file stands at 1:1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from docctl.message import Message

if TYPE_CHECKING:  # a check of one file says nothing about the law and need not load it
    from docctl.verdict import Proof

Pointer: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys and 0-based indices from the root of a document."""


class Severity(IntEnum):
    """How much a finding weighs; the order is the weight."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """``note``, ``warning`` or ``error``: the word of every output and of the configuration."""
        return self.name.lower()


class Code(Struct, frozen=True):
    """One thing docctl can say, declared once, where it is said.

    ``title``, ``why`` and ``remedy`` are msgids: a headline, the reason with its source, the way out.
    """

    id: str
    name: str
    severity: Severity
    title: str
    why: str
    remedy: str
    fixable: bool = False
    since: str = "0.1"

    @property
    def family(self) -> str:
        """``DC1`` … ``DC9``: the family that configuration and commands speak of."""
        return self.id[:3]


class Location(Struct, frozen=True):
    """A place in a file of the repository. ``path`` is relative to the root, with ``/``."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    pointer: Pointer = ()


class Related(Struct, frozen=True):
    """A second place that explains a finding."""

    location: Location
    message: Message


class Finding(Struct, frozen=True):
    """One statement about one place. ``fix`` is the way out of this very case, where one is known.

    ``proof`` is the chain of evidence of a statement about the law (DC5xx, DC905, DC906).
    """

    code: Code
    message: Message
    location: Location
    severity: Severity
    element: str | None = None
    related: tuple[Related, ...] = ()
    fix: Message | None = None
    fingerprint: str = ""
    proof: Proof | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        place = self.location
        return (place.path, place.line, place.column, self.code.id, str(self.message), pointer_text(place.pointer))


def finding(
    code: Code,
    message: Message,
    location: Location,
    *,
    element: str | None = None,
    related: Iterable[Related] = (),
    fix: Message | None = None,
) -> Finding:
    """A finding with its code's own severity."""
    return Finding(code, message, location, code.severity, element, tuple(related), fix)


def pointer_text(pointer: Pointer) -> str:
    """The pointer as JSON Pointer (RFC 6901): ``/steps/0/title``; the root is the empty text."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sorted by place and code, doubles dropped, each with a fingerprint.

    A fingerprint does not move with line numbers: it is made of path, code, element and message, and
    of a running number where these are alike.
    """
    seen: dict[str, int] = {}
    result: list[Finding] = []
    for item in sorted(set(findings), key=lambda each: each.sort_key):
        parts = (item.location.path, item.code.id, item.element or "", str(item.message))
        base = "\0".join(parts)
        seen[base] = seen.get(base, 0) + 1
        digest = hashlib.sha256(f"{base}\0{seen[base]}".encode("utf-8", "surrogateescape")).hexdigest()
        result.append(replace(item, fingerprint=digest[:16]))
    return tuple(result)
