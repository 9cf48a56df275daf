"""``docctl outdated`` for people: grouped by what happened, worst first; which elements, who, by when."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from docctl.finding import Finding
from docctl.message import Message, Param, msg
from docctl.model.currency import Currency, ProcedureVerdict, State
from docctl.model.event import DETAIL, GENERAL_REPEAL
from docctl.model.organisation import Organisation
from docctl.model.report import CurrencyReport
from docctl.model.work import change
from docctl.report.setting import Setting, visible
from docctl.report.style import SEVERITY_STYLE, paint
from docctl.report.words import SEVERITY_WORDS, citations_words
from docctl.text.vietnamese import sort_key, width
from docctl.verdict import Judgement, Proof, Verdict
from docctl.verdict_words import LABELS, OVERDUE, absent, doubts, happens, of, renumbered, stage_unknown, until

_MOST_ROWS = 8
_MOST_PLACES = 6
_TITLE = 44
_ELEMENTS = 34
_GAPS = 8
_RED = frozenset({Verdict.BASIS_ENDED, Verdict.SUSPENDED, Verdict.NOT_IN_FORCE, Verdict.WRONG_ADDRESS})
_YELLOW = frozenset({Verdict.OUTDATED, Verdict.UNKNOWN, Verdict.CONFLICT, Verdict.UNDATED})


class _Group(Struct, frozen=True):
    """The findings that one event, or one reason, has brought about."""

    proofs: tuple[Proof, ...]

    @property
    def judgement(self) -> Judgement:
        return self.proofs[0].judgement

    @property
    def order(self) -> tuple[bool, int, str, str]:
        judgement = self.judgement
        due = "9999" if judgement.due is None else judgement.due.day.isoformat()
        return (
            not judgement.overdue,
            judgement.verdict.rank,
            due,
            "" if judgement.cause is None else judgement.cause.event,
        )


def render(report: CurrencyReport, organisation: Organisation | None, setting: Setting, *, everything: bool) -> str:
    """The whole answer; ``everything`` shows every procedure of a group and every note."""
    screen = _Screen(report, organisation, setting, everything)
    blocks = [screen.head(), *screen.groups(), screen.other(), screen.foot()]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


class _Screen:
    """The parts of the screen; each gives its lines."""

    def __init__(
        self, report: CurrencyReport, organisation: Organisation | None, setting: Setting, everything: bool
    ) -> None:
        self.report = report
        self.currency: Currency = report.currency
        self.organisation = organisation
        self.setting = setting
        self.everything = everything
        self.by_id = {each.id: each for each in report.currency.procedures}

    def head(self) -> list[str]:
        """What was asked and how much was looked at, so that silence cannot pass for success."""
        judged = self.currency.in_state(State.IN_FORCE)
        cited = {
            (procedure.id, citation.path, citation.pointer[: -2 if citation.address else -1]): bool(citation.address)
            for procedure in judged
            for citation in procedure.citations
        }
        in_force = len(judged)
        events = self.currency.events
        words = [
            msg("As of {day}", day=self.report.as_of.isoformat()),
            msg("1 procedure in force") if in_force == 1 else msg("{count} procedures in force", count=in_force),
            citations_words(len(cited), sum(cited.values())),
            msg("1 event") if events == 1 else msg("{count} events", count=events),
        ]
        if self.currency.recorded is not None:
            words.append(msg("register as known on {day}", day=self.currency.recorded.isoformat()))
        head = textwrap.wrap(" · ".join(map(self.setting.say, words)), max(60, self.setting.width))
        lines = [paint(line, "bold", colour=self.setting.colour) for line in head]
        lines += map(self._dim, self._basis())
        return lines

    def _basis(self) -> Iterator[Message]:
        """What the answer rests on: signed records, unsigned ones, or adopted.yaml in their stead."""
        judged = [each.baseline for each in self.currency.procedures if each.judged_at is not None and each.baseline]
        without = sum(each.issue is None for each in judged)
        if without == len(judged) and judged:
            yield msg("No record: judged against adopted.yaml, which stands in for signed records.")
        elif without:
            yield msg("No record for {count} of {all}: adopted.yaml stands in for it.", count=without, all=len(judged))
        if self.report.summary.unsigned:
            yield msg(
                "UNSIGNED: {count} records have no signature; who made them is a claim.",
                count=self.report.summary.unsigned,
            )

    def groups(self) -> Iterator[list[str]]:
        """One block for each event, overdue first, then worst first."""
        grouped: dict[tuple[object, ...], list[Proof]] = {}
        for finding in self.report.findings:
            if finding.proof is not None:
                grouped.setdefault(change(finding.proof), []).append(finding.proof)
        for group in sorted((_Group(tuple(proofs)) for proofs in grouped.values()), key=lambda each: each.order):
            yield [*self._title(group), *self._rows(group)]

    def _title(self, group: _Group) -> Iterator[str]:
        judgement = group.judgement
        words = [OVERDUE, LABELS[judgement.verdict]] if judgement.overdue else [LABELS[judgement.verdict]]
        style = style_of(judgement.verdict, overdue=judgement.overdue)
        label = " · ".join(map(self.setting.say, words))
        sentence = self.setting.say(together(group.proofs))
        if judgement.due is not None:
            sentence += " · " + self.setting.say(msg("due {day}", day=until(judgement.due)))
            if judgement.overdue:
                late = (self.report.as_of - judgement.due.day).days
                sentence += " " + self.setting.say(
                    msg("(1 day late)") if late == 1 else msg("({days} days late)", days=late)
                )
        lines = textwrap.wrap(
            f"{label}  {sentence}", max(60, self.setting.width), subsequent_indent="  ", break_on_hyphens=False
        )
        lines[0] = paint(label, style, colour=self.setting.colour) + lines[0][len(label) :]
        yield from lines
        cause = judgement.cause
        if cause is not None and cause.acting != cause.target:
            title = visible(f"{cause.acting}: {cause.title}")
            yield "  " + self._dim_text(short(title, max(60, self.setting.width) - 2))

    def _rows(self, group: _Group) -> Iterator[str]:
        """A row for each procedure: its elements, and who keeps it up to date."""
        elements: dict[str, dict[str, None]] = {}
        for proof in group.proofs:
            elements.setdefault(proof.procedure, {})[proof.element] = None
        ids = sorted(elements, key=sort_key)
        shown = ids if self.everything else ids[:_MOST_ROWS]
        wide = max(width(each) for each in shown)
        room = max(60, self.setting.width) - wide - _GAPS
        title_room, element_room = min(_TITLE, room * 2 // 5), min(_ELEMENTS, room * 3 // 10)
        for each in shown:
            procedure = self.by_id[each]
            named = fitting([self._element(element) for element in elements[each]], element_room)
            title = short(visible(procedure.title), title_room)
            owner = self._dim_text(short(self._owner(procedure), room - title_room - element_room))
            yield f"  {fill(each, wide)}  {fill(title, title_room)}  {fill(named, element_room)}  {owner}".rstrip()
        if len(ids) > len(shown):
            more = len(ids) - len(shown)
            yield "  " + self._dim(msg("… 1 more (--all)") if more == 1 else msg("… {count} more (--all)", count=more))

    def other(self) -> list[str]:
        """What is said about the register and the question itself; notes of a kind are counted, not listed."""
        plain = [finding for finding in self.report.findings if finding.proof is None]
        lines: list[str] = []
        for code in dict.fromkeys(finding.code for finding in plain):
            found = [finding for finding in plain if finding.code is code]
            if self.everything or found[0].severity.word != "note":
                lines += [line for finding in found for line in self._line(finding)]
            else:
                title = msg(found[0].code.title)
                lines.append(
                    self._dim(msg("{code} {title}: {count} (--all)", code=code.id, title=title, count=len(found)))
                )
        return lines

    def _line(self, finding: Finding) -> Iterator[str]:
        place = finding.location
        severity = self.setting.say(SEVERITY_WORDS[finding.severity])
        what = paint(f"{severity} {finding.code.id}:", SEVERITY_STYLE[finding.severity], colour=self.setting.colour)
        yield f"{self.setting.path(place.path)}:{place.line}: {what} {self.setting.say(finding.message)}"
        if finding.fix is not None:
            yield f"   {self.setting.say(finding.fix)}"

    def foot(self) -> list[str]:
        """The count of verdicts, and where to go on."""
        parts = [*counts(self.currency)]
        worst = next((each for each in self.currency.procedures if _needs_work(each)), None)
        foot = textwrap.wrap(", ".join(map(self.setting.say, parts)), max(60, self.setting.width))
        lines = [paint(line, "bold", colour=self.setting.colour) for line in foot]
        if self.currency.later:
            day = self.currency.horizon_end.isoformat()
            later = msg("events on cited texts after {day}: {count} (--within)", day=day, count=self.currency.later)
            lines.append(self._dim(later))
        if worst is not None:
            lines.append(self._dim(msg("next: docctl outdated {id} --explain", id=worst.id)))
        return lines

    # -- small things --------------------------------------------------------------------------

    def _element(self, element: str) -> str:
        words = element_words(element)
        return visible(words) if isinstance(words, str) else self.setting.say(words)

    def _owner(self, procedure: ProcedureVerdict) -> str:
        role = None if self.organisation is None else self.organisation.role(procedure.owner)
        return visible(procedure.owner if role is None else role.title)

    def _dim(self, message: Message) -> str:
        return self._dim_text(self.setting.say(message))

    def _dim_text(self, text: str) -> str:
        return paint(text, "dim", colour=self.setting.colour)


def style_of(verdict: Verdict, *, overdue: bool) -> str:
    """The colour of a verdict."""
    return "red" if overdue or verdict in _RED else "yellow" if verdict in _YELLOW else "blue"


def counts(currency: Currency) -> Iterator[Message]:
    """How many procedures are overdue, and how many have which verdict: the worst of each, overdue or not."""
    judged = [each for each in currency.procedures if each.judged_at is not None and each.state is State.IN_FORCE]
    yield msg("{count} overdue", count=sum(each.overdue for each in judged))
    for verdict in Verdict:
        found = [each for each in judged if each.verdict is verdict]
        late = sum(each.overdue for each in found)
        params: dict[str, Param] = {"count": len(found), "verdict": _COUNTED[verdict], "late": late}
        if late and late < len(found):
            yield msg("{count} {verdict} ({late} of them overdue)", **params)
        elif found or verdict in (Verdict.OUTDATED, Verdict.CURRENT):
            yield msg("{count} {verdict}", count=len(found), verdict=_COUNTED[verdict])
    for state, words in _STATES.items():
        count = len(currency.in_state(state))
        if count:
            yield msg("{count} {verdict}", count=count, verdict=words)


_COUNTED = {
    Verdict.BASIS_ENDED: msg("without basis in force"),
    Verdict.SUSPENDED: msg("with a suspended basis"),
    Verdict.NOT_IN_FORCE: msg("before their basis is in force"),
    Verdict.WRONG_ADDRESS: msg("with a wrong reference"),
    Verdict.OUTDATED: msg("outdated"),
    Verdict.UNKNOWN: msg("not fully judged"),
    Verdict.CONFLICT: msg("with sources that disagree"),
    Verdict.UNDATED: msg("with a change without a day"),
    Verdict.UPCOMING: msg("with changes ahead"),
    Verdict.POSSIBLE: msg("with changes not confirmed"),
    Verdict.REVIEW: msg("to be reviewed"),
    Verdict.UNCHECKED: msg("current as far as known (sources not checked)"),
    Verdict.TRANSITION: msg("with a basis for older dossiers"),
    Verdict.CHANGED_BETWEEN: msg("with changes that came and went"),
    Verdict.MINOR: msg("with changes of form"),
    Verdict.CURRENT: msg("current"),
}
_STATES = {
    State.SCHEDULED: msg("scheduled"),
    State.DRAFT: msg("drafts, not judged"),
    State.NOT_HELD: msg("changed since in force, not judged"),
    State.WITHDRAWN: msg("withdrawn"),
}


def _needs_work(procedure: ProcedureVerdict) -> bool:
    return procedure.verdict is not None and procedure.verdict.rank < Verdict.UNCHECKED.rank


def together(proofs: Sequence[Proof]) -> Message:
    """What happened, said once for all events that one act brings about in one text on one day."""
    judgement = proofs[0].judgement
    if judgement.cause is None:
        return sentence(proofs[0])
    causes = [proof.judgement.cause for proof in proofs if proof.judgement.cause is not None]
    places = sorted({word for cause in causes for word in cause.targets_words.split("; ")}, key=sort_key)
    more = places[_MOST_PLACES:]
    words = "; ".join([*places[:_MOST_PLACES], "…"] if more else places)
    sources = {cause.provision_words for cause in causes}
    one = causes[0].provision_words if len(sources) == 1 else None
    merged = replace(judgement, cause=replace(causes[0], targets_words=words, provision_words=one))
    return sentence(replace(proofs[0], judgement=merged))


def sentence(proof: Proof) -> Message:
    """What is the matter, in one sentence."""
    judgement = proof.judgement
    if judgement.doubt is not None:
        return doubts(proof)
    if judgement.verdict is Verdict.WRONG_ADDRESS:
        return absent(proof.text, proof.place, judgement.meant)
    if judgement.verdict is Verdict.NOT_IN_FORCE and judgement.cause is not None:
        return msg("{cited} is not in force before {day}", cited=of(proof.place, proof.text), day=str(judgement.since))
    if judgement.cause is None:
        return msg("{text}: the publisher's status says otherwise", text=proof.text)
    if judgement.verdict is Verdict.REVIEW and judgement.cause.kind not in (DETAIL, GENERAL_REPEAL):
        what = happens(judgement.cause)
        if judgement.cause.target == proof.text:
            return msg("{what}; there the terms of this text are defined", what=what)
        return msg("{what}; {text}, which is cited, spells that out", what=what, text=proof.text)
    if stage_unknown(judgement.cause):
        cited = of(proof.place, proof.text)
        return msg(
            "{text} takes effect in stages, and which one {cited} belongs to cannot be told",
            text=proof.text,
            cited=cited,
        )
    return renumbered(judgement.cause, judgement.meant if judgement.verdict is Verdict.MINOR else None)


def element_words(element: str) -> str | Message:
    """An element as people call it: ids as they are, fields by name."""
    channel, _dot, field = element.rpartition(".")
    if field not in _FIELDS:
        return element
    return msg("{field} of {channel}", field=_FIELDS[field], channel=channel) if channel else _FIELDS[field]


_FIELDS: dict[str, Message] = {
    "legal_basis": msg("legal basis"),
    "processing_time": msg("time limit"),
    "references": msg("references"),
    "conditions": msg("conditions"),
    "results": msg("results"),
}


def short(text: str, columns: int) -> str:
    """The text in so many columns, cut where it is longer."""
    return text if width(text) <= columns else text[: columns - 1].rstrip(" ,") + "…"


def fitting(words: list[str], columns: int) -> str:
    """As many of the words as fit, and how many are left."""
    most = min(len(words), columns // len("x, ") + 1)
    for count in range(most, 0, -1):
        text = ", ".join(words[:count]) + (f" +{len(words) - count}" if count < len(words) else "")
        if width(text) <= columns:
            return text
    return short(words[0], columns - 4) + (f" +{len(words) - 1}" if len(words) > 1 else "")


def fill(text: str, columns: int) -> str:
    """The text with blanks up to a column."""
    return text + " " * max(0, columns - width(text))
