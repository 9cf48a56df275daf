"""``docctl impact`` for people: day by day what a text does, to which elements, kept by whom; and who cites it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from docctl.finding import Location, Pointer
from docctl.message import Message, Param, msg
from docctl.message import mark as _
from docctl.model.currency import State
from docctl.model.event import EXPIRE
from docctl.model.impact import (
    Impact,
    Kind,
    Operation,
    Relation,
    Stage,
    Touched,
    by_procedure,
    elements,
    weight,
    worst_of,
)
from docctl.model.organisation import Organisation
from docctl.report.outdated import element_words, short, style_of
from docctl.report.setting import Setting, visible
from docctl.report.style import paint
from docctl.report.to_do import label, lateness
from docctl.report.worklist import due_days
from docctl.text.vietnamese import width
from docctl.verdict import Verdict
from docctl.verdict_words import DECIDED, LABELS, happens, until

_MOST_PROCEDURES = 8
_MOST_ELEMENTS = 4
_IN = "  "


class Reader(Struct, frozen=True):
    """Who reads: the setting, the agency's roles, and the way from a citation to its line."""

    setting: Setting
    organisation: Organisation | None
    locate: Callable[[str, Pointer], Location]

    def say(self, message: Message) -> str:
        return self.setting.say(message)

    def role(self, role_id: str) -> str:
        """The title of a role, else its id."""
        role = None if self.organisation is None else self.organisation.role(role_id)
        return visible(role_id if role is None else role.title)

    def place(self, *touched: Touched) -> str:
        """The file of citations, and their lines."""
        lines = dict.fromkeys(str(self.locate(each.path, each.pointer).line) for each in touched)
        return f"{self.setting.path(touched[0].path)}:{','.join(lines)}"

    def element(self, touched: Touched) -> str:
        """What an element is called: its id or field, and its name."""
        words = element_words(touched.element)
        name = visible(words) if isinstance(words, str) else self.say(words)
        return name if not touched.element_name else f"{name} “{visible(' '.join(touched.element_name.split()))}”"


def render(impact: Impact, reader: Reader, *, everything: bool) -> str:
    """The whole answer; ``everything`` shows what is dealt with, and every procedure and element."""
    screen = _Screen(impact, reader, everything)
    blocks = [screen.head(), *screen.stages(), screen.citing(), screen.foot()]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


