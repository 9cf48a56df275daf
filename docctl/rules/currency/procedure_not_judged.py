"""Something was not judged."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.currency import ProcedureVerdict, State
from docctl.model.view import View
from docctl.rules import register
from docctl.rules.rule import Rule
from docctl.verdict import Doubt

CODE = Code(
    "DC908",
    "not-judged",
    Severity.WARNING,
    _("Something was not judged"),
    _("Zero findings about what was not looked at would pass for success."),
    _("Mend what is named, then ask again."),
)


def check(view: View) -> Iterator[Finding]:
    for path in view.unread:
        message = msg("{path} cannot be read, so nothing it says was judged", path=path)
        yield finding(CODE, message, Location(path), fix=msg("docctl check {path} tells where and why", path=path))
    for path in view.passed_over:
        yield finding(
            CODE, msg("{path} is not read where it lies, so nothing it says was judged", path=path), Location(path)
        )
    wrong = [found for rule in register.RULES for found in rule.check(view) if found.severity is Severity.ERROR]
    if wrong:
        message = msg("the register has errors ({count}), so changes may be missing here", count=len(wrong))
        yield finding(CODE, message, wrong[0].location, fix=msg("docctl check tells where and why"))
    refused = [each for each in view.refused if each.severity is Severity.ERROR]
    if refused:
        message = msg(
            "records or versions of the policy do not count ({count}), so they close nothing", count=len(refused)
        )
        yield finding(CODE, message, refused[0].location, fix=msg("docctl verify tells which and why"))
    for procedure in view.currency.procedures:
        if procedure.forms_changed:
            message = msg("shared forms that {id} uses were changed since it came into force", id=procedure.id)
            fix = msg("raise the revision of {id} and let it be issued, or take the change back", id=procedure.id)
            yield finding(CODE, message, Location("forms.yaml"), element=procedure.id, fix=fix)
        reason = _reason(procedure)
        if reason is not None:
            yield finding(CODE, reason, Location(procedure.path), element=procedure.id, fix=_way_out(procedure))
    drafts = view.currency.in_state(State.DRAFT)
    if drafts and len(drafts) == len(view.currency.procedures):
        message = msg("none of the procedures is known to be in force, so none was judged")
        fix = msg("say since when they are in force: docctl adopt ID --effective-from DATE")
        yield finding(CODE, message, Location("adopted.yaml"), fix=fix)
    for text in view.currency.texts:
        for judgement in text.judgements:
            if judgement.doubt is Doubt.LABEL:
                message = msg('"{label}" is no label of a status that docctl knows', label=judgement.detail or "")
                place = view.locate(view.legal_texts[text.slug].path, ("asserted_status", "value"))
                yield finding(CODE, message, place, element="asserted_status")


def _reason(procedure: ProcedureVerdict) -> Message | None:
    names = {"id": procedure.id, "number": procedure.in_force or ""}
    if procedure.state is State.NOT_HELD and procedure.in_force is None:
        return msg("the text of {id} is not one that was issued, so it was not judged", **names)
    if procedure.state is State.NOT_HELD:
        return msg(
            "revision {number} of {id} is in force, but the file holds another text, so it was not judged", **names
        )
    if procedure.state is State.SCHEDULED and procedure.in_force is not None:
        return msg(
            "revision {number} of {id} is in force, but the file holds the next one, so it was not judged", **names
        )
    return None


def _way_out(procedure: ProcedureVerdict) -> Message:
    if procedure.state is State.SCHEDULED:
        return msg("judge the commit that holds it: docctl outdated --at COMMIT")
    return msg(
        "judge the commit that holds it (docctl outdated --at COMMIT); for a new revision raise issue or revision, then docctl adopt {id} --effective-from DATE",
        id=procedure.id,
    )


RULE = Rule(CODE, check, whole=True)
