"""What an answer does without: documents that cannot be read, records that do not count."""

from __future__ import annotations

from collections.abc import Sequence

from docctl.message import Message, msg

_MOST_NAMED = 5


def doubts(unread: Sequence[str], refused: int, not_held: Sequence[str] = ()) -> list[Message]:
    """In words, as far as there is anything to say.

    ``unread`` are paths, ``refused`` counts findings, ``not_held`` are ids of documents whose text is not here.
    """
    said = []
    if unread:
        said.append(msg("not counted here, for they cannot be read: {paths} (docctl check)", paths=_some(unread)))
    if not_held:
        names = _some(not_held)
        said.append(
            msg("their forms and the texts they cite are missing, for their own is not held: {names}", names=names)
        )
    if refused:
        said.append(msg("something here does not count ({count}): docctl verify tells what and why", count=refused))
    return said


def _some(names: Sequence[str]) -> str:
    more = f" +{len(names) - _MOST_NAMED}" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