class _Screen:
    """The parts of the screen; each gives its lines."""

    def __init__(self, impact: Impact, reader: Reader, everything: bool) -> None:
        self.impact = impact
        self.reader = reader
        self.setting = reader.setting
        self.everything = everything
        self.wide = max(60, self.setting.width)

    def head(self) -> list[str]:
        """What was asked, what it is, and how much was looked at."""
        impact = self.impact
        asked = impact.event or " · ".join(filter(None, ["; ".join(impact.places), impact.number]))
        title = f"{visible(asked)}" + (f"  {visible(impact.title)}" if impact.title else "")
        lines = [*self._wrapped(title, "", "bold")]
        words = [msg("as of {day}", day=impact.as_of.isoformat())]
        if impact.first is not None:
            day = impact.first.isoformat()
            words.append(
                msg("in force from {day}", day=day)
                if impact.first > impact.as_of
                else msg("in force since {day}", day=day)
            )
        words.append(
            msg("1 procedure looked at") if impact.procedures == 1
            else msg("{count} procedures looked at", count=impact.procedures)
        )  # fmt: skip
        if not impact.held:
            words.append(msg("the register does not hold this text, so its events are not known"))
        lines += self._wrapped(" · ".join(map(self.reader.say, words)), "", "dim")
        if impact.not_judged:
            lost = msg(
                "{count} procedures are shown as their files are: what was issued is not held", count=impact.not_judged
            )
            if impact.not_judged == 1:
                lost = msg("1 procedure is shown as its file is: what was issued is not held")
            lines += self._wrapped(self.reader.say(lost), "", "yellow")
        for each in impact.unresolved:
            names: dict[str, Param] = {"text": each.slug, "what": each.what}
            lines += self._wrapped(
                self.reader.say(msg('an event of {text} acts on "{what}", which cannot be told', **names)), "", "yellow"
            )
        return lines

    # -- what it does --------------------------------------------------------------------------------

    def stages(self) -> Iterator[list[str]]:
        """A block for each day with what happens on it; events that touch nothing are only counted."""
        for stage in self.impact.stages:
            shown = [each for each in stage.operations if each.open or (self.everything and each.touched)]
            left = [each for each in stage.operations if each not in shown]
            lines = [self._day(stage)]
            for number, each in enumerate(shown):
                lines += [*([""] if number else []), *self._operation(each)]
            yield [*lines, *self._left(left)]

    def _day(self, stage: Stage) -> str:
        day = stage.day
        if day is None:
            return self._paint(self.reader.say(msg("On a day not known")), "cyan")
        days = (day - self.impact.as_of).days
        when = msg("in {days} days", days=days) if days > 0 else msg("{days} days ago", days=-days)
        if abs(days) == 1:
            when = msg("tomorrow") if days == 1 else msg("yesterday")
        now = msg("today")
        return self._paint(f"{day.isoformat()}  {self.reader.say(now if days == 0 else when)}", "cyan")

    def _operation(self, operation: Operation) -> Iterator[str]:
        cause = operation.cause
        yield from self._wrapped(self.reader.say(happens(cause)), _IN, hang="  ")
        notes = [visible(cause.event)]
        if cause.recorded is not None and cause.confirmed is None:
            notes.append(self.reader.say(msg("not confirmed")))
        yield self._paint(_IN + _IN + " · ".join(notes), "dim")
        if cause.quote is not None:
            quote = self._wrapped(f"“{visible(' '.join(cause.quote.split()))}”", _IN + _IN)
            yield from quote if self.everything or len(quote) <= 2 else [quote[0], short(quote[1] + " …", self.wide)]
        yield from self._procedures(operation.touched if self.everything else operation.open, cause.target)
        dealt = len({each.procedure for each in operation.touched if each.dealt_with})
        if dealt and not self.everything:
            words = (
                msg("dealt with in 1 procedure (--all)")
                if dealt == 1
                else msg("dealt with in {count} procedures (--all)", count=dealt)
            )
            yield from self._wrapped(self.reader.say(words), _IN + _IN, "green")

    def _left(self, operations: Sequence[Operation]) -> Iterator[str]:
        """Events that touch nothing, and those that are dealt with everywhere."""
        dealt = dict.fromkeys(self._event(each) for each in operations if each.touched)
        none = dict.fromkeys(self._event(each) for each in operations if not each.touched)
        if dealt:
            yield from self._wrapped(
                self.reader.say(msg("dealt with everywhere (--all): {events}", events=", ".join(dealt))), _IN, "green"
            )
        if none:
            yield from self._wrapped(
                self.reader.say(msg("touching nothing here: {events}", events=", ".join(none))), _IN, "dim"
            )

    def _event(self, operation: Operation) -> str:
        """The event's own id; what ``in_force`` states has none that anybody would know."""
        cause = operation.cause
        if cause.recorded is None and cause.kind == EXPIRE:
            return self.reader.say(msg("its own end"))
        return visible(cause.event.rpartition("#")[2])

    def _procedures(self, touched: Sequence[Touched], text: str) -> Iterator[str]:
        groups = sorted(by_procedure(touched), key=lambda group: weight(worst_of(group)))
        shown = groups if self.everything else groups[:_MOST_PROCEDURES]
        for group in shown:
            yield from self._procedure(group, text)
        if len(groups) > len(shown):
            more = len(groups) - len(shown)
            words = msg("… 1 more (--all)") if more == 1 else msg("… {count} more (--all)", count=more)
            yield from self._wrapped(self.reader.say(words), _IN + _IN, "dim")

    def _procedure(self, group: Sequence[Touched], text: str) -> Iterator[str]:
        """A procedure with its owner and worst verdict, then its elements with file and line; ``text`` is known."""
        worst = worst_of(group)
        owner = self.reader.role(worst.owner)
        state = "" if worst.state is State.IN_FORCE else f" ({self.reader.say(STATES[worst.state])} {worst.revision})"
        head = f"{worst.procedure}{state}  {visible(worst.title)}"
        room = self.wide - len(_IN) * 2 - 2
        owner = short(owner, room // 2)
        yield self._paint(f"{_IN}{_IN}{short(head, room - width(owner))}", "bold") + f"  {self._paint(owner, 'dim')}"
        said, style = self._said(worst)
        if worst.judgement is not None or worst.dealt_with:
            yield from self._wrapped(said, _IN * 3, style, hang="  ")
        lines = [*self._elements(group, said, text)]
        shown = lines if self.everything or len(lines) <= _MOST_ELEMENTS + 1 else lines[:_MOST_ELEMENTS]
        for _name, line in shown:
            yield from self._wrapped(line, _IN * 3, hang="  ")
        if len(shown) < len(lines):
            rest = ", ".join(dict.fromkeys(name for name, _line in lines[_MOST_ELEMENTS:]))
            yield from self._wrapped(self.reader.say(msg("… and {names}", names=rest)), _IN * 3 + "  ", most=2)

    def _elements(self, group: Sequence[Touched], usual: str, text: str) -> Iterator[tuple[str, str]]:
        """The short name and the line of each element, with what it cites; what is not ``usual`` is said as well."""
        joined: dict[tuple[str, str, str, str, Relation | None], list[Touched]] = {}
        for each in group:
            key = each.element, each.path, each.text, self._said(each)[0], each.relation
            joined.setdefault(key, []).append(each)
        for (*_where, number, said, relation), found in joined.items():
            name = self.reader.element(found[0])
            cited = dict.fromkeys(visible(each.place) or self.reader.say(msg("the whole text")) for each in found)
            words = f"- {name}: {'; '.join(cited)}" + ("" if number == text else f", {visible(number)}")
            if relation is not None:
                words += f" ({self.reader.say(RELATIONS[relation])})"
            yield (
                name.partition(" “")[0],
                f"{words}{'' if said == usual else f' · {said}'}  {self.reader.place(*found)}",
            )

    def _said(self, touched: Touched) -> tuple[str, str]:
        """What is said of a citation, with its due day; and the colour."""
        if touched.dealt_with:
            return self.reader.say(dealt_words(touched)), "green"
        if touched.judgement is None:
            return self.reader.say(LABELS[Verdict.CURRENT]), "green"
        return verdict_words(touched, self.impact, self.reader), style_of(
            touched.judgement.coming or touched.judgement.verdict, overdue=touched.overdue
        )

    # -- who cites it ----------------------------------------------------------------------------------

    def citing(self) -> list[str]:
        """Who cites the text, or the provision, and how it stands."""
        impact = self.impact
        if impact.event is not None:
            return []
        if not impact.citing:
            none = msg("No procedure cites {text}.", text=impact.number)
            return [self.reader.say(none)]
        title = msg("Cited by")
        if impact.places:
            title = msg("Who cites it, something inside it, or what contains it")
        return [self._paint(self.reader.say(title), "cyan"), *self._procedures(impact.citing, impact.number)]

    def foot(self) -> list[str]:
        """How much is touched, and how much of it is dealt with."""
        impact = self.impact
        lines = [line for words in totals(impact, self.reader) for line in self._wrapped(words, "", "bold", hang="  ")]
        if any(each.due is not None for each in (*impact.open, *impact.citing)):
            lines += self._wrapped(self.reader.say(due_days(impact.months)), "", "dim")
        return lines

    # -- small things ------------------------------------------------------------------------------------

    def _wrapped(
        self, words: str, indent: str, style: str | None = None, *, hang: str = "", most: int | None = None
    ) -> list[str]:
        lines = textwrap.wrap(
            words, self.wide, initial_indent=indent, subsequent_indent=indent + hang, break_on_hyphens=False
        ) or [""]
        if most is not None and len(lines) > most:
            lines = [*lines[: most - 1], short(lines[most - 1] + " …", self.wide)]
        return [self._paint(line, style) for line in lines]

    def _paint(self, line: str, style: str | None) -> str:
        return line if style is None else paint(line, style, colour=self.setting.colour)


STATES = {
    State.IN_FORCE: msg("in force"),
    State.SCHEDULED: msg("scheduled"),
    State.DRAFT: msg("draft"),
    State.NOT_HELD: msg("not held as issued"),
    State.WITHDRAWN: msg("withdrawn"),
}
RELATIONS = {
    Relation.SAME: msg("the same"),
    Relation.INSIDE: msg("inside it"),
    Relation.ABOVE: msg("around it"),
    Relation.MAYBE: msg("perhaps part of it: the provisions are not listed"),
}
_KINDS = {
    Kind.STEP: (_("1 step"), _("{count} steps")),
    Kind.FORM: (_("1 form"), _("{count} forms")),
    Kind.FEE: (_("1 fee"), _("{count} fees")),
    Kind.TIME_LIMIT: (_("1 time limit"), _("{count} time limits")),
    Kind.DOSSIER_ITEM: (_("1 dossier item"), _("{count} dossier items")),
    Kind.LEGAL_BASIS: (_("1 legal basis"), _("{count} legal bases")),
    Kind.OTHER: (_("1 other element"), _("{count} other elements")),
}


def counted(touched: Iterable[Touched]) -> Iterator[Message]:
    """Procedures, then elements kind by kind."""
    found = [*touched]
    procedures = len({each.procedure for each in found})
    yield msg("1 procedure") if procedures == 1 else msg("{count} procedures", count=procedures)
    for kind, count in elements(found).items():
        one, many = _KINDS[kind]
        yield msg(one) if count == 1 else msg(many, count=count)


def totals(impact: Impact, reader: Reader) -> Iterator[str]:
    """What the events leave to be done, what is dealt with, and how often the text is cited."""
    if impact.stages:
        what = ", ".join(map(reader.say, counted(impact.open))) if impact.open else reader.say(msg("nothing"))
        yield reader.say(msg("Open: {what}", what=what))
        dealt = [each for operation in impact.operations for each in operation.touched if each.dealt_with]
        if dealt:
            yield reader.say(msg("Dealt with: {what}", what=", ".join(map(reader.say, counted(dealt)))))
    if impact.citing:
        yield reader.say(msg("Cited by: {what}", what=", ".join(map(reader.say, counted(impact.citing)))))


def dealt_words(touched: Touched) -> Message:
    """How a citation was dealt with: by a decision of a record, or by the revision itself."""
    settled = touched.settled
    if settled is None:
        return msg("dealt with by revision {number}", number=touched.revision)
    names: dict[str, Param] = {"decision": DECIDED[settled.decision], "by": settled.by, "day": settled.on.isoformat()}
    return msg("dealt with: {decision} ({by}, {day})", **names)


def verdict_words(touched: Touched, impact: Impact, reader: Reader) -> str:
    """The verdict, or the one to come, with since or from when and the due day."""
    judgement = touched.judgement
    assert judgement is not None
    words = [*label(judgement)]
    if judgement.coming is not None:
        words = [LABELS.get(judgement.coming, Message(judgement.coming.value))]
        if judgement.verdict is Verdict.POSSIBLE:
            words.insert(0, LABELS[Verdict.POSSIBLE])
    said = " · ".join(map(reader.say, words))
    if judgement.since is not None:
        day = judgement.since.isoformat()
        said += " " + reader.say(
            msg("from {day}", day=day) if judgement.since > impact.as_of else msg("since {day}", day=day)
        )
    if judgement.due is not None:
        said += " · " + reader.say(msg("due {day}", day=until(judgement.due)))
        late = lateness(judgement, impact.as_of)
        said += "" if late is None else f" ({reader.say(late)})"
    return said
