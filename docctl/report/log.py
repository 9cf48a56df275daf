"""``docctl log`` and ``docctl blame`` for people and programs: revisions, reasons, commits; who wrote which part."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from docctl.message import msg
from docctl.model.chronicle import Blamed, Commit, Entry, Log
from docctl.report.changes import REASONS
from docctl.report.content_words import FIELDS
from docctl.report.setting import Setting, visible
from docctl.report.status import STAGES, revision_tree, signed, when
from docctl.report.style import heading, paint
from docctl.text.vietnamese import width

_SHORT = 9
_INDENT = " " * 10


def render(log: Log, setting: Setting, *, commits: bool) -> str:
    """The revisions, the newest first; with ``commits`` all that touched a file of the document."""
    lines = heading(visible(f"{log.document} {log.title or ''}".strip()), setting.width, colour=setting.colour)
    for entry in log.entries:
        lines += ["", *_entry(entry, setting)]
    if commits:
        lines += ["", paint(setting.say(msg("commits")), "cyan", colour=setting.colour)]
        lines += [f"  {_commit(each)}" for each in log.commits or ()] or [f"  {setting.say(msg('none'))}"]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry, setting: Setting) -> Iterator[str]:
    revision = entry.revision
    number = paint(f"{revision.number:<6}", "bold", colour=setting.colour)
    yield f"  {number}  {setting.say(STAGES[revision.stage])}  {when(revision, setting)}".rstrip()
    for words in _said(entry, setting):
        yield from textwrap.wrap(
            words,
            max(60, setting.width),
            initial_indent=_INDENT,
            subsequent_indent=_INDENT + "  ",
            break_on_hyphens=False,
        )


def _said(entry: Entry, setting: Setting) -> Iterator[str]:
    """Why it was made, who signed, on which paper, in which commit."""
    change = None if entry.text is None else entry.text.change
    if change is not None:
        yield f"{setting.say(REASONS[change.reason])}: {visible(change.summary)}"
    yield from signed(entry.revision, setting)
    if entry.text is None and entry.revision.path is not None:
        yield setting.say(msg("its text is not held here"))
    if entry.commit is not None:
        yield f"commit {_commit(entry.commit)}"


def _commit(commit: Commit) -> str:
    day = "????-??-??" if commit.at is None else commit.at.date().isoformat()
    return f"{commit.id[:_SHORT]} {day} {visible(commit.author)}: {visible(commit.subject)}"


def tree(log: Log) -> dict[str, object]:
    """The same for programs, always with all commits; ``commits`` is null where Git tells nothing."""
    return {
        "format": "docctl/log/v1",
        "id": log.document,
        "title": log.title,
        "revisions": [_entry_tree(each) for each in log.entries],
        "commits": None if log.commits is None else [_commit_tree(each) for each in log.commits],
    }


def _entry_tree(entry: Entry) -> dict[str, object]:
    change = None if entry.text is None else entry.text.change
    return {
        **revision_tree(entry.revision),
        "reason": None if change is None else change.reason,
        "summary": None if change is None else change.summary,
        "commit": None if entry.commit is None else _commit_tree(entry.commit),
    }


def _commit_tree(commit: Commit) -> dict[str, object]:
    return {
        "id": commit.id,
        "at": None if commit.at is None else commit.at.isoformat(),
        "author": commit.author,
        "subject": commit.subject,
        "paths": [*commit.paths],
    }


# -- blame -------------------------------------------------------------------------------------------


def render_blame(found: Sequence[Blamed], setting: Setting) -> str:
    """The parts by the revision since which they read so, the newest first, with its reason and who answers for it."""
    blocks, written = [], {_written(each): each for each in found}  # a draft may have the number of what was issued
    for which in sorted(written, reverse=True):
        mine, certain = [each for each in found if _written(each) == which], written[which].certain
        number = mine[0].entry.revision.number
        head = number if certain else setting.say(msg("{number} or before", number=number))
        words = textwrap.wrap(
            "; ".join(_why(mine[0].entry, setting, certain=certain)),
            max(40, setting.width - width(head) - 2),
            break_on_hyphens=False,
        ) or [""]
        lines = [f"{paint(head, 'bold', colour=setting.colour)}  {words[0]}"]
        lines += [" " * (width(head) + 2) + line for line in words[1:]]
        lines += [f"  {_part(each, setting)}" for each in mine]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _written(each: Blamed) -> tuple[tuple[int, int], bool, str, bool]:
    """Which text it is that wrote a part: number, draft or issued, content; and whether that is certain."""
    revision = each.entry.revision
    return revision.order, not revision.issued, revision.digest, each.certain


def _part(each: Blamed, setting: Setting) -> str:
    known = FIELDS.get(each.element)
    if each.name is None:
        return visible(each.element) if known is None else setting.say(known)
    name = " ".join(visible(each.name).split())
    room = max(40, setting.width - width(each.element) - 4)
    return f"{visible(each.element)}  {name if width(name) <= room else name[: room - 1].rstrip() + '…'}"


def _why(entry: Entry, setting: Setting, *, certain: bool) -> Iterator[str]:
    """Where the revision stands, why it was made and who approved it; the reason may be that of an older one."""
    revision = entry.revision
    yield setting.say(STAGES[revision.stage]) + ("" if revision.first is None else f" {revision.first.isoformat()}")
    if not certain:
        yield setting.say(msg("no older text is held here that would tell since when and why"))
        return
    change = None if entry.text is None else entry.text.change
    if change is not None:
        yield f"{setting.say(REASONS[change.reason])}: {visible(change.summary)}"
    people = dict.fromkeys(each.record.signer.id for each in revision.records if each.record.meaning == "approved")
    if people:
        yield setting.say(msg("approved by {people}", people=visible(", ".join(people))))


def blame_tree(document: str, found: Sequence[Blamed]) -> dict[str, object]:
    """The same for programs."""
    return {
        "format": "docctl/blame/v1",
        "id": document,
        "parts": [
            {"element": each.element, "name": each.name, "certain": each.certain, **_entry_tree(each.entry)}
            for each in found
        ],
    }
