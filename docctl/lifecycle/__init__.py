"""Revisions of documents and where they stand at a date, derived from records; nothing of it is stored. Pure."""
