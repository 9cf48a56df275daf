"""What a verdict asks of those who keep a procedure, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from docctl.message import Message, msg
from docctl.model.event import REPLACE
from docctl.verdict import END, Cause, Verdict
from docctl.verdict_words import by, of


def mending(verdict: Verdict, cause: Cause) -> Message:
    """What is to be done about a basis that has ended, or words that have changed."""
    if cause.kind == END and cause.end is not None:
        target = of(cause.targets_words, cause.target)
        return msg(
            "compare the elements with {target} as it reads from {day}, without {by}, and mend them where needed",
            target=target, day=cause.end.isoformat(), by=by(cause),
        )  # fmt: skip
    if verdict is not Verdict.BASIS_ENDED:
        return msg("compare the elements with the words of {by}, and mend them where needed", by=by(cause))
    ended = of(cause.targets_words, cause.target)
    if cause.kind == REPLACE:
        return msg("cite {acting} instead of {ended}, and mend what it changes", acting=cause.acting, ended=ended)
    return msg("cite what takes the place of {ended}, and mend what it changes", ended=ended)


CLOSABLE = frozenset({Verdict.SUSPENDED, Verdict.REVIEW, Verdict.MINOR, Verdict.CHANGED_BETWEEN, Verdict.TRANSITION})
"""What has no day by which it is to be mended, and can be closed by a decision all the same."""

TO_DO: Mapping[Verdict, Message] = {
    Verdict.SUSPENDED: msg("find out what holds in the meantime, and tell those who work by the procedure"),
    Verdict.NOT_IN_FORCE: msg("cite what is in force today, or let the revision begin with the text"),
    Verdict.WRONG_ADDRESS: msg("correct the address"),
    Verdict.UNKNOWN: msg("read the provision named and decide; what is missing here can be added to the register"),
    Verdict.CONFLICT: msg("look at the publisher's page again and correct the register"),
    Verdict.UNDATED: msg("find out the day and enter it in the register"),
    Verdict.POSSIBLE: msg("compare the words with the text, then confirm the event or withdraw it"),
    Verdict.REVIEW: msg("look whether the procedure is still right, and record what you have found"),
    Verdict.TRANSITION: msg("see that the procedure tells older dossiers from new ones"),
    Verdict.CHANGED_BETWEEN: msg("nothing to mend; look at the dossiers handled while it applied"),
    Verdict.MINOR: msg("correct the words at the next occasion"),
}
"""Where there is no day by which it is to be mended."""
