"""From a report on the law to the worklist: who has to do what, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from docctl.errors import NotInRepository
from docctl.finding import Finding, Severity
from docctl.message import msg
from docctl.model.config import Config
from docctl.model.currency import Currency, ProcedureVerdict, State, TextVerdict
from docctl.model.organisation import Organisation, Role
from docctl.model.report import CurrencyReport
from docctl.model.work import AT_LEISURE, Item, Share, Task, Worklist, change, event_of
from docctl.text.vietnamese import nearest, sort_key
from docctl.verdict import Proof, Unchecked, Verdict

UNCHECKED = "source-unchecked"
"""The rule that speaks about texts, not about procedures: said once for each text."""


def worklist(
    report: CurrencyReport,
    organisation: Organisation | None,
    config: Config,
    role: str | None = None,
    *,
    everything: bool = False,
) -> Worklist:
    """All that is open, or what is for one role; with ``everything`` also what asks for no work.

    Raises ``NotInRepository`` for a role that neither organisation.yaml nor a procedure knows.
    """
    currency = report.currency
    owners = {each.owner for each in currency.procedures}
    wanted = None if role is None else _stands_for(role, owners, organisation)
    items = [
        item
        for item in _items(report)
        if (wanted is None or item.owner in wanted) and (everything or item.verdict.value not in AT_LEISURE)
    ]
    mine = {each.id: each.path for each in currency.procedures if wanted is None or each.owner in wanted}
    plain = [each for each in report.findings if each.proof is None]
    said = {each.code.name for each in plain}
    texts = [*_unchecked(currency, mine, everything=everything)] if UNCHECKED in said else []
    others = {each.path for each in currency.procedures} - {*mine.values()}
    other_ids = {each.id for each in currency.procedures} - {*mine}
    remarks = [
        each
        for each in plain
        if each.code.name != UNCHECKED
        and (everything or each.severity > Severity.NOTE)
        and each.location.path not in others
        and each.element not in other_ids
    ]
    secretary = None if organisation is None else organisation.secretary
    named = None if organisation is None or secretary is None else organisation.role(secretary)
    return Worklist(
        as_of=report.as_of,
        horizon_end=currency.horizon_end,
        months=currency.months,
        content=report.content,
        agency=config.agency_id,
        agency_name=config.agency_name,
        role=role,
        shares=tuple(_shares(items, organisation, report.as_of)),
        texts=tuple(texts),
        remarks=tuple(remarks),
        secretary=secretary,
        secretary_title=secretary if named is None else named.title,
        judged=sum(each.judged_at is not None for each in currency.procedures if each.id in mine),
        not_judged=sum(each.state is State.NOT_HELD for each in currency.procedures if each.id in mine),
        recorded=report.summary.records > 0,
    )


def _stands_for(role: str, owners: set[str], organisation: Organisation | None) -> frozenset[str]:
    """The role, and those that have ended and whose place it took."""
    roles = () if organisation is None else organisation.roles
    known = {each.id for each in roles} | owners
    if role not in known:
        meant = nearest(role, known)
        raise NotInRepository(
            msg('there is no role "{role}"', role=role),
            msg("organisation.yaml lists the roles") if meant is None else msg('did you mean "{meant}"?', meant=meant),
        )
    found, before = frozenset({role}), frozenset[str]()
    while found != before:
        before, found = found, found | {each.id for each in roles if each.successor in found}
    return found


def _items(report: CurrencyReport) -> Iterator[Item]:
    """One for each procedure and event, of whichever revision."""
    revisions: dict[str, dict[str, ProcedureVerdict]] = {}
    for each in report.currency.procedures:
        revisions.setdefault(each.id, {})[each.revision] = each
    found: dict[tuple[str, str], list[tuple[Finding, Proof]]] = {}
    for finding in report.findings:
        if finding.proof is not None:
            key = finding.proof.procedure, event_of(finding.proof)
            found.setdefault(key, []).append((finding, finding.proof))
    for (procedure, event), said in found.items():
        yield _item(revisions[procedure], event, said)


def _item(revisions: Mapping[str, ProcedureVerdict], event: str, said: list[tuple[Finding, Proof]]) -> Item:
    """The findings of the revision in force, else those of the scheduled ones."""
    open_in = {proof.revision for _, proof in said}
    in_force = {number for number, each in revisions.items() if each.state is State.IN_FORCE}
    shown = min(open_in, key=lambda number: (number not in in_force, number))
    of_it = sorted((pair for pair in said if pair[1].revision == shown), key=_weight)
    next_ones = [
        (each.baseline.effective_from, number)
        for number, each in revisions.items()
        if each.state is State.SCHEDULED and each.baseline is not None and number not in open_in
    ]
    settled = min(next_ones, default=None) if shown in in_force else None
    procedure = revisions[shown]
    return Item(
        procedure=procedure.id,
        title=procedure.title,
        revision=shown,
        owner=procedure.owner,
        event=event,
        findings=tuple(finding for finding, _ in of_it),
        settled=None if settled is None else (settled[1], settled[0]),
    )


def _weight(pair: tuple[Finding, Proof]) -> tuple[object, ...]:
    finding, judgement = pair[0], pair[1].judgement
    due = "9999" if judgement.due is None else judgement.due.day.isoformat()
    return not judgement.overdue, judgement.verdict.rank, due, finding.sort_key


def _shares(items: Iterable[Item], organisation: Organisation | None, as_of: date) -> Iterator[Share]:
    """The roles by the day of what they have to do first, then by title."""
    by_owner: dict[str, list[Item]] = {}
    for item in items:
        by_owner.setdefault(item.owner, []).append(item)
    shares = [_share(owner, found, organisation, as_of) for owner, found in by_owner.items()]

    def key(share: Share) -> tuple[object, ...]:
        return _day(share.tasks[0], as_of), sort_key(share.title or share.role), share.role

    yield from sorted(shares, key=key)


def _share(owner: str, items: Iterable[Item], organisation: Organisation | None, as_of: date) -> Share:
    role: Role | None = None if organisation is None else organisation.role(owner)
    unit = None if role is None or organisation is None else organisation.unit(role.unit)
    last = None if role is None else role.last
    ended = last is not None and last < as_of
    return Share(
        role=owner,
        title=None if role is None else role.title,
        unit=None if unit is None else unit.name,
        ended=last if ended else None,
        successor=role.successor if ended and role is not None else None,
        tasks=tuple(_tasks(items, as_of)),
    )


def _tasks(items: Iterable[Item], as_of: date) -> Iterator[Task]:
    """What one change of the law brings about is one piece of work; by due day, then the worst, then the event."""
    changes: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        changes.setdefault(change(item.proof), []).append(item)
    tasks = [
        Task(tuple(sorted(found, key=lambda item: (sort_key(item.procedure), item.event))))
        for found in changes.values()
    ]

    def key(task: Task) -> tuple[object, ...]:
        first = task.items[0]
        return _day(task, as_of), first.verdict.rank, first.event, sort_key(first.procedure)

    yield from sorted(tasks, key=key)


def _day(task: Task, as_of: date) -> str:
    day = task.by(as_of)
    return "9999" if day is None else day.isoformat()


def _unchecked(currency: Currency, mine: Iterable[str], *, everything: bool) -> Iterator[TextVerdict]:
    """The texts that are not held or that nobody has looked at for long, among those that the procedures cite.

    That a text's provisions are not listed asks for no work by itself.
    """
    for text in currency.texts:
        said = [each for each in text.judgements if each.verdict is Verdict.UNCHECKED]
        if not everything:
            said = [each for each in said if each.detail != Unchecked.NO_TREE.value]
        if said and {*text.cited_by} & {*mine}:
            yield replace(text, judgements=tuple(said))
