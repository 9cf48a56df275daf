"""Legal texts: how they are named. Knows no country; law/vn/ will hold what is Vietnamese (docs/architecture.md)."""
