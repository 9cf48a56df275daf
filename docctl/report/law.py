"""``docctl law``: a text of the register for people, with what it does to others and others do to it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from docctl.message import Message, Param, msg
from docctl.model.legal_text import LegalText
from docctl.model.text_page import TextPage
from docctl.report.outdated import element_words
from docctl.report.setting import Setting, visible
from docctl.report.style import paint
from docctl.verdict import Cause
from docctl.verdict_words import happens

_WIDE = 12


STATUSES: Mapping[str, Message] = {
    "not_yet": msg("not in force yet"),
    "in_force": msg("in force"),
    "partly_suspended": msg("suspended in part"),
    "suspended": msg("suspended"),
    "partly_ended": msg("ended in part"),
    "ended": msg("ended"),
    "unknown": msg("not known"),
}
_KINDS: Mapping[str, Message] = {
    "constitution": msg("Constitution"), "code": msg("Code"), "law": msg("Law"), "resolution": msg("Resolution"),
    "ordinance": msg("Ordinance"), "decree": msg("Decree"), "decision": msg("Decision"), "circular": msg("Circular"),
    "joint_circular": msg("Joint circular"), "directive": msg("Directive"), "consolidated": msg("Consolidated text"),
    "individual_decision": msg("Individual decision"), "official_letter": msg("Official letter"),
    "notice": msg("Notice"), "standard": msg("Standard"), "internal": msg("Internal text"),
}  # fmt: skip


def render_status(page: TextPage, setting: Setting) -> str:
    """One line with the status, and one for each event behind it."""
    lines = [*_status(page, setting)]
    return "\n".join(lines) + "\n"


def render(page: TextPage, setting: Setting) -> str:
    """The whole page."""
    return "\n".join(_lines(page, setting)) + "\n"


def _status(page: TextPage, setting: Setting) -> Iterator[str]:
    words: dict[str, Param] = {"status": STATUSES[page.status], "day": page.as_of.isoformat()}
    if page.since is None:
        sentence = msg("{status} (as of {day})", **words)
    else:
        sentence = msg("{status} since {since} (as of {day})", **words, since=page.since.isoformat())
    number = paint(visible(page.text.number), "bold", colour=setting.colour)
    yield f"{number}  {setting.say(sentence)}"
    for cause in page.because:
        yield from _wrapped(f"{setting.say(happens(cause))}  ({cause.event})", setting)
    if page.status == "unknown" and not page.because:
        unknown = msg("the register does not say from when it is in force")
        yield f"  {setting.say(unknown)}"


def _lines(page: TextPage, setting: Setting) -> Iterator[str]:
    text = page.text
    yield paint(f"{visible(text.number)}  {visible(text.title)}", "bold", colour=setting.colour)
    head = [setting.say(_KINDS[text.kind]), *map(visible, text.issuers)]
    if text.issued is not None:
        head.append(setting.say(msg("issued {day}", day=text.issued.isoformat())))
    yield " · ".join([*head, setting.path(page.path)])
    for entry in text.in_force:
        first: Param = msg("a day not known") if entry.first is None else entry.first.isoformat()
        sentence = msg("from {day}", day=first)
        if entry.end is not None:
            sentence = msg("from {day} until before {end}", day=first, end=entry.end.isoformat())
        provisions = f": {', '.join(entry.provisions)}" if entry.provisions else ""
        yield from _row(msg("in force"), setting.say(sentence) + visible(provisions), setting)
    status, *because = _status(page, setting)
    yield from _row(msg("status"), status.partition("  ")[2], setting)
    for line in because:
        yield from _row(_NONE, line.strip(), setting)
    yield from _row(msg("source"), _source(text, setting), setting)
    yield from _events(msg("What it does to other texts"), page.acts, setting)
    yield from _events(msg("What other texts do to it"), page.acted_on, setting)
    yield from _withdrawn(text, setting)
    if page.cited_by:
        yield ""
        yield paint(setting.say(msg("Cited by")), "cyan", colour=setting.colour)
        for procedure, elements in page.cited_by.items():
            named = (element_words(element) for element in elements)
            words = (visible(each) if isinstance(each, str) else setting.say(each) for each in named)
            yield from _wrapped(f"{procedure}  {', '.join(words)}", setting)


_NONE = Message("")


def _source(text: LegalText, setting: Setting) -> str:
    checked: Param = msg("never") if text.checked is None else text.checked.isoformat()
    looked = setting.say(msg("changes last looked for: {checked}", checked=checked))
    if text.source is None:
        return looked
    read = setting.say(msg("read {day}", day=text.source.retrieved.isoformat()))
    return f"{visible(text.source.url)}, {read}; {looked}"


def _events(title: Message, causes: Iterable[Cause], setting: Setting) -> Iterator[str]:
    found = [*causes]
    if not found:
        return
    yield ""
    yield paint(setting.say(title), "cyan", colour=setting.colour)
    for cause in found:
        open_ = "" if cause.recorded is None or cause.confirmed else " · " + setting.say(msg("not confirmed"))
        yield from _wrapped(f"{cause.event}  {setting.say(happens(cause))}{open_}", setting)


def _withdrawn(text: LegalText, setting: Setting) -> Iterator[str]:
    """Events that have left the register, with who took them out and why."""
    gone = [each for each in text.events if each.withdrawn is not None]
    if not gone:
        return
    yield ""
    yield paint(setting.say(msg("Withdrawn from the register")), "cyan", colour=setting.colour)
    for each in gone:
        by, day, reason = each.withdrawn or ("", "", "")
        names: dict[str, Param] = {"id": each.id, "by": by, "day": str(day), "reason": " ".join(reason.split())}
        yield from _wrapped(visible(setting.say(msg("{id}  withdrawn by {by} on {day}: {reason}", **names))), setting)


def _row(label: Message, words: str, setting: Setting) -> Iterator[str]:
    name = "" if label is _NONE else setting.say(label)
    room = max(40, setting.width - _WIDE - 2)
    first, *more = textwrap.wrap(words, room, break_on_hyphens=False) or [""]
    yield f"  {paint(name, 'cyan', colour=setting.colour)}{' ' * max(1, _WIDE - len(name))}{first}"
    yield from (f"  {' ' * _WIDE}{line}" for line in more)


def _wrapped(words: str, setting: Setting) -> Iterator[str]:
    yield from textwrap.wrap(
        words, setting.width, initial_indent="  ", subsequent_indent="     ", break_on_hyphens=False
    )
