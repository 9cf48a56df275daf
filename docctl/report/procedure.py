"""A procedure for people at a terminal: what is promised, who does what in which time, on which basis."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from docctl.message import Message, msg
from docctl.model.organisation import Organisation
from docctl.model.procedure import Fee, Procedure, ProcessingTime, Step
from docctl.model.standing import Revision
from docctl.model.view import Document
from docctl.report.content_words import CASES, CHANNELS, duration, money
from docctl.report.setting import Setting, visible
from docctl.report.status import standing_of
from docctl.report.style import heading, paint
from docctl.text.vietnamese import width

_INDENT = "  "
_TITLE = 48


def render(
    document: Document[Procedure], organisation: Organisation | None, setting: Setting, revision: Revision | None = None
) -> str:
    """The whole procedure, in the order of the printed one (101/QĐ-BKHCN); where ``revision`` stands, and the proof."""
    page = _Page(document.body, organisation, setting)
    lines = [*page.head(), *page.promise(), *page.dossier(), *page.steps(), *page.basis()]
    if revision is not None:
        lines += ["", paint(setting.say(msg("Standing")), "cyan", colour=setting.colour)]
        lines += [line for words in standing_of(revision, setting) for line in _wrapped_at(words, setting)]
    lines += ["", paint(f"{document.path} · {document.digest()[:12]}", "dim", colour=setting.colour)]
    return "\n".join(lines) + "\n"


def _wrapped_at(words: str, setting: Setting) -> list[str]:
    return textwrap.wrap(
        words, max(40, setting.width), initial_indent=_INDENT, subsequent_indent=_INDENT + "  ", break_on_hyphens=False
    )


class _Page:
    """The parts of the page; each yields its lines."""

    def __init__(self, procedure: Procedure, organisation: Organisation | None, setting: Setting) -> None:
        self.procedure = procedure
        self.organisation = organisation
        self.setting = setting

    def head(self) -> Iterator[str]:
        procedure = self.procedure
        yield from heading(f"{procedure.id} {visible(procedure.title)}", self.setting.width, colour=self.setting.colour)
        parts = [
            self._say(msg("issue {issue}, revision {revision}", issue=procedure.issue, revision=procedure.revision))
        ]
        parts += [visible(each) for each in (procedure.code_printed, procedure.field) if each is not None]
        yield " · ".join(parts)
        if procedure.covers:
            yield self._say(msg("administrative procedures: {codes}", codes=", ".join(procedure.covers)))
        if procedure.change is not None:
            yield from self._wrapped(self._say(msg("change: {summary}", summary=procedure.change.summary)), "")

    def promise(self) -> Iterator[str]:
        procedure = self.procedure
        rows: list[tuple[Message, str]] = [(msg("kept up to date by"), self._role(procedure.owner))]
        if procedure.processing_time is not None:
            rows.append((msg("processing time"), self._time(procedure.processing_time)))
        for channel in procedure.channels:
            words = [self._say(CHANNELS[channel.kind])]
            if channel.processing_time is not None:
                words.append(self._time(channel.processing_time))
            words += [self._fee(fee) for fee in channel.fees]
            rows.append((msg("channel"), ": ".join((words[0], ", ".join(words[1:]))) if words[1:] else words[0]))
        rows += [(msg("fee"), self._fee(fee)) for fee in procedure.fees]
        for label, unit in ((msg("decided by"), procedure.authority), (msg("received at"), procedure.received_at)):
            if unit is not None:
                rows.append((label, self._unit(unit)))
        rows += [(msg("result"), visible(result.text)) for result in procedure.results]
        if procedure.applicants:
            rows.append((msg("applicants"), visible(", ".join(procedure.applicants))))
        for label, text in ((msg("purpose"), procedure.purpose), (msg("scope"), procedure.scope)):
            if text is not None:
                rows.append((label, visible(" ".join(text.split()))))
        yield ""
        yield from self._table(rows)

    def dossier(self) -> Iterator[str]:
        if not self.procedure.items:
            return
        yield from self._title(msg("Dossier (sets: {sets})", sets=self.procedure.sets or 1))
        for number, item in enumerate(self.procedure.items, 1):
            form = f" [{item.form}]" if item.form else ""
            condition = f" ({item.condition})" if item.condition else ""
            pieces = [
                self._say(msg("originals: {count}", count=item.originals)) if item.originals else "",
                self._say(msg("copies: {count}", count=item.copies)) if item.copies else "",
            ]
            copies = "; ".join(filter(None, pieces))
            words = f"{number}. {item.name}{form}{condition}" + (f" · {copies}" if copies else "")
            yield from self._wrapped(visible(words), _INDENT)
        if self.procedure.conditions:
            yield from self._title(msg("Conditions"))
            for condition_item in self.procedure.conditions:
                yield from self._wrapped(visible(condition_item.text), _INDENT)

    def steps(self) -> Iterator[str]:
        yield from self._title(msg("Steps"))
        rows = [self._step(step) for step in self.procedure.steps]
        wide = [max(width(words) for words in column) for column in zip(*(row[:3] for row in rows), strict=True)]
        wide[1] = min(wide[1], _TITLE)
        for number, title, time, role, after in rows:
            first, *more = textwrap.wrap(title, wide[1], break_on_hyphens=False) or [""]
            yield f"{_INDENT}{_fill(number, wide[0])}  {_fill(first, wide[1])}  {_fill(time, wide[2])}  {role}"
            yield from (f"{_INDENT}{'':{wide[0]}}  {line}" for line in more)
            for words in after:
                yield f"{_INDENT}{'':{wide[0]}}  {paint(words, 'dim', colour=self.setting.colour)}"

    def basis(self) -> Iterator[str]:
        """Each text once, with the places of it that are cited and the elements that cite them."""
        texts: dict[str, dict[str, list[str]]] = {}
        for _, element, citation in self.procedure.cited():
            places = texts.setdefault(citation.text, {})
            places.setdefault(citation.printed or ", ".join(citation.provisions), []).append(element)
        if not texts:
            return
        yield from self._title(msg("Legal basis"))
        for text, places in texts.items():
            parts = []
            for words, elements in places.items():
                where = ", ".join(each for each in dict.fromkeys(elements) if each != "legal_basis")
                parts.append(f"{words} <- {where}" if where and words else words or (where and f"<- {where}"))
            yield from self._wrapped(visible(f"{text}  {'; '.join(filter(None, parts))}".rstrip()), _INDENT)

    # -- small things --------------------------------------------------------------------------

    def _say(self, message: Message) -> str:
        return self.setting.say(message)

    def _title(self, message: Message) -> Iterator[str]:
        yield ""
        yield paint(self._say(message), "cyan", colour=self.setting.colour)

    def _table(self, rows: Iterable[tuple[Message, str]]) -> Iterator[str]:
        said = [(self._say(label), words) for label, words in rows]
        wide = max(width(label) for label, _ in said)
        for label, words in said:
            first, *more = textwrap.wrap(words, max(40, self.setting.width - wide - 4), break_on_hyphens=False) or [""]
            yield f"{_INDENT}{paint(_fill(label, wide), 'dim', colour=self.setting.colour)}  {first}"
            yield from (f"{_INDENT}{'':{wide}}  {line}" for line in more)

    def _wrapped(self, words: str, indent: str) -> Iterator[str]:
        yield from textwrap.wrap(
            words,
            max(40, self.setting.width),
            initial_indent=indent,
            subsequent_indent=indent + "   ",
            break_on_hyphens=False,
        )

    def _role(self, role_id: str) -> str:
        role = None if self.organisation is None else self.organisation.role(role_id)
        return visible(role_id if role is None else role.title)

    def _unit(self, unit_id: str) -> str:
        unit = None if self.organisation is None else self.organisation.unit(unit_id)
        return visible(unit_id if unit is None else unit.name)

    def _time(self, time: ProcessingTime) -> str:
        words = self._say(duration(time.promised))
        if time.legal_limit is not None and time.legal_limit != time.promised:
            words += " " + self._say(msg("(the law allows {limit})", limit=duration(time.legal_limit)))
        return words + (f". {visible(time.note)}" if time.note else "")

    def _fee(self, fee: Fee) -> str:
        amount = fee.formula if fee.amount is None else money(fee.amount, fee.currency)
        per = f" / {fee.per}" if fee.per else ""
        exemptions = f" ({fee.exemptions})" if fee.exemptions else ""
        return visible(f"{fee.name}: {amount}{per}{exemptions}")

    def _step(self, step: Step) -> tuple[str, str, str, str, list[str]]:
        after = [
            self._say(msg("{case} -> {step}", case=CASES[choice.case], step=choice.to))
            + (f": {visible(choice.when)}" if choice.when else "")
            for choice in step.choices
        ]
        if step.forms:
            after.insert(0, self._say(msg("forms: {forms}", forms=", ".join(step.forms))))
        if len(step.next) > 1:
            after.insert(0, self._say(msg("then in parallel: {steps}", steps=", ".join(step.next))))
        return step.id, visible(step.title), self._say(duration(step.time)), self._role(step.role), after


def _fill(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))
