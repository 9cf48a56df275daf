"""docctl: document control as code. ``docctl.open(path)`` is the way in; see docs/api.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docctl.errors import (
    CannotDecide,
    ConfigError,
    DocctlError,
    InvalidDocument,
    NotInRepository,
    UsageError,
)
from docctl.finding import Finding, Location, Severity

if TYPE_CHECKING:
    from docctl.repository import Repository
    from docctl.repository import open_repository as open  # noqa: A004  - docctl.open(path) reads as it should
    from docctl.verdict import Verdict

__version__ = "0.1.0"

__all__ = [
    "CannotDecide",
    "ConfigError",
    "DocctlError",
    "Finding",
    "InvalidDocument",
    "Location",
    "NotInRepository",
    "Repository",
    "Severity",
    "UsageError",
    "Verdict",
    "open",
]


def __getattr__(name: str) -> Any:
    # Lazily: ``import docctl`` and ``docctl --version`` cost no YAML, no schemas, no rules.
    if name in ("Repository", "open"):
        from docctl import repository

        return repository.Repository if name == "Repository" else repository.open_repository
    if name == "Verdict":
        from docctl.verdict import Verdict

        return Verdict
    raise AttributeError(f"module 'docctl' has no attribute {name!r}")
