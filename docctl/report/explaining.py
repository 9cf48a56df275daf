"""The chain of proof of ``docctl outdated ID --explain``, in words: what two renderers write down.

What changed, since when, which elements, what to do, by when, and where each of these is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from msgspec import Struct

from docctl.finding import Finding
from docctl.message import Message, Param, msg
from docctl.model.currency import ProcedureVerdict, State
from docctl.model.law_at import Wording
from docctl.model.organisation import Organisation
from docctl.model.report import CurrencyReport
from docctl.report.baseline_words import dealt_with
from docctl.report.mending import CLOSABLE, TO_DO, mending
from docctl.report.outdated import element_words, sentence
from docctl.report.setting import Setting, visible
from docctl.verdict import (
    ABSENT,
    CASCADE,
    HAVE_DUE,
    START,
    Cause,
    Judgement,
    Proof,
    Settled,
    Unchecked,
    Verdict,
    earliest,
)
from docctl.verdict_words import DECIDED, LABELS, OVERDUE, acted, of, stage_unknown, until

Wordings = Callable[[Cause], Sequence[Wording]]
"""What the provisions that an event touches said before it, and say since."""

_SHORTEST = 28
"""Days of a month, at least."""

_SAME = Message("")
"""The label of a row that goes on with the one above."""


class Label(Struct, frozen=True):
    """A verdict in words, with what colours it."""

    words: str
    verdict: Verdict
    overdue: bool


class Item(Struct, frozen=True):
    """One event: ``rows`` are a label (empty: it goes on) and words; ``wordings`` what it changed, where held."""

    label: Label
    event: str
    rows: Sequence[tuple[str, str]]
    wordings: Sequence[Wording]


class Page(Struct, frozen=True):
    """One procedure: its title, where it stands, its verdicts, the events behind them, and what else is to be known."""

    title: str
    standing: Sequence[str]
    verdicts: Sequence[tuple[Label, str]]
    items: Sequence[Item]
    notes: Sequence[tuple[str, Sequence[str]]]


def pages(
    report: CurrencyReport, organisation: Organisation | None, setting: Setting, wordings: Wordings
) -> Iterator[Page]:
    """Every procedure of the report, worst first, each with the events that touch it."""
    for procedure in report.currency.procedures:
        yield _Writer(report, procedure, organisation, setting, wordings).page()


class _Writer:
    """Writes the page of one procedure."""

    def __init__(
        self,
        report: CurrencyReport,
        procedure: ProcedureVerdict,
        organisation: Organisation | None,
        setting: Setting,
        wordings: Wordings,
    ) -> None:
        self.report = report
        self.procedure = procedure
        self.organisation = organisation
        self.setting = setting
        self.wordings = wordings
        mine = procedure.id, procedure.revision
        proven = (
            each for each in report.findings if each.proof and (each.proof.procedure, each.proof.revision) == mine
        )
        self.groups = _grouped(proven)

    def page(self) -> Page:
        items = [self._item(findings) for findings in self.groups]
        title = f"{self.procedure.id} {visible(self.procedure.title)}"
        judged = self.procedure.judged_at is not None
        return Page(title, [*self._head()], [*self._verdicts()], items, [*self._notes()] if judged else [])

    def _notes(self) -> Iterator[tuple[str, Sequence[str]]]:
        """What else is to be known: a sentence, and what is listed under it."""
        settled = () if self.procedure.baseline is None else self.procedure.baseline.settled
        if not self.groups:
            unchanged = msg("Nothing known has changed what this revision rests on.")
            yield self._say(msg("Nothing is open.") if settled else unchanged), []
        for number, label in self._conflicts():
            disagree = msg(
                "What the publisher says of {text} (“{label}”) is not what its dates and events say.",
                text=number,
                label=label,
            )
            yield self._say(disagree), []
        if settled:
            yield self._say(msg("Decided in records:")), [self._settled(each) for each in settled]
        if any(finding.proof.judgement.due for group in self.groups for finding in group if finding.proof is not None):
            months = msg(
                "Due days: {months} months after the first day of the change "
                "(26/2014/TT-BKHCN, Điều 7 khoản 2 điểm i); one on a day off moves to the next working day.",
                months=self.report.currency.months,
            )
            yield self._say(months), []
        unchecked = [*self._unchecked()]
        if unchecked:
            texts = ", ".join(unchecked)
            yield self._say(msg("Not looked at for long, so changes cannot be ruled out: {texts}.", texts=texts)), []

    def _settled(self, each: Settled) -> str:
        names: dict[str, Param] = {
            "event": each.event, "decision": DECIDED[each.decision], "by": each.by, "day": each.on.isoformat(),
        }  # fmt: skip
        words = self._say(msg("{event}: {decision} ({by}, {day})", **names))
        return words if each.reason is None else f"{words}: {visible(' '.join(each.reason.split()))}"

    def _unchecked(self) -> Iterator[str]:
        """The cited texts whose changes nobody has looked for lately, each with the last day."""
        for text in self.report.currency.texts:
            if self.procedure.id not in text.cited_by:
                continue
            for judgement in text.judgements:
                if judgement.verdict is Verdict.UNCHECKED and judgement.detail != Unchecked.NO_TREE.value:
                    last: Param = msg("never") if judgement.since is None else judgement.since.isoformat()
                    yield self._say(msg("{text} (last looked at: {day})", text=text.number, day=last))

    def _conflicts(self) -> Iterator[tuple[str, str]]:
        """The cited texts of which the publisher says something else than the register, with what he says."""
        for text in self.report.currency.texts:
            said = (each for each in text.judgements if each.verdict is Verdict.CONFLICT)
            if self.procedure.id in text.cited_by:
                yield from ((text.number, visible(each.detail or "")) for each in said)

    def _head(self) -> Iterator[str]:
        """Where the revision stands."""
        yield self._say(self._standing())
        issue = None if self.procedure.baseline is None else self.procedure.baseline.issue
        if issue is not None and issue.assurance == "unsigned":
            yield self._say(msg("UNSIGNED: who made its records is a claim that nothing proves"))
        if self.procedure.verdict is not None:
            yield self._say(msg("as of {day}:", day=self.report.as_of.isoformat()))

    def _verdicts(self) -> Iterator[tuple[Label, str]]:
        if self.procedure.verdict is None:
            return
        said = [finding.proof.judgement for group in self.groups for finding in group if finding.proof is not None]
        kinds = dict.fromkeys((each.verdict, each.overdue) for each in said)
        for verdict, overdue in kinds:
            yield self._kind([each for each in said if (each.verdict, each.overdue) == (verdict, overdue)])
        if not kinds:
            yield self._label(self.procedure.verdict, overdue=False), ""

    def _kind(self, said: Sequence[Judgement]) -> tuple[Label, str]:
        """One verdict of the procedure: since when, and the earliest day by which it must be mended."""
        words = []
        since = min((each.since for each in said if each.since is not None), default=None)
        due = earliest(tuple(each.due for each in said))
        if since is not None:
            coming = said[0].verdict in (Verdict.UPCOMING, Verdict.NOT_IN_FORCE)
            day = since.isoformat()
            words.append(self._say(msg("from {day}", day=day) if coming else msg("since {day}", day=day)))
        if due is not None:
            late = msg("was to be mended by {day}", day=until(due))
            words.append(self._say(late if said[0].overdue else msg("to be mended by {day}", day=until(due))))
        return self._label(said[0].verdict, overdue=said[0].overdue), ", ".join(words)

    def _standing(self) -> Message:
        procedure, baseline = self.procedure, self.procedure.baseline
        names: dict[str, Param] = {"number": procedure.revision}
        if procedure.state is State.WITHDRAWN:
            return msg("revision {number}: withdrawn", **names)
        if procedure.state is State.DRAFT or baseline is None:
            return msg("revision {number}: a draft; neither a record nor adopted.yaml brings it into force", **names)
        if procedure.state is State.NOT_HELD:
            return msg(
                "the file is not the text of revision {number} that is in force", number=procedure.in_force or "?"
            )
        names["day"] = baseline.effective_from.isoformat()
        if procedure.state is State.SCHEDULED:
            return msg("revision {number}, scheduled, in force from {day} and judged for that day", **names)
        return msg("revision {number}, in force since {day}", **names)

    def _item(self, findings: Sequence[Finding]) -> Item:
        proof = next(finding.proof for finding in findings if finding.proof is not None)
        judgement, cause = proof.judgement, proof.judgement.cause
        rows = [
            self._row(msg("what"), self._say(sentence(proof))),
            *(() if cause is None else self._proof(cause)),
            *self._touched(findings),
            self._row(msg("judged by"), self._say(dealt_with(proof.baseline))),
            *self._to_do(proof),
        ]
        wordings = () if cause is None else self.wordings(cause)
        label = self._label(judgement.verdict, overdue=judgement.overdue)
        return Item(label, "" if cause is None else visible(cause.event), rows, wordings)

    def _proof(self, cause: Cause) -> Iterator[tuple[str, str]]:
        """The words of the law, the day and where it is stated, who confirmed it, and the source."""
        if cause.kind not in (START, ABSENT):
            words = visible(f"{cause.acting} {cause.title}")
            if cause.issued is not None:
                words += " " + self._say(msg("(issued {day})", day=cause.issued.isoformat()))
            yield self._row(msg("by"), words)
        if cause.quote is not None:
            yield self._row(msg("words"), f"“{visible(' '.join(cause.quote.split()))}”")
        if cause.phrase is not None:
            yield self._row(msg("before"), f"“{visible(cause.phrase[0])}”")
            yield self._row(msg("after"), f"“{visible(cause.phrase[1])}”" if cause.phrase[1] else "–")
        if cause.first is not None:
            stated = of(cause.stated_in_words, cause.acting)
            known = msg("from {day} ({place})", day=cause.first.isoformat(), place=stated)
            if cause.stated_in_words is None:
                known = msg("from {day} (the provision that states it is not recorded)", day=cause.first.isoformat())
            yield self._row(msg("in force"), self._say(known))
        if cause.end is not None:
            yield self._row(msg("until"), self._say(msg("before {day}", day=cause.end.isoformat())))
        if cause.retroactive is not None:
            back = msg("to {day}; the time to mend runs from its first day", day=cause.retroactive.isoformat())
            yield self._row(msg("reaches back"), self._say(back))
        if cause.recorded is not None and cause.first is not None and cause.recorded > cause.first:
            late = msg("only since {day}, after its first day", day=cause.recorded.isoformat())
            yield self._row(msg("known"), self._say(late))
        if cause.on is not None and cause.kind != CASCADE:
            through = msg("what it does to event {event} of the register", event=cause.on)
            yield self._row(msg("through"), self._say(through))
        for place, each in enumerate(cause.upon):
            yield self._row(msg("then") if place == 0 else _SAME, self._say(acted(each)))
        yield self._row(msg("source"), self._say(self._source(cause)))

    def _source(self, cause: Cause) -> Message:
        origin = cause.origin
        place = f"{self.setting.path(cause.path)}"
        params: dict[str, Param] = {"place": place, "confirmed": self._confirmed(cause)}
        checked: Param = msg("never") if origin.checked is None else origin.checked.isoformat()
        if origin.url is None:
            return msg("{place}, {confirmed}; changes last looked for: {checked}", **params, checked=checked)
        return msg(
            "{place}, {confirmed}; {url}, read {day}; changes last looked for: {checked}",
            **params,
            url=origin.url,
            day=str(origin.retrieved),
            checked=checked,
        )

    def _confirmed(self, cause: Cause) -> Param:
        if cause.recorded is None:
            return msg("stated by the text itself")
        if cause.confirmed is None:
            return msg("recorded {day}, not confirmed", day=cause.recorded.isoformat())
        return msg("confirmed {day} by {role}", day=cause.confirmed[1].isoformat(), role=self._role(cause.confirmed[0]))

    def _touched(self, findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
        """The elements with the place each stands at."""
        label = msg("touches")
        for finding in findings:
            proof = finding.proof
            if proof is None:
                continue
            words = element_words(proof.element)
            name = visible(words) if isinstance(words, str) else self._say(words)
            if proof.element_name:
                name += f" “{visible(' '.join(proof.element_name.split()))}”"
            cited: Param = of(proof.place, proof.text)
            if not proof.address:
                cited = msg("{text}, the whole text", text=proof.text)
            if proof.judgement.called is not None:
                cited = msg("{cited} (before this event: {called})", cited=cited, called=proof.judgement.called)
            cites = self._say(msg("cites {cited}", cited=cited))
            place = f"{self.setting.path(finding.location.path)}:{finding.location.line}"
            yield self._row(label, f"- {name}, {cites}  {place}")
            label = _SAME

    def _to_do(self, proof: Proof) -> Iterator[tuple[str, str]]:
        """Who does what by when; the last row says how it becomes known."""
        procedure, judgement, cause = self.procedure, proof.judgement, proof.judgement.cause
        verdict = judgement.coming or judgement.verdict
        params: dict[str, Param] = {"owner": self._role(procedure.owner), "due": until(judgement.due)}
        if verdict not in HAVE_DUE or judgement.due is None or cause is None:
            rest = TO_DO.get(judgement.verdict)
            if judgement.verdict is Verdict.UNDATED and cause is not None and stage_unknown(cause):
                rest = msg("enter the list of the provisions of {text} in the register", text=cause.acting)
            if rest is not None:
                yield self._row(msg("to do"), self._say(msg("{owner}: {what}", owner=params["owner"], what=rest)))
            if judgement.verdict in CLOSABLE and cause is not None:
                yield from self._closing(cause)
            return
        since = judgement.since
        if since is not None and judgement.due.day < since + timedelta(days=_SHORTEST * self.report.currency.months):
            earlier = msg("the time runs from the first day of an earlier change, whose place this one has taken")
            yield self._row(msg("due"), self._say(earlier))
        late = msg("{owner}, at once (it was due {due}):", **params)
        yield self._row(msg("to do"), self._say(late if judgement.overdue else msg("{owner}, by {due}:", **params)))
        yield self._row(_SAME, f"- {self._say(mending(verdict, cause))}")
        recorded = self.report.summary.records > 0
        verb = "issue" if recorded else "adopt"
        issue = msg(
            "raise the revision, say why under change, let it be approved and issued, then run: {command}",
            command=f"docctl {verb} {procedure.id} --effective-from …",
        )
        yield self._row(_SAME, f"- {self._say(issue)}")
        yield from self._closing(cause)

    def _closing(self, cause: Cause) -> Iterator[tuple[str, str]]:
        """How to say that nothing changes; without records nobody can."""
        if self.report.summary.records > 0:
            command = f"docctl legal-review {self.procedure.id} --event '{cause.event}' --decision no_impact --reason …"
            unchanged = msg("or, if nothing changes here: {command}", command=command)
            yield self._row(_SAME, f"- {self._say(unchanged)}")

    # -- small things --------------------------------------------------------------------------

    def _label(self, verdict: Verdict, *, overdue: bool) -> Label:
        words = [OVERDUE, LABELS[verdict]] if overdue else [LABELS[verdict]]
        return Label(" · ".join(map(self._say, words)), verdict, overdue)

    def _role(self, role_id: str) -> str:
        role = None if self.organisation is None else self.organisation.role(role_id)
        return visible(role_id if role is None else role.title)

    def _say(self, message: Message) -> str:
        return self.setting.say(message)

    def _row(self, label: Message, words: str) -> tuple[str, str]:
        return "" if label is _SAME else self._say(label), words


def _grouped(findings: Iterator[Finding]) -> list[list[Finding]]:
    """The findings of one event, or of one reason, together; overdue first, then worst first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        if finding.proof is not None:
            judgement = finding.proof.judgement
            event = (judgement.doubt, judgement.detail) if judgement.cause is None else judgement.cause.event
            targets = "" if judgement.cause is None else judgement.cause.targets_words
            target = None if judgement.cause is None else judgement.cause.target
            groups.setdefault((judgement.verdict, judgement.overdue, event, targets, target), []).append(finding)

    def order(found: list[Finding]) -> tuple[bool, int, str]:
        proof = found[0].proof
        assert proof is not None
        since = "" if proof.judgement.since is None else proof.judgement.since.isoformat()
        return not proof.judgement.overdue, proof.judgement.verdict.rank, since

    return sorted(groups.values(), key=order)
