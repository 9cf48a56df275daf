"""An address cannot be read as written."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.law.address import BadAddress, parse
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import Document, View
from docctl.rules.events import addresses_of
from docctl.rules.references import citations
from docctl.rules.rule import Rule

CODE = Code(
    "DC229",
    "address-malformed",
    Severity.ERROR,
    _("An address cannot be read as written"),
    _(
        "Provisions are compared unit by unit, from the outside to the inside: phu_luc, chuong, dieu, khoan, diem; one spelling each (docs/formats.md). An address that cannot be read is never taken for a wider one."
    ),
    _("Write the address as shown."),
)


def check(view: View) -> Iterator[Finding]:
    for document, pointer, element, citation in citations(view):
        for key, addresses in (("provisions", citation.provisions), ("except", citation.excepted)):
            for place, address in enumerate(addresses):
                yield from _say(document, (*pointer, key, place), address, element)
    for text in view.legal_texts.values():
        for pointer, address in addresses_of(text.body):
            yield from _say(text, pointer, address, text.element(pointer))


def _say(document: Document[object], pointer: Pointer, address: str, element: str | None) -> Iterator[Finding]:
    try:
        parse(address)
    except BadAddress as error:
        message = msg('"{address}" is no address', address=address)
        fix = None if error.meant is None else msg("write {address}", address=error.meant)
        yield finding(CODE, message, document.locate(pointer), element=element, fix=fix)


RULE = Rule(CODE, check)
