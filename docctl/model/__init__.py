"""Frozen, typed values of everything a repository holds. They know no files, no Git and no date of today."""
