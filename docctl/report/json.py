"""Reports for programs. Keys and codes are never translated; the shape is docs/formats.md, "JSON out"."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from docctl.finding import Finding, Location, pointer_text
from docctl.model.report import RULES_VERSION, Report
from docctl.report.setting import Setting


def render(report: Report, setting: Setting) -> str:
    """One JSON document; the same content at the same date gives the same bytes from any snapshot."""
    document = {
        "format": f"docctl/{report.kind}/v1",
        "docctl": setting.version,
        "rules": RULES_VERSION,
        "content": report.content,
        "as_of": report.as_of.isoformat(),
        "summary": asdict(report.summary),
        "findings": [_finding(each, setting) for each in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode() + "\n"


def _finding(finding: Finding, setting: Setting) -> dict[str, Any]:
    return {
        "code": finding.code.id,
        "name": finding.code.name,
        "severity": finding.severity.word,
        "message": finding.message.text(setting.translate),
        **_place(finding.location),
        "element": finding.element,
        "related": [
            {"message": related.message.text(setting.translate), **_place(related.location)}
            for related in finding.related
        ],
        "fix": None if finding.fix is None else finding.fix.text(setting.translate),
        "fingerprint": finding.fingerprint,
    }


def _place(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "pointer": pointer_text(location.pointer),
    }
