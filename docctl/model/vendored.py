"""Where a shared register was copied from: ``legal/shared/vendor.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct


class Vendored(Struct, frozen=True):
    """``files`` gives the SHA-256 of every file by its name in legal/shared."""

    source: str
    commit: str
    files: Mapping[str, str]

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Vendored:
        return cls(tree["source"], tree["commit"], MappingProxyType(dict(tree["files"])))
