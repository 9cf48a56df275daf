"""``docctl outdated ID --explain``: the chain of proof for a department head.

What changed, since when, which elements, what to do, by when, and where each of these is written.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from docctl.finding import Finding
from docctl.message import Message, Param, msg
from docctl.model.currency import ProcedureVerdict, State
from docctl.model.event import REPLACE
from docctl.model.organisation import Organisation
from docctl.model.report import CurrencyReport
from docctl.report.outdated import element_words, sentence, style_of
from docctl.report.setting import Setting, visible
from docctl.report.style import paint
from docctl.verdict import (
    ABSENT,
    HAVE_DUE,
    START,
    Baseline,
    Cause,
    Issue,
    Judgement,
    Proof,
    Unchecked,
    Verdict,
    earliest,
)
from docctl.verdict_words import DECIDED, LABELS, OVERDUE, by, of, until

_INDENT = "  "
_WIDE = 13
_SAME = Message("")
"""The label of a row that goes on with the one above."""


def render(report: CurrencyReport, organisation: Organisation | None, setting: Setting) -> str:
    """Every procedure of the report, worst first, each with the events that touch it."""
    pages = [_Page(report, procedure, organisation, setting) for procedure in report.currency.procedures]
    return "\n\n".join("\n".join(page.lines()) for page in pages) + "\n" if pages else ""


class _Page:
    """One procedure."""

    def __init__(
        self, report: CurrencyReport, procedure: ProcedureVerdict, organisation: Organisation | None, setting: Setting
    ) -> None:
        self.report = report
        self.procedure = procedure
        self.organisation = organisation
        self.setting = setting
        proven = (each for each in report.findings if each.proof is not None and each.proof.procedure == procedure.id)
        self.groups = _grouped(proven)

    def lines(self) -> Iterator[str]:
        yield from self._head()
        for number, findings in enumerate(self.groups, 1):
            yield ""
            yield from self._event(number, findings)
        if self.procedure.judged_at is None:
            return
        settled = () if self.procedure.baseline is None else self.procedure.baseline.settled
        if not self.groups:
            yield ""
            unchanged = msg("Nothing known has changed what this revision rests on.")
            yield from self._wrapped(msg("Nothing is open.") if settled else unchanged)
        if settled:
            yield ""
            yield from self._wrapped(msg("Decided in records:"))
            for each in settled:
                names: dict[str, Param] = {
                    "event": each.event, "decision": DECIDED[each.decision], "by": each.by, "day": each.on.isoformat(),
                }  # fmt: skip
                words = self._say(msg("{event}: {decision} ({by}, {day})", **names))
                reason = "" if each.reason is None else f": {visible(' '.join(each.reason.split()))}"
                yield from textwrap.wrap(
                    f"- {words}{reason}", self.setting.width, initial_indent=_INDENT, subsequent_indent=_INDENT + "  ",
                    break_on_hyphens=False,
                )  # fmt: skip
        if any(finding.proof.judgement.due for group in self.groups for finding in group if finding.proof is not None):
            yield ""
            yield from self._wrapped(
                msg(
                    "Due days: {months} months after the first day of the change "
                    "(26/2014/TT-BKHCN, Điều 7 khoản 2 điểm i); one on a day off moves to the next working day.",
                    months=self.report.currency.months,
                )
            )
        unchecked = [*self._unchecked()]
        if unchecked:
            yield ""
            yield from self._wrapped(
                msg("Not looked at for long, so changes cannot be ruled out: {texts}.", texts=", ".join(unchecked))
            )

    def _unchecked(self) -> Iterator[str]:
        """The cited texts whose changes nobody has looked for lately, each with the last day."""
        for text in self.report.currency.texts:
            if self.procedure.id not in text.cited_by:
                continue
            for judgement in text.judgements:
                if judgement.verdict is Verdict.UNCHECKED and judgement.detail != Unchecked.NO_TREE.value:
                    last: Param = msg("never") if judgement.since is None else judgement.since.isoformat()
                    yield self._say(msg("{text} (last looked at: {day})", text=text.number, day=last))

    def _head(self) -> Iterator[str]:
        procedure, day = self.procedure, self.report.as_of.isoformat()
        for line in textwrap.wrap(f"{procedure.id} {visible(procedure.title)}", self.setting.width):
            yield paint(line, "bold", colour=self.setting.colour)
        yield self._say(self._standing())
        issue = None if procedure.baseline is None else procedure.baseline.issue
        if issue is not None and issue.assurance == "unsigned":
            yield self._say(msg("UNSIGNED: who made its records is a claim that nothing proves"))
        if procedure.verdict is None:
            return
        yield self._say(msg("as of {day}:", day=day))
        said = [finding.proof.judgement for group in self.groups for finding in group if finding.proof is not None]
        kinds = dict.fromkeys((each.verdict, each.overdue) for each in said)
        for verdict, overdue in kinds:
            yield _INDENT + self._kind([each for each in said if (each.verdict, each.overdue) == (verdict, overdue)])
        if not kinds:
            yield _INDENT + self._label(procedure.verdict, overdue=False)

    def _kind(self, said: Sequence[Judgement]) -> str:
        """One verdict of the procedure: since when, and the earliest day by which it must be mended."""
        words = [self._label(said[0].verdict, overdue=said[0].overdue)]
        since = min((each.since for each in said if each.since is not None), default=None)
        due = earliest(tuple(each.due for each in said))
        if since is not None:
            coming = said[0].verdict is Verdict.UPCOMING
            day = since.isoformat()
            words.append(self._say(msg("from {day}", day=day) if coming else msg("since {day}", day=day)))
        if due is not None:
            late = msg("was to be mended by {day}", day=until(due))
            words.append(self._say(late if said[0].overdue else msg("to be mended by {day}", day=until(due))))
        return ", ".join(words)

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

    def _event(self, number: int, findings: Sequence[Finding]) -> Iterator[str]:
        proofs = [finding.proof for finding in findings if finding.proof is not None]
        proof = proofs[0]
        judgement, cause = proof.judgement, proof.judgement.cause
        label = self._label(judgement.verdict, overdue=judgement.overdue)
        event = "" if cause is None else paint(f"  {visible(cause.event)}", "dim", colour=self.setting.colour)
        yield f"{number}. {label}{event}"
        yield from self._row(msg("what"), self._say(sentence(proof)))
        if cause is not None:
            yield from self._proof(cause)
        yield from self._touched(findings)
        yield from self._row(msg("judged by"), self._say(_dealt(proof.baseline)))
        yield from self._to_do(proof)

    def _proof(self, cause: Cause) -> Iterator[str]:
        """The words of the law, the day and where it is stated, who confirmed it, and the source."""
        if cause.kind not in (START, ABSENT):
            words = visible(f"{cause.acting} {cause.title}")
            if cause.issued is not None:
                words += " " + self._say(msg("(issued {day})", day=cause.issued.isoformat()))
            yield from self._row(msg("by"), words)
        if cause.quote is not None:
            yield from self._row(msg("words"), f"“{visible(' '.join(cause.quote.split()))}”")
        if cause.phrase is not None:
            yield from self._row(msg("before"), f"“{visible(cause.phrase[0])}”")
            yield from self._row(msg("after"), f"“{visible(cause.phrase[1])}”" if cause.phrase[1] else "–")
        if cause.first is not None:
            stated = of(cause.stated_in_words, cause.acting)
            known = msg("from {day} ({place})", day=cause.first.isoformat(), place=stated)
            if cause.stated_in_words is None:
                known = msg("from {day} (the provision that states it is not recorded)", day=cause.first.isoformat())
            yield from self._row(msg("in force"), self._say(known))
        if cause.end is not None:
            yield from self._row(msg("until"), self._say(msg("before {day}", day=cause.end.isoformat())))
        yield from self._row(msg("source"), self._say(self._source(cause)))

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

    def _touched(self, findings: Sequence[Finding]) -> Iterator[str]:
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
            cites = self._say(msg("cites {cited}", cited=cited))
            place = f"{self.setting.path(finding.location.path)}:{finding.location.line}"
            yield from self._row(label, f"- {name}, {cites}  {place}")
            label = _SAME

    def _to_do(self, proof: Proof) -> Iterator[str]:
        """Who does what by when; the last row says how it becomes known."""
        procedure, judgement, cause = self.procedure, proof.judgement, proof.judgement.cause
        verdict = judgement.coming or judgement.verdict
        params: dict[str, Param] = {"owner": self._role(procedure.owner), "due": until(judgement.due)}
        if verdict not in HAVE_DUE or judgement.due is None or cause is None:
            rest = TO_DO.get(judgement.verdict)
            if rest is not None:
                yield from self._row(msg("to do"), self._say(msg("{owner}: {what}", owner=params["owner"], what=rest)))
            return
        late = msg("{owner}, at once (it was due {due}):", **params)
        yield from self._row(
            msg("to do"), self._say(late if judgement.overdue else msg("{owner}, by {due}:", **params))
        )
        yield from self._row(_SAME, f"- {self._say(mending(verdict, cause))}")
        recorded = self.report.summary.records > 0
        verb = "issue" if recorded else "adopt"
        issue = msg(
            "raise the revision, say why under change, let it be approved and issued, then run: {command}",
            command=f"docctl {verb} {procedure.id} --effective-from …",
        )
        yield from self._row(_SAME, f"- {self._say(issue)}")
        if recorded:
            command = f"docctl legal-review {procedure.id} --event '{cause.event}' --decision no_impact --reason …"
            unchanged = msg("or, if nothing changes here: {command}", command=command)
            yield from self._row(_SAME, f"- {self._say(unchanged)}")

    # -- small things --------------------------------------------------------------------------

    def _label(self, verdict: Verdict, *, overdue: bool) -> str:
        words = [OVERDUE, LABELS[verdict]] if overdue else [LABELS[verdict]]
        label = " · ".join(map(self._say, words))
        return paint(label, style_of(verdict, overdue=overdue), colour=self.setting.colour)

    def _role(self, role_id: str) -> str:
        role = None if self.organisation is None else self.organisation.role(role_id)
        return visible(role_id if role is None else role.title)

    def _say(self, message: Message) -> str:
        return self.setting.say(message)

    def _wrapped(self, message: Message) -> Iterator[str]:
        yield from textwrap.wrap(
            self._say(message), self.setting.width, initial_indent=_INDENT, subsequent_indent=_INDENT
        )

    def _row(self, label: Message, words: str) -> Iterator[str]:
        """A labelled row; an empty label goes on under the last one."""
        name = "" if label is _SAME else self._say(label)
        hang = "  " if words.startswith("- ") else ""
        first = f"{_INDENT} {paint(name, 'cyan', colour=self.setting.colour)}{' ' * max(1, _WIDE - len(name))}"
        room = max(40, self.setting.width - len(_INDENT) - 1 - _WIDE)
        lines = textwrap.wrap(words, room, subsequent_indent=hang, break_on_hyphens=False) or [""]
        yield first + lines[0]
        yield from (f"{_INDENT} {' ' * _WIDE}{line}" for line in lines[1:])


def mending(verdict: Verdict, cause: Cause) -> Message:
    """What is to be done about a basis that has ended, or words that have changed."""
    if verdict is not Verdict.BASIS_ENDED:
        return msg("compare the elements with the words of {by}, and mend them where needed", by=by(cause))
    ended = of(cause.targets_words, cause.target)
    if cause.kind == REPLACE:
        return msg("cite {acting} instead of {ended}, and mend what it changes", acting=cause.acting, ended=ended)
    return msg("cite what takes the place of {ended}, and mend what it changes", ended=ended)


TO_DO = {
    Verdict.SUSPENDED: msg("find out what holds in the meantime, and tell those who work by the procedure"),
    Verdict.NOT_IN_FORCE: msg("cite what is in force today, or let the revision begin with the text"),
    Verdict.WRONG_ADDRESS: msg("correct the address"),
    Verdict.UNKNOWN: msg("read the provision named and decide; what is missing here can be added to the register"),
    Verdict.CONFLICT: msg("look at the publisher's page again and correct the register"),
    Verdict.UNDATED: msg("find out the day and enter it in the register"),
    Verdict.POSSIBLE: msg("compare the words with the text, then confirm the event or withdraw it"),
    Verdict.REVIEW: msg("look whether the procedure is still right, and close the finding with your decision"),
    Verdict.TRANSITION: msg("see that the procedure tells older dossiers from new ones"),
    Verdict.CHANGED_BETWEEN: msg("nothing; look at the dossiers of that time"),
    Verdict.MINOR: msg("correct the words at the next occasion"),
}


def _dealt(baseline: Baseline | None) -> Message:
    """What the revision had dealt with, and on what this rests."""
    if baseline is None:
        return msg("nothing: neither a record nor an entry in adopted.yaml")
    if baseline.issue is not None:
        return _issued(baseline, baseline.issue)
    rests_on = msg("adopted.yaml, no record")
    if baseline.decision is not None:
        number, day = baseline.decision
        rests_on = msg("decision {number} of {day}, no record", number=number, day=day.isoformat())
    return msg(
        "revision {number}, in force since {day}; what was in force then counts as taken in ({proof})",
        day=baseline.effective_from.isoformat(),
        number=baseline.revision,
        proof=rests_on,
    )


def _issued(baseline: Baseline, issue: Issue) -> Message:
    """The record that issued it, and the last review since."""
    names: dict[str, Param] = {
        "number": baseline.revision,
        "day": issue.on.isoformat(),
        "by": issue.by,
        "title": issue.title,
        "proof": msg("UNSIGNED") if issue.assurance == "unsigned" else msg("signed"),
    }
    if baseline.reviewed is None:
        return msg("issue of {number}, {day} ({by}, {title}; {proof})", **names)
    names["review"] = baseline.reviewed.isoformat()
    return msg("issue of {number}, {day} ({by}, {title}; {proof}); last legal review {review}", **names)


def _grouped(findings: Iterator[Finding]) -> list[list[Finding]]:
    """The findings of one event, or of one reason, together; overdue first, then worst first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        if finding.proof is not None:
            judgement = finding.proof.judgement
            event = (judgement.doubt, judgement.detail) if judgement.cause is None else judgement.cause.event
            targets = "" if judgement.cause is None else judgement.cause.targets_words
            groups.setdefault((judgement.verdict, judgement.overdue, event, targets), []).append(finding)

    def order(found: list[Finding]) -> tuple[bool, int, str]:
        proof = found[0].proof
        assert proof is not None
        since = "" if proof.judgement.since is None else proof.judgement.since.isoformat()
        return not proof.judgement.overdue, proof.judgement.verdict.rank, since

    return sorted(groups.values(), key=order)
