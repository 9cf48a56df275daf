"""The official catalogue at a date, derived from its decisions, and how documents compare with it. Pure."""
