"""The facade: one agency's repository at one snapshot. Joins store, documents and rules; nothing else does."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath

from docctl import documents_codes
from docctl.documents import (
    FORMS,
    LEGAL_TEXT,
    ORGANISATION,
    PROCEDURE,
    Documents,
    LegalTexts,
    SharedForms,
    not_checked,
    skipped,
    sort_of,
)
from docctl.errors import ConfigError, InvalidDocument, NotInRepository, UsageError
from docctl.finding import Finding, Location, Severity, finding, in_order
from docctl.message import msg
from docctl.model.config import Config
from docctl.model.organisation import Organisation
from docctl.model.procedure import Procedure
from docctl.model.report import Report, Summary, count
from docctl.model.view import Document
from docctl.store import gitdir
from docctl.store.files import WorkTree
from docctl.store.snapshot import Snapshot
from docctl.text.vietnamese import nearest

MARKER = "docctl.toml"


def open_repository(path: str | Path = ".") -> Repository:
    """The repository at ``path`` or the nearest folder above it, as its work tree stands now.

    Raises ``ConfigError`` where no ``docctl.toml`` is found. Reads nothing else yet.
    """
    start = Path(path).resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            directory = gitdir.find(folder)
            tree = WorkTree(folder, sha256=directory is not None and directory.sha256)
            return Repository(folder, tree, directory)
    raise ConfigError(
        msg("there is no docctl.toml in {path} or in a folder above it", path=str(start)),
        msg("make a repository: docctl init {path} --name … --level commune", path=str(path)),
    )


class Repository:
    """One agency's quality system. Every answer is a function of its snapshot and the date asked for."""

    def __init__(self, root: Path, snapshot: Snapshot, directory: gitdir.GitDirectory | None) -> None:
        self.root = root
        self._snapshot = snapshot
        self._directory = directory
        self._documents = Documents(snapshot)

    # -- other snapshots ---------------------------------------------------------------------

    def at(self, commit: str) -> Repository:
        """The same repository as a commit has it. Raises ``CannotDecide``, ``UsageError``."""
        from docctl.store import git

        reader = git.GitReader(self._git())
        return Repository(self.root, git.commit_snapshot(reader, self.root, reader.commit_id(commit)), self._directory)

    def staged(self) -> Repository:
        """The same repository as the index has it: what ``git commit`` would record."""
        from docctl.store import git

        return Repository(self.root, git.index_snapshot(git.GitReader(self._git()), self.root), self._directory)

    def _git(self) -> gitdir.GitDirectory:
        if self._directory is None:
            raise UsageError(
                msg("{root} is not in a Git repository", root=str(self.root)),
                msg("make one with git init, or leave out --staged and --at"),
            )
        return self._directory

    # -- documents ---------------------------------------------------------------------------

    @property
    def config(self) -> Config:
        """The configuration. Raises ``ConfigError``."""
        return self._documents.config

    @property
    def paths(self) -> tuple[str, ...]:
        """Paths of all documents, readable or not."""
        single = (path for path in ("adopted.yaml", "forms.yaml", "organisation.yaml") if self._has(path))
        return (*single, *self._documents.paths("legal"), *self._documents.paths("procedures"))

    @property
    def procedures(self) -> tuple[Document[Procedure], ...]:
        """All procedures that can be read, in the order of their files."""
        loaded = (self._documents.load(path, PROCEDURE).document for path in self._documents.paths("procedures"))
        return tuple(document for document in loaded if document is not None)

    def procedure(self, procedure_id: str) -> Document[Procedure]:
        """A procedure by its id. Raises ``NotInRepository``, or ``InvalidDocument`` where it cannot be read."""
        path = f"procedures/{procedure_id}.yaml"
        if path not in self._documents.paths("procedures"):
            raise NotInRepository(
                msg('there is no procedure "{id}"', id=procedure_id), msg("docctl show lists all of them")
            )
        loaded = self._documents.load(path, PROCEDURE)
        if loaded.document is None:
            raise InvalidDocument(
                msg("{path} cannot be read: {reason}", path=path, reason=in_order(loaded.findings)[0].message),
                msg("docctl check {path} tells where and why", path=path),
            )
        return loaded.document

    def by_code(self, code: str) -> Document[Procedure]:
        """The procedure that serves an administrative procedure's code.

        Raises ``NotInRepository`` for none, ``InvalidDocument`` where two claim it or where one that
        cannot be read might.
        """
        found = [document for document in self.procedures if code in document.body.covers]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(document.body.id for document in found)
            raise InvalidDocument(msg("{code} is covered by several procedures: {names}", code=code, names=names))
        if len(self.procedures) < len(self._documents.paths("procedures")):
            raise InvalidDocument(
                msg("no readable procedure covers {code}, and some procedures cannot be read", code=code),
                msg("docctl check tells which and why"),
            )
        raise NotInRepository(msg("no procedure covers {code}", code=code))

    @cached_property
    def organisation(self) -> Document[Organisation] | None:
        """``organisation.yaml``, or None where it is missing or cannot be read."""
        return (
            self._documents.load("organisation.yaml", ORGANISATION).document if self._has("organisation.yaml") else None
        )

    def text_of(self, path: str) -> str | None:
        """The text of a document that was read, for showing the line a finding is about."""
        return self._documents.text_of(path)

    def _has(self, path: str) -> bool:
        return self._snapshot.entry(path) is not None

    # -- checking ----------------------------------------------------------------------------

    def check(self, as_of: date, paths: Iterable[str] | None = None) -> Report:
        """Checks everything, or only the named files (paths relative to the root, with ``/``).

        Of single files, other documents are only asked whether they exist, apart from
        ``docctl.toml``, ``organisation.yaml`` and ``forms.yaml``. Raises ``ConfigError``, and
        ``NotInRepository`` for a named file that is not there.
        """
        from docctl.rules import RULES

        if isinstance(paths, str) or not isinstance(as_of, date):
            raise UsageError(msg("check takes a date and a list of paths"))
        view = _View(
            self._documents,
            as_of,
            None if paths is None else tuple(sorted({posixpath.normpath(path) for path in paths})),
        )
        findings = list(view.findings)
        if self._directory is not None and self._directory.foreign:
            text = msg("the Git directory belongs to another user")
            findings.append(finding(documents_codes.FOREIGN, text, Location(MARKER)))
        _known_rules(self.config)
        for rule in RULES:
            if view.whole or not rule.whole:
                findings += _first(rule.check(view))
        ordered = in_order(_configured(findings, self.config))
        return Report("check", self._documents.content, as_of, view.summary(ordered), ordered)


