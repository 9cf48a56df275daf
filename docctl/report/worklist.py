"""``docctl worklist`` for people: role by role, what is to be done, why, by when, and with which command."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from docctl.message import Message, Param, msg
from docctl.model.work import Share, Task, Worklist
from docctl.report.outdated import fill, fitting, short, style_of, together
from docctl.report.setting import Setting, visible
from docctl.report.style import SEVERITY_STYLE, paint
from docctl.report.to_do import (
    by_procedure,
    by_when,
    commands,
    elements,
    label,
    lateness,
    quotes,
    settled,
    source,
    what_to_do,
)
from docctl.report.words import SEVERITY_WORDS
from docctl.text.vietnamese import sort_key, width
from docctl.verdict import Proof

_MOST_ROWS = 8
_MOST_TEXTS = 12
_MOST_QUOTE = 2
"""Lines of a quoted sentence."""
_IN = "    "
_ELEMENTS = 48


def render(worklist: Worklist, setting: Setting, *, everything: bool) -> str:
    """The whole list; ``everything`` shows every procedure of a task, whole quotes and every text."""
    screen = _Screen(worklist, setting, everything)
    blocks = [screen.head(), screen.overview(), *screen.shares(), screen.register(), screen.foot()]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


class _Screen:
    """The parts of the screen; each gives its lines."""

    def __init__(self, worklist: Worklist, setting: Setting, everything: bool) -> None:
        self.worklist = worklist
        self.setting = setting
        self.everything = everything
        self.wide = max(60, setting.width)
        self.number = 0

    def head(self) -> list[str]:
        """Whose list it is, for which day, and how much was looked at."""
        listed = self.worklist
        title = msg("Worklist of {agency}, as of {day}", agency=listed.agency_name, day=listed.as_of.isoformat())
        lines = [self._paint(line, "bold") for line in textwrap.wrap(self.setting.say(title), self.wide)]
        words = [
            msg("looks ahead to {day}", day=listed.horizon_end.isoformat()),
            msg("1 revision judged") if listed.judged == 1 else msg("{count} revisions judged", count=listed.judged),
        ]
        if listed.not_judged:
            words.append(msg("{count} NOT JUDGED, for the text in force is not held", count=listed.not_judged))
        lines += self._wrapped(" · ".join(map(self.setting.say, words)), "", "dim")
        return lines

    def overview(self) -> list[str]:
        """Role by role how much there is, and the first day; where there are several."""
        shares = self.worklist.shares
        if len(shares) < 2:
            return []
        sums = [" · ".join(map(self.setting.say, _sums(share))) for share in shares]
        firsts = [self._by(share.tasks[0]) for share in shares]
        rooms = max(map(width, firsts)), max(map(width, sums))
        room = self.wide - sum(rooms) - 6
        return [
            f"  {fill(first, rooms[0])}  {fill(short(self._who(share), room), room)}  {summed}".rstrip()
            for share, summed, first in zip(shares, sums, firsts, strict=True)
        ]

    # -- the tasks of a role -----------------------------------------------------------------------

    def shares(self) -> Iterator[list[str]]:
        """A block for each task; before the first one of a role stands who it is."""
        for share in self.worklist.shares:
            lines = [*self._role(share)]
            for task in share.tasks:
                yield [*lines, *self._task(task)]
                lines = []

    def _role(self, share: Share) -> Iterator[str]:
        unit = f", {visible(share.unit)}" if share.unit else ""
        sums = " · ".join(map(self.setting.say, _sums(share)))
        line = f"{self._who(share)}{unit} ({share.role}): {sums}"
        for part in textwrap.wrap(line, self.wide, subsequent_indent="  ", break_on_hyphens=False):
            yield self._paint(part, "cyan")
        if share.title is None:
            yield self._paint("  " + self.setting.say(msg("organisation.yaml does not know this role")), "yellow")
        if share.ended is not None:
            names: dict[str, Param] = {"day": share.ended.isoformat(), "role": share.successor or "–"}
            ended = msg("this role ended on {day}; its successor: {role}", **names)
            yield self._paint("  " + self.setting.say(ended), "yellow")
        yield self._paint("─" * self.wide, "dim")

    def _task(self, task: Task) -> Iterator[str]:
        self.number += 1
        judgement = task.judgement
        words = " · ".join(map(self.setting.say, label(judgement)))
        late = lateness(judgement, self.worklist.as_of)
        yield " ".join(
            [
                self._paint(f"{self.number:>2}. {self._by(task)}", "bold"),
                self._paint(f" {words}", style_of(judgement.verdict, overdue=judgement.overdue)),
                *([] if late is None else [f" {self.setting.say(late)}"]),
            ]
        )
        yield from self._wrapped(self.setting.say(together(task.proofs)), _IN)
        cause = judgement.cause
        if cause is not None and cause.acting != cause.target:
            yield from self._wrapped(visible(f"{cause.acting}: {cause.title}"), _IN, "dim", most=1)
        yield from self._quotes(task)
        yield from self._rows(task)
        yield from self._labelled("→", self.setting.say(what_to_do(task.judgement)))
        for command in commands(task.items, recorded=self.worklist.recorded):
            yield from self._command(command)

    def _quotes(self, task: Task) -> Iterator[str]:
        found = quotes(task)
        for quote in found if self.everything else found[:1]:
            more = "" if self.everything or len(found) == 1 else f" (+{len(found) - 1})"
            most = None if self.everything else _MOST_QUOTE
            yield from self._wrapped(f"“{visible(quote)}”{more}", _IN, most=most)

    def _rows(self, task: Task) -> Iterator[str]:
        """A row for each procedure, with its elements joined."""
        groups = by_procedure(task.items)
        shown = groups if self.everything else groups[:_MOST_ROWS]
        wide = max(width(items[0].procedure) for items in shown)
        room = self.wide - len(_IN) - wide - 4
        element_room = min(_ELEMENTS, room // 2)
        for items in shown:
            title = fill(short(visible(items[0].title), room - element_room), room - element_room)
            named, *others = self._elements([proof for item in items for proof in item.proofs], element_room)
            yield f"{_IN}{fill(items[0].procedure, wide)}  {title}  {named}".rstrip()
            yield from (" " * (self.wide - element_room) + line for line in others)
            next_one = settled(items)
            if next_one is not None:
                yield from self._wrapped(self.setting.say(next_one), _IN + " " * (wide + 2), "green")
        if len(groups) > len(shown):
            more = len(groups) - len(shown)
            words = msg("… 1 more (--all)") if more == 1 else msg("… {count} more (--all)", count=more)
            yield from self._wrapped(self.setting.say(words), _IN, "dim")

    def _elements(self, proofs: Sequence[Proof], room: int) -> Sequence[str]:
        """The elements in one line, with ``everything`` in as many as they take."""
        named = elements(proofs, self.setting)
        if not self.everything:
            return [fitting(named, room)]
        return textwrap.wrap(", ".join(named), room, break_on_hyphens=False)

    # -- the register ------------------------------------------------------------------------------

    def register(self) -> list[str]:
        """What is to be done about the register and what keeps docctl from judging; said once for each text."""
        listed = self.worklist
        if not listed.texts and not listed.remarks:
            return []
        title = self.setting.say(msg("Register of legal texts"))
        if listed.secretary is not None:
            title += f" · {visible(listed.secretary_title or '')} ({listed.secretary})"
        lines = [*self._wrapped(title, "", "cyan"), self._paint("─" * self.wide, "dim")]
        for finding in listed.remarks:
            place = f"{self.setting.path(finding.location.path)}:{finding.location.line}"
            severity = self.setting.say(SEVERITY_WORDS[finding.severity])
            words = f"{severity} {finding.code.id}: {self.setting.say(finding.message)}"
            first, *more = textwrap.wrap(words, self.wide - 4, break_on_hyphens=False)
            lines.append("  " + self._paint(first, SEVERITY_STYLE[finding.severity]))
            lines += [*(f"  {line}" for line in more), *self._wrapped(place, _IN, "dim")]
            if finding.fix is not None:
                lines += self._wrapped(self.setting.say(finding.fix), _IN)
        lines += self._texts()
        return lines

    def _texts(self) -> Iterator[str]:
        texts = sorted(self.worklist.texts, key=lambda each: sort_key(each.number))
        if not texts:
            return
        count = len(texts)
        shown = [] if self.everything else [visible(each.number) for each in texts[:_MOST_TEXTS]]
        if shown and len(shown) < count:
            shown.append(self.setting.say(msg("… {count} more texts (--all)", count=count - len(shown))))
        one, many = msg("1 text to be looked at again"), msg("{count} texts to be looked at again", count=count)
        said = self.setting.say(one if count == 1 else many)
        yield from self._wrapped(f"{said}: {', '.join(shown)}" if shown else said, "  ")
        for each in texts if self.everything else []:
            yield from self._labelled("-", source(each, self.setting))
        yield from self._labelled(
            "→", self.setting.say(msg("look at the page of each, enter what has changed, write the day (checked)"))
        )
        yield from self._command("docctl law show NUMBER")

    # -- the end -------------------------------------------------------------------------------------

    def foot(self) -> list[str]:
        """Totals, and where the days come from."""
        lines = self._wrapped(" · ".join(map(self.setting.say, totals(self.worklist))), "", "bold")
        if any(item.due is not None for item in self.worklist.items):
            lines += self._wrapped(self.setting.say(due_days(self.worklist.months)), "", "dim")
        return [*lines]

    # -- small things --------------------------------------------------------------------------------

    def _who(self, share: Share) -> str:
        return visible(share.title or share.role)

    def _by(self, task: Task) -> str:
        day = by_when(task.by(self.worklist.as_of), task.judgement, self.worklist.as_of)
        return day if isinstance(day, str) else self.setting.say(day)

    def _labelled(self, sign: str, words: str) -> Iterator[str]:
        indent = _IN + " " * (width(sign) + 1)
        yield from textwrap.wrap(
            words, self.wide, initial_indent=f"{_IN}{sign} ", subsequent_indent=indent, break_on_hyphens=False
        )

    def _command(self, command: str) -> Iterator[str]:
        """A command that can be copied: where it is too long it goes on, with a backslash, before an option."""
        first, *options = visible(command).split(" --")
        line = f"{_IN}  {first}"
        for option in options:
            if width(line) + width(option) + 5 > self.wide:
                yield self._paint(f"{line} \\", "bold")
                line = f"{_IN}     --{option}"
            else:
                line += f" --{option}"
        yield self._paint(line, "bold")

    def _wrapped(self, words: str, indent: str, style: str | None = None, most: int | None = None) -> list[str]:
        lines = textwrap.wrap(
            words, self.wide, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        ) or [""]
        if most is not None and len(lines) > most:
            lines = [*lines[: most - 1], short(lines[most - 1] + " …", self.wide)]
        return [self._paint(line, style) for line in lines]

    def _paint(self, line: str, style: str | None) -> str:
        return line if style is None else paint(line, style, colour=self.setting.colour)


def _sums(share: Share) -> Iterator[Message]:
    """Tasks, and how many of them are late."""
    count, late = len(share.tasks), sum(task.judgement.overdue for task in share.tasks)
    yield msg("1 task") if count == 1 else msg("{count} tasks", count=count)
    if late:
        yield msg("{count} overdue", count=late)


def totals(worklist: Worklist) -> Iterable[Message]:
    """How much there is to do, and what of it is late."""
    tasks, items = worklist.tasks, worklist.items
    if not tasks:
        yield msg("Nothing is open.")
        return
    late = sum(task.judgement.overdue for task in tasks)
    roles, procedures = len(worklist.shares), len({item.procedure for item in items})
    yield msg("1 task") if len(tasks) == 1 else msg("{count} tasks", count=len(tasks))
    yield msg("{count} overdue", count=late)
    yield msg("1 procedure") if procedures == 1 else msg("{count} procedures", count=procedures)
    yield msg("1 role") if roles == 1 else msg("{count} roles", count=roles)
    coming = [item.due.day for item in items if item.due is not None and not item.overdue]
    if coming:
        yield msg("next due day {day}", day=min(coming).isoformat())


def due_days(months: int) -> Message:
    """How due days are counted, with the source."""
    return msg(
        "Due days: {months} months after the first day of the change "
        "(26/2014/TT-BKHCN, Điều 7 khoản 2 điểm i); one on a day off moves to the next working day.",
        months=months,
    )
