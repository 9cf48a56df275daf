"""What a rule is: a code and a pure function of a view. One module per rule, one rule per module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from docctl.finding import Code, Finding
from docctl.message import Message, msg
from docctl.model.duration import HOUR, WORKING_DAY, Duration
from docctl.model.view import View


class Rule(Struct, frozen=True):
    """``whole``: rests on more than single files and is not asked about these.

    ``across``: compares documents with each other. Every other rule is asked about one document at a time, and sees of
    the others only what they share.
    """

    code: Code
    check: Callable[[View], Iterator[Finding]]
    whole: bool = False
    across: bool = False


def in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Rules in the order of their codes."""
    return tuple(sorted(rules, key=lambda rule: rule.code.id))


def hours_in_words(hours: int) -> Message:
    """Working hours as people say them: working days where they come out even."""
    days, rest = divmod(hours, 8)
    if rest == 0 and days:
        return days_in_words(days, working=True)
    if days:
        return msg("{days} and {hours}", days=days_in_words(days, working=True), hours=hours_in_words(rest))
    return msg("1 hour") if hours == 1 else msg("{count} hours", count=hours)


def days_in_words(days: int, *, working: bool) -> Message:
    """A number of working or calendar days."""
    if working:
        return msg("1 working day") if days == 1 else msg("{count} working days", count=days)
    return msg("1 day") if days == 1 else msg("{count} days", count=days)


def duration_in_words(duration: Duration) -> Message:
    """A duration in the unit it was given in."""
    if duration.unit == HOUR:
        return msg("1 hour") if duration.value == 1 else msg("{count} hours", count=duration.value)
    return days_in_words(duration.value, working=duration.unit == WORKING_DAY)
