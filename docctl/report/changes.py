"""The table of changes (bảng theo dõi sửa đổi): what each revision changed, why, on which basis, who approved it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docctl.message import msg
from docctl.model.procedure import Procedure
from docctl.model.record import APPROVED
from docctl.model.standing import Revision
from docctl.report.setting import Setting, visible
from docctl.report.status import STAGES
from docctl.report.style import paint
from docctl.text.vietnamese import width

REASONS = {
    "legal-change": msg("change of the law"),
    "audit-finding": msg("finding of an audit"),
    "improvement": msg("improvement"),
    "correction": msg("correction"),
    "reorganisation": msg("reorganisation"),
    "first-issue": msg("first issue"),
}
_SUMMARY = 56


@dataclass(frozen=True, slots=True)
class Row:
    """A revision and its text, None where that is not held."""

    revision: Revision
    text: Procedure | None

    @property
    def basis(self) -> tuple[str, ...]:
        """The legal texts that were the reason."""
        change = None if self.text is None else self.text.change
        return () if change is None else tuple(each.text for each in change.legal_basis)

    @property
    def approvers(self) -> tuple[str, ...]:
        """Who approved it, by title."""
        signed = [each.record for each in self.revision.records if each.record.meaning == APPROVED]
        return tuple(dict.fromkeys(f"{each.signer.title} ({each.signer.id})" for each in signed))


def render(title: str, rows: Sequence[Row], setting: Setting) -> str:
    """The table, oldest first (101/QĐ-BKHCN)."""
    lines = [paint(visible(title), "bold", colour=setting.colour)]
    for row in rows:
        lines += _row(row, setting)
    return "\n".join(lines) + "\n"


def _row(row: Row, setting: Setting) -> Iterator[str]:
    revision = row.revision
    stage = setting.say(STAGES[revision.stage])
    first = "          " if revision.first is None else revision.first.isoformat()
    yield ""
    yield f"  {paint(f'{revision.number:<6}', 'bold', colour=setting.colour)}  {first}  {stage}"
    change = None if row.text is None else row.text.change
    what = setting.say(msg("its text is not held here")) if row.text is None else ""
    if change is not None:
        what = f"{setting.say(REASONS[change.reason])}: {visible(change.summary)}"
    decision = revision.decision
    cells = (
        (msg("change"), what),
        (msg("places"), "" if change is None else ", ".join(change.affected)),
        (msg("basis"), visible(", ".join(row.basis))),
        (msg("approved by"), visible(", ".join(row.approvers))),
        (msg("decision"), "" if decision is None else f"{visible(decision.number)}, {decision.date.isoformat()}"),
    )
    wide = max(width(setting.say(label)) for label, _ in cells)
    for label, words in (cell for cell in cells if cell[1]):
        name = setting.say(label)
        head = " " * 10 + paint(name, "cyan", colour=setting.colour) + " " * (wide - width(name) + 2)
        wrapped = textwrap.wrap(words, max(_SUMMARY, setting.width - 12 - wide)) or [""]
        yield head + wrapped[0]
        yield from (" " * (12 + wide) + line for line in wrapped[1:])


def tree(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The table for programs."""
    return [
        {
            "number": row.revision.number,
            "state": row.revision.stage.value,
            "from": None if row.revision.first is None else row.revision.first.isoformat(),
            "reason": None if row.text is None or row.text.change is None else row.text.change.reason,
            "summary": None if row.text is None or row.text.change is None else row.text.change.summary,
            "affected": [] if row.text is None or row.text.change is None else [*row.text.change.affected],
            "legal_basis": [*row.basis],
            "approved_by": [*row.approvers],
            "decision": None if row.revision.decision is None else row.revision.decision.tree(),
        }
        for row in rows
    ]
