"""What reading can say about a file: DC101 to DC119. Declared here, said in strict.py and characters.py."""

from __future__ import annotations

from docctl.finding import Code, Severity
from docctl.message import mark as _

_ONE_READING = _(
    "Programs read YAML differently; docctl accepts only what every program reads alike, "
    "because an approval is worth nothing if two people see two texts (ISO 9001:2015, 7.5.3.1)."
)

SYNTAX = Code(
    "DC101",
    "yaml-syntax",
    Severity.ERROR,
    _("The file is not valid YAML"),
    _ONE_READING,
    _("Correct the place shown; often a quotation mark, a colon, a bracket or the indentation is missing."),
)
ENCODING = Code(
    "DC102",
    "encoding",
    Severity.ERROR,
    _("The file is not UTF-8"),
    _("Only UTF-8 is read alike everywhere (RFC 3629)."),
    _("Save the file as UTF-8 without byte order mark."),
)
BYTE_ORDER_MARK = Code(
    "DC103",
    "byte-order-mark",
    Severity.ERROR,
    _("The file begins with a byte order mark"),
    _ONE_READING,
    _("Run docctl fix, or save the file as UTF-8 without byte order mark."),
    fixable=True,
)
NOT_NFC = Code(
    "DC104",
    "not-nfc",
    Severity.ERROR,
    _("Vietnamese letters are stored in pieces (not Unicode NFC)"),
    _("The same word stored in two ways looks equal to people and different to programs (Unicode Annex #15)."),
    _("Run docctl fix: it joins letters and marks and changes nothing else."),
    fixable=True,
)
CHARACTER = Code(
    "DC105",
    "forbidden-character",
    Severity.ERROR,
    _("A character that cannot be seen or that turns the text around"),
    _("Invisible and direction-changing characters let a text say something other than it shows (Unicode TR 36)."),
    _("Delete the character; docctl fix removes soft hyphens and zero-width marks."),
    fixable=True,
)
DUPLICATE_KEY = Code(
    "DC106",
    "duplicate-key",
    Severity.ERROR,
    _("A field stands twice"),
    _("Most programs silently keep the last one and lose the first."),
    _("Keep one of the two."),
)
ANCHOR = Code(
    "DC107",
    "anchor-or-alias",
    Severity.ERROR,
    _("Anchors (&name) and aliases (*name) are not allowed"),
    _ONE_READING,
    _("Write the value out; if the text begins with & or *, put it in quotes."),
)
TAG = Code(
    "DC108",
    "tag-or-directive",
    Severity.ERROR,
    _("Tags (!name) and directives (%name) are not allowed"),
    _ONE_READING,
    _("Remove it; if the text begins with ! or %, put it in quotes."),
)
SEVERAL_DOCUMENTS = Code(
    "DC109",
    "several-documents",
    Severity.ERROR,
    _("More than one YAML document in a file"),
    _ONE_READING,
    _("Put each document in a file of its own."),
)
MERGE_KEY = Code(
    "DC110",
    "merge-key",
    Severity.ERROR,
    _("Merge keys (<<) are not allowed"),
    _ONE_READING,
    _("Write the fields out."),
)
KEY = Code(
    "DC111",
    "key-not-text",
    Severity.ERROR,
    _("A field's name is not text"),
    _ONE_READING,
    _("Put the field's name in quotes."),
)
EMPTY_VALUE = Code(
    "DC112",
    "empty-value",
    Severity.ERROR,
    _("A field has no value"),
    _("Nothing written may mean unknown, none or forgotten; only its author knows."),
    _("Write the value, or remove the field."),
)
TAB = Code(
    "DC113",
    "tab",
    Severity.ERROR,
    _("A tab outside quoted text"),
    _("YAML forbids tabs in indentation and readers differ on the others."),
    _("Use spaces; docctl fix replaces tabs in indentation, others are for you."),
    fixable=True,
)
LONG_INTEGER = Code(
    "DC114",
    "long-integer",
    Severity.ERROR,
    _("A number with more than 15 digits"),
    _("Other programs would round it (RFC 8785, IEEE 754)."),
    _("Put it in quotes."),
)
QUOTE = Code(
    "DC115",
    "quote-it",
    Severity.NOTE,
    _("A value that other YAML readers would take for something else than text"),
    _("docctl keeps every character; an editor or another program may turn 1.004227 into a number or no into false."),
    _("Put it in quotes; docctl fix does it."),
    fixable=True,
)
LIMIT = Code(
    "DC116",
    "limit",
    Severity.ERROR,
    _("The file is larger or more deeply nested than docctl reads"),
    _("A controlled document has at most 1 MiB and 40 levels; beyond that no one could review it."),
    _("Split the document, or move attachments to forms/."),
)
NOT_A_FILE = Code(
    "DC117",
    "not-a-regular-file",
    Severity.ERROR,
    _("Not a regular file"),
    _("A link, pipe or submodule can show one text today and another tomorrow (ISO 9001:2015, 7.5.3.2)."),
    _("Put the file itself in its place."),
)
UNREADABLE = Code(
    "DC118",
    "unreadable-file",
    Severity.ERROR,
    _("The file cannot be read"),
    _("What was not read was not checked."),
    _("Mend the file's permissions."),
)
LINE_ENDS = Code(
    "DC119",
    "line-ends",
    Severity.NOTE,
    _("Lines end as on Windows (CRLF)"),
    _("The content is the same, but Git may show every line as changed."),
    _("Run docctl fix."),
    fixable=True,
)

STRAY_MARK = Code(
    "DC120",
    "stray-mark",
    Severity.WARNING,
    _("A text ends with a quotation mark or bracket that was never opened"),
    _("Often the opening mark was forgotten, and a list or a quoted text was meant."),
    _("Add the opening mark, or put the whole text in quotes."),
)

CODES = (
    SYNTAX, ENCODING, BYTE_ORDER_MARK, NOT_NFC, CHARACTER, DUPLICATE_KEY, ANCHOR, TAG, SEVERAL_DOCUMENTS,
    MERGE_KEY, KEY, EMPTY_VALUE, TAB, LONG_INTEGER, QUOTE, LIMIT, NOT_A_FILE, UNREADABLE, LINE_ENDS,
    STRAY_MARK,
)  # fmt: skip
