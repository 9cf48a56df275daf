"""Verdicts and their causes in words, shared by rules and renderers."""

from __future__ import annotations

from collections.abc import Mapping

from docctl.message import Message, Param, msg
from docctl.message import mark as _
from docctl.verdict import CASCADE, END, START, Cause, Doubt, Due, Judgement, Proof, Unchecked, Upon, Verdict

LABELS: Mapping[Verdict, Message] = {
    Verdict.BASIS_ENDED: msg("BASIS ENDED"),
    Verdict.SUSPENDED: msg("BASIS SUSPENDED"),
    Verdict.NOT_IN_FORCE: msg("NOT IN FORCE YET"),
    Verdict.WRONG_ADDRESS: msg("WRONG REFERENCE"),
    Verdict.OUTDATED: msg("OUTDATED"),
    Verdict.UNKNOWN: msg("NOT JUDGED"),
    Verdict.CONFLICT: msg("SOURCES DISAGREE"),
    Verdict.UNDATED: msg("DAY NOT KNOWN"),
    Verdict.UPCOMING: msg("UPCOMING"),
    Verdict.POSSIBLE: msg("POSSIBLE, NOT CONFIRMED"),
    Verdict.REVIEW: msg("TO BE REVIEWED"),
    Verdict.UNCHECKED: msg("SOURCE NOT CHECKED"),
    Verdict.TRANSITION: msg("OLDER DOSSIERS ONLY"),
    Verdict.CHANGED_BETWEEN: msg("CAME AND WENT"),
    Verdict.MINOR: msg("FORM ONLY"),
    Verdict.CURRENT: msg("CURRENT"),
}
OVERDUE = msg("OVERDUE")


def of(place: str | None, text: str) -> Param:
    """A provision of a text, or the text alone."""
    return msg("{place} of {text}", place=place, text=text) if place else text


def by(cause: Cause) -> Param:
    """What acts: the provision of the acting text, or that text."""
    return of(cause.provision_words, cause.acting)


_HAPPENS: Mapping[str, str] = {
    "amend": _("{by} amends {target} from {day}"),
    "insert": _("{by} inserts {target} from {day}"),
    "replace_phrase": _("{by} replaces words in {target} from {day}"),
    "replace": _("{by} replaces {target} from {day}"),
    "repeal": _("{by} repeals {target} from {day}"),
    "expire": _("{by} ends {target} from {day}"),
    "suspend": _("{by} suspends {target} from {day}"),
    "disapply": _("{by} disapplies {target} from {day}"),
    "renumber": _("{by} renumbers {target} from {day}"),
    "correct": _("{by} corrects {target} from {day}"),
    "resume": _("{by} gives effect again to {target} from {day}"),
    "extend": _("{by} extends the effect of {target} from {day}"),
    "transition": _("{by} has transitional provisions for {target} from {day}"),
    "general_repeal": _("{by} repeals whatever is contrary to that text from {day}"),
    CASCADE: _("{target} ended with what it spells out: {by} ended that from {day}"),
    "detail": _("{by} spells out {target} from {day}"),
}


def happens(cause: Cause) -> Message:
    """What an event does to what, by what, from when."""
    first = cause.operates or cause.first
    day: Param = msg("a day not known") if first is None else first.isoformat()
    target = of(cause.targets_words, cause.target)
    if cause.kind == START:
        return msg("{target} takes effect on {day}", target=target, day=day)
    if cause.kind == END and cause.end is not None:
        names: dict[str, Param] = {"by": by(cause), "target": target, "day": cause.end.isoformat()}
        if cause.over in ("suspend", "disapply"):
            return msg("the suspension of {target} by {by} is over from {day}", **names)
        if cause.over in ("repeal", "expire", CASCADE):
            return msg("the end of {target} by {by} is over from {day}: it is in force again", **names)
        return msg("the change of {target} by {by} is over from {day}", **names)
    if cause.kind == "expire" and cause.acting == cause.target:
        return msg("{target} ends by its own words from {day}", target=target, day=day)
    happened = msg(_HAPPENS[cause.kind], target=target, by=by(cause), day=day)
    if cause.end is None:
        return happened
    return msg("{what} until before {end}", what=happened, end=cause.end.isoformat())


