"""An event is read but not judged yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

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
    _("An event is read but not judged yet"),
    _(
        "This version judges amendments, insertions, replacements, repeals and ends by date; suspension, disapplication, renumbering, extension, transition, and events that act on events are left to the reader."
    ),
    _("Read the provision named and decide yourself whether the procedure must change."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.UNKNOWN):
        if item.judgement.doubt in (Doubt.KIND, Doubt.ACTED_UPON, Doubt.UNREADABLE_EVENT):
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
            return msg("{text} repeals whatever is contrary to it, which is not judged yet", text=unresolved.what)
        case _:
            return msg('"{address}" is no address, so what is touched is not judged', address=unresolved.what)


RULE = Rule(CODE, check, whole=True)