_FOLDERS_NOT_LISTED = {
    "forms": msg("the files of forms were not checked: the folder cannot be opened"),
    "legal": msg("citations were not checked: the folder of legal texts cannot be opened"),
    "procedures": msg("no procedure was checked: the folder cannot be opened"),
}


MOST_FINDINGS = 1000
"""Of one rule in one check; beyond that something is generally wrong, and more would only take time."""


def _first(findings: Iterable[Finding]) -> Iterable[Finding]:
    for number, each in enumerate(findings, 1):
        if number > MOST_FINDINGS:
            yield replace(
                each, message=msg("more of the same follow ({count} are shown)", count=MOST_FINDINGS), fix=None
            )
            return
        yield each


def _known_rules(config: Config) -> None:
    """A code in ``[rules]`` that does not exist switches nothing off; it is a mistake."""
    from docctl.rules import codes

    known = [code.id for code in codes()]
    for name in config.severities:
        if name not in known:
            meant = nearest(name, known)
            way_out = (
                msg("docctl rule lists all codes") if meant is None else msg('did you mean "{meant}"?', meant=meant)
            )
            raise ConfigError(msg('docctl.toml, [rules]: there is no code "{code}"', code=name), way_out)


def _configured(findings: Iterable[Finding], config: Config) -> Iterable[Finding]:
    """Findings at the severity that docctl.toml gives their code; those switched off are left out."""
    for each in findings:
        word = config.severities.get(each.code.id)
        if word is None:
            yield each
        elif word != "off":
            yield replace(each, severity=Severity[word.upper()])


