"""What is remembered between runs is never another answer than a fresh one, whatever happens to the file it lies in."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from gitworld import AGENCY, DAY, World, docctl_command, procedure, run_docctl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docctl.documents import readers
from docctl.documents.held import Held, remembered, stored
from docctl.documents.loading import Documents
from docctl.documents.readers import Readers
from docctl.model.report import Report
from docctl.repository import open_repository
from docctl.rules import RULES, record_rules, register_rules
from docctl.store import cache as cache_module
from docctl.store import file_ids
from docctl.store.cache import Cache, fingerprint
from docctl.store.files import WorkTree
from docctl.text.tree import Tree
from docctl.verifying import first
from docctl.view import SnapshotView

EXAMPLE = Path(__file__).parent.parent / "examples" / "bac-kan-phuong"
TODAY = date(2026, 11, 1)


def report(root: Path, day: date = TODAY, *, cache: bool = True) -> Report:
    """A check of everything."""
    repository = open_repository(root, cache=cache)
    try:
        return repository.check(day)
    finally:
        repository.close()


def place(root: Path) -> Path:
    """The file in which a repository remembers."""
    return root / ".git" / "docctl" / cache_module.NAME


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example agency in a Git repository of its own."""
    root = tmp_path / "agency"
    shutil.copytree(EXAMPLE, root)
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, check=True)
    return root


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are known by their status the moment they have been read; else that begins seconds later."""
    monkeypatch.setattr(file_ids, "_RACE", -(10**19))


# -- the same answer -------------------------------------------------------------------------------


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("part", range(4))
def test_every_file_counts(example: Path, part: int) -> None:
    """A file is changed, taken away and put back; after each step the answer is the fresh one."""
    files = sorted(path for path in example.rglob("*") if path.is_file() and ".git" not in path.parts)
    records = [path for path in files if "approvals" in path.parts]
    assert len(files) > 40
    whole = report(example, cache=False)
    for path in sorted({*files} - {*records} | {*records[::5]})[part::4]:
        before = path.read_bytes()
        for data in (changed(before), None):
            if data is None:
                path.unlink()
            else:
                path.write_bytes(data)
            if path.name != "docctl.toml":  # without it there is no answer at all
                assert report(example) == report(example, cache=False), path
        path.write_bytes(before)
        assert report(example) == whole, path


def changed(data: bytes) -> bytes:
    """Other bytes, as many of them, where there is a digit that can be another one."""
    dice = random.Random(data)
    digits = [place for place, byte in enumerate(data) if byte in b"23456789"]
    if not digits:
        return data + b"\n"
    where = dice.choice(digits)
    return data[:where] + b"1" + data[where + 1 :]


@pytest.mark.usefixtures("at_once")
def test_every_day_counts(example: Path) -> None:
    for day in (date(2020, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 1), date(2031, 1, 1)):
        assert report(example, day) == report(example, day, cache=False)
        assert report(example, day) == report(example, day, cache=False)


def test_index_and_commits_remember_too(world: World) -> None:
    whole = world.check()
    assert place(world.top).exists()
    for choice in ([], ["--staged"], ["--at", "HEAD"]) * 2:
        assert world.check(*choice).same == whole.same


EDITS: list[Callable[[World, int], None]] = [
    lambda world, n: world.write({f"procedures/QT-{n:02}.yaml": procedure(f"QT-{n:02}", title=f"Tên {n}")}),
    lambda world, n: world.write({f"procedures/QT-{n:02}.yaml": procedure(f"QT-{(n + 1) % 5:02}")}),
    lambda world, n: world.write({f"procedures/QT-{n:02}.yaml": procedure(f"QT-{n:02}", role=f"can-bo-{n % 2}")}),
    lambda world, n: (world.root / f"procedures/QT-{n:02}.yaml").unlink(missing_ok=True),
    lambda world, n: world.write({f"archive/QT-{n:02}/1.0.yaml": procedure(f"QT-{n:02}")}),
    lambda world, n: world.write({"organisation.yaml": AGENCY["organisation.yaml"] + f"# {n}\n".encode()
                                  if isinstance(AGENCY["organisation.yaml"], bytes)
                                  else AGENCY["organisation.yaml"].replace("Chủ tịch", f"Chủ tịch {n}")}),
    lambda world, n: world.write({"adopted.yaml": adopted(n)}),
    lambda world, n: world.write({"forms.yaml": FORMS.format(n)}),
    lambda world, n: world.write({"terms.yaml": TERMS.format(n)}),
    lambda world, n: world.write({f"forms/BM-{n:02}.docx": bytes(n)}),
]  # fmt: skip
FORMS = "format: docctl/forms/v1\nforms:\n  - {{ id: BM-0{}, title: Phiếu }}\n"
TERMS = 'format: docctl/terms/v1\nterms:\n  - {{ term: "quy trình", until: "202{}-01-01" }}\n'


def adopted(n: int) -> str:
    """Entries for some procedures, right or wrong."""
    entries = "".join(
        f"  - {{ document: QT-{each:02}, issue: 1, revision: {(n + each) % 2}, digest: {each:064x}, "
        f'effective_from: "2025-0{1 + each}-01" }}\n'
        for each in range(n % 4 + 1)
    )
    return f"format: docctl/adopted/v1\nadopted:\n{entries}"


@pytest.mark.usefixtures("at_once")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, len(EDITS) - 1), st.integers(0, 4)), min_size=1, max_size=6))
def test_whatever_is_edited(world: World, steps: list[tuple[int, int]]) -> None:
    for which, n in steps:
        EDITS[which](world, n)
        assert report(world.root) == report(world.root, cache=False)


@pytest.mark.usefixtures("at_once")
def test_what_stands_in_the_place_of_a_file(example: Path) -> None:
    """A link or a folder of a document's name is no document, and others may say so."""
    path = example / "procedures" / "QT-12.yaml"
    data = path.read_bytes()
    for stands in (lambda: path.symlink_to("QT-01.yaml"), path.mkdir, lambda: os.mkfifo(path)):
        assert report(example) == report(example, cache=False)
        path.unlink()
        stands()
        assert report(example) == report(example, cache=False)
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        path.write_bytes(data)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("known", [True, False], ids=["known", "only by their ids"])
@pytest.mark.parametrize(
    "path",
    [
        "forms/BM-07.docx", "procedures/QT-05.yaml", "archive/QT-05/1.1.yaml", "archive/QT-07/1.2.yaml", "forms.yaml",
        "adopted.yaml", "organisation.yaml", "legal/61-2018-nd-cp.yaml",
    ],
)  # fmt: skip
@pytest.mark.parametrize("last", [True, False], ids=["always", "once"])
def test_a_read_that_failed(
    example: Path, monkeypatch: pytest.MonkeyPatch, path: str, *, known: bool, last: bool
) -> None:
    """What could not be read is said, and neither that nor anything said after it is remembered."""
    assert (example / path).exists()
    report(example)
    if not known:
        with sqlite3.connect(place(example)) as connection:
            connection.execute("DELETE FROM entry WHERE substr(key, 9, 1) != ?", (b"f",))
        connection.close()
    real, tries = WorkTree._open, []

    def fails(tree: WorkTree, asked: str, stack: object) -> int:
        if asked == path and (last or not tries):
            tries.append(asked)
            raise OSError(24, "Too many open files")
        return real(tree, asked, stack)

    with monkeypatch.context() as patch:
        patch.setattr(WorkTree, "_open", fails)
        report(example, date(2026, 11, 2))
    assert report(example, date(2026, 11, 2)) == report(example, date(2026, 11, 2), cache=False)


