"""``docctl status`` for people: where every revision stands, who signed it, and what it waits for."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from docctl.message import Message, Param, msg
from docctl.model.record import Assurance, Counted
from docctl.model.standing import Missing, Revision, Stage, Standing
from docctl.report.setting import Setting, visible
from docctl.report.style import heading, paint
from docctl.text.vietnamese import sort_key, width

STAGES = {
    Stage.DRAFT: msg("draft"),
    Stage.IN_REVIEW: msg("in review"),
    Stage.REJECTED: msg("rejected"),
    Stage.APPROVED: msg("approved"),
    Stage.SCHEDULED: msg("scheduled"),
    Stage.EFFECTIVE: msg("effective"),
    Stage.SUPERSEDED: msg("superseded"),
    Stage.WITHDRAWN: msg("withdrawn"),
}
_STYLE = {
    Stage.EFFECTIVE: "green", Stage.SCHEDULED: "cyan", Stage.IN_REVIEW: "yellow", Stage.APPROVED: "yellow",
    Stage.REJECTED: "red", Stage.WITHDRAWN: "dim", Stage.SUPERSEDED: "dim", Stage.DRAFT: "bold",
}  # fmt: skip
MEANINGS = {
    "prepared": msg("prepared"),
    "reviewed": msg("reviewed"),
    "approved": msg("approved"),
    "issued": msg("issued"),
    "withdrawn": msg("withdrawn"),
    "legal-review": msg("legal review"),
    "periodic-review": msg("periodic review"),
    "acknowledged": msg("acknowledged"),
}
_TITLE = 46


def render(standings: Sequence[Standing], setting: Setting) -> str:
    """One document with all its revisions; of several only the line of each."""
    if len(standings) == 1:
        return "\n".join(_document(standings[0], setting)) + "\n"
    return "\n".join(_list(standings, setting)) + "\n"


def waits(revision: Revision) -> Iterator[Message]:
    """What a revision that was not issued waits for."""
    if revision.stage is Stage.REJECTED:
        yield msg("was rejected: change the text, and have it signed again")
        return
    if revision.stage is Stage.APPROVED:
        yield msg("approved; next: docctl issue {id} --effective-from DATE", id=revision.document)
    for each in revision.missing:
        yield msg("waits for: {what}", what=lacks(each))


def lacks(missing: Missing) -> Param:
    """A meaning, who may sign it, and who may not any more."""
    names: dict[str, Param] = {"meaning": MEANINGS[missing.meaning], "roles": _or(missing.roles)}
    if not missing.roles:
        return msg("a rule of the policy that says who approves")
    if missing.excluded:
        return msg("{meaning} ({roles}, but not {excluded})", **names, excluded=", ".join(missing.excluded))
    return msg("{meaning} ({roles})", **names)


def _or(names: Sequence[str]) -> Param:
    return (
        names[0]
        if len(names) == 1
        else msg("{names} or {last}", names=", ".join(names[:-1]), last=names[-1])
        if names
        else ""
    )


def _document(standing: Standing, setting: Setting) -> Iterator[str]:
    name = standing.document if standing.title is None else f"{standing.document} “{visible(standing.title)}”"
    yield from heading(name, setting.width, colour=setting.colour)
    if not standing.revisions:
        yield "  " + setting.say(msg("the file cannot be read: docctl check"))
    columns = max((width(setting.say(STAGES[each.stage])) for each in standing.revisions), default=0)
    for revision in standing.revisions:
        yield from _revision(revision, columns, setting)


def _revision(revision: Revision, columns: int, setting: Setting) -> Iterator[str]:
    words = setting.say(STAGES[revision.stage])
    stage = paint(words, _STYLE[revision.stage], colour=setting.colour) + " " * (columns - width(words))
    yield f"  {revision.number:<6} {stage}  {when(revision, setting)}".rstrip()
    indent = " " * 10
    for each in signed(revision, setting):
        yield from textwrap.wrap(each, max(60, setting.width), initial_indent=indent, subsequent_indent=indent + "  ")
    if not revision.issued:
        for message in waits(revision):
            yield from textwrap.wrap(
                setting.say(message), max(60, setting.width), initial_indent=indent, subsequent_indent=indent + "  "
            )
    if revision.voided and not revision.records:
        names = ", ".join(dict.fromkeys(each.person for each in revision.voided))
        yield indent + setting.say(msg("changed after {people} signed it: those signatures are void", people=names))


def standing_of(revision: Revision, setting: Setting) -> Iterator[str]:
    """Where a revision stands, since when, and what proves it."""
    yield f"{revision.number} {setting.say(STAGES[revision.stage])} {when(revision, setting)}".rstrip()
    yield from signed(revision, setting)


def when(revision: Revision, setting: Setting) -> str:
    """The days in force."""
    if revision.first is None:
        return ""
    names: dict[str, Param] = {"day": revision.first.isoformat()}
    if revision.last is not None and revision.last >= revision.first:
        return f"{revision.first.isoformat()} … {revision.last.isoformat()}"
    if revision.stage is Stage.SCHEDULED:
        return setting.say(msg("from {day}", **names))
    return setting.say(msg("since {day}", **names))


def signed(revision: Revision, setting: Setting) -> Iterator[str]:
    """Who signed what, when; then on what paper it was issued."""
    for each in revision.records:
        yield _record(each, setting)
    decision = revision.decision
    if decision is not None:
        number, day = visible(decision.number), decision.date.isoformat()
        yield setting.say(msg("decision {number} of {day}", number=number, day=day))
    if revision.adoption is not None and not revision.issuing:
        yield setting.say(msg("no record: adopted.yaml says so"))
    gone = withdrawn(revision)
    if gone is not None:
        yield setting.say(gone)
    if revision.issued and revision.path is None:
        yield setting.say(msg("its text is not held here"))


def withdrawn(revision: Revision) -> Message | None:
    """From when, by which decision and why it was withdrawn; None where it was not."""
    if revision.withdrawal is None:
        return None
    record = revision.withdrawal.record
    day = "" if record.effective_from is None else record.effective_from.isoformat()
    said = msg("withdrawn from {day}", day=day)
    if record.decision_ref is not None:
        names = {"number": visible(record.decision_ref.number), "decided": record.decision_ref.date.isoformat()}
        said = msg("withdrawn from {day}, decision {number} of {decided}", day=day, **names)
    reason = " ".join((record.reason or "").split())
    return msg("{said}: {reason}", said=said, reason=visible(reason)) if reason else said


def _record(counted: Counted, setting: Setting) -> str:
    record = counted.record
    names: dict[str, Param] = {
        "meaning": MEANINGS[record.meaning],
        "id": record.signer.id,
        "title": record.signer.title,
        "day": record.day.isoformat(),
        "assurance": assurance_words(counted.assurance),
    }
    acting, delegation = record.acting
    if acting != "none":
        names["title"] = f"{acting}. {record.signer.title}" + ("" if delegation is None else f", {delegation}")
    if record.decision != "accept":
        reason = " ".join((record.reason or "").split())
        names["decision"] = DECISIONS[record.decision]
        words = msg("{meaning}: {decision}, by {id} ({title}) on {day}, {assurance}", **names)
        return setting.say(words) + (f": {visible(reason)}" if reason else "")
    return setting.say(msg("{meaning} by {id} ({title}) on {day}, {assurance}", **names))


DECISIONS = {
    "reject": msg("rejected"),
    "confirm": msg("confirmed"),
    "revise": msg("to be revised"),
    "withdraw": msg("to be withdrawn"),
}


def assurance_words(assurance: Assurance) -> Message:
    """How sure it is who signed."""
    if assurance is Assurance.UNSIGNED:
        return msg("UNSIGNED")
    return msg("signed (SSH)") if assurance is Assurance.SSH else msg("signed (X.509)")


def _list(standings: Sequence[Standing], setting: Setting) -> Iterator[str]:
    """A line for each revision that matters now: in force, to come, or on its way."""
    rows: list[tuple[Standing, Revision]] = []
    for standing in sorted(standings, key=lambda each: sort_key(each.document)):
        shown = [each for each in standing.revisions if each.stage is not Stage.SUPERSEDED]
        shown = [each for each in shown if each.stage is not Stage.WITHDRAWN or len(shown) == 1]
        rows += [(standing, revision) for revision in shown]
    wide = max((len(standing.document) for standing, _ in rows), default=0)
    stages = max((width(setting.say(STAGES[revision.stage])) for _, revision in rows), default=0)
    for standing, revision in rows:
        words = setting.say(STAGES[revision.stage])
        stage = paint(words, _STYLE[revision.stage], colour=setting.colour) + " " * (stages - width(words))
        title = visible(standing.title or "")
        title = title if width(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
        after = when(revision, setting)
        if not revision.issued:
            after = setting.say(next(waits(revision), msg("rejected")))
        unsigned = "  " + setting.say(msg("UNSIGNED")) if revision.unsigned else ""
        if revision.adoption is not None and not revision.issuing:
            unsigned += "  " + setting.say(msg("no record"))
        head = f"{standing.document:<{wide}}  {revision.number:<5}  {stage}  "
        yield f"{head}{title}{' ' * (_TITLE - width(title))}  {after}{unsigned}".rstrip()


def tree(standing: Standing) -> dict[str, object]:
    """A document's standing for programs."""
    return {
        "document": standing.document,
        "title": standing.title,
        "effective": None if standing.effective is None else standing.effective.number,
        "revisions": [revision_tree(each) for each in standing.revisions],
    }


