"""The shared register is not what was copied."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC237",
    "shared-register-changed",
    Severity.ERROR,
    _("The shared register is not what was copied"),
    _(
        "A register that many agencies share is kept in one place; a copy that was edited says something nobody else says."
    ),
    _("Copy it again (docctl law vendor PATH@COMMIT); make changes where the register is kept."),
)


def check(view: View) -> Iterator[Finding]:
    files = {path for path in view.paths if path.startswith(SHARED)}
    vendored = view.vendored
    if vendored is None:
        if files and not view.holds(VENDOR):
            message = msg("legal/shared has no vendor.toml that says where it was copied from")
            yield finding(CODE, message, Location(min(files)))
        return
    known = vendored.body.files
    for path in sorted(files):
        name = path.removeprefix(SHARED)
        if name not in known:
            yield finding(CODE, msg("{path} was not copied with the others", path=path), Location(path))
        elif view.sha256(path) != known[name]:
            yield finding(CODE, msg("{path} was changed since it was copied", path=path), Location(path))
    for name in sorted(known):
        if SHARED + name not in files:
            yield finding(CODE, msg("{path} is missing", path=SHARED + name), Location(VENDOR), element=name)


SHARED = "legal/shared/"
VENDOR = "legal/shared/vendor.toml"


RULE = Rule(CODE, check, whole=True)
