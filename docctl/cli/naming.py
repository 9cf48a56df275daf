"""Procedures as readers name them: by id, or by the code of an administrative procedure that one of them covers."""

from __future__ import annotations

from docctl.repository import Repository


def is_code(repository: Repository, name: str) -> bool:
    """Is it a code of the national database, such as 2.000815, and no id?"""
    return name[:1].isdigit() and name[1:2] == "." and f"procedures/{name}.yaml" not in repository.paths


def id_of(repository: Repository, name: str) -> str:
    """The id that is meant. Raises as ``Repository.covering``; whether there is a procedure of an id is not asked."""
    return repository.covering(name).body.id if is_code(repository, name) else name
