"""The configuration of a repository, ``docctl.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, timezone
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

FAIL_ON = {"check": "error", "outdated": "warning", "coverage": "warning"}
"""The severity at which a command fails, where nothing else is said."""


class Config(Struct, frozen=True):
    """Every setting with its default; see docs/formats.md.

    ``obligation`` defaults to mandatory, the stricter reading (QĐ 19/2014/QĐ-TTg, Điều 2).
    """

    agency_id: str
    agency_name: str
    level: str
    obligation: str = "mandatory"
    utc_offset: str = "+07:00"
    update_within_months: int = 3
    horizon_days: int = 98
    checked_within_days: int = 90
    roll_due: bool = True
    review_months: int = 24
    review_grace_days: int = 90
    severities: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fail_on: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lang: str | None = None

    @property
    def timezone(self) -> timezone:
        """The agency's local time, for "today"."""
        sign = -1 if self.utc_offset[0] == "-" else 1
        hours, minutes = self.utc_offset[1:].split(":")
        return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Config:
        agency, law, review = tree["agency"], tree.get("law", {}), tree.get("review", {})
        return cls(
            agency_id=agency["id"],
            agency_name=agency["name"],
            level=agency["level"],
            obligation=agency.get("obligation", "mandatory"),
            utc_offset=agency.get("utc_offset", "+07:00"),
            update_within_months=law.get("update_within_months", 3),
            horizon_days=law.get("horizon_days", 98),
            checked_within_days=law.get("checked_within_days", 90),
            roll_due=law.get("roll_due", True),
            review_months=review.get("months", 24),
            review_grace_days=review.get("grace_days", 90),
            severities=MappingProxyType(dict(tree.get("rules", {}))),
            fail_on=MappingProxyType({**FAIL_ON, **tree.get("fail_on", {})}),
            lang=tree.get("output", {}).get("lang"),
        )
