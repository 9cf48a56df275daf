"""An event is read but not judged yet."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.register import Fault
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.currency import Unresolved
from docctl.model.view import View
from docctl.rules.currency.judged import cited, judged, say
from docctl.rules.rule import Rule
from docctl.verdict import Doubt, Verdict
from docctl.verdict_words import doubts

CODE = Code(
    "DC906",
    "event-not-judged",
    Severity.WARNING,
    _("An event that cannot be followed"),
    _(
        "It acts on a text or an event that is not known, on a part of the clause that made another event, on an event that can only be ended, or on itself through others; so what it does to the citation cannot be told."
    ),
    _("Correct the event in the register; until then read the provision named and decide yourself."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.UNKNOWN):
        if item.judgement.doubt in (Doubt.KIND, Doubt.ACTED_UPON, Doubt.CIRCLE, Doubt.UNREADABLE_EVENT):
            reason = doubts(item.procedure.proof(item.citation, item.judgement))
            yield say(view, CODE, item, msg("{cited}: {reason}", cited=cited(item.citation), reason=reason))
    for unresolved in view.currency.unresolved:
        path = view.legal_texts[unresolved.slug].path
        place = view.locate(path, unresolved.pointer)
        element = view.legal_texts[unresolved.slug].element(unresolved.pointer)
        found = finding(CODE, _why(unresolved), place, element=element)
        general = unresolved.fault == Fault.GENERAL.value
        yield replace(found, severity=Severity.NOTE) if general else found


def _why(unresolved: Unresolved) -> Message:
    match unresolved.fault:
        case Fault.NO_TEXT.value:
            return msg("the event acts on {text}, which is not in the register", text=unresolved.what)
        case Fault.SEVERAL_TEXTS.value:
            return msg("{text} may mean several texts, so what the event changes is not judged", text=unresolved.what)
        case Fault.NO_EVENT.value:
            return msg(
                "event {event} is not in the register, so what becomes of it is not judged", event=unresolved.what
            )
        case Fault.GENERAL.value:
            return msg(
                "{text} repeals whatever is contrary to it; what it is about is not recorded (fields)",
                text=unresolved.what,
            )
        case _:
            return msg('"{address}" is no address, so what is touched is not judged', address=unresolved.what)


RULE = Rule(CODE, check, whole=True)
