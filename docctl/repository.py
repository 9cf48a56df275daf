"""The facade: one agency's repository at one snapshot. Joins store, documents and rules; nothing else does."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docctl.documents import codes as documents_codes
from docctl.documents.loading import Documents
from docctl.errors import CannotDecide, ConfigError, InvalidDocument, NotInRepository, UsageError
from docctl.finding import Finding, Location, finding, in_order
from docctl.message import msg
from docctl.model.report import CoverageReport, CurrencyReport, Report
from docctl.reference import Reference
from docctl.store import gitdir
from docctl.store.file_ids import FileIds
from docctl.store.files import WorkTree
from docctl.verifying import configured, coverage, first, verify, verify_change
from docctl.view import MARKER, SnapshotView

if TYPE_CHECKING:
    from docctl.approval.judge import Memory
    from docctl.chronicle import Chronicle
    from docctl.currency.filling import Open
    from docctl.desk import Desk
    from docctl.model.currency import ProcedureVerdict
    from docctl.model.impact import Impact
    from docctl.model.renaming import Renaming, UnitRename
    from docctl.model.standing import Standing
    from docctl.model.term_place import TermPlaces
    from docctl.model.work import Worklist
    from docctl.store.cache import Cache
    from docctl.trust import Trust


def open_repository(path: str | Path = ".", *, cache: bool = False) -> Repository:
    """The repository at ``path`` or the nearest folder above it, as its work tree stands now.

    With ``cache`` what files held when they were read before is remembered in the Git directory (docs/performance.md);
    ``close`` the repository then. Raises ``ConfigError`` where no ``docctl.toml`` is found. Reads nothing else yet.
    """
    start = Path(path).resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            directory = gitdir.find(folder)
            kept = _kept(directory) if cache else None
            ids = None if kept is None else FileIds(kept, folder)
            tree = WorkTree(folder, sha256=directory is not None and directory.sha256, ids=ids)
            return Repository(folder, tree, directory, cache=kept)
    if gitdir.bare(start):
        raise ConfigError(
            msg("{path} is a Git directory that has no work tree", path=str(start)),
            msg("clone it first: git clone {path}", path=str(start)),
        )
    raise ConfigError(
        msg("there is no docctl.toml in {path} or in a folder above it", path=str(start)),
        msg("make a repository: docctl init {path} --name … --level commune", path=str(path)),
    )


def _kept(directory: gitdir.GitDirectory | None) -> Cache | None:
    """What is remembered in a Git directory; nothing is in one of somebody else."""
    import jsonschema_rs
    import msgspec
    import yaml

    from docctl.schema import schema_folder
    from docctl.store.cache import Cache, fingerprint

    if directory is None or directory.foreign:
        return None
    libraries = (Path(str(module.__file__)).parent for module in (jsonschema_rs, msgspec, yaml))
    return Cache(directory.common / "docctl", fingerprint((Path(__file__).parent, schema_folder(), *libraries)))


class Repository(Reference):
    """One agency's quality system. Every answer is a function of its snapshot and the date asked for."""

    # -- other snapshots ---------------------------------------------------------------------

    def at(self, commit: str) -> Repository:
        """The same repository as a commit has it. Raises ``CannotDecide``, ``UsageError``."""
        from docctl.store import git, git_snapshot

        reader = git.GitReader(self._git())
        full = reader.commit_id(commit)
        snapshot = git_snapshot.commit_snapshot(reader, self.root, full)
        return Repository(self.root, snapshot, self._directory, full, self._cache)

    def staged(self) -> Repository:
        """The same repository as the index has it: what ``git commit`` would record."""
        from docctl.store import git, git_snapshot

        snapshot = git_snapshot.index_snapshot(git.GitReader(self._git()), self.root)
        return Repository(self.root, snapshot, self._directory, cache=self._cache)

    def _git(self) -> gitdir.GitDirectory:
        if self._directory is None:
            raise UsageError(
                msg("{root} is not in a Git repository", root=str(self.root)),
                msg("make one with git init; other commits and the index are to be had there only"),
            )
        return self._directory

    # -- checking ----------------------------------------------------------------------------

    def check(
        self, as_of: date, paths: Iterable[str] | None = None, *, now: datetime | None = None, processes: int = 1,
        against: str | None = None,
    ) -> Report:  # fmt: skip
        """Checks everything, or only the named files (paths relative to the root, with ``/``).

        With ``now``, records dated ahead of it are findings; ``processes`` read where there is much to read. Of single
        files, other documents are only asked whether they exist, apart from ``docctl.toml``, ``organisation.yaml``,
        ``forms.yaml``, ``terms.yaml``. ``against`` is a branch or commit that this snapshot is to meet: what both have
        made since they parted is found too (``merging``).

        Raises ``ConfigError``; ``CannotDecide`` where the two have no past in common; ``NotInRepository`` for a named
        file that is not there.
        """
        from docctl.rules import RULES, known_rules, register_rules

        if isinstance(paths, str) or not isinstance(as_of, date):
            raise UsageError(msg("check takes a date and a list of paths"))
        known_rules(self.config)
        foreign = []
        if self._directory is not None and self._directory.foreign:
            text = msg("the Git directory belongs to another user")
            foreign.append(finding(documents_codes.FOREIGN, text, Location(MARKER)))
        if paths is None:
            from docctl.checking.everything import Checking
            from docctl.documents.readers import Readers

            everything = SnapshotView(self._documents, as_of, trusting={"now": now, "apart": True})
            readers = Readers(processes)
            try:
                checking = Checking(everything, str(self.root), self._cache, readers)
                met = () if against is None else self._meeting(against, as_of)
                ordered = in_order(configured([*foreign, *met, *checking.findings()], self.config))
            finally:
                readers.close()
            return Report("check", self._documents.content, as_of, checking.summary(ordered), ordered)
        named = tuple(sorted({posixpath.normpath(path) for path in paths}))
        documents = Documents(self._snapshot)
        view = SnapshotView(documents, as_of, named)
        rules = (*RULES, *(register_rules() if view.looks_at_law else ()))
        said = (found for rule in rules if not rule.whole for found in first(rule.check(view)))
        ordered = in_order(configured([*foreign, *view.findings, *said], self.config))
        return Report("check", documents.content, as_of, view.summary(ordered), ordered)

    def _meeting(self, name: str, as_of: date) -> Iterable[Finding]:
        """What this snapshot and a commit have both made since they parted. Raises ``CannotDecide``."""
        from docctl.merging.meeting import Meeting
        from docctl.store import git, git_snapshot

        reader = git.GitReader(self._git())
        there, here = reader.commit_id(name), self.commit or reader.head()
        parted = None if here is None else reader.merge_base(here, there)
        if parted is None:
            raise CannotDecide(
                msg("{name} and this have no commit in common in the history that is here", name=name),
                msg("fetch the whole history: git fetch --unshallow"),
            )
        theirs, base = (
            Documents(git_snapshot.commit_snapshot(reader, self.root, each), self._cache) for each in (there, parted)
        )
        return [*Meeting(self._documents, theirs, base, name, as_of).findings()]

    # -- terms, and changes of many files --------------------------------------------------------

    def term_places(self, words: Sequence[str] = ()) -> TermPlaces:
        """Where words, or without any all terms of terms.yaml, stand in free texts of procedures, forms and units.

        Raises ``UsageError`` without words where there is no terms.yaml that can be read.
        """
        from docctl.terms.places import term_places

        return term_places(SnapshotView(self._documents, date.min), words)

    def rename_unit(self, wanted: UnitRename, as_of: date) -> Renaming:
        """The edits that put one unit in the place of another, as values; see ``renaming.units``."""
        from docctl.renaming.units import rename_unit

        return rename_unit(SnapshotView(self._documents, as_of), wanted)

    # -- approvals ---------------------------------------------------------------------------

    def trust(self, as_of: date, **trusting: Any) -> Trust:
        """Policy, records and standings at a date; ``trusting``: ``now``, ``pin`` and the like, see ``Trust``."""
        from docctl.trust import Trust

        if trusting or self._trust is None or self._trust.as_of != as_of:
            made = Trust(self._documents, as_of, **trusting)
            if trusting:
                return made
            self._trust = made  # of one day, for which several things are asked
        return self._trust

    def standing(self, procedure_id: str, as_of: date) -> Standing:
        """Where a procedure stands at a date: its revisions, who signed them, what it waits for.

        Raises ``NotInRepository`` where there is neither a file nor a record of it.
        """
        trust = self.trust(as_of)
        if not trust.knows(procedure_id):
            raise NotInRepository(
                msg('there is no procedure "{id}"', id=procedure_id), msg("docctl status lists all of them")
            )
        return trust.standing(procedure_id)

    def to_deal_with(self, procedure_id: str, effective_from: date, as_of: date | None = None) -> tuple[Open, ...]:
        """Changes of the law in effect on the first day of the present text: ``docctl issue`` asks about them.

        ``as_of`` is the day it is asked, from which records are known. Raises as ``procedure`` does.
        """
        self.procedure(procedure_id)
        asked = max(as_of or effective_from, effective_from)
        view = SnapshotView(self._documents, asked, chosen=frozenset({procedure_id}))
        return view.to_deal_with(procedure_id, effective_from)

    @property
    def register_digest(self) -> str:
        """SHA-256 over the paths and texts of all legal texts: which register a review has looked at."""
        lines = [f"{path}\0{self._documents.sha256(path)}\n" for path in self._documents.paths("legal")]
        return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()

    def open_events(self, procedure_id: str, as_of: date) -> tuple[Open, ...]:
        """Changes of the law that no record has dealt with yet: ``docctl legal-review`` closes them."""
        view = SnapshotView(self._documents, as_of, chosen=frozenset({procedure_id}))
        return view.events_of(procedure_id, settled=False)

    def settled_events(self, procedure_id: str, as_of: date) -> tuple[Open, ...]:
        """Changes of the law that were dealt with; ``docctl legal-review --decision reopened`` opens them again."""
        view = SnapshotView(self._documents, as_of, chosen=frozenset({procedure_id}))
        return view.events_of(procedure_id, settled=True)

    def verify(
        self, as_of: date, pin: str | None, now: datetime | None = None, *,
        checkpoint: int | None = None, memory: Memory | None = None,
    ) -> Report:  # fmt: skip
        """Do policy, records, archive and checkpoints hold? ``pin`` is the sha256 of the first policy.

        ``now`` lets records dated ahead be found, ``checkpoint`` is the number of the last one known elsewhere;
        ``memory`` what was verified before (``store.remembered``); it must not be writable for others.

        The pin comes from outside the repository: without it, whoever writes here could have made a policy
        of his own. Raises ``CannotDecide`` without one, or where there is no policy.
        """
        trusting = {"pin": pin, "now": now, "checkpoint": checkpoint, "memory": memory}
        anew = self._snapshot
        if isinstance(anew, WorkTree):  # without what is remembered of its files
            anew = WorkTree(self.root, sha256=self._directory is not None and self._directory.sha256)
        return verify(SnapshotView(Documents(anew), as_of, trusting=trusting), pin)

    def verify_change(
        self, base: str, head: str, as_of: date | None, pin: str | None, now: datetime | None = None, *,
        checkpoint: int | None = None,
    ) -> Report:  # fmt: skip
        """May the change from one commit to another be merged? It cannot approve itself.

        Policy and configuration are those of ``base``; records, archive, policy, checkpoints, adopted.yaml and
        confirmed events are only added to. ``as_of`` None is the day of ``now`` where the agency of ``base`` is.
        Raises ``CannotDecide`` where ``base`` is not here, or is no ancestor of ``head``.
        """
        from docctl.store import git, git_snapshot

        reader = git.GitReader(self._git())
        before, after = reader.commit_id(base), reader.commit_id(head)
        if not reader.is_ancestor(before, after):
            raise CannotDecide(
                msg("{base} is no ancestor of {head} in the history that is here", base=base, head=head),
                msg("fetch the whole history (git fetch --unshallow), and merge or rebase onto {base}", base=base),
            )
        old, new = (Documents(git_snapshot.commit_snapshot(reader, self.root, commit)) for commit in (before, after))
        if as_of is None and now is None:
            raise UsageError(msg("verify_change takes a date or a moment"))
        trusting = {"pin": pin, "now": now, "checkpoint": checkpoint}
        return verify_change(
            old, new, as_of, trusting, (git_snapshot.roots(reader, before), git_snapshot.roots(reader, after))
        )

    # -- the law -----------------------------------------------------------------------------

    def outdated(
        self, as_of: date, procedures: Iterable[str] | None = None, *, within: int | None = None
    ) -> CurrencyReport:
        """Which procedures, or which of those named, has a change in the law made outdated?

        ``as_of`` is the day the answer is for, ``within`` the days to look ahead (default: docctl.toml).
        Raises ``ConfigError``, ``NotInRepository`` for an id that is not there, ``CannotDecide`` where the
        register cannot be read.
        """
        from docctl.rules import known_rules, outdated_rules

        if isinstance(procedures, str) or not isinstance(as_of, date):
            raise UsageError(msg("outdated takes a date and a list of ids"))
        chosen = None if procedures is None else frozenset(self._known(each) for each in procedures)
        view = SnapshotView(self._documents, as_of, chosen=chosen, horizon=within)
        for folder in ("legal", "procedures"):
            if not view.listed(folder):
                raise CannotDecide(msg("the folder {folder}/ cannot be listed", folder=folder))
        known_rules(self.config)
        findings = [found for rule in outdated_rules() for found in rule.check(view)]
        ordered = in_order(configured(findings, self.config))
        content = self._documents.content
        return CurrencyReport("outdated", content, as_of, view.summary(ordered), ordered, view.currency)

    def coverage(self, as_of: date, *, within: int | None = None) -> CoverageReport:
        """Does every entry of the official catalogue have its document, and do the two agree on a day?

        ``within``: days to look ahead (default: docctl.toml). Raises ``ConfigError``, and ``CannotDecide`` where
        there is no catalogue or a folder cannot be listed.
        """
        return coverage(SnapshotView(self._documents, as_of, horizon=within))

    def by_code(self, code: str, as_of: date) -> ProcedureVerdict:
        """The procedure that serves an administrative procedure's code, with its verdicts at a day.

        The one question a one-stop desk asks: which revision is in force, and does the law still carry
        it? Raises as ``covering`` and ``outdated`` do.
        """
        procedure = self.serving(code, as_of)
        verdict = self.outdated(as_of, [procedure]).currency.of(procedure)
        if verdict is None:
            raise InvalidDocument(msg("no readable procedure covers {code}", code=code))
        return verdict

    def serving(self, code: str, as_of: date) -> str:
        """The procedure whose revision in force covers a code; else a draft. Raises as ``covering``."""
        view = SnapshotView(self._documents, as_of)
        found = [document.body.id for document in view.in_force if code in document.body.covers]
        if len(found) > 1:
            raise InvalidDocument(
                msg("{code} is covered by several procedures: {names}", code=code, names=", ".join(found))
            )
        if found:
            return found[0]
        draft = self.covering(code).body
        if view.standing(draft.id).effective is not None:
            raise NotInRepository(
                msg("no revision in force covers {code}", code=code),
                msg("the draft of {id} does, but it is not in force", id=draft.id),
            )
        return draft.id

    def worklist(
        self, as_of: date, role: str | None = None, *, within: int | None = None, everything: bool = False
    ) -> Worklist:
        """What is open, by responsible role and due day: see ``work.listing``. Raises as ``outdated``."""
        from docctl.work.listing import worklist

        report, organisation = self.outdated(as_of, within=within), self.organisation
        roles = None if organisation is None else organisation.body
        return worklist(report, roles, self.config, role, everything=everything)

    def impact(self, words: str, as_of: date, provision: str = "") -> Impact:
        """What a text, an event or a provision of the law touches: see ``work.impact``. Raises as ``work.asked``."""
        return self.desk(as_of).impact(words, provision)

    def desk(self, as_of: date) -> Desk:
        """What is asked again and again about one day, made once; that of the last day asked about is kept."""
        from docctl.desk import Desk

        if self._desk is None or self._desk.view.as_of != as_of:
            self._desk = Desk(SnapshotView(self._documents, as_of))
        return self._desk

    _desk: Desk | None = None

    def chronicle(self, as_of: date) -> Chronicle:
        """Documents through time: two texts of one compared, who wrote what; see ``Chronicle``."""
        from docctl.chronicle import Chronicle

        return Chronicle(self, as_of)
