"""One unit takes the place of another in every file that names it, by span edits; values in, values out."""
