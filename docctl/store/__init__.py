"""Files and Git: the only floor that touches either. Everything above sees snapshots."""