def test_asked_one_by_one_or_all_together(example: Path) -> None:
    """The rules see of one document at a time what they would see of it among all others."""
    view = SnapshotView(Documents(WorkTree(example)), TODAY)
    rules = (*RULES, *register_rules(), *record_rules())
    whole = {*view.findings, *(found for rule in rules for found in first(rule.check(view)))}
    apart = report(example, cache=False).findings
    assert {(each.code, each.message, each.location) for each in whole} == {
        (each.code, each.message, each.location) for each in apart
    }


def test_a_document_of_another_name_is_asked_every_time(world: World) -> None:
    """What rests on the records of another document is not kept under the sum of this one."""
    world.write({"procedures/QT-03.yaml": procedure("QT-01")})
    assert report(world.root) == report(world.root) == report(world.root, cache=False)


def test_a_document_with_the_records_of_another(example: Path) -> None:
    """Its numbers do not follow those of the file's own records: that is said, whatever id it bears."""
    shutil.copy(example / "procedures" / "QT-03.yaml", example / "procedures" / "QT-09.yaml")
    found = report(example)
    assert found == report(example) == report(example, cache=False)
    assert {"DC121", "DC304"} <= {each.code.id for each in found.findings if "QT-09" in each.location.path}


def test_a_document_without_findings_is_read_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Places are looked for only where there is something to say."""
    read: list[str] = []
    locate = Tree.locate
    monkeypatch.setattr(
        Tree, "locate", lambda tree, *rest, **more: read.append(tree.path) or locate(tree, *rest, **more)
    )
    assert [each for each in report(world.root).findings if each.location.path.startswith("procedures/")] == []
    assert [path for path in read if path.startswith("procedures/")] == []


# -- files that have changed unseen ----------------------------------------------------------------


def test_a_file_just_written_is_read_again(world: World) -> None:
    """Two changes within one tick of the clock leave the same status; so nothing new is believed by it."""
    path = world.root / "procedures/QT-01.yaml"
    for title in ("Một", "Hai", "Bốn", "Năm"):
        path.write_text(procedure(title=title))
        os.utime(path, ns=(10**18, 10**18))
        assert report(world.root).content == report(world.root, cache=False).content


@pytest.mark.usefixtures("at_once")
def test_the_time_set_back_is_noticed(world: World) -> None:
    path = world.root / "procedures/QT-01.yaml"
    before = report(world.root)
    status = path.stat()
    path.write_bytes(path.read_bytes().replace("Một".encode(), "Mật".encode()))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert report(world.root).content != before.content


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("seconds", [-(10**10), -1, 0, 10**10])
def test_times_that_are_no_times(world: World, seconds: int) -> None:
    """Files from before 1970, or of the next century but two."""
    os.utime(world.root / "procedures/QT-01.yaml", (seconds, seconds))
    fresh = report(world.root, cache=False)
    assert report(world.root) == fresh == report(world.root)


# -- the file it lies in ---------------------------------------------------------------------------


def damaged(data: bytes, dice: random.Random) -> Iterator[bytes]:
    """What can become of a file."""
    yield b""
    yield b"no database"
    yield data[: len(data) // 2]
    yield data[:100] + bytes(len(data) - 100)
    for _ in range(25):
        torn = bytearray(data)
        for _ in range(dice.randint(1, 40)):
            torn[dice.randrange(len(torn))] = dice.randrange(256)
        yield bytes(torn)


@pytest.mark.usefixtures("at_once")
def test_damaged(world: World) -> None:
    whole = report(world.root, cache=False)
    assert report(world.root) == whole
    for data in damaged(place(world.top).read_bytes(), random.Random(7)):
        place(world.top).write_bytes(data)
        assert report(world.root) == whole
        assert report(world.root) == whole


@pytest.mark.usefixtures("at_once")
def test_every_value_is_compared_with_its_sum(world: World) -> None:
    """Values that are whole for the database, but not those that were put there."""
    whole = report(world.root)
    with sqlite3.connect(place(world.top)) as connection:
        rows = connection.execute("SELECT key, value FROM entry").fetchall()
        values = [value for _, value in rows]
        for (key, _), other in zip(rows, values[1:] + values[:1], strict=True):
            connection.execute("UPDATE entry SET value = ? WHERE key = ?", (other, key))
    connection.close()
    assert report(world.root) == whole


def test_of_another_version_nothing_is_found(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    one, other = Cache(folder, b"1"), Cache(folder, b"2")
    one.put(b"k", b"v")
    one.close()
    assert (one.get(b"k"), other.get(b"k")) == (b"v", None)
    package = tmp_path / "package"
    package.mkdir()
    (package / "a.py").write_text("1")
    library = tmp_path / "library"
    library.mkdir()
    before = fingerprint([package, library])
    (package / "a.py").write_text("12")
    assert fingerprint([package, library]) != before
    between = fingerprint([package, library])
    (library / "b.so").write_text("1")
    assert fingerprint([package, library]) not in (before, between)


def test_what_a_run_has_written_it_finds_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where there was nothing before, and it asks for nothing else; the next run asks for everything."""
    monkeypatch.setattr(cache_module, "_BATCH", 3)
    first, second = Cache(tmp_path), Cache(tmp_path)
    assert (first.empty, second.empty) == (True, True)
    for number in range(10):
        first.put(b"%d" % number, b"first %d" % number)
    assert [first.get(b"%d" % number) for number in range(11)] == [*(b"first %d" % n for n in range(10)), None]
    second.put(b"8", b"second 8")
    assert [second.get(b"%d" % number) for number in (7, 8)] == [None, b"second 8"]
    for each in (first, second):
        assert each.empty
        each.close()
    third = Cache(tmp_path)
    assert not third.empty
    assert [third.get(b"%d" % number) for number in range(9)] == [*(b"first %d" % n for n in range(8)), b"second 8"]
    assert {*third.below(b"")} == {b"%d" % number for number in range(10)}


