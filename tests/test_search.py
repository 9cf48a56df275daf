"""Full text: with the marks that were typed or without any, and the index never says less than the texts."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import ExitStack
from pathlib import Path

import pytest
from gitworld import World, procedure, run_docctl
from hypothesis import given, settings
from hypothesis import strategies as st

import docctl
from docctl.errors import UsageError
from docctl.model.search import Search
from docctl.repository import open_repository
from docctl.search.query import folded, parsed
from docctl.store import cache, file_ids
from docctl.store.files import WorkTree
from docctl.store.search_index import NAME, SearchIndex

FORMS_FILE = "format: docctl/forms/v1\nforms:\n  - { id: BM-01, title: Giấy, law: { text: 01/2018/TT-VPCP } }\n"
EXAMPLE = Path(__file__).parent.parent / "examples" / "bac-kan-phuong"
SYLLABLES = [
    "đăng",
    "dang",
    "ký",
    "ky",
    "hộ",
    "ho",
    "tịch",
    "tich",
    "Hoà",
    "hòa",
    "ỦY",
    "uỷ",
    "ban",
    "NĐ-CP",
    "1.000042",
]
LINES = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=8).map(" ".join)


def spans(words: list[str], text: str) -> list[str] | None:
    """The words that were found, as they stand in the text."""
    found = parsed(words).spans(text)
    return None if found is None else [text[start:end] for start, end in found]


def test_typed_with_marks_or_without() -> None:
    text = "Đăng ký hộ tịch, dang dở; ký tên"
    assert spans(["dang"], text) == ["Đăng", "dang"]
    assert spans(["đăng"], text) == ["Đăng"]
    assert spans(["ĐĂNG"], text) == ["Đăng"]
    assert spans(["dang ky"], text) == ["Đăng ký"]
    assert spans(["đăng ky"], text) == ["Đăng ký"]
    assert spans(["đẳng ky"], text) is None
    assert spans(["ho", "ky"], text) == ["ký", "hộ", "ký"]
    assert spans(["tịch hộ"], text) is None
    assert spans(["ti*"], text) == ["tịch"]
    assert spans(["hộ tị*"], text) == ["hộ tịch"]
    assert spans(["hộ tí*"], text) is None


def test_a_word_is_a_word() -> None:
    assert spans(["ho"], "hồ sơ không họ") == ["hồ", "họ"]
    assert spans(["so"], "hồ sơ, SỐ 12/2025") == ["sơ", "SỐ"]
    assert spans(["12/2025"], "SỐ 12/2025/NĐ-CP") == ["12/2025"]
    assert spans(["nd-cp"], "12/2025/NĐ-CP") == ["NĐ-CP"]
    assert spans(["uỷ ban"], "Ủy  ban\nnhân dân") == ["Ủy  ban"]


@pytest.mark.parametrize("words", [[], [""], ["*"], ["…", "—"], ["a"] * 41])
def test_words_that_are_none(words: list[str]) -> None:
    with pytest.raises(UsageError):
        parsed(words)


def test_words_are_a_list(world: World) -> None:
    with pytest.raises(UsageError):
        docctl.open(world.root).search("ký")


@settings(max_examples=150, deadline=None)
@given(
    files=st.dictionaries(st.sampled_from("abcdef"), st.lists(LINES, max_size=4), min_size=1),
    asked=st.lists(LINES.map(lambda line: line.split(" ")[0]) | LINES.map(lambda line: " ".join(line.split(" ")[:2])),
                   min_size=1, max_size=2),
    star=st.booleans(),
)  # fmt: skip
def test_the_index_says_no_less_than_the_texts(files: dict[str, list[str]], asked: list[str], *, star: bool) -> None:
    query = parsed([*asked[:-1], asked[-1] + "*" * star])
    phrases = [" ".join(word.plain for word in each.words) + "*" * each.open for each in query.phrases]
    index = SearchIndex(None)
    found = index.find(phrases, files, lambda blob: [(text, folded(text), False) for text in files[blob]])
    said = {(blob, each.number) for blob, places in found.items() for each in places}
    true = {(b, n) for b, texts in files.items() for n, text in enumerate(texts) if query.spans(text) is not None}
    assert true <= said
    assert all(place.text in files[blob] for blob, places in found.items() for place in places)
    assert {blob for blob, places in found.items() if not places} == {
        blob for blob, texts in files.items() if not texts
    }


def test_files_that_are_not_asked_about_are_not_found(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    texts = {"a": "đăng ký", "b": "đăng ký", "c": "hộ tịch"}
    read = []

    def of(blob: str) -> list[tuple[str, str, bool]]:
        read.append(blob)
        return [(texts[blob], folded(texts[blob]), False)]

    assert {*index.find(["dang"], "abc", of)} == {"a", "b"}
    assert {*index.find(["dang"], "bc", of)} == {"b"}
    assert read == ["a", "b", "c"]
    assert {*SearchIndex(tmp_path, b"other").find(["dang"], "bc", of)} == {"b"}
    assert read == ["a", "b", "c", "b", "c"]


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    def of(blob: str) -> list[tuple[str, str, bool]]:
        return [(blob, folded(blob), False)]

    files = [f"đăng ký số {number}" for number in range(40)]
    whole = SearchIndex(tmp_path).find(["so 7"], files, of)
    assert [*whole] == ["đăng ký số 7"]
    data, dice = (tmp_path / NAME).read_bytes(), random.Random(5)
    for torn in (b"", b"no index", data[:5000], data[:100] + bytes(len(data) - 100)):
        (tmp_path / NAME).write_bytes(torn)
        assert SearchIndex(tmp_path).find(["so 7"], files, of) == whole
    for _ in range(20):
        broken = bytearray(data)
        for _ in range(30):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        (tmp_path / NAME).write_bytes(bytes(broken))
        SearchIndex(tmp_path).find(["so 7"], files, of)  # no error, whatever it says


def test_where_no_index_can_lie(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = SearchIndex(tmp_path / "file").find(["ky"], ["a"], lambda _: [("ký", "ky", True)])
    assert [*found] == ["a"]


# -- the command -----------------------------------------------------------------------------------


def test_over_an_agency() -> None:
    repository = docctl.open(EXAMPLE)
    found = repository.search(["trích lục"])
    assert [each.id for each in found.documents][:2] == ["QT-02", "QT-03"]
    for document in found.documents:
        lines = (EXAMPLE / document.path).read_text(encoding="utf-8").splitlines()
        for hit in document.hits:
            start, end = hit.spans[0]
            assert lines[hit.location.line - 1][hit.location.column - 1 :].startswith(hit.text[start:end])
    assert found.total == len(found.documents)
    assert repository.search(["trích lục"], limit=1).total == found.total
    assert repository.search(["trich luc"]).total >= found.total
    assert repository.search(["trịch lúc"]).total == 0


def test_codes_and_other_names(world: World) -> None:
    """A code is found where it is given and wherever it is named; a text of the law also by its other names."""
    found = docctl.open(EXAMPLE).search(["BM-07"])
    assert {"QT-03", "forms.yaml"} < {each.id for each in found.documents}
    assert all(hit.text == "BM-07" for document in found.documents for hit in document.hits)
    assert [each.id for each in docctl.open(EXAMPLE).search(["cc-ho-tich"]).documents] == ["organisation.yaml"]
    form = "{ id: BM-01, title: Giấy, law: { text: 01/2018/TT-VPCP }, cites: [{ text: 61/2018/NĐ-CP }] }"
    legal = "format: docctl/legal-text/v1\nnumber: 61/2018/NĐ-CP\nkind: decree\ntitle: Một cửa\naliases: [Nghị định một cửa]\n"
    world.write(
        {
            "forms.yaml": f"format: docctl/forms/v1\nforms:\n  - {form}\n",
            "legal/61-2018-nd-cp.yaml": legal
            + 'issuer: [Chính phủ]\nissued: "2018-04-23"\nin_force: [{ from: "2018-06-21" }]\n',
        }
    )
    repository = docctl.open(world.root)
    for words, where in (
        ("01/2018/TT-VPCP", ["forms.yaml"]), ("61/2018/NĐ-CP", ["61/2018/NĐ-CP", "forms.yaml"]),
        ("bm-01", ["QT-02", "forms.yaml"]), ("nghi dinh mot cua", ["61/2018/NĐ-CP"]), ("QT-01", ["QT-01"]),
    ):  # fmt: skip
        assert [each.id for each in repository.search([words]).documents] == where, words
    (hit,) = repository.search(["QT-01"]).documents[0].hits
    assert (hit.element, hit.text) == ("id", "QT-01")


def test_the_name_goes_first(world: World) -> None:
    world.write(
        {
            "procedures/QT-01.yaml": procedure("QT-01", title="Nhận hồ sơ ký"),
            "procedures/QT-03.yaml": procedure("QT-03", title="Ký tên"),
            "procedures/QT-04.yaml": procedure("QT-04", title="Tên ký"),
        }
    )
    repository = docctl.open(world.root)
    assert [each.id for each in repository.search(["ký", "tên"]).documents] == ["QT-03", "QT-04"]
    assert [each.id for each in repository.search(["ky"]).documents][:3] == ["QT-01", "QT-03", "QT-04"]


def test_all_revisions(world: World) -> None:
    world.write({"archive/QT-01/1.0.yaml": procedure(title="Tên cũ"), "archive/QT-01/1.1.yaml": procedure()})
    repository = docctl.open(world.root)
    assert repository.search(["tên cũ"]).documents == ()
    (found,) = repository.search(["tên cũ"], revisions=True).documents
    assert (found.kind, found.id, found.revision) == ("revision", "QT-01", "1.0")
    (found,) = repository.search(["một quy trình"], revisions=True).documents  # 1.1 is what the file holds
    assert found.kind == "procedure"


def test_an_archived_text_that_was_altered_is_not_found(world: World) -> None:
    """What somebody has written into the archive was never in force."""
    world.office.issue("QT-01", "2026-10-01")
    path = world.root / "archive" / "QT-01" / "1.0.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Một quy trình", "Giả mạo"), encoding="utf-8")
    found = docctl.open(world.root).search(["giả mạo"], revisions=True)
    assert (found.documents, found.unread) == ((), ["archive/QT-01/1.0.yaml"])


def test_what_could_not_be_read_once_is_found_later(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = WorkTree._open

    def fails(tree: WorkTree, asked: str, stack: ExitStack) -> int:
        if asked == "procedures/QT-01.yaml":
            raise OSError(24, "Too many open files")
        return real(tree, asked, stack)

    monkeypatch.setattr(file_ids, "_RACE", -(10**19))
    folder = world.top / ".git" / "docctl"
    for known in (False, True):  # by its status, which says that it is the one that was read before
        if known:
            (folder / NAME).unlink()
            with sqlite3.connect(folder / cache.NAME) as connection:
                connection.execute("DELETE FROM entry WHERE substr(key, 9, 1) != ?", (b"f",))
            connection.close()
        with monkeypatch.context() as patch:
            patch.setattr(WorkTree, "_open", fails)
            found = search(world, "một quy trình")
        assert (found.documents, found.unread) == ((), ["procedures/QT-01.yaml"])
        assert [each.id for each in search(world, "một quy trình").documents] == ["QT-01"]


def search(world: World, *words: str) -> Search:
    """With an index in the Git directory."""
    repository = open_repository(world.root, cache=True)
    try:
        return repository.search(words)
    finally:
        repository.close()


def test_the_same_bytes_are_another_document_elsewhere(world: World) -> None:
    text = procedure("QT-07", title="Tên lạ")
    world.write({"legal/zz.yaml": text})
    assert search(world, "tên lạ").documents == ()
    world.write({"procedures/QT-07.yaml": text})
    assert [each.path for each in search(world, "tên lạ").documents] == ["procedures/QT-07.yaml"]
    world.write({"organisation.yaml": FORMS_FILE, "forms.yaml": FORMS_FILE})
    assert [each.path for each in search(world, "giấy").documents] == ["forms.yaml"]


def test_what_cannot_be_read_is_said(world: World) -> None:
    world.write({"procedures/QT-01.yaml": "a: [", "procedures/QT-02.yaml": b"\xff"})
    answer = run_docctl("search", "ky", cwd=world.root)
    assert "procedures/QT-01.yaml, procedures/QT-02.yaml" in answer.err
    assert docctl.open(world.root).search(["ky"]).unread == ["procedures/QT-01.yaml", "procedures/QT-02.yaml"]


def test_of_every_kind_what_cannot_be_read_is_said(world: World) -> None:
    """The first time and when the index knows it; what holds no words has nevertheless been searched."""
    world.write({"forms.yaml": "format: docctl/forms/v1\nforms: []\n"})
    whole = search(world, "mot quy trinh")
    assert whole.unread == [] and whole.total == 1
    broken = ["forms.yaml", "legal/zz.yaml", "organisation.yaml"]
    world.write(dict.fromkeys(broken, "a: ["))
    for _ in range(2):
        found = search(world, "mot quy trinh")
        assert (found.unread, found.searched, found.total) == (broken, whole.searched - 2, 1)


def test_for_programs(world: World) -> None:
    answer = run_docctl("search", "mot quy trinh", "--format", "json", cwd=world.root)
    tree = json.loads(answer.out)
    (document,) = tree["documents"]
    assert (tree["format"], tree["total"], document["id"]) == ("docctl/search/v1", 1, "QT-01")
    assert document["hits"] == [
        {
            "line": 3, "column": 8, "pointer": "/title", "element": "title", "name": None, "text": "Một quy trình",
            "spans": [[0, 13]],
        }
    ]  # fmt: skip
    for choice in (["--staged"], ["--at", "HEAD"]):
        assert run_docctl("search", "mot quy trinh", "--format", "json", *choice, cwd=world.root).out == answer.out


@pytest.mark.parametrize("limit", ["0", "-1", "x"])
def test_limits_that_are_none(world: World, limit: str) -> None:
    assert run_docctl("search", "ky", "--limit", limit, cwd=world.root).status == 2


def test_on_a_screen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    long = "Một việc " * 30 + "rồi ký tên " + "và sau đó " * 30
    world.write({"procedures/QT-01.yaml": procedure(title=long.strip())})
    answer = run_docctl("search", "ký tên", cwd=world.root)
    assert all(len(line) <= 80 for line in answer.out.splitlines()[1:])
    assert "ký tên" in answer.out.splitlines()[2]
    assert answer.out.endswith("\n")
    shown = run_docctl("search", "quy trinh", "ky", "co bieu mau", "--limit", "1", cwd=world.root)
    assert (shown.status, shown.out) == (0, "")


# -- docctl cache ----------------------------------------------------------------------------------


def test_cache_is_shown_and_thrown_away(world: World) -> None:
    assert run_docctl("cache", cwd=world.root).out == "nothing is remembered\n"
    world.check()
    run_docctl("search", "ky", cwd=world.root)
    shown = run_docctl("cache", cwd=world.root)
    assert [line.split("/")[-1] for line in shown.out.splitlines()] == ["cache-1.sqlite3", NAME]
    assert "2 files" in run_docctl("cache", "--clear", cwd=world.root).out
    assert run_docctl("cache", cwd=world.root).out == "nothing is remembered\n"


def test_cache_outside_of_git(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "agency")
    assert run_docctl("cache", cwd=tmp_path / "agency").status == 0
