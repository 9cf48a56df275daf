"""A legal text is registered twice."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.law.identity import comparable, has_year, is_local
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.legal_text import LegalText
from docctl.model.view import Document, View
from docctl.rules.rule import Rule

CODE = Code(
    "DC236",
    "legal-text-twice",
    Severity.ERROR,
    _("A legal text is registered twice"),
    _("Events of the two files would be lost or counted twice, and nobody could say which file is right."),
    _("Keep one file and move what the other one adds into it; of a shared text keep the file in legal/shared."),
)


def check(view: View) -> Iterator[Finding]:
    by_name: dict[str, str] = {}
    for path in sorted(path for path in view.paths if path.startswith("legal/") and path.endswith(".yaml")):
        name = path.rsplit("/", 1)[-1]
        if name in by_name:
            message = msg("{path} and {other} have the same name", path=path, other=by_name[name])
            yield finding(CODE, message, Location(path), element=name.removesuffix(".yaml"))
        by_name.setdefault(name, path)
    by_identity: dict[tuple[str, ...], Document[LegalText]] = {}
    for _name, document in sorted(view.legal_texts.items()):
        identity = _identity(document.body)
        first = by_identity.setdefault(identity, document)
        if first is not document:
            message = msg("{number} stands in {other} too", number=document.body.number, other=first.path)
            yield finding(CODE, message, document.locate(("number",)), element="number")


def _identity(text: LegalText) -> tuple[str, ...]:
    """Number; with the issuer of a local text, and with the day where the number has no year."""
    parts = [comparable(text.number)]
    if text.jurisdiction != "central" or is_local(text.number):
        parts += [text.jurisdiction, *sorted(text.issuers)]
    if not has_year(text.number):
        parts += [*sorted(text.issuers), str(text.issued)]
    return tuple(parts)


RULE = Rule(CODE, check, whole=True)
