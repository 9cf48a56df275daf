"""An issued revision is not in the archive as it was issued."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.procedure import Procedure
from docctl.model.standing import Revision
from docctl.model.view import Document, View
from docctl.rules.rule import Rule

CODE = Code(
    "DC306",
    "archive-differs",
    Severity.ERROR,
    _("An issued revision is not in the archive as it was issued"),
    _(
        "Every issued revision is kept, byte by byte, with its forms, so that anybody can show which words were in force (ISO 9001:2015, 7.5.3.2)."
    ),
    _("Put the file back from the commit that issued it."),
)


def check(view: View) -> Iterator[Finding]:
    for standing in view.standings:
        for each in standing.revisions:
            if each.issued and each.issuing:
                yield from _revision(view, each)


def _revision(view: View, revision: Revision) -> Iterator[Finding]:
    record = revision.issuing[0]
    path = f"archive/{revision.document}/{revision.number}.yaml"
    names = {"id": revision.document, "number": revision.number, "path": path}
    found = view.sha256(path) if view.holds(path) else None
    if found is None:
        message = msg("{path} is missing, the text of {id} {number} as it was issued", **names)
        yield finding(CODE, message, Location(record.path), element=revision.document)
        return
    same = revision.path is not None and view.sha256(revision.path) == found
    document = view.archived(revision.path if same and revision.path is not None else path)  # not read twice
    if found != record.record.archive_sha256:
        message = msg(
            "{path} has the sha256 {found}, but {expected} was issued",
            **names,
            found=found,
            expected=record.record.archive_sha256 or "",
        )
        yield finding(CODE, message, Location(path), element=revision.document)
    elif document is None or document.digest() != revision.digest:
        message = msg("{path} is not the text that the record of {id} {number} names", **names)
        yield finding(CODE, message, Location(path), element=revision.document)
    else:
        yield from _forms(view, document)


def _forms(view: View, document: Document[Procedure]) -> Iterator[Finding]:
    """Forms of the revision: in forms/ as it names them, or kept in the archive by their sha256."""
    for place, form in enumerate(document.body.forms):
        if form.file is None or form.sha256 is None:
            continue
        kept = f"archive/forms/{form.sha256}{PurePosixPath(form.file).suffix}"
        if form.sha256 not in (view.sha256(form.file), view.sha256(kept)):
            names = {"file": form.file, "form": form.id, "kept": kept}
            message = msg(
                "the file {file} of form {form} is neither as it was issued, nor is it kept as {kept}", **names
            )
            yield finding(CODE, message, document.locate(("forms", place)), element=form.id)


RULE = Rule(CODE, check, whole=True)
