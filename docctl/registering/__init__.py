"""The legal register written from texts: a new entry, proposed events, confirmations. Values in, text out.

Nothing here decides: what is read from a text is a proposal with the words that say it; a person confirms it.
"""

from docctl.registering.entering import Given, NewText, new_text
from docctl.registering.entry_file import waiting, with_confirmation, with_events
from docctl.registering.proposing import Left, Proposals, proposals

__all__ = [
    "Given",
    "Left",
    "NewText",
    "Proposals",
    "new_text",
    "proposals",
    "waiting",
    "with_confirmation",
    "with_events",
]