def revision_tree(revision: Revision) -> dict[str, object]:
    """Where a revision stands, for programs."""
    decision = revision.decision
    return {
        "number": revision.number,
        "digest": revision.digest,
        "state": revision.stage.value,
        "from": None if revision.first is None else revision.first.isoformat(),
        "to": None if revision.last is None else revision.last.isoformat(),
        "path": revision.path,
        "assurance": None if not revision.records else "unsigned" if revision.unsigned else "signed",
        "adopted": revision.adoption is not None and not revision.issuing,
        "decision": None if decision is None else decision.tree(),
        "withdrawn": _withdrawn_tree(revision),
        "records": [
            {
                "meaning": each.record.meaning,
                "decision": each.record.decision,
                "reason": each.record.reason,
                "signer": each.record.signer.id,
                "title": each.record.signer.title,
                "role": each.record.role,
                "acting": each.record.acting[0],
                "signed_at": each.record.signed_at.isoformat(),
                "assurance": each.assurance.value,
                "key": each.fingerprint,
                "path": each.path,
                "sha256": each.sha256,
            }
            for each in revision.records
        ],
        "waits_for": [
            {"meaning": each.meaning, "roles": [*each.roles], "count": each.count, "not": [*each.excluded]}
            for each in revision.missing
        ],
        "voided": [each.path for each in revision.voided],
    }


def _withdrawn_tree(revision: Revision) -> dict[str, object] | None:
    if revision.withdrawal is None:
        return None
    record = revision.withdrawal.record
    return {
        "from": None if record.effective_from is None else record.effective_from.isoformat(),
        "decision": None if record.decision_ref is None else record.decision_ref.tree(),
        "reason": record.reason,
    }
