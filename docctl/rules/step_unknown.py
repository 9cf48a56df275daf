"""A step leads to a step that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule
from docctl.text.vietnamese import nearest

CODE = Code(
    "DC207",
    "step-unknown",
    Severity.ERROR,
    _("A step leads to a step that does not exist"),
    _("A dossier handled as written would get lost here."),
    _("Correct the id, or add the step."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        ids = [step.id for step in document.body.steps]
        for index, step in enumerate(document.body.steps):
            named: list[tuple[Pointer, str]] = [(("next", place), each) for place, each in enumerate(step.next)]
            named += [(("choices", place, "to"), choice.to) for place, choice in enumerate(step.choices)]
            for pointer, target in named:
                if target not in ids:
                    meant = nearest(target, ids)
                    yield finding(
                        CODE, msg('{step} leads to "{target}", which is no step', step=step.id, target=target),
                        document.locate(("steps", index, *pointer)), element=step.id,
                        fix=None if meant is None else msg('did you mean "{meant}"?', meant=meant),
                    )  # fmt: skip


RULE = Rule(CODE, check)
