"""On which level of government a unit stands, as far as its name and those above it tell."""

from __future__ import annotations

from docctl.message import msg
from docctl.model.organisation import Organisation
from docctl.text.phrases import Phrase, Phrases

COMMUNE, DISTRICT, PROVINCE, MINISTRY = "commune", "district", "province", "ministry"
IN_WORDS = {
    COMMUNE: msg("commune level"),
    DISTRICT: msg("district level"),
    PROVINCE: msg("province level"),
    MINISTRY: msg("ministry level"),
}

_WORDS: tuple[tuple[str | None, bool, tuple[str, ...]], ...] = (
    (COMMUNE, False, ("xã", "phường", "thị trấn", "đặc khu")),
    (DISTRICT, False, ("huyện", "quận", "thị xã", "thành phố thuộc tỉnh")),
    (PROVINCE, False, ("tỉnh", "thành phố trực thuộc trung ương")),
    (PROVINCE, True, ("Sở",)),
    (MINISTRY, True, ("Bộ",)),
    (None, False, ("bộ phận", "bộ đội", "xã hội")),
)
_NAMED = Phrases([Phrase(each, level, exact) for level, exact, words in _WORDS for each in words])
"""Of a name the first of these words counts: Ủy ban nhân dân xã …, huyện …, tỉnh … is a commune's."""


def level_of(organisation: Organisation, unit_id: str) -> str | None:
    """The level that a unit's own name tells, else that of the nearest unit above; None where none does."""
    for unit in organisation.unit_and_above(unit_id):
        for found in _NAMED.find(unit.name):
            if found.meaning is not None:
                return found.meaning
    return None
