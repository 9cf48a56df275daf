"""Text: strict YAML with places, canonical JSON and digests, span edits, Vietnamese letters. Pure."""