def absent(text: str, place: str, now: str | None) -> Message:
    """A text does not have a provision; ``now`` is the number it bears where it was renumbered."""
    if now is None:
        return msg("{text} has no {place}", text=text, place=place)
    return msg(
        "{text} had no {place} any more when this revision began: that is {new} now", text=text, place=place, new=now
    )


def stage_unknown(cause: Cause) -> bool:
    """Does a text begin in stages, of which none can be named for the citation without the list of its provisions?"""
    return cause.event.endswith("#in_force@start")


def acted(upon: Upon) -> Message:
    """What another event has done to one, by what, from when."""
    return msg(_ACTED[upon.kind], by=of(upon.provision_words, upon.acting), day=upon.first.isoformat())


_ACTED: Mapping[str, str] = {
    "repeal": _("ended by {by} from {day}"),
    "expire": _("ended by {by} from {day}"),
    "suspend": _("suspended by {by} from {day}"),
    "disapply": _("suspended by {by} from {day}"),
    "resume": _("given effect again by {by} from {day}"),
    "extend": _("prolonged by {by} from {day}"),
    "amend": _("replaced by {by} from {day}"),
    "replace": _("replaced by {by} from {day}"),
}


def renumbered(cause: Cause, now: str | None) -> Message:
    """What happens, and the number that a unit bears after it."""
    what = happens(cause)
    return what if now is None else msg("{what}; it is {new} now", what=what, new=now)


def until(due: Due | None) -> Param:
    """By when it must be mended; marked where no calendar of the year is known."""
    if due is None:
        return msg("no day set")
    day = due.day.isoformat()
    return day if due.rolled else msg("{day} (holidays of that year not known)", day=day)


def unchecked(judgement: Judgement) -> Message:
    """Why silence about a text is no evidence."""
    match judgement.detail:
        case Unchecked.STUB.value:
            return msg("the text is not held (stub), so nobody can say from when it is in force")
        case Unchecked.NO_TREE.value:
            return msg("its provisions are not listed, so a wrong address would not be noticed")
        case Unchecked.NEVER.value:
            return msg("nobody has looked for changes")
        case _:
            return msg("nobody has looked for changes since {day}", day=str(judgement.since))


def doubts(proof: Proof) -> Message:
    """Why something could not be judged."""
    judgement = proof.judgement
    detail, cause = judgement.detail or "", judgement.cause
    what: Param = "" if cause is None else happens(cause)
    match judgement.doubt:
        case Doubt.NOT_REGISTERED:
            return msg("{text} is not in the register", text=detail)
        case Doubt.AMBIGUOUS:
            return msg("{text} may mean several texts: {names}", text=proof.text, names=detail)
        case Doubt.UNREADABLE_TEXT:
            return msg("{path} cannot be read", path=detail)
        case Doubt.UNREADABLE_ADDRESS:
            if judgement.meant is None:
                return msg('"{address}" is no address', address=detail)
            return msg('"{address}" is no address; perhaps {meant} is meant', address=detail, meant=judgement.meant)
        case Doubt.UNREADABLE_EVENT:
            named = judgement.meant or ""
            return msg('event {event} acts on "{what}", which cannot be told', event=detail, what=named)
        case Doubt.NO_TREE:
            return msg("{what}; without a list of its provisions nobody can say whether this is part of it", what=what)
        case Doubt.CONSOLIDATED:
            return msg(
                "{text} is a consolidated text and no text of its own; cite what it consolidates", text=proof.text
            )
        case Doubt.ACTED_UPON:
            return msg(
                "{what}; that is a part of the clause that made event {event}, which is to be split into several",
                what=what,
                event=detail,
            )
        case Doubt.CIRCLE:
            return msg("event {event} acts on itself through others: {what}", event=detail, what=what)
        case _:
            return msg(
                "{what}; event {event} can only be ended, and a new one be entered in its place",
                what=what,
                event=detail,
            )


DECIDED = {
    "updated": msg("the text follows it"),
    "no_impact": msg("nothing changes here"),
    "wrong_event": msg("the register is wrong"),
    "reopened": msg("open again, the earlier decision was wrong"),
}
"""What a record may decide about an event."""
