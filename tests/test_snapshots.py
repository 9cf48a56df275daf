"""Work tree, index and commit: the same content gives the same bytes, and reading changes nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from gitworld import (
    AGENCY,
    CLEAN,
    DAY,
    FORM,
    LAW,
    ORGANISATION,
    Answer,
    World,
    broken,
    docctl_command,
    procedure,
    procedure_with_form,
    run_docctl,
    state,
)

import docctl

TOO_LARGE = b"# " + b"x" * (8 * 1024 * 1024) + b"\n"


def three(world: World, *more: str) -> Answer:
    """The answer about the work tree, which index and commit must give to the byte."""
    tree = world.check()
    for choice in (["--staged"], ["--at", "HEAD"], *(["--at", name] for name in more)):
        assert world.check(*choice).same == tree.same, choice
    return tree


# -- the same content, the same bytes ------------------------------------------------------------


def test_index_and_every_name_of_a_commit_answer_like_the_work_tree(world: World) -> None:
    commit = world.git("rev-parse", "HEAD")
    world.git("tag", "v1")
    world.git("tag", "-a", "-m", "annotated", "release/2.0")
    world.git("update-ref", "refs/remotes/origin/main", "HEAD")
    answer = three(
        world, "main", "v1", "release/2.0", "origin/main", "refs/heads/main", "refs/tags/v1", commit, commit[:7]
    )
    assert (answer.status, answer.findings) == (0, [])
    assert answer.report["summary"]["procedures"] == 2


def test_another_process_gives_the_same_bytes(world: World) -> None:
    arguments = ["check", "--format", "json", "--as-of", DAY]
    answers = [
        subprocess.run([*docctl_command(), *arguments, *choice], cwd=world.root, capture_output=True, check=True)
        for choice in ([], ["--staged"], ["--at", "HEAD"])
    ]
    assert {each.stdout for each in answers} == {world.check().out.encode()}


@pytest.mark.parametrize("choice", [["--staged"], ["--at", "HEAD"]])
def test_no_process_or_file_is_left_open(world: World, choice: list[str]) -> None:
    command = [sys.executable, "-X", "dev", "-W", "error::ResourceWarning", "-m", "docctl", "check", "-q", *choice]
    done = subprocess.run(command, cwd=world.root, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_root_below_the_git_root(world: World, tmp_path: Path) -> None:
    below = World.make(tmp_path / "all", below="agencies/Phường [Một] *")
    (below.top / "procedures").mkdir()
    (below.top / "procedures" / "QT-09.yaml").write_text("another's: {")
    (below.root.parent / "Phường [Một] *2").mkdir()
    (below.root.parent / "Phường [Một] *2" / "organisation.yaml").write_text("another's: {")
    below.commit()
    assert three(below).same == world.check().same
    assert below.check("--at", "HEAD", cwd=below.root / "procedures").same == world.check().same
    assert run_docctl("check", "-C", str(below.root), "--staged", cwd=tmp_path).status == 0


def test_linked_worktree(world: World, tmp_path: Path) -> None:
    world.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = World(tmp_path / "side", tmp_path / "side")
    side.write({"procedures/QT-01.yaml": broken()})
    side.git("add", "-A")
    assert side.check().codes == side.check("--staged").codes == {"DC203"}
    assert side.check("--at", "HEAD").findings == world.check("--staged").findings == []
    side.commit()
    three(side, "side")
    assert world.check("--at", "side").same == side.check().same
    three(world, "main")


def test_relative_worktree_pointers(world: World, tmp_path: Path) -> None:
    world.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    (tmp_path / "side" / ".git").write_text("gitdir: ../agency/.git/worktrees/side\n")
    three(World(tmp_path / "side", tmp_path / "side"), "side")


def test_git_directory_elsewhere(world: World, tmp_path: Path) -> None:
    before = three(world)
    world.git("init", "-q", "--separate-git-dir", str(tmp_path / "gitdir"))
    assert (world.top / ".git").is_file()
    assert three(world, "main").same == before.same


def test_root_in_a_submodule(world: World, tmp_path: Path) -> None:
    outer = World.make(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(world.top), "inner")
    inner = World(outer.top / "inner", outer.top / "inner")
    inner.write({"procedures/QT-03.yaml": broken("QT-03")})
    inner.commit()
    assert three(inner).findings == [("DC203", "procedures/QT-03.yaml")]
    assert three(outer).findings == []


def test_root_behind_a_link(world: World, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(world.root, target_is_directory=True)
    for choice in ([], ["--staged"], ["--at", "HEAD"]):
        assert world.check(*choice, cwd=tmp_path / "link").same == world.check().same
        assert world.check(*choice, "-C", "link", cwd=tmp_path).same == world.check().same
        assert world.check(*choice, "link/procedures/QT-01.yaml", cwd=tmp_path).status == 0


def test_sparse_checkout(world: World) -> None:
    """What is not checked out is still in the index."""
    world.write({"procedures/QT-01.yaml": broken()})
    world.commit()
    expected = world.check()
    world.git("sparse-checkout", "set", "--cone", "--sparse-index", "forms")
    assert not (world.root / "procedures").exists()
    assert world.check("--staged").same == world.check("--at", "HEAD").same == expected.same


def test_sha256_repository(world: World, tmp_path: Path) -> None:
    other = World.make(tmp_path / "sha256", sha256=True)
    other.git("tag", "v1")
    answer = three(other, "v1", other.git("rev-parse", "HEAD"), other.git("rev-parse", "HEAD")[:7])
    assert answer.findings == []
    assert answer.report["content"] != world.check().report["content"]  # blob ids of another kind


def test_packed_repository(world: World) -> None:
    world.git("tag", "-a", "-m", "x", "v1")
    before = world.check()
    world.git("gc", "-q")
    assert three(world, "v1", "main").same == before.same


def test_split_index(world: World) -> None:
    world.git("update-index", "--split-index")
    world.write({"procedures/QT-03.yaml": procedure("QT-03")})
    world.git("add", "-A")
    assert world.check("--staged").same == world.check().same


def test_clone_that_borrows_its_objects(world: World, tmp_path: Path) -> None:
    world.git("clone", "-q", "--shared", str(world.top), str(tmp_path / "clone"))
    assert three(World(tmp_path / "clone", tmp_path / "clone"), "origin/main").same == world.check().same


BROKEN: dict[str, str | bytes] = {
    "procedures/QT-03.yaml": procedure("QT-03").replace("\n", "\r\n"),
    "procedures/QT-04.yaml": b"\xef\xbb\xbf" + procedure("QT-04").encode(),
    "procedures/QT-05.yaml": b"format: \xff\xfe\n",
    "procedures/QT-06.yaml": "",
    "procedures/QT-07.yaml": "a: &x 1\nb: *x\na: 2\n",
    "procedures/QT-08.yaml": procedure("QT-08").replace("owner:", "oner:"),
    "procedures/QT-09.yaml": broken("QT-09"),
    "procedures/QT-10.yaml": procedure("QT-01"),
    "procedures/QT-11.yaml": procedure_with_form("QT-11", "forms/BM-11.docx", b"x", "BM-11"),
    "procedures/QT-12.yaml": procedure_with_form("QT-12", "forms/BM-12.docx", b"x", "BM-12"),
    "procedures/QT-13.yaml": procedure("QT-13").replace(
        "legal_basis: []", "legal_basis: [{ text: 1/2020/NĐ-CP }, { text: 61/2018/NĐ-CP }]"
    ),
    "procedures/QT-14.yaml": TOO_LARGE,
    "procedures/QT-15.yaml": procedure("QT-15").replace("[b-3]", "[b-9]"),
    "procedures/deeper/QT-16.yaml": procedure("QT-16"),
    "procedures/QT-17.yml": procedure("QT-17"),
    "procedures/tiếng việt.txt": "x",
    "procedures/-rf.yaml": "x",
    "procedures/.hidden.yaml": "a: 1\na: 2\n",
    "forms/BM-12.docx": b"y",
    "legal/61-2018-nd-cp.yaml": LAW,
    "legal/other.yaml": LAW.replace("61/2018", "62/2018"),
    "policy/0001.yaml": "x",
    "qms/a/b.yaml": "x",
    "forms.yaml": "format: docctl/forms/v1\nforms: {}\n",
    "adopted.yaml": "[",
}


def test_findings_of_every_family(world: World) -> None:
    world.write(BROKEN)
    world.commit()
    answer = three(world)
    assert answer.status == 1
    assert {code[:3] for code in answer.codes} == {"DC1", "DC2", "DC4", "DC9"}
    assert {"DC203", "DC211", "DC212", "DC903", "DC904"} <= answer.codes
    assert len(answer.codes) > 15, answer.codes
    silent = {path for path in BROKEN if path.startswith("procedures/") and path.endswith(".yaml")}
    assert silent - {path for _, path in answer.findings} == {"procedures/.hidden.yaml"}


def test_unreadable_organisation(world: World) -> None:
    world.write({"organisation.yaml": ORGANISATION + "roles: []\n"})
    world.commit()
    assert "DC904" in three(world).codes


def test_names_that_are_no_utf8(world: World) -> None:
    Path(os.fsdecode(os.fsencode(world.root) + b"/procedures/\xff\xfe.yaml")).write_text("x")
    world.commit()
    assert three(world).status == 1


@pytest.mark.parametrize("folder", ["procedures", "legal", "forms", "policy"])
def test_a_file_where_a_folder_belongs(world: World, folder: str) -> None:
    if (world.root / folder).exists():
        world.git("rm", "-rq", folder)
    world.write({folder: "x"})
    world.commit()
    answer = three(world)
    assert folder in {path for _, path in answer.findings} or answer.status == 1


def test_form_below_a_file(world: World) -> None:
    world.git("rm", "-q", "forms/BM-01.docx")
    world.write({"forms": b"x"})
    world.commit()
    assert ("DC211", "procedures/QT-02.yaml") in three(world).findings


def test_form_attachment(world: World) -> None:
    world.write({"forms/BM-01.docx": FORM + b"\n"})
    world.commit()
    assert three(world).findings == [("DC212", "procedures/QT-02.yaml")]
    world.git("rm", "-q", "forms/BM-01.docx")
    world.commit()
    assert three(world).findings == [("DC211", "procedures/QT-02.yaml")]


def test_attributes_and_line_end_settings_do_not_count(world: World) -> None:
    """The blob is what counts; conversions belong to the checkout."""
    before = world.check("--at", "HEAD")
    world.config("core.autocrlf=true", "core.eol=crlf", "core.quotePath=true", "core.ignoreCase=true")
    world.write({".git/info/attributes": "* text eol=crlf ident working-tree-encoding=UTF-16\n"})
    assert world.check("--at", "HEAD").same == world.check("--staged").same == before.same


# -- links and other things that are no files -----------------------------------------------------


def test_link_to_a_document(world: World) -> None:
    (world.root / "procedures" / "QT-03.yaml").symlink_to("QT-01.yaml")
    world.commit()
    assert three(world).findings == [("DC117", "procedures/QT-03.yaml")]


def test_link_out_of_the_tree(world: World, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("secret: words\nsecret: words\n")
    (world.root / "procedures" / "QT-03.yaml").symlink_to(tmp_path / "secret.yaml")
    (world.root / "legal").symlink_to(tmp_path)
    world.commit()
    answer = three(world)
    assert answer.findings == [("DC117", "legal"), ("DC904", "legal"), ("DC117", "procedures/QT-03.yaml")]
    assert "secret" not in answer.out + world.check("--format", "text").out


def test_folder_that_is_a_link(world: World, tmp_path: Path) -> None:
    (world.root / "procedures").rename(tmp_path / "procedures")
    (world.root / "procedures").symlink_to(tmp_path / "procedures")
    world.commit()
    answer = three(world)
    assert ("DC117", "procedures") in answer.findings
    assert (answer.status, answer.report["summary"]["procedures"]) == (1, 0)


def test_form_that_is_a_link(world: World, tmp_path: Path) -> None:
    (tmp_path / "form").write_bytes(FORM)
    (world.root / "forms" / "BM-01.docx").unlink()
    (world.root / "forms" / "BM-01.docx").symlink_to(tmp_path / "form")
    world.commit()
    assert {"DC117", "DC211"} <= three(world).codes


@pytest.mark.parametrize("name", ["organisation.yaml", "forms.yaml", "adopted.yaml"])
def test_single_file_that_is_a_link(world: World, tmp_path: Path, name: str) -> None:
    (tmp_path / "target").write_text(ORGANISATION)
    (world.root / name).unlink(missing_ok=True)
    (world.root / name).symlink_to(tmp_path / "target")
    world.commit()
    assert ("DC117", name) in three(world).findings


def test_configuration_that_is_a_link(world: World, tmp_path: Path) -> None:
    (world.root / "docctl.toml").rename(tmp_path / "elsewhere.toml")
    (world.root / "docctl.toml").symlink_to(tmp_path / "elsewhere.toml")
    world.commit()
    assert three(world).status == 2


def test_link_named_as_argument(world: World) -> None:
    (world.root / "procedures" / "QT-03.yaml").symlink_to("QT-01.yaml")
    world.commit()
    for choice in ([], ["--staged"], ["--at", "HEAD"]):
        answer = world.check(*choice, "procedures/QT-03.yaml")
        assert answer.findings == [("DC117", "procedures/QT-03.yaml")], choice


@pytest.mark.parametrize("path", ["procedures/QT-03.yaml", "procedures/inner", "legal", "forms/BM-02.docx"])
def test_submodule_entry(world: World, path: str) -> None:
    world.git("update-index", "--add", "--cacheinfo", f"160000,{world.git('rev-parse', 'HEAD')},{path}")
    world.git("commit", "-qm", "x")
    staged = world.check("--staged")
    unlisted = [("DC904", path)] if path == "legal" else []
    assert staged.findings == [("DC117", path), *unlisted]
    assert (staged.status, world.check("--at", "HEAD").same) == (1, staged.same)


def test_submodule_checked_out(world: World, tmp_path: Path) -> None:
    """Its files belong to another repository, whichever snapshot is read."""
    inner = World.make(tmp_path / "inner")
    world.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "procedures/inner")
    world.commit()
    answer = three(world)
    assert answer.findings == [("DC117", "procedures/inner")]


# -- what the index has and the work tree has not -------------------------------------------------


def test_partially_staged_file(world: World) -> None:
    world.write({"procedures/QT-01.yaml": broken()})
    world.git("add", "-A")
    world.write({"procedures/QT-01.yaml": procedure(title="Đã sửa")})
    assert (world.check().findings, world.check().status) == ([], 0)
    assert world.check("--staged").findings == [("DC203", "procedures/QT-01.yaml")]
    assert world.check("--staged", "procedures/QT-01.yaml").findings == [("DC203", "procedures/QT-01.yaml")]
    assert world.check("--at", "HEAD").findings == []


def test_text_shows_the_line_of_the_snapshot(world: World) -> None:
    world.write({"procedures/QT-01.yaml": broken()})
    world.git("add", "-A")
    world.write({"procedures/QT-01.yaml": "# another line\n" * 30 + procedure()})
    text = world.check("--staged", "--format", "text").out
    assert "role: khong-ai" in text
    assert "another line" not in text


def test_folder_named_as_argument_is_that_of_the_snapshot(world: World) -> None:
    world.write({"procedures/QT-01.yaml": broken()})
    world.git("add", "-A")
    (world.root / "procedures" / "QT-01.yaml").unlink()
    assert world.check("--staged", "procedures").findings == [("DC203", "procedures/QT-01.yaml")]
    world.write({"procedures/QT-01.yaml": procedure(), "procedures/QT-03.yaml": broken("QT-03")})
    assert world.check("--at", "HEAD", "procedures").same[0] == 0
    for path in (world.root / "procedures").iterdir():
        path.unlink()
    (world.root / "procedures").rmdir()
    assert world.check("--staged", "procedures").findings == [("DC203", "procedures/QT-01.yaml")]


def test_file_that_only_the_snapshot_has(world: World) -> None:
    (world.root / "procedures" / "QT-01.yaml").unlink()
    assert world.check("--staged", "procedures/QT-01.yaml").findings == []
    assert world.check("procedures/QT-01.yaml").status == 2
    assert world.check("--staged", "procedures/QT-99.yaml").status == 2


def test_untracked_and_ignored_files_belong_to_the_work_tree_alone(world: World) -> None:
    world.write({"procedures/QT-03.yaml": broken("QT-03"), "procedures/QT-04.yaml": broken("QT-04")})
    world.write({".gitignore": "QT-03.yaml\n"})
    assert len(world.check().findings) == 2
    assert world.check("--staged").findings == []


def test_file_meant_to_be_added(world: World) -> None:
    """``git add -N`` notes a name without content, and ``git commit`` records nothing of it."""
    world.write({"procedures/QT-03.yaml": procedure("QT-03")})
    world.git("add", "-N", "procedures/QT-03.yaml")
    staged = world.check("--staged")
    world.write({"organisation.yaml": ORGANISATION + "# x\n"})
    world.git("add", "organisation.yaml")
    world.git("commit", "-qm", "x")
    assert staged.findings == world.check("--at", "HEAD").findings == []


def test_before_the_first_commit(world: World, tmp_path: Path) -> None:
    unborn = World.make(tmp_path / "unborn", commit=False)
    assert unborn.check("--staged").status == 2  # no docctl.toml in the index
    unborn.git("add", "-A")
    assert unborn.check("--staged").same == unborn.check().same == world.check().same
    assert unborn.check("--at", "HEAD").status == 3


def conflict(world: World) -> None:
    for branch, title in (("one", "Một"), ("two", "Hai")):
        world.git("switch", "-q", "-C", branch, "main")
        world.write({"procedures/QT-01.yaml": procedure(title=title)})
        world.commit()
    assert world.try_git("merge", "-q", "one").returncode == 1


def test_merge_conflict(world: World) -> None:
    conflict(world)
    staged = world.check("--staged")
    assert (staged.status, staged.findings) == (1, [("DC117", "procedures/QT-01.yaml")])
    assert "merge conflicts" in staged.out
    assert world.check("--staged", "procedures/QT-01.yaml").findings == staged.findings
    assert world.check().status == 1
    assert world.check("--at", "HEAD").status == 0


def test_merge_conflict_in_the_configuration(world: World) -> None:
    for branch in ("one", "two"):
        world.git("switch", "-q", "-C", branch, "main")
        world.write({"docctl.toml": AGENCY["docctl.toml"] + f"# {branch}\n"})  # type: ignore[operator]
        world.commit()
    assert world.try_git("merge", "-q", "one").returncode == 1
    answer = world.check("--staged")
    assert (answer.status, "merge conflicts" in answer.err) == (2, True)


def test_form_in_conflict_is_not_passed_over(world: World) -> None:
    for branch in ("one", "two"):
        world.git("switch", "-q", "-C", branch, "main")
        world.write({"forms/BM-01.docx": branch})
        world.commit()
    assert world.try_git("merge", "-q", "one").returncode == 1
    assert ("DC117", "forms/BM-01.docx") in world.check("--staged").findings


# -- inside hooks ----------------------------------------------------------------------------------


def hook(world: World, tmp_path: Path, *arguments: str) -> Path:
    """Makes a pre-commit hook that writes what ``docctl check --staged`` says into the file returned."""
    command = " ".join(docctl_command())
    result = tmp_path / "said.json"
    options = " ".join(["--staged", "--exit-zero", "--format", "json", "--as-of", DAY, *arguments])
    script = Path(world.git("rev-parse", "--path-format=absolute", "--git-path", "hooks/pre-commit"))
    script.parent.mkdir(exist_ok=True)
    script.write_text(f'#!/bin/sh\nenv >"{result}.env"\nexec {command} check {options} >"{result}"\n')
    script.chmod(0o755)
    return result


def other_index(result: Path) -> bool:
    """Did Git name an index of its own to the hook?"""
    lines = Path(f"{result}.env").read_text().splitlines()
    return any(line.startswith("GIT_INDEX_FILE=") and not line.endswith("/index") for line in lines)


COMMITS = {
    "index": ["commit", "-qm", "x"],
    "all": ["commit", "-qam", "x"],
    "path": ["commit", "-qm", "x", "--", "procedures/QT-01.yaml"],
    "amend": ["commit", "-q", "--amend", "--no-edit", "-a"],
}


@pytest.mark.parametrize("kind", [*COMMITS])
@pytest.mark.parametrize("below", ["", "agency"])
def test_hook_sees_what_is_committed(world: World, tmp_path: Path, kind: str, below: str) -> None:
    made = World.make(tmp_path / "made", below=below) if below else world
    result = hook(made, tmp_path, "-C", f"'{made.root}'")
    made.write({"procedures/QT-02.yaml": broken("QT-02")})
    made.git("add", "-A")
    made.write({"procedures/QT-01.yaml": broken("QT-01")})
    made.git(*COMMITS[kind], cwd=made.root)
    assert result.read_text() == made.check("--at", "HEAD").out
    assert other_index(result) == (kind != "index")
    expected = {"index": ["2"], "path": ["1"]}.get(kind, ["1", "2"])
    assert [path[-6] for _, path in made.check("--at", "HEAD").findings] == expected


def test_hook_in_a_linked_worktree(world: World, tmp_path: Path) -> None:
    world.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = World(tmp_path / "side", tmp_path / "side")
    result = hook(side, tmp_path)
    side.write({"procedures/QT-01.yaml": broken("QT-01")})
    side.git("commit", "-qam", "x")
    assert (side.check().codes, result.read_text()) == ({"DC203"}, side.check("--at", "side").out)
    assert other_index(result)


def test_hook_with_an_index_the_user_keeps(world: World, tmp_path: Path) -> None:
    """GIT_INDEX_FILE inside this Git directory is the index in use."""
    result = hook(world, tmp_path)
    world.write({"procedures/QT-01.yaml": broken("QT-01")})
    mine = {"GIT_INDEX_FILE": ".git/mine"}
    world.git("read-tree", "HEAD", env=mine)
    world.git("add", "-A", env=mine)
    world.git("commit", "-qm", "x", env=mine)
    assert result.read_text() == world.check("--at", "HEAD").out
    assert world.check("--at", "HEAD").codes == {"DC203"}


@pytest.mark.parametrize("option", ["--literal-pathspecs", "--glob-pathspecs", "--icase-pathspecs"])
def test_hook_with_ways_to_read_paths(world: World, tmp_path: Path, option: str) -> None:
    below = World.make(tmp_path / "made", below="agency")
    result = hook(below, tmp_path, "-C", f"'{below.root}'")
    below.write({"procedures/QT-01.yaml": broken("QT-01")})
    below.git(option, *COMMITS["all"])
    assert result.read_text() == below.check("--at", "HEAD").out


# -- names of commits ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["nobody", "refs/heads/nobody", "0" * 40, "deadbeef", "FETCH_HEAD", "v1", "a/b"])
def test_unknown_commit(world: World, name: str) -> None:
    answer = world.check("--at", name)
    assert (answer.status, answer.out) == (3, "")
    assert "git fetch" in answer.err


REFUSED = [
    "HEAD^{tree}", "HEAD~x", "HEAD^2", "~1", "^", "a..b~1", "HEAD~1~{0}", "@", "@{-1}", "@{u}", "main@{1}", "a..b", "main...main", ":(exclude)", ":/x",
    "main:docctl.toml", ":0:docctl.toml", "--output=x", "-u/helper", "--help", "-", "--", "HEAD\n", " HEAD",
    "HEAD HEAD", "*", "ma?n", "$(touch x)", "\N{FULLWIDTH LATIN SMALL LETTER A}", "",
]  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_name_of_a_commit(world: World, name: str) -> None:
    world.commit()
    before = state(world.top)
    answers = [world.check(f"--at={name}"), run_docctl("check", "--at", name, cwd=world.root)]
    assert [each.same for each in answers] == [(2, "")] * 2
    assert state(world.top) == before


@pytest.mark.parametrize("name", ["abc", "HEA", "main/", "/main", "main.lock", "refs/heads/", "."])
def test_what_names_no_commit(world: World, name: str) -> None:
    assert world.check("--at", name).status in (2, 3)


def test_commits_before_another(world: World) -> None:
    """Counted along the first parents, from whatever names a commit."""
    ids = [world.commit(str(n)) for n in range(4)]
    for name, wanted in (
        ("HEAD~1", ids[2]), ("main~", ids[2]), ("HEAD^", ids[2]), ("HEAD^^", ids[1]), (f"{ids[3]}~3", ids[0]),
    ):  # fmt: skip
        assert docctl.open(world.root).at(name).commit == wanted.strip()
    answer = world.check("--at", "HEAD~999999")
    assert (answer.status, answer.out) == (3, "")


def test_tag_of_something_else(world: World) -> None:
    world.git("tag", "tree", world.git("rev-parse", "HEAD^{tree}"))
    world.git("tag", "blob", world.blob_id("docctl.toml"))
    assert [world.check("--at", name).status for name in ("tree", "blob", world.blob_id("docctl.toml"))] == [3, 3, 3]


def test_branch_named_like_an_id(world: World) -> None:
    world.write({"procedures/QT-01.yaml": broken()})
    world.commit()
    world.git("branch", "deadbeef")
    assert world.check("--at", "deadbeef").status == 1


def test_staged_and_at_exclude_each_other(world: World) -> None:
    assert world.check("--staged", "--at", "HEAD").status == 2


# -- without Git, or without all of it -------------------------------------------------------------


def without_git(world: World, tmp_path: Path) -> World:
    plain = World(tmp_path / "plain", tmp_path / "plain")
    plain.write(AGENCY)
    plain.office.first_policy()
    return plain


def test_no_git_repository(world: World, tmp_path: Path) -> None:
    plain = without_git(world, tmp_path)
    assert plain.check().same == world.check().same
    for choice in (["--staged"], ["--at", "HEAD"]):
        answer = plain.check(*choice)
        assert (answer.status, answer.out) == (2, "")
        assert "not in a Git repository" in answer.err


def test_no_git_program(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    expected = world.check().same
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert world.check().same == expected
    answer = world.check("--staged")
    assert (answer.status, answer.out) == (3, "")
    assert "install git" in answer.err
    fresh = subprocess.run(
        [*docctl_command(), "check", "--staged"], cwd=world.root, capture_output=True, check=False, text=True
    )
    assert (fresh.returncode, "install git" in fresh.stderr) == (3, True)


def test_shallow_clone(world: World, tmp_path: Path) -> None:
    first = world.git("rev-parse", "HEAD")
    world.write({"procedures/QT-01.yaml": broken()})
    world.commit()
    world.git("clone", "-q", "--depth=1", world.top.as_uri(), str(tmp_path / "shallow"))
    shallow = World(tmp_path / "shallow", tmp_path / "shallow")
    assert three(shallow, "origin/main").same == world.check().same
    answer = shallow.check("--at", first)
    assert (answer.status, "git fetch --unshallow" in answer.err) == (3, True)


def test_clone_without_blobs(world: World, tmp_path: Path) -> None:
    world.config("uploadpack.allowFilter=true")
    source = world.top.as_uri()
    world.git("clone", "-q", "--filter=blob:none", "--no-checkout", source, str(tmp_path / "partial"))
    partial = World(tmp_path / "partial", tmp_path / "partial")
    (partial.root / "docctl.toml").write_text(str(AGENCY["docctl.toml"]))
    partial.git("read-tree", "HEAD")
    before = state(partial.top)
    assert partial.check("--at", "HEAD").status == 3
    assert partial.check("--staged").status in (2, 3)
    assert state(partial.top) == before


@pytest.mark.parametrize("path", ["procedures/QT-01.yaml", "organisation.yaml", "forms/BM-01.docx"])
@pytest.mark.parametrize("choice", [["--staged"], ["--at", "HEAD"]])
def test_missing_object_is_never_a_pass(world: World, path: str, choice: list[str]) -> None:
    world.loose(world.blob_id(path)).unlink()
    assert_no_pass(world.check(*choice), path)


def assert_no_pass(answer: Answer, path: str) -> None:
    """Cannot decide, or a finding that names the file."""
    assert answer.status in (0, 1, 3), answer.err
    assert answer.status == 3 or path in "".join(each["path"] + each["message"] for each in answer.report["findings"])


FORGERIES = {
    "procedures/QT-01.yaml": ("Một quy trình", "Quy trình khác"),
    "organisation.yaml": ("Công chức", "Cán bộ"),
    "forms/BM-01.docx": ("form", "mrof"),
}


@pytest.mark.parametrize("path", [*FORGERIES])
@pytest.mark.parametrize("choice", [["--staged"], ["--at", "HEAD"]])
def test_forged_object_is_never_a_pass(world: World, path: str, choice: list[str]) -> None:
    """An object whose content, without any fault of its own, is not the one its id names."""
    before, after = (word.encode() for word in FORGERIES[path])
    data = (world.root / path).read_bytes()
    assert before in data
    forge(world, world.blob_id(path), data.replace(before, after))
    assert_no_pass(world.check(*choice), path)


def forge(world: World, object_id: str, data: bytes) -> None:
    target = world.loose(object_id)
    target.chmod(0o644)
    target.write_bytes(zlib.compress(b"blob %d\0" % len(data) + data))


def test_missing_tree(world: World) -> None:
    world.loose(world.git("rev-parse", "HEAD:procedures")).unlink()
    assert (world.check("--at", "HEAD").status, world.check("--staged").status) == (3, 0)


@pytest.mark.parametrize("content", [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\0\1" + b"x" * 80, b"x" * 200])
def test_damaged_index(world: World, content: bytes) -> None:
    (world.top / ".git" / "index").write_bytes(content)
    answer = world.check("--staged")
    assert answer.status in (2, 3), answer
    assert "internal error" not in answer.err


def test_damaged_configuration_of_git(world: World) -> None:
    (world.top / ".git" / "config").write_text("[core\n")
    assert [world.check(*choice).status for choice in ([], ["--staged"], ["--at", "HEAD"])] == [0, 3, 3]


def test_many_complaints_of_git_block_nothing(world: World) -> None:
    """Git writes an error for each damaged object: more than a pipe holds."""
    for number in range(500):
        world.write({f"procedures/QT-{number + 100}.yaml": f"x: {number}"})
    world.git("add", "-A")
    for line in world.git("ls-files", "-s", "procedures").splitlines():
        target = world.loose(line.split()[1])
        target.chmod(0o644)
        target.write_bytes(b"no zlib stream")
    command = [*docctl_command(), "check", "--staged", "--format", "json"]
    done = subprocess.run(command, cwd=world.root, capture_output=True, check=False, timeout=5)
    assert done.returncode in (1, 3)


# -- what must not be waited for -------------------------------------------------------------------


@pytest.fixture
def at_once() -> object:
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < 15


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("path", ["procedures/QT-03.yaml", "forms/BM-01.docx", "organisation.yaml", "policy"])
def test_pipe(world: World, path: str) -> None:
    if (world.root / path).is_dir():
        shutil.rmtree(world.root / path)
    (world.root / path).unlink(missing_ok=True)
    os.mkfifo(world.root / path)
    answer = world.check()
    assert ("DC117", path) in answer.findings
    assert answer.status == 1
    assert world.check("--staged").status == 0
    if path.endswith(".yaml"):
        assert ("DC117", path) in world.check(path).findings


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("path", ["procedures/QT-03.yaml", "forms/BM-01.docx", "legal/x.yaml"])
def test_huge_file(world: World, path: str) -> None:
    world.write({path: b""})
    os.truncate(world.root / path, 1 << 40)
    assert_no_pass(world.check(), path)


def test_form_too_large_to_read_is_not_passed_over(world: World) -> None:
    data = bytes(64 * 1024 * 1024 + 1)
    world.write({"forms/BM-01.docx": data})
    world.commit()
    assert_no_pass(three(world), "forms/BM-01.docx")


@pytest.mark.parametrize("path", ["config", "index", "commondir"])
def test_pipe_in_the_git_directory(world: World, path: str) -> None:
    (world.top / ".git" / path).unlink(missing_ok=True)
    os.mkfifo(world.top / ".git" / path)
    for choice in ([], ["--staged"]):
        command = [*docctl_command(), "check", *choice]
        done = subprocess.run(command, cwd=world.root, capture_output=True, check=False, timeout=5)
        assert b"internal error" not in done.stderr


def as_nobody(world: World, *arguments: str) -> Answer:
    """Runs docctl as a user who owns nothing."""
    for folder in (world.root, *world.root.parents[:4]):
        if folder != Path("/tmp"):
            folder.chmod(0o755)
    command = ["setpriv", "--reuid=65534", "--clear-groups", *docctl_command(), "check", "--format", "json"]
    done = subprocess.run([*command, *arguments], cwd=world.root, capture_output=True, check=False, text=True)
    return Answer(done.returncode, done.stdout, done.stderr)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run docctl as another user")


@needs_root
def test_unreadable_document(world: World) -> None:
    (world.root / "procedures" / "QT-01.yaml").chmod(0)
    answer = as_nobody(world)
    assert answer.status == 1, answer.err
    assert "procedures/QT-01.yaml" in {path for _, path in answer.findings}


@needs_root
def test_unreadable_form(world: World) -> None:
    (world.root / "forms" / "BM-01.docx").chmod(0)
    assert_no_pass(as_nobody(world), "forms/BM-01.docx")


@needs_root
@pytest.mark.parametrize("folder", ["procedures", "forms"])
def test_unreadable_folder(world: World, folder: str) -> None:
    (world.root / folder).chmod(0)
    answer = as_nobody(world)
    assert answer.status == 1, answer.err
    assert folder in {path.split("/")[0] for _, path in answer.findings}


@needs_root
@pytest.mark.parametrize("choice", [[], ["--staged"], ["--at", "HEAD"]])
def test_git_directory_of_somebody_else(world: World, choice: list[str]) -> None:
    answer = as_nobody(world, *choice)
    assert (answer.status, answer.findings) == (0, [("DC902", "docctl.toml")]), answer.err


# -- a check never writes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "settings", [[], ["core.untrackedCache=true", "core.splitIndex=true", "feature.manyFiles=true"]]
)
@pytest.mark.parametrize("choice", [[], ["--staged"], ["--at", "HEAD"], ["--staged", "procedures/QT-01.yaml"]])
def test_a_check_writes_nothing(world: World, tmp_path: Path, choice: list[str], settings: list[str]) -> None:
    world.write(BROKEN)
    world.commit()
    world.config(*settings)
    for path in world.root.rglob("*.yaml"):
        os.utime(path, (1_600_000_000, 1_600_000_000))  # what Git would refresh in its index
    before = state(tmp_path)
    for form in ("json", "text", "github"):
        assert world.check(*choice, "--format", form).status == (0 if "procedures/QT-01.yaml" in choice else 1)
    assert state(tmp_path) == before


def test_the_state_would_show_a_write(world: World) -> None:
    """Proof of the test above: git's own status does write the index."""
    os.utime(world.root / "docctl.toml", (1_600_000_000, 1_600_000_000))
    before = state(world.top)
    world.git("status")
    assert state(world.top) != before


def test_environment_of_the_tests() -> None:
    assert CLEAN["GIT_CONFIG_GLOBAL"] == os.devnull