def test_too_large_a_file_is_thrown_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = report(world.root)
    monkeypatch.setattr(cache_module, "MOST_BYTES", 100)
    size = place(world.top).stat().st_size
    assert report(world.root) == whole
    assert place(world.top).stat().st_size <= size


@pytest.mark.parametrize("what", ["a folder", "read only", "a link"])
def test_where_nothing_can_be_kept(world: World, what: str) -> None:
    folder = place(world.top).parent
    if what == "a folder":
        place(world.top).mkdir(parents=True)
    elif what == "read only":
        folder.write_text("a file in its place")
    else:
        folder.symlink_to(world.top / "nowhere")
    assert report(world.root) == report(world.root, cache=False)
    assert run_docctl("check", "-q", "--as-of", DAY, cwd=world.root).err == ""


def test_another_run_that_writes_is_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """And given up after a while: the answer does not need what is remembered."""
    whole = report(world.root)
    monkeypatch.setattr(cache_module, "_WAIT", 0.1)
    world.write({"procedures/QT-01.yaml": procedure(title="Tên khác")})
    connection = sqlite3.connect(place(world.top), isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    assert report(world.root) == report(world.root, cache=False) != whole
    connection.execute("ROLLBACK")
    connection.close()
    assert place(world.top).exists()


def test_several_runs_at_once(example: Path) -> None:
    command = [*docctl_command(), "check", "--format", "json", "--as-of", DAY, "--exit-zero"]
    runs = [subprocess.Popen(command, cwd=example, stdout=subprocess.PIPE) for _ in range(6)]
    answers = {run.communicate()[0] for run in runs}
    assert answers == {run_docctl(*command[3:], cwd=example).out.encode()}


def test_killed_while_it_writes(example: Path) -> None:
    command = [*docctl_command(), "check", "-q", "--as-of", DAY, "--exit-zero"]
    whole = report(example, cache=False)
    for wait in (0.15, 0.25, 0.35, 0.45, 0.6):
        place(example).unlink(missing_ok=True)
        run = subprocess.Popen(command, cwd=example, stdout=subprocess.DEVNULL)
        try:
            run.wait(wait)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
        assert report(example) == whole


@pytest.mark.parametrize("command", ["verify", "sign", "issue", "policy", "checkpoint", "legal-review", "acknowledge"])
def test_what_is_signed_or_verified_is_read_anew(command: str) -> None:
    from docctl.cli.session import _REMEMBERING

    assert command not in _REMEMBERING


def test_verify_asks_for_nothing_remembered(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report(example)
    monkeypatch.setattr(Cache, "get", lambda *_: pytest.fail("it was asked for"))
    monkeypatch.setattr(Cache, "below", lambda *_: pytest.fail("it was asked for"))
    repository = open_repository(example, cache=True)
    pin = "0" * 64
    repository.verify(TODAY, pin)


# -- several processes -----------------------------------------------------------------------------


def many(world: World) -> World:
    """Enough procedures that reading them is shared, some with faults."""
    for n in range(10, 90):
        title, role = (f"Tên {n}", "can-bo") if n % 7 else ("Tên", "khong-ai")
        text = procedure(f"QT-{n}", title=title, role=role)
        world.write({f"procedures/QT-{n}.yaml": text if n % 11 else text + "\tx: [\n"})
    return world


@pytest.mark.parametrize("cache", [False, True])
def test_read_by_several_processes(world: World, *, cache: bool) -> None:
    many(world)
    alone = open_repository(world.root).check(TODAY)
    repository = open_repository(world.root, cache=cache)
    assert repository.check(TODAY, processes=3) == alone
    repository.close()
    assert report(world.root, cache=cache) == alone


def _dies(_files: object) -> list[bytes]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def test_a_reader_that_dies_is_done_without(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    many(world)
    monkeypatch.setattr(readers, "_read", _dies)
    assert open_repository(world.root).check(TODAY, processes=2) == report(world.root, cache=False)


def test_nobody_waits_for_a_reader_that_has_died(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where a part of its work was taken back before."""
    monkeypatch.setattr(readers, "_read", _dies)
    other = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
    other.start()  # of whoever imports docctl; it is nobody to wait for
    for _ in range(8):
        pool = Readers(2)
        begun = pool.start([(f"{number}.yaml", b"a: 1\n") for number in range(32 * 40)])
        back = [reading for reading in begun[10:60:2] if reading.taken_back()]
        assert back or len(begun) <= 10  # it may have died before all was sent
        assert [path for reading in begun for path, _ in reading.read()] == []
        pool.close()
        assert [path for reading in begun for path, _ in reading.read()] == []
    other.terminate()
    other.join()


def test_little_is_not_sent_away() -> None:
    assert Readers(2).start([("a.yaml", b"")]) == ()
    assert Readers(1).start([("a.yaml", b"")] * 100) == ()


def _slow(files: list[tuple[str, bytes]]) -> list[bytes]:
    time.sleep(0.05)
    return [data for _, data in files]


def test_what_nobody_has_begun_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is read once, there or here, and those that are taken back are not read there."""
    monkeypatch.setattr(readers, "_read", _slow)
    pool = Readers(2)
    begun = pool.start([(f"{number}.yaml", b"a: 1\n") for number in range(32 * 40)])
    time.sleep(0.3)
    back = [reading for reading in begun if reading.taken_back()]
    read = [path for reading in begun for path, data in reading.read() if data]
    pool.close()
    assert len(begun) == 80 > len(back) > 20
    assert sorted(read + [path for reading in back for path in reading.paths]) == sorted(
        path for reading in begun for path in reading.paths
    )


def test_standard_output_is_written_once(world: World) -> None:
    """Copies of a process have copies of what it has not written yet."""
    many(world)
    done = subprocess.run(
        [*docctl_command(), "check", "--as-of", DAY, "--exit-zero"], cwd=world.root, capture_output=True, check=True
    )
    alone = subprocess.run(
        [sys.executable, "-c", "from docctl.cli.main import main; import os; os.sched_getaffinity = lambda _: {0}; "
         f"main(['check', '--as-of', '{DAY}', '--exit-zero'])"],
        cwd=world.root, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout == alone.stdout != b""


def test_a_file_that_brings_its_own_schema(world: World) -> None:
    """A Git directory may come from anybody: what is no table of ours is thrown away, and nothing in it is run."""
    whole = report(world.root)
    path = place(world.top)
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (key BLOB, value BLOB)")
        connection.execute("CREATE VIEW entry AS SELECT key, value FROM other")
    connection.close()
    assert report(world.root) == whole
    assert report(world.root) == whole


@pytest.mark.usefixtures("at_once")
def test_worktrees_share_one_file(world: World, tmp_path: Path) -> None:
    """Two trees of one repository, with other content of the same files: each answer is that of its own tree."""
    other = tmp_path / "other"
    world.git("worktree", "add", "-q", str(other))
    (other / "procedures" / "QT-01.yaml").write_text(procedure(role="khong-ai"))
    (other / "forms").mkdir(exist_ok=True)
    fresh = [report(root, cache=False) for root in (world.root, other)]
    assert fresh[0].findings != fresh[1].findings
    for _ in range(3):
        assert [report(root) for root in (world.root, other)] == fresh
    assert place(world.top).exists()
    assert not (other / ".git").is_dir()


def test_of_one_rule_only_the_first_are_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, kept or not, and then one that says there are more."""
    monkeypatch.setattr("docctl.checking.everything.MOST_FINDINGS", 5)
    monkeypatch.setattr("docctl.verifying.MOST_FINDINGS", 5)
    for count in (5, 6, 9):
        world.write({f"procedures/QT-{n}.yaml": procedure(f"QT-{n}", role="khong-ai") for n in range(10, 10 + count)})
        shown = [each for each in report(world.root).findings if each.code.id == "DC203"]
        assert len(shown) == min(count, 6)
        assert ("more" in str(shown[-1].message)) == (count > 5)
        assert report(world.root) == report(world.root, cache=False) == report(world.root)


@pytest.mark.parametrize("value", ["\ud800", "ký \N{COMBINING GRAVE ACCENT}", 10**14, -1, True, None, [], {"a": [{}]}])
def test_whatever_a_file_holds_comes_back(value: object) -> None:
    """With its type; also halves of letters, which JSON can write and UTF-8 cannot."""
    held = Held({"x": value}, (), None, "0" * 64)  # type: ignore[dict-item]  # anything
    found = remembered(stored(held), "x.yaml")
    assert found == held
    assert type(found.value["x"]) is type(value)  # type: ignore[call-overload,index]
