"""``docctl coverage`` for people: what has no document, what has ended, what differs, what lies ahead, what is fine."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from docctl.finding import Finding, Severity
from docctl.message import Message, msg
from docctl.model.coverage import Coverage, EntryCoverage, Origin, Status, TextCoverage
from docctl.model.report import CoverageReport
from docctl.report.setting import Setting, visible
from docctl.report.style import SEVERITY_STYLE, paint
from docctl.report.words import CATALOGUE_FIELDS, SEVERITY_WORDS
from docctl.text.vietnamese import width

_MOST_ROWS = 20
_NAME = 56
_AHEAD, _ENDED, _UNLISTED = ("DC719",), ("DC703",), ("DC704",)
_DIFFERS = tuple(f"DC{number}" for number in range(705, 719))
_GROUPED = frozenset({"DC701", "DC702", *_ENDED, *_UNLISTED, *_DIFFERS, *_AHEAD})


def render(report: CoverageReport, setting: Setting, *, everything: bool) -> str:
    """The whole answer; ``everything`` shows every entry and every note."""
    screen = _Screen(report, setting, everything)
    blocks = [screen.head(), *screen.groups(), screen.other(), screen.foot()]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


class _Screen:
    """The parts of the screen; each gives its lines."""

    def __init__(self, report: CoverageReport, setting: Setting, everything: bool) -> None:
        self.report = report
        self.coverage: Coverage = report.coverage
        self.setting = setting
        self.everything = everything
        self.room = max(60, setting.width)

    def head(self) -> list[str]:
        """What was asked, and how much was looked at, so that silence cannot pass for success."""
        found, decisions = self.coverage, self.coverage.decisions
        words = [
            msg("As of {day}", day=found.as_of.isoformat()),
            msg("1 decision") if decisions == 1 else msg("{count} decisions", count=decisions),
            covered_words(found),
        ]
        line = " · ".join(map(self.setting.say, words))
        return [paint(part, "bold", colour=self.setting.colour) for part in textwrap.wrap(line, self.room)]

    def groups(self) -> Iterator[list[str]]:
        """A block for each thing to do, the gravest first."""
        yield self._entries(msg("NO DOCUMENT"), Status.MISSING, "DC701", "red")
        yield self._documents(msg("ENDED, STILL SERVED"), _ENDED, "red")
        yield self._documents(msg("NOT IN THE LIST"), _UNLISTED, "yellow")
        yield self._documents(msg("DIFFERENT"), _DIFFERS, "yellow")
        yield self._entries(msg("ONLY A DRAFT"), Status.DRAFT, "DC702", "yellow")
        yield self._ahead()
        if self.everything:
            yield self._table(msg("FINE"), self.coverage.in_status(Status.FINE), "green")
            yield self._table(msg("OF OTHER LEVELS"), self.coverage.in_status(Status.ELSEWHERE), "dim")

    def _entries(self, title: Message, status: Status, code: str, style: str) -> list[str]:
        """Entries of a status as a table, unless docctl.toml has switched their code off."""
        said = any(finding.code.id == code for finding in self.report.findings)
        return self._table(title, self.coverage.in_status(status) if said else (), style)

    def _table(self, title: Message, entries: Sequence[EntryCoverage], style: str) -> list[str]:
        if not entries:
            return []
        shown = entries if self.everything else entries[:_MOST_ROWS]
        wide = max(width(each.code) for each in shown)
        lines = [self._title(title, len(entries), style)]
        for each in shown:
            documents = ", ".join(each.serving)
            origin = "" if each.origin is None else self._origin(each.origin)
            name = _short(visible(each.name or ""), _NAME)
            after = "  ".join(filter(None, (visible(documents), origin)))
            lines.append(f"  {_fill(each.code, wide)}  {_fill(name, _NAME)}  {self._dim(after)}".rstrip())
        return [*lines, *self._more(len(entries) - len(shown))]

    def _documents(self, title: Message, codes: Sequence[str], style: str) -> list[str]:
        """Findings document by document; notes only where everything is asked for."""
        by_path: dict[str, list[Finding]] = {}
        for finding in self.report.findings:
            if finding.code.id in codes and (self.everything or finding.severity > Severity.NOTE):
                by_path.setdefault(finding.location.path, []).append(finding)
        if not by_path:
            return []
        texts = {text.text.document.path: text for text in self.coverage.texts}
        lines = [self._title(title, len(by_path), style)]
        shown = [*by_path] if self.everything else [*by_path][:_MOST_ROWS]
        for path in shown:
            lines += self._document(texts[path], by_path[path]) if path in texts else ()
        return [*lines, *self._more(len(by_path) - len(shown))]

    def _document(self, text: TextCoverage, findings: Sequence[Finding]) -> Iterator[str]:
        procedure = text.text.document.body
        codes = self._dim(", ".join(procedure.covers))
        yield f"  {procedure.id} {_short(visible(procedure.title), _NAME)}  {codes}"
        for finding in findings:
            yield from self._line(finding, "    ")

    def _ahead(self) -> list[str]:
        found = [finding for finding in self.report.findings if finding.code.id in _AHEAD]
        shown = found if self.everything else found[:_MOST_ROWS]
        lines = [self._title(msg("AHEAD"), len(found), "blue")] if found else []
        lines += [line for finding in shown for line in self._line(finding, "  ")]
        return [*lines, *self._more(len(found) - len(shown))]

    def other(self) -> list[str]:
        """What is said about the decisions and the question itself; notes of a kind are counted, not listed."""
        lines: list[str] = []
        hidden: dict[str, list[Finding]] = {}
        for finding in self.report.findings:
            note = finding.severity is Severity.NOTE and finding.code.id not in _AHEAD and not self.everything
            if note:
                hidden.setdefault(finding.code.id, []).append(finding)
            elif finding.code.id not in _GROUPED:
                lines += self._line(finding, "")
        for code, findings in hidden.items():
            title = msg(findings[0].code.title)
            lines.append(
                self._say_dim(msg("{code} {title}: {count} (--all)", code=code, title=title, count=len(findings)))
            )
        return lines

    def foot(self) -> list[str]:
        """How many entries stand how, and what could not be compared because the catalogue does not give it."""
        parts = ", ".join(map(self.setting.say, counts(self.coverage)))
        lines = [paint(line, "bold", colour=self.setting.colour) for line in textwrap.wrap(parts, self.room)]
        unstated: dict[str, int] = {}
        for entry in self.coverage.entries:
            if entry.status in (Status.FINE, Status.DIFFERS, Status.DRAFT):
                for field in entry.unstated:
                    unstated[field] = unstated.get(field, 0) + 1
        if unstated:
            fields = ", ".join(
                f"{self.setting.say(CATALOGUE_FIELDS[each])} {count}" for each, count in unstated.items()
            )
            lines.append(self._say_dim(msg("not given in the catalogue, so not compared: {fields}", fields=fields)))
        return lines

    # -- small things --------------------------------------------------------------------------

    def _title(self, title: Message, count: int, style: str) -> str:
        return paint(f"{self.setting.say(title)}  {count}", style, colour=self.setting.colour)

    def _more(self, count: int) -> list[str]:
        if count <= 0:
            return []
        return [
            "  "
            + self._say_dim(
                msg("… 1 more entry (--all)") if count == 1 else msg("… {count} more entries (--all)", count=count)
            )
        ]

    def _line(self, finding: Finding, indent: str) -> Iterator[str]:
        """One finding: its place, its code, its sentence, and the way out where there is one of its own."""
        place, severity = finding.location, self.setting.say(SEVERITY_WORDS[finding.severity])
        where, what = f"{self.setting.path(place.path)}:{place.line}:", f"{severity} {finding.code.id}:"
        words = f"{where} {what} {self.setting.say(finding.message)}"
        room = self.room - len(indent)
        first, *more = textwrap.wrap(
            words, room, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False
        )
        painted = paint(what, SEVERITY_STYLE[finding.severity], colour=self.setting.colour)
        yield indent + first.replace(what, painted, 1)
        yield from (indent + line for line in more)
        if finding.fix is not None:
            yield f"{indent}  {self.setting.say(finding.fix)}"

    def _origin(self, origin: Origin) -> str:
        since = msg("since {day}", day=origin.since.isoformat())
        return f"{self.setting.say(since)}  {visible(origin.decision.number)}"

    def _say_dim(self, message: Message) -> str:
        return self._dim(self.setting.say(message))

    def _dim(self, text: str) -> str:
        return paint(text, "dim", colour=self.setting.colour)


def covered_words(coverage: Coverage) -> Message:
    """``covered 9 of 12 entries, 8 documents``: of the list of the day, by documents in force."""
    serving = sum(text.text.serves for text in coverage.texts)
    names = {"covered": len(coverage.covered), "all": len(coverage.listed), "count": serving}
    if serving == 1:
        return msg("covered {covered} of {all} entries, 1 document", **names)
    return msg("covered {covered} of {all} entries, {count} documents", **names)


def counts(coverage: Coverage) -> Iterator[Message]:
    """How many codes stand how."""
    for status, words in STATUS_WORDS.items():
        found = len(coverage.in_status(status))
        if found or status in (Status.MISSING, Status.FINE):
            yield msg("{count} {verdict}", count=found, verdict=words)


STATUS_WORDS = {
    Status.MISSING: msg("without document"),
    Status.ENDED: msg("ended but still served"),
    Status.UNLISTED: msg("not in the list"),
    Status.DIFFERS: msg("different"),
    Status.DRAFT: msg("drafted only"),
    Status.AHEAD: msg("to come"),
    Status.FINE: msg("fine"),
    Status.ELSEWHERE: msg("of other levels"),
}


def _short(text: str, columns: int) -> str:
    return text if width(text) <= columns else text[: columns - 1].rstrip(" ,") + "…"


def _fill(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))
