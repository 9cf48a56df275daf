"""What can be said about a snapshot as a whole: DC902 to DC904."""

from __future__ import annotations

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import Message, msg
from docctl.message import mark as _

FOREIGN = Code(
    "DC902",
    "foreign-git-directory",
    Severity.NOTE,
    _("The Git directory belongs to another user"),
    _("Git itself would refuse to work here; docctl reads on, because nothing of that configuration runs."),
    _("Work in a clone of your own."),
)
SKIPPED = Code(
    "DC903",
    "skipped",
    Severity.WARNING,
    _("A file that docctl did not read"),
    _("What was not read was not checked; that nothing is said about it proves nothing."),
    _("Rename the file to <id>.yaml in its folder, or move it elsewhere."),
)
NOT_CHECKED = Code(
    "DC904",
    "not-checked",
    Severity.WARNING,
    _("Something could not be checked"),
    _("A document that others refer to could not be read, so the references to it say nothing."),
    _("Mend the document named, then check again."),
)

CODES = (FOREIGN, SKIPPED, NOT_CHECKED)


def skipped(path: str) -> Finding:
    """The finding about a named file that stands for no document."""
    fix = None
    message = msg("this file was not checked: it is none of the files docctl reads")
    if path.startswith("forms/"):
        fix = msg("a form is checked with the procedure that names it: run docctl check")
        message = msg("the file of a form is not checked by itself")
    return finding(SKIPPED, message, Location(path), fix=fix)


def not_checked(path: str, message: Message) -> Finding:
    """The finding about references that could not be followed."""
    return finding(NOT_CHECKED, message, Location(path))
