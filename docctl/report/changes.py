"""The table of changes (bảng theo dõi sửa đổi): what each revision changed, why, on which basis, who approved it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from msgspec import Struct

from docctl.message import msg
from docctl.model.procedure import Procedure
from docctl.model.record import ACCEPT, APPROVED, Assurance, Counted
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


class Row(Struct, frozen=True):
    """A revision and its text, None where that is not held; ``basis`` is the law that was the reason, in words."""

    revision: Revision
    text: Procedure | None
    basis: tuple[str, ...]

    @property
    def approvals(self) -> tuple[Counted, ...]:
        """The records that approve it."""
        signed = (each for each in self.revision.records if each.record.meaning == APPROVED)
        return tuple(each for each in signed if each.record.decision == ACCEPT)

    @property
    def adopted(self) -> bool:
        """Does no record issue it, only adopted.yaml?"""
        return self.revision.adoption is not None and not self.revision.issuing


def approver(counted: Counted, setting: Setting) -> str:
    """Who approved, as on paper: for whom, title, name; and that it is a claim, where nobody has signed."""
    record = counted.record
    mode = "" if record.acting[0] == "none" else f"{record.acting[0]}. "
    unsigned = f" [{setting.say(msg('UNSIGNED'))}]" if counted.assurance is Assurance.UNSIGNED else ""
    return f"{mode}{record.signer.title} {record.signer.name} ({record.signer.id}){unsigned}"


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
        (msg("approved by"), visible("; ".join(approver(each, setting) for each in row.approvals))),
        (msg("record"), setting.say(msg("no record: adopted.yaml says so")) if row.adopted else ""),
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
            "adopted": row.adopted,
            "assurance": None if not row.revision.records else "unsigned" if row.revision.unsigned else "signed",
            "approved_by": [
                {
                    "id": each.record.signer.id,
                    "name": each.record.signer.name,
                    "title": each.record.signer.title,
                    "acting": each.record.acting[0],
                    "assurance": each.assurance.value,
                }
                for each in row.approvals
            ],
            "decision": None if row.revision.decision is None else row.revision.decision.tree(),
        }
        for row in rows
    ]
