"""Annotations for GitHub Actions, and the table of a job's summary page."""

from __future__ import annotations

from docctl.finding import Finding, Severity
from docctl.message import msg
from docctl.model.report import Report
from docctl.report.setting import Setting
from docctl.report.words import SEVERITY_WORDS, checked_line, result_line

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_MOST_ROWS = 200


def render(report: Report, setting: Setting) -> str:
    """A workflow command per finding; place and code are repeated in the message, for the plain log."""
    return "".join(_annotation(each, setting) + "\n" for each in report.findings)


def _annotation(finding: Finding, setting: Setting) -> str:
    place = finding.location
    path = setting.path(place.path)
    properties = {"file": path, "line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:  # GitHub takes columns only within one line
        properties |= {"col": str(place.column), "endColumn": str(max(place.end_column, place.column))}
    properties["title"] = f"{finding.code.id} {finding.code.name}"
    words = setting.say(finding.message)
    words += f"\n{setting.say(finding.fix or msg(finding.code.remedy))}"
    message = f"{path}:{place.line}:{place.column}: {finding.code.id}: {words}"
    joined = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {joined}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(report: Report, setting: Setting) -> str:
    """Markdown for ``$GITHUB_STEP_SUMMARY``: annotations are capped, this table is not (up to 200 rows)."""
    result = ", ".join(setting.say(each) for each in (*result_line(report.summary), *checked_line(report.summary)))
    lines = [f"### docctl: {result}", ""]
    if report.findings:
        lines += ["| | | | |", "|---|---|---|---|"]
    for finding in report.findings[:_MOST_ROWS]:
        place = finding.location
        cells = (
            setting.say(SEVERITY_WORDS[finding.severity]),
            finding.code.id,
            f"{setting.path(place.path)}:{place.line}",
            setting.say(finding.message),
        )
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    if len(report.findings) > _MOST_ROWS:
        lines.append(f"| | | … +{len(report.findings) - _MOST_ROWS} | |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    for character in "\\`*_[]<>|":
        text = text.replace(character, f"\\{character}" if character != "<" else "&lt;")
    return text.replace("\n", " ")
