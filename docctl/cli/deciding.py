"""Decisions about changes of the law: read from arguments, or asked at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence

from docctl.cli.session import Session
from docctl.currency.dealt import STATES
from docctl.currency.filling import Open
from docctl.errors import UsageError
from docctl.issuing import Answer
from docctl.message import Message, msg
from docctl.model.record import NO_IMPACT, UPDATED, WRONG_EVENT, Dealt
from docctl.report.setting import visible
from docctl.verdict_words import DECIDED, happens

DECISIONS = (UPDATED, NO_IMPACT, WRONG_EVENT)
_LETTERS = {"u": UPDATED, "n": NO_IMPACT, "w": WRONG_EVENT, **{each: each for each in DECISIONS}}


def answers(given: Sequence[str]) -> Mapping[str, Answer]:
    """``EVENT=DECISION:REASON`` for each. Raises ``UsageError``."""
    found: dict[str, Answer] = {}
    for each in given:
        event, sign, rest = each.partition("=")
        decision, _, reason = rest.partition(":")
        if not sign or not event or decision.strip() not in DECISIONS or not reason.strip():
            raise UsageError(
                msg('"{text}" is no decision about a change of the law', text=each),
                msg("write EVENT=DECISION:REASON, the decision one of: {decisions}", decisions=", ".join(DECISIONS)),
            )
        found[event.strip()] = Answer(decision.strip(), reason.strip())
    return found


def ready_to_paste(procedure_id: str, asked: Sequence[Open]) -> Message:
    """The way out: what to add to the command, for the first of them."""
    first = asked[0]
    decision = NO_IMPACT if first.verdict in STATES else UPDATED
    return msg(
        "add for each, after reading docctl outdated {id} --explain: --event '{event}={decision}:…'",
        id=procedure_id,
        event=first.cause.event,
        decision=decision,
    )


def ask(session: Session, asked: Sequence[Open]) -> Mapping[str, Answer]:
    """Asks about each event in turn at the terminal; an empty answer gives up."""
    setting = session.setting()
    given: dict[str, Answer] = {}
    for number, each in enumerate(asked, 1):
        session.err.write(f"\n{number}/{len(asked)}  {setting.say(happens(each.cause))}\n")
        if each.cause.quote:
            quote = visible(" ".join(each.cause.quote.split()))
            session.err.write(textwrap.indent(textwrap.fill(f"“{quote}”", max(40, setting.width - 4)), "     ") + "\n")
        elements = ", ".join(
            dict.fromkeys(other.citation.element for other in asked if other.cause.event == each.cause.event)
        )
        session.err.write("     " + setting.say(msg("cited by: {elements}", elements=elements)) + "\n")
        decision = None
        while decision is None:
            question = msg("the text follows it [u], nothing changes here [n], the register is wrong [w]: ")
            decision = _LETTERS.get(_line(session, setting.say(question)).lower())
        if decision == UPDATED and each.verdict in STATES:
            session.err.write(
                "     "
                + setting.say(msg("the basis has ended, so it stays open; look for what takes its place"))
                + "\n"
            )
        given[each.cause.event] = Answer(decision, _line(session, setting.say(msg("why: "))))
    return given


def listed(found: Sequence[Open], dealt: Sequence[Dealt]) -> Iterator[Message]:
    """Every change that is signed for, with what is said of it."""
    decided = {each.event: each for each in dealt}
    for event, each in {each.cause.event: each for each in found}.items():
        decision = decided[event].decision
        yield msg("{event}: {what} → {decision}", event=event, what=happens(each.cause), decision=DECIDED[decision])


def _line(session: Session, question: str) -> str:
    session.err.write("     " + question)
    session.err.flush()
    try:
        answer = input().strip()
    except EOFError:
        answer = ""
    if not answer:
        raise UsageError(msg("given up; nothing was written"))
    return answer
