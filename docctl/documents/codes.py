"""What can be said about a snapshot as a whole: DC902 to DC904."""

from __future__ import annotations

from docctl.finding import Code, Severity
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
