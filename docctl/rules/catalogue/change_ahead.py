"""The catalogue will change."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import Message, Param, msg
from docctl.message import mark as _
from docctl.model.catalogue import AMENDED, REPLACED
from docctl.model.coverage import Ahead, EntryCoverage
from docctl.model.view import View
from docctl.report.words import CATALOGUE_FIELDS, listed
from docctl.rules.catalogue.listed import decision_words, serving
from docctl.rules.rule import Rule

CODE = Code(
    "DC719",
    "change-ahead",
    Severity.NOTE,
    _("The catalogue will change"),
    _("It binds from its first day; who prepares the revision now needs no extra time afterwards."),
    _("Prepare a revision, a new document or a withdrawal that begins on that day."),
)


def check(view: View) -> Iterator[Finding]:
    for entry in view.coverage.entries:
        for ahead in entry.ahead:
            places = serving(view, entry) or (view.locate(ahead.origin.path, (*ahead.origin.pointer, "code")),)
            for place in places:
                yield finding(CODE, _message(entry, ahead), place, element="covers" if entry.serving else entry.code)


def _message(entry: EntryCoverage, ahead: Ahead) -> Message:
    words: dict[str, Param] = {"code": entry.code, "day": ahead.origin.since.isoformat()}
    words["decision"] = decision_words(ahead.origin.decision)
    if ahead.replaced_by:
        return msg(
            "{code} will be replaced by {successors} on {day} ({decision})",
            successors=", ".join(ahead.replaced_by),
            **words,
        )
    if ahead.ends:
        return msg("{code} will be abolished on {day} ({decision})", **words)
    if ahead.changed and ahead.origin.kind == AMENDED:
        fields = listed([CATALOGUE_FIELDS[each] for each in ahead.changed])
        return msg("{code} will change on {day} ({decision}): {fields}", fields=fields, **words)
    if ahead.origin.kind == AMENDED:
        return msg("{code} will change on {day} ({decision})", **words)
    if ahead.origin.kind == REPLACED:
        return msg("{code} will be replaced as a whole on {day} ({decision})", **words)
    if entry.serving:
        return msg("{code} will be in the list from {day} on ({decision})", **words)
    return msg("{code} will be in the list from {day} on ({decision}), and no document serves it", **words)


RULE = Rule(CODE, check, whole=True)
