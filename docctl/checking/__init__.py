"""A check of everything: each procedure by itself, then all together; what was said before is kept."""
