"""Is a procedure still lawful at a date? Citations, events and a baseline in, verdicts with proof out. Pure."""
