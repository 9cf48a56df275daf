"""``docctl issue ID --effective-from DATE``: an approved text comes into force. Writes archive/ and a record."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from docctl.approval.payload import sha256
from docctl.cli.deciding import Answer, answers, ask, ready_to_paste
from docctl.cli.options import day
from docctl.cli.session import Session
from docctl.cli.signing import Desk, add_signer
from docctl.currency.filling import Open
from docctl.errors import UsageError
from docctl.message import Param, Translate, mark, msg
from docctl.model.procedure import Procedure
from docctl.model.record import ISSUED, KIND, UPDATED, Dealt, DecisionRef
from docctl.model.standing import Revision, Stage, Standing
from docctl.model.view import Document
from docctl.report.status import lacks
from docctl.signing import hand, record, text_of


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("id", metavar="ID", help=translate(mark("id of a procedure")))
    parser.add_argument(
        "--effective-from", type=day(translate), required=True, metavar=translate(mark("DATE")),
        help=translate(mark("the first day in force")),
    )  # fmt: skip
    parser.add_argument(
        "--event", action="append", default=[], metavar="EVENT=DECISION:REASON",
        help=translate(mark("decide about a change of the law: updated, no_impact or wrong_event, and why")),
    )  # fmt: skip
    add_paper(parser, translate)
    add_signer(parser, translate)


def add_paper(parser: argparse.ArgumentParser, translate: Translate) -> None:
    """The decision on paper."""
    parser.add_argument(
        "--decision", metavar=translate(mark("NUMBER")), help=translate(mark("number of the decision that issued it"))
    )
    parser.add_argument(
        "--decision-date", type=day(translate), metavar=translate(mark("DATE")), help=translate(mark("its date"))
    )
    parser.add_argument(
        "--decision-file",
        metavar=translate(mark("FILE")),
        help=translate(mark("its scan, of which the sha256 is kept")),
    )


def paper(session: Session) -> DecisionRef | None:
    """The decision on paper as the arguments name it."""
    arguments = session.arguments
    if (arguments.decision is None) != (arguments.decision_date is None):
        raise UsageError(msg("a decision has a number and a date: give --decision and --decision-date"))
    if arguments.decision is None:
        if arguments.decision_file is not None:
            raise UsageError(msg("a decision has a number and a date: give --decision and --decision-date"))
        return None
    scan = None
    if arguments.decision_file is not None:
        try:
            scan = sha256(Path(arguments.decision_file).read_bytes())
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(
                msg("{path} cannot be read: {reason}", path=arguments.decision_file, reason=reason)
            ) from error
    return DecisionRef(arguments.decision.strip(), arguments.decision_date, scan)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    desk = Desk(session, repository)
    document = repository.procedure(arguments.id)
    standing = repository.standing(arguments.id, desk.moment.date())
    current = standing.current
    _approved(current, standing, arguments.effective_from)
    text = text_of(KIND, document, standing, desk.trust.shared_forms(document))
    chosen = hand(desk.policy, desk.person, ISSUED, text, desk.moment, desk.wanted)
    _same(current, arguments.effective_from, paper(session))
    dealt = _decided(
        session, arguments.id, repository.to_deal_with(arguments.id, arguments.effective_from, desk.moment.date())
    )
    raw = repository.bytes_of(document.path) or b""
    made = record(
        desk.link, chosen, text, ISSUED, desk.moment,
        effective_from=arguments.effective_from, decision_ref=paper(session), archive_sha256=sha256(raw), events=dealt,
    )  # fmt: skip
    archive = f"archive/{arguments.id}/{document.body.number}.yaml"
    path = desk.file(made, {**_forms(desk, document), archive: raw})
    setting = session.setting(repository.root)
    if arguments.effective_from < desk.moment.date():
        late = msg(
            "it begins before today; records count from the day they are signed, so docctl did not know it until now"
        )
        session.remark(setting.say(late) + "\n")
    session.result(made.statement + "\n")
    session.remark(
        setting.say(
            msg("{path} and {record} written; commit them", path=setting.path(archive), record=setting.path(path))
        )
        + "\n"
    )
    return 0


def _approved(current: Revision | None, standing: Standing, first: date) -> None:
    """Refuses before anything is written what would not count."""
    if current is None:
        raise UsageError(msg("no revision of {id} can be issued", id=standing.document))
    names: dict[str, Param] = {"id": current.document, "number": current.number}
    if current.issued and current.issuing:
        raise UsageError(
            msg("{id} {number} was issued already", **names),
            msg("a change is a next revision: edit the file and raise its number"),
        )
    if current.stage is Stage.REJECTED:
        raise UsageError(
            msg("{id} {number} was rejected", **names),
            msg("change the text as the reason says, and have it signed again"),
        )
    if current.missing:
        raise UsageError(
            msg("{id} {number} cannot be issued yet", **names),
            msg("it waits for: {what}", what=lacks(current.missing[0])),
        )
    last = standing.latest_issued
    if last is not None and last.first is not None and last is not current and first <= last.first:
        raise UsageError(
            msg(
                "{id} {number} cannot begin on {day}: {last} begins on {before}",
                **names,
                day=first.isoformat(),
                last=last.number,
                before=last.first.isoformat(),
            )
        )


def _same(current: Revision | None, first: date, decision: DecisionRef | None) -> None:
    """A second record of issue says the same as the one that is there, or two days would stand against each other."""
    for each in () if current is None else current.records:
        record = each.record
        if record.meaning == ISSUED and (record.effective_from, record.decision_ref) != (first, decision):
            names: dict[str, Param] = {
                "id": record.document,
                "number": record.number,
                "day": str(record.effective_from),
                "decision": msg("none") if record.decision_ref is None else record.decision_ref.number,
            }
            raise UsageError(
                msg("a record issues {id} {number} from {day} already (decision: {decision})", **names),
                msg("give the same day and decision, or raise the revision"),
            )


def _decided(session: Session, procedure_id: str, found: Sequence[Open]) -> tuple[Dealt, ...]:
    """Every event in effect with its decision: taken in, unless somebody has to say so."""
    given = answers(session.arguments.event)
    unknown = sorted(given.keys() - {each.cause.event for each in found})
    if unknown:
        raise UsageError(msg("no such change is in effect for this text: {events}", events=", ".join(unknown)))
    asked = {each.cause.event: each for each in found if each.asks and each.cause.event not in given}
    if asked and sys.stdin.isatty():
        given = {**given, **ask(session, [*asked.values()])}
        asked = {}
    if asked:
        raise UsageError(
            msg("changes of the law ({count}) ask for a decision: {events}", count=len(asked), events=", ".join(asked)),
            ready_to_paste(procedure_id, [*asked.values()]),
        )
    taken_in = Answer(UPDATED, None)
    return tuple(
        Dealt(each.citation, each.cause.event, each.digest, answer.decision, answer.reason)
        for each in found
        for answer in [given.get(each.cause.event, taken_in)]
    )


def _forms(desk: Desk, document: Document[Procedure]) -> dict[str, bytes]:
    """The forms of the text, to be kept by their sha256."""
    kept = {}
    for form in document.body.forms:
        if form.file is None or form.sha256 is None:
            continue
        data = desk.repository.bytes_of(form.file)
        if data is None or sha256(data) != form.sha256:
            raise UsageError(
                msg(
                    "the file {file} of form {form} is missing, or is not the one the text names",
                    file=form.file,
                    form=form.id,
                ),
                msg("docctl check tells more"),
            )
        kept[f"archive/forms/{form.sha256}{PurePosixPath(form.file).suffix}"] = data
    return kept
