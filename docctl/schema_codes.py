"""What a schema can object to: DC130 to DC138, and DC901."""

from __future__ import annotations

from docctl.finding import Code, Severity
from docctl.message import mark as _

_WHY = _("Every field has one meaning that all who read the document share (docs/formats.md).")

FORMAT = Code(
    "DC130",
    "format",
    Severity.ERROR,
    _("The file does not say what it is"),
    _("The first field names kind and version, so that no file is mistaken for another."),
    _("Begin the file with its format line, such as format: docctl/procedure/v1."),
)
UNKNOWN_FIELD = Code(
    "DC131",
    "unknown-field",
    Severity.ERROR,
    _("A field that this kind of file does not have"),
    _("A misspelt field would be ignored and its content lost."),
    _("Correct the name, or move an own field into extra."),
)
MISSING_FIELD = Code(
    "DC132",
    "missing-field",
    Severity.ERROR,
    _("A required field is missing"),
    _WHY,
    _("Add the field."),
)
WRONG_TYPE = Code(
    "DC133",
    "wrong-type",
    Severity.ERROR,
    _("A value of the wrong kind"),
    _WHY,
    _("Write the kind of value named."),
)
NOT_ALLOWED = Code(
    "DC134",
    "value-not-allowed",
    Severity.ERROR,
    _("A value that is not one of those allowed"),
    _WHY,
    _("Choose one of the values named."),
)
SHAPE = Code(
    "DC135",
    "wrong-shape",
    Severity.ERROR,
    _("A date, id, code or address that is not written as it must be"),
    _WHY,
    _("Write it as in the example named."),
)
SIZE = Code(
    "DC136",
    "out-of-range",
    Severity.ERROR,
    _("A number, text or list that is too small or too large"),
    _WHY,
    _("Stay within the limit named."),
)
EXACTLY_ONE = Code(
    "DC137",
    "exactly-one",
    Severity.ERROR,
    _("Of several fields exactly one must be given"),
    _WHY,
    _("Keep exactly one of the fields named."),
)
OTHER = Code(
    "DC138",
    "schema",
    Severity.ERROR,
    _("The value does not fit its schema"),
    _WHY,
    _("See the field's description (docs/formats.md)."),
)
DISAGREE = Code(
    "DC901",
    "validators-disagree",
    Severity.NOTE,
    _("The two schema validators disagree"),
    _("docctl asks two validators and rejects what either rejects; here only one objects."),
    _("Mend the value; please report the case to the project."),
)

CODES = (
    FORMAT, UNKNOWN_FIELD, MISSING_FIELD, WRONG_TYPE, NOT_ALLOWED, SHAPE, SIZE, EXACTLY_ONE, OTHER, DISAGREE,
)  # fmt: skip
