"""Procedures as readers name them: by id, or by the code of an administrative procedure that one of them covers."""

from __future__ import annotations

from datetime import date

from docctl.errors import NotInRepository
from docctl.repository import Repository


def is_code(repository: Repository, name: str) -> bool:
    """Is it a code of the national database, such as 2.000815, and no id?"""
    return name[:1].isdigit() and name[1:2] == "." and f"procedures/{name}.yaml" not in repository.paths


def id_of(repository: Repository, name: str, as_of: date) -> str:
    """The id that is meant: what covers a code now, else what is in force and does.

    Raises as ``Repository.covering``; whether there is a procedure of an id is not asked.
    """
    if not is_code(repository, name):
        return name
    try:
        return repository.covering(name).body.id
    except NotInRepository:
        return repository.serving(name, as_of)
