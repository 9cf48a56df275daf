"""The change names something that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import element_ids
from docctl.rules.rule import Rule
from docctl.schema import schema
from docctl.text.vietnamese import nearest

CODE = Code(
    "DC225",
    "affected-unknown",
    Severity.WARNING,
    _("The change names something that is not there"),
    _("The table of changes tells readers what to read again (theo dõi sửa đổi)."),
    _("Name the id of an element, or a field of the procedure. What was removed is told in the summary."),
)


def check(view: View) -> Iterator[Finding]:
    fields = list(schema("procedure")["properties"])
    for document in view.procedures:
        change = document.body.change
        if change is None:
            continue
        known = {*fields, *(element for _, element in element_ids(document.body))}
        known |= {f"{channel.id}.processing_time" for channel in document.body.channels}
        known |= {fee.id for channel in document.body.channels for fee in channel.fees}
        for index, name in enumerate(change.affected):
            if name not in known:
                meant = nearest(name, known)
                yield finding(
                    CODE, msg('"{name}" is neither an element nor a field of this procedure', name=name),
                    document.locate(("change", "affected", index)), element="change",
                    fix=None if meant is None else msg('did you mean "{meant}"?', meant=meant),
                )  # fmt: skip


RULE = Rule(CODE, check)