@dataclass(frozen=True)
class _View:
    """What the rules see of the documents at a date; see ``docctl.model.view.View``."""

    documents: Documents
    as_of: date
    named: Sequence[str] | None

    @property
    def whole(self) -> bool:
        return self.named is None

    @property
    def config(self) -> Config:
        return self.documents.config

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files looked at."""
        if self.named is not None:
            return tuple(self.named)
        single = [path for path in ("adopted.yaml", "forms.yaml", "organisation.yaml") if self._there(path)]
        return (*single, *self.documents.paths("legal"), *self.documents.paths("procedures"))

    def _there(self, path: str) -> bool:
        return self.documents.snapshot.entry(path) is not None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What reading the files had to say."""
        found: list[Finding] = [] if self.named is not None else [*self.documents.oddities()]
        for path in self.paths:
            sort = sort_of(path)
            if sort is not None:
                found += self.documents.load(path, sort).findings
            elif path != MARKER:
                found.append(skipped(path))
        if self.organisation is None:
            found.append(
                not_checked(
                    "organisation.yaml",
                    msg("units and roles were not checked: organisation.yaml is missing or cannot be read"),
                )
            )
        if self.shared_forms is None and self._there("forms.yaml"):
            found.append(not_checked("forms.yaml", msg("forms were not checked: forms.yaml cannot be read")))
        for folder, message in _FOLDERS_NOT_LISTED.items():
            if not self.listed(folder):
                found.append(not_checked(folder, message))
        return tuple(found)

    @cached_property
    def organisation(self) -> Document[Organisation] | None:
        path = "organisation.yaml"
        return self.documents.load(path, ORGANISATION).document if self._there(path) else None

    @cached_property
    def shared_forms(self) -> SharedForms | None:
        path = "forms.yaml"
        return self.documents.load(path, FORMS).document if self._there(path) else None

    @cached_property
    def procedures(self) -> tuple[Document[Procedure], ...]:
        loaded = (self.documents.load(path, PROCEDURE).document for path in self.paths if sort_of(path) is PROCEDURE)
        return tuple(document for document in loaded if document is not None)

    @cached_property
    def complete(self) -> bool:
        return self.listed("procedures") and len(self.procedures) == len(self.documents.paths("procedures"))

    @cached_property
    def legal_texts(self) -> LegalTexts:
        loaded = (self.documents.load(path, LEGAL_TEXT).document for path in self.paths if sort_of(path) is LEGAL_TEXT)
        return {document.name: document for document in loaded if document is not None}

    @cached_property
    def legal_slugs(self) -> tuple[str, ...]:
        return tuple(PurePosixPath(path).stem for path in self.documents.paths("legal"))

    def looks_at(self, path: str) -> bool:
        return path in self.paths

    def listed(self, folder: str) -> bool:
        return self.documents.listed(folder)

    def holds(self, path: str) -> bool:
        return self.documents.holds(path)

    def sha256(self, path: str) -> str | None:
        return self.documents.sha256(path)

    def summary(self, findings: Sequence[Finding]) -> Summary:
        """What was looked at, and how much there was to say."""
        procedures = [document.body for document in self.procedures]
        return Summary(
            documents=sum(1 for path in self.paths if sort_of(path) is not None),
            procedures=len(procedures),
            steps=sum(len(procedure.steps) for procedure in procedures),
            citations=sum(1 for procedure in procedures for _ in procedure.cited()),
            legal_texts=len(self.legal_texts),
            errors=count(findings, Severity.ERROR),
            warnings=count(findings, Severity.WARNING),
            notes=count(findings, Severity.NOTE),
        )


def relative_path(root: Path, path: str | Path) -> str:
    """A path as the user wrote it, relative to the repository's root, with ``/``; links are kept.

    Raises ``UsageError`` where it lies outside.
    """
    import os

    whole = Path(os.path.abspath(path))
    folder = whole.parent.resolve() / whole.name
    for candidate in (whole, folder):
        if candidate.is_relative_to(root):
            return candidate.relative_to(root).as_posix()
    raise UsageError(msg("{path} lies outside the repository {root}", path=str(path), root=str(root)))
